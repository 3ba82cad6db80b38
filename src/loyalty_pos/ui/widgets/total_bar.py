"""The one number that rules."""

from PySide6.QtWidgets import QFrame, QWidget


class TotalBar(QFrame):
    """Show what is to pay, its unit and what was saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_content(self, label: str, total: str, unit: str, saves: str = "") -> None:
        """Show a formatted total; `saves` empty hides its line."""
