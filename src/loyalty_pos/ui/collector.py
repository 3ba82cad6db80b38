"""Python's garbage is collected on the main thread only, and never in the middle of Qt's own work.

A collection may start wherever Python allocates: on the ledger thread, or while Qt walks over its
widgets and calls back. If it frees a widget there, Qt crashes. It may even start while a widget is freed and
Qt holds a lock: if it frees another one there, that one waits for the lock for ever. So Python never gets
collection back, not even for the end, when all widgets go. Looking at everything that lives takes longer
than a key may take, so while somebody works only what is new since the last time is looked at.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 20_000
IN_A_ROW = 30
"""So often at most only what is new is looked at: a till may be busy all morning."""


class Collector(QObject):
    """Switch automatic collection off for good and collect from the event loop, until `stop`.

    `rested` says whether a longer pause disturbs nobody now.
    """

    def __init__(self, rested: Callable[[], bool] = lambda: True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rested, self._in_a_row = rested, 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """Leave what is alive now out of later collections: it stays, so it is not looked at even once."""
        gc.freeze()

    def collect(self) -> None:
        """Look at everything when nobody is disturbed by it, else at what is new."""
        if self._rested() or self._in_a_row == IN_A_ROW:
            self._in_a_row = 0
            gc.collect()
        else:
            self._in_a_row += 1
            gc.collect(1)

    def stop(self) -> None:
        """Collect no more; what is left goes with the program, or with the next collector."""
        self._timer.stop()
        gc.unfreeze()
