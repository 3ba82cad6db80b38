"""The idle counter's target."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from loyalty_pos.ui import bidi, paint, theme

SIDE = 132


class ScanTarget(theme.Dressed, QLabel):
    """Draw the scan sign in its rings."""

    def __init__(self, icon: str = "scan", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.set_name(name)
        self.dress_now()

    def set_name(self, name: str) -> None:
        """Speak another language."""
        self.setAccessibleName(bidi.strip(name))

    def dress(self) -> None:
        self.setFixedSize(theme.px(SIDE), theme.px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setOpacity(0.07)
        paint.disc(painter, middle, self.width() / 2, "primary")
        painter.setOpacity(0.12)
        paint.disc(painter, middle, self.width() * 0.4, "primary")
        painter.setOpacity(1)
        paint.disc(painter, middle, self.width() * 0.29, "primary")
        side = theme.px(38)
        paint.icon(painter, self._icon, middle.x() - side / 2, middle.y(), side, "on_primary")
