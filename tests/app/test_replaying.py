"""Replays are quick by pricing alike sales once: what is alike, the shop's clock, and calling it off."""

from collections.abc import Callable
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loyalty_pos.app import drafted, replaying
from loyalty_pos.app.commands import AddToSegment
from loyalty_pos.app.pacing import EVERY, Pace
from loyalty_pos.app.queries_reports import Simulate
from loyalty_pos.app.replay_clock import Moments
from loyalty_pos.app.report_views import SimulationView
from loyalty_pos.domain.dates import local_time
from loyalty_pos.domain.errors import Rejection
from tests.app.test_simulate import FIRST, LAST, busy
from tests.shop import Shop, goods

CARD: dict[str, Any] = {"count": "units", "needed": 5}
FIRST_LEVEL: dict[str, Any] = {"key": "a", "name": "A", "from": 0}
LEVELS = [FIRST_LEVEL, {"key": "b", "name": "B", "from": 300_000, "discount_bp": 700}]
EVENINGS: dict[str, Any] = {"schedule": {"hours": ["17:00-02:00"], "weekdays": ["thu", "fri", "sat"]}}
BUDGET = {"per_member": 3, "budget_minor": 4_000}
AT_NIGHT = {"milli": 3_000, "when": EVENINGS}
BACK_SOON: dict[str, Any] = {"audience": {"gap_days_max": 2}}
DRAFTS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("stamp_card", {**CARD, "mode": "every_nth"}, {}),
    ("stamp_card", {**CARD, "mode": "every_nth"}, EVENINGS),
    ("stamp_card", {"count": "visit_days", "needed": 2, "mode": "after_n_paid"}, {}),
    ("percent_off", {"rate_bp": 1_000, "lane": "member"}, EVENINGS),
    ("percent_off", {"rate_bp": 1_000, "lane": "member"}, BACK_SOON),
    ("percent_off", {"rate_bp": 1_000, "lane": "member"}, {"limits": {"per_member_day": 1, "total": 9}}),
    ("amount_off", {"amount_minor": 700, "per": "bill"}, {"limits": BUDGET}),
    ("tiers", {"metric": "spend", "window_months": 1, "levels": LEVELS}, {}),
    ("tiers", {"metric": "visit_days", "window_months": 1, "levels": [FIRST_LEVEL]}, {}),
    ("points", {"step_minor": 1_000, "points_per_step": 1, "coefficients": [AT_NIGHT]}, {}),
    ("next_visit_voucher", {"rate_bp": 500, "expires": {"days": 30}}, {}),
]  # fmt: skip


@pytest.mark.parametrize(
    "draft", DRAFTS, ids=[f"{kind}-{number}" for number, (kind, _, _) in enumerate(DRAFTS)]
)
def test_pricing_alike_sales_once_changes_nothing(
    shop: Shop, draft: tuple[str, dict[str, Any], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(shop, seed=4, sales=40)
    kind, params, when = draft
    query = Simulate(kind=kind, params=params, when=when, from_=FIRST, to=LAST)
    quick = shop.service.ask(query)
    asked = _never_alike(monkeypatch)
    assert shop.service.ask(query) == quick
    assert asked and (quick.cost_minor > 0 or kind in ("points", "tiers"))


def _never_alike(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let every sale be priced for itself."""
    asked: list[object] = []

    class Forgetful(dict[Any, Any]):
        def get(self, key: object, default: object = None) -> Any:
            asked.append(key)
            return None

    once, walk = drafted.Once.__init__, drafted.Walk.__init__

    def new_once(self: Any, *given: Any) -> None:
        once(self, *given)
        self._known = Forgetful()

    def new_walk(self: Any, *given: Any) -> None:
        walk(self, *given)
        self._known = Forgetful()

    monkeypatch.setattr(drafted.Once, "__init__", new_once)
    monkeypatch.setattr(drafted.Walk, "__init__", new_walk)
    return asked


def test_what_is_remembered_of_sales_is_bounded_and_still_exact(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(shop, seed=5, sales=30)
    for params in (CARD, {**CARD, "mode": "every_nth"}):
        query = Simulate(kind="stamp_card", params={"mode": "after_n_paid", **params}, from_=FIRST, to=LAST)
        whole = shop.service.ask(query)
        with monkeypatch.context() as small:
            small.setattr(drafted, "MEMO_AT_MOST", 2)
            small.setattr(replaying, "MEMO_AT_MOST", 2)
            assert shop.service.ask(query) == whole


def test_a_segments_members_are_still_who_a_draft_is_for(shop: Shop) -> None:
    shop.publish("friends", "segment")
    for card in "AB":
        shop.enrol(card)
        shop.sell(None, goods("x", 10_000), member=card)
    shop.service.do(AddToSegment(segment="friends", members=("A",)))
    query = Simulate(
        kind="percent_off",
        params={"rate_bp": 1_000, "lane": "member"},
        when={"audience": {"segments": ["friends"]}},
        from_=FIRST,
        to=LAST,
    )
    view: SimulationView = shop.service.ask(query)
    assert (view.cost_minor, view.outcome.members) == (1_000, 1)


@pytest.mark.parametrize(
    "zone", ["Asia/Tehran", "Asia/Kathmandu", "Europe/Kyiv", "America/St_Johns", "Australia/Lord_Howe"]
)
@pytest.mark.parametrize("ends", [0, 4])
def test_the_replays_clock_says_what_the_shops_own_says(zone: str, ends: int) -> None:
    chance, at = Random(f"{zone}{ends}"), ZoneInfo(zone)
    moments = Moments(at, ends)
    changes = [1_774_746_000_000, 1_792_890_000_000, 1_775_318_400_000]  # about where clocks change in 2026
    for _ in range(1_500):
        near = chance.choice([*changes, chance.randrange(1_262_304_000_000, 1_900_000_000_000)])
        at_ms = near + chance.randrange(-172_800_000, 172_800_000)
        found = moments.of(at_ms)
        assert (found.business_day, found.weekday, found.minute) == local_time(at_ms, at, ends), at_ms


def watched(shop: Shop, tell: Callable[[int, int], bool], **more: Any) -> Any:
    query = Simulate(
        kind="spend_credit", params={"rate_bp": 500, "rounding_minor": 1}, from_=FIRST, to=LAST, **more
    )
    return shop.service.ask_watched(query, tell)


def test_a_simulation_says_how_far_it_is_and_ends_at_the_whole(shop: Shop) -> None:
    busy(shop, sales=12)
    heard: list[tuple[int, int]] = []

    def tell(done: int, whole: int) -> bool:
        heard.append((done, whole))
        return True

    watched(shop, tell)
    assert (heard[0], heard[-1]) == ((0, 12), (12, 12))
    watched(shop, tell, with_live=True)
    assert heard[-1] == (36, 36)
    shop.publish("back", "spend_credit", rate_bp=500, rounding_minor=1)
    watched(shop, tell)
    assert heard[-1] == (24, 24)


def test_a_simulation_called_off_ends_as_a_no_and_the_next_one_is_whole(shop: Shop) -> None:
    busy(shop, sales=12)
    before = shop.audit().figures
    with pytest.raises(Rejection) as caught:
        watched(shop, lambda done, whole: done == 0)
    assert caught.value.code == "stopped" and shop.audit().figures == before
    assert watched(shop, lambda done, whole: True).sales == 12


def test_who_watches_is_told_every_so_many_steps_and_at_the_end() -> None:
    heard: list[int] = []

    def tell(done: int, whole: int) -> bool:
        heard.append(done)
        return True

    pace = Pace(tell)
    pace.begin(EVERY + 3)
    assert list(pace.along(range(EVERY + 3))) == list(range(EVERY + 3))
    assert heard == [0, EVERY, EVERY + 3]
    assert list(Pace().along("ab")) == ["a", "b"]
