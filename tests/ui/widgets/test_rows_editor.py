"""Rows of a form: added, removed, put back, folded and wrong, with the keyboard alone."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from loyalty_pos.app.forms import fields_of
from loyalty_pos.domain.programmes import kinds
from loyalty_pos.ui import tab_order
from loyalty_pos.ui.widgets.rows_editor import RowsEditor
from loyalty_pos.ui.widgets.schema_form import SchemaForm
from tests import ladder
from tests.ui.conftest import Stage
from tests.ui.hands import name_of, press, write

THREE = [{"key": "a", "name": "First"}, {"key": "b", "name": "Second", "from_minor": 50}, {"name": "Third"}]


class Page(QWidget):
    """Lets Tab go as the window does."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802
        wanted = tab_order.beside(self, QApplication.focusWidget(), forward=next)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
        return wanted is not None


def made(stage: Stage, values: dict[str, Any] | None = None) -> SchemaForm:
    page = Page()
    column = QVBoxLayout(page)
    form, after = SchemaForm(), QLineEdit()
    column.addWidget(form)
    column.addWidget(after)
    form.set_fields(ladder.fields(), stage.language)
    form.put(values or {})
    stage.put(page, 700, 2_000)
    stage.window.activateWindow()
    return form


def rows(form: SchemaForm, path: str = "levels") -> RowsEditor:
    editor = form.rows[path].editor
    assert isinstance(editor, RowsEditor)
    return editor


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def enter(widget: QWidget) -> None:
    widget.setFocus()
    press(widget, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_rows_given_come_back_as_they_were_with_what_the_form_does_not_show(stage: Stage) -> None:
    form = made(stage, {"levels": THREE})
    assert form.values() == {"levels": THREE}
    assert [card.name.said() for card in rows(form).cards][1].endswith("\u2068Second\u2069")


def test_a_list_left_alone_says_nothing_and_shows_its_default(english: Stage) -> None:
    form = made(english)
    assert form.values() == {}
    assert rows(form).cards == [] and len(rows(form, "usual").cards) == 1
    rows(form, "usual").cards[0].remove.click()
    assert form.values() == {"usual": []}


def test_adding_a_row_puts_the_keyboard_into_it_and_numbers_it(stage: Stage) -> None:
    form = made(stage)
    told: list[bool] = []
    form.edited.connect(lambda: told.append(True))
    for name in ("One", "Two"):
        enter(rows(form).add)
        write(focused(), name)
    assert form.values() == {"levels": [{"name": "One"}, {"name": "Two"}]}
    numbers = [stage.language.number(n) for n in (1, 2)]
    assert [card.name.said().split(" ")[1] for card in rows(form).cards] == numbers
    assert len(told) == 8


def test_a_removed_row_can_be_put_back_where_it_was(english: Stage) -> None:
    form = made(english, {"levels": THREE})
    enter(rows(form).cards[1].remove)
    assert form.values() == {"levels": [THREE[0], THREE[2]]}
    assert name_of(focused()) == "Put Level 2 back"
    press(focused(), Qt.Key.Key_Return)
    assert form.values() == {"levels": THREE}
    assert rows(form).back.isHidden()
    assert [card.called() for card in rows(form).cards] == ["Level 1", "Level 2", "Level 3"]


def test_no_row_can_be_added_beyond_the_most(english: Stage) -> None:
    form = made(english, {"levels": THREE})
    assert rows(form).add.isEnabled()
    rows(form).add.click()
    assert not rows(form).add.isEnabled()
    rows(form).cards[0].remove.click()
    assert rows(form).add.isEnabled()


def test_errors_stand_in_their_row_and_wait_until_it_was_touched(english: Stage) -> None:
    form = made(
        english, {"levels": [{"name": "A"}, {"from_minor": 20_000_000}], "coefficients": [{"rate_bp": 0}]}
    )
    said = {path: each.message.en for path, each in ladder.problems(form.values()).items()}
    form.show_problems(said, all_of_them=False)
    second = rows(form).cards[1].form.rows
    assert second["name"].error.said() == "" and not form.focus_problem()
    form.show_problems(said, all_of_them=True)
    assert second["name"].error.said() == "Fill this in."
    assert second["from_minor"].error.said() == "From 0 T to 1,000,000 T."
    assert rows(form).cards[0].form.rows["name"].error.said() == ""
    rule = rows(form, "coefficients").cards[0].form.rows
    assert rule["rate_bp"].error.said() == "From 0.01% to 1,000%."
    assert form.focus_problem() and second["name"].isAncestorOf(focused())


def test_many_rows_begin_folded_and_open_for_an_error(english: Stage) -> None:
    form = made(english, {"levels": [*THREE, {"name": ""}]})
    cards = rows(form).cards
    assert [card.folded for card in cards] == [True] * 4
    assert name_of(cards[0].fold) == "Show Level 1"
    said = {path: each.message.en for path, each in ladder.problems(form.values()).items()}
    form.show_problems(said, all_of_them=True)
    assert [card.folded for card in cards] == [True, True, True, False]
    enter(cards[0].fold)
    assert not cards[0].folded and name_of(cards[0].fold) == "Hide Level 1"


def test_a_row_that_is_wrong_as_a_whole_says_so_at_its_head(english: Stage) -> None:
    form = made(english, {"levels": THREE})
    form.show_problems({"levels.1": "Not this one.", "levels": "Too many."}, all_of_them=True)
    assert rows(form).cards[1].error.said() == "Not this one." and rows(form).cards[0].error.isHidden()
    assert form.rows["levels"].error.said() == "Too many."
    assert form.focus_problem() and focused() is rows(form).cards[1].remove


def test_a_field_inside_a_row_looks_at_its_own_row_first(english: Stage) -> None:
    form = made(english, {"levels": [{"name": "A", "gift": {"wanted": True, "points": 7}}, {"name": "B"}]})
    one, two = (card.form.rows["gift.points"] for card in rows(form).cards)
    assert not one.isHidden() and two.isHidden()
    assert form.values()["levels"][0]["gift"] == {"wanted": True, "points": 7}


def test_conditions_inside_a_row_keep_their_own_conditions(english: Stage) -> None:
    form = made(english, {"coefficients": [{"rate_bp": 100}]})
    card = rows(form, "coefficients").cards[0]
    kinds, also = card.form.rows["when.audience.member_kinds"], card.form.rows["when.audience.non_members"]
    assert not kinds.isHidden() and also.editor is not None
    also.editor.put(True)
    also.editor.edited.emit()
    assert kinds.isHidden()
    assert form.values()["coefficients"] == [{"rate_bp": 100, "when": {"audience": {"non_members": True}}}]


def test_tab_goes_through_rows_in_the_order_of_eyes(stage: Stage) -> None:
    form = made(stage)
    enter(rows(form).add)
    enter(rows(form).add)
    first, second = rows(form).cards
    wanted = [
        first.fold, first.remove, *first.form.findChildren(QLineEdit)[:1],
        second.fold, second.remove, *second.form.findChildren(QLineEdit)[:1], rows(form).add,
    ]  # fmt: skip
    seen: list[QWidget] = []
    first.fold.setFocus()
    for _ in range(60):
        seen.append(focused())
        press(focused(), Qt.Key.Key_Tab)
    places = [seen.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_every_place_in_a_row_has_a_name(stage: Stage) -> None:
    form = made(stage, {"levels": THREE[:2]})
    nameless = [
        widget
        for widget in form.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not name_of(widget)
    ]
    assert nameless == []


def test_language_switches_inside_rows_and_keeps_what_is_written(english: Stage) -> None:
    form = made(english, {"levels": THREE})
    form.set_language(ladder.LANGUAGES["fa"])
    card = rows(form).cards[1]
    assert card.called() == "سطح ۲" and name_of(card.fold).startswith("جمع")
    assert form.values() == {"levels": THREE}


def test_credit_to_be_won_is_written_in_the_money_of_the_shop_and_points_as_points(stage: Stage) -> None:
    form = SchemaForm()
    form.set_fields(fields_of(kinds()["draw"].params, ladder.LANGUAGES), ladder.LANGUAGES["en"])
    prize = {"name": "A", "chances": 1, "amount": 50_000, "worth_minor": 0}
    form.put({"out_of": 9, "prizes": [{**prize, "gives": "credit"}, {**prize, "gives": "points"}]})
    stage.put(form, 700, 2_000)
    shown = [
        card.form.rows["amount"].findChildren(QLineEdit)[0].text() for card in rows(form, "prizes").cards
    ]
    assert shown == ["5,000", "50,000"]
