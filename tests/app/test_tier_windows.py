"""Levels of a year or a term, and levels that ask for several things (rules 23, 24)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import commands_people as cp
from loyalty_pos.app import queries as q
from loyalty_pos.app.level_words import lacks_words
from loyalty_pos.app.queries_reports import Simulate, TierReport
from loyalty_pos.app.report_views import AtRiskView
from loyalty_pos.app.standing_views import LackView, StandingView
from loyalty_pos.app.tier_report_paper import at_risk_table
from tests.languages import language
from tests.shop import Shop

LEVELS: list[dict[str, Any]] = [{"key": "silver", "from": 1_000}, {"key": "gold", "from": 5_000}]
TOGETHER: list[dict[str, Any]] = [
    {"key": "silver", "from": 1_000, "visit_days": 2},
    {"key": "gold", "from": 5_000, "visit_days": 3, "points": 400},
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db", calendar="gregorian")
    opened.clock.at("2026-11-15T12:00")
    opened.enrol(name="Sara")
    opened.enrol("B", name="Nobody")
    yield opened
    opened.proved()
    opened.close()


def club(shop: Shop, levels: list[dict[str, Any]] | None = None, **more: Any) -> None:
    shop.publish("club", "tiers", levels=levels or LEVELS, **more)


def on(shop: Shop, day: str) -> list[tuple[str, int, int]]:
    """Go on to a day and do the reviews until then; say which warned or lowered somebody."""
    shop.clock.at(f"{day}T12:00")
    reviews = shop.service.do(cl.CatchUp(accept_clock=True)).reviews
    return [(one.day, one.warned, one.fell) for one in reviews if one.warned or one.fell]


def standing(shop: Shop, card: str = "A") -> StandingView:
    found = shop.member(card).standing
    assert found is not None
    return found


def at_risk(shop: Shop, month: str) -> list[AtRiskView]:
    return list(shop.service.ask(TierReport(month=month)).at_risk)


def test_a_level_of_a_year_holds_through_the_next_and_falls_after_it(shop: Shop) -> None:
    club(shop, window="year")
    shop.sell(5_000)
    assert on(shop, "2027-11-30") == []
    assert (shop.member().tier, standing(shop).counted) == ("gold", 0)
    assert [(one.name, one.spend_minor, one.missing_minor) for one in at_risk(shop, "2027-11")] == [
        ("Sara", 0, 5_000)
    ]
    assert on(shop, "2027-12-01") == [("2027-12-01", 1, 0)]
    warned = standing(shop)
    assert (warned.stay_until, warned.stay_missing) == ("2027-12-31", 5_000)
    assert on(shop, "2028-01-01") == [("2028-01-01", 0, 1)]
    assert shop.member().tier == "silver"


def test_whoever_reaches_it_again_before_the_year_ends_is_warned_no_more(shop: Shop) -> None:
    club(shop, window="year")
    shop.sell(5_000)
    on(shop, "2027-12-01")
    shop.sell(4_000)
    assert standing(shop).stay_missing == 1_000
    shop.sell(1_000)
    assert standing(shop).stay_until is None
    assert on(shop, "2028-01-01") == []
    assert shop.member().tier == "gold"


def test_grace_goes_on_into_the_next_year_where_it_starts_from_nothing(shop: Shop) -> None:
    club(shop, window="year", grace_reviews=1)
    shop.sell(5_000)
    on(shop, "2027-12-01")
    shop.sell(300)
    assert on(shop, "2028-01-01") == [("2028-01-01", 1, 0)]
    assert (standing(shop).stay_until, standing(shop).stay_missing) == ("2028-01-31", 5_000)
    assert on(shop, "2028-02-01") == [("2028-02-01", 0, 1)]


def test_a_club_published_late_finds_members_where_the_last_year_left_them(shop: Shop) -> None:
    shop.sell(5_000)
    on(shop, "2027-03-10")
    club(shop, window="year")
    assert shop.member().tier == "gold"
    assert on(shop, "2028-01-01") == [("2027-12-01", 1, 0), ("2028-01-01", 0, 1)]


def test_a_sale_of_last_year_that_is_taken_back_takes_its_level_along(shop: Shop) -> None:
    club(shop, window="year")
    kept, gone = shop.sell(1_000), shop.sell(4_000)
    on(shop, "2027-02-10")
    shop.sell(100)
    assert shop.member().tier == "gold"
    shop.void(gone)
    assert (shop.member().tier, standing(shop).counted) == ("silver", 100)
    shop.void(kept)
    assert shop.member().tier is None


def test_a_sale_of_this_year_that_is_taken_back_leaves_what_last_year_reached(shop: Shop) -> None:
    club(shop, window="year")
    shop.sell(5_000)
    on(shop, "2027-02-10")
    shop.void(shop.sell(1_000))
    assert (shop.member().tier, standing(shop).counted) == ("gold", 0)


def test_terms_begin_on_their_day_and_what_was_before_the_first_counts_for_nothing(shop: Shop) -> None:
    shop.sell(5_000)
    club(shop, window="term", window_months=2, from_day="2026-11-16")
    assert shop.member().tier is None
    on(shop, "2026-11-16")
    assert shop.member().tier is None
    shop.sell(1_000)
    on(shop, "2027-01-16")
    assert (shop.member().tier, standing(shop).counted) == ("silver", 0)
    assert on(shop, "2027-03-01") == [("2027-03-01", 1, 0)]
    assert standing(shop).stay_until == "2027-03-15"
    assert on(shop, "2027-04-01") == [("2027-04-01", 0, 1)]


def test_golden_gold_is_spend_and_days_of_visit_together(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10)
    club(shop, TOGETHER, joined="all")
    first = shop.sell(6_000)
    assert standing(shop).lacks == (LackView(metric="visit_days", amount=1),)
    shop.sell(100)
    assert shop.member().tier is None  # a day is one visit
    shop.clock.on(days=1)
    assert shop.sell(10).tier.after == "silver"
    assert [one.metric for one in standing(shop).lacks] == ["visit_days"]
    shop.clock.on(days=1)
    last = shop.sell(10)
    assert last.tier.after == "gold"
    shop.void(last)
    assert shop.member().tier == "silver"
    shop.refund(first, 5_500)
    assert (shop.member().tier, standing(shop).missing_minor) == (None, 390)


def test_one_of_several_is_enough_and_both_ways_are_told(shop: Shop) -> None:
    club(shop, TOGETHER, joined="any")
    said = shop.sell(400).trace
    assert [line.sentence.en for line in said if line.programme == "club"] == [
        "60 T or 1 day of visit more to \u2068silver\u2069"
    ]
    shop.clock.on(days=1)
    assert shop.sell(10).tier.after == "silver"
    assert standing(shop).either
    english = language("en", shop.service.ask(q.Shop()))
    assert lacks_words(standing(shop).lacks, True, english) == "459 T, 1 day of visit or 400 points"


def test_who_is_at_risk_is_told_with_everything_they_lack(shop: Shop) -> None:
    club(shop, TOGETHER, joined="all", window_months=1)
    shop.sell(700)
    shop.clock.on(days=1)
    shop.sell(400)
    on(shop, "2026-12-31")
    (one,) = at_risk(shop, "2026-12")
    assert [(each.metric, each.amount) for each in one.counts] == [
        ("spend", 0),
        ("visit_days", 0),
        ("points", 0),
    ]
    assert [(each.metric, each.amount) for each in one.lacks] == [("spend", 1_000), ("visit_days", 2)]
    shop.sell(600)
    english = language("en", shop.service.ask(q.Shop()))
    table = at_risk_table(shop.service.ask(TierReport(month="2026-12")), english)
    assert table.rows[0][2:] == ("60 T, 1 day of visit and 0 points", "40 T and 1 day of visit")


def test_two_members_who_become_one_are_rated_by_what_both_did_in_both_years(shop: Shop) -> None:
    club(shop, TOGETHER, joined="all", window="year")
    shop.sell(600)
    shop.sell(600, member="B")
    shop.clock.on(days=1)
    shop.sell(10, member="B")
    on(shop, "2027-01-05")
    shop.sell(100)
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    assert (shop.member().tier, standing(shop).spend_minor) == ("silver", 100)
    shop.proved()
    shop.service.do(cp.UndoMerge(keep="A", drop="B"))
    assert [shop.member(card).tier for card in "AB"] == [None, None]


def test_a_level_given_by_hand_cannot_be_lower_than_what_last_year_reached(shop: Shop) -> None:
    club(shop, window="year")
    shop.sell(5_000)
    on(shop, "2027-02-10")
    given = cl.SetTier(
        posting_id="x", member="A", tier="gold", until="2027-12-31", reason="a friend of the house"
    )
    assert shop.service.do(given).tier == "gold"


def test_a_replay_counts_years_and_several_things_as_the_shop_does(shop: Shop) -> None:
    club(shop, TOGETHER, joined="all", window="year")
    for _ in range(3):
        shop.sell(900)
        shop.clock.on(days=1)
    on(shop, "2027-01-05")
    shop.sell(100)
    levels = [{**TOGETHER[0], "discount_bp": 1_000}, TOGETHER[1]]
    draft = {"joined": "all", "window": "year", "levels": levels}
    view = shop.service.ask(Simulate(kind="tiers", params=draft, from_="2026-11-01", to="2027-01-31"))
    assert (view.cost_minor, view.winners) == (100, 1)


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        (
            {"window": "year", "levels": LEVELS},
            "By purchases in the calendar year: silver from 100 T and gold from 500 T."
            " A level reached holds through the following year.",
        ),
        (
            {"metric": "points", "window": "term", "from_day": "2026-03-21", "levels": LEVELS[:1]},
            "By points earned in terms of 12 months from 21 Mar 2026 on: silver from 1,000 points."
            " A level reached holds through the following term.",
        ),
        (
            {"metric": "visit_days", "window": "year", "levels": LEVELS[:1]},
            "By days of visit in the calendar year: silver from 1,000 days."
            " A level reached holds through the following year.",
        ),
        (
            {"joined": "any", "window_months": 1, "levels": TOGETHER},
            "By what adds up in the last 1 month: silver from 100 T or 2 days and gold from"
            " 500 T, 3 days or 400 points.",
        ),
    ],
)
def test_the_club_says_its_rule_in_one_plain_sentence(
    shop: Shop, params: dict[str, Any], sentence: str
) -> None:
    told = shop.service.do(c.PublishProgramme(key="club", kind="tiers", name="Club", params=params, when={}))
    assert told.sentence.en.replace("\u2068", "").replace("\u2069", "") == sentence


BASE: list[dict[str, Any]] = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 2}]


def points_club(shop: Shop, levels: list[dict[str, Any]] | None = None, **more: Any) -> None:
    shop.publish("points", "points", step_minor=1_000)
    club(shop, levels or BASE, metric="points", **more)
    shop.service.do(cl.CatchUp(accept_clock=True))


def test_a_point_that_a_merge_made_of_rests_never_takes_what_another_sale_earned(shop: Shop) -> None:
    points_club(shop)
    mine, theirs = shop.sell(2_500), shop.sell(2_500, member="B")
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    assert shop.member().points == 5
    shop.void(mine)
    shop.proved()
    assert (shop.member().points, shop.member().tier) == (2, "silver")
    shop.void(theirs)
    shop.proved()
    assert (shop.member().points, shop.member().tier) == (0, "bronze")
    assert (standing(shop).counted, standing(shop).missing) == (0, 2)
    shop.sell(1_000)
    assert shop.member().tier == "bronze"
    shop.sell(1_000)
    assert shop.member().tier == "silver"


def test_points_borrowed_at_another_step_take_no_more_than_what_counted(shop: Shop) -> None:
    points_club(shop)
    sales = [shop.sell(2_900), shop.sell(2_900)]
    shop.publish("points", "points", step_minor=500)
    for sale in sales:
        shop.void(sale)
        shop.proved()
    assert shop.member().tier == "bronze"
    shop.sell(1_000)
    assert shop.member().tier == "silver"


def test_a_point_that_a_payment_made_of_rests_never_takes_what_counted(shop: Shop) -> None:
    points_club(shop)
    first, owing = shop.sell(2_500), shop.sell(2_500, on_account=True)
    shop.service.do(cp.Settle(posting_id="paid", sale_id=owing.sale_id or "", amount_minor=2_500))
    assert shop.member().points == 5
    shop.refund(first, 1_000)
    shop.refund(first, 1_500)
    shop.proved()
    shop.sell(2_000)
    assert shop.member().tier == "silver"


def test_a_refund_that_makes_points_of_what_was_carried_lifts_with_an_event_of_its_own(shop: Shop) -> None:
    points_club(shop)
    sale = shop.sell(900)
    shop.publish("points", "points", step_minor=10)
    back = shop.refund(sale, 100)
    assert (shop.member().points, back.tier.before, back.tier.after) == (80, "bronze", "silver")
    shop.proved()


@pytest.mark.parametrize("more", [{}, {"joined": "all"}])
def test_nothing_counts_below_nothing_so_a_level_from_nothing_on_is_always_held(
    shop: Shop, more: dict[str, Any]
) -> None:
    levels = [
        {"key": "bronze", "from": 0},
        {"key": "silver", "from": 20, **({"visit_days": 9} if more else {})},
    ]
    points_club(shop, levels, window_months=1, **more)
    early = shop.sell(1_500)
    on(shop, "2027-02-15")
    shop.sell(2_500)  # a point of it is made of the rest of the early one, whose day falls below nothing
    shop.void(early)
    shop.proved()
    assert shop.member().tier == "bronze"
    assert [one.member for one in at_risk(shop, "2026-11")] == []
