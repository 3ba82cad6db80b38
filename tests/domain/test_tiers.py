"""Where a member stands: up by what is bought, down only by what is taken back (rules 18, 23, 24)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.tiers import Counts, Standing
from tests.domain.pieces import basket, line, member, nobody, priced, revision, stand

LEVELS: list[dict[str, Any]] = [
    {"key": "bronze", "from": 0},
    {"key": "silver", "from": 100, "discount_bp": 1_000},
    {"key": "gold", "from": 500, "discount_bp": 2_000, "coefficient_milli": 1_500},
]
CLUB = revision("tiers", levels=LEVELS)
LATE = revision("tiers", levels=LEVELS[1:])
POINTS = revision("points", 2, step_minor=10)


def level(spend: int, held: str | None = None) -> str | None:
    found = stand(CLUB, spend, held).level
    return found.key if found else None


@pytest.mark.parametrize(
    ("spend", "key"), [(0, "bronze"), (99, "bronze"), (100, "silver"), (499, "silver"), (500, "gold")]
)
def test_a_level_begins_with_its_amount(spend: int, key: str) -> None:
    assert level(spend) == key


def test_below_the_first_level_there_is_none() -> None:
    standing = stand(LATE, 99)
    assert (standing.level, standing.position, standing.away) == (
        None,
        0,
        {"silver": {"missing_minor": 1}, "gold": {"missing_minor": 401}},
    )


def test_time_alone_lowers_nobody() -> None:
    assert level(0, held="gold") == "gold"
    assert stand(CLUB, 0, "gold").gave_back(Counts()).held == "gold"


def test_a_level_the_club_no_longer_has_counts_for_nothing() -> None:
    assert level(100, held="platinum") == "silver"


@pytest.mark.parametrize(
    ("spend", "held", "back", "key"),
    [
        (500, "gold", 1, "silver"),
        (500, "gold", 401, "bronze"),
        (600, "gold", 100, "gold"),
        (120, "gold", 10, "gold"),  # gold is protected and this did not reach silver
        (120, "gold", 30, "bronze"),  # straight to the level reached
        (50, None, 500, "bronze"),
    ],
)
def test_what_is_taken_back_falls_straight_to_what_is_left(
    spend: int, held: str | None, back: int, key: str
) -> None:
    assert stand(CLUB, spend, held).gave_back(Counts(back)).held == key


@given(spends=st.lists(st.integers(0, 300), max_size=6))
def test_buying_and_taking_everything_back_ends_where_it_began(spends: list[int]) -> None:
    standing = stand(CLUB)
    for spend in spends:
        standing = standing.bought(Counts(spend))
    for spend in spends:
        standing = standing.gave_back(Counts(spend))
    assert (standing.counted, standing.level) == (Counts(), stand(CLUB).level)


@given(spends=st.lists(st.integers(0, 300), max_size=6))
def test_buying_never_lowers_and_the_split_never_matters(spends: list[int]) -> None:
    standing, positions = stand(CLUB), [1]
    for spend in spends:
        standing = standing.bought(Counts(spend))
        positions.append(standing.position)
    assert positions == sorted(positions)
    assert standing.level == stand(CLUB, sum(spends)).level


@pytest.mark.parametrize(
    ("spend", "held", "share"),
    [
        (0, None, 0),
        (50, None, 500),
        (300, None, 500),
        (499, None, 997),
        (900, None, 1_000),
        (40, "silver", 0),
    ],
)
def test_the_ring_shows_the_way_from_this_level_to_the_next(spend: int, held: str | None, share: int) -> None:
    assert stand(CLUB, spend, held).share_milli == share


def test_the_level_at_the_start_of_the_sale_rates_it() -> None:
    crossing = priced(basket(line(200)), [CLUB, POINTS], member(standing=stand(CLUB, 400)))
    assert crossing.net_minor == 180  # silver, not yet gold
    assert [one.yielded for one in crossing.contributions] == [18]
    (told,) = [line for line in crossing.trace if line.family == "standing"]
    assert (told.applied, told.code, told.facts) == (True, "tier_up", {"tier": "gold"})
    assert crossing.stands is not None and crossing.stands.held == "gold"


def test_the_level_multiplies_points_and_nothing_else() -> None:
    credit = revision("spend_credit", 3, rate_bp=1_000)
    card = revision("stamp_card", 4, needed=5)
    sale = priced(basket(line(1_000)), [CLUB, POINTS, credit, card], member(standing=stand(CLUB, 500)))
    assert sale.net_minor == 800
    assert {one.programme: one.yielded for one in sale.contributions} == {
        "points2": 120,
        "spend_credit3": 80,
        "stamp_card4": 0,
    }
    assert [one.micros for one in sale.contributions if one.programme == "stamp_card4"] == [1_000_000]


def test_the_percent_of_a_level_competes_with_the_others_in_its_lane() -> None:
    better = revision("percent_off", 5, rate_bp=2_500, groups=["cake"])
    goods = basket(line(100, group="cake"), line(100))
    sale = priced(goods, [CLUB, better], member(standing=stand(CLUB, 500)))
    assert sale.nets_minor == (75, 80)


def test_a_level_can_be_declined_like_any_benefit() -> None:
    sale = priced(basket(line(100)), [CLUB], member(standing=stand(CLUB, 500)), decline=frozenset({"tiers1"}))
    assert sale.net_minor == 100
    assert [told.code for told in sale.trace if told.family == "discount"] == ["declined"]


def test_only_eligible_goods_before_tender_count() -> None:
    goods = basket(line(60), line(70, earns=False))
    sale = priced(goods, [CLUB], member(standing=stand(CLUB, 40)))
    assert sale.counts.spend_minor == 60
    (told,) = [line for line in sale.trace if line.family == "standing"]
    assert (told.code, told.facts) == ("tier_up", {"tier": "silver"})


def test_the_way_to_the_next_level_is_told_and_the_top_too() -> None:
    below = priced(basket(line(10)), [CLUB])
    above = priced(basket(line(10)), [CLUB], member(standing=stand(CLUB, 700)))
    assert [(told.code, told.facts) for told in below.trace] == [
        ("tier_next", {"tier": "silver", "missing_minor": 90})
    ]
    assert [told.code for told in above.trace if told.family == "standing"] == ["tier_top"]


def test_a_club_for_persons_says_so_to_a_company_and_nobody_is_told_to_join() -> None:
    club = revision("tiers", when={"audience": {"member_kinds": ["individual"]}}, levels=LEVELS)
    company = priced(basket(line(10)), [club], member(kind="company"))
    assert [told.code for told in company.trace] == ["other_member_kind"]
    assert [told.code for told in nobody(basket(line(10)), [club]).trace] == ["no_member"]


@pytest.mark.parametrize(
    ("levels", "field", "problem"),
    [
        ([], "params.levels", "too_few"),
        ([{"key": "a", "from": 5}, {"key": "b", "from": 5}], "params.levels.1.from", "out_of_range"),
        ([{"key": "a", "from": 5}, {"key": "a", "from": 6}], "params.levels.1.key", "twice"),
        ([{"key": " ", "from": 5}], "params.levels.0.key", "not_valid"),
        ([{"key": "a"}], "params.levels.0.from", "missing"),
    ],
)
def test_levels_that_make_no_sense_are_refused_at_their_field(
    levels: list[dict[str, Any]], field: str, problem: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision("tiers", levels=levels)
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == (field, problem)


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"schedule": {"weekdays": ["sat"]}}, "when.schedule"),
        ({"basket": {"min_minor": 5}}, "when.basket"),
        ({"audience": {"tiers": ["gold"]}}, "when.audience"),
        ({"expiry": {"months": 2}}, "when.expiry"),
    ],
)
def test_a_club_is_for_kinds_of_members_and_always(when: dict[str, Any], field: str) -> None:
    with pytest.raises(Rejection) as caught:
        revision("tiers", when=when, levels=LEVELS)
    assert (caught.value.code, caught.value.facts["field"]) == ("not_available", field)


def test_a_day_is_one_visit_however_often_somebody_comes_and_money_adds_up() -> None:
    counts = Counts(spend_minor=300, visit_days=1, points=7)
    assert counts.on_day(Counts(200, 0, 3)) == counts.on_day(Counts(200, 1, 3)) == Counts(500, 1, 10)


ASKED: list[dict[str, Any]] = [
    {"key": "bronze", "from": 0},
    {"key": "silver", "from": 100, "visit_days": 2},
    {"key": "gold", "from": 500, "visit_days": 10, "points": 40},
]
BOTH = revision("tiers", joined="all", levels=ASKED)
EITHER = revision("tiers", joined="any", levels=ASKED[1:])


def at(club: Any, *counted: int) -> Standing:
    return replace(stand(club), counted=Counts(*counted))


@pytest.mark.parametrize(
    ("club", "counted", "key"),
    [
        (BOTH, (99, 2), "bronze"),
        (BOTH, (100, 1), "bronze"),
        (BOTH, (100, 2), "silver"),
        (BOTH, (900, 90, 39), "silver"),
        (BOTH, (500, 10, 40), "gold"),
        (EITHER, (99, 1), None),
        (EITHER, (99, 2), "silver"),
        (EITHER, (100, 0), "silver"),
        (EITHER, (0, 0, 40), "gold"),
        (EITHER, (0, 10, 0), "gold"),
    ],
)
def test_a_level_asks_for_all_it_names_or_for_any_of_it(
    club: Any, counted: tuple[int, ...], key: str | None
) -> None:
    level = at(club, *counted).level
    assert (level.key if level else None) == key


def test_everything_a_level_lacks_is_told_and_whether_one_of_it_is_enough() -> None:
    assert at(BOTH, 40, 1).away == {
        "silver": {"missing_minor": 60, "missing_visits": 1},
        "gold": {"missing_minor": 460, "missing_visits": 9, "missing_points": 40},
    }
    assert at(BOTH, 100, 1).away["silver"] == {"missing_visits": 1}
    assert at(EITHER, 40, 1).away["silver"] == {"missing_minor": 60, "missing_visits": 1, "either": 1}


@pytest.mark.parametrize(
    ("club", "counted", "share"),
    [
        (BOTH, (50, 2), 500),  # the one furthest away tells
        (BOTH, (100, 1), 500),
        (BOTH, (300, 2, 0), 0),
        (BOTH, (300, 6, 20), 500),
        (EITHER, (50, 1, 0), 500),
        (EITHER, (10, 1, 0), 500),  # the nearest tells
        (EITHER, (0, 0, 40), 1_000),
        (BOTH, (100, 1_000, 0), 0),
    ],
)
def test_the_ring_of_several_things_shows_the_one_that_decides(
    club: Any, counted: tuple[int, ...], share: int
) -> None:
    assert at(club, *counted).share_milli == share


def test_a_step_that_asks_no_more_of_one_thing_leaves_it_to_the_others() -> None:
    levels = [{"key": "a", "from": 100, "visit_days": 1}, {"key": "b", "from": 100, "visit_days": 3}]
    club = revision("tiers", joined="all", levels=levels)
    assert at(club, 100, 2).share_milli == 500


@given(
    joined=st.sampled_from(["all", "any"]),
    sales=st.lists(st.tuples(st.integers(0, 300), st.just(1), st.integers(0, 30)), max_size=6),
)
def test_what_is_taken_back_of_several_things_leaves_what_was_before(
    joined: str, sales: list[tuple[int, int, int]]
) -> None:
    standing = stand(revision("tiers", joined=joined, levels=ASKED))
    was = standing
    for sale in sales:
        standing = standing.bought(Counts(*sale))
    for sale in reversed(sales):
        standing = standing.gave_back(Counts(*sale))
    assert (standing.counted, standing.level) == (Counts(), was.level)


def test_the_second_sale_of_a_day_is_no_second_visit() -> None:
    club = revision("tiers", metric="visit_days", levels=[{"key": "a", "from": 2}])
    assert stand(club).bought(Counts(5, 1)).counted == Counts(5, 1)
    assert replace(stand(club), visited=True).bought(Counts(5, 1)).counted == Counts(5, 0)


YEARLY = revision("tiers", window="year", levels=LEVELS)


@pytest.mark.parametrize(
    ("now", "then", "back", "earlier", "key"),
    [
        (0, 500, 0, False, "gold"),  # reached last year, holds through this one
        (100, 500, 50, False, "gold"),  # this year's sale has nothing to do with it
        (0, 500, 1, True, "silver"),  # the sale of last year that made it gold
        (500, 500, 500, True, "gold"),  # reached in both
        (100, 0, 1, False, "bronze"),
    ],
)
def test_a_level_of_a_fixed_window_rests_on_this_one_and_the_one_before(
    now: int, then: int, back: int, earlier: bool, key: str
) -> None:
    standing = replace(stand(YEARLY, now), earlier=Counts(then))
    standing = replace(standing, held=standing.level.key if standing.level else None)
    level = standing.gave_back(Counts(back), earlier).level
    assert level is not None and level.key == key


@pytest.mark.parametrize(
    ("params", "field", "problem"),
    [
        ({"levels": [{"key": "a", "from": 5, "visit_days": 2}]}, "params.levels.0.visit_days", "not_here"),
        (
            {"joined": "all", "levels": [{"key": "a", "from": 5, "spend_minor": 2}]},
            "params.levels.0.spend_minor",
            "not_here",
        ),
        (
            {
                "joined": "all",
                "levels": [{"key": "a", "from": 5, "visit_days": 2}, {"key": "b", "from": 6}],
            },
            "params.levels.1.visit_days",
            "out_of_range",
        ),
        (
            {
                "joined": "any",
                "levels": [{"key": "a", "from": 5, "points": 2}, {"key": "b", "from": 6, "points": 1}],
            },
            "params.levels.1.points",
            "out_of_range",
        ),
        (
            {
                "joined": "any",
                "levels": [{"key": "a", "from": 5, "points": 2}, {"key": "b", "from": 5, "points": 3}],
            },
            "params.levels.1.from",
            "out_of_range",
        ),
        ({"window": "term", "levels": [{"key": "a", "from": 5}]}, "params.from_day", "missing"),
        (
            {"window": "term", "from_day": "2026-1-1", "levels": [{"key": "a", "from": 5}]},
            "params.from_day",
            "not_a_day",
        ),
        (
            {"window": "term", "from_day": "today", "levels": [{"key": "a", "from": 5}]},
            "params.from_day",
            "not_a_day",
        ),
        ({"from_day": "2026-01-01", "levels": [{"key": "a", "from": 5}]}, "params.from_day", "not_here"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    params: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision("tiers", **params)
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == (field, problem)


def test_a_level_that_need_not_name_what_the_one_below_does_is_reached_without_it() -> None:
    levels = [{"key": "a", "from": 5, "visit_days": 2}, {"key": "b", "from": 9}]
    club = revision("tiers", joined="any", levels=levels)
    level = at(club, 9).level
    assert level is not None and level.key == "b"
