"""A line begins where reading does, and its digits follow the language."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from loyalty_pos.ui import tab_order
from loyalty_pos.ui.widgets.text_line import TextLine
from tests.languages import language
from tests.ui.conftest import Stage


@pytest.mark.parametrize("text", ["", "Sara", "سارا"])
@pytest.mark.parametrize("latin", [False, True])
def test_whatever_stands_in_it_it_begins_where_reading_does(stage: Stage, text: str, latin: bool) -> None:
    line = TextLine(latin=latin)
    line.setText(text)
    stage.put(line, 300, 60)
    right = stage.language.rtl and not latin
    assert bool(line.alignment() & Qt.AlignmentFlag.AlignRight) is right
    assert line.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_other_digits_are_shown_where_they_change_and_typed_ones_stay_until_then(stage: Stage) -> None:
    line, persian, english = TextLine(), language("fa"), language("en")
    line.setText("0912 ۳۴۵")
    line.write_digits(persian)
    line.write_digits(persian)
    assert line.text() == "0912 ۳۴۵"
    line.setCursorPosition(2)
    line.write_digits(english)
    assert (line.text(), line.cursorPosition()) == ("0912 345", 2)
    line.setSelection(5, 3)
    line.write_digits(persian)
    assert (line.text(), line.selectedText()) == ("۰۹۱۲ ۳۴۵", "۳۴۵")


def test_the_keyboard_stays_near_what_is_hidden_under_it(stage: Stage) -> None:
    page, card = QWidget(), QWidget()
    first, inner, gone = QPushButton("a"), QPushButton("b"), QPushButton("c")
    inside, column = QVBoxLayout(card), QVBoxLayout(page)
    for each in (inner, gone):
        inside.addWidget(each)
    for part in (first, card):
        column.addWidget(part)
    stage.put(page, 300, 200)
    gone.hide()
    assert tab_order.beside(page, gone, forward=True) is inner
    inner.hide()
    assert tab_order.beside(page, gone, forward=True) is first
    assert tab_order.beside(page, None, forward=False) is first
