"""Candidates, rail, top bar."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Candidate, CandidateList, NavItem, NavRail, SearchField, TopBar
from loyalty_pos.ui.widgets.top_bar import DotState, StatusDot
from tests.ui.conftest import Stage
from tests.ui.hands import heard, image_of, ink, middle_x, name_of, press, tap

PEOPLE = [
    Candidate("m1", "Sara Ahmadi", "S", "yesterday · 0912 ••• 6789", "Gold", "gold"),
    Candidate("m2", "Hamid Rezaei", "H", "1 April · 0935 ••• 6789"),
    Candidate("m3", "Leila Kazemi", "L"),
]


def _people(stage: Stage) -> CandidateList:
    people = stage.put(CandidateList("Several people"), 356, 190)
    people.set_candidates(PEOPLE)
    return people


def test_the_first_is_current_and_arrows_stay_inside(stage: Stage) -> None:
    people = _people(stage)
    seen = [people.current_key()]
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home):
        press(people, key)
        seen.append(people.current_key())
    assert seen == ["m1", "m1", "m2", "m3", "m3", "m1"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_picks_the_current(stage: Stage, qtbot: QtBot, key: Qt.Key) -> None:
    people = _people(stage)
    people.move_by(1)
    with qtbot.waitSignal(people.picked) as told:
        press(people, key)
    assert told.args == ["m2"]


def test_a_tap_picks_at_once(stage: Stage, qtbot: QtBot) -> None:
    people = _people(stage)
    with qtbot.waitSignal(people.picked) as told:
        tap(people.viewport(), people.middle_of(2).toPoint())
    assert told.args == ["m3"]


def test_nobody_is_picked_from_an_empty_list(stage: Stage, qtbot: QtBot) -> None:
    people = _people(stage)
    people.set_candidates([], "Nobody")
    with qtbot.assertNotEmitted(people.picked):
        people.pick_current()
        people.move_by(1)
    assert people.current_key() == ""
    assert name_of(people) == "Nobody"


def test_letters_are_left_to_the_search_field(english: Stage) -> None:
    assert not press(_people(english), Qt.Key.Key_L, "l")


def test_a_reader_hears_name_visit_and_tier(stage: Stage) -> None:
    people = _people(stage)
    assert heard(people).role() == QAccessible.Role.List
    row = heard(people).child(0)
    assert row is not None
    assert row.text(QAccessible.Text.Name) == "Sara Ahmadi, yesterday · 0912 ••• 6789, Gold"


def test_rows_are_high_enough_and_mirrored(stage: Stage) -> None:
    people = _people(stage)
    assert people.visualRect(people.model().index(0, 0)).height() == 56
    image = image_of(people)
    second = QRectF(0, 60, 356, 50)
    face = middle_x(ink(image, theme.color("primary_soft"), second, near=2))
    assert (face > 178) == stage.language.rtl


PAGES = [NavItem("counter", "scan", "Counter"), NavItem("members", "people", "Members", enabled=False)]
TOOLS = [NavItem("look", "moon", "Dark"), NavItem("language", "globe", "English")]


def _rail(stage: Stage) -> NavRail:
    rail = stage.put(NavRail(PAGES, TOOLS, name="Pages"), 88, 600)
    rail.set_current("counter")
    return rail


def test_pages_and_tools_are_told_apart(stage: Stage, qtbot: QtBot) -> None:
    rail = _rail(stage)
    with qtbot.waitSignal(rail.page_chosen) as told:
        tap(rail.button("counter"))
    assert told.args == ["counter"]
    with qtbot.waitSignal(rail.tool_chosen) as told:
        press(rail.button("look"), Qt.Key.Key_Space, " ")
    assert told.args == ["look"]
    with qtbot.assertNotEmitted(rail.page_chosen):
        tap(rail.button("members"))


def test_only_the_window_says_which_page_is_current(stage: Stage) -> None:
    rail = _rail(stage)
    tap(rail.button("counter"))
    assert rail.button("counter").isChecked()
    rail.set_current("members")
    assert not rail.button("counter").isChecked()


def test_the_saffron_bar_lies_at_the_windows_edge(stage: Stage) -> None:
    rail = _rail(stage)
    bar = middle_x(ink(image_of(rail.button("counter")), theme.color("reward")))
    assert (bar > 80) if stage.language.rtl else (bar < 8)


def test_a_rail_speaks_another_language_in_place(stage: Stage) -> None:
    rail = _rail(stage)
    rail.set_texts(
        [NavItem("counter", "scan", "پیشخوان"), PAGES[1]],
        [NavItem("look", "sun", "روشن"), TOOLS[1]],
        "صفحه‌ها",
    )
    assert name_of(rail.button("counter")) == "پیشخوان"
    assert name_of(rail) == "صفحه‌ها"
    with pytest.raises(ValueError, match="members"):
        rail.set_texts([PAGES[1], PAGES[0]], TOOLS, "")


def test_every_stop_of_the_rail_is_a_button_with_a_name(stage: Stage) -> None:
    for button in _rail(stage).findChildren(QToolButton):
        assert heard(button).role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox)
        assert name_of(button)
        assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_top_bar_says_who_works_and_how_devices_are(stage: Stage) -> None:
    bar = stage.put(TopBar(SearchField("Scan")), 936)
    bar.set_who("Maryam · Till 1", "Thu 18:42", "M")
    bar.set_device("printer", "ok", "Printer ready")
    bar.set_device("printer", "off", "No printer")
    QApplication.processEvents()  # what joins a shown layout is shown a turn later
    dots = bar.findChildren(StatusDot)
    assert [name_of(dot) for dot in dots] == ["No printer"]
    assert bar.height() == 64
    field = bar.findChild(SearchField)
    assert field is not None
    assert (field.x() > dots[0].x()) == stage.language.rtl


def test_another_page_brings_its_own_slot(stage: Stage) -> None:
    first, second = SearchField("one"), SearchField("two")
    bar = stage.put(TopBar(first), 936)
    bar.set_slot(second)
    assert second.isVisible()
    assert not first.isVisible()


@pytest.mark.parametrize(("state", "token"), [("ok", "gain"), ("warn", "reward_text"), ("off", "danger")])
def test_a_devices_state_has_a_shape_of_its_own(stage: Stage, state: DotState, token: str) -> None:
    dot = stage.put(StatusDot("printer"), 40)
    dot.set_state(state, "x")
    mark = ink(image_of(dot), theme.color(token))
    assert len(mark) > 10
    filled = image_of(dot).pixelColor(round(middle_x(mark)), round(sum(p.y() for p in mark) / len(mark)))
    assert (filled == theme.color(token)) == (state == "ok")


def test_a_long_name_leaves_the_search_its_room(stage: Stage) -> None:
    search = SearchField("Scan")
    bar = stage.put(TopBar(search), 936)
    bar.set_who("A shop whose name is as long as a name may ever be, and then some more " * 2, "till 1", "A")
    QApplication.processEvents()  # what joins a shown layout is laid out a turn later
    assert search.width() > 500 and bar._name.width() > 150
    assert bar._name.is_cut() and bar._name.toolTip().startswith("A shop")
