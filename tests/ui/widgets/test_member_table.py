"""The rows of people are drawn where the mouse, the keyboard and the scroll bar are."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets.long_model import MemberRow
from loyalty_pos.ui.widgets.member_table import ROW, Heads, MemberTable

PEOPLE = [MemberRow(f"m{number}", f"Person {number}", "P", points=str(number)) for number in range(40)]


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[MemberTable]:
    around = QWidget()
    qtbot.addWidget(around)
    table = MemberTable(around)
    table.resize(620, 400)
    table.set_texts(Heads("Member", "Points", "Credit"), "Members", lambda row: row)
    table.fill(PEOPLE)
    around.resize(640, 420)
    with qtbot.waitExposed(around):
        around.show()
    yield table


def drawn(table: MemberTable, row: int) -> QImage:
    """Take the picture of a row as it stands in sight."""
    QApplication.processEvents()
    view, high = table.rows.viewport(), theme.px(ROW)
    top = row * high - table.rows.verticalScrollBar().value()
    return view.grab().toImage().copy(0, top, view.width(), high)


def middle(table: MemberTable, row: int) -> QPoint:
    return QPoint(table.rows.viewport().width() // 2, row * theme.px(ROW) + theme.px(ROW) // 2)


def test_the_row_under_the_mouse_is_seen_and_only_that_one(table: MemberTable) -> None:
    second, third = drawn(table, 1), drawn(table, 2)
    QTest.mouseMove(table.rows.viewport(), middle(table, 1))
    assert drawn(table, 1) != second
    assert drawn(table, 2) == third
    QTest.mouseMove(table.rows.viewport(), middle(table, 2))
    assert (drawn(table, 1), drawn(table, 2) == third) == (second, False)


def test_a_click_makes_a_row_the_current_one_and_a_double_click_opens_it(
    table: MemberTable, qtbot: QtBot
) -> None:
    before, opened = drawn(table, 3), list[str]()
    table.opened.connect(opened.append)
    QTest.mouseClick(table.rows.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 3))
    assert table.current_key() == "m3"
    assert drawn(table, 3) != before
    QTest.mouseDClick(table.rows.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 3))
    QTest.mouseRelease(table.rows.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 3))
    assert opened == ["m3"]


def test_the_current_row_wears_a_ring_while_the_keyboard_is_on_the_list(table: MemberTable) -> None:
    table.rows.clearFocus()
    without = drawn(table, 0)
    table.rows.setFocus()
    assert drawn(table, 0) != without


def test_rows_that_scroll_are_the_same_rows_elsewhere(table: MemberTable) -> None:
    fifth = drawn(table, 5)
    table.rows.verticalScrollBar().setValue(theme.px(ROW) * 2 + 7)
    assert drawn(table, 5) == fifth
    assert drawn(table, 6) != fifth


def test_a_picture_is_drawn_once_for_everybody_who_sees_it(table: MemberTable) -> None:
    drawn(table, 0)
    known = dict(table.rows.pictures._pictures)
    table.fill(PEOPLE)
    drawn(table, 0)
    assert table.rows.pictures._pictures == known
