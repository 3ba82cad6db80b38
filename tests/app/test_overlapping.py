"""A draft names the live programmes it meets, and what comes of it."""

from typing import Any

import pytest

from loyalty_pos.app.queries_studio import Overlaps
from loyalty_pos.app.studio_views import OverlapsView
from tests.shop import Shop

OFF: dict[str, Any] = {"rate_bp": 1_000}
POINTS: dict[str, Any] = {"step_minor": 10_000}
CREDIT: dict[str, Any] = {"rate_bp": 200}
CARD: dict[str, Any] = {"needed": 5}
BIRTHDAY: dict[str, Any] = {"event": "birthday", "points": 5}
LEVELS: dict[str, Any] = {"levels": [{"key": "a", "name": "A", "from": 0, "discount_bp": 500}]}


def asked(shop: Shop, kind: str, params: dict[str, Any], **more: Any) -> OverlapsView:
    view: OverlapsView = shop.service.ask(Overlaps(kind=kind, params=params, **more))
    return view


def met(shop: Shop, kind: str, params: dict[str, Any], **more: Any) -> dict[str, str]:
    view = asked(shop, kind, params, **more)
    for one in view.overlaps:
        assert one.name in one.sentence.en and one.name in one.sentence.fa
    return {one.programme: one.how for one in view.overlaps}


@pytest.mark.parametrize(
    ("live", "draft", "how"),
    [
        (("percent_off", OFF), ("percent_off", OFF), "same_lane"),
        (("tiers", LEVELS), ("percent_off", OFF), "same_lane"),
        (
            ("contract", {"months": 6, "promised_visits": 9, "discount_bp": 5}),
            ("percent_off", OFF),
            "same_lane",
        ),
        (("percent_off", OFF), ("percent_off", {**OFF, "lane": "code"}), "discounts_add_up"),
        (("amount_off", {"amount_minor": 9}), ("amount_off", {"amount_minor": 8}), "same_lane"),
        (
            ("amount_off", {"amount_minor": 9, "by_code": True}),
            ("amount_off", {"amount_minor": 8}),
            "discounts_add_up",
        ),
        (("points", POINTS), ("percent_off", OFF), "earns_on_rest"),
        (("percent_off", OFF), ("points", POINTS), "earns_on_rest"),
        (("stamp_card", CARD), ("percent_off", OFF), None),
        (("stamp_card", CARD), ("spend_credit", CREDIT), "earns_on_rest"),
        (("spend_credit", CREDIT), ("stamp_card", CARD), "earns_on_rest"),
        (("points", POINTS), ("spend_credit", CREDIT), None),
        (("points", POINTS), ("points", POINTS), "both_earn"),
        (("stamp_card", CARD), ("stamp_card", {"needed": 8}), "both_earn"),
        (("event_gift", BIRTHDAY), ("event_gift", {**BIRTHDAY, "points": 9}), "same_event"),
        (("event_gift", BIRTHDAY), ("event_gift", {"event": "join", "points": 9}), None),
        (("event_gift", BIRTHDAY), ("points", POINTS), None),
        (("challenge", {"times": 3, "count": "weeks"}), ("challenge", {"times": 4, "count": "weeks"}), None),
        (("vip", {"fee_minor": 9, "term_months": 1}), ("percent_off", OFF), None),
        (("warranty", {"months": 6, "groups": ["tv"]}), ("percent_off", OFF), None),
    ],
    ids=str,
)
def test_two_programmes_meet_as_their_rules_say(
    shop: Shop, live: tuple[str, dict[str, Any]], draft: tuple[str, dict[str, Any]], how: str | None
) -> None:
    shop.publish("live", live[0], **live[1])
    view = asked(shop, *draft)
    assert [one.how for one in view.overlaps] == ([] if how is None else [how])
    for one in view.overlaps:
        assert "live" in one.sentence.en and "live" in one.sentence.fa


def test_the_sentence_says_who_earns_on_the_rest(shop: Shop) -> None:
    shop.publish("card", "stamp_card", **CARD)
    shop.publish("points", "points", **POINTS)
    (said,) = asked(shop, "spend_credit", CREDIT).overlaps
    assert said.sentence.en.startswith("Earns on what is paid")
    (said,) = asked(shop, "stamp_card", {"needed": 9}, when={"stacking": {"group": "x"}}).overlaps[1:]
    assert "points" in said.sentence.en and "this one" in said.sentence.en


def test_its_older_self_and_the_club_it_replaces_are_no_overlap(shop: Shop) -> None:
    shop.publish("off", "percent_off", **OFF)
    shop.publish("club", "tiers", **LEVELS)
    assert met(shop, "percent_off", OFF, key="off") == {"club": "same_lane"}
    assert met(shop, "tiers", LEVELS) == {"off": "same_lane"}


@pytest.mark.parametrize("draft_says", [True, False])
def test_what_excludes_each_other_is_said_whoever_says_so(shop: Shop, draft_says: bool) -> None:
    alone = {"stacking": {"alone": True}}
    shop.publish("off", "percent_off", when=None if draft_says else alone, **OFF)
    view = asked(shop, "percent_off", OFF, when=alone if draft_says else {})
    assert [one.how for one in view.overlaps] == ["alone"]
    assert view.overlaps[0].sentence.en.startswith("Stands alone") is draft_says
    never = {"stacking": {"not_with": ["off"]}}
    assert met(shop, "points", POINTS, when=never) == {"off": "never_together"}
    shop.publish("off", "percent_off", when={"stacking": {"not_with": ["mine"]}}, **OFF)
    shop.publish("mine", "points", **POINTS)
    assert met(shop, "points", POINTS, key="mine") == {"off": "never_together"}


def test_programmes_of_one_group_share_their_lines(shop: Shop) -> None:
    group = {"stacking": {"group": "coffee"}}
    shop.publish("points", "points", when=group, **POINTS)
    assert met(shop, "spend_credit", CREDIT, when=group) == {"points": "same_lines"}


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        ({"schedule": {"to": "2026-01-31"}}, {"schedule": {"from": "2026-02-01"}}, False),
        ({"schedule": {"to": "2026-02-01"}}, {"schedule": {"from": "2026-02-01"}}, True),
        ({"schedule": {"weekdays": ["sat"]}}, {"schedule": {"weekdays": ["sun"]}}, False),
        ({"schedule": {"weekdays": ["sat", "sun"]}}, {"schedule": {"weekdays": ["sun"]}}, True),
        ({"schedule": {"hours": ["07:00-10:00"]}}, {"schedule": {"hours": ["10:00-12:00"]}}, False),
        ({"schedule": {"hours": ["22:00-02:00"]}}, {"schedule": {"hours": ["01:00-03:00"]}}, True),
        ({"schedule": {"hours": ["22:00-02:00"]}}, {"schedule": {"hours": ["02:00-22:00"]}}, False),
        ({"schedule": {"hours": ["22:00-02:00"]}}, {}, True),
        ({"schedule": {"occasions": ["yalda"]}}, {"schedule": {"occasions": ["nowruz"]}}, False),
        ({"audience": {"member_kinds": ["company"]}}, {"audience": {"member_kinds": ["individual"]}}, False),
        ({"audience": {"tiers": ["a"]}}, {"audience": {"tiers": ["b"]}}, False),
        ({"basket": {"groups_in": ["tea"]}}, {"basket": {"groups_in": ["cake"]}}, False),
        ({"basket": {"groups_in": ["tea"]}}, {"basket": {"skus_in": ["green"]}}, True),
        ({"basket": {"groups_in": ["cake"]}}, {"basket": {"skus_in": ["green"]}}, False),
        ({"basket": {"skus_in": ["black"]}}, {"basket": {"groups_out": ["tea"]}}, True),
        ({"basket": {"groups_in": ["tea"]}}, {"basket": {"groups_out": ["tea"]}}, False),
    ],
    ids=str,
)
def test_they_meet_only_on_the_same_goods_at_the_same_time_for_the_same_people(
    shop: Shop, one: dict[str, Any], two: dict[str, Any], meet: bool
) -> None:
    shop.product("green", 100, "tea")
    shop.publish("live", "percent_off", when=one, **OFF)
    assert bool(met(shop, "percent_off", OFF, when=two)) is meet
