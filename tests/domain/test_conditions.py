"""When and for whom a programme counts: days and minima inclusive, hours to their last minute."""

from typing import Any

import pytest

from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.conditions import Buyer, Condition, Moment
from loyalty_pos.domain.kinds import read
from loyalty_pos.domain.when import When, condition_of
from tests.domain.pieces import basket, line


def why_not(
    when: dict[str, Any],
    *,
    kind: str | None = "individual",
    tier: str | None = None,
    away: dict[str, int] | None = None,
    day: str = "2026-11-21",
    weekday: str = "sat",
    at: str = "12:00",
    goods: Basket | None = None,
) -> tuple[str, dict[str, Any]] | None:
    hour, minute = map(int, at.split(":"))
    moment = Moment(0, day, weekday, hour * 60 + minute)
    buyer = Buyer(kind, tier, away or {}) if kind else None
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


@pytest.mark.parametrize(
    ("tier", "away", "reason"),
    [
        ("gold", {}, None),
        ("silver", {"gold": 40}, None),
        ("bronze", {"silver": 40, "gold": 90}, ("other_tier", {"tier": "silver", "missing_minor": 40})),
        (
            None,
            {"bronze": 5, "silver": 45, "gold": 95},
            ("other_tier", {"tier": "silver", "missing_minor": 45}),
        ),
        ("vip", {}, ("other_tier", {})),
    ],
)
def test_a_level_decides_who_and_the_nearest_wanted_one_says_what_is_missing(
    tier: str | None, away: dict[str, int], reason: Any
) -> None:
    assert why_not({"audience": {"tiers": ["gold", "silver"]}}, tier=tier, away=away) == reason


def test_who_is_told_before_when_and_when_before_how_much() -> None:
    condition = Condition(weekdays=frozenset({"fri"}), min_minor=1000)
    moment = Moment(0, "2026-11-21", "sat", 0)
    codes = [
        getattr(condition.why_not(buyer, moment, basket(line(1))), "code", None)
        for buyer in (None, Buyer("individual"))
    ]
    assert codes == ["no_member", "other_weekday"]
