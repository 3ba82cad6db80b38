"""Taking a whole sale back: spent value to its own lots, earned value from its own first (rules 26-30)."""

from collections.abc import Mapping, Sequence

from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Account, Book, EntryKind, owed_account, progress_account


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored entry of the event being taken back."""

    id: int
    account: Account
    amount: int
    kind: EntryKind
    lot: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """How a programme converts now: borrowed progress comes back at this step (rules 26)."""

    step_micro: int
    yield_per_step: int


def take_back(
    book: Book, entries: Sequence[Entry], contributions: Sequence[Contribution], steps: Mapping[str, Step]
) -> None:
    """Reverse one sale in `book`; `steps` maps each programme it touched to its step of today."""
    accounts = {entry.account for entry in entries if entry.lot is not None}
    opened = {entry.lot for entry in entries if entry.kind == "accrual"}
    for entry in entries:
        if entry.kind == "redemption" and entry.lot is not None:
            # What the sale gave and used itself goes in one piece, whatever date it bore.
            book.put_back(entry.lot, -entry.amount, entry.id, revive=entry.lot in opened)
    for contribution in contributions:
        if not contribution.micros:
            continue
        _take_contribution(book, entries, contribution, steps[contribution.programme])
    for account in sorted(accounts):
        book.repay(account)
    for programme in sorted({contribution.programme for contribution in contributions}):
        book.repay_progress(progress_account(programme))
    for unit, programme in sorted(accounts):
        if unit == "reward":
            step = steps[programme]
            book.unfill((unit, programme), progress_account(programme), step.step_micro, step.yield_per_step)


def _take_contribution(book: Book, entries: Sequence[Entry], given: Contribution, now: Step) -> None:
    """Take whole steps and the rest apart, borrowing at the current step where the rest is short."""
    own = [e.lot for e in entries if e.account == given.account and e.kind == "accrual" and e.lot is not None]
    progress = progress_account(given.programme)
    target = next(e.id for e in entries if e.account == progress and e.kind == "accrual")
    steps, rest = divmod(given.micros, given.step_micro)
    yielded = steps * given.yield_per_step
    have = book.plain(progress)
    borrowed = -(-max(0, rest - have) // now.step_micro)
    yielded += borrowed * now.yield_per_step
    missing = book.take_back(given.account, yielded, own, target) if yielded else 0
    if given.account[0] == "reward":
        # A used reward becomes owed stamps, one step each (rules 29).
        owed_micro = missing // now.yield_per_step * now.step_micro
        _take_progress(book, given.programme, rest - borrowed * now.step_micro, target)
        book.move(owed_account(progress), owed_micro, "conversion")
        return
    _take_progress(book, given.programme, rest - borrowed * now.step_micro, target)
    book.move(owed_account(given.account), missing, "conversion")


def _take_progress(book: Book, programme: str, micros: int, target: int) -> None:
    book.move(progress_account(programme), -micros, "reversal", target)
