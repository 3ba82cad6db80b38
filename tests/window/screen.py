"""A screen of its own with a window manager, hands that type and click on it, and pictures of it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QColor, QGuiApplication, QImage

NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool", "openbox": "openbox"}
WIDTH, HEIGHT = 1920, 1080
HUMAN_MS, SCANNER_MS = 70, 14
AGAIN_S, CALM_S = 12, 1.0
MARKED = 0.01  # of a window looks otherwise: more than a caret, less than a line of text


def missing_tools() -> list[str]:
    """Name the packages of what this needs and the machine has not."""
    return [package for tool, package in NEEDED.items() if shutil.which(tool) is None]


def wait_for(what: str, there: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is the case; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not there():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.05)


class Screen:
    """Run Xvfb and, for the keyboard to go anywhere, a window manager for as long as the block lasts."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None
        self._manager: subprocess.Popen[bytes] | None = None
        self.name = ""

    def __enter__(self) -> "Screen":
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"
        self._manager = subprocess.Popen(
            ["openbox"],
            env={**os.environ, "DISPLAY": self.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._manager, self._server):
            if process is not None:
                process.terminate()
                process.wait(10)

    def tool(self, *arguments: str) -> str:
        """Call xdotool and return what it says."""
        done = subprocess.run(
            ["xdotool", *arguments], env={**os.environ, "DISPLAY": self.name}, capture_output=True, text=True
        )
        return done.stdout.strip()


class Hands:
    """Type and click on one window, and look at it."""

    def __init__(self, screen: Screen, pictures: Path) -> None:
        self._screen, self._pictures = screen, pictures
        self._window = ""
        self._app: QGuiApplication | None = None
        self._number = 0

    def other(self, pid: int, than: str) -> str:
        """Return a visible window of the program other than one, "" while there is none."""
        found = self._screen.tool("search", "--onlyvisible", "--pid", str(pid)).split()
        return next((each for each in reversed(found) if each != than), "")

    def calm(self, name: str, unlike: QImage | None = None) -> QImage:
        """Wait like `shot`, and until nothing more comes: a page shows what it knows, then what it asked."""
        pictures = [self.shot(name, unlike)]

        def same() -> bool:
            time.sleep(CALM_S)
            pictures.append(self.look())
            return changed(pictures[-1], pictures[-2]) < MARKED / 10

        wait_for(f"{name} comes to rest", same)
        return pictures[-1]

    def press_until(self, keys: str, what: str, there: Callable[[], object], seconds: float = 240) -> None:
        """Press keys, and again every now and then: a program just begun may miss the first ones."""
        pressed = 0.0

        def came() -> bool:
            nonlocal pressed
            if time.monotonic() - pressed > AGAIN_S:
                self.keys(keys)
                pressed = time.monotonic()
            return bool(there())

        wait_for(what, came, seconds)

    def find(self, pid: int, other_than: str = "", seconds: float = 60) -> str:
        """Wait for a visible window of the program and give it the keyboard."""

        def shown() -> bool:
            self._window = self.other(pid, other_than)
            return bool(self._window)

        wait_for("the program's window", shown, seconds)
        self._screen.tool("windowactivate", "--sync", self._window)

        def focused() -> bool:
            if self._screen.tool("getwindowfocus") == self._window:
                return True
            self._screen.tool("windowactivate", self._window)
            return False

        wait_for("the keyboard in the program's window", focused, seconds)
        return self._window

    def keys(self, typed: str, *, gap_ms: int = HUMAN_MS) -> None:
        """Press keys by their X names, divided by spaces."""
        self._screen.tool("key", "--clearmodifiers", "--delay", str(gap_ms), *typed.split())

    def scan(self, code: str) -> None:
        """Send a code as a scanner does: a fast burst, then Enter."""
        self._screen.tool("key", "--delay", str(SCANNER_MS), *code, "Return")

    def click(self, x: int, y: int) -> None:
        """Click at a place of the window; negative counts from the right or the bottom."""
        width, height = self.size()
        place = x if x >= 0 else width + x, y if y >= 0 else height + y
        self._screen.tool("mousemove", "--window", self._window, str(place[0]), str(place[1]), "click", "1")
        self._screen.tool("mousemove", "0", "0")

    def size(self) -> tuple[int, int]:
        """Return width and height of the window."""
        said = self._screen.tool("getwindowgeometry", "--shell", self._window)
        facts = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
        return int(facts["WIDTH"]), int(facts["HEIGHT"])

    def close(self) -> None:
        """Ask the window to close, as its button does."""
        self._screen.tool("key", "--clearmodifiers", "alt+F4")

    def look(self) -> QImage:
        """Return the picture of the window as it stands on the screen."""
        if self._app is None:
            os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = self._screen.name, "xcb"
            self._app = QGuiApplication(sys.argv[:1])
        self._app.processEvents()
        return self._app.primaryScreen().grabWindow(int(self._window)).toImage()

    def shot(self, name: str, unlike: QImage | None = None) -> QImage:
        """Wait until the window looks other than in a picture, then stands still; keep and return it."""
        if unlike is not None:
            wait_for(f"{name} is to be seen", lambda: changed(self.look(), unlike) > MARKED)
        before, now = self.look(), QImage()

        def still() -> bool:
            nonlocal before, now
            time.sleep(0.25)
            now, last = self.look(), before
            before = now
            return _painted(now) and _difference(now, last) < 0.002  # the caret blinks, the toast counts down

        wait_for(f"{name} stands still", still)
        self._number += 1
        now.save(str(self._pictures / f"{self._number:02}_{name}.png"))
        return now


def _painted(image: QImage) -> bool:
    """Whether there is more in a window than its ground."""
    places = ((x, y) for y in range(0, image.height(), 3) for x in range(0, image.width(), 3))
    return len({image.pixel(x, y) for x, y in places}) > 12


def _difference(one: QImage, other: QImage) -> float:
    """Return the share of differing pixels, of every fifth in both directions."""
    if one.size() != other.size():
        return 1.0
    places = [(x, y) for y in range(0, one.height(), 5) for x in range(0, one.width(), 5)]
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in places) / max(1, len(places))


def changed(one: QImage, other: QImage) -> float:
    """Return how much of a window looks otherwise, 0 to 1."""
    return _difference(one, other)


def brightness(image: QImage) -> float:
    """Return how light a window is in the middle half, 0 to 1."""
    wide, high = image.width(), image.height()
    places = [(x, y) for y in range(high // 4, high * 3 // 4, 9) for x in range(wide // 4, wide * 3 // 4, 9)]
    return sum(QColor(image.pixel(x, y)).lightnessF() for x, y in places) / len(places)


def rail_side(image: QImage) -> str:
    """Tell on which side the rail stands: it is the darkest edge."""
    middle = range(image.height() * 6 // 10, image.height() * 8 // 10, 4)

    def edge(x: int) -> float:
        return sum(QColor(image.pixel(x, y)).lightnessF() for y in middle)

    return "right" if edge(image.width() - 20) < edge(20) else "left"
