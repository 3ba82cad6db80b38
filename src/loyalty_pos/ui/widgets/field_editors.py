"""Editors for one value each, made from a field's description: what `schema_form` puts behind its labels."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from loyalty_pos.app.form_views import FieldView
from loyalty_pos.app.language import Language
from loyalty_pos.domain.dates import read_day
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets.flow import FlowRow
from loyalty_pos.ui.widgets.pick_list import PickList
from loyalty_pos.ui.widgets.segmented import Segmented
from loyalty_pos.ui.widgets.switch import Switch, Toggle
from loyalty_pos.ui.widgets.text import Tx

SEGMENTS_AT_MOST, LETTERS_AT_MOST = 4, 40  # side by side in the narrowest form
_GROUPING = {ord(mark): None for mark in ",\u066c \u00a0"}
_SEPARATORS = str.maketrans({"\u060c": ",", ";": ",", "\u061b": ","})
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class Editor(QWidget):
    """Edit one value. `value()` is None when the field is left out; what cannot be read stays text."""

    edited = Signal()

    def __init__(self, field: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)

    def value(self) -> object:
        """Return what is written."""
        raise NotImplementedError

    def put(self, value: object) -> None:
        """Show a value without a signal; None is the field's default."""
        raise NotImplementedError

    def set_language(self, language: Language) -> None:
        """Speak another language; what is written stays."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the keyboard here."""
        self.setFocus()

    def mark(self, problem: str) -> None:
        """Show and tell that the value is wrong; empty when it is right."""


class LineEditor(Editor):
    """A line of text: plain, a day, or words divided by commas."""

    def __init__(self, field: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setMaxLength(500)
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda text: self.edited.emit())
        self._language: Language | None = None

    def value(self) -> object:
        text = self.line.text().strip()
        if self.field.type in ("tags", "hours"):
            text = latin_digits(text) if self.field.type == "hours" else text
            parts = [part.strip() for part in bidi.strip(text).translate(_SEPARATORS).split(",")]
            return [part for part in parts if part] or None
        if self.field.type == "day" and text:
            return read_day(bidi.strip(text)) or text
        return text or None

    def put(self, value: object) -> None:
        self.line.setText(self._shown(value))

    def _shown(self, value: object) -> str:
        comma = "\u060c " if self._language and self._language.rtl else ", "
        if isinstance(value, list | tuple) and self.field.type == "hours" and self._language:
            return comma.join(self._language.isolate(self._language.digits(str(part))) for part in value)
        if isinstance(value, list | tuple):
            return comma.join(str(part) for part in value)
        if self.field.type == "day" and isinstance(value, str) and read_day(value) and self._language:
            return self._language.day_short(value)
        return str(value or "")

    def set_language(self, language: Language) -> None:
        before, self._language = self.value(), language
        self.line.setAccessibleName(bidi.strip(self.field.label.said(language.code)))
        self.line.setAlignment(bidi.alignment("start", language.rtl) | Qt.AlignmentFlag.AlignVCenter)
        if self.field.type == "day":
            example = language.day_short("2026-03-21")
            self.line.setPlaceholderText(language.t("Such as {day}", day=example))
        elif self.field.type == "hours":
            example = language.isolate(language.digits("18:00-23:00"))
            self.line.setPlaceholderText(language.t("Such as {hours}", hours=example))
        elif self.field.type == "tags":
            self.line.setPlaceholderText(language.t("Names, divided by commas"))
        self.put(before)

    def mark(self, problem: str) -> None:
        theme.set_prop(self.line, "k", "wrong" if problem else "")
        self.line.setAccessibleDescription(bidi.strip(problem))


class _NumberLine(QLineEdit):
    """A line where the arrows count."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class NumberEditor(Editor):
    """A whole number, an amount of money or a percentage; digits of three sets, arrows step."""

    def __init__(self, field: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = _NumberLine()
        self.line.setMaxLength(24)
        theme.hold(self.line, most_width=190)
        self._unit = Tx("", "secondary", "text2")
        theme.space(self.row, 8)
        self.row.addWidget(self.line)
        self.row.addWidget(self._unit)
        self.row.addStretch(1)
        self.setFocusProxy(self.line)
        self._language: Language | None = None
        self._money = field.type == "money"
        self.line.textEdited.connect(lambda text: self.edited.emit())
        self.line.stepped.connect(self._step)

    @property
    def _per_unit(self) -> tuple[int, int]:
        """Return how many of the value make one shown unit, and the decimal places shown at most."""
        if self.field.type == "percent":
            return 100, 2
        if self.field.type == "times":
            return 1_000, 3
        if self._money and self._language:
            per = self._language.minor_per_unit
            return per, len(str(per)) - 1
        return 1, 0

    def value(self) -> object:
        text = bidi.strip(self.line.text()).strip().rstrip("%\u066a ")
        if not text:
            return None
        per, places = self._per_unit
        whole, mark, part = text.translate(_GROUPING).replace("\u066b", ".").partition(".")
        digits, rest = _digits(whole), _digits(part)
        if digits is None or rest is None or len(rest) > places or (mark and not rest):
            return text
        return int(digits or "0") * per + int(rest.ljust(places, "0") or "0")

    def put(self, value: object) -> None:
        if not isinstance(value, int) or self._language is None:
            self.line.setText("" if value is None else str(value))
            return
        self.line.setText(self._written(value))

    def _written(self, value: int) -> str:
        assert self._language is not None
        per, places = self._per_unit
        whole, part = divmod(value, per)
        text = self._language.number(whole)
        if part:
            mark = "\u066b" if self._language.digits("0") != "0" else "."
            text += mark + self._language.digits(str(part).rjust(places, "0").rstrip("0"))
        return text

    def set_language(self, language: Language) -> None:
        before = self.value()
        self._language = language
        label, unit = self.field.label.said(language.code), self.field.unit.said(language.code)
        if self._money:
            unit = language.money_unit()
        elif self.field.type == "percent":
            unit = language.t("percent")
        self._unit.setText(unit)
        self._unit.setVisible(bool(unit))
        self.line.setAccessibleName(bidi.strip(f"{label}, {unit}" if unit else label))
        self.line.setAlignment(bidi.alignment("start", language.rtl) | Qt.AlignmentFlag.AlignVCenter)
        self.put(before if before is not None else None)
        usual = self.field.default
        self.line.setPlaceholderText(self._written(usual) if isinstance(usual, int) and usual else "")

    def mean_money(self, *, money: bool) -> None:
        """Let the same value be an amount of money, or a plain number."""
        if money != self._money:
            value, self._money = self.value(), money
            self.line.clear()
            if self._language:
                self.set_language(self._language)
            self.put(value)

    def mark(self, problem: str) -> None:
        theme.set_prop(self.line, "k", "wrong" if problem else "")
        self.line.setAccessibleDescription(bidi.strip(problem))

    def _step(self, by: int) -> None:
        now, per = self.value(), self._per_unit[0]
        if self.field.type == "times":
            per //= 10
        low, high = self.field.low or 0, self.field.high
        start = now if isinstance(now, int) else low - by * per
        wanted = max(low, start + by * per)
        self.put(wanted if high is None else min(high, wanted))
        self.edited.emit()


class ChoiceEditor(Editor):
    """One of a few side by side, one of many in a list."""

    def __init__(self, field: FieldView, parent: QWidget | None = None, *, listed: bool = False) -> None:
        super().__init__(field, parent)
        keys = [(choice.value, choice.value) for choice in field.choices]
        few = len(keys) <= SEGMENTS_AT_MOST and _letters(field) <= LETTERS_AT_MOST
        self.few = Segmented(keys) if few and not listed else None
        self.many = PickList() if self.few is None else None
        if self.few is not None:
            self.few.chosen.connect(lambda key: self.edited.emit())
            self.row.addWidget(self.few)
            self.row.addStretch(1)
        elif self.many is not None:
            for key, _ in keys:
                self.many.addItem(key, key)
            self.many.activated.connect(lambda row: self.edited.emit())
            self.row.addWidget(self.many, 1)
            self.setFocusProxy(self.many)

    def value(self) -> object:
        if self.few is not None:
            return self.few.current()
        assert self.many is not None
        return self.many.currentData()

    def put(self, value: object) -> None:
        wanted = self.field.default if value is None else value
        values = [choice.value for choice in self.field.choices]
        chosen = str(wanted) if wanted in values else values[0]
        if self.few is not None:
            self.few.set_current(chosen)
        elif self.many is not None:
            self.many.setCurrentIndex(self.many.findData(chosen))

    def set_language(self, language: Language) -> None:
        words = [(choice.value, choice.label.said(language.code)) for choice in self.field.choices]
        name = bidi.strip(self.field.label.said(language.code))
        if self.few is not None:
            self.few.set_texts(words)
            self.few.set_name(name)
        elif self.many is not None:
            chosen = self.value()
            self.many.clear()
            for key, text in words:
                self.many.addItem(text, key)
            self.many.setCurrentIndex(max(0, self.many.findData(chosen)))
            self.many.setAccessibleName(name)


class SeveralEditor(Editor):
    """Any of a few words."""

    def __init__(self, field: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        words = FlowRow()
        self.toggles = [Toggle(choice.value) for choice in field.choices]
        for toggle in self.toggles:
            toggle.clicked.connect(lambda on: self.edited.emit())
        words.show_all(list(self.toggles))
        self.row.addWidget(words)
        if self.toggles:
            self.setFocusProxy(self.toggles[0])

    def value(self) -> object:
        return [toggle.key for toggle in self.toggles if toggle.isChecked()] or None

    def put(self, value: object) -> None:
        chosen: Sequence[object] = value if isinstance(value, list | tuple) else ()
        for toggle in self.toggles:
            toggle.setChecked(toggle.key in chosen)

    def set_language(self, language: Language) -> None:
        name = bidi.strip(self.field.label.said(language.code))
        for toggle, choice in zip(self.toggles, self.field.choices, strict=True):
            toggle.set_word(choice.label.said(language.code))
            toggle.setAccessibleDescription(name)


class SwitchEditor(Editor):
    """Yes or no."""

    def __init__(self, field: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.switch = Switch()
        self.row.addWidget(self.switch)
        self.row.addStretch(1)
        self.setFocusProxy(self.switch)
        self.switch.clicked.connect(lambda on: self.edited.emit())

    def value(self) -> object:
        return self.switch.isChecked()

    def put(self, value: object) -> None:
        self.switch.setChecked(bool(self.field.default if value is None else value))

    def set_language(self, language: Language) -> None:
        self.switch.set_name(self.field.label.said(language.code))


def editor_for(field: FieldView) -> Editor:
    """Make the editor a field's type asks for."""
    if field.type in ("number", "money", "percent", "times"):
        return NumberEditor(field)
    if field.type == "choice":
        return ChoiceEditor(field)
    if field.type == "several":
        return SeveralEditor(field)
    return SwitchEditor(field) if field.type == "yes_no" else LineEditor(field)


def _letters(field: FieldView) -> int:
    """Count what the choices of a field say together, in the longer language."""
    return max(sum(len(getattr(choice.label, code)) for choice in field.choices) for code in ("fa", "en"))


def _digits(text: str) -> str | None:
    """Read decimal digits of any set; None when something else is among them."""
    found = [unicodedata.decimal(letter, None) for letter in text]
    return None if None in found else "".join(str(digit) for digit in found)
