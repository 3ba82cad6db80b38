"""Writing down what has ended, and what a manager gives back of it (rules 22, 25, 27)."""

from loyalty_pos.app.commands_lifetime import REVIVED_WITHIN_DAYS
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.lifetime_ports import Ended
from loyalty_pos.app.lifetime_views import EndingView, SweptView
from loyalty_pos.app.records import moved_record
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.ledger import Account, Book, Lot, expire

ENDING_WITHIN_DAYS = 30


def sweep(desk: Desk, moment: Moment) -> SweptView:
    """Write off whatever has ended; a second time there is nothing left to write off."""
    swept = [sweep_member(desk, member, moment) for member in desk.store.lots.ended(moment.business_day)]
    lots = [lot for each in swept for lot in each]
    sums: dict[str, int] = {}
    for lot in lots:
        sums[lot.account[0]] = sums.get(lot.account[0], 0) + lot.left
    return SweptView(
        members=len(swept),
        lots=len(lots),
        points=sums.get("points", 0),
        credit_minor=sums.get("credit", 0),
        rewards=sums.get("reward", 0),
    )


def sweep_member(desk: Desk, member: int, moment: Moment) -> list[Lot]:
    """Write off one member's ended lots in a posting of its own; none when there is nothing."""
    ledger = desk.store.ledger
    holdings = ledger.holdings(member)
    book = Book(holdings, moment.at_ms, moment.business_day)
    ended = expire(book, holdings.lots)
    if ended:
        ref, day = desk.store.members.get(member).ref, moment.business_day
        record = {"lots": [[lot.id, *lot.account, lot.left] for lot in ended], "moved": moved_record(book)}
        key = f"expiry:{ref}:{ledger.last_posting(member)}"
        request = {"expiry": ref, "day": day}
        ledger.append(desk.posting(key, request, "expiry", member, moment, record, tuple(book.movements)))
    return ended


def revivable(desk: Desk, member: int, moment: Moment) -> list[Ended]:
    """List what ended within the days in which it may be revived, soonest ended first.

    Counted from the latest time there is on record, so that a clock moved back opens nothing (rules 25).
    """
    latest = desk.shop.moment(max(moment.at_ms, desk.store.days.last_ms())).business_day
    found = desk.store.lots.expired(member, add_days(latest, -REVIVED_WITHIN_DAYS))
    return sorted(found, key=lambda one: (one.expired_on, one.entry))


def ending_views(book: Book) -> tuple[EndingView, ...]:
    """Say what ends soon, day by day."""
    last = add_days(book.day, ENDING_WITHIN_DAYS)
    sums: dict[tuple[str, Account], int] = {}
    for account in book.accounts():
        for lot in book.lots(account):
            if lot.expires_on is not None and lot.expires_on <= last:
                sums[lot.expires_on, account] = sums.get((lot.expires_on, account), 0) + lot.left
    return tuple(
        EndingView(unit=unit_name(account), amount=amount, on=day)
        for (day, account), amount in sorted(sums.items())
    )


def unit_name(account: Account) -> str:
    """Name an account as the door does: "points", "credit", "reward:KEY"."""
    unit, programme = account
    return f"{unit}:{programme}" if programme else unit
