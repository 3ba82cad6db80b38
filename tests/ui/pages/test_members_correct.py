"""Corrections, paper cards and merges on the members page, with keys over the real service."""

from loyalty_pos.app.commands_people import Duplicates, Merges
from loyalty_pos.app.queries import Audit, Member
from tests.ui.pages import people
from tests.ui.pages.conftest import PageDesk
from tests.ui.pages.people import HAMID, LEILA, SARA


def held(desk: PageDesk, card: str) -> tuple[int, int, int]:
    view = people.ask(desk.path, Member(member=card))
    return view.points, view.credit_minor, view.progress["drinks"].have


def opened(desk: PageDesk, card: str, what: str) -> None:
    desk.show(card)
    desk.person.turn_to("about")
    desk.person.about.corrections[what].click()
    side = desk.pane.merge if what == "merge" else desk.pane.adjust
    desk.until(lambda: desk.pane.showing is side)


def test_a_paper_card_is_entered_with_its_number_and_enter(desk: PageDesk) -> None:
    before = held(desk, HAMID)
    opened(desk, HAMID, "paper")
    desk.keys("4")
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    assert held(desk, HAMID) == (before[0], before[1], 4)
    desk.until(lambda: desk.pane.member is not None and desk.pane.member.progress["drinks"].have == 4)
    assert people.ask(desk.path, Audit()).ok


def test_points_and_credit_are_corrected_with_a_reason(desk: PageDesk) -> None:
    points, credit, stamps = held(desk, SARA)
    opened(desk, SARA, "adjust")
    side = desk.pane.adjust
    desk.keys("20")
    side.reason.setText("goodwill")
    side.ways.set_current("take")
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    opened(desk, SARA, "adjust")
    side.units.setCurrentIndex(side.units.findData("credit"))
    side.reason.setText("goodwill")
    side.amount.setFocus()
    desk.keys("100.")
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    assert held(desk, SARA) == (points - 20, credit + 1_000_000, stamps)


def test_a_refused_correction_says_why_and_can_be_mended(desk: PageDesk) -> None:
    points, _, _ = held(desk, HAMID)
    opened(desk, HAMID, "adjust")
    side = desk.pane.adjust
    desk.keys("7")
    desk.keys("Enter")
    desk.until(lambda: side.trouble.isVisibleTo(side))  # there is no reason
    side.reason.setText("goodwill")
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    assert held(desk, HAMID)[0] == points + 7


def test_escape_leaves_a_correction_and_nothing_moved(desk: PageDesk) -> None:
    before = held(desk, SARA)
    opened(desk, SARA, "adjust")
    desk.keys("20")
    desk.keys("Esc")
    assert desk.pane.showing is desk.person
    assert held(desk, SARA) == before


def test_two_members_are_merged_with_a_preview_and_apart_again(desk: PageDesk) -> None:
    before = [people.ask(desk.path, Member(member=card)) for card in (SARA, LEILA)]
    opened(desk, SARA, "merge")
    side = desk.pane.merge
    side.picker.take(LEILA)
    desk.until(lambda: side.view is not None)
    assert side.view is not None and side.view.posting_id is None
    points = sum(one.points for one in before)
    assert side.view.balances.points == points
    desk.keys("Enter")
    desk.until(lambda: side.view is not None and side.view.posting_id is not None)
    assert people.ask(desk.path, Member(member=LEILA)).member == before[0].member
    assert people.ask(desk.path, Member(member=SARA)).points == points
    desk.keys("Enter")  # the keyboard is on what takes it back
    desk.until(lambda: side.view is not None and side.view.undone)
    assert [people.ask(desk.path, Member(member=card)) for card in (SARA, LEILA)] == before
    desk.keys("Esc")
    assert desk.pane.showing is desk.person


def test_a_merge_of_before_is_offered_to_be_undone(desk: PageDesk) -> None:
    opened(desk, SARA, "merge")
    side = desk.pane.merge
    side.picker.take(HAMID)
    desk.until(lambda: side.view is not None)
    desk.keys("Enter")
    desk.until(lambda: side.view is not None and side.view.posting_id is not None)
    desk.keys("Esc")
    opened(desk, SARA, "merge")
    desk.until(lambda: side.view is not None and side.view.undoable)
    desk.keys("Ctrl+z")
    desk.until(lambda: side.view is not None and side.view.undone)
    assert people.ask(desk.path, Merges(member=SARA)).merges == ()


def test_the_list_of_all_pairs_leads_to_a_preview(desk: PageDesk) -> None:
    pair = people.ask(desk.path, Duplicates()).pairs
    desk.keys("Ctrl+d")
    desk.until(lambda: desk.pane.showing is desk.pane.merge)
    side = desk.pane.merge
    if pair:
        desk.until(lambda: side.pairs.isVisibleTo(side))
        desk.keys("Enter")
        desk.until(lambda: side.view is not None)
    desk.keys("Esc")
    assert desk.pane.showing is not side
