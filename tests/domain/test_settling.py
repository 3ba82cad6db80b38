"""Payments in any parts come to the same as one payment of their sum (rules 20)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.keeping import everything_of, left_to_pay, without_money
from loyalty_pos.domain.ledger import CREDIT, POINTS, Book, Holdings, NewLot, owed_account, progress_account
from loyalty_pos.domain.money import split
from loyalty_pos.domain.settling import settle
from tests.domain.pieces import basket, line, member, priced, revision, sold_of

LIVE = [
    revision("points", 1, key="points", step_minor=7, coefficients=[{"milli": 1_333}]),
    revision("spend_credit", 2, key="credit", rate_bp=777),
]


def paid(amount: int, parts: list[int], back: int, owed: int) -> tuple[int, ...]:
    """Sell on account, take a part back, and pay the rest in parts weighed like these."""
    goods = basket(line(amount, 1))
    sale = priced(goods, LIVE, member(), on_account=True)
    assert not sale.book.movements and all(one.later for one in sale.contributions)
    sold = replace(sold_of(goods, sale, {one.id: one for one in LIVE}), on_account_minor=amount)
    kept = without_money(sold, everything_of(sold), back) if back else everything_of(sold)
    book = Book(Holdings(plain={owed_account(POINTS): owed} if owed else {}), 0, "2026-11-22")
    for part in split(left_to_pay(sold, kept), parts):
        settle(book, sold, kept, part, lambda number: NewLot(0, None, number))
        sold = replace(sold, received_minor=sold.received_minor + part)
    assert left_to_pay(sold, kept) == 0
    progress = [book.plain(progress_account(key)) for key in ("points", "credit")]
    return (book.balance(POINTS), book.owed(POINTS), book.balance(CREDIT), *progress)


@given(
    st.integers(1, 5_000),
    st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any),
    st.integers(0, 99),
    st.integers(0, 20),
)
def test_payments_in_any_parts_earn_what_one_payment_of_their_sum_earns(
    amount: int, parts: list[int], percent_back: int, owed: int
) -> None:
    back = amount * percent_back // 100
    assert paid(amount, parts, back, owed) == paid(amount, [1], back, owed)


@given(st.integers(1, 5_000))
def test_what_is_paid_later_earns_what_paying_at_once_earns(amount: int) -> None:
    at_once = priced(basket(line(amount, 1)), LIVE, member()).book
    points, _, credit, *_ = paid(amount, [1, 2, 3], 0, 0)
    assert (points, credit) == (at_once.balance(POINTS), at_once.balance(CREDIT))
