"""A page's name and one line under it, for the top bar."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyalty_pos.ui.widgets import Tx


class PageTitle(QWidget):
    """Say on which page one is, and what it is for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._sub = Tx("", "name"), Tx("", "caption", "text2")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch(1)
        for widget in (self._title, self._sub):
            lines.addWidget(widget)
        lines.addStretch(1)

    def set_texts(self, title: str, sub: str) -> None:
        """Show a title and what stands under it."""
        self._title.setText(title)
        self._sub.setText(sub)
