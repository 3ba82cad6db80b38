"""Paying a sale on account: what money earns is earned as it comes in (rules 20).

What was earned so far is a function of all that was received, so that payments in any parts come to the
same as one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.keeping import Kept, Sold, earned_micros, left_to_pay
from loyalty_pos.domain.ledger import Book, NewLot, owed_account, progress_account


class Settled(NamedTuple):
    """What a payment added to one programme."""

    given: Contribution
    micros: int
    yielded: int


def settle(
    book: Book, sold: Sold, kept: Kept, amount_minor: int, terms: Callable[[int], NewLot]
) -> list[Settled]:
    """Earn in `book` what a payment earns; `terms` of a revision are those of a gain of now.

    Raises Rejection for more than is left to pay.
    """
    left = left_to_pay(sold, kept)
    if amount_minor > left:
        code = "more_than_on_account" if left else "nothing_on_account"
        raise Rejection(code, asked_minor=amount_minor, left_minor=left)
    paid = replace(sold, received_minor=sold.received_minor + amount_minor)
    found = []
    for given in sold.contributions:
        if not given.later:
            continue
        micros = earned_micros(paid, kept, given) - earned_micros(sold, kept, given)
        progress = progress_account(given.programme)
        _, steps, _ = book.fill(progress, owed_account(progress), micros, given.step_micro, None)
        got = steps * given.yield_per_step
        if got:
            book.gain(given.account, got, terms(given.revision))
        found.append(Settled(given, micros, got))
    return found
