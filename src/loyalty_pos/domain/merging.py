"""Two members become one: lots stay where they are, everything counted moves over (rules 6, 32)."""

from collections.abc import Iterable, Mapping, Sequence

from loyalty_pos.domain.adjusting import turn_over_progress
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book, Movement, progress_account
from loyalty_pos.domain.take_back import Entry, Step


def hand_over(book: Book) -> dict[Account, int]:
    """Take what is counted and not kept in lots out of a member's book; returns it by account."""
    counted = {account: book.plain(account) for account in book.accounts() if book.plain(account)}
    for account, amount in counted.items():
        book.move(account, -amount, "transfer")
    return counted


def take_over(book: Book, counted: Mapping[Account, int], steps: Mapping[str, tuple[Step, Account]]) -> None:
    """Add it to the survivor's: what is owed is repaid first, and steps that are full now turn over.

    `steps` has by programme its step of today and what it yields.
    """
    for account, amount in counted.items():
        book.move(account, amount, "transfer")
    for account in (POINTS, CREDIT):
        book.repay(account)
    for programme, (step, yields) in steps.items():
        turn_over_progress(book, programme, step, yields)
        if yields[0] == "reward":
            book.unfill(yields, progress_account(programme), step.step_micro, step.yield_per_step)


def undone(entries: Sequence[Entry]) -> tuple[Movement, ...]:
    """Return the movements that put everything back as it was, last ones first."""
    return tuple(
        Movement(entry.account, -entry.amount, "reversal", entry.lot, None, entry.id)
        for entry in reversed(entries)
    )


def can_be_undone(book: Book, movements: Iterable[Movement]) -> bool:
    """Say whether nothing would fall below zero: what time ended meanwhile does not come back."""
    left: dict[int | Account, int] = {}
    for move in movements:
        where: int | Account = move.account if move.lot is None else move.lot
        if where not in left:
            left[where] = book.plain(move.account) if move.lot is None else book.lot(move.lot).left
        left[where] += move.amount
        if left[where] < 0:
            return False
    return True
