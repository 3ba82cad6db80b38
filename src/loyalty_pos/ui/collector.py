"""Python's garbage is collected on the main thread only, and never in the middle of Qt's own work.

A collection may start wherever Python allocates: on the ledger thread, or while Qt walks over its
widgets and calls back. If it frees a widget there, Qt crashes.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 20_000


class Collector(QObject):
    """Switch automatic collection off and collect from the event loop, until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """Collect once, then leave what is alive now out of later collections: it stays anyway."""
        gc.collect()
        gc.freeze()

    def collect(self) -> None:
        gc.collect()

    def stop(self) -> None:
        """Hand collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
