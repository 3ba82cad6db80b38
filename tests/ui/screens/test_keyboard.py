"""Nothing needs a mouse: Tab comes to every control in reading order, F1 shows the keys everywhere."""

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from loyalty_pos.ui import theme
from loyalty_pos.ui.keymap import BINDINGS, Action, numbered
from loyalty_pos.ui.pages.codes_issued import IssueRow
from loyalty_pos.ui.pages.counter_parts import RewardRow
from loyalty_pos.ui.pages.list_desk import ListedRow
from loyalty_pos.ui.pages.side_rows import SideRow
from loyalty_pos.ui.widgets import Btn, IconBtn
from loyalty_pos.ui.widgets.rows_editor import RowsEditor
from tests.ui.counter.rig import Rig
from tests.ui.screens.conftest import OpenStop
from tests.ui.screens.stops import STOPS, members_page, programmes_page

pytestmark = pytest.mark.screens

PAGES = ("idle", "members", "programmes", "settings")


def walk(rig: Rig, key: str = "Tab") -> list[QWidget]:
    """Press a key until the keyboard is where it was first; return every widget it came to."""
    seen: list[QWidget] = []
    for _ in range(120):
        rig.press(key)
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            return seen
        seen.append(now)
    raise AssertionError("Tab goes on and on")


def controls(rig: Rig) -> list[QWidget]:
    """What a person can use with a mouse."""
    return [
        widget
        for widget in rig.window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QAbstractItemView)
        and widget.isVisible()
        and widget.isEnabled()
    ]


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()}"


@pytest.mark.parametrize("stop", STOPS)
def test_every_control_is_reached_by_tab_or_has_a_key(open_stop: OpenStop, stop: str) -> None:
    rig = open_stop(stop)
    if stop == "keys":
        rig.keys("Esc")
    reached = set(walk(rig))
    groups = {each.group() for each in reached if isinstance(each, QRadioButton)}
    caps = {binding.cap for binding in BINDINGS}
    missed = [
        name(each)
        for each in controls(rig)
        if each not in reached
        and not (isinstance(each, QRadioButton) and each.group() in groups)  # the arrows go there
        and each.accessibleDescription() not in caps
    ]
    assert missed == []
    assert len(reached) > (0 if stop == "locked" else 5)


@pytest.mark.parametrize("stop", STOPS)
def test_every_button_bears_a_key_of_the_table_and_no_two_the_same(open_stop: OpenStop, stop: str) -> None:
    rig = open_stop(stop, size=(1366, 768))
    bearers = [
        each
        for each in rig.window.findChildren(QPushButton)
        if isinstance(each, Btn | IconBtn) and each.isVisible() and each.isEnabled() and not in_a_row(each)
    ]
    keys = [each.keycap for each in bearers]
    assert [name(each) for each in bearers if not each.keycap] == []
    caps = {binding.cap for binding in BINDINGS} | {numbered(place) for place in range(1, 36)}
    assert set(keys) - caps - set("123456789") == set()
    innermost = {"Enter", "Esc"}  # they go to where the keyboard is, and one step back from there
    assert [key for key, times in Counter(keys).items() if times > 1 and key not in innermost] == []


def in_a_row(button: QWidget) -> bool:
    """Whether it belongs to one row of many, or to one field of a form: Tab goes there."""
    above = button.parentWidget()
    while above is not None:
        if isinstance(above, SideRow | IssueRow | ListedRow | RewardRow | RowsEditor):
            return True
        above = above.parentWidget()
    return False


@pytest.mark.parametrize("code", ["fa", "en"])
@pytest.mark.parametrize("stop", ["amount", "items", "recorded", "members", "programme_new", "settings"])
def test_tab_goes_as_the_page_is_read(open_stop: OpenStop, stop: str, code: str) -> None:
    rig = open_stop(stop, code=code, size=(1366, 768))
    order = walk(rig)
    columns = ["rail", "bar", "page"]

    def where(widget: QWidget) -> str:
        return next((c for c in columns[:2] if getattr(rig.window, c).isAncestorOf(widget)), "page")

    assert [c for c in columns if c in {where(each) for each in order}] == columns
    start = next(i for i, each in enumerate(order) if where(each) == "rail" and where(order[i - 1]) != "rail")
    turned = order[start:] + order[:start]
    places = [where(each) for each in turned]
    assert places == sorted(places, key=columns.index)
    wrong = [
        f"{name(one)} → {name(other)}"
        for one, other in pairwise(turned)
        if where(one) == where(other) and _goes_back(one, other, rig.window)
    ]
    assert wrong == []


def _goes_back(one: QWidget, other: QWidget, window: QWidget) -> bool:
    """Whether the second stands before the first: above it in its column, or before it in its line."""
    lists = [_lists(each, window) for each in (one, other)]
    places = _unscrolled if lists[0] == lists[1] else _at_most_at_its_end
    a, b = (places(each, window) for each in (one, other))
    rtl = theme.look().rtl
    ahead = b.right() <= a.left() if rtl else b.left() >= a.right()
    if min(a.bottom(), b.bottom()) - max(a.top(), b.top()) > min(a.height(), b.height()) / 2:
        return not ahead  # the same line
    return b.top() < a.top() and not ahead


def _lists(widget: QWidget, window: QWidget) -> list[QScrollArea]:
    areas = window.findChildren(QScrollArea)
    return [area for area in areas if (inside := area.widget()) is not None and inside.isAncestorOf(widget)]


def _at_most_at_its_end(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget stands for what is outside its list: at the list's end, if it waits below it."""
    place = _unscrolled(widget, window)
    for area in _lists(widget, window):
        view = area.viewport().rect().translated(area.viewport().mapTo(window, QPoint(0, 0)))
        place.moveBottom(min(place.bottom(), view.bottom()))
    return place


def _unscrolled(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget stands in its window before anybody scrolls: Tab scrolls a list as it goes."""
    at = widget.mapTo(window, QPoint(0, 0))
    for area in _lists(widget, window):
        if (inside := area.widget()) is not None:
            at = at - inside.mapTo(window, QPoint(0, 0)) + area.viewport().mapTo(window, QPoint(0, 0))
    return widget.rect().translated(at)


def test_backtab_goes_the_other_way(open_stop: OpenStop) -> None:
    rig = open_stop("settings")
    forth = walk(rig)
    start = QApplication.focusWidget()
    rig.window.focusNextPrevChild(True)
    rig.window.focusNextPrevChild(False)
    assert QApplication.focusWidget() is start
    back = []
    for _ in forth:
        rig.window.focusNextPrevChild(False)
        back.append(QApplication.focusWidget())
    assert set(back) == set(forth)
    turn = back.index(forth[0])
    assert list(reversed(back[turn + 1 :] + back[: turn + 1])) == [forth[0], *forth[1:]]


@pytest.mark.parametrize("stop", PAGES)
def test_f1_shows_the_keys_on_every_page(open_stop: OpenStop, stop: str) -> None:
    rig = open_stop(stop)
    stood = QApplication.focusWidget()
    rig.keys("F1")
    assert rig.window.help.isVisible()
    if rig.window.help.guide.isVisible():  # the guide's page first, then the keys
        rig.keys("F1")
    assert rig.window.help.geometry().intersects(rig.window.stack.geometry())
    rig.keys("F3 12 Down Ctrl+n")  # means nothing now
    assert rig.window.help.isVisible() and walk(rig) == [rig.window.help.close_button]
    rig.keys("Esc")
    assert not rig.window.help.isVisible()
    assert QApplication.focusWidget() is stood
    rig.keys("F1 Enter")
    assert not rig.window.help.isVisible()
    assert rig.state.join is None and rig.state.search == ""


def test_a_pages_key_leads_out_of_the_map(open_stop: OpenStop) -> None:
    rig = open_stop("members")
    rig.keys("F1 Ctrl+4")
    assert not rig.window.help.isVisible()
    assert rig.window.stack.currentWidget() is rig.window.others[2]


def test_every_action_of_the_table_has_its_key_written_in_the_map() -> None:
    told = {binding.action for binding in BINDINGS}
    shared = {Action.DOWN}  # stands beside the arrow up
    assert set(Action) - told - shared == set()


def test_a_programme_is_paused_and_resumed_with_a_key(open_stop: OpenStop) -> None:
    rig = open_stop("programme_edit")
    page = programmes_page(rig)
    for live in (False, True):
        rig.keys("Ctrl+r")
        rig.settle()
        assert page.editor.original is not None and page.editor.original.live is live


def test_a_member_is_edited_with_a_key_and_enter_presses_the_button_it_stands_on(open_stop: OpenStop) -> None:
    rig = open_stop("members")
    pane = members_page(rig).pane
    rig.keys("Ctrl+e")
    assert pane.showing is pane.form
    rig.keys("Esc")
    pane.person.edit.setFocus(Qt.FocusReason.TabFocusReason)
    rig.keys("Enter")
    assert pane.showing is pane.form
    assert rig.window.stack.currentWidget() is members_page(rig)


def test_enter_chooses_the_last_customer_the_arrows_stand_on(open_stop: OpenStop) -> None:
    rig = open_stop("idle")
    rig.page.who.idle.recent.setFocus(Qt.FocusReason.TabFocusReason)
    rig.keys("Down Enter")
    rig.settle()
    assert rig.state.member is not None
