"""What sales on hold keep for themselves: the member's still, and nobody else's to use (rules 30)."""

from collections.abc import Mapping
from dataclasses import field, replace
from json import loads

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.held_codes import UNITS
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Account, Book, Holdings


@dataclass(frozen=True, slots=True)
class Reserved:
    """Amounts by account, and units of single reward lots."""

    accounts: Mapping[Account, int] = field(default_factory=dict)
    lots: Mapping[int, int] = field(default_factory=dict)


def reserved_of(desk: Desk, member: int, now_ms: int) -> Reserved:
    """Sum what a member's sales on hold reserve at an instant."""
    accounts: dict[Account, int] = {}
    lots: dict[int, int] = {}
    for text in desk.store.held.reserved(member, now_ms):
        for unit, programme, lot, amount in loads(text):
            if unit in UNITS:
                continue  # whoever hands them in
            accounts[unit, programme] = accounts.get((unit, programme), 0) + amount
            if lot is not None:
                lots[lot] = lots.get(lot, 0) + amount
    return Reserved(accounts, lots)


def without_reserved(desk: Desk, member: int, holdings: Holdings, now_ms: int) -> Holdings:
    """Mark in a member's holdings what their sales on hold reserve."""
    reserved = reserved_of(desk, member, now_ms)
    if not reserved.accounts:
        return holdings
    return replace(holdings, reserved=reserved.accounts, reserved_lots=reserved.lots)


def uses(book: Book) -> list[tuple[str, str, int | None, int]]:
    """List what a priced sale would use: credit and points in sums, rewards lot by lot."""
    used: dict[tuple[str, str, int | None], int] = {}
    for move in book.movements:
        # A lot with a negative number is only planned: what a sale earns and uses at once needs no reserve.
        if move.kind != "redemption" or move.lot is None or move.lot < 0:
            continue
        unit, programme = move.account
        key = (unit, programme, move.lot if unit == "reward" else None)
        used[key] = used.get(key, 0) - move.amount
    return [(*key, amount) for key, amount in used.items()]
