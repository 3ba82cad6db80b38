from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos.ui.widgets import AmountField
from loyalty_pos.ui.widgets.amount_field import CAP_MINOR
from tests.ui.conftest import Stage
from tests.ui.hands import commit, heard, name_of, press, write
from tests.ui.samples import hryvnia, sample


@pytest.fixture
def toman(stage: Stage) -> Iterator[AmountField]:
    yield stage.put(AmountField(stage.language, "amount", minor_per_unit=10))


@pytest.fixture
def uah(english: Stage) -> Iterator[AmountField]:
    yield english.put(AmountField(hryvnia("en"), "amount", minor_per_unit=100, decimals=2))


@pytest.mark.parametrize("typed", ["469000", "۴۶۹۰۰۰", "٤٦٩٠٠٠", "469.", "۴۶۹.", "4۶٩\u066b"])
def test_three_digit_sets_and_the_point_of_thousands_mean_the_same(toman: AmountField, typed: str) -> None:
    write(toman.edit, typed)
    assert toman.value_minor == 4_690_000


def test_the_amount_is_shown_grouped_in_the_languages_digits(stage: Stage) -> None:
    field = stage.put(AmountField(stage.language, "amount", minor_per_unit=10))
    write(field.edit, "469.")
    assert field.edit.text() == stage.sample.say("۴۶۹٬۰۰۰", "469,000")
    assert heard(field.edit).text(QAccessible.Text.Description) == stage.language.words(4_690_000)


def test_the_point_is_the_decimal_mark_where_the_unit_has_decimals(uah: AmountField) -> None:
    write(uah.edit, "38.705")
    assert uah.value_minor == 3870
    assert uah.edit.text() == "38.70"


def test_one_decimal_counts_as_tenths(uah: AmountField) -> None:
    write(uah.edit, ".5")
    assert (uah.value_minor, uah.edit.text()) == (50, "0.5")
    press(uah.edit, Qt.Key.Key_Backspace)
    press(uah.edit, Qt.Key.Key_Backspace)
    assert (uah.value_minor, uah.edit.text()) == (0, "0")


def test_a_second_decimal_mark_changes_nothing(uah: AmountField) -> None:
    write(uah.edit, "1.2.3")
    assert uah.value_minor == 123


def test_an_input_methods_text_is_typed(toman: AmountField) -> None:
    commit(toman.edit, "۱۲")
    assert toman.value_minor == 120


def test_the_cap_is_reached_and_never_passed(toman: AmountField, qtbot: QtBot) -> None:
    write(toman.edit, "1" + "0" * 11)
    assert toman.value_minor == CAP_MINOR
    with qtbot.assertNotEmitted(toman.edited):
        write(toman.edit, "1")
        write(toman.edit, ".")
    assert toman.value_minor == CAP_MINOR


def test_amounts_beyond_32_bits_travel_whole(toman: AmountField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(toman.edited) as told:
        toman.type_text("99999999999")
    assert told.args == [999_999_999_990]


def test_leading_zeros_and_a_point_on_nothing_are_nothing(toman: AmountField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(toman.edited):
        write(toman.edit, ".")
    write(toman.edit, "0.07")
    assert toman.value_minor == 70


def test_backspace_takes_the_last_digit_and_delete_all(toman: AmountField) -> None:
    write(toman.edit, "123")
    press(toman.edit, Qt.Key.Key_Backspace)
    assert toman.value_minor == 120
    press(toman.edit, Qt.Key.Key_Delete)
    assert (toman.value_minor, toman.edit.text()) == (0, "")


def test_a_value_set_by_the_program_is_told_to_nobody(toman: AmountField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(toman.edited):
        toman.value_minor = 4_690_000
        toman.clear()
    assert toman.value_minor == 0


@pytest.mark.parametrize("value", [-1, CAP_MINOR + 1])
def test_a_value_no_till_knows_is_refused(toman: AmountField, value: int) -> None:
    with pytest.raises(ValueError, match=str(abs(value))):
        toman.value_minor = value


@pytest.mark.parametrize("value", [5, 4_690_005, 7, 10])
def test_odd_rials_under_a_toman_are_kept(toman: AmountField, value: int) -> None:
    toman.value_minor = value
    assert toman.value_minor == value


def test_another_unit_keeps_the_value(uah: AmountField) -> None:
    uah.value_minor = 3870
    uah.set_unit(1, 0)
    assert uah.value_minor == 3870
    write(uah.edit, ".")
    assert uah.value_minor == 3_870_000


def test_enter_of_both_keyboards_halves_submits(toman: AmountField, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(toman.submitted):
            assert press(toman.edit, key, "\r")


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_Asterisk, "*"), (Qt.Key.Key_Slash, "/"), (Qt.Key.Key_A, "a")]
)
def test_what_is_no_amount_goes_on_to_the_page(toman: AmountField, key: Qt.Key, text: str) -> None:
    assert not press(toman.edit, key, text)
    assert toman.value_minor == 0


def test_a_pasted_amount_is_typed(toman: AmountField) -> None:
    QApplication.clipboard().setText("۴۶۹٬۰۰۰ تومان")
    press(toman.edit, Qt.Key.Key_V, "\x16", Qt.KeyboardModifier.ControlModifier)
    assert toman.value_minor == 4_690_000


def test_a_reader_hears_an_edit_with_name_and_value(toman: AmountField, stage: Stage) -> None:
    write(toman.edit, "12")
    assert heard(toman.edit).role() == QAccessible.Role.EditableText
    assert name_of(toman.edit) == f"amount, {stage.language.money_unit()}"
    assert heard(toman.edit).text(QAccessible.Text.Value) == stage.language.number(12)
    assert toman.focusProxy() is toman.edit


def test_another_language_says_the_same_amount(english: Stage) -> None:
    field = english.put(AmountField(english.language, "amount", minor_per_unit=10))
    field.value_minor = 120
    field.set_texts(sample("fa").language, "مبلغ")
    assert field.edit.text() == "۱۲"
    assert field.value_minor == 120
