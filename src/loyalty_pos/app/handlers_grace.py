"""What a manager may decide about time and debts, each with a reason (rules 6, 22, 24, 27)."""

from collections.abc import Mapping
from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands_lifetime import (
    COURTESY_DAYS,
    REVIVED_FOR_DAYS,
    REVIVED_WITHIN_DAYS,
    GrantCourtesy,
    Revive,
    SetTier,
    WriteOff,
)
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_members import member_view
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.lifetime_ports import Ended
from loyalty_pos.app.lifetime_views import ExpiredLotsView, ExpiredLotView
from loyalty_pos.app.months import note_level
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.queries_lifetime import ExpiredLots
from loyalty_pos.app.records import moved_record, read_record
from loyalty_pos.app.standings import note_change, standing_of
from loyalty_pos.app.sweeping import revivable, sweep_member, unit_name
from loyalty_pos.app.views import MemberView
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days, read_day
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.ledger import Account, Book, NewLot, owed_account, progress_account, renew
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.tiers import Standing

REASON_AT_MOST = 200
SHIELDED_AT_MOST_DAYS = 3_660
STAMPS = "stamps:"


def expired_lots(desk: Desk, query: ExpiredLots) -> ExpiredLotsView:
    row, moment = the_member(desk, query.member), desk.now()
    return ExpiredLotsView(
        member=row.ref, lots=tuple(expired_view(one) for one in revivable(desk, row.id, moment))
    )


def revive(desk: Desk, command: Revive) -> MemberView:
    """Move what ended with a lot into a new one that names it; asked again it answers the same (rules 22)."""
    key, reason = posting_key("posting_id", command.posting_id), _reason(command.reason)
    with desk.store.transaction():
        row, moment = the_member(desk, command.member), desk.now()
        request = {"revive": command.lot, "member": row.ref, "reason": reason, "expires": command.expires}
        if not _known(desk, key, "revive", request, row):
            last = add_days(moment.business_day, REVIVED_FOR_DAYS)
            if command.expires is not None:
                last = _last_day(_day(command.expires, "expires"), "expires", moment)
            sweep_member(desk, row.id, moment)
            ended = [one for one in revivable(desk, row.id, moment) if one.lot == command.lot]
            if not ended:
                raise Rejection("nothing_to_revive", days=REVIVED_WITHIN_DAYS)
            amount = sum(one.amount for one in ended)
            holdings = desk.store.ledger.holdings(row.id, ended[0].posting)
            book = Book(holdings, moment.at_ms, moment.life_day)
            renew(book, command.lot, amount, NewLot(moment.at_ms, last, ended[0].revision))
            record = {"lot": command.lot, "amount": amount, "expires_on": last}
            _append(desk, key, request, "revive", row, moment, book, record | {"reason": reason})
        return member_view(desk, row)


def grant_courtesy(desk: Desk, command: GrantCourtesy) -> MemberView:
    """Give what a refund could not put back, for a week; once for every refund (rules 27)."""
    reason = _reason(command.reason)
    with desk.store.transaction():
        sale, moment = stored_sale(desk, command.sale_id), desk.now()
        of = f"void:{sale.sale_id}" if command.refund_id is None else command.refund_id
        back = desk.store.ledger.posting(of)
        record = read_record(back.record) if back is not None and back.kind in ("void", "refund") else {}
        if back is None or record.get("sale") != sale.posting:
            raise Rejection("unknown_refund", sale_id=sale.sale_id)
        if not record.get("lost") or back.member is None:
            raise Rejection("nothing_was_lost", number=sale.number)
        row = desk.store.members.get(back.member)
        request = {"courtesy": of, "reason": reason}
        key = f"courtesy:{of}"
        if not _known(desk, key, "courtesy", request, row):
            book = Book(desk.store.ledger.holdings(row.id), moment.at_ms, moment.life_day)
            last = add_days(moment.business_day, COURTESY_DAYS)
            for unit, programme, _, amount, revision, _ in record["lost"]:
                book.gain((unit, programme), amount, NewLot(moment.at_ms, last, revision))
            told = {"refund": back.seq, "expires_on": last, "reason": reason}
            _append(desk, key, request, "courtesy", row, moment, book, told)
        return member_view(desk, row)


def set_tier(desk: Desk, command: SetTier) -> MemberView:
    """Put a member on a level and keep it there until a day; what was reached cannot be taken (rules 24)."""
    key, reason = posting_key("posting_id", command.posting_id), _reason(command.reason)
    with desk.store.transaction():
        desk.refresh()
        row, moment = the_member(desk, command.member), desk.now()
        until = _day(command.until, "until")
        request = {"tier": command.tier, "member": row.ref, "until": until, "reason": reason}
        if not _known(desk, key, "set_tier", request, row):
            _last_day(until, "until", moment)
            standing = standing_of(desk, row, moment)
            if standing is None:
                raise Rejection("no_levels")
            after = _put_on(standing, command.tier)
            record = {
                "tier": [standing.held, after.held, standing.programme],
                "until": until,
                "shield": command.tier,
                "reason": reason,
            }
            posting = desk.posting(key, request, "set_tier", row.id, moment, record)
            seq = desk.store.ledger.append(posting)
            note_change(desk, row.id, standing, after, seq)
            note_level(desk, row.id, moment.business_day)
            desk.store.reviews.shield(row.id, standing.programme, command.tier, until, seq)
        return member_view(desk, row)


def write_off(desk: Desk, command: WriteOff) -> MemberView:
    """Let go of a debt, as much as is asked; asked again it answers the same (rules 6)."""
    key, reason = posting_key("posting_id", command.posting_id), _reason(command.reason)
    with desk.store.transaction():
        row, moment = the_member(desk, command.member), desk.now()
        request = {
            "write_off": command.unit,
            "member": row.ref,
            "amount": command.amount,
            "reason": reason,
        }
        if not _known(desk, key, "write_off", request, row):
            book = Book(desk.store.ledger.holdings(row.id), moment.at_ms, moment.life_day)
            account, micro = _owed_account(desk, command.unit)
            owed = book.plain(account)
            if not owed:
                raise Rejection("nothing_owed", unit=command.unit)
            amount = owed
            if command.amount is not None:
                amount = checked(command.amount, "amount", 1, MAX_AMOUNT) * micro
                amount = _within(amount, owed, micro)
            book.move(account, -amount, "adjustment")
            _append(
                desk, key, request, "write_off", row, moment, book, {"unit": command.unit, "reason": reason}
            )
        return member_view(desk, row)


def _within(amount: int, owed: int, micro: int) -> int:
    """Keep to what is owed; a stamp of which only a part is owed is let go of whole."""
    most = -(-owed // micro)
    if amount > most * micro:
        raise Rejection("more_than_owed", owed=most)
    return min(amount, owed)


def _owed_account(desk: Desk, unit: str) -> tuple[Account, int]:
    if unit in ("points", "credit"):
        return owed_account((unit, "")), 1
    programme = unit.removeprefix(STAMPS)
    if programme == unit:
        raise InvalidRequest("unit", "not_a_choice")
    desk.book.newest_named(programme)
    return owed_account(progress_account(programme)), desk.book.unit_micro(programme)


def _put_on(standing: Standing, tier: str) -> Standing:
    rule = standing.rule
    rank = rule.rank(tier)
    if rank < 0:
        raise Rejection("unknown_tier", tier=tier)
    reached = standing.reached
    if rank < reached:
        raise Rejection("tier_reached", tier=rule.levels[reached].name)
    return Standing(rule, standing.programme, standing.counted, tier, earlier=standing.earlier)


def _known(desk: Desk, key: str, kind: str, request: Mapping[str, Any], row: MemberRow) -> bool:
    known = desk.store.ledger.posting(key)
    if known is not None and (known.kind != kind or not same_request(desk, known.request_hash, request, row)):
        raise Rejection("key_taken", sale_id=key)
    return known is not None


def _append(
    desk: Desk,
    key: str,
    request: object,
    kind: str,
    row: MemberRow,
    moment: Moment,
    book: Book,
    record: dict[str, Any],
) -> None:
    told = {**record, "moved": moved_record(book)}
    posting = desk.posting(key, request, kind, row.id, moment, told, tuple(book.movements))
    desk.store.ledger.append(posting)


def _reason(text: str) -> str:
    return text_field("reason", text, REASON_AT_MOST)


def _day(text: str, field: str) -> str:
    if (day := read_day(text)) is None:
        raise InvalidRequest(field, "not_a_day")
    return day


def _last_day(day: str, field: str, moment: Moment) -> str:
    """Return a last day that is not over yet; raises InvalidRequest."""
    if not moment.business_day <= day <= add_days(moment.business_day, SHIELDED_AT_MOST_DAYS):
        raise InvalidRequest(field, "out_of_range")
    return day


def expired_view(one: Ended) -> ExpiredLotView:
    """Say what ended, and until when it may be given back."""
    return ExpiredLotView(
        lot=one.lot,
        unit=unit_name(one.account),
        amount=one.amount,
        expired_on=one.expired_on,
        revive_until=add_days(one.expired_on, REVIVED_WITHIN_DAYS),
    )
