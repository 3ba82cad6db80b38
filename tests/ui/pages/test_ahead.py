"""Pages made ahead: whoever goes to one finds it made, and nobody at work is kept waiting."""

import pytest

from loyalty_pos.ui.ahead import Ahead
from loyalty_pos.ui.pages.page import Page
from tests.ui.pages.conftest import MakeDesk


def test_pages_are_made_only_while_nobody_works_and_none_is_made_twice(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_desk().rig.window
    rested, done = [False], []
    ahead = Ahead(lambda: window, lambda: rested[0], window)
    ahead.done.connect(lambda: done.append(True))
    made = len(window.made)
    front, focused = window.stack.currentWidget(), window.focusWidget()
    ahead.step()
    assert len(window.made) == made
    rested[0] = True
    while not done:
        before = len(window.made)
        ahead.step()
        assert len(window.made) <= before + 1, "between two pages somebody may come"
    assert {page.key for page in window.made} == set(window.page_keys) - {"counter"}
    assert window.stack.currentWidget() is front
    assert window.focusWidget() is focused
    there = {page.key: id(page) for page in window.made}
    born = _births(monkeypatch)
    for key in window.page_keys:
        window.go_to(key)
    assert {page.key: id(page) for page in window.made} == there
    assert born == []


def test_without_a_window_nothing_is_made() -> None:
    Ahead(lambda: None, lambda: True).step()


def _births(monkeypatch: pytest.MonkeyPatch) -> list[type]:
    """Keep what pages are constructed from now on."""
    born: list[type] = []
    begin = Page.__init__

    def noted(self: Page, *given: object, **named: object) -> None:
        born.append(type(self))
        begin(self, *given, **named)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(Page, "__init__", noted)
    return born
