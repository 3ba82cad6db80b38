"""Any number of the same small form: the editor of a list of models."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.form_views import FieldView
from loyalty_pos.app.language import Language
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets.buttons import Btn, IconBtn
from loyalty_pos.ui.widgets.field_editors import Editor
from loyalty_pos.ui.widgets.sight import bring_into_sight
from loyalty_pos.ui.widgets.text import Elide, Tx

if TYPE_CHECKING:
    from loyalty_pos.ui.widgets.schema_form import SchemaForm

FIELDS_AT_ONCE = 12
"""More fields than this in all rows together, and the rows begin folded."""


class RowCard(QFrame):
    """One row: its number and name, its form, and the ways to fold and to remove it."""

    edited = Signal()
    removed = Signal()

    def __init__(self, field: FieldView, form: "SchemaForm", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self._field, self._number = field, 1
        self._language: Language | None = None
        self.setProperty("k", "inset")
        self.name = Elide("", "body", weight=600)
        self.error = Tx("", "secondary", "danger", weight=600, wrap=True)
        self.error.hide()
        self.fold = IconBtn("chevron-up", "", size=36)
        self.remove = IconBtn("cross", "", size=36)
        head = QHBoxLayout()
        theme.space(head, 6)
        head.addWidget(self.name, 1)
        head.addWidget(self.fold)
        head.addWidget(self.remove)
        whole = QVBoxLayout(self)
        theme.space(whole, 6, (12, 6, 8, 10))
        whole.addLayout(head)
        whole.addWidget(self.error)
        whole.addWidget(form)
        form.edited.connect(self._edited)
        self.fold.clicked.connect(lambda: self.set_folded(not self.folded))
        self.remove.clicked.connect(self.removed)

    @property
    def folded(self) -> bool:
        return self.form.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Show the row's name alone, or its form as well."""
        self.form.setVisible(not folded)
        self._say()

    def set_language(self, language: Language, number: int) -> None:
        """Speak another language, or take another number; what is written stays."""
        if self._language is not language:
            self.form.set_language(language)
        self._language, self._number = language, number
        self._say()

    def called(self) -> str:
        """Say what the row is: «Level 2»."""
        assert self._language is not None
        word = self._field.row.said(self._language.code) or self._language.t("Row")
        return f"{word} {self._language.number(self._number)}"

    def _edited(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        if self._language is None:
            return
        t, called = self._language.t, self.called()
        texts = [field.path for field in self._field.fields if field.type == "text"]
        values = self.form.values()
        written = next((values[path] for path in sorted(texts, key=_name_first) if values.get(path)), "")
        self.name.setText(f"{called} · {self._language.name(str(written))}" if written else called)
        self.fold.set_content(
            "chevron-down" if self.folded else "chevron-up",
            t("Show {row}", row=called) if self.folded else t("Hide {row}", row=called),
        )
        self.remove.set_content("cross", t("Remove {row}", row=called))


class RowsEditor(Editor):
    """Edit a list of models: rows are added, removed, put back and folded with mouse or keyboard."""

    shaped = Signal()  # rows came or went

    def __init__(
        self, field: FieldView, make_form: Callable[[], "SchemaForm"], parent: QWidget | None = None
    ) -> None:
        super().__init__(field, parent)
        self.cards: list[RowCard] = []
        self._make_form = make_form
        self._language: Language | None = None
        self._gone: tuple[int, dict[str, Any]] | None = None
        column = QVBoxLayout()
        theme.space(column, 8)
        self._rows = QVBoxLayout()
        theme.space(self._rows, 8)
        column.addLayout(self._rows)
        under = QHBoxLayout()
        self.add = Btn("", "soft", icon="plus", size="small")
        self.back = Btn("", "ghost", icon="undo", size="small")
        under.addWidget(self.add)
        under.addWidget(self.back)
        under.addStretch(1)
        column.addLayout(under)
        self.row.addLayout(column, 1)
        self.back.hide()
        self.add.clicked.connect(self._add_row)
        self.back.clicked.connect(self._put_back)

    def value(self) -> object:
        rows = [card.form.values() for card in self.cards]
        return rows if rows or self.field.default else None

    def put(self, value: object) -> None:
        given = self.field.default if value is None else value
        rows = (
            [each for each in given if isinstance(each, Mapping)] if isinstance(given, list | tuple) else []
        )
        for card in self.cards[len(rows) :]:
            self._take_out(card)
        while len(self.cards) < len(rows):
            self._insert(len(self.cards), {})
        folded = len(rows) * len(self.field.fields) > FIELDS_AT_ONCE
        for card, values in zip(self.cards, rows, strict=True):
            card.form.put(values)
            card.error.hide()
            card.set_folded(folded)
        self._gone = None
        self._changed()

    def set_language(self, language: Language) -> None:
        self._language = language
        self._number()

    def mark(self, problem: str) -> None:
        self.add.setAccessibleDescription(bidi.strip(problem))

    def show_problems(self, problems: Mapping[str, str], *, all_of_them: bool) -> None:
        """Put errors into their rows (`1.name`); a folded row with one of them opens when all are wanted."""
        for number, card in enumerate(self.cards):
            own = problems.get(str(number), "")
            card.error.setText(own)
            card.error.setVisible(bool(own))
            inside = under(problems, str(number))
            card.form.show_problems(inside, all_of_them=all_of_them)
            if inside and all_of_them:
                card.set_folded(False)

    def focus_first(self) -> None:
        """Put the keyboard where the first row is made."""
        self.add.setFocus()

    def focus_problem(self) -> bool:
        """Put the keyboard into the first field with an error; False when there is none."""
        for card in self.cards:
            if card.form.focus_problem():
                return True
            if not card.error.isHidden():
                card.remove.setFocus()
                return True
        return False

    def _insert(self, place: int, values: dict[str, Any]) -> RowCard:
        assert self._language is not None
        form = self._make_form()
        form.set_fields(self.field.fields, self._language)
        form.put(values)
        card = RowCard(self.field, form)
        card.edited.connect(self.edited)
        card.removed.connect(lambda: self._remove(card))
        form.shaped.connect(self.shaped)
        self.cards.insert(place, card)
        self._rows.insertWidget(place, card)
        return card

    def _take_out(self, card: RowCard) -> None:
        self.cards.remove(card)
        self._rows.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _add_row(self) -> None:
        self._enter(self._insert(len(self.cards), {}))

    def _put_back(self) -> None:
        if self._gone is not None:
            place, values = self._gone
            self._gone = None
            self._enter(self._insert(place, values))

    def _remove(self, card: RowCard) -> None:
        place = self.cards.index(card)
        self._gone = place, deepcopy(card.form.values())
        self._take_out(card)
        self._changed()
        self.back.setFocus()  # one more Enter undoes it, rather than removing the next row
        self.edited.emit()

    def _enter(self, card: RowCard) -> None:
        """Show a new row whole and put the keyboard into it."""
        self._changed()
        card.form.focus_first()
        bring_into_sight(card)
        self.edited.emit()

    def _changed(self) -> None:
        self._number()
        self.shaped.emit()

    def _number(self) -> None:
        if self._language is None:
            return
        t, code = self._language.t, self._language.code
        for number, card in enumerate(self.cards, 1):
            card.set_language(self._language, number)
        word = self.field.row.said(code) or t("Row")
        self.add.set_content(t("Add: {row}", row=word))
        self.add.setEnabled(self.field.high is None or len(self.cards) < self.field.high)
        self.back.setVisible(self._gone is not None)
        if self._gone is not None:
            place = self._language.number(self._gone[0] + 1)
            self.back.set_content(t("Put {row} {number} back", row=word, number=place))


def _name_first(path: str) -> bool:
    return path != "name"


def under(said: Mapping[str, str], root: str) -> dict[str, str]:
    """Return what is below a path, with paths that begin there."""
    return {path.removeprefix(f"{root}."): text for path, text in said.items() if path.startswith(f"{root}.")}
