"""A small whole number that fingers and keys move."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.speech import Speech

_UP = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Plus, Qt.Key.Key_Space})
_DOWN = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Minus})


class Stepper(theme.Dressed, QAbstractSlider):
    """Step a count between bounds: minus, value, plus in reading order.

    A slider underneath, so a screen reader reads and moves its value.
    """

    stepped = Signal(int)  # the new value, only when a person changed it

    def __init__(
        self,
        speech: Speech,
        icon: str = "",
        label: str = "",
        keycap: str = "",
        *,
        minimum: int = 0,
        maximum: int = 99,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._label, self._keycap = icon, label, keycap
        self._pressed = 0
        self._quiet = False
        self.setRange(minimum, maximum)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._changed)
        self.set_texts(speech, label, keycap)
        self.dress_now()

    def set_texts(self, speech: Speech, label: str, keycap: str | None = None) -> None:
        """Speak another language."""
        self._speech, self._label = speech, label
        self._keycap = self._keycap if keycap is None else keycap
        self.setAccessibleName(bidi.strip(label))
        self.setAccessibleDescription(self._keycap)
        self.updateGeometry()
        self.update()

    def set_value(self, value: int) -> None:
        """Set without a signal, held inside the bounds."""
        self._quiet = True
        self.setValue(value)
        self._quiet = False
        self.update()

    def set_range(self, minimum: int, maximum: int) -> None:
        """Change the bounds without a signal; the value follows."""
        self._quiet = True
        self.setRange(minimum, maximum)
        self._quiet = False
        self.update()

    def step(self, by: int) -> None:
        """Step as a person would: `stepped` fires when the value changed."""
        self.setValue(self.value() + by)

    def _changed(self, value: int) -> None:
        self.update()
        if not self._quiet:
            self.stepped.emit(value)

    def dress(self) -> None:
        self.setFixedHeight(theme.target(40))
        self.updateGeometry()

    def _places(self) -> tuple[QRectF, QRectF, QRectF, QRectF | None, QRectF]:
        """Return where minus, value, plus, keycap and the label stand."""
        side, pad = theme.target(40), theme.px(8)
        area = QRectF(self.rect()).adjusted(pad, 0, -pad / 2, 0)
        if paint.is_rtl(self):
            area = QRectF(self.rect()).adjusted(pad / 2, 0, -pad, 0)
        row = paint.Row(area, paint.is_rtl(self))
        keycap = row.end(paint.keycap_size(self._keycap)[0], theme.px(4)) if self._keycap else None
        plus = row.end(side)
        value = row.end(theme.px(34))
        minus = row.end(side)
        return minus, value, plus, keycap, row.rest()

    def sizeHint(self) -> QSize:
        icon = theme.px(22 + 8) if self._icon else 0
        label = paint.width_of(self._label, theme.font("body"))
        keycap = paint.keycap_size(self._keycap)[0] + theme.px(4) if self._keycap else 0
        controls = 2 * theme.target(40) + theme.px(34) + theme.px(12)
        return QSize(icon + label + keycap + controls + theme.px(4), theme.target(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        paint.box(painter, area, theme.px(12), "inset", "line")
        minus, value, plus, keycap, rest = self._places()
        self._draw_sign(painter, minus, "minus", -1)
        self._draw_sign(painter, plus, "plus", +1)
        shown = self._speech.digits(str(self.value()))
        paint.text(painter, value, shown, theme.font("section", 700), "text", "center")
        if keycap is not None:
            cap_height = paint.keycap_size(self._keycap)[1]
            top = (self.height() - cap_height) / 2
            paint.keycap(painter, QRectF(keycap.left(), top, keycap.width(), cap_height), self._keycap)
        self._draw_label(painter, rest)
        if self.hasFocus():
            paint.focus(painter, area, theme.px(12))

    def _draw_label(self, painter: QPainter, rest: QRectF) -> None:
        """Draw icon and label; a long label takes the icon's room, then a smaller size."""
        row = paint.Row(rest, paint.is_rtl(self))
        side, gap, wide = theme.px(20), theme.px(8), rest.width()
        label = paint.width_of(self._label, theme.font("body"))
        if self._icon and label <= wide - side - gap:
            place = row.start(side, gap)
            paint.icon(painter, self._icon, place.left(), self.height() / 2, side, "text2")
        role = "body" if label <= wide else "caption"
        cut = paint.text(painter, row.rest(), self._label, theme.font(role), "text")
        self.setToolTip(self._label if cut else "")

    def _draw_sign(self, painter: QPainter, place: QRectF, icon: str, by: int) -> None:
        possible = self.minimum() <= self.value() + by <= self.maximum()
        side = theme.px(18)
        if self._pressed == by and possible:
            paint.disc(painter, place.center(), theme.px(16), "sunken")
        ink = "text" if possible else "line_strong"
        paint.icon(painter, icon, place.center().x() - side / 2, place.center().y(), side, ink)

    def _sign_at(self, point: QPointF) -> int:
        minus, value, plus, _, _ = self._places()
        half = value.width() / 2  # the value's halves belong to their neighbours: bigger targets
        toward_plus = half if plus.left() > value.left() else -half
        if minus.united(value).contains(point) and not _past(point, value, toward_plus):
            return -1
        return 1 if plus.united(value).contains(point) else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._sign_at(event.position())
        if self._pressed and event.button() == Qt.MouseButton.LeftButton:
            self.step(self._pressed)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = 0
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # quick taps count each

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a page scrolled by accident must not change a sale

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        right = 1 if not paint.is_rtl(self) else -1
        sideways = {Qt.Key.Key_Right: right, Qt.Key.Key_Left: -right}
        if key in _UP:
            self.step(1)
        elif key in _DOWN:
            self.step(-1)
        elif key in sideways:
            self.step(sideways[Qt.Key(key)])
        elif key == Qt.Key.Key_Home:
            self.setValue(self.minimum())
        elif key == Qt.Key.Key_End:
            self.setValue(self.maximum())
        else:
            event.ignore()


def _past(point: QPointF, value: QRectF, toward_plus: float) -> bool:
    side = point.x() - value.center().x()
    return side > 0 if toward_plus > 0 else side < 0
