"""Correcting by hand what a member holds: a lot or a use of kind adjustment (rules 6, 7)."""

from loyalty_pos.domain.ledger import Account, Book, NewLot, owed_account, progress_account, reward_account
from loyalty_pos.domain.take_back import Step


def adjustable(book: Book, account: Account) -> int:
    """Return what may be taken off an account: what can be spent now and no sale on hold keeps."""
    return max(0, book.balance(account) - book.reserved.get(account, 0))


def adjust_lots(book: Book, account: Account, amount: int, lot: NewLot) -> None:
    """Open a lot, from which what is owed is repaid first, or use up lots in spending order."""
    if amount > 0:
        book.gain(account, amount, lot, "adjustment")
    else:
        book.spend(account, -amount, kind="adjustment")


def adjust_progress(book: Book, programme: str, micros: int, step: Step) -> None:
    """Move the progress of a card; full steps turn over at once, as a sale's would."""
    progress = progress_account(programme)
    book.move(progress, micros, "adjustment")
    turn_over_progress(book, programme, step)


def turn_over_progress(book: Book, programme: str, step: Step, yields: Account | None = None) -> int:
    """Repay owed progress and turn every full step over; returns what that yielded."""
    progress = progress_account(programme)
    _, steps, _ = book.fill(progress, owed_account(progress), 0, step.step_micro, None)
    got = steps * step.yield_per_step
    if got:
        book.gain(yields or reward_account(programme), got, step.lot)
    return got
