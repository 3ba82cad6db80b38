"""Any split and order of refunds of a sale comes to the same as one refund of their sum (rules 26-29)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.keeping import (
    Kept,
    earned_micros,
    everything_of,
    money_back,
    nothing_of,
    qualifying_of,
    refunded,
    without_money,
    without_units,
)
from loyalty_pos.domain.ledger import Account, Book, NewLot
from loyalty_pos.domain.money import MICRO, split_growing
from loyalty_pos.domain.take_back import Step, take_back
from tests.domain.pieces import after, basket, line, priced, revision, sold_amount, sold_of
from tests.domain.test_ledger_properties import entries_of

POINTS = revision(
    "points",
    1,
    key="points",
    step_minor=7,
    point_value_minor=3,
    coefficients=[{"milli": 1_333}, {"milli": 2_000, "when": {"basket": {"min_minor": 150}}}],
)
CREDIT = revision("spend_credit", 2, key="credit", rate_bp=777, when={"basket": {"min_quantity": 2}})
CARD = revision("stamp_card", 3, key="card", needed=3, groups=["g"], reward={"value_cap_minor": 40})
OFF = revision("percent_off", 4, key="off", rate_bp=1_250)
THIRD = revision("stamp_card", 5, key="third", needed=3, mode="every_nth")
THIRD_AT_FULL_PRICE = revision(
    "stamp_card", 5, key="third", needed=3, mode="every_nth", when={"basket": {"no_discounted": True}}
)
GIFT = revision("event_gift", 6, key="gift", event="first_purchase", points=11)
MEMBERS = [POINTS, CREDIT, CARD, OFF]

lines = st.lists(
    st.builds(
        line,
        st.integers(0, 90),
        st.integers(1, 4),
        group=st.sampled_from(["g", "h", None]),
        earns=st.sampled_from([True, True, False]),
    ),
    min_size=1,
    max_size=3,
).map(lambda made: basket(*made))


class Till:
    """A member's book from a sale on."""

    def __init__(self, start: Snapshot, goods: Basket, live: Sequence[Revision], credit: bool) -> None:
        choices: dict[str, Any] = {"credit_minor": "all"} if credit else {}
        sale = priced(goods, live, start, **choices)
        _, self.entries, self.book = entries_of(start, sale)
        self.sold = sold_of(goods, sale, {one.id: one for one in live})
        self.kept = everything_of(self.sold)
        self.steps = {
            one.key: Step(one.rule.step_micro, one.rule.yield_per_step, NewLot(0, None, one.id))
            for one in live
            if isinstance(one.rule, EarnRule)
        }

    def to(self, kept: Kept) -> None:
        self.kept = take_back(self.book, self.entries, self.sold, self.kept, kept, self.steps)

    def units(self, returned: Mapping[int, int]) -> None:
        self.to(without_units(self.sold, self.kept, returned))

    def money(self, minor: int) -> None:
        self.to(without_money(self.sold, self.kept, minor))

    def void(self) -> None:
        self.to(nothing_of(self.sold, self.kept))

    def state(self) -> tuple[dict[Account, int], int, int, int]:
        return (
            held(self.book),
            refunded(self.sold, self.kept),
            money_back(self.sold, self.kept),
            qualifying_of(self.sold, self.kept),
        )


def held(book: Book) -> dict[Account, int]:
    found = {account: book.plain(account) + book.balance(account) for account in book.accounts()}
    return {account: left for account, left in found.items() if left}


def summed(parts: Sequence[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for i, units in parts:
        found[i] = found.get(i, 0) + units
    return found


@st.composite
def returned(draw: st.DrawFn, goods: Basket) -> list[tuple[int, int]]:
    """Single units of some lines, in any order."""
    units = [(i, 1) for i, one in enumerate(goods.lines) for _ in range(draw(st.integers(0, one.quantity)))]
    return draw(st.permutations(units))


def start_of(before: Basket, live: Sequence[Revision]) -> Snapshot:
    return after(priced(before, live))


@given(before=lines, goods=lines, credit=st.booleans(), spend=st.booleans(), data=st.data())
def test_units_one_by_one_in_any_order_come_to_the_same_as_all_at_once(
    before: Basket, goods: Basket, credit: bool, spend: bool, data: st.DataObject
) -> None:
    start = start_of(before, MEMBERS)
    parts, whole = (Till(start, goods, MEMBERS, credit) for _ in range(2))
    if spend:
        for till in (parts, whole):
            for account in list(till.book.accounts()):
                till.book.spend(account, till.book.balance(account) * 2 // 3)
    units = data.draw(returned(goods))
    for i, count in units:
        parts.units({i: count})
    if units:
        whole.units(summed(units))
    assert parts.state() == whole.state()
    parts.void()
    whole.void()
    assert parts.state() == whole.state()
    assert refunded(parts.sold, parts.kept) == parts.sold.net_minor


@given(before=lines, goods=lines, credit=st.booleans(), cuts=st.lists(st.integers(1, 60), max_size=6))
def test_amounts_in_any_split_come_to_the_same_as_their_sum(
    before: Basket, goods: Basket, credit: bool, cuts: list[int]
) -> None:
    start = start_of(before, MEMBERS)
    parts, whole = (Till(start, goods, MEMBERS, credit) for _ in range(2))
    asked = [cut for at, cut in enumerate(cuts) if sum(cuts[: at + 1]) <= parts.sold.net_minor]
    for cut in asked:
        parts.money(cut)
    if asked:
        whole.money(sum(asked))
    assert parts.state() == whole.state()
    assert refunded(parts.sold, parts.kept) == sum(asked)


@given(
    nth=st.sampled_from([THIRD, THIRD_AT_FULL_PRICE]),
    before=st.integers(0, 5),
    bought=st.integers(1, 7),
    price=st.integers(1, 50),
    data=st.data(),
)
def test_a_card_whose_nth_is_free_comes_to_the_same_however_its_units_come_back(
    nth: Revision, before: int, bought: int, price: int, data: st.DataObject
) -> None:
    live = [CARD, nth, OFF]
    start = start_of(basket(line(price, before, group="g")), live) if before else Snapshot(1, "individual")
    goods = basket(line(price, bought, group="g"))
    parts, whole = (Till(start, goods, live, False) for _ in range(2))
    units = data.draw(returned(goods))
    for i, count in units:
        parts.units({i: count})
    if units:
        whole.units(summed(units))
    assert parts.state() == whole.state()
    parts.void()
    assert held(parts.book) == held_by(start)


def held_by(start: Snapshot) -> dict[Account, int]:
    return held(Book(start.holdings, 1_000_000, "2026-11-21"))


@given(nth=st.sampled_from([THIRD, THIRD_AT_FULL_PRICE]), before=lines, goods=lines, data=st.data())
def test_whatever_was_sold_a_void_leaves_what_was_held_before_also_after_parts_of_it(
    nth: Revision, before: Basket, goods: Basket, data: st.DataObject
) -> None:
    live = [*MEMBERS, nth, GIFT]
    start = replace(start_of(before, live), events={GIFT.id: 1})
    till = Till(start, goods, live, True)
    for i, count in data.draw(returned(goods)):
        till.units({i: count})
    till.void()
    assert held(till.book) == held_by(start)


@given(goods=lines, cuts=st.lists(st.integers(1, 50), max_size=4), data=st.data())
def test_amounts_and_units_mixed_never_pay_back_more_than_was_paid_and_a_void_the_rest(
    goods: Basket, cuts: list[int], data: st.DataObject
) -> None:
    till = Till(Snapshot(1, "individual"), goods, MEMBERS, False)
    steps: list[tuple[int, int] | int] = data.draw(st.permutations([*data.draw(returned(goods)), *cuts]))
    so_far = 0
    for step in steps:
        if isinstance(step, tuple):
            if till.kept.quantities[step[0]]:
                till.units({step[0]: step[1]})
        elif step <= sum(till.kept.nets_minor):
            till.money(step)
        assert refunded(till.sold, till.kept) >= so_far
        so_far = refunded(till.sold, till.kept)
    till.void()
    assert till.state() == ({}, till.sold.net_minor, till.sold.net_minor, 0)


@given(weights=st.lists(st.integers(0, 40), min_size=1, max_size=6), data=st.data())
def test_a_growing_split_adds_up_and_no_part_shrinks(weights: list[int], data: st.DataObject) -> None:
    whole = sum(weights)
    few = data.draw(st.integers(0, whole))
    more = data.draw(st.integers(few, whole))
    one, two = split_growing(few, weights), split_growing(more, weights)
    assert (sum(one), sum(two)) == (few, more)
    assert all(a <= b <= weight for a, b, weight in zip(one, two, weights, strict=True))


def test_a_sale_of_an_older_program_is_taken_back_in_proportion_to_what_it_had_measured() -> None:
    once = Contribution(1, "points", 200, 300 * MICRO, 10 * MICRO, 1, ("points", ""), 30, weights=None)
    sold = sold_amount(200, [once], {1: POINTS})
    half = without_money(sold, everything_of(sold), 100)
    assert earned_micros(sold, half, once) == 150 * MICRO
