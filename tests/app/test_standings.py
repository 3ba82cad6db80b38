"""Levels through the shop's one door: windows, attaching, taking back, publishing late, telling people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_lifetime import CatchUp, SetTier
from loyalty_pos.app.commands_people import MergeMembers, UndoMerge
from tests.shop import Shop, goods

LEVELS: list[dict[str, Any]] = [
    {"key": "bronze", "name": "برنزی", "from": 0},
    {"key": "silver", "name": "نقره‌ای", "from": 1_000, "discount_bp": 500},
    {"key": "gold", "name": "طلایی", "from": 5_000, "coefficient_milli": 2_000},
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", calendar="jalali")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def test_a_shop_without_levels_says_nothing_of_them(shop: Shop) -> None:
    sale = shop.sell(5_000)
    assert (sale.tier.after, shop.member().tier, shop.member().standing) == (None, None, None)


def test_levels_published_late_count_what_was_bought_before(shop: Shop) -> None:
    shop.sell(1_200)
    shop.publish("club", "tiers", levels=LEVELS)
    assert shop.member().tier == "silver"
    sale = shop.sell(1_000)
    assert (sale.due_minor, sale.tier.before, sale.tier.after) == (950, "silver", "silver")


def test_the_window_is_whole_months_and_this_one(shop: Shop) -> None:
    shop.publish("club", "tiers", window_months=2, levels=LEVELS)
    shop.clock.at("2026-08-22T12:00")  # 31 Mordad
    shop.sell(1_000)
    assert shop.member().tier == "silver"
    shop.clock.at("2026-10-22T12:00")  # 30 Mehr: Mordad, Shahrivar and Mehr count
    assert shop.member().standing is not None
    assert shop.member().standing.spend_minor == 1_000  # type: ignore[union-attr]
    shop.clock.at("2026-10-23T12:00")  # 1 Aban: Mordad has left the window
    assert shop.member().standing.spend_minor == 0  # type: ignore[union-attr]
    assert shop.member().tier == "silver"  # time alone lowers nobody before a review


def test_a_protected_level_stays_when_another_sale_is_taken_back(shop: Shop) -> None:
    shop.publish("club", "tiers", window_months=1, levels=LEVELS)
    shop.sell(1_000)
    shop.clock.on(days=140)
    small = shop.sell(10)
    back = shop.void(small)
    assert (back.tier.before, back.tier.after, shop.member().tier) == ("silver", "silver", "silver")


def test_an_old_sale_taken_back_after_it_left_the_window_takes_no_level(shop: Shop) -> None:
    shop.publish("club", "tiers", window_months=1, levels=LEVELS)
    old = shop.sell(1_000)
    shop.clock.on(days=140)
    assert shop.void(old).tier.after == "silver"
    shop.proved()


def test_a_member_named_after_the_sale_climbs_by_it(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    sale = shop.sell(1_000, member=None)
    assert sale.tier.after is None
    named = shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert (named.tier.before, named.tier.after, shop.member().tier) == ("bronze", "silver", "silver")
    shop.proved()
    assert shop.void(sale).tier.after == "bronze"


def test_levels_published_after_the_sale_are_not_given_for_it_by_naming_the_member(shop: Shop) -> None:
    sale = shop.sell(1_000, member=None)
    shop.publish("club", "tiers", levels=LEVELS)
    named = shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert named.tier.after is None
    assert shop.member().tier == "silver"  # what was bought counts all the same


def test_a_company_has_no_place_in_a_club_for_persons(shop: Shop) -> None:
    shop.publish("club", "tiers", {"audience": {"member_kinds": ["individual"]}}, levels=LEVELS)
    shop.enrol("F", member_kind="company")
    assert shop.sell(9_000, member="F").tier.after is None
    assert shop.member("F").tier is None


def test_a_level_is_an_audience_and_says_what_is_missing(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.publish("gold", "percent_off", {"audience": {"tiers": ["gold"]}}, rate_bp=1_000)
    refused = [line for line in shop.quote(100).trace if line.programme == "gold"]
    assert [(line.code, line.facts) for line in refused] == [
        ("other_tier", {"tier": "gold", "missing_minor": 5_000})
    ]
    assert "طلایی" in refused[0].short.fa and "500" in refused[0].short.en
    shop.sell(5_000)
    assert shop.quote(100).due_minor == 90


def test_an_audience_of_a_level_below_names_it_without_a_distance(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.publish("new", "percent_off", {"audience": {"tiers": ["bronze"]}}, rate_bp=1_000)
    shop.sell(5_000)
    (line,) = [line for line in shop.quote(100).trace if line.programme == "new"]
    assert (line.code, line.facts) == ("other_tier", {})
    assert "برنزی" in line.short.fa


def test_a_second_club_is_refused_and_a_retired_one_makes_room(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.sell(1_000)
    with shop.refuses("second_club", programme="club"):
        shop.publish("other", "tiers", levels=LEVELS)
    shop.retire("club")
    assert shop.member().tier is None
    shop.publish("other", "tiers", levels=LEVELS[:1])
    assert shop.sell(100).tier.after == "bronze"
    with shop.refuses("second_club", programme="other"):
        shop.service.do(c.ResumeProgramme(key="club"))
    shop.retire("other")
    shop.service.do(c.ResumeProgramme(key="club"))
    assert shop.sell(100).tier.before == "silver"


def test_the_draft_of_a_second_club_says_so_before_publishing(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    draft = q.DraftProgramme(kind="tiers", name="other", params={"levels": LEVELS}, when={})
    (problem,) = shop.service.ask(draft).problems
    assert problem.field == "kind"
    wrong = q.DraftProgramme(
        kind="tiers", name="x", params={"levels": LEVELS}, when={"schedule": {"weekdays": ["sat"]}}
    )
    assert "when.schedule" in {problem.field for problem in shop.service.ask(wrong).problems}


def test_a_higher_threshold_takes_nobodys_level_and_a_lower_one_gives_it(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.sell(1_000)
    shop.publish("club", "tiers", levels=[LEVELS[0], {**LEVELS[1], "from": 2_000}, LEVELS[2]])
    assert shop.member().tier == "silver"
    shop.publish("club", "tiers", levels=[LEVELS[0], {"key": "gold", "from": 900}])
    assert shop.member().tier == "gold"


def test_a_member_is_told_how_far_the_next_level_is(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.sell(3_000)
    standing = shop.member().standing
    assert standing is not None
    assert (standing.tier_name, standing.position, standing.levels) == ("نقره‌ای", 2, 3)
    assert (standing.next_name, standing.missing_minor, standing.share_milli) == ("طلایی", 2_000, 500)
    listed = shop.service.ask(q.MembersList(text="A")).members
    assert [row.standing for row in listed] == [standing]


def test_sentences_name_the_coefficients_that_counted(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.publish("points", "points", step_minor=100, coefficients=[{"milli": 1_500}])
    shop.publish("credit", "spend_credit", rate_bp=100, coefficients=[{"milli": 3_000}])
    shop.publish("card", "stamp_card", needed=9, coefficients=[{"milli": 2_500}])
    shop.sell(5_000)
    trace = {
        line.programme: line for line in shop.quote(None, goods("x", 1_000)).trace if line.family == "earn"
    }
    assert "×2" in trace["points"].short.en and "×1.5" in trace["points"].short.en
    assert "×3" in trace["credit"].sentence.en and "×2.5" in trace["card"].sentence.en
    assert "×۱٫۵" in trace["points"].sentence.fa


def test_half_a_stamp_taken_back_is_told_as_none(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=9, coefficients=[{"milli": 1_500}])
    sale = shop.sell(None, goods("x", 100))
    assert sale.earned.stamps == {"card": 1}
    assert [(one.account, one.amount) for one in shop.void(sale).moved] == [("stamps:card", -1)]


def test_a_level_given_by_hand_after_a_merge_stays_when_the_merge_is_undone(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS)
    shop.enrol("B")
    shop.sell(1_000, member="B")
    shop.service.do(MergeMembers(keep="A", drop="B"))
    until = {"until": "2026-12-31", "reason": "a friend of the house"}
    shop.service.do(SetTier(posting_id="hand", member="A", tier="gold", **until))
    shop.service.do(UndoMerge(keep="A", drop="B"))
    shop.proved()
    assert (shop.member("A").tier, shop.member("B").tier) == ("gold", "silver")


def test_a_merge_undone_after_a_review_lowered_its_survivor_gives_back_the_level_of_before(
    shop: Shop,
) -> None:
    shop.publish("club", "tiers", window_months=1, levels=LEVELS)
    shop.enrol("B")
    shop.sell(1_000)
    shop.sell(5_000, member="B")
    shop.service.do(MergeMembers(keep="A", drop="B"))
    assert shop.member("A").tier == "gold"
    shop.clock.on(days=140)
    shop.service.do(CatchUp(accept_clock=True))
    assert shop.member("A").tier == "bronze"
    shop.service.do(UndoMerge(keep="A", drop="B"))
    shop.proved()
    assert (shop.member("A").tier, shop.member("B").tier) == ("silver", "gold")
