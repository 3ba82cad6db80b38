"""E: how long from a key until the list it changes is painted, in the real window on a real file.

Run as a program of its own, for it must choose the platform before Qt begins. Every key is sent to the window
like the system's own. The clock starts when the scanner lets go of it, who holds any key for 35 ms to see
whether it begins a scan (20 of them are waited for here), and stops when the pass of the event loop that
painted the answer is over.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from loyalty_pos import bootstrap
from loyalty_pos.ui.application import Program, rests
from loyalty_pos.ui.collector import Collector
from loyalty_pos.ui.main_window import MainWindow
from tests.bench.crowd import FIRST, STEM, Town

HELD_MS = 20
BETWEEN_KEYS_MS = 120
"""A fast typist: what a page does at rest falls between two keys, as it would."""


class PaintWatch(QObject):
    """Notice that a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.painted = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.painted = self.painted or event.type() == QEvent.Type.Paint
        return False


class Typist:
    """Press keys in a window and time each until a list has answered it."""

    def __init__(self, app: QApplication, window: MainWindow, program: Program) -> None:
        self._app, self._window, self._program = app, window, program
        self.times_ns: list[int] = []
        self.cpu_ns: list[int] = []

    def press(self, letter: str, answered: Callable[[], bool], watch: PaintWatch) -> None:
        """Press a key and keep how long it took until what it changed was painted."""
        self.rest(BETWEEN_KEYS_MS)
        watch.painted = False
        began, cpu = time.perf_counter_ns(), time.process_time_ns()
        before = self._typed()
        self.send(letter)
        if letter not in _KEYS:
            self._wait(HELD_MS)
            if self._typed() == before:  # else a moment was so slow that the scanner let go by itself
                began, cpu = time.perf_counter_ns(), time.process_time_ns()
        self._window.scanner.release()
        wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not answered():
            self._app.processEvents(wait)
        ended, cpu_ended = time.perf_counter_ns(), time.process_time_ns()
        for _ in range(3):  # a layout asked for while painting is painted in the next pass
            earlier, watch.painted = watch.painted, False
            self._app.processEvents()
            if watch.painted or earlier:
                ended, cpu_ended = time.perf_counter_ns(), time.process_time_ns()
        self.times_ns.append(ended - began)
        self.cpu_ns.append(cpu_ended - cpu)

    def _typed(self) -> str:
        line = self._app.focusWidget()
        return line.text() if isinstance(line, QLineEdit) else ""

    def send(self, letter: str) -> None:
        handle = self._window.windowHandle()
        named = _KEYS.get(letter)
        key = named or (Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown)
        text = "" if named else letter
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QApplication.sendEvent(handle, event)

    def rest(self, ms: int) -> None:
        """Let the window go on for a while, and until the shop has answered everything."""
        self._wait(ms)
        while not self._program.dispatcher.idle:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._app.processEvents()

    def _wait(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def clear(self) -> None:
        self.send("Escape")
        self._window.scanner.release()
        self.rest(BETWEEN_KEYS_MS)


_KEYS = {
    "\b": Qt.Key.Key_Backspace, "Escape": Qt.Key.Key_Escape, "Enter": Qt.Key.Key_Return,
    "PageUp": Qt.Key.Key_PageUp, "PageDown": Qt.Key.Key_PageDown, "End": Qt.Key.Key_End,
}  # fmt: skip


def texts(town: Town) -> Iterator[str]:
    """Names whole and half typed, and the last digits of phones."""
    number = 0
    while True:
        number += 1
        first, last = FIRST[number * 7 % len(FIRST)], STEM[number * 11 % len(STEM)]
        yield f"{first} {last[:3]}".lower()
        yield last.lower()
        yield town.last_digits(number * 7919) + str(number % 10)


def on_members_page(typist: Typist, window: MainWindow, town: Town, keys: int) -> dict[str, float]:
    """Type into the search of the members page: every letter and digit asks anew."""
    page = window.others[0]
    window.go_to(page.key)
    people = page.people  # type: ignore[attr-defined]  # the members page
    typist.rest(500)
    watch = PaintWatch(people.table.rows.viewport())
    typist.times_ns, typist.cpu_ns = [], []
    for text in texts(town):
        for letter in text:
            typist.press(letter, lambda: not people.waiting, watch)
        typist.clear()
        if len(typist.times_ns) >= keys:
            break
    return figures(typist)


def on_counter(typist: Typist, window: MainWindow, town: Town, keys: int) -> dict[str, float]:
    """Type into the member box: two letters look a name up, digits narrow what Enter has listed."""
    window.go_to("counter")
    page = window.page
    typist.rest(500)
    watch = PaintWatch(page.who.several.people.viewport())
    typist.times_ns, typist.cpu_ns = [], []
    for text in texts(town):
        entered = text.isdecimal()
        for place, letter in enumerate(text):
            if entered and place == 4:
                typist.press("Enter", lambda: page.state.lookup is None, watch)
                page.search.setFocus()
            typist.press(letter, lambda: page.state.lookup is None, watch)
        typist.clear()
        if page.state.member or page.state.search or page.state.candidates:
            typist.clear()
        if len(typist.times_ns) >= keys:
            break
    return figures(typist)


def figures(typist: Typist) -> dict[str, float]:
    """Sum up, by the clock on the wall and by the processor's."""
    found: dict[str, float] = {"keys": len(typist.times_ns)}
    for prefix, times in (("", typist.times_ns), ("cpu_", typist.cpu_ns)):
        found[f"{prefix}p50_ms"] = median(times) / 1e6
        found[f"{prefix}p99_ms"] = quantiles(times, n=100)[98] / 1e6
    return found


def measured(path: Path, members: int, keys: int) -> dict[str, dict[str, float]]:
    app = QApplication(sys.argv[:1])
    shop, settings = lambda: bootstrap.open_shop(path), bootstrap.MemorySettings()
    program = Program(app, shop, bootstrap.languages(), settings)
    collector = Collector(partial(rests, program))
    program.start()
    try:
        while program.window is None or not program.window.others:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        typist = Typist(app, program.window, program)
        typist.rest(1_000)
        collector.settle()
        town = Town(members)
        return {
            "members page": on_members_page(typist, program.window, town, keys),
            "counter": on_counter(typist, program.window, town, keys),
        }
    finally:
        collector.stop()
        program.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("members", type=int)
    parser.add_argument("--keys", type=int, default=200)
    given = parser.parse_args()
    print(json.dumps(measured(given.path, given.members, given.keys)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
