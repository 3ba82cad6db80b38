"""Where something will stand that is still being read."""

from PySide6.QtCore import QPointF, QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from loyalty_pos.ui import paint, theme

WAIT_MS = 150


class Skeleton(theme.Dressed, QLabel):
    """Draw a member card's shape; shown only when reading takes longer than people notice (`show_later`)."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.setAccessibleName(name)
        self.dress_now()

    def set_name(self, name: str) -> None:
        """Speak another language."""
        self.setAccessibleName(name)

    def show_later(self, after_ms: int = WAIT_MS) -> None:
        """Appear unless `cancel` comes first."""
        self._timer.start(after_ms)

    def cancel(self) -> None:
        """Hide, and do not appear."""
        self._timer.stop()
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def dress(self) -> None:
        self.setMinimumHeight(theme.px(180))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(340), theme.px(180))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        gap, width = theme.px(10), float(self.width())
        head = paint.Row(QRectF(0, 0, width, theme.px(64)), paint.is_rtl(self))
        face = head.start(theme.px(64), theme.px(14))
        paint.disc(painter, QPointF(face.center()), theme.px(32), "sunken")
        for top, share in ((8, 0.5), (38, 0.75)):
            line = paint.Row(head.rest(), paint.is_rtl(self)).start(head.rest().width() * share)
            paint.box(
                painter, QRectF(line.left(), theme.px(top), line.width(), theme.px(16)), theme.px(8), "sunken"
            )
        tiles = paint.Row(QRectF(0, theme.px(84), width, theme.px(90)), paint.is_rtl(self))
        for _ in range(3):
            paint.box(painter, tiles.start((width - 2 * gap) / 3, gap), theme.px(12), "sunken")
