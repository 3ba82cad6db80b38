"""Draw the counter in every state, language, look and size: `python -m tests.gallery [state …]`.

Pictures go to build/gallery. Exit status 1 when text is cut anywhere, with the list of what and where.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import theme
from loyalty_pos.ui.shell import show_shell
from tests.ui.counter import goods_shop
from tests.ui.counter.real_states import REAL_STATES
from tests.ui.counter.rig import Rig
from tests.ui.counter.states import STATES, STILL
from tests.ui.eyes import cut_texts, look_at

OUT = Path("build/gallery")
# Width, height, and the scale a person has there.
SIZES = ((1024, 768, 100), (1366, 768, 100), (1920, 1080, 125))
# Language, look, and the switch that leads there from the one before: switching live is part of it.
TOUR = (("fa", "light", ""), ("fa", "dark", "theme"), ("en", "dark", "language"), ("en", "light", "theme"))
FIRST_START = ("language", "shop", "own")


class Waiter:
    """The one thing of pytest-qt's bot the rig needs, outside of a test."""

    def waitUntil(self, rests: Callable[[], bool], *, timeout: int = 3000) -> None:  # noqa: N802
        end = time.monotonic() + max(timeout, 20_000) / 1000
        while not rests():
            QApplication.processEvents()
            time.sleep(0.002)
            if time.monotonic() > end:
                raise TimeoutError("the counter did not come to rest")


def begin(folder: Path = OUT) -> QApplication:
    """Make ready to draw into a folder; garbage waits until a window is gone, as ui/collector.py wants."""
    gc.disable()
    app = cast(QApplication, QApplication.instance() or QApplication(sys.argv[:1]))
    qInstallMessageHandler(quiet)
    folder.mkdir(parents=True, exist_ok=True)
    return app


def leave(rig: Rig) -> None:
    """Close a window and clear away what it leaves."""
    rig.close()
    gc.collect()


def draw(window: QWidget, name: str) -> list[str]:
    """Save a window's picture; return what is cut in it."""
    sight = look_at(window)
    sight.image.save(str(OUT / f"{name}.png"), quality=75)
    return [f"{name}: {text}" for text in dict.fromkeys(cut_texts(window, sight))]


def tour(rig: Rig, window: Callable[[], QWidget] | None = None) -> Iterator[str]:
    """Switch language, look, size and scale live, and name every stop."""
    for number, (code, look, switch) in enumerate(TOUR):
        if switch:
            rig.program.choose(switch)
        for width, height, scale in SIZES if number % 2 == 0 else reversed(SIZES):
            if theme.look().scale_percent != scale:
                rig.program.decide(replace(rig.program.settings, scale_percent=scale))
            (window() if window else rig.window).resize(width, height)
            QApplication.processEvents()
            yield f"{code}_{look}_{width}"


def draw_state(name: str) -> list[str]:
    """Bring the counter into a state once, then switch language, look and size live."""
    if name in REAL_STATES:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "shop.db"
            goods_shop.build(path)
            return _tour(name, REAL_STATES[name], Rig(cast(QtBot, Waiter()), factory=lambda: open_shop(path)))
    return _tour(name, STATES[name], Rig(cast(QtBot, Waiter())))


def _tour(name: str, reach: Callable[[Rig], None], rig: Rig) -> list[str]:
    found: list[str] = []
    try:
        reach(rig)
        if name not in STILL:
            rig.settle()
        for stop in tour(rig):
            found += draw(rig.window, f"{name}_{stop}")
    finally:
        leave(rig)
    return found


def draw_first_start(page: str) -> list[str]:
    """Draw the first start's pages."""
    rig = Rig(cast(QtBot, Waiter()), first=True)
    found: list[str] = []
    try:
        first = rig.program.first
        assert first is not None
        for stop in tour(rig, lambda: first):
            first.set_language(rig.program.language)
            {"language": first.ask_language, "shop": first.ask_shop, "own": first.ask_name}[page]()
            found += draw(first, f"first_{page}_{stop}")
    finally:
        leave(rig)
    return found


def draw_outline() -> list[str]:
    """Draw what stands there before the counter does, with somebody who was scanned already."""
    found: list[str] = []
    for code, look, _ in TOUR:
        for width, height, scale in SIZES:
            shell = show_shell(rtl=code == "fa", dark=look == "dark", scale_percent=scale)
            shell.resize(width, height)
            shell.line.setText("4410339108")
            shell.line.returnPressed.emit()
            shell.greet(lambda text: "سارا احمدی‌پور")
            QApplication.processEvents()
            found += draw(shell, f"outline_{code}_{look}_{width}")
            shell.close()
    return found


def quiet(kind: QtMsgType, context: object, message: str) -> None:
    """Say what Qt has to say, but for what only the screenless platform says."""
    if "propagateSizeHints" not in message:
        print(f"Qt: {message}", file=sys.stderr)


def main(wanted: list[str]) -> int:
    app = begin()
    found: list[str] = []
    for name in (*STATES, *REAL_STATES):
        if not wanted or name in wanted:
            found += draw_state(name)
    for page in FIRST_START:
        if not wanted or f"first_{page}" in wanted:
            found += draw_first_start(page)
    if not wanted or "outline" in wanted:
        found += draw_outline()
    for line in found:
        print(f"cut: {line}")
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}, {len(found)} cut texts")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
