"""Trying a draft on past sales: the same as the ledger where it runs already, and nothing posted."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from loyalty_pos.app.commands import (
    AddToSegment,
    AttachMember,
    ImportSale,
    IssueCodes,
    IssueGiftCard,
    SaleLine,
)
from loyalty_pos.app.queries_reports import Simulate
from loyalty_pos.app.report_views import SimulationView
from loyalty_pos.domain.errors import Rejection
from tests.shop import Shop, goods, raw

FIRST, LAST = "2026-11-01", "2027-12-31"
FIFTH: dict[str, Any] = {"count": "units", "needed": 5, "mode": "after_n_paid"}
THURSDAY: dict[str, Any] = {"schedule": {"weekdays": ["thu"]}}


def tried(
    shop: Shop,
    kind: str,
    when: dict[str, Any] | None = None,
    first: str = FIRST,
    last: str = LAST,
    **more: Any,
) -> SimulationView:
    options = {name: more.pop(name) for name in ("with_live", "margin_bp", "key") if name in more}
    query = Simulate(kind=kind, params=more, when=when or {}, from_=first, to=last, **options)
    before = shop.audit().figures
    view: SimulationView = shop.service.ask(query)
    assert shop.audit().figures == before
    return view


def ledger(shop: Shop, unit: str) -> int:
    """What sales added to the accounts of a unit."""
    sql = (
        "SELECT ifnull(sum(e.amount), 0) FROM entry e JOIN account a ON a.id = e.account"
        " JOIN posting p ON p.seq = e.posting WHERE a.unit = ? AND e.kind = 'accrual'"
        " AND p.kind IN ('sale', 'attach')"
    )
    ((found,),) = raw(shop.path).execute(sql, (unit,))
    return int(found)


def off(shop: Shop, key: str) -> int:
    """What sales took off for a programme."""
    sql = (
        "SELECT ifnull(sum(t.value ->> 4), 0) FROM posting p, json_each(p.record, '$.took') t"
        " JOIN revision r ON r.id = t.value ->> 1 JOIN programme g ON g.id = r.programme"
        " WHERE p.kind = 'sale' AND g.key = ?"
    )
    ((found,),) = raw(shop.path).execute(sql, (key,))
    return int(found)


def busy(shop: Shop, seed: int = 1, sales: int = 60) -> None:
    """Let four members and others buy; they use what they have."""
    chance = Random(seed)
    for card in "ABCD":
        shop.enrol(card)
    for _ in range(sales):
        shop.clock.on(hours=chance.randrange(3, 30))
        buyer = chance.choice([*"ABCD", None])
        lines = [goods("x", chance.randrange(1, 90) * 1_000, chance.randrange(1, 4)) for _ in range(2)]
        use: dict[str, Any] = {}
        if buyer is not None and chance.random() < 0.4:
            use["credit_minor"] = min(shop.member(buyer).credit_minor, 3_000) or None
        shop.sell(None, *lines, member=buyer, **use)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = Shop(tmp_path_factory.mktemp("live") / "s.db")
    levels = [
        {"key": "bronze", "name": "B", "from": 0},
        {"key": "gold", "name": "G", "from": 900_000, "discount_bp": 500},
    ]
    shop.publish("club", "tiers", metric="spend", window_months=1, levels=levels)
    shop.publish("drinks", "stamp_card", **FIFTH)
    shop.publish("back", "spend_credit", rate_bp=500, rounding_minor=1)
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, coefficients=[
        {"milli": 2_000, "when": THURSDAY},
    ])  # fmt: skip
    shop.publish("thu", "percent_off", THURSDAY, rate_bp=1_000, lane="member")
    shop.publish("visits", "stamp_card", count="visit_days", needed=3, mode="after_n_paid")
    shop.publish("few", "amount_off", {"limits": {"per_member": 2, "total": 5}}, amount_minor=500, per="bill")
    busy(shop)
    yield shop
    shop.close()


@pytest.mark.parametrize("first", [FIRST, "2026-12-10"])
def test_what_is_live_gives_to_the_unit_what_the_ledger_has(live: Shop, first: str) -> None:
    def since(unit: str) -> int:
        sql = (
            "SELECT ifnull(sum(e.amount), 0) FROM entry e JOIN account a ON a.id = e.account"
            " JOIN posting p ON p.seq = e.posting WHERE a.unit = ? AND e.kind = 'accrual'"
            " AND p.business_day >= ?"
        )
        ((found,),) = raw(live.path).execute(sql, (unit, first))
        return int(found)

    credit = tried(live, "spend_credit", first=first, rate_bp=500, rounding_minor=1)
    assert (credit.live, credit.outcome.credit_minor) == (True, since("credit"))
    assert credit.cost_minor == credit.outcome.credit_minor > 0
    drinks = tried(live, "stamp_card", first=first, **FIFTH)
    visits = tried(live, "stamp_card", first=first, count="visit_days", needed=3, mode="after_n_paid")
    assert drinks.rewards + visits.rewards == since("reward") > 0
    weights = [{"milli": 2_000, "when": THURSDAY}]
    points = tried(live, "points", first=first, step_minor=1_000, points_per_step=1, coefficients=weights)
    assert points.outcome.points == since("points") > 0


def test_a_club_for_companies_alone_says_nothing_about_people(shop: Shop) -> None:
    levels = [{"key": "one", "name": "One", "from": 0, "discount_bp": 1_000}]
    only = {"audience": {"member_kinds": ["company"]}}
    shop.publish("club", "tiers", only, metric="spend", window_months=1, levels=levels)
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    shop.enrol("B", member_kind="company")
    for card in ("A", "B", None):
        shop.sell(None, goods("x", 10_000), member=card)
    club = tried(shop, "tiers", only, metric="spend", window_months=1, levels=levels)
    assert (club.live, club.cost_minor, club.outcome.members) == (True, 1_000, 1)
    draft = tried(shop, "tiers", only, metric="spend", window_months=2, levels=levels)
    assert (draft.live, draft.cost_minor) == (False, 1_000)


def test_live_discounts_give_what_they_took(live: Shop) -> None:
    thursday = tried(live, "percent_off", THURSDAY, rate_bp=1_000, lane="member")
    assert (thursday.live, thursday.outcome.discount_minor) == (True, off(live, "thu"))
    limits = {"limits": {"per_member": 2, "total": 5}}
    few = tried(live, "amount_off", limits, amount_minor=500, per="bill")
    assert (few.live, few.cost_minor) == (True, off(live, "few"))


def test_a_draft_beside_the_live_ones_says_what_both_would_have_cost(live: Shop) -> None:
    more = tried(live, "points", {}, with_live=True, step_minor=500, points_per_step=1, key="points")
    assert more.with_live_cost_minor is not None and more.live_cost_minor is not None
    assert more.live is False
    happy = tried(live, "percent_off", {}, with_live=True, rate_bp=3_000, lane="member")
    assert happy.with_live_cost_minor is not None and happy.live_cost_minor is not None
    assert happy.with_live_cost_minor > happy.live_cost_minor


def test_a_new_club_takes_the_place_of_the_old_one(live: Shop) -> None:
    levels = [{"key": "one", "name": "One", "from": 0, "discount_bp": 2_000}]
    club = tried(live, "tiers", {}, with_live=True, metric="spend", window_months=1, levels=levels)
    assert club.outcome.discount_minor > off(live, "club")
    assert club.with_live_cost_minor is not None and club.live_cost_minor is not None
    assert club.with_live_cost_minor > club.live_cost_minor


def test_five_paid_one_free_owes_one_for_every_five(shop: Shop) -> None:
    for card, units in (("A", 12), ("B", 4), ("C", 5)):
        shop.enrol(card)
        for _ in range(units):
            shop.clock.on(hours=5)
            shop.sell(None, goods("x", 1_000), member=card)
    view = tried(shop, "stamp_card", **FIFTH)
    assert (view.rewards, view.outcome.members, view.outcome.purchases) == (3, 2, 3)
    assert view.cost_minor == 3 * 1_000
    assert (view.less_cost_minor, view.more_cost_minor) == (2_000, 4_000)
    nth = tried(shop, "stamp_card", count="units", needed=5, mode="every_nth")
    assert (nth.rewards, nth.cost_minor) == (3, 3_000)


def test_credit_alone_is_the_rate_of_what_members_bought(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(None, goods("x", 100_000))
    shop.sell(50_000, member=None)
    view = tried(shop, "spend_credit", rate_bp=1_000, rounding_minor=1)
    assert (view.sales, view.sales_minor, view.member_sales_minor) == (2, 150_000, 100_000)
    assert (view.cost_minor, view.cost_bp) == (10_000, 666)
    assert (view.winners, view.losers) == (1, 0)
    assert (view.basket_minor, view.breakeven_visits, view.margin_known) == (100_000, 1, False)


def test_a_margin_is_given_or_follows_from_the_goods(shop: Shop) -> None:
    shop.product("tea", 10_000, cost_minor=6_000)
    shop.enrol("A")
    for _ in range(10):
        shop.clock.on(hours=5)
        shop.sell(None, SaleLine(sku="tea"))
    known = tried(shop, "spend_credit", rate_bp=1_000, rounding_minor=1)
    assert (known.margin_bp, known.margin_known, known.breakeven_visits) == (4_000, True, 3)
    given = tried(shop, "spend_credit", rate_bp=1_000, rounding_minor=1, margin_bp=2_500)
    assert (given.margin_bp, given.breakeven_visits, given.breakeven_bp) == (2_500, 4, 4_000)


def test_winners_and_losers_are_counted_against_what_runs_now(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    for card, name in (("A", "Sara"), ("B", "Leila")):
        shop.enrol(card, name=name)
    shop.sell(None, goods("x", 10_000, 9), member="A")
    shop.sell(None, goods("x", 10_000), member="B")
    view = tried(shop, "stamp_card", count="units", needed=9, mode="after_n_paid")
    assert (view.winners, view.losers) == (1, 1)
    assert [(one.name, one.gained_minor) for one in view.top_winners] == [("Sara", 1_000)]
    assert [(one.name, one.gained_minor) for one in view.top_losers] == [("Leila", -1_000)]


def test_a_capped_reward_costs_its_cap_at_most(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000, 5))
    assert tried(shop, "stamp_card", **FIFTH, reward={"value_cap_minor": 4_000}).cost_minor == 4_000


def test_points_cost_what_the_draft_or_the_shop_says(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000))
    plain: dict[str, Any] = {"step_minor": 1_000, "points_per_step": 1}
    assert tried(shop, "points", **plain).cost_minor == 0
    priced = tried(shop, "points", **plain, point_value_minor=50)
    assert (priced.outcome.points, priced.outcome.points_minor, priced.cost_minor) == (10, 500, 500)


def test_a_voucher_costs_its_worth(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(None, goods("x", 100_000))
    view = tried(shop, "next_visit_voucher", rate_bp=1_000, expires={"days": 30})
    assert (view.cost_minor, view.outcome.rewards_minor, view.rewards) == (10_000, 10_000, 0)


def test_a_discount_for_everybody_reaches_people_without_a_card(shop: Shop) -> None:
    shop.sell(None, goods("x", 100_000), member=None)
    everybody = {"audience": {"non_members": True}}
    view = tried(shop, "percent_off", everybody, rate_bp=1_000, lane="member")
    assert (view.cost_minor, view.outcome.members, view.outcome.purchases) == (10_000, 0, 1)
    assert (view.basket_minor, view.breakeven_visits) == (0, None)


def test_levels_of_the_shop_rate_a_draft_that_asks_for_them(live: Shop) -> None:
    gold = tried(live, "percent_off", {"audience": {"tiers": ["gold"]}}, rate_bp=1_000, lane="member")
    all_of_them = tried(live, "percent_off", rate_bp=1_000, lane="member")
    assert 0 < gold.cost_minor < all_of_them.cost_minor


def test_a_draft_may_ask_about_the_past(shop: Shop) -> None:
    shop.enrol("A", birthday="1990-11-22")
    shop.enrol("B")
    for hours in (1, 24, 24 * 10):
        shop.clock.on(hours=hours)
        shop.sell(None, goods("x", 10_000))
        shop.sell(None, goods("x", 10_000), member="B")

    def cost(**audience: Any) -> int:
        return tried(shop, "percent_off", {"audience": audience}, rate_bp=1_000, lane="member").cost_minor

    assert cost(visits_min=3) == 2_000
    assert cost(away_days_min=5) == 2_000
    assert cost(birthday="month") == 2_000
    assert cost(birthday="day") == 1_000
    assert (
        tried(
            shop, "percent_off", {"audience": {"visits_min": 3}}, "2026-12-01", rate_bp=1_000, lane="member"
        ).cost_minor
        == 2_000
    )


def test_a_draft_may_ask_for_a_segment(shop: Shop) -> None:
    shop.publish("friends", "segment")
    shop.enrol("A")
    shop.enrol("B")
    shop.service.do(AddToSegment(segment="friends", members=("A",)))
    for card in "ABAB":
        shop.clock.on(hours=24)
        shop.sell(None, goods("x", 10_000), member=card)
    when = {"audience": {"segments": ["friends"]}}
    assert tried(shop, "percent_off", when, rate_bp=1_000, lane="member").cost_minor == 2_000
    assert tried(shop, "stamp_card", when, count="visit_days", needed=2, mode="after_n_paid").rewards == 1


def test_limits_of_a_draft_hold_in_its_replay(shop: Shop) -> None:
    for card in "AB":
        shop.enrol(card)
    for hours in (1, 1, 30):
        shop.clock.on(hours=hours)
        for buyer in ("A", "B", None):
            shop.sell(None, goods("x", 10_000), member=buyer)

    def purchases(*, everybody: bool = False, **limits: int) -> int:
        when = {"limits": limits, "audience": {"non_members": everybody}}
        return tried(shop, "percent_off", when, rate_bp=1_000, lane="member").outcome.purchases

    assert purchases(total=4, everybody=True) == 4
    assert purchases(per_member=1) == 2
    assert purchases(per_member_day=1) == 4
    assert purchases(budget_minor=2_500) == 3


def test_codes_cards_rewards_and_benefits_are_used_as_they_were(shop: Shop) -> None:
    shop.publish("spring", "percent_off", rate_bp=1_000, lane="code")
    shop.publish("cup", "stamp_card", count="units", needed=2, mode="after_n_paid", amount_mode_default=1,
                 amount_mode_value_minor=5_000)  # fmt: skip
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=10)
    shop.publish("buy", "percent_off", rate_bp=2_000, lane="member", price_points=5)
    code = shop.service.do(IssueCodes(posting_id="c", programme="spring", count=1)).codes[0].code
    card = shop.service.do(IssueGiftCard(posting_id="g", face_minor=30_000)).codes[0].code
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000, 2))
    shop.clock.on(hours=5)
    shop.sell(None, goods("x", 10_000), decline=("cup",))
    shop.clock.on(hours=5)
    shop.sell(None, goods("x", 10_000), goods("y", 8_000), codes=(code,), gift_cards=(card,), accept=("buy",))
    shop.clock.on(hours=5)
    shop.sell(20_000, counts={"cup": 2})
    shop.clock.on(hours=5)
    shop.sell(9_000, points=10)
    later = shop.sell(7_000, member=None, counts={"cup": 3})
    shop.service.do(AttachMember(sale_id=str(later.sale_id), member="A"))
    view = tried(shop, "points", step_minor=1_000, points_per_step=1, point_value_minor=10)
    assert (view.live, view.outcome.points) == (True, ledger(shop, "points"))
    cup = tried(shop, "stamp_card", count="units", needed=2, mode="after_n_paid", amount_mode_default=1,
                amount_mode_value_minor=5_000)  # fmt: skip
    assert (cup.live, cup.rewards) == (True, ledger(shop, "reward"))


def test_what_people_without_a_card_use_up_counts_in_the_replay(shop: Shop) -> None:
    when = {"limits": {"total": 2}, "audience": {"non_members": True}}
    shop.publish("few", "amount_off", when, amount_minor=500, per="bill")
    shop.enrol("A")
    for card in (None, "A", None):
        shop.clock.on(hours=5)
        shop.sell(None, goods("x", 10_000), member=card)
    few = tried(shop, "amount_off", when, amount_minor=500, per="bill")
    assert (few.live, few.cost_minor, few.outcome.members) == (True, off(shop, "few"), 1)


def test_imported_sales_are_tried_too(shop: Shop) -> None:
    shop.publish("thu", "percent_off", rate_bp=1_000, lane="member")
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    line = SaleLine(text="x", unit_price_minor=10_000)
    shop.service.do(ImportSale(sale_id="i", member="A", lines=(line,), at_ms=shop.clock.ms - 86_400_000))
    view = tried(shop, "spend_credit", rate_bp=1_000, rounding_minor=1)
    assert (view.live, view.outcome.credit_minor) == (True, ledger(shop, "credit"))
    assert tried(shop, "percent_off", rate_bp=2_000, lane="member").cost_minor == 2_000


def test_voided_sales_are_not_replayed(shop: Shop) -> None:
    shop.enrol("A")
    shop.void(shop.sell(None, goods("x", 10_000)))
    assert tried(shop, "spend_credit", rate_bp=1_000, rounding_minor=1).sales == 0


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("segment", {}),
        ("percent_off", {"rate_bp": 100, "lane": "code"}),
        ("percent_off", {"rate_bp": 100, "lane": "member", "price_points": 5}),
    ],
)
def test_what_sales_alone_do_not_decide_cannot_be_tried(
    shop: Shop, kind: str, params: dict[str, Any]
) -> None:
    with pytest.raises(Rejection) as no:
        tried(shop, kind, **params)
    assert no.value.code == "not_simulated"


def test_days_must_be_days_in_their_order(shop: Shop) -> None:
    with shop.refuses_field("from", "not_a_day"):
        tried(shop, "spend_credit", first="soon", rate_bp=100)
    with shop.refuses_field("to", "ends_before_it_starts"):
        tried(shop, "spend_credit", last="2020-01-01", rate_bp=100)


def test_many_kinds_of_baskets_are_forgotten_and_priced_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loyalty_pos.app.replaying.MEMO_AT_MOST", 2)
    shop.enrol("A")
    for price in (10_000, 20_000, 30_000, 10_000):
        shop.clock.on(hours=5)
        shop.sell(None, goods("x", price))
    assert tried(shop, "spend_credit", rate_bp=1_000, rounding_minor=1).cost_minor == 7_000


def test_priced_once_or_sale_by_sale_comes_to_the_same(live: Shop) -> None:
    asked: dict[str, Any] = {"rate_bp": 700, "rounding_minor": 1}
    once = tried(live, "spend_credit", **asked)
    every_day = {"schedule": {"weekdays": ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]}}
    assert tried(live, "spend_credit", every_day, **asked).outcome == once.outcome


def test_an_empty_shop_has_nothing_to_replay(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "s.db")
    view = tried(shop, "stamp_card", **FIFTH)
    assert (view.sales, view.cost_minor, view.breakeven_visits) == (0, 0, None)
    shop.close()
