import pytest
from PySide6.QtCore import Qt

from loyalty_pos.ui import bidi


def test_a_code_is_isolated_once() -> None:
    once = bidi.isolate("TAV-7K2M")
    assert once == "\u2066TAV-7K2M\u2069"
    assert bidi.isolate(once) == once
    assert bidi.isolate("") == ""


def test_marks_go_before_storing_and_a_letters_joiner_stays() -> None:
    assert bidi.strip("\u200f\u2066۰۹۱۲\u2069 می\u200cشود\u200e\u202a") == "۰۹۱۲ می\u200cشود"


def test_every_line_gets_the_pages_direction() -> None:
    assert bidi.led("۱٬۲۰۰\n\nT", True) == "\u200f۱٬۲۰۰\n\n\u200fT"
    assert bidi.led("سارا", False) == "\u200eسارا"


@pytest.mark.parametrize(
    ("align", "rtl", "right"),
    [
        ("start", True, True),
        ("start", False, False),
        ("end", True, False),
        ("end", False, True),
        ("number", True, True),
        ("number", False, True),
    ],
)
def test_sides_are_absolute_so_that_no_direction_turns_them_again(align: str, rtl: bool, right: bool) -> None:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    assert bidi.alignment(align, rtl) == side | Qt.AlignmentFlag.AlignAbsolute


def test_the_middle_has_no_side() -> None:
    assert bidi.alignment("center", True) == bidi.alignment("center", False) == Qt.AlignmentFlag.AlignHCenter
