"""The pages are made while nobody works at the till, so that the first way to one is short, too."""

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.ui.main_window import MainWindow

PAUSE_MS = 100
AT_ONCE = 40
"""So many widgets are dressed in one step."""


class Ahead(QObject):
    """Make one page after the other in short steps, between which whoever comes is served.

    `window` is the one on the screen, if any; `rested` says whether a step disturbs nobody now.
    """

    done = Signal()

    def __init__(
        self,
        window: Callable[[], MainWindow | None],
        rested: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._rested = window, rested
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.step)

    def start(self) -> None:
        """Go on as long as there is a page to make."""
        self._timer.start()

    def stop(self) -> None:
        """Make no more."""
        self._timer.stop()

    def step(self) -> None:
        """Do a little, unless somebody is disturbed by it."""
        window = self._window()
        if window is None or not self._rested():
            return
        if self._steps is None:
            self._steps = _steps(window)
        if next(self._steps, self) is self:
            self.stop()
            self.done.emit()


def _steps(window: MainWindow) -> Iterator[None]:
    """Load a page, make it and dress what it is made of, and so with the next."""
    for key in window.page_keys:
        window.load(key)
        yield
        page = window.page_of(key)
        yield
        parts = page.findChildren(QWidget) if page is not None else []
        for at in range(0, len(parts), AT_ONCE):
            for part in parts[at : at + AT_ONCE]:
                if shiboken6.isValid(part):
                    part.ensurePolished()
            yield
