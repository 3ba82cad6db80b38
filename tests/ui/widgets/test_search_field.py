import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import SearchField
from tests.ui.conftest import Stage
from tests.ui.hands import commit, heard, image_of, ink, middle_x, name_of, press, tap, write


def _made(stage: Stage, *, takes_amount: bool = True) -> SearchField:
    return stage.put(SearchField("Scan a card", name="Member", takes_amount=takes_amount))


@pytest.mark.parametrize("typed", ["6789", "۶۷۸۹", "سارا", "٦٧٨٩"])
def test_letters_and_digits_of_every_set_are_passed_on_as_typed(
    stage: Stage, qtbot: QtBot, typed: str
) -> None:
    field = _made(stage)
    said: list[str] = []
    field.edited.connect(said.append)
    write(field.line, typed)
    assert said[-1] == typed
    with qtbot.waitSignal(field.submitted) as told:
        assert press(field.line, Qt.Key.Key_Return, "\r")
    assert told.args == [typed]


def test_an_input_methods_text_counts(stage: Stage) -> None:
    field = _made(stage)
    commit(field.line, "نرگس")
    assert field.text() == "نرگس"


def test_enter_on_nothing_is_told_too(stage: Stage, qtbot: QtBot) -> None:
    field = _made(stage)
    with qtbot.waitSignal(field.submitted) as told:
        press(field.line, Qt.Key.Key_Enter, "\r")
    assert told.args == [""]


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [(5, 0, "Sara x"), (2, 0, "Saxra "), (0, 2, "xra "), (2, -2, "xra "), (0, 5, "x")],
)
def test_what_a_key_will_make_of_the_text_is_told_before_it_does(
    stage: Stage, qtbot: QtBot, start: int, length: int, expected: str
) -> None:
    field = _made(stage)
    field.set_text("Sara ")
    field.line.setSelection(start, length) if length else field.line.setCursorPosition(start)
    with qtbot.waitSignal(field.expected) as told, qtbot.assertNotEmitted(field.edited):
        field.expect("x")
    assert told.args == [expected] and field.text() == "Sara "
    write(field.line, "x")
    assert field.text() == expected


def test_the_program_fills_and_empties_in_silence(stage: Stage, qtbot: QtBot) -> None:
    field = _made(stage)
    with qtbot.assertNotEmitted(field.edited):
        field.set_text("Sara")
        field.clear()
    assert field.text() == ""


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_Period, "."), (Qt.Key.Key_Tab, "\t"), (Qt.Key.Key_unknown, "\u066b")]
)
@pytest.mark.parametrize("digits", ["469", "۴۶۹", "٤٦٩"])
def test_digits_ended_by_a_point_or_tab_are_an_amount(
    stage: Stage, qtbot: QtBot, digits: str, key: Qt.Key, text: str
) -> None:
    field = _made(stage)
    write(field.line, digits)
    with qtbot.waitSignal(field.amount_ended) as told:
        assert press(field.line, key, text)
    assert (told.args, field.text()) == ([digits], "")


def test_a_point_after_letters_is_a_letter(stage: Stage, qtbot: QtBot) -> None:
    field = _made(stage)
    with qtbot.assertNotEmitted(field.amount_ended):
        write(field.line, "sara.")
    assert field.text() == "sara."


def test_only_where_a_sale_is_made_digits_become_an_amount(stage: Stage) -> None:
    field = _made(stage, takes_amount=False)
    write(field.line, "469.")
    assert field.text() == "469."


def test_arrows_move_in_the_list_that_follows(stage: Stage) -> None:
    field = _made(stage)
    moves: list[int] = []
    field.moved.connect(moves.append)
    press(field.line, Qt.Key.Key_Down)
    press(field.line, Qt.Key.Key_Up)
    assert moves == [1, -1]


def test_a_tap_anywhere_on_it_starts_typing(stage: Stage) -> None:
    field = _made(stage)
    tap(field)
    assert field.line.hasFocus()
    assert field.focusProxy() is field.line
    assert len(ink(image_of(field), theme.color("primary"))) > 500


def test_the_icon_leads_and_digits_start_where_reading_starts(stage: Stage) -> None:
    field = _made(stage)
    icon = middle_x(
        [p for p in ink(image_of(field), theme.color("text2"), near=90) if p.x() not in range(60, 360)]
    )
    assert (icon > 210) == stage.language.rtl
    field.set_text("6789")
    digits = middle_x([p for p in ink(image_of(field), theme.color("text"), near=60) if 50 < p.x() < 370])
    assert (digits > 210) == stage.language.rtl


def test_a_reader_hears_an_edit_with_a_name(stage: Stage) -> None:
    field = _made(stage)
    assert heard(field.line).role() == QAccessible.Role.EditableText
    assert name_of(field.line) == "Member"
    field.set_texts("Karte", "Mitglied")
    assert (name_of(field.line), field.line.placeholderText()) == ("Mitglied", "Karte")
