"""Draw the counter in every state, language, look and size: `python -m tests.gallery [state …]`.

Pictures go to build/gallery. Exit status 1 when text is cut anywhere, with the list of what and where.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.widgets import Elide
from tests.ui.counter import goods_shop
from tests.ui.counter.real_states import REAL_STATES
from tests.ui.counter.rig import Rig
from tests.ui.counter.states import STATES, STILL

OUT = Path("build/gallery")
SIZES = ((1024, 768), (1366, 768))
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


def cut_texts(window: QWidget) -> Iterator[str]:
    """Name every text on screen that has less room than it needs."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        cut = None if isinstance(widget, QLineEdit) else getattr(widget, "cut", None)
        if cut is not None:
            yield from (f"{type(widget).__name__}: {text}" for text in cut())
        if isinstance(widget, Elide):
            if widget.is_cut():
                yield f"Elide: {widget.said()}"
        elif isinstance(widget, QLabel) and widget.text():
            room = widget.contentsRect()
            if widget.wordWrap():
                short = widget.heightForWidth(widget.width()) > widget.height() + 1
            else:
                short = (
                    widget.sizeHint().width() > widget.width() + 1
                    or widget.fontMetrics().height() > room.height() + 2
                )
            if short:
                yield f"{type(widget).__name__}: {widget.text()}"
        elif isinstance(widget, QPushButton) and widget.sizeHint().width() > widget.width() + 1:
            yield f"{type(widget).__name__}: {widget.text() or widget.accessibleName()}"


def draw(window: QWidget, name: str) -> list[str]:
    """Save a window's picture; return what is cut in it."""
    QApplication.processEvents()
    window.grab().save(str(OUT / f"{name}.png"), "PNG", 75)
    return [f"{name}: {bidi.strip(text)}" for text in dict.fromkeys(cut_texts(window))]


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
        for code, look, switch in TOUR:
            if switch:
                rig.program.choose(switch)
            for width, height in SIZES:
                rig.window.resize(width, height)
                found += draw(rig.window, f"{name}_{code}_{look}_{width}")
    finally:
        rig.close()
    return found


def draw_first_start(page: str) -> list[str]:
    """Draw the first start's pages."""
    rig = Rig(cast(QtBot, Waiter()), first=True)
    found: list[str] = []
    try:
        first = rig.program.first
        assert first is not None
        for code, look, switch in TOUR:
            if switch:
                rig.program.choose(switch)
            first.set_language(rig.program.language)
            {"language": first.ask_language, "shop": first.ask_shop, "own": first.ask_name}[page]()
            for width, height in SIZES:
                first.resize(width, height)
                found += draw(first, f"first_{page}_{code}_{look}_{width}")
    finally:
        rig.close()
    return found


def quiet(kind: QtMsgType, context: object, message: str) -> None:
    """Say what Qt has to say, but for what only the screenless platform says."""
    if "propagateSizeHints" not in message:
        print(f"Qt: {message}", file=sys.stderr)


def main(wanted: list[str]) -> int:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    qInstallMessageHandler(quiet)
    OUT.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    for name in (*STATES, *REAL_STATES):
        if not wanted or name in wanted:
            found += draw_state(name)
    for page in FIRST_START:
        if not wanted or f"first_{page}" in wanted:
            found += draw_first_start(page)
    for line in found:
        print(f"cut: {line}")
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}, {len(found)} cut texts")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
