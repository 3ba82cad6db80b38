"""When and for whom a programme counts: days and minima inclusive, hours to their last minute."""

from typing import Any

import pytest

from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.conditions import Buyer, Condition, Moment, Seen
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.kinds import read
from loyalty_pos.domain.trace import Facts
from loyalty_pos.domain.when import When, condition_of
from tests.domain.pieces import amount, basket, line


def why_not(
    when: dict[str, Any],
    *,
    kind: str | None = "individual",
    tier: str | None = None,
    away: dict[str, Facts] | None = None,
    day: str = "2026-11-21",
    weekday: str = "sat",
    at: str = "12:00",
    goods: Basket | None = None,
    seen: Seen | None = None,
) -> tuple[str, dict[str, Any]] | None:
    hour, minute = map(int, at.split(":"))
    moment = Moment(0, day, weekday, hour * 60 + minute)
    buyer = Buyer(kind, tier, away or {}, seen or Seen()) if kind else None
    reason = condition_of(read(When, when, "when")).why_not(buyer, moment, goods or basket(line(100)))
    return None if reason is None else (reason.code, dict(reason.facts))


@pytest.mark.parametrize(
    ("hours", "at", "inside"),
    [
        (["18:00-23:00"], "18:00", True),
        (["18:00-23:00"], "22:59", True),
        (["18:00-23:00"], "23:00", False),
        (["18:00-23:00"], "17:59", False),
        (["22:00-02:00"], "22:00", True),
        (["22:00-02:00"], "00:00", True),
        (["22:00-02:00"], "01:59", True),
        (["22:00-02:00"], "02:00", False),
        (["22:00-02:00"], "21:59", False),
        (["00:00-24:00"], "23:59", True),
        (["08:00-10:00", "16:00-18:00"], "17:00", True),
        (["08:00-10:00", "16:00-18:00"], "12:00", False),
    ],
)
def test_hours_include_their_first_minute_and_not_their_last_and_may_pass_midnight(
    hours: list[str], at: str, inside: bool
) -> None:
    assert why_not({"schedule": {"hours": hours}}, at=at) == (None if inside else ("other_hours", {}))


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-01-01", None), ("2026-01-31", None), ("2025-12-31", "not_yet"), ("2026-02-01", "ended")],
)
def test_the_first_and_the_last_day_are_included(day: str, code: str | None) -> None:
    reason = why_not({"schedule": {"from": "2026-01-01", "to": "2026-01-31"}}, day=day)
    assert (reason and reason[0]) == code


def test_only_the_chosen_weekdays_count() -> None:
    when = {"schedule": {"weekdays": ["fri", "thu"]}}
    assert why_not(when, weekday="fri") is None
    assert why_not(when, weekday="sat") == ("other_weekday", {})


def test_a_minimum_is_reached_by_equalling_it_and_says_what_is_missing() -> None:
    when = {"basket": {"min_minor": 100}}
    assert why_not(when, goods=basket(line(50, 2))) is None
    assert why_not(when, goods=basket(line(99))) == ("below_minimum", {"min_minor": 100, "missing_minor": 1})


def test_an_upper_end_of_the_bill_is_not_included_so_that_brackets_meet() -> None:
    when = {"basket": {"min_minor": 50, "below_minor": 100}}
    assert why_not(when, goods=basket(line(99))) is None
    assert why_not(when, goods=basket(line(100))) == ("not_below", {"below_minor": 100})
    assert why_not({"basket": {"below_minor": 1}}, goods=basket(line(0))) is None
    with pytest.raises(InvalidRequest) as caught:
        why_not({"basket": {"min_minor": 50, "below_minor": 50}})
    assert caught.value.facts["field"] == "when.basket.below_minor"


def test_goods_wanted_together_must_all_be_there_in_their_quantities() -> None:
    when = {"basket": {"all_of": [{"units": 2, "groups": ["tea"]}, {"units": 1, "skus": ["cup"]}]}}
    tea, cup = line(10, 2, group="tea"), line(10, sku="cup")
    assert why_not(when, goods=basket(tea, cup)) is None
    assert why_not(when, goods=basket(line(10, group="tea"), cup)) == (
        "not_all_there",
        {"part": 0, "missing": 1},
    )
    assert why_not(when, goods=basket(tea)) == ("not_all_there", {"part": 1, "missing": 1})
    assert why_not(when, goods=amount(500)) == ("needs_goods", {})


def test_goods_may_be_let_in_or_kept_out_by_group_and_by_sku() -> None:
    let_in = condition_of(read(When, {"basket": {"groups_in": ["tea"], "skus_in": ["cup"]}}, "when"))
    kept_out = condition_of(read(When, {"basket": {"groups_out": ["tea"], "skus_out": ["cup"]}}, "when"))
    for goods, named in ((line(1, group="tea"), True), (line(1, sku="cup"), True), (line(1), False)):
        assert (let_in.allows(goods), kept_out.allows(goods)) == (named, not named)


def test_a_minimum_counts_after_what_the_till_took_off() -> None:
    goods = basket(line(100, till_discount_minor=1))
    assert why_not({"basket": {"min_minor": 100}}, goods=goods) is not None


def test_a_minimum_counts_only_the_goods_it_names() -> None:
    when = {"basket": {"min_minor": 100, "count_groups": ["cake"], "count_skus": ["tea"]}}
    assert why_not(when, goods=basket(line(500))) is not None
    assert why_not(when, goods=basket(line(60, group="cake"), line(40, sku="tea"))) is None


def test_a_minimum_of_units_says_how_many_more() -> None:
    when = {"basket": {"min_quantity": 6}}
    assert why_not(when, goods=basket(line(1, 4))) == ("too_few", {"min_quantity": 6, "missing": 2})
    assert why_not(when, goods=basket(line(1, 4), line(1, 2))) is None


@pytest.mark.parametrize(
    ("audience", "kind", "code"),
    [
        ({}, None, "no_member"),
        ({"non_members": True}, None, None),
        ({"non_members": True}, "company", None),
        ({"member_kinds": ["company"]}, "individual", "other_member_kind"),
        ({"member_kinds": ["company"]}, "company", None),
        ({"member_kinds": ["company", "individual"]}, "individual", None),
    ],
)
def test_the_audience_decides_who(audience: dict[str, Any], kind: str | None, code: str | None) -> None:
    reason = why_not({"audience": audience}, kind=kind)
    assert (reason and reason[0]) == code


@pytest.mark.parametrize(
    ("chosen", "group", "allowed"),
    [
        ({}, "cake", True),
        ({}, None, True),
        ({"groups_in": ["cake"]}, "cake", True),
        ({"groups_in": ["cake"]}, "tea", False),
        ({"groups_in": ["cake"]}, None, False),
        ({"groups_out": ["cake"]}, "cake", False),
        ({"groups_out": ["cake"]}, None, True),
        ({"groups_in": ["cake", "tea"], "groups_out": ["tea"]}, "tea", False),
    ],
)
def test_groups_in_and_out_choose_the_goods_that_benefit(
    chosen: dict[str, list[str]], group: str | None, allowed: bool
) -> None:
    condition = condition_of(read(When, {"basket": chosen}, "when"))
    assert condition.allows(line(1, group=group)) is allowed


def money(missing_minor: int) -> Facts:
    return {"missing_minor": missing_minor}


@pytest.mark.parametrize(
    ("tier", "away", "reason"),
    [
        ("gold", {}, None),
        ("silver", {"gold": money(40)}, None),
        (
            "bronze",
            {"silver": money(40), "gold": money(90)},
            ("other_tier", {"tier": "silver", "missing_minor": 40}),
        ),
        (
            None,
            {"bronze": money(5), "silver": money(45), "gold": money(95)},
            ("other_tier", {"tier": "silver", "missing_minor": 45}),
        ),
        ("vip", {}, ("other_tier", {})),
    ],
)
def test_a_level_decides_who_and_the_nearest_wanted_one_says_what_is_missing(
    tier: str | None, away: dict[str, Facts], reason: Any
) -> None:
    assert why_not({"audience": {"tiers": ["gold", "silver"]}}, tier=tier, away=away) == reason


@pytest.mark.parametrize(
    ("audience", "seen", "reason"),
    [
        ({"segments": ["vip", "near"]}, Seen(segments=frozenset({"near", "old"})), None),
        ({"segments": ["vip"]}, Seen(segments=frozenset({"near"})), ("other_segment", {})),
        ({"birthday": "any"}, Seen(), None),
        ({"birthday": "month"}, Seen(birthday="month"), None),
        ({"birthday": "month"}, Seen(birthday="day"), None),
        ({"birthday": "month"}, Seen(), ("other_birthday", {})),
        ({"birthday": "day"}, Seen(birthday="day"), None),
        ({"birthday": "day"}, Seen(birthday="month"), ("other_birthday", {})),
        ({"visits_min": 3}, Seen(visit=3), None),
        ({"visits_min": 3}, Seen(visit=2), ("visits_missing", {"missing": 1})),
        ({"visits_max": 3}, Seen(visit=3), None),
        ({"visits_max": 3}, Seen(visit=4), ("visits_over", {"visit": 4})),
        ({"away_days_min": 30}, Seen(gap_days=30), None),
        ({"away_days_min": 30}, Seen(gap_days=29), ("away_too_short", {"gap_days": 29})),
        ({"away_days_min": 30}, Seen(), ("away_too_short", {})),
        ({"gap_days_max": 7}, Seen(gap_days=7), None),
        ({"gap_days_max": 0}, Seen(gap_days=0), None),
        ({"gap_days_max": 7}, Seen(gap_days=8), ("gap_too_long", {"gap_days": 8})),
        ({"gap_days_max": 7}, Seen(), ("gap_too_long", {})),
        ({"away_days_min": 3, "gap_days_max": 7}, Seen(gap_days=5), None),
    ],
)
def test_the_past_decides_who_with_its_ends_included(
    audience: dict[str, Any], seen: Seen, reason: Any
) -> None:
    assert why_not({"audience": audience}, seen=seen) == reason


@pytest.mark.parametrize(
    ("audience", "field", "problem"),
    [
        ({"visits_min": 3, "visits_max": 2}, "visits_max", "out_of_range"),
        ({"away_days_min": 8, "gap_days_max": 7}, "gap_days_max", "out_of_range"),
        ({"non_members": True, "segments": ["vip"]}, "non_members", "not_here"),
        ({"non_members": True, "birthday": "day"}, "non_members", "not_here"),
        ({"non_members": True, "visits_max": 1}, "non_members", "not_here"),
        ({"birthday": "week"}, "birthday", "not_a_choice"),
        ({"visits_min": 0}, "visits_min", "out_of_range"),
    ],
)
def test_a_past_nobody_can_have_is_refused_at_its_field(
    audience: dict[str, Any], field: str, problem: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        condition_of(read(When, {"audience": audience}, "when"))
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == (
        f"when.audience.{field}",
        problem,
    )


def test_one_of_the_chosen_occasions_is_enough() -> None:
    when = {"schedule": {"occasions": ["nowruz", "yalda"]}}
    assert why_not(when, day="2026-12-21") is None
    assert why_not(when, day="2026-03-21") is None
    assert why_not(when, day="2026-12-20") == ("other_occasion", {})


def test_who_is_told_before_when_and_when_before_how_much() -> None:
    condition = Condition(weekdays=frozenset({"fri"}), min_minor=1000)
    moment = Moment(0, "2026-11-21", "sat", 0)
    codes = [
        getattr(condition.why_not(buyer, moment, basket(line(1))), "code", None)
        for buyer in (None, Buyer("individual"))
    ]
    assert codes == ["no_member", "other_weekday"]
