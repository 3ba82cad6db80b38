"""The field a card, a phone or a name goes into."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.keycaps import Keycap

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FAR = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_End}


class _Line(QLineEdit):
    """A bare line that hands the keys with another meaning here to its field."""

    def __init__(self, field: "SearchField") -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("k", "bare")
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._field.take_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab moves the focus before keyPressEvent hears of it.
        tab = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if (
            tab
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._field.take_key(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._field.tapped.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._field.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._field.update()


class SearchField(theme.Dressed, QFrame):
    """Take what identifies a member; typed text is passed on as it is, digits of any set.

    Digits ended by `.` or Tab are an amount: `amount_ended` carries them and the field is emptied.
    """

    edited = Signal(str)
    expected = Signal(str)  # what the text becomes if a key is typed that a scanner may have sent
    submitted = Signal(str)  # Enter
    amount_ended = Signal(str)
    tapped = Signal()
    moved = Signal(int)  # rows, by the arrows; a list of candidates follows
    far = Signal(object)  # the event of a key that moves a list by more than a row
    backed = Signal()  # Backspace with nothing left to take away

    def __init__(
        self,
        placeholder: str = "",
        *,
        icon: str = "scan",
        keycap: str = "F2",
        name: str = "",
        takes_amount: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._takes_amount = icon, takes_amount
        self.line = _Line(self)
        self._keycap = Keycap(keycap, self)
        self._keycap.setVisible(bool(keycap))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self._keycap)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.textEdited.connect(self.edited)
        self.set_texts(placeholder, name)
        self.dress_now()

    def dress(self) -> None:
        lead, end = theme.px(14 + 22 + 12), theme.px(14)
        rtl = paint.is_rtl(self)
        self._row.setContentsMargins(end if rtl else lead, 0, lead if rtl else end, 0)
        self._row.setSpacing(theme.px(10))
        self.setFixedHeight(theme.px(48))
        self.line.setFont(theme.font("input"))
        self.line.setAlignment(bidi.alignment("start", rtl) | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(48))

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Fill without a signal."""
        self.line.setText(text)

    def clear(self) -> None:
        """Empty without a signal."""
        self.line.clear()

    def set_texts(self, placeholder: str, name: str) -> None:
        """Speak another language."""
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(bidi.strip(name or placeholder))

    def expect(self, typed: str) -> None:
        """Tell what the text becomes if this is typed now."""
        line, text = self.line, self.text()
        start = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
        self.expected.emit(text[:start] + typed + text[start + len(line.selectedText()) :])

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key that means something other than a letter here; return whether it was one."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit(self.text())
            return True
        if key == Qt.Key.Key_Backspace and not self.text():
            self.backed.emit()
            return True
        if key in _FAR and not (key == Qt.Key.Key_End and self.text()):
            self.far.emit(event)
            return True
        if key in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(key)])
            return True
        ends_amount = key == Qt.Key.Key_Tab or event.text() in (".", "\u066b")
        if self._takes_amount and ends_amount and self.text().isdecimal():
            typed = self.text()
            self.clear()
            self.amount_ended.emit(typed)
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        self.tapped.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area, focused = QRectF(self.rect()), self.line.hasFocus()
        line = "primary" if focused else "line_strong"
        paint.box(painter, area, theme.px(12), "surface", line, width=2 if focused else 1)
        row = paint.Row(area.adjusted(theme.px(14), 0, -theme.px(14), 0), paint.is_rtl(self))
        side = theme.px(22)
        place = row.start(side)
        ink = "primary" if focused else "text2"
        paint.icon(painter, self._icon, place.left(), area.height() / 2, side, ink)
