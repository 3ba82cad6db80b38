from PySide6.QtCore import Qt

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Elide, Tx
from tests.ui.conftest import Stage
from tests.ui.hands import image_of, ink, middle_x, name_of


def _side(label: Tx) -> str:
    points = ink(image_of(label), theme.color("text"), near=90)
    return "right" if middle_x(points) > label.width() / 2 else "left"


def test_a_number_stands_where_reading_starts(stage: Stage) -> None:
    label = stage.put(Tx(stage.language.number(1200)))
    assert _side(label) == ("right" if stage.language.rtl else "left")


def test_a_foreign_name_stands_where_reading_starts(stage: Stage) -> None:
    label = stage.put(Tx(stage.sample.say("\u200eSara", "سارا")))
    assert _side(label) == ("right" if stage.language.rtl else "left")


def test_columns_of_numbers_are_right_aligned_in_both_languages(stage: Stage) -> None:
    assert _side(stage.put(Tx(stage.language.number(1200), align="number"))) == "right"


def test_the_end_is_the_other_side(stage: Stage) -> None:
    label = stage.put(Tx(stage.language.number(1200), align="end"))
    assert _side(label) == ("left" if stage.language.rtl else "right")


def test_a_phone_in_a_sentence_keeps_its_order(persian: Stage) -> None:
    phone = persian.language.phone("+989123456789")
    groups = persian.put(Tx("۰۹۱۲", align="end")), persian.put(Tx(phone, align="end"))
    first, whole = (image_of(label).copy(0, 0, 26, label.height()) for label in groups)
    assert first == whole  # what stands leftmost is the first group


def test_what_was_said_comes_back_without_marks(stage: Stage) -> None:
    label = stage.put(Tx("first"))
    label.setText("۱٬۲۰۰")
    assert label.said() == "۱٬۲۰۰"
    assert name_of(label) == "۱٬۲۰۰"


def test_colour_and_role_change_in_place(english: Stage) -> None:
    label = english.put(Tx("hello"))
    label.set_color("danger")
    label.set_role("kpi")
    assert ink(image_of(label), theme.color("danger"))
    assert label.font().pixelSize() == 30


def test_a_text_without_room_keeps_all_of_it_for_tooltip_and_reader(stage: Stage) -> None:
    long = stage.sample.say("نام بسیار بسیار دراز یک مشتری", "the very very long name of a customer")
    label = stage.put(Elide(long), 80)
    assert label.is_cut()
    assert "…" in label.text()
    assert label.toolTip() == name_of(label) == long
    label.resize(600, label.height())
    assert not label.is_cut()
    assert label.toolTip() == ""


def test_plain_text_stays_plain(english: Stage) -> None:
    label = english.put(Tx("<b>x</b>"))
    assert label.textFormat() == Qt.TextFormat.PlainText
