"""Keys for fingers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.ui.speech import Speech


class Keypad(QFrame):
    """Offer 7 8 9 on top, as a till does, left to right in every language."""

    typed = Signal(str)  # "0".."9", "000" or ".", "\b"

    def __init__(self, speech: Speech, *, decimals: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_texts(self, speech: Speech, decimals: int | None = None) -> None:
        """Speak another language, or another unit."""
