"""The amount as it is typed, large, grouped, and said again in words."""

import unicodedata

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.speech import Speech

CAP_MINOR = 10**12
_POINTS = frozenset(".\u066b")


class _Typed:
    """What has been typed of an amount, digit by digit; knows no money beyond its decimal places."""

    def __init__(self, minor_per_unit: int, decimals: int) -> None:
        self.minor_per_unit, self.decimals = minor_per_unit, decimals
        self.whole = ""
        self.part: str | None = None

    def minor(self) -> int:
        part = int((self.part or "").ljust(self._places(), "0") or 0)
        return int(self.whole or 0) * self.minor_per_unit + part

    def put(self, minor: int) -> None:
        whole, part = divmod(minor, self.minor_per_unit)
        self.whole = str(whole) if whole or part else ""
        self.part = str(part).rjust(self._places(), "0") if part else None

    def _places(self) -> int:
        """Return the places a value may have, also where none are typed: odd rials under a toman."""
        return len(str(self.minor_per_unit)) - 1

    def key(self, letter: str) -> None:
        """Take one letter; what the field cannot hold changes nothing."""
        before = self.whole, self.part
        if letter == "\b":
            self._back()
        elif letter in _POINTS:
            self._point()
        elif (digit := unicodedata.digit(letter, None)) is not None:
            self._digit(str(digit))
        if self.minor() > CAP_MINOR:
            self.whole, self.part = before

    def _back(self) -> None:
        if self.part is None:
            self.whole = self.whole[:-1]
        else:
            self.part = self.part[:-1] if self.part else None

    def _point(self) -> None:
        if self.decimals == 0:
            self.whole += "000" if int(self.whole or 0) else ""
        elif self.part is None:
            self.whole, self.part = self.whole or "0", ""

    def _digit(self, digit: str) -> None:
        if self.part is None:
            self.whole = str(int(self.whole + digit))
        elif len(self.part) < self.decimals:
            self.part += digit


class _Edit(QLineEdit):
    """A line edit for screen readers and input methods; its field decides what a key means and paints."""

    def __init__(self, field: "AmountField") -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("k", "bare")
        self.setFrame(False)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._field.take_key(event):
            event.accept()
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._field.type_text(event.commitString())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._field.tapped.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._field.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._field.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        return  # the field paints; a steady caret costs no repaints


class AmountField(theme.Dressed, QFrame):
    """Take an amount of money in the shop's display unit; `value_minor` is in the smallest unit.

    `minor_per_unit` 10 and `decimals` 0 for toman over rial, 100 and 2 for hryvnia. Digits of three sets; `.`
    types 000 where the unit has no decimals, else it is the decimal mark. Holds at most CAP_MINOR. Letters,
    `*` and `/` go on to the page.
    """

    edited = Signal(object)  # int, smallest unit; Qt's own int has 32 bits
    submitted = Signal()  # Enter
    tapped = Signal()

    def __init__(
        self,
        speech: Speech,
        label: str = "",
        *,
        minor_per_unit: int = 1,
        decimals: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._typed = _Typed(minor_per_unit, decimals)
        self._speech = speech
        self.edit = _Edit(self)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texts(speech, label)
        self.dress_now()

    @property
    def value_minor(self) -> int:
        return self._typed.minor()

    @value_minor.setter
    def value_minor(self, value: int) -> None:
        """Set without a signal."""
        if not 0 <= value <= CAP_MINOR:
            raise ValueError(value)
        self._typed.put(value)
        self._show()

    def set_unit(self, minor_per_unit: int, decimals: int) -> None:
        """Change the display unit; the value is kept."""
        value = self.value_minor
        self._typed = _Typed(minor_per_unit, decimals)
        self.value_minor = value

    def set_texts(self, speech: Speech, label: str, *, money: bool = True) -> None:
        """Speak another language; without `money` it is a number of something else."""
        self._speech, self._label, self._money = speech, label, money
        self._show()

    def clear(self) -> None:
        """Go to zero without a signal."""
        self.value_minor = 0

    def type_text(self, text: str) -> None:
        """Type as a person would: digits of three sets, the point, a backspace as one BS letter."""
        before = self._shown()
        for letter in text:
            self._typed.key(letter)
        if self._shown() != before:
            self._show()
            self.edited.emit(self.value_minor)

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key that edits or submits; return whether it was one."""
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif key == Qt.Key.Key_Backspace:
            self.type_text("\b")
        elif key == Qt.Key.Key_Delete:
            self.type_text("\b" * 40)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.type_text(QApplication.clipboard().text())
        elif text and (text in _POINTS or unicodedata.digit(text[0], None) is not None):
            self.type_text(text)
        else:
            return False
        return True

    def _shown(self) -> str:
        """Return the typed amount, grouped, in the language's digits."""
        if not self._typed.whole:
            return ""
        shown = self._speech.number(int(self._typed.whole))
        if self._typed.part is not None:
            mark = "\u066b" if self._speech.digits("0") != "0" else "."
            shown += mark + self._speech.digits(self._typed.part)
        return shown

    def _words(self) -> str:
        return self._speech.words(self.value_minor) if self._money and self.value_minor else ""

    def _unit(self) -> str:
        return self._speech.money_unit() if self._money else ""

    def _show(self) -> None:
        self.edit.setText(self._shown())
        words = self._words()
        self.edit.setAccessibleName(bidi.strip(", ".join(filter(None, (self._label, self._unit())))))
        self.edit.setAccessibleDescription(bidi.strip(words))
        self.setToolTip(bidi.strip(words))
        self.update()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(86))
        self.edit.setFont(theme.font("amount"))
        self.edit.setGeometry(self.rect())

    def resizeEvent(self, event: object) -> None:
        self.edit.setGeometry(self.rect())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(86))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(86))

    def _figure_font(self, shown: str, room: float) -> QFont:
        """Return the amount's font, smaller when a very long amount needs it."""
        font = theme.font("amount")
        while paint.width_of(shown, font) > room and font.pixelSize() > theme.px(20):
            font = QFont(font)
            font.setPixelSize(font.pixelSize() - 2)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area, focused = QRectF(self.rect()), self.edit.hasFocus()
        fill, line = ("surface", "primary") if focused else ("inset", "line_strong")
        paint.box(painter, area, theme.px(12), fill, line, width=2 if focused else 1)
        inner = area.adjusted(theme.px(16), theme.px(6), -theme.px(16), -theme.px(6))
        figures = QRectF(inner.left(), inner.top(), inner.width(), theme.px(48))
        row = paint.Row(figures, paint.is_rtl(self))
        label_font, unit_font = theme.font("body"), theme.font("section", 500)
        paint.text(
            painter,
            row.start(paint.width_of(self._label, label_font), theme.px(12)),
            self._label,
            label_font,
            "text2",
        )
        unit = self._unit()
        paint.text(painter, row.end(paint.width_of(unit, unit_font), theme.px(10)), unit, unit_font, "text2")
        shown = self._shown() or self._speech.digits("0")
        room = row.rest()
        font = self._figure_font(shown, room.width() - theme.px(6))
        figure = row.end(paint.width_of(shown, font) + theme.px(6))
        ink = "text" if self._typed.whole else "text3"
        paint.text(painter, figure.adjusted(0, 0, -theme.px(6), 0), shown, font, ink, "number")
        if focused:
            caret = QRectF(figure.right() - 2, figure.top() + theme.px(7), 2, theme.px(34))
            painter.fillRect(caret, theme.color("primary"))
        under = QRectF(inner.left(), figures.bottom(), inner.width(), inner.bottom() - figures.bottom())
        self._paint_words(painter, under)

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        """Say the amount in words, smaller where it is narrow; too long a text stays a tool tip."""
        words = self._words()
        for name in ("secondary", "caption"):
            font = theme.font(name)
            if paint.width_of(words, font) <= room.width():
                paint.text(painter, room, words, font, "text2", "end")
                break
