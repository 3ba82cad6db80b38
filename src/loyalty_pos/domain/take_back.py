"""Taking a sale back, whole or in part: spent value to its lots, earned value from its own (rules 26-30)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.bill import Source
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.keeping import (
    Kept,
    Sold,
    earned_micros,
    free_back,
    nothing_of,
    points_back,
    refunded,
    share_back,
    units_kept,
)
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import (
    POINTS,
    Account,
    Book,
    EntryKind,
    NewLot,
    owed_account,
    progress_account,
    reward_account,
)
from loyalty_pos.domain.money import MICRO, split_growing


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
    """How a programme converts now: borrowed progress comes back at this step (rules 26).

    `lot` are the terms of a gain, should the rest that comes back fill a step by itself.
    """

    step_micro: int
    yield_per_step: int
    lot: NewLot


def take_back(
    book: Book,
    entries: Sequence[Entry],
    sold: Sold,
    before: Kept,
    after: Kept,
    steps: Mapping[str, Step],
) -> Kept:
    """Bring `book` from what was kept of a sale to what is kept after it; returns the latter.

    `steps` maps each programme the sale earned in to its step of today. A free unit of the sale whose card
    un-completes is paid for after all, so the answer may keep more money than was asked (rules 29).
    """
    return _Taking(book, entries, sold, before, steps).to(after)


def take_all_back(
    book: Book,
    entries: Sequence[Entry],
    given: Sequence[Contribution],
    revisions: Mapping[int, Revision],
    steps: Mapping[str, Step],
) -> None:
    """Reverse in `book` what was given or taken without a sale."""
    sold = Sold(Basket(()), (), (), contributions=tuple(given), revisions=revisions)
    whole = Kept((), (), (), stored=True)
    take_back(book, entries, sold, whole, nothing_of(sold, whole), steps)


class _Taking:
    def __init__(
        self, book: Book, entries: Sequence[Entry], sold: Sold, before: Kept, steps: Mapping[str, Step]
    ) -> None:
        self._book, self._entries, self._sold = book, entries, sold
        self._before, self._steps = before, steps
        self._opened = {entry.lot for entry in entries if entry.kind == "accrual"}
        self._used = [entry for entry in entries if entry.kind == "redemption"]

    def to(self, after: Kept) -> Kept:
        """Give back first, so that a claw-back finds it, then take, then settle what is owed."""
        cards = [one for one in self._sold.contributions if one.account[0] == "reward"]
        others = [one for one in self._sold.contributions if one.account[0] not in ("reward", "pledge")]
        for programme in sorted({one.account[1] for one in self._used if one.account[0] == "reward"}):
            self._give_back_free(programme, self._before, after)
        # A unit that was free at once may become a paid one, and that is a stamp on every other card.
        for given in sorted(cards, key=lambda one: not one.given):
            after = self._take(given, after)
        accounts = {entry.account for entry in self._used if entry.account[0] != "reward"}
        for account in sorted(accounts):
            used = [entry for entry in self._used if entry.account == account]
            back = points_back if account == POINTS else share_back
            self._give_back(used, self._before, after, partial(back, self._sold))
        for given in others:
            after = self._take(given, after)
        for given in [one for one in self._sold.contributions if one.account[0] == "pledge"]:
            after = self._pledged(given, after)
        self._settle()
        return after

    def _pledged(self, given: Contribution, after: Kept) -> Kept:
        """Note what goes of a pledge: it moves with its cause, not in a member's book."""
        gone = given.yielded - earned_micros(self._sold, after, given) // MICRO
        return after._replace(yields={**after.yields, given.revision: gone})

    def _give_back_free(self, programme: str, before: Kept, after: Kept) -> None:
        """Give back rewards whose free units came back, and what the sale gave and used itself."""
        account = reward_account(programme)
        used = [entry for entry in self._used if entry.account == account]
        held = [entry for entry in used if entry.lot not in self._opened]
        self._give_back(held, before, after, partial(self._free, "reward", programme))
        own = [entry for entry in used if entry.lot in self._opened]
        self._give_back(own, before, after, partial(self._free, "nth", programme))

    def _free(self, source: Source, programme: str, kept: Kept, whole: int) -> int:
        return whole if kept.nothing else free_back(self._sold, kept, source, programme)

    def _give_back(
        self, used: Sequence[Entry], before: Kept, after: Kept, back: Callable[[Kept, int], int]
    ) -> None:
        """Put back into each lot its part of what comes back between two states."""
        amounts = [-entry.amount for entry in used]
        was = split_growing(back(before, sum(amounts)), amounts)
        now = split_growing(back(after, sum(amounts)), amounts)
        for entry, earlier, later in zip(used, was, now, strict=True):
            if later > earlier:
                assert entry.lot is not None
                # What the sale gave and used itself goes in one piece, whatever date it bore.
                self._book.put_back(entry.lot, later - earlier, entry.id, revive=entry.lot in self._opened)

    def _take(self, given: Contribution, after: Kept) -> Kept:
        """Take whole steps and the rest apart: borrow at the current step, and convert at it (rules 26)."""
        was = earned_micros(self._sold, self._before, given)
        keeps = earned_micros(self._sold, after, given)
        if was == keeps:
            return after
        book, step, progress = self._book, self._steps[given.programme], progress_account(given.programme)
        target = next(e.id for e in self._entries if e.account == progress and e.kind == "accrual")
        gains = [e for e in self._entries if e.account == given.account and e.kind == "accrual"]
        own = [entry.lot for entry in gains if entry.lot is not None]
        steps = was // given.step_micro - keeps // given.step_micro
        rest = was % given.step_micro - keeps % given.step_micro
        have = book.plain(progress)
        borrowed, left = divmod(have - rest, step.step_micro)
        taken = steps * given.yield_per_step - borrowed * step.yield_per_step
        missing = 0
        if taken > 0:
            missing = book.take_back(given.account, taken, own, target)
            after = self._withheld(given, after, missing)
            missing = book.take_back(given.account, missing, own, target)
        book.move(progress, left - have, "reversal", target)
        if taken < 0:
            book.gain(given.account, -taken, step.lot)
        if given.account[0] == "reward":
            # A used reward becomes owed stamps, one step each (rules 29).
            owed = missing // step.yield_per_step * step.step_micro
            book.move(owed_account(progress), owed, "conversion")
        else:
            book.move(owed_account(given.account), missing, "conversion")
        so_far = after.yields.get(given.revision, 0)
        return after._replace(yields={**after.yields, given.revision: so_far + taken})

    def _withheld(self, given: Contribution, after: Kept, short: int) -> Kept:
        """Let free units of this sale be paid from what comes back, as far as it goes (rules 29)."""
        kept = units_kept(self._sold, after)
        for place, one in reversed(list(enumerate(self._sold.took))):
            if one.source != "nth" or one.revision != given.revision:
                continue
            while short > 0 and after.withheld[place] < kept[place]:
                withheld = list(after.withheld)
                withheld[place] += 1
                more = after._replace(withheld=tuple(withheld))
                if refunded(self._sold, more) < refunded(self._sold, self._before):
                    break
                self._give_back_free(given.programme, after, more)
                after, short = more, short - 1
        return after

    def _settle(self) -> None:
        """Settle what is owed from everything there is, held cards last."""
        book = self._book
        accounts = {entry.account for entry in self._entries if entry.lot is not None}
        for account in sorted(accounts):
            book.repay(account)
        for programme in sorted({given.programme for given in self._sold.contributions}):
            book.repay_progress(progress_account(programme))
        for unit, programme in sorted(accounts):
            if unit == "reward":
                step, progress = self._steps[programme], progress_account(programme)
                book.unfill((unit, programme), progress, step.step_micro, step.yield_per_step)
