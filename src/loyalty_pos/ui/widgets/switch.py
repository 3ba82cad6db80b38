"""Yes or no, and a few words that may each be chosen."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme


class Switch(theme.Dressed, QCheckBox):
    """Switch something on or off; a check box in another dress."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)
        self.dress_now()

    def set_name(self, name: str) -> None:
        """Say what is switched."""
        self.setAccessibleName(bidi.strip(name))

    def dress(self) -> None:
        self.setFixedSize(theme.px(52), theme.target(40))

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        height, width = theme.px(24), theme.px(46)
        area = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        on = self.isChecked()
        paint.box(
            painter, area, height / 2, "primary" if on else "sunken", "primary" if on else "line_strong"
        )
        travel = width / 2 - height / 2
        if on == paint.is_rtl(self):
            travel = -travel
        knob = QPointF(area.center().x() + travel, area.center().y())
        paint.disc(painter, knob, theme.px(9), "on_primary" if on else "line_strong")
        if self.hasFocus():
            paint.focus(painter, QRectF(self.rect()), theme.px(10))


class Toggle(theme.Dressed, QCheckBox):
    """One word of several that may be chosen together; a tick says so as well as the colour."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def set_word(self, word: str) -> None:
        """Speak another language."""
        self.setText(word)
        self.setAccessibleName(bidi.strip(word))
        self.updateGeometry()

    def dress(self) -> None:
        self.setFont(theme.font("secondary", 600))
        self.setFixedHeight(theme.target(36))

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = paint.width_of(self.text(), self.font()) + theme.px(16 + 6 + 24)
        return QSize(width, theme.target(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area, on = QRectF(self.rect()), self.isChecked()
        paint.box(
            painter,
            area,
            area.height() / 2,
            "primary_soft" if on else "surface",
            "primary" if on else "line_strong",
        )
        row = paint.Row(area.adjusted(theme.px(12), 0, -theme.px(12), 0), paint.is_rtl(self))
        ink = "on_primary_soft" if on else "text2"
        side = theme.px(16)
        place = row.start(side, theme.px(6))
        paint.icon(painter, "check" if on else "plus", place.left(), area.height() / 2, side, ink)
        paint.text(painter, row.rest(), self.text(), self.font(), ink, "center")
        if self.hasFocus():
            paint.focus(painter, area, area.height() / 2)
