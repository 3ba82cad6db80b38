"""A short light behind a number that has just changed."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from loyalty_pos.ui import theme

FLASH_MS = 250


class Flash(QTimer):
    """Be active for a moment after `light`; a look without motion never lights up."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setSingleShot(True)
        self.setInterval(FLASH_MS)
        self.timeout.connect(widget.update)

    def light(self) -> None:
        """Begin anew."""
        if theme.look().motion:
            self.start()
