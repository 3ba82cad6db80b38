import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Btn, Chip, IconBtn, KeyBar, Keycap, Keypad, Segmented
from loyalty_pos.ui.widgets.buttons import BtnKind
from tests.ui.conftest import Stage
from tests.ui.hands import heard, image_of, ink, middle_x, name_of, press, tap
from tests.ui.samples import hryvnia


def test_a_tap_clicks_and_leaves_the_focus_where_typing_goes_on(stage: Stage, qtbot: QtBot) -> None:
    line, button = stage.put(QLineEdit()), stage.put(Btn("Save", keycap="F9"))
    line.setFocus()
    with qtbot.waitSignal(button.clicked):
        tap(button)
    assert line.hasFocus()


def test_space_clicks_what_tab_reached(stage: Stage, qtbot: QtBot) -> None:
    button = stage.put(Btn("Save"))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(button.clicked):
        press(button, Qt.Key.Key_Space, " ")


def test_enter_clicks_what_tab_reached(stage: Stage, qtbot: QtBot) -> None:
    button = stage.put(Btn("Save"))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(button.clicked):
        press(button, Qt.Key.Key_Return, " ")


def test_a_reader_hears_verb_and_key(stage: Stage) -> None:
    button = stage.put(Btn("Save", icon="check", keycap="F9"))
    assert heard(button).role() == QAccessible.Role.Button
    assert name_of(button) == "Save"
    assert heard(button).text(QAccessible.Text.Description) == "F9"
    button.set_content("Print", keycap="F10")
    assert (name_of(button), heard(button).text(QAccessible.Text.Description)) == ("Print", "F10")


def test_a_button_never_gets_less_room_than_its_content(stage: Stage) -> None:
    short = Btn("Save", icon="check", keycap="F9")
    assert short.minimumSizeHint() == short.sizeHint()
    assert Btn("Save and print", icon="check", keycap="F9").sizeHint().width() > short.sizeHint().width()


@pytest.mark.parametrize(("size", "height"), [("small", 36), ("normal", 46), ("confirm", 60)])
def test_heights_are_those_of_the_design(english: Stage, size: str, height: int) -> None:
    assert Btn("x", size=size).height() == height  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "ring"),
    [("primary", "on_primary"), ("outline", "primary"), ("danger", "on_danger"), ("ghost", "primary")],
)
def test_the_focus_can_be_seen(english: Stage, kind: BtnKind, ring: str) -> None:
    button = english.put(Btn("", kind), 120)
    plain = len(ink(image_of(button), theme.color(ring)))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(ink(image_of(button), theme.color(ring))) - plain > 200


def test_icon_and_keycap_change_sides_with_the_direction(stage: Stage) -> None:
    button = stage.put(Btn("", "outline", icon="minus", keycap="F9"), 300)
    icon_rows, every_row = QRectF(20, 21, 260, 4), QRectF(20, 12, 260, 22)
    image, color = image_of(button), theme.color("line_strong")
    keycap_edges = [point for point in ink(image, color, every_row) if point.y() < 15 or point.y() > 31]
    icon = ink(image, theme.color("text"), icon_rows, near=90)
    assert (middle_x(icon) > middle_x(keycap_edges)) == stage.language.rtl


def test_a_kind_can_change(english: Stage) -> None:
    button = english.put(Btn("x", "outline"), 120)
    assert not ink(image_of(button), theme.color("primary"))
    button.set_kind("primary")
    assert len(ink(image_of(button), theme.color("primary"))) > 2000


def test_an_icon_button_says_its_name(stage: Stage, qtbot: QtBot) -> None:
    button = stage.put(IconBtn("undo", "Undo", keycap="Ctrl Z"))
    assert name_of(button) == "Undo"
    assert button.toolTip() == "Undo  Ctrl Z"
    assert min(button.width(), button.height()) >= 40
    with qtbot.waitSignal(button.clicked):
        tap(button)
    button.set_content("pause", "Hold")
    assert name_of(button) == "Hold"


def test_a_keycap_is_never_mirrored(english: Stage) -> None:
    cap = english.put(Keycap("Ctrl Z"), 60)
    left_to_right = image_of(cap)
    english.look(rtl=True)
    assert image_of(cap) == left_to_right
    cap.set_key("F1")
    assert name_of(cap) == "F1"


def test_key_hints_that_find_no_room_are_left_out_whole(stage: Stage) -> None:
    bar = stage.put(KeyBar([("F1", "Help"), ("F3", "New member")]), 100)
    one = image_of(bar)
    bar.set_hints([("F1", "Help")])
    assert image_of(bar) == one
    assert name_of(bar) == "F1 Help"


def test_a_chip_is_wide_enough_for_its_word(stage: Stage) -> None:
    chip = stage.put(Chip("Gold", "gold"))
    narrow = chip.sizeHint().width()
    chip.set_content("Gold", icon="crown")
    assert chip.sizeHint().width() > narrow
    assert chip.minimumSizeHint() == chip.sizeHint()
    assert name_of(chip) == "Gold"
    assert ink(image_of(chip), theme.color("reward_soft"))


CHOICES = [("amount", "Amount only"), ("items", "With items")]


def test_a_segment_is_chosen_by_tap_and_by_arrows(stage: Stage, qtbot: QtBot) -> None:
    choice = stage.put(Segmented(CHOICES), 260)
    assert choice.current() == "amount"
    first, second = choice.segments()
    with qtbot.waitSignal(choice.chosen) as told:
        tap(second)
    assert (told.args, choice.current()) == (["items"], "items")
    second.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(choice.chosen) as told:
        press(second, Qt.Key.Key_Right if stage.language.rtl else Qt.Key.Key_Left)
    assert (told.args, choice.current()) == (["amount"], "amount")
    assert heard(first).role() == QAccessible.Role.RadioButton


def test_the_program_chooses_in_silence_and_new_words_keep_the_choice(stage: Stage, qtbot: QtBot) -> None:
    choice = stage.put(Segmented(CHOICES), 260)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_current("items")
        choice.set_texts([("amount", "A"), ("items", "B")])
    assert choice.current() == "items"
    assert [name_of(segment) for segment in choice.segments()] == ["A", "B"]
    choice.set_texts([("x", "X")])
    assert choice.current() == "x"


def test_segments_read_in_the_pages_direction(stage: Stage) -> None:
    choice = stage.put(Segmented(CHOICES), 260)
    first, second = choice.segments()
    assert (first.x() > second.x()) == stage.language.rtl


def test_a_keypad_never_turns(stage: Stage) -> None:
    pad = stage.put(Keypad(stage.language), 300, 300)
    seven, nine = pad.key("7"), pad.key("9")
    assert seven.x() < nine.x()
    assert seven.y() < pad.key("1").y()
    assert min(seven.width(), seven.height()) >= 58


def test_keys_type_what_an_amount_field_understands(stage: Stage, qtbot: QtBot) -> None:
    pad = stage.put(Keypad(stage.language), 300, 300)
    typed: list[str] = []
    pad.typed.connect(typed.append)
    for key in ("4", "6", "9", ".", "\b"):
        tap(pad.key(key))
    assert typed == ["4", "6", "9", ".", "\b"]
    assert pad.key("4").text() == stage.sample.say("۴", "4")
    assert pad.key(".").text() == stage.sample.say("۰۰۰", "000")
    assert name_of(pad.key("\b")) == stage.sample.say("پاک کردن آخرین رقم", "Delete the last digit")


def test_a_keypad_shows_the_decimal_mark_of_a_unit_that_has_one(english: Stage) -> None:
    pad = english.put(Keypad(hryvnia("en"), decimals=2), 300, 300)
    assert pad.key(".").text() == "."
    pad.set_texts(hryvnia("fa"))
    assert pad.key(".").text() == "\u066b"
