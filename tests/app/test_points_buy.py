"""Benefits that cost points: never taken unasked, paid only when they win, given back with the sale (P18)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.app import commands as c
from loyalty_pos.app.queries import DraftProgramme
from loyalty_pos.app.views import SaleView, TraceView
from loyalty_pos.domain.basket import Line
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.ledger import POINTS
from loyalty_pos.domain.quote import Quote
from tests.domain.pieces import basket, line, lot, member, nobody, priced, revision
from tests.shop import Shop, T, item


@pytest.fixture
def club(shop: Shop) -> Shop:
    shop.enrol("A")
    shop.product("cake", 60_000 * T, "cakes")
    shop.product("tea", 40_000 * T, "drinks")
    shop.publish("club", "points", step_minor=1_000 * T, point_value_minor=100 * T)
    shop.publish("treat", "percent_off", rate_bp=3000, groups=["cakes"], price_points=200)
    return shop


def told(sale: SaleView, key: str = "treat") -> TraceView:
    return next(line for line in sale.trace if line.programme == key)


def test_too_few_points_are_said_before_and_refused_when_asked_for_all_the_same(club: Shop) -> None:
    club.sell(150_000 * T)
    sale = club.quote(None, item("cake"))
    assert (told(sale).code, told(sale).declinable) == ("points_short", False)
    assert told(sale).short.en == "50 points are missing"
    with club.refuses("not_enough_points", asked=200, have=150):
        club.sell(None, item("cake"), accept=("treat",))
    lenient = club.sell(None, item("cake"), accept=("treat",), lenient=True)
    assert (lenient.due_minor, told(lenient).code) == (60_000 * T, "points_short")
    club.proved()


def test_without_its_goods_nothing_is_offered_and_nothing_is_taken(club: Shop) -> None:
    club.sell(300_000 * T)
    sale = club.sell(None, item("tea"), accept=("treat",))
    assert (told(sale).code, sale.points_given, sale.due_minor) == ("no_eligible_goods", 0, 40_000 * T)
    assert club.member().points == 340
    club.proved()


def test_a_better_benefit_leaves_the_points_alone(club: Shop) -> None:
    club.sell(300_000 * T)
    club.publish("half", "percent_off", rate_bp=5000)
    sale = club.sell(None, item("cake"), accept=("treat",))
    assert (sale.due_minor, sale.points_given) == (30_000 * T, 0)
    assert told(sale).code == "better_benefit"
    assert club.member().points == 330
    club.proved()


def test_who_declines_keeps_the_points_even_when_both_were_said(club: Shop) -> None:
    club.sell(300_000 * T)
    sale = club.sell(None, item("cake"), accept=("treat",), decline=("treat",))
    assert (told(sale).code, sale.points_given) == ("declined", 0)


def test_what_points_buy_and_what_points_pay_share_one_purse(club: Shop) -> None:
    club.sell(300_000 * T)
    with club.refuses("not_enough_points", asked=150, have=100):
        club.sell(None, item("cake"), accept=("treat",), points=150)
    sale = club.sell(None, item("cake"), accept=("treat",), points=100)
    assert (sale.due_minor, sale.points_given, sale.paid_by.points_minor) == (32_000 * T, 200, 10_000 * T)
    assert club.void(sale).to_points == 300
    assert club.member().points == 300
    club.proved()


def test_a_stale_quote_is_refused_when_the_points_have_gone_elsewhere(club: Shop) -> None:
    club.sell(300_000 * T)
    asked = club.quote(None, item("cake"), accept=("treat",))
    club.publish("mug", "prize", what="mug", price_points=50)
    club.service.do(c.ClaimReward(posting_id="c", member="A", programme="mug"))
    with club.refuses("stale_quote"):
        club.sell(None, item("cake"), accept=("treat",), fingerprint=asked.fingerprint)


def test_a_sale_on_hold_reserves_the_points_and_remembers_what_they_were_for(club: Shop) -> None:
    club.sell(300_000 * T)
    use = c.Use(accept=("treat",))
    view = club.service.do(c.HoldSale(posting_id="h", member="A", lines=(item("cake"),), use=use))
    assert view.reserved_points == 200
    with club.refuses("not_enough_points", have=100):
        club.sell(None, item("cake"), accept=("treat",))
    back = club.service.do(c.ResumeSale(posting_id="r", hold="h"))
    assert back.request.use == use
    assert club.sell(None, item("cake"), accept=("treat",)).points_given == 200


def test_a_benefit_used_up_by_its_limit_takes_no_points(club: Shop) -> None:
    limits = {"limits": {"per_member": 1}}
    club.publish("treat", "percent_off", limits, rate_bp=3000, groups=["cakes"], price_points=200)
    club.sell(600_000 * T)
    assert club.sell(None, item("cake"), accept=("treat",)).points_given == 200
    again = club.sell(None, item("cake"), accept=("treat",))
    assert (told(again).code, again.points_given) == ("limit_member", 0)
    club.proved()


def test_who_owes_points_gives_none(club: Shop) -> None:
    first = club.sell(300_000 * T)
    club.sell(None, item("cake"), accept=("treat",))
    club.void(first)
    assert told(club.quote(None, item("cake"))).short.en == "points are owed first"
    with club.refuses("owes", unit="points"):
        club.quote(None, item("cake"), accept=("treat",))
    with club.refuses("no_member_to_use"):
        club.quote(None, item("cake"), accept=("treat",), member=None)
    with club.refuses("unknown_programme"):
        club.quote(None, item("cake"), accept=("feast",))


@pytest.mark.parametrize(
    ("params", "when", "field"),
    [
        ({"rate_bp": 1, "lane": "code", "price_points": 5}, {}, "params.price_points"),
        ({"rate_bp": 1, "price_points": 5}, {"audience": {"non_members": True}}, "when.audience.non_members"),
    ],
)
def test_a_price_in_points_needs_a_member_and_no_code(
    club: Shop, params: dict[str, int], when: dict[str, dict[str, bool]], field: str
) -> None:
    with club.refuses_field(field):
        club.publish("other", "percent_off", when, **params)
    asked = DraftProgramme(kind="percent_off", name="x", params=dict(params), when=dict(when))
    draft = club.service.ask(asked)
    assert [problem.field for problem in draft.problems] == [field]


def rich(points: int) -> dict[str, object]:
    return {"who": member(lot(1, POINTS, points))}


def spent(done: Quote) -> int:
    return -sum(move.amount for move in done.book.movements if move.kind == "redemption")


def test_an_amount_off_that_points_buy_counts_beside_the_automatic_one() -> None:
    live = [
        revision("amount_off", 1, amount_minor=30),
        revision("amount_off", 2, amount_minor=20, price_points=7),
        revision("amount_off", 3, amount_minor=5, per="unit", price_points=3),
    ]
    who = member(lot(1, POINTS, 10))
    done = priced(basket(line(50, 2)), live, who, accept=frozenset({"amount_off2", "amount_off3"}))
    assert (done.net_minor, spent(done), done.bought) == (100 - 10 - 20 - 30, 10, ((3, 3), (2, 7)))


def test_alone_it_is_offered_first_and_then_competes_with_all_the_others() -> None:
    live = [
        revision("percent_off", 1, rate_bp=1000),
        revision("percent_off", 2, when={"stacking": {"alone": True}}, rate_bp=3000, price_points=7),
    ]
    who, goods = member(lot(1, POINTS, 10)), basket(line(100))
    offered = priced(goods, live, who)
    assert (offered.net_minor, [told.code for told in offered.trace]) == (90, ["costs_points", "percent_off"])
    taken = priced(goods, live, who, accept=frozenset({"percent_off2"}))
    assert (taken.net_minor, spent(taken)) == (70, 7)
    live[0] = revision("percent_off", 1, rate_bp=4000)
    beaten = priced(goods, live, who, accept=frozenset({"percent_off2"}))
    assert (beaten.net_minor, spent(beaten), beaten.bought) == (60, 0, ())


def test_points_for_nothing_are_kept() -> None:
    """Too small to round to, or no cheaper than without: the points stay."""
    small = priced(
        basket(line(9)),
        [revision("percent_off", rate_bp=1000, price_points=7)],
        member(lot(1, POINTS, 10)),
        step=10,
        accept=frozenset({"percent_off1"}),
    )
    assert (small.net_minor, spent(small), small.trace[0].code) == (9, 0, "too_small")
    same = [
        revision("percent_off", 1, rate_bp=1000, price_points=7),
        revision("percent_off", 2, rate_bp=1000),
    ]
    equal = priced(basket(line(100)), same, member(lot(1, POINTS, 10)), accept=frozenset({"percent_off1"}))
    assert (equal.net_minor, spent(equal)) == (90, 0)


def test_the_points_of_a_loser_are_free_for_the_next_lane() -> None:
    live = [
        revision("percent_off", 1, rate_bp=1000, price_points=7),
        revision("percent_off", 2, rate_bp=2000),
        revision("amount_off", 3, amount_minor=20, price_points=7),
    ]
    accept = frozenset({"percent_off1", "amount_off3"})
    done = priced(basket(line(100)), live, member(lot(1, POINTS, 10)), accept=accept)
    assert (done.net_minor, done.bought) == (60, ((3, 7),))


def test_nobody_is_offered_anything_for_points() -> None:
    done = nobody(basket(line(100)), [revision("percent_off", rate_bp=1000, price_points=7)])
    assert [told.code for told in done.trace] == ["no_member"]


KINDS = [
    ("percent_off", {"rate_bp": 3000}),
    ("percent_off", {"rate_bp": 2000, "groups": ["g"]}),
    ("amount_off", {"amount_minor": 30}),
    ("amount_off", {"amount_minor": 9, "per": "unit"}),
]
offers = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 60), st.booleans()), max_size=6)


@given(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from([None, "g"])), min_size=1, max_size=4),
    offers,
    st.integers(0, 150),
)
def test_points_are_spent_for_what_won_and_for_nothing_else(
    goods: list[tuple[int, str | None]], chosen: list[tuple[tuple[str, dict[str, Any]], int, bool]], have: int
) -> None:
    live: list[Revision] = []
    for number, ((kind, params), price, _) in enumerate(chosen, 1):
        cost: dict[str, Any] = {"price_points": price} if price else {}
        live.append(revision(kind, number, **params, **cost))
    wanted = [bool(price and asked) for _, price, asked in chosen]
    accept = frozenset(one.key for one, asked in zip(live, wanted, strict=True) if asked)
    lines = [Line("x", 1, price, group=group) for price, group in goods]
    who = member(lot(1, POINTS, have)) if have else member()
    done = priced(basket(*lines), live, who, accept=accept, lenient=True)
    won = {told.revision: told for told in done.trace if told.applied and "points" in told.facts}
    prices = {one.id: price for one, (_, price, _) in zip(live, chosen, strict=True)}
    assert dict(done.bought) == {number: prices[number] for number in won}
    assert spent(done) == sum(prices[number] for number in won) <= have
    assert {one.key for one in live if one.id in won} <= accept
    assert all(told.benefit_minor > 0 for told in won.values())
    for number in won:  # whoever gives points pays less than without, unless another takes its place
        less = accept - {live[number - 1].key}
        without = priced(basket(*lines), live, who, accept=less, lenient=True)
        assert without.net_minor > done.net_minor or without.bought
