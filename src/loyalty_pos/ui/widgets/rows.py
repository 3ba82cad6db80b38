"""The list that rows are drawn in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from loyalty_pos.ui import theme


def opaque(rows: QAbstractItemView) -> None:
    """Let a list bring its own ground, so that no key has to paint the card and the page under it again."""
    rows.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def paint_ground(rows: QAbstractItemView, event: QPaintEvent) -> None:
    """Paint the ground of the card a list lies on."""
    ground = QPainter(rows.viewport())
    ground.fillRect(event.rect(), theme.color("surface"))
    ground.end()


class Rows(QListView):
    """Bring the ground of the card it lies on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        opaque(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_ground(self, event)
        super().paintEvent(event)
