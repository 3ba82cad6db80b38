"""A form made from a description of fields: labels, editors, help, and errors where they belong."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.form_views import FieldView
from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets.field_editors import Editor, NumberEditor, editor_for
from loyalty_pos.ui.widgets.rows_editor import RowsEditor, under
from loyalty_pos.ui.widgets.text import Tx

LABEL_WIDTH = 164
Values = Mapping[str, object]


class FieldRow(QWidget):
    """A label beside its editor; help and error stand under the editor."""

    def __init__(self, field: FieldView, editor: Editor | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.touched = False
        self.editor: Editor | None = None if field.type == "group" else editor or editor_for(field)
        group = field.type in ("group", "rows")
        self.label = Tx("", "body", "primary" if group else "text", weight=600 if group else None, wrap=True)
        self.help = Tx("", "secondary", "text2", wrap=True)
        self.error = Tx("", "secondary", "danger", weight=600, wrap=True)
        across = QHBoxLayout(self)
        theme.space(across, 12, (0, 8 if group else 0, 0, 0))
        below = QVBoxLayout()
        theme.space(below, 3)
        if group:
            below.addWidget(self.label)
            below.addWidget(self.help)
        else:
            theme.hold(self.label, width=LABEL_WIDTH, height=40)
            if self.editor is not None:
                self.label.setBuddy(self.editor.focusProxy() or self.editor)
            beside = QVBoxLayout()
            beside.addWidget(self.label)
            beside.addStretch(1)
            across.addLayout(beside)
        if self.editor is not None:
            below.addWidget(self.editor)
        if not group:
            below.addWidget(self.help)
        below.addWidget(self.error)
        across.addLayout(below, 1)
        self.error.hide()

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self.label.setText(self.field.label.said(language.code))
        self.help.setText(self.field.help.said(language.code))
        self.help.setVisible(bool(self.help.said()))
        if self.editor is not None:
            self.editor.set_language(language)

    def describe(self, field: FieldView, language: Language) -> None:
        """Take other words and choices for the same field."""
        self.field = field
        if self.editor is not None:
            self.editor.field = field
        self.set_language(language)

    def show_problem(self, problem: str) -> None:
        """Put an error under the field, or take it away."""
        self.error.setText(problem)
        self.error.setVisible(bool(problem))
        if self.editor is not None:
            self.editor.mark(problem)


class SchemaForm(QWidget):
    """Edit the values of a schema. Fields the schema does not show keep what they had.

    `rows` is keyed by the field's path; a field that does not matter now (`visible_if`) is hidden and
    left out of `values()`.
    """

    edited = Signal()
    shaped = Signal()  # fields came or went

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self.around: SchemaForm | None = None  # the form this one is a row of
        self._given: dict[str, Any] = {}
        self._column = QVBoxLayout(self)
        theme.space(self._column, 10)

    def set_fields(self, fields: tuple[FieldView, ...], language: Language) -> None:
        """Build the form anew, empty."""
        shown = self.isVisible()
        if shown:
            self.hide()  # else every row that comes lays the page out again
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for field in fields:
            self._add(field)
        self.set_language(language)
        self.put({})
        if shown:
            self.show()
        self.shaped.emit()

    def set_language(self, language: Language) -> None:
        """Speak another language; what is written stays."""
        for row in self.rows.values():
            row.set_language(language)

    def put(self, values: Values) -> None:
        """Show values without a signal."""
        self._given = deepcopy(dict(values))
        for path, row in self.rows.items():
            row.touched = False
            if row.editor is not None:
                row.editor.put(_at(self._given, path))
            row.show_problem("")
        self._show_what_matters()

    def rewrite(self, values: Values) -> None:
        """Write other values over those that were put, as a person would; without a signal."""
        for path, row in self.rows.items():
            if row.editor is not None:
                row.editor.put(_at(values, path))
        self._show_what_matters()

    def values(self) -> dict[str, Any]:
        """Return what is written; what equals its default is left out unless it was given."""
        made = deepcopy(self._given)
        for path, row in self.rows.items():
            if row.editor is None:
                continue
            value = row.editor.value() if self._matters(row.field) else None
            given = _at(self._given, path)
            if value is None or (value == row.field.default and given is None):
                _drop(made, path)
            elif value != given:
                _set(made, path, value)
        return made

    def show_problems(self, problems: Mapping[str, str], *, all_of_them: bool) -> None:
        """Put errors under their fields; those of fields nobody touched yet wait, unless all are wanted."""
        for path, row in self.rows.items():
            if isinstance(row.editor, RowsEditor):
                row.editor.show_problems(under(problems, path), all_of_them=all_of_them)
            problem = problems.get(path, "")
            row.show_problem(problem if all_of_them or row.touched or row.editor is None else "")

    def focus_problem(self) -> bool:
        """Put the keyboard into the first field with an error; False when there is none."""
        for row in self.rows.values():
            if row.isHidden() or row.editor is None:
                continue
            if isinstance(row.editor, RowsEditor) and row.editor.focus_problem():
                return True
            if not row.error.isHidden():
                row.editor.focus_first()
                return True
        return False

    def focus_first(self) -> None:
        """Put the keyboard into the first field that matters."""
        for row in self.rows.values():
            if row.editor is not None and self._matters(row.field):
                row.editor.focus_first()
                return

    def _add(self, field: FieldView) -> None:
        rows = RowsEditor(field, self._row_form) if field.type == "rows" else None
        row = self.rows[field.path] = FieldRow(field, rows)
        self._column.addWidget(row)
        if rows is not None:
            rows.shaped.connect(self.shaped)
        if row.editor is not None:
            row.editor.edited.connect(lambda: self._edited(row))
        for inner in field.fields if field.type == "group" else ():
            self._add(inner)

    def _row_form(self) -> "SchemaForm":
        form = SchemaForm()
        form.around = self
        return form

    def _edited(self, row: FieldRow) -> None:
        row.touched = True
        self._show_what_matters()
        self.edited.emit()

    def _show_what_matters(self) -> None:
        for row in self.rows.values():
            matters = self._matters(row.field)
            if not matters or row.isHidden():
                row.setVisible(matters)
            if row.field.money_if and isinstance(row.editor, NumberEditor):
                row.editor.mean_money(money=self._is_money(row.field))
            for card in row.editor.cards if isinstance(row.editor, RowsEditor) else ():
                card.form._show_what_matters()

    def _is_money(self, field: FieldView) -> bool:
        around: SchemaForm = self.around or self
        for name, wanted in field.money_if.items():
            other = self.rows.get(name) or around.rows.get(name)
            if other is not None and other.editor is not None and other.editor.value() not in (None, wanted):
                return False
        return True

    def _matters(self, field: FieldView) -> bool:
        for name, wanted in field.visible_if.items():
            other = self._seen_from(field.path, name)
            if other is None:
                continue  # not asked here: then it decides nothing
            value = other.editor.value() if other.editor is not None else None
            said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            if said not in wanted.split("|") and not (wanted == "*" and said):
                return False
        return True

    def _seen_from(self, path: str, name: str) -> FieldRow | None:
        """Find the field a name means: the one beside comes before those further out."""
        while path:
            path = path.rpartition(".")[0]
            row = self.rows.get(f"{path}.{name}" if path else name)
            if row is not None:
                return row
        return None


def _at(values: Mapping[str, Any], path: str) -> Any:
    inside: Any = values
    for part in path.split("."):
        if not isinstance(inside, Mapping):
            return None
        inside = inside.get(part)
    return inside


def _set(values: dict[str, Any], path: str, value: object) -> None:
    *outer, last = path.split(".")
    for part in outer:
        if not isinstance(values.get(part), dict):
            values[part] = {}
        values = values[part]
    values[last] = value


def _drop(values: dict[str, Any], path: str) -> None:
    """Remove a value, and what is empty around it."""
    first, _, rest = path.partition(".")
    if not rest:
        values.pop(first, None)
        return
    inside = values.get(first)
    if isinstance(inside, dict):
        _drop(inside, rest)
        if not inside:
            values.pop(first)
