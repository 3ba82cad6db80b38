"""The list that rows are drawn in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QWidget

from loyalty_pos.ui import theme


class Rows(QListView):
    """Bring the ground of the card it lies on, so that no key has to paint the card and the page again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), theme.color("surface"))
        ground.end()
        super().paintEvent(event)
