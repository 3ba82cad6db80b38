"""D: one start, of an empty window or of the program on a town's file, in ms since the process was begun.

Both run in processes of their own and stop themselves. *First paint*: the shell and the member box are drawn.
*Usable*: a typed digit is drawn in the member box, and so is the name of whoever a scanned card belongs to.
*Counter*: the whole window is there, with that member and all they have on it.
`cpu_` figures count the processor's time of the process alone, for a busy machine.
"""

import os
import sys
import time
from collections.abc import Callable
from json import dumps
from pathlib import Path

BEGUN = "LOYALTY_POS_BENCH_BEGUN_NS"
CARD = "CARD-000007"
LOOK_MS = 5
"""Looking every millisecond took a twentieth of the start itself."""


def _told(name: str, said: dict[str, float]) -> None:
    said[name] = (time.monotonic_ns() - int(os.environ[BEGUN])) / 1e6
    said[f"cpu_{name}"] = time.process_time_ns() / 1e6


def empty() -> dict[str, float]:
    """Paint a window with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    said: dict[str, float] = {}
    app = QApplication([])

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
            QTimer.singleShot(0, done)

    def done() -> None:
        _told("first_paint", said)
        app.quit()

    window = Window()
    window.resize(1024, 768)
    window.show()
    app.exec()
    return said


def ours(path: Path) -> None:
    """Start the program as its icon does, type a digit as soon as there is a box and scan a card."""
    from loyalty_pos import bootstrap

    said: dict[str, float] = {}
    from loyalty_pos.ui import shell  # what a start loads first, so it costs nothing here

    class Watched(shell.Shell):
        def take_keys(self) -> None:
            _told("first_paint", said)
            super().take_keys()

        def greet(self, name_of: Callable[[str], str | None]) -> None:
            super().greet(name_of)
            from PySide6.QtCore import QTimer
            from PySide6.QtWidgets import QApplication

            self.line.insert(CARD[0])
            QApplication.processEvents()
            self.line.insert(CARD[1:])
            self.line.returnPressed.emit()
            QApplication.processEvents()
            if self.met is None or not self.met.text():
                raise RuntimeError(f"nobody was named for {CARD}")
            _told("usable", said)
            QTimer.singleShot(0, lambda: _tell_when_there(said))

    vars(shell)["Shell"] = Watched  # the start that is timed is the program's own, which lets nobody watch it
    bootstrap.run_window(path)


def _tell_when_there(said: dict[str, float]) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow)]
    page = windows[0].page if windows else None  # type: ignore[attr-defined]  # our main window
    if page is None or page.state.member is None:
        QTimer.singleShot(LOOK_MS, lambda: _tell_when_there(said))
        return
    QApplication.processEvents()
    _told("counter", said)
    _end(said)


def _end(said: dict[str, float]) -> None:
    """Stop without the copy a window makes of its shop at the end: that is no part of a start."""
    print(dumps(sorted(sys.modules) if sys.argv[1] == "loaded" else said), flush=True)
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        _end(empty())
    ours(Path(sys.argv[2]))  # "ours", or "loaded" to be told what was loaded by the time it was usable
