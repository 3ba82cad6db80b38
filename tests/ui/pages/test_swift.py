"""What a key or a step in a list must not do again: the structure behind the window's speed."""

import pytest
from pytestqt.qtbot import QtBot

from loyalty_pos.ui.pages import counter_words, members_words
from tests.ui.pages.conftest import PageDesk
from tests.ui.pages.people import HAMID, LEILA, SARA


def test_another_member_fills_only_the_list_in_front_and_digits_typed_word_no_sale(
    desk: PageDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[str] = []
    about, benefits = members_words.about, counter_words.benefits

    def noted_about(*given: object) -> object:
        filled.append("about")
        return about(*given)  # type: ignore[arg-type]  # what it was called with

    def noted_benefits(*given: object) -> object:
        filled.append("benefits")
        return benefits(*given)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(members_words, "about", noted_about)
    monkeypatch.setattr(counter_words, "benefits", noted_benefits)
    desk.show(HAMID)
    desk.show(LEILA)
    assert filled == []
    desk.person.turn_to("about")
    assert filled == ["about"]
    assert desk.person.about.unlink.keys() == {LEILA}
    desk.show(SARA)
    assert filled == ["about", "about"]
    desk.person.turn_to("history")
    desk.keys("Ctrl+1")
    filled.clear()
    desk.keys("0 9 1 2")
    assert desk.rig.state.search == "0912"
    assert filled == []


def test_a_held_letter_has_its_members_looked_up_before_it_is_typed(qtbot: QtBot, desk: PageDesk) -> None:
    desk.open()
    desk.keys("F2 s")
    desk.shop.lists.clear()
    desk.rig.press("a")
    qtbot.waitUntil(lambda: desk.rig.program.dispatcher.idle)
    assert [one.text for one in desk.shop.lists] == ["sa"] and desk.people.search.text() == "s"
    desk.rig.settle()
    assert desk.people.search.text() == "sa" and not desk.people.waiting
    assert len(desk.shop.lists) == 1
