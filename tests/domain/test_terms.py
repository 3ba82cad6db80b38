"""Pledges, memberships and contracts: their arithmetic, whatever is bought, split or taken back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.bill import Held, Snapshot
from loyalty_pos.domain.families import Revision, TermRule
from loyalty_pos.domain.keeping import (
    Kept,
    Sold,
    earned_micros,
    everything_of,
    nothing_of,
    values_taken,
    without_money,
    without_units,
)
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.terms import NO_PROGRESS, Progress, claw_back, fulfilled, still_given
from tests.domain.pieces import basket, line, member, priced, revision, sold_of

baskets = st.lists(
    st.builds(
        Line,
        text=st.just("x"),
        quantity=st.integers(1, 5),
        unit_price_minor=st.integers(0, 9_999),
        group=st.sampled_from([None, "g"]),
    ),
    min_size=1,
    max_size=4,
).map(lambda found: Basket(tuple(found)))


def holding(*terms: Revision, **more: int) -> Snapshot:
    held = tuple(Held(number, one, "2027-01-01", "2027-01-09", **more) for number, one in enumerate(terms, 1))
    return replace(member(), terms=held)


def micros(sale: Quote) -> int:
    return sum(one.micros for one in sale.contributions if one.account[0] == "pledge")


@given(goods=baskets, rate=st.integers(1, 10_000))
def test_what_causes_get_never_depends_on_how_purchases_are_split(goods: Basket, rate: int) -> None:
    live = [revision("charity", rate_bp=rate, cause="school")]
    parts = sum(micros(priced(Basket((one,)), live)) for one in goods.lines)
    assert micros(priced(goods, live)) == parts


@given(goods=baskets, rate=st.integers(1, 10_000), data=st.data())
def test_a_pledge_taken_back_in_any_parts_comes_to_the_same(
    goods: Basket, rate: int, data: st.DataObject
) -> None:
    rule = revision("charity", rate_bp=rate, cause="school", coefficients=[{"milli": 1500}])
    sale = priced(goods, [rule, revision("percent_off", 2, rate_bp=777)])
    sold = sold_of(goods, sale, {1: rule, 2: revision("percent_off", 2, rate_bp=777)})
    pledges = [one for one in sold.contributions if one.account[0] == "pledge"]
    units = [(i, 1) for i, one in enumerate(goods.lines) for _ in range(one.quantity)]
    back = units[: data.draw(st.integers(0, len(units)))]
    one_way = taken_back(sold, back)
    other_way = taken_back(sold, data.draw(st.permutations(back)))
    for pledge in pledges:
        assert earned_micros(sold, one_way, pledge) == earned_micros(sold, other_way, pledge)
        assert 0 <= earned_micros(sold, one_way, pledge) <= pledge.micros
        assert earned_micros(sold, nothing_of(sold, one_way), pledge) == 0


def taken_back(sold: Sold, units: Sequence[tuple[int, int]]) -> Kept:
    kept = everything_of(sold)
    for i, count in units:
        kept = without_units(sold, kept, {i: count})
    return kept


@given(goods=baskets, rate=st.integers(1, 10_000), data=st.data())
def test_what_a_contract_gave_goes_with_the_goods_and_never_below_zero(
    goods: Basket, rate: int, data: st.DataObject
) -> None:
    deal = revision("contract", months=6, promised_visits=12, discount_bp=rate)
    sale = priced(goods, [deal], holding(deal))
    sold = sold_of(goods, sale, {deal.id: deal})
    mine = frozenset({deal.id})
    whole = values_taken(sold, everything_of(sold), mine)
    assert whole == sale.discount_minor
    given_then = Progress(1, sale.counts.spend_minor, whole, whole)
    assert still_given(sold, everything_of(sold), given_then, mine) == given_then
    units = [(i, 1) for i, one in enumerate(goods.lines) for _ in range(one.quantity)]
    before, kept = given_then, everything_of(sold)
    for i, count in data.draw(st.permutations(units)):
        kept = without_units(sold, kept, {i: count})
        now = still_given(sold, kept, given_then, mine)
        assert all(0 <= later <= earlier for later, earlier in zip(now, before, strict=True))
        before = now
    assert before == NO_PROGRESS


@given(amount=st.integers(1, 100_000), part=st.integers(1, 100))
def test_money_given_back_takes_its_share_of_what_was_given(amount: int, part: int) -> None:
    deal = revision("contract", months=6, promised_visits=12, discount_bp=2_000)
    goods = basket(line(amount))
    sale = priced(goods, [deal], holding(deal))
    sold = sold_of(goods, sale, {deal.id: deal})
    back = max(1, sale.net_minor * part // 100) if sale.net_minor else 0
    if not back or back == sale.net_minor:
        return
    kept = without_money(sold, everything_of(sold), back)
    left = values_taken(sold, kept, frozenset({deal.id}))
    assert left == sale.discount_minor * (sale.net_minor - back) // sale.net_minor


@pytest.mark.parametrize(
    ("promised", "done", "owed"),
    [
        ((12, None), Progress(7, 0, 84_000, 84_000), 35_000),
        ((12, None), Progress(12, 0, 84_000, 84_000), 0),
        ((12, None), Progress(15, 0, 84_000, 84_000), 0),
        ((12, None), Progress(0, 0, 0, 0), 0),
        ((12, None), Progress(7, 0, 84_000, -5), 0),
        ((None, 1_000), Progress(9, 999, 100, 100), 0),
        ((None, 1_000), Progress(9, 250, 100, 100), 75),
        ((12, 1_000), Progress(12, 250, 100, 100), 75),
        ((None, None), Progress(9, 250, 100, 100), 0),
    ],
)
def test_ending_early_costs_the_missing_share_of_what_was_extra(
    promised: tuple[int | None, int | None], done: Progress, owed: int
) -> None:
    visits, spend = promised
    rule = TermRule(6, promised_visits=visits, promised_spend_minor=spend)
    assert claw_back(rule, done) == owed
    assert not (fulfilled(rule, done) and owed)


@given(goods=baskets)
def test_a_membership_that_rests_opens_nothing(goods: Basket) -> None:
    vip = revision("vip", fee_minor=5, keep_spend_minor=9)
    tenth = revision("percent_off", 2, when={"audience": {"standings": ["vip1"]}}, rate_bp=1_000)
    live = [vip, tenth]
    assert (
        priced(goods, live, holding(vip)).net_minor
        == priced(goods, [revision("percent_off", 2, rate_bp=1_000)]).net_minor
    )
    assert priced(goods, live, holding(vip, rests_minor=4)).discount_minor == 0
    assert priced(goods, live).discount_minor == 0


def test_a_budget_cuts_a_pledge_to_what_is_left() -> None:
    rule = revision(
        "charity", rate_bp=1_000, cause="school", when={"limits": {"budget_minor": 60}}, margin_floor_bp=1
    )
    sale = priced(basket(line(1_000)), [rule])
    assert [(one.micros, one.yielded) for one in sale.contributions] == [(60 * MICRO, 60)]
