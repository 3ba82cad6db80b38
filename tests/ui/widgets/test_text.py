from PySide6.QtCore import Qt

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Elide, Tx
from tests.ui.conftest import Stage
from tests.ui.hands import image_of, ink, name_of


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
