"""Corrections by hand: opening balances, paper cards, goodwill, mistakes (rules 6, 7, 37)."""

from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands_people import Adjust
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.people import the_member
from loyalty_pos.app.people_views import AdjustedView
from loyalty_pos.app.ports import MemberRow, StoredPosting
from loyalty_pos.app.records import balances_record, moved_record, read_record
from loyalty_pos.app.reservations import without_reserved
from loyalty_pos.app.sale_views import balances_view, moved_view
from loyalty_pos.app.sold import step_of
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.adjusting import adjust_lots, adjust_progress, adjustable
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book, NewLot, progress_account
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY

STAMPS = "stamps:"
_LOTS: dict[str, Account] = {"points": POINTS, "credit": CREDIT}


def adjust(desk: Desk, command: Adjust) -> AdjustedView:
    """Post a correction under its key: the same request again gets the first answer (rules 8)."""
    key = posting_key("posting_id", command.posting_id)
    reason = text_field("reason", command.reason, 200)
    amount = _amount(command)
    with desk.store.transaction():
        desk.refresh()
        row = the_member(desk, command.member)
        said = {"unit": command.unit, "amount": amount, "reason": reason}
        request = {"adjust": row.ref, **said}
        known = desk.store.ledger.posting(key)
        if known is None:
            moment = desk.now()
            book = _adjusted(desk, row, command.unit, amount, moment)
            live = [one.revision for one in desk.book.live]
            record = {**said, "moved": moved_record(book), "balances": balances_record(book, live)}
            movements = tuple(book.movements)
            desk.store.ledger.append(desk.posting(key, request, "adjust", row.id, moment, record, movements))
            known = desk.store.ledger.posting(key)
            assert known is not None
        elif known.kind != "adjust" or not same_request(desk, known.request_hash, request, row):
            raise Rejection("key_taken", sale_id=key)
    return _view(desk, row, known)


def _amount(command: Adjust) -> int:
    most = MAX_QUANTITY if command.unit.startswith(STAMPS) else MAX_AMOUNT
    if not command.amount:
        raise InvalidRequest("amount", "out_of_range", low=1, high=most)
    return checked(command.amount, "amount", -most, most)


def _adjusted(desk: Desk, row: MemberRow, unit: str, amount: int, moment: Moment) -> Book:
    holdings = desk.store.ledger.balances(row.id, moment.at_ms, moment.life_day)
    kept = without_reserved(desk, row.id, holdings, moment.at_ms)
    book = Book(kept, moment.at_ms, moment.life_day)
    if unit.startswith(STAMPS):
        _adjust_stamps(desk, book, unit.removeprefix(STAMPS), amount, moment)
        return book
    account = _LOTS.get(unit)
    if account is None:
        raise InvalidRequest("unit", "not_a_choice")
    have = adjustable(book, account)
    if have + amount < 0 and account == CREDIT:
        raise Rejection("beyond_credit", have_minor=have, asked_minor=-amount)
    if have + amount < 0:
        raise Rejection("beyond_balance", have=have, asked=-amount)
    adjust_lots(book, account, amount, lot_of_now(desk, unit, moment))
    return book


def lot_of_now(desk: Desk, unit: str, moment: Moment) -> NewLot:
    """Return the terms of a gain of now that no sale earned: those of the programme that gives the unit."""
    gives = []
    for row in desk.newest():
        revision = desk.book.revision(row.revision).revision
        if isinstance(revision.rule, EarnRule) and revision.rule.yield_unit == unit:
            gives.append((not row.live, revision.rule.happening is not None, row.programme, revision))
    if not gives:
        raise Rejection("nothing_gives", unit=unit)
    found = min(gives)[-1]
    expires_on = desk.shop.expires(found.expiry, moment.business_day)
    return NewLot(moment.at_ms, expires_on, found.id)


def _adjust_stamps(desk: Desk, book: Book, programme: str, amount: int, moment: Moment) -> None:
    known = desk.book.newest_named(text_field("unit", programme, 64))
    rule = known.revision.rule
    if not isinstance(rule, EarnRule) or rule.yield_unit != "reward" or rule.happening is not None:
        raise Rejection("not_a_card", programme=known.row.name)
    have = book.plain(progress_account(known.row.key)) // rule.unit_micro
    if have + amount < 0:
        raise Rejection("beyond_balance", have=have, asked=-amount)
    adjust_progress(book, known.row.key, amount * rule.unit_micro, step_of(desk, known.row.key, moment))


def _view(desk: Desk, row: MemberRow, posting: StoredPosting) -> AdjustedView:
    record: Any = read_record(posting.record)
    return AdjustedView(
        posting_id=posting.key,
        member=row.ref,
        member_name=row.name,
        unit=record["unit"],
        amount=record["amount"],
        reason=record["reason"],
        moved=tuple(moved_view(desk, *one) for one in record["moved"]),
        balances=balances_view(record["balances"]),
        at_ms=posting.at_ms,
        business_day=posting.business_day,
    )
