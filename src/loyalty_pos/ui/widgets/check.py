"""A yes or no in a form."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme


class Check(theme.Dressed, QCheckBox):
    """Tick a box: role, state and Space come with the stock check box, the look from the tokens."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def set_text(self, text: str) -> None:
        """Speak another language."""
        self.setText(text)
        self.setAccessibleName(bidi.strip(text))
        self.updateGeometry()

    def dress(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.target(40))

    def sizeHint(self) -> QSize:
        return QSize(paint.width_of(self.text(), self.font()) + theme.px(22 + 10 + 4), theme.target(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        px = theme.px
        row = paint.Row(QRectF(self.rect()).adjusted(px(2), 0, -px(2), 0), paint.is_rtl(self))
        place = row.start(px(22), px(10))
        side = place.width()
        box = QRectF(place.left(), (self.height() - side) / 2, side, side)
        if self.isChecked():
            paint.box(painter, box, px(6), "primary")
            paint.icon(painter, "check", box.left() + px(3), box.center().y(), side - px(6), "on_primary")
        else:
            paint.box(painter, box, px(6), "surface", "line_strong")
        if self.hasFocus():
            paint.focus(painter, box.adjusted(-2, -2, 2, 2), px(8))
        paint.text(painter, row.rest(), self.text(), self.font(), "text")
