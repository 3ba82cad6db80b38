"""Guests, answers and waiting prizes of two who became one member (rules 32)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands_games as g
from loyalty_pos.app.commands import ClaimReward
from loyalty_pos.app.commands_people import MergeMembers, UndoMerge
from loyalty_pos.app.queries import Claimables
from loyalty_pos.domain.errors import Rejection
from tests.shop import Shop, raw

DAY = "2026-11-21"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", display_unit=None)
    opened.publish("points", "points", step_minor=10)
    opened.enrol("A")
    opened.enrol("B")
    yield opened
    opened.proved()
    opened.close()


def merge(shop: Shop) -> None:
    shop.service.do(MergeMembers(keep="A", drop="B"))


@pytest.mark.parametrize("first", ["A", "B"])
def test_two_invited_who_become_one_member_came_once_whoever_of_them_came(shop: Shop, first: str) -> None:
    shop.publish("night", "invitation", title="Night", day=DAY, points=7)
    shop.service.do(g.Invite(posting_id="i", programme="night", members=("A", "B")))
    shop.service.do(g.CheckIn(posting_id="c", programme="night", member=first))
    merge(shop)
    again = shop.service.do(g.CheckIn(posting_id="d", programme="night", member="A"))
    assert (again.points, shop.member().points) == (7, 7)


@pytest.mark.parametrize("first", ["A", "B"])
def test_what_is_answered_once_is_answered_by_whoever_the_members_are_now(shop: Shop, first: str) -> None:
    shop.publish("survey", "participation", what="survey", points=5)
    answer = g.RecordParticipation(posting_id="1", member=first, programme="survey", answer="tea")
    shop.service.do(answer)
    merge(shop)
    assert shop.member().playing.asks == ()
    with pytest.raises(Rejection, match="answered_already"):
        shop.service.do(g.RecordParticipation(posting_id="2", member="A", programme="survey", answer="more"))
    shop.service.do(UndoMerge(keep="A", drop="B"))
    other = "B" if first == "A" else "A"
    shop.service.do(g.RecordParticipation(posting_id="3", member=other, programme="survey", answer="cake"))
    assert (shop.member("A").points, shop.member("B").points) == (5, 5)


def test_a_prize_that_waits_is_handed_to_the_survivor(shop: Shop) -> None:
    shop.publish("mug", "prize", what="Mug", price_points=5, ready_minutes=9)
    shop.sell(100, member="B")
    shop.service.do(ClaimReward(posting_id="c", member="B", programme="mug"))
    merge(shop)
    found = shop.service.ask(Claimables(member="A"))
    assert [one.waits for one in found.items if one.waits] == ["c"]


@pytest.mark.parametrize("table", ["invitation", "hand_over"])
def test_the_audit_finds_what_was_put_under_another_programme(tmp_path: Path, table: str) -> None:
    shop = Shop(tmp_path / "other.db", display_unit=None)
    shop.publish("points", "points", step_minor=10)
    shop.publish("night", "invitation", title="Night", day=DAY)
    shop.publish("mug", "prize", what="Mug", price_points=5, ready_minutes=9)
    shop.enrol("A")
    shop.sell(100)
    shop.service.do(g.Invite(posting_id="i", programme="night", members=("A",)))
    shop.service.do(ClaimReward(posting_id="c", member="A", programme="mug"))
    shop.proved()
    with raw(shop.path, unguarded=True) as file:
        file.execute(f"UPDATE {table} SET programme = (SELECT id FROM programme WHERE key = 'points')")
    codes = {one.code for one in shop.audit().findings}
    assert codes & {"invitation_differs_from_its_postings", "hand_over_differs_from_its_postings"}
    shop.close()
