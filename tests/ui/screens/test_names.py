"""What a screen reader hears: a name and a role for all that takes the keyboard, a text for every row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QListView, QScrollArea, QWidget

from loyalty_pos.ui import bidi
from tests.ui.hands import heard
from tests.ui.screens.conftest import OpenStop
from tests.ui.screens.stops import STOPS

pytestmark = pytest.mark.screens

_NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Graphic}


def takes_the_keyboard(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() and widget.focusProxy() is None
    ]


def said(what: QAccessibleInterface) -> str:
    return what.text(QAccessible.Text.Name)


@pytest.mark.parametrize("code", ["fa", "en"])
@pytest.mark.parametrize("stop", STOPS)
def test_whatever_takes_the_keyboard_has_a_name_and_a_role(open_stop: OpenStop, stop: str, code: str) -> None:
    rig = open_stop(stop, code=code)
    stops = takes_the_keyboard(rig.window)
    assert len(stops) > (0 if stop == "locked" else 10)
    nameless = [widget for widget in stops if not said(heard(widget)).strip()]
    assert nameless == []
    roleless = [widget for widget in stops if heard(widget).role() in _NO_ROLE]
    # Qt gives a scrolled area no role of its own; its texts have theirs.
    assert [widget for widget in roleless if not isinstance(widget, QScrollArea)] == []
    names = [widget.accessibleName() for widget in stops]
    assert [name for name in names if name != bidi.strip(name)] == []


@pytest.mark.parametrize("stop", ["idle", "several", "items", "recent", "members"])
def test_a_row_says_all_that_it_shows(open_stop: OpenStop, stop: str) -> None:
    rig = open_stop(stop)
    lists = [
        widget
        for widget in rig.window.findChildren(QListView)
        if widget.isVisible() and widget.model() is not None and widget.model().rowCount()
    ]
    assert lists
    for one in lists:
        model = one.model()
        assert model is not None
        for row in range(min(3, model.rowCount())):
            shown = model.index(row, 0)
            text = shown.data(Qt.ItemDataRole.AccessibleTextRole)
            name = bidi.strip(str(shown.data(Qt.ItemDataRole.DisplayRole)))
            assert name in text and len(text) > len(name)
            assert said(heard(one).child(row)) == text


def test_a_control_without_a_name_is_seen(open_stop: OpenStop) -> None:
    rig = open_stop("settings")
    page = rig.window.others[3]
    for each in takes_the_keyboard(page):
        each.setAccessibleName("")
    assert any(not said(heard(each)) for each in takes_the_keyboard(page))
