"""Segments' lists made by hand: at the programme's desk, and from the member's side."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from loyalty_pos.app.commands import AddToSegment, EnrolMember, RetireProgramme
from loyalty_pos.app.queries import MemberRecord, SegmentMembers
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages.list_desk import ListDesk
from loyalty_pos.ui.pages.members import MembersPage
from tests.ui.studio import codes_shop
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]
LEILA = "4410339306"


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    opened = open_desk(code="en")
    codes_shop.add(opened.path)
    opened.go(opened.programmes)
    opened.rig.settle()
    opened.programmes._choose("friends")
    opened.press("Ctrl+k")
    return opened


@contextmanager
def service_of(desk: Desk) -> Iterator[Any]:
    service = open_shop(desk.path)
    try:
        yield service
    finally:
        service.close()


def by_hand(desk: Desk) -> ListDesk:
    return desk.programmes.annex.list


def beside(desk: Desk) -> bool:
    """Whether the list stands in the place of the form."""
    return desk.programmes.annex.on


def listed(desk: Desk) -> list[str]:
    with service_of(desk) as service:
        return [each.name for each in service.ask(SegmentMembers(segment="friends")).members]


def shown(desk: Desk) -> list[str]:
    return [each._name.accessibleName() for each in by_hand(desk).rows]


def members(desk: Desk) -> MembersPage:
    page = next(each for each in desk.rig.window.others if isinstance(each, MembersPage))
    desk.go(page)
    desk.rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.person)
    desk.rig.settle()
    return page


def test_the_list_says_who_is_on_it(desk: Desk) -> None:
    assert shown(desk) == ["سارا احمدی", "حمید رضایی"]
    assert by_hand(desk)._listed.accessibleName() == "2 on the list"


def test_somebody_is_put_on_it_by_typing_and_enter_and_taken_off_again_with_a_key(desk: Desk) -> None:
    desk.rig.keys("6789")
    desk.rig.settle()
    desk.rig.keys("Down")
    desk.press("Enter")
    assert shown(desk) == listed(desk) == ["سارا احمدی", "حمید رضایی", "لیلا کاظمی"]
    assert by_hand(desk)._listed.accessibleName() == "3 on the list"
    assert "is on the list now" in by_hand(desk).told.accessibleName()
    desk.press("Ctrl+z")
    assert shown(desk) == listed(desk) == ["سارا احمدی", "حمید رضایی"]
    desk.press("Ctrl+z")
    assert len(listed(desk)) == 2


def test_a_scanned_card_puts_its_member_on_the_list(desk: Desk) -> None:
    desk.rig.scan(LEILA)
    desk.rig.settle()
    assert "لیلا کاظمی" in listed(desk)


def test_who_is_on_it_already_is_said_and_nothing_changes(desk: Desk) -> None:
    desk.rig.scan(codes_shop.SARA)
    desk.rig.settle()
    assert "is on the list already" in by_hand(desk).told.accessibleName()
    desk.press("Ctrl+z")
    assert len(listed(desk)) == 2


def test_who_is_taken_off_can_be_put_back(desk: Desk) -> None:
    row = by_hand(desk).rows[0]
    assert row.remove.accessibleName() == "Take سارا احمدی off the list"
    desk.tab_to(row.remove)
    desk.press("Enter")
    assert shown(desk) == listed(desk) == ["حمید رضایی"]
    by_hand(desk).told.buttons["back"].click()
    desk.rig.settle()
    assert shown(desk) == listed(desk) == ["سارا احمدی", "حمید رضایی"]


def test_nobody_found_is_said_and_esc_clears_before_it_leaves(desk: Desk) -> None:
    desk.press("zzzz")
    desk.press("Enter")
    assert by_hand(desk).picker.told.accessibleName() == "Nobody found"
    desk.press("Esc")
    assert by_hand(desk).picker.search.text() == "" and beside(desk)
    desk.press("Esc")
    assert not beside(desk) and desk.programmes.editor.isVisible()


def test_a_segment_gone_meanwhile_refuses_and_says_so(desk: Desk) -> None:
    by_hand(desk)._segment = "gone"
    desk.rig.scan(LEILA)
    desk.rig.settle()
    assert by_hand(desk).told.isVisible() and len(listed(desk)) == 2


def test_a_long_list_is_read_on(desk: Desk) -> None:
    with service_of(desk) as service:
        cards = [f"C{number}" for number in range(60)]
        for card in cards:
            service.do(EnrolMember(card=card, name=card))
        service.do(AddToSegment(segment="friends", members=tuple(cards)))
    desk.programmes.refresh()
    desk.rig.settle()
    assert (len(shown(desk)), by_hand(desk).more.isVisible()) == (50, True)
    desk.tab_to(by_hand(desk).more)
    desk.press("Enter")
    assert (len(shown(desk)), by_hand(desk).more.isVisible()) == (62, False)


def test_a_members_lists_are_ticked_from_their_own_page_with_the_keyboard(desk: Desk) -> None:
    page = members(desk)
    record = page.pane._record
    assert record is not None
    before = "friends" in record.lists
    lists = page.pane.person.about.lists
    desk.press("Ctrl+k")
    assert lists.checks["friends"].hasFocus() and lists.checks["friends"].isChecked() is before
    lists.checks["friends"].click()
    desk.rig.settle()
    with service_of(desk) as service:
        kept = service.ask(MemberRecord(member=record.member)).lists
    assert ("friends" in kept) is not before
    assert lists.checks["friends"].isChecked() is not before
    assert lists.checks["friends"].hasFocus()
    desk.rig.keys("F2")
    assert page.people.search.line.hasFocus()


def test_a_refused_tick_is_taken_back_and_a_paused_segment_has_none(desk: Desk) -> None:
    page = members(desk)
    lists = page.pane.person.about.lists
    page.pane.person.turn_to("about")
    before = lists.checks["friends"].isChecked()
    lists._ask("gone", on=True)
    desk.rig.settle()
    assert page.pane.person.said.isVisible() and lists.checks["friends"].isChecked() is before
    with service_of(desk) as service:
        service.do(RetireProgramme(key="friends"))
    page.refresh()
    desk.rig.settle()
    assert lists.checks == {} and lists.isHidden()
