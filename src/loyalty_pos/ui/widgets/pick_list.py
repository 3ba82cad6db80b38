"""One choice out of many."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from loyalty_pos.ui import paint, theme


class PickList(theme.Dressed, QComboBox):
    """A list that opens; drawn as the fields around it are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def dress(self) -> None:
        self.setFont(theme.font("input"))
        self.setFixedHeight(theme.px(44))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(44))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a page scrolled by accident must not change a choice

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area, focused = QRectF(self.rect()), self.hasFocus()
        line = "primary" if focused else "line_strong"
        paint.box(painter, area, theme.px(10), "surface", line, width=2 if focused else 1)
        row = paint.Row(area.adjusted(theme.px(12), 0, -theme.px(12), 0), paint.is_rtl(self))
        side = theme.px(18)
        place = row.end(side, theme.px(8))
        paint.icon(painter, "chevron-down", place.left(), area.height() / 2, side, "text2")
        paint.text(painter, row.rest(), self.currentText(), self.font(), "text", "start")
