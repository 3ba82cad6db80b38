"""The list of members narrowed by level, segment, tag, visits and what they hold, over a real file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import member_filters
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.app.queries_floor import MemberFilters
from loyalty_pos.app.views import MembersListView
from loyalty_pos.domain.errors import InvalidRequest
from tests.shop import Shop

LEVELS = [
    {"key": "bronze", "name": "برنزی", "from": 0},
    {"key": "silver", "name": "نقره‌ای", "from": 1_000},
    {"key": "gold", "name": "طلایی", "from": 5_000},
]
NAMES = {"A": "Sara A", "B": "Sara B", "C": "Omid C"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    for card, name in NAMES.items():
        opened.service.do(c.EnrolMember(card=card, name=name, tags=("Regular", card)))
    yield opened
    opened.proved()
    opened.close()


def asked(shop: Shop, **narrowed: Any) -> MembersListView:
    view: MembersListView = shop.service.ask(q.MembersList(**narrowed))
    return view


def listed(shop: Shop, **narrowed: Any) -> str:
    """Return the last letters of who is listed, page by page to the end."""
    found, after = "", None
    while True:
        view = asked(shop, after=after, **narrowed)
        found += "".join(line.name[-1] for line in view.members)
        after = view.next
        if after is None:
            return found


def test_a_level_lists_those_who_hold_it_whether_reached_kept_or_given(shop: Shop) -> None:
    shop.sell(5_000, member="A")  # before there was a club: reached, and never put on record
    shop.publish("club", "tiers", levels=LEVELS)
    shop.sell(1_000, member="B")
    shop.service.do(cl.SetTier(posting_id="t", member="C", tier="silver", until="2027-01-31", reason="guest"))
    assert listed(shop, levels=("gold",)) == "A"
    assert listed(shop, levels=("silver",)) == "CB"
    assert listed(shop, levels=("silver", "gold")) == "CAB"
    assert listed(shop, levels=("bronze",)) == ""
    with shop.refuses("unknown_tier", tier="platinum"):
        asked(shop, levels=("platinum",))


@pytest.mark.parametrize("how", [{"window": "year"}, {"joined": "any"}])
def test_a_level_of_a_fixed_window_or_of_several_things_is_asked_of_the_rules(
    shop: Shop, how: dict[str, Any]
) -> None:
    visits = {"visit_days": 9} if "joined" in how else {}
    shop.publish("club", "tiers", levels=[*LEVELS[:2], {**LEVELS[2], **visits}], **how)
    shop.sell(5_000, member="A")
    shop.sell(1_000, member="B")
    assert listed(shop, levels=("gold",)) == "A" and listed(shop, levels=("silver",)) == "B"


def test_a_shop_without_a_club_knows_no_level_and_a_club_for_persons_no_company(shop: Shop) -> None:
    with shop.refuses("unknown_tier", tier="gold"):
        asked(shop, levels=("gold",))
    shop.publish("club", "tiers", {"audience": {"member_kinds": ["individual"]}}, levels=LEVELS)
    shop.service.do(c.EnrolMember(card="F", name="Firm F", member_kind="company"))
    assert listed(shop, levels=("bronze",)) == "CAB"
    shop.publish("club", "tiers", levels=LEVELS[1:])
    assert listed(shop, levels=("silver",)) == "", "nobody is on the first level yet"


def test_of_several_segments_a_member_must_be_in_every_one(shop: Shop) -> None:
    shop.publish("bought", "segment", visits_min=1)
    shop.publish("hand", "segment")
    shop.sell(100, member="A")
    shop.sell(100, member="C")
    shop.service.do(c.AddToSegment(segment="hand", members=("C", "B")))
    assert listed(shop, segments=("bought",)) == "CA"
    assert listed(shop, segments=("bought", "hand")) == "C"
    with shop.refuses("unknown_segment", segment="gone"):
        asked(shop, segments=("hand", "gone"))


def test_tags_are_meant_however_they_are_typed_and_all_of_them(shop: Shop) -> None:
    assert listed(shop, tags=("regular",)) == "CAB"
    assert listed(shop, tags=("REGULAR", "b")) == "B"
    with pytest.raises(InvalidRequest):
        asked(shop, tags=("",))


def test_visits_are_asked_for_from_and_until_a_day(shop: Shop) -> None:
    shop.sell(100, member="A")
    shop.clock.on(days=70)
    shop.sell(100, member="B")
    assert listed(shop, seen_days=30) == "B"
    assert listed(shop, away_days=30) == listed(shop, only="away") == "A"
    assert listed(shop, only="away", away_days=90) == "", "the longer of two times is asked"
    assert listed(shop, only="away", away_days=30) == "A"
    with pytest.raises(InvalidRequest):
        asked(shop, seen_days=-1)


def test_a_birthday_this_month_may_be_asked_of_those_seen_lately(shop: Shop) -> None:
    shop.enrol("D", name="Dara D", birthday="1990-11-10")
    shop.enrol("E", name="Elham E", birthday="1991-11-12")
    shop.sell(100, member="E")
    assert listed(shop, birthday=True) == listed(shop, only="birthday") == "DE"
    assert listed(shop, birthday=True, seen_days=3) == "E"


def test_who_holds_something_or_is_about_to_lose_it_is_listed(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 20}}, step_minor=100)
    shop.publish("back", "spend_credit", rate_bp=1_000)
    shop.sell(1_000, member="A")
    shop.sell(90, member="B")  # a little credit, no point
    assert listed(shop, holds=("points",)) == "A"
    assert listed(shop, holds=("credit",)) == "AB"
    assert listed(shop, holds=("credit", "points")) == "A"
    assert listed(shop, holds=("reward",)) == ""
    assert listed(shop, ending_days=19) == "" and listed(shop, ending_days=20) == "A"
    shop.clock.on(days=30)
    assert listed(shop, holds=("points",)) == "", "what has ended is nobody's, though no sweep has told it"


def test_what_a_merged_member_brought_is_the_survivors(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=100)
    shop.sell(1_000, member="A")
    shop.service.do(MergeMembers(drop="A", keep="B"))
    assert listed(shop, holds=("points",)) == "B"


def test_a_text_finds_among_those_the_list_is_narrowed_to(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.sell(100, member="B")
    assert listed(shop, text="sara") in ("AB", "BA") and not asked(shop, text="sara").more_meant
    view = asked(shop, text="sara", seen_days=1)
    assert [line.name for line in view.members] == ["Sara B"]
    assert not view.more_meant and view.next is None
    monkeypatch.setattr(member_filters, "MEANT_AT_MOST", 1)
    assert asked(shop, text="sara", seen_days=1).more_meant
    monkeypatch.setattr(member_filters, "WORDS_MEANT_AT_MOST", 1)
    assert asked(shop, text="sara b", seen_days=1).more_meant
    assert asked(shop, text="omid", levels=(), tags=("c",)).members[0].name == "Omid C"


def test_rules_are_asked_about_some_at_a_time_and_nobody_is_left_out(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.publish("hand", "segment")
    for number in range(10):
        shop.service.do(c.EnrolMember(card=f"N{number}", name=f"N{number}"))
    shop.service.do(c.AddToSegment(segment="hand", members=("N1", "N8", "N9", "B")))
    monkeypatch.setattr(member_filters, "ASKED_RULES", 3)
    first = asked(shop, segments=("hand",))
    assert [line.name for line in first.members] == ["N1"] and first.next is not None
    assert listed(shop, segments=("hand",)) == listed(shop, segments=("hand",), limit=1) == "189B"


def test_the_list_tells_what_it_can_be_narrowed_by(shop: Shop) -> None:
    view = shop.service.ask(MemberFilters())
    assert (view.levels, view.segments, view.tags) == ((), (), ("A", "B", "C", "Regular"))
    shop.publish("club", "tiers", levels=LEVELS)
    shop.publish("vips", "segment", tags=["vip"])
    shop.publish("gone", "segment")
    shop.retire("gone")
    view = shop.service.ask(MemberFilters())
    assert [level.key for level in view.levels] == ["bronze", "silver", "gold"]
    assert [(one.key, one.name) for one in view.segments] == [("vips", "vips")]
    assert view.tags == ("A", "B", "C", "Regular", "vip")
