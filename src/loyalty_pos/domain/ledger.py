"""The ledger of one member: lots, progress and owed accounts, and the only ways value may move (rules 5-7).

`Book` is a working copy. Every change goes through it and leaves a `Movement`; the store appends the
movements as entries. Nothing here knows how they are kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from typing import Literal, NamedTuple

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.tuples import made

EntryKind = Literal["accrual", "redemption", "expiry", "adjustment", "reversal", "conversion", "transfer"]
Account = tuple[str, str]
"""Unit and programme key; the key is empty for units shared by the whole shop."""

POINTS: Account = ("points", "")
CREDIT: Account = ("credit", "")


# A sale names the same few accounts dozens of times, so each name is made once.
@cache
def reward_account(programme: str) -> Account:
    return ("reward", programme)


@cache
def voucher_account(programme: str) -> Account:
    """Name what a bill made for a later one: it is kept as a code, not as a balance."""
    return ("voucher", programme)


@cache
def pledge_account(cause: str) -> Account:
    """Name what the shop owes to a cause: no member's, so it is kept apart from the balances."""
    return ("pledge", cause)


@cache
def progress_account(programme: str) -> Account:
    return ("progress", programme)


@cache
def owed_account(account: Account) -> Account:
    """Name the account that holds what a claw-back of `account` could not find (rules 6)."""
    unit, programme = account
    return (f"owed_{unit}", programme)


class NewLot(NamedTuple):
    """A gain about to become a lot. `expires_on` is an ISO day, included; None never expires."""

    available_from_ms: int
    expires_on: str | None
    revision: int


class Lot(NamedTuple):
    """A lot as it stands. `id` is negative while it is only planned."""

    id: int
    account: Account
    left: int
    available_from_ms: int
    expires_on: str | None
    revision: int
    posting: int

    def live(self, day: str) -> bool:
        return self.expires_on is None or day <= self.expires_on


class Movement(NamedTuple):
    """One signed entry to append. `lot` is None for accounts that keep no lots.

    A planned lot has a negative number; the movement that opens it carries `opens`.
    """

    account: Account
    amount: int
    kind: EntryKind
    lot: int | None = None
    opens: NewLot | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """The lots of an account summed for one moment; `read` gives them one by one.

    A regular's points lie in hundreds of lots, and most sales only add one more.
    """

    usable: int
    pending: int
    read: Callable[[], Sequence[Lot]]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a member holds: every lot with something left, and balances of accounts without lots.

    The lots of an account are either in `lots` or behind its pile, never in both.
    """

    lots: tuple[Lot, ...] = ()
    plain: Mapping[Account, int] = field(default_factory=dict)
    piles: Mapping[Account, Pile] = field(default_factory=dict)
    reserved: Mapping[Account, int] = field(default_factory=dict)
    """What sales on hold keep for themselves: still the member's, not for another sale (rules 30)."""
    reserved_lots: Mapping[int, int] = field(default_factory=dict)
    expired: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    """What a sweep wrote off a lot, by entry: a claw-back from the lot counts it as taken already."""

    def usable(self, account: Account) -> int:
        """Return what of a pile may be spent at its moment."""
        pile = self.piles.get(account)
        return pile.usable if pile else 0

    def rewards(self, at_ms: int, day: str) -> int:
        """Count the rewards that may be used now."""
        lots = [lot for lot in self.lots if lot.account[0] == "reward" and lot.live(day)]
        return sum([lot.left for lot in lots if lot.available_from_ms <= at_ms])


def spending_order(lot: Lot) -> tuple[bool, str, int, int]:
    """Order lots for use: soonest expiry first, then oldest, never-expiring last (rules 5)."""
    return (lot.expires_on is None, lot.expires_on or "", lot.available_from_ms, abs(lot.id))


class Book:
    """A member's holdings while one event is worked out, at `at_ms` on business day `day`."""

    __slots__ = (
        "_by_account",
        "_lots",
        "_piles",
        "_plain",
        "_planned",
        "at_ms",
        "day",
        "expired",
        "expiries",
        "lost",
        "movements",
        "reserved",
        "reserved_lots",
    )

    def __init__(self, holdings: Holdings, at_ms: int, day: str) -> None:
        self._lots: dict[int, Lot] = {lot.id: lot for lot in holdings.lots}
        self._by_account: dict[Account, list[int]] = {}
        for lot in holdings.lots:
            self._by_account.setdefault(lot.account, []).append(lot.id)
        self._plain: dict[Account, int] = dict(holdings.plain)
        self._piles: dict[Account, Pile] = dict(holdings.piles)
        self.reserved = holdings.reserved
        self.reserved_lots = holdings.reserved_lots
        self._planned = 0
        self.at_ms = at_ms
        self.day = day
        self.expired = {lot: list(entries) for lot, entries in holdings.expired.items()}
        self.expiries = frozenset(entry for entries in self.expired.values() for entry, _ in entries)
        """The expiry entries a claw-back may take back."""
        self.movements: list[Movement] = []
        self.lost: list[tuple[int, int]] = []
        """Spent value that found its lot ended: the lot, and how much did not come back (rules 27)."""

    def plain(self, account: Account) -> int:
        """Return the balance of an account without lots."""
        return self._plain.get(account, 0)

    def lots(self, account: Account) -> list[Lot]:
        """Return live lots of an account with something left, in spending order, pending ones too."""
        self._read(account)
        return sorted(self._live(account), key=spending_order)

    def lot(self, number: int) -> Lot:
        return self._lots[number]

    def balance(self, account: Account) -> int:
        """Return what may be spent now: live, available lots."""
        pile = self._piles.get(account)
        known = sum([lot.left for lot in self._live(account) if lot.available_from_ms <= self.at_ms])
        return known + pile.usable if pile else known

    def pending(self, account: Account) -> int:
        pile = self._piles.get(account)
        known = sum([lot.left for lot in self._live(account) if lot.available_from_ms > self.at_ms])
        return known + pile.pending if pile else known

    def owed(self, account: Account) -> int:
        return self._plain.get(owed_account(account), 0)

    def accounts(self) -> Iterator[Account]:
        yield from sorted({*self._by_account, *self._plain, *self._piles})

    def gain(self, account: Account, amount: int, lot: NewLot, kind: EntryKind = "accrual") -> int:
        """Open a lot; what is owed in this unit is repaid from it first (rules 6). Returns its number."""
        self._planned -= 1
        number = self._planned
        self._lots[number] = made(
            Lot, (number, account, amount, lot.available_from_ms, lot.expires_on, lot.revision, 0)
        )
        if account in self._by_account:
            self._by_account[account].append(number)
        else:
            self._by_account[account] = [number]
        self.movements.append(made(Movement, (account, amount, kind, number, lot, None)))
        if owed_account(account) in self._plain:
            self.repay(account)
        return number

    def spend(
        self,
        account: Account,
        amount: int,
        lots: Iterable[Lot] | None = None,
        kind: EntryKind = "redemption",
    ) -> None:
        """Use `amount` from usable lots, in spending order or from the lots given."""
        for lot in usable(self, account) if lots is None else lots:
            part = min(amount, self._lots[lot.id].left)
            if part:
                self.move_lot(lot.id, -part, kind)
                amount -= part
        assert amount == 0, "more was asked than the lots hold"

    def put_back(self, lot_id: int, amount: int, reverses: int, *, revive: bool = False) -> int:
        """Give spent value back to its own lot, unless that lot has expired meanwhile (rules 27).

        `revive` puts it back all the same, for a lot that is about to be taken back itself. Returns
        what really came back.
        """
        if not revive and not self._lots[lot_id].live(self.day):
            self.lost.append((lot_id, amount))
            return 0
        self.move_lot(lot_id, amount, "reversal", reverses)
        return amount

    def take_back(self, account: Account, amount: int, own: Iterable[int], target: int) -> int:
        """Claw back `amount`: the event's own lots first, expired or not, then others (rules 26).

        `target` is the entry being reversed. Returns what could not be found.
        """
        self._read(account)
        mine = [self._lots[number] for number in own if number in self._lots]
        for lot in [lot for lot in mine if lot.account == account] + self.lots(account):
            if lot.id in self.expired:
                unexpire(self, lot.id, amount - self._lots[lot.id].left)
            part = min(amount, self._lots[lot.id].left)
            if part:
                self.move_lot(lot.id, -part, "reversal", target)
                amount -= part
        return amount

    def repay(self, account: Account) -> None:
        """Settle what is owed in a unit from everything held in it, usable or pending."""
        owed = self.owed(account)
        for lot in self.lots(account) if owed else ():
            part = min(owed, lot.left)
            self.move_lot(lot.id, -part, "conversion")
            self.move(owed_account(account), -part, "conversion")
            owed -= part
            if not owed:
                return

    def repay_progress(self, account: Account) -> None:
        """Settle owed progress from the progress there is (rules 6)."""
        owed = self.owed(account)
        part = min(owed, self.plain(account)) if owed else 0
        if part:
            self.move(account, -part, "conversion")
            self.move(owed_account(account), -part, "conversion")

    def fill(
        self, account: Account, owed: Account, micros: int, step_micro: int, most_steps: int | None
    ) -> tuple[int, int, int]:
        """Add progress, repay what is owed of it first, and turn full steps over, `most_steps` at most.

        Returns the balance before, the steps, and the balance after.
        """
        plain, movements = self._plain, self.movements
        before = plain.get(account, 0)
        after = before + micros
        if micros:
            movements.append(made(Movement, (account, micros, "accrual", None, None, None)))
        if owed in plain:
            plain[account] = after
            self.repay_progress(account)
            after = plain[account]
        steps = after // step_micro
        if most_steps is not None and most_steps < steps:
            steps = most_steps
        if steps:
            after -= steps * step_micro
            movements.append(made(Movement, (account, -steps * step_micro, "conversion", None, None, None)))
        plain[account] = after
        return before, steps, after

    def unfill(self, reward: Account, progress: Account, step_micro: int, per_step: int) -> None:
        """Settle owed progress with held rewards: a card un-fills into the step it was made of (rules 6)."""
        for lot in self.lots(reward):
            while self.owed(progress) and self._lots[lot.id].left >= per_step:
                self.move_lot(lot.id, -per_step, "conversion")
                self.move(progress, step_micro, "conversion")
                self.repay_progress(progress)

    def move(self, account: Account, amount: int, kind: EntryKind, reverses: int | None = None) -> None:
        """Move an account without lots; it never goes below zero."""
        if not amount:
            return
        balance = self._plain.get(account, 0) + amount
        assert balance >= 0, f"{account} would fall below zero"
        self._plain[account] = balance
        self.movements.append(made(Movement, (account, amount, kind, None, None, reverses)))

    def _live(self, account: Account) -> list[Lot]:
        numbers = self._by_account.get(account, ())
        return [lot for number in numbers if (lot := self._lots[number]).left and lot.live(self.day)]

    def _read(self, account: Account) -> None:
        """Take the lots of an account off its pile, now that one of them matters."""
        pile = self._piles.pop(account, None)
        for lot in pile.read() if pile else ():
            self._lots[lot.id] = lot
            self._by_account.setdefault(account, []).append(lot.id)

    def move_lot(self, lot_id: int, amount: int, kind: EntryKind, reverses: int | None = None) -> None:
        lot = self._lots[lot_id]
        assert lot.left + amount >= 0, "a lot never goes below zero"
        self._lots[lot_id] = lot._replace(left=lot.left + amount)
        self.movements.append(Movement(lot.account, amount, kind, lot=lot_id, reverses=reverses))


def usable(book: Book, account: Account) -> list[Lot]:
    """Return the lots of an account that may be used now, in spending order."""
    return [lot for lot in book.lots(account) if lot.available_from_ms <= book.at_ms]


def expire(book: Book, lots: Iterable[Lot]) -> list[Lot]:
    """Write off every lot past its last day (rules 22); returns those, with what they held."""
    ended = [lot for lot in lots if lot.left and not lot.live(book.day)]
    for lot in ended:
        book.move_lot(lot.id, -lot.left, "expiry")
    return ended


def unexpire(book: Book, lot_id: int, amount: int) -> int:
    """Take an expiry back, as far as it goes, for value that is moved on at once. Returns how much."""
    found = 0
    for place, (entry, left) in enumerate(book.expired.get(lot_id, ())):
        part = max(0, min(amount - found, left))
        if part:
            book.move_lot(lot_id, part, "reversal", entry)
            book.expired[lot_id][place] = (entry, left - part)
            found += part
    return found


def renew(book: Book, lot_id: int, amount: int, lot: NewLot) -> None:
    """Move what an expiry wrote off into a new lot, which repays debts first, as every gain does."""
    assert unexpire(book, lot_id, amount) == amount, "more was asked than the lot had lost"
    book.move_lot(lot_id, -amount, "transfer")
    book.gain(book.lot(lot_id).account, amount, lot)


def carried(book: Book, first: int) -> tuple[Holdings, int]:
    """Return what is held as a later event finds it, planned lots numbered from `first`, and the next.

    Points and credit that are there already and end together become one lot: they are spent as one.
    """
    lots: dict[object, Lot] = {}
    for lot in book._lots.values():
        if not lot.left:
            continue
        number = lot.id
        if number < 0:
            number, first = first, first + 1
        kept = lot if number == lot.id else lot._replace(id=number)
        name: object = number
        if lot.account[0] in _SPENT_AS_ONE and lot.available_from_ms <= book.at_ms:
            name = (lot.account, lot.expires_on, lot.revision)
            before = lots.get(name)
            kept = kept if before is None else before._replace(left=before.left + lot.left)
        lots[name] = kept
    return Holdings(
        tuple(lots.values()), {account: left for account, left in book._plain.items() if left}
    ), first


_SPENT_AS_ONE = frozenset({"points", "credit"})
