"""The field a card, a phone or a name goes into."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


class SearchField(QFrame):
    """Take what identifies a member; typed text is passed on as it is, digits of any set."""

    edited = Signal(str)
    submitted = Signal(str)  # Enter

    def __init__(
        self,
        placeholder: str = "",
        *,
        icon: str = "scan",
        keycap: str = "F2",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def text(self) -> str:
        return ""

    def set_text(self, text: str) -> None:
        """Fill without a signal."""

    def clear(self) -> None:
        """Empty without a signal."""

    def set_texts(self, placeholder: str, name: str) -> None:
        """Speak another language."""
