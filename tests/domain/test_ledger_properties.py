"""The ledger against plain arithmetic: any history and order, nothing negative (rules 5-7, 26, 27)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.keeping import everything_of, nothing_of
from loyalty_pos.domain.ledger import (
    CREDIT,
    POINTS,
    Book,
    Holdings,
    Lot,
    NewLot,
    owed_account,
    progress_account,
)
from loyalty_pos.domain.lineup import yield_account
from loyalty_pos.domain.money import MICRO, floor_to_step, split
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.take_back import Entry, Step, take_back
from tests.domain.pieces import lot, revision, sold_amount

DAY = "2026-11-21"
LOT = NewLot(0, None, 1)


def book_of(
    *lots: Lot, plain: dict[tuple[str, str], int] | None = None, day: str = DAY, at: int = 100
) -> Book:
    return Book(Holdings(lots, plain or {}), at, day)


def entries_of(before: Snapshot, sale: Quote) -> tuple[Holdings, list[Entry], Book]:
    """Store a sale as the ledger would: numbered entries and lots, and the member's book after it."""
    lots = {one.id: one for one in before.holdings.lots}
    plain = dict(before.holdings.plain)
    numbers: dict[int, int] = {}
    entries = []
    for number, move in enumerate(sale.book.movements, 1):
        where = move.lot
        if move.opens is not None and where is not None:
            numbers[where] = 2_000_000 + number
            new = move.opens
            lots[numbers[where]] = Lot(
                numbers[where], move.account, 0, new.available_from_ms, new.expires_on, new.revision, 9
            )
        where = numbers.get(where, where) if where is not None else None
        if where is None:
            plain[move.account] = plain.get(move.account, 0) + move.amount
        else:
            lots[where] = lots[where]._replace(left=lots[where].left + move.amount)
        entries.append(Entry(number, move.account, move.amount, move.kind, where))
    holdings = Holdings(tuple(lots.values()), {k: v for k, v in plain.items() if v})
    return holdings, entries, Book(holdings, sale.book.at_ms, sale.book.day)


class Shelf:
    """A member's ledger of one programme, event by event, with voids in any order."""

    def __init__(self, rule: EarnRule) -> None:
        self.rule, self.revision = rule, revision("points", step_minor=1, key="p")
        self.lots: dict[int, Lot] = {}
        self.plain: dict[tuple[str, str], int] = {}
        self.sales: dict[int, tuple[list[Entry], list[Contribution]]] = {}
        self.number = self.sold = 0

    def event(self) -> Book:
        held = tuple(one for one in self.lots.values())
        return Book(Holdings(held, {k: v for k, v in self.plain.items() if v}), 100, DAY)

    def store(self, book: Book) -> list[Entry]:
        entries, numbers = [], {}
        for move in book.movements:
            self.number += 1
            where = move.lot
            if move.opens is not None and where is not None:
                numbers[where] = self.number
                self.lots[self.number] = Lot(self.number, move.account, 0, 0, None, 1, 1)
            where = numbers.get(where, where) if where is not None else None
            if where is None:
                self.plain[move.account] = self.plain.get(move.account, 0) + move.amount
                assert self.plain[move.account] >= 0
            else:
                self.lots[where] = self.lots[where]._replace(left=self.lots[where].left + move.amount)
                assert self.lots[where].left >= 0
            entries.append(Entry(self.number, move.account, move.amount, move.kind, where))
        return entries

    def sell(self, micros: int, spend: int) -> int:
        book = self.event()
        if spend:
            book.spend(POINTS, spend)
        given: list[Contribution] = []
        if micros:
            given = [self.earn(book, micros)]
        self.sold += 1
        sale = self.sold
        self.sales[sale] = (self.store(book), given)
        return sale

    def earn(self, book: Book, micros: int) -> Contribution:
        rule, progress, account = self.rule, progress_account("p"), yield_account(self.rule, "p")
        _, steps, _ = book.fill(progress, owed_account(progress), micros, rule.step_micro, None)
        got = steps * rule.yield_per_step
        if steps:
            book.gain(account, got, LOT)
        return Contribution(1, "p", micros, micros, rule.step_micro, rule.yield_per_step, account, got)

    def void(self, sale: int) -> None:
        entries, given = self.sales.pop(sale)
        book = self.event()
        sold = sold_amount(100, given, {self.revision.id: replace(self.revision, rule=self.rule)})
        whole, step = everything_of(sold), Step(self.rule.step_micro, self.rule.yield_per_step, LOT)
        take_back(book, entries, sold, whole, nothing_of(sold, whole), {"p": step})
        self.store(book)

    def state(self) -> tuple[int, int, int, int]:
        points = sum(one.left for one in self.lots.values())
        progress = progress_account("p")
        return (
            points,
            self.plain.get(owed_account(POINTS), 0),
            self.plain.get(progress, 0),
            self.plain.get(owed_account(progress), 0),
        )


@given(
    step=st.integers(1, 50),
    per_step=st.integers(1, 4),
    sales=st.lists(st.tuples(st.integers(0, 130), st.integers(0, 5)), max_size=8),
    data=st.data(),
)
def test_voids_in_any_order_leave_what_the_kept_sales_alone_would_have_left(
    step: int, per_step: int, sales: Sequence[tuple[int, int]], data: st.DataObject
) -> None:
    rule = EarnRule("amount", MICRO, step, "points", per_step)
    shelf = Shelf(rule)
    kept: list[tuple[int, int, int]] = []
    for micros, wish in sales:
        points, owed, _, _ = shelf.state()
        spend = 0 if owed else min(points, wish)
        kept.append((shelf.sell(micros, spend), micros, spend))
        if data.draw(st.booleans()) and kept:
            gone = kept.pop(data.draw(st.integers(0, len(kept) - 1)))
            shelf.void(gone[0])
        points, owed, progress, owed_progress = shelf.state()
        assert not (points and owed)
        assert (progress, owed_progress) == (sum(one[1] for one in kept) % step, 0)
        earned = sum(one[1] for one in kept) // step * per_step
        assert points - owed == earned - sum(one[2] for one in kept)


@given(amounts=st.lists(st.integers(1, 400), min_size=1, max_size=8), step=st.integers(1, 90))
def test_thirty_and_twenty_equal_fifty_for_any_split(amounts: list[int], step: int) -> None:
    rule = EarnRule("amount", MICRO, step * MICRO, "points", 1)
    parts, whole = Shelf(rule), Shelf(rule)
    for one in amounts:
        parts.sell(one * MICRO, 0)
    whole.sell(sum(amounts) * MICRO, 0)
    assert parts.state() == whole.state()


lots = st.lists(
    st.tuples(
        st.integers(1, 50),
        st.sampled_from([None, "2026-11-20", "2026-11-21", "2026-11-22", "2026-12-30"]),
        st.sampled_from([0, 50, 100, 101]),
    ),
    max_size=8,
).map(
    lambda found: [
        lot(number, CREDIT, left, expires_on=day, available_from_ms=since)
        for number, (left, day, since) in enumerate(found, 1)
    ]
)


@given(held=lots, data=st.data())
def test_value_is_spent_soonest_expiry_first_then_oldest_and_never_what_expired_or_waits(
    held: list[Lot], data: st.DataObject
) -> None:
    book = book_of(*held)
    usable = [one for one in held if (one.expires_on or "9") >= DAY and one.available_from_ms <= 100]
    assert book.balance(CREDIT) == sum(one.left for one in usable)
    spend = data.draw(st.integers(0, book.balance(CREDIT)))
    book.spend(CREDIT, spend)
    order = sorted(usable, key=lambda one: (one.expires_on or "9999", one.available_from_ms, one.id))
    expected, left = [], spend
    for one in order:
        if left:
            expected.append((one.id, -min(left, one.left)))
            left -= min(left, one.left)
    assert [(move.lot, move.amount) for move in book.movements] == expected
    assert book.balance(CREDIT) == sum(one.left for one in usable) - spend


@given(held=lots, gain=st.integers(1, 60), owed=st.integers(0, 100))
def test_every_gain_repays_what_is_owed_first(held: list[Lot], gain: int, owed: int) -> None:
    live = [one for one in held if (one.expires_on or "9") >= DAY]
    owed = 0 if live else owed
    book = book_of(*held, plain={owed_account(CREDIT): owed} if owed else {})
    before = sum(one.left for one in live)
    book.gain(CREDIT, gain, LOT)
    assert book.owed(CREDIT) == max(0, owed - gain)
    assert book.balance(CREDIT) + book.pending(CREDIT) - book.owed(CREDIT) == before + gain - owed


@given(held=lots, amount=st.integers(1, 300))
def test_a_claw_back_takes_its_own_lot_first_and_says_what_it_could_not_find(
    held: list[Lot], amount: int
) -> None:
    own = [held[0].id] if held else []
    book = book_of(*held)
    missing = book.take_back(CREDIT, amount, own, target=7)
    taken = {move.lot: -move.amount for move in book.movements}
    reach = [one for one in held if one.id in own or (one.expires_on or "9") >= DAY]
    assert missing == max(0, amount - sum(one.left for one in reach))
    assert sum(taken.values()) == amount - missing
    assert set(taken) <= {one.id for one in reach}
    if own:
        assert taken[own[0]] == min(amount, held[0].left)
    assert all(move.reverses == 7 for move in book.movements)


def test_spent_value_goes_home_unless_its_lot_expired() -> None:
    held = [lot(1, CREDIT, 0, expires_on="2026-11-20"), lot(2, CREDIT, 0, expires_on="2026-11-21")]
    book = book_of(*held)
    assert [book.put_back(1, 5, reverses=3), book.put_back(2, 5, reverses=4)] == [0, 5]
    assert book.balance(CREDIT) == 5


def test_a_book_refuses_to_go_below_zero() -> None:
    book = book_of(lot(1, CREDIT, 5))
    with pytest.raises(AssertionError):
        book.spend(CREDIT, 6)
    with pytest.raises(AssertionError):
        book.move(("progress", "p"), -1, "reversal")


@given(total=st.integers(0, 10**12), weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_parts_of_a_split_add_up_and_differ_from_the_exact_share_by_less_than_one(
    total: int, weights: list[int]
) -> None:
    if not sum(weights):
        total = 0
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < max(1, sum(weights))
        assert weight or not part


@given(amount=st.integers(0, 10**12), step=st.integers(1, 10**6))
def test_flooring_gives_the_largest_whole_number_of_steps(amount: int, step: int) -> None:
    floored = floor_to_step(amount, step)
    assert floored % step == 0 and 0 <= amount - floored < step
