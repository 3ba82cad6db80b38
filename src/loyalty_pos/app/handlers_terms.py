"""Memberships sold and taken back, contracts begun and ended early (rules 16, 38; product P5, P12)."""

from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands import VoidSale
from loyalty_pos.app.commands_standing import EndContract, SellMembership, StartContract, UndoMembership
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.eligible import buyer_of, why_closed
from loyalty_pos.app.handlers_refunds import void_sale
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow, StoredPosting
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_standing import LapsedMembers, Memberships, QuoteEndContract
from loyalty_pos.app.records import moved_record, read_record
from loyalty_pos.app.term_port import TermRow
from loyalty_pos.app.term_state import Kind, kind_of, progress_of, term_view
from loyalty_pos.app.term_views import (
    EndedContractView,
    LapsedMembersView,
    LapsedView,
    MembershipsView,
    SoldMembershipView,
    TermOfferView,
    TermView,
)
from loyalty_pos.app.views import TakenBackView
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days, months_on
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import TermRule
from loyalty_pos.domain.ledger import CREDIT, Book, owed_account
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.terms import claw_back, fulfilled, term_rule


def sell_membership(desk: Desk, command: SellMembership) -> SoldMembershipView:
    """Sell a paid membership or its renewal; asked again under its key it answers the same (rules 8)."""
    return _sold_view(desk, _begin(desk, command, "membership"))


def start_contract(desk: Desk, command: StartContract) -> TermView:
    """Begin a contract; one that runs, or ran out with its promise open, has to be ended first."""
    return term_view(desk, _row(desk, _begin(desk, command, "contract")), desk.now())


def _begin(desk: Desk, command: SellMembership | StartContract, kind: Kind) -> StoredPosting:
    key = posting_key("posting_id", command.posting_id)
    programme = text_field("programme", command.programme, 64)
    with desk.store.transaction():
        desk.refresh()  # nobody else can publish or sell from here on
        member = the_member(desk, command.member)
        request = {kind: programme, "member": member.ref}
        stored = desk.store.ledger.posting(key)
        if stored is None:
            known = desk.book.live_named(programme)
            if kind_of(known) != kind:
                raise Rejection(f"not_a_{kind}", programme=programme)
            _append(desk, key, request, member, known)
            stored = desk.store.ledger.posting(key)
            assert stored is not None
        elif stored.kind != kind or not same_request(desk, stored.request_hash, request, member):
            raise Rejection("key_taken", sale_id=key)
        return stored


def _append(desk: Desk, key: str, request: object, member: MemberRow, known: Known) -> None:
    moment = desk.now()
    _refuse_closed(desk, member, known, moment)
    rule, kind = term_rule(known.revision), kind_of(known)
    before = _last(desk, member, known.row.programme)
    if kind == "contract" and before is not None and _still_open(desk, before, moment):
        raise Rejection("contract_open", programme=known.row.key, day=before.until_day)
    from_day, until_day = _days(desk, rule, before, moment)
    record = {
        "programme": known.row.key,
        "revision": known.revision.id,
        "fee_minor": rule.fee_minor,
        "from_day": from_day,
        "until_day": until_day,
        "good_until": add_days(until_day, rule.grace_days),
        "renewed": from_day > moment.business_day or (before is not None and _follows(before, from_day)),
    }
    seq = desk.store.ledger.append(desk.posting(key, request, str(kind), member.id, moment, record))
    days = (from_day, until_day, str(record["good_until"]))
    revision, programme = known.revision.id, known.row.programme
    desk.store.terms.begin(TermRow(seq, key, member.id, programme, revision, rule.fee_minor, *days))


def _refuse_closed(desk: Desk, member: MemberRow, known: Known, moment: Moment) -> None:
    missing = why_closed(known.revision, buyer_of(desk, member, moment), moment)
    if missing:
        raise Rejection("not_eligible", programme=known.row.key, reason=missing[0].code, **missing[0].facts)


def _days(desk: Desk, rule: TermRule, before: TermRow | None, moment: Moment) -> tuple[str, str]:
    """Return the first and last day of a term of now: a renewal goes on from the end of the one before."""
    today, calendar = moment.business_day, desk.shop.view.calendar
    if before is not None and before.good_until >= today:
        return add_days(before.until_day, 1), months_on(before.until_day, calendar, rule.months)
    return today, months_on(today, calendar, rule.months)


def _follows(before: TermRow, from_day: str) -> bool:
    return add_days(before.until_day, 1) == from_day


def _last(desk: Desk, member: MemberRow, programme: int) -> TermRow | None:
    """Return the last term of a programme that was not ended."""
    rows = [
        one for one in desk.store.terms.of_member(member.id) if one.programme == programme and not one.ended
    ]
    return rows[-1] if rows else None


def _still_open(desk: Desk, row: TermRow, moment: Moment) -> bool:
    rule = term_rule(desk.book.revision(row.revision).revision)
    return row.until_day >= moment.business_day or not fulfilled(rule, progress_of(row))


def undo_membership(desk: Desk, command: UndoMembership) -> SoldMembershipView:
    """Take a membership back: its benefits stop, its fee is to be paid back; asked again the same answer."""
    key = posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        sold = desk.store.ledger.posting(key)
        if sold is None or sold.kind != "membership":
            raise Rejection("unknown_membership", posting_id=key)
        row = _row(desk, sold)
        if row.ended is None:
            member, moment = desk.store.members.get(row.member), desk.now()
            last = _last(desk, member, row.programme)
            assert last is not None
            if last.posting != row.posting:
                raise Rejection("renewed_since", day=last.from_day)
            record = {"term": row.posting, "refund_minor": row.fee_minor}
            posting = desk.posting(f"undo:{key}", {"undo": key}, "membership_back", member.id, moment, record)
            desk.store.terms.end(row.posting, desk.store.ledger.append(posting))
        return _sold_view(desk, sold)


def void_sale_or_membership(desk: Desk, command: VoidSale) -> TakenBackView:
    """Take back a sale, or the sale of a membership."""
    key = text_field("sale_id", command.sale_id, 64)
    sold = desk.store.ledger.posting(key)
    if sold is None or sold.kind != "membership":
        return void_sale(desk, command)
    back = undo_membership(desk, UndoMembership(posting_id=key))
    undone = desk.store.ledger.posting(f"undo:{key}")
    assert undone is not None
    return TakenBackView(
        sale_id=key,
        number=0,
        refund_minor=back.refund_minor,
        net_minor=back.refund_minor,
        at_ms=undone.at_ms,
        business_day=undone.business_day,
    )


def quote_end_contract(desk: Desk, query: QuoteEndContract) -> TermView:
    member = the_member(desk, query.member)
    return term_view(desk, _contract(desk, member, query.programme), desk.now())


def end_contract(desk: Desk, command: EndContract) -> EndedContractView:
    """End a contract under its key; what is clawed back and not paid is taken from credit, then owed."""
    key = posting_key("posting_id", command.posting_id)
    programme = text_field("programme", command.programme, 64)
    paid = checked(command.paid_minor, "paid_minor", 0, MAX_AMOUNT)
    with desk.store.transaction():
        member = the_member(desk, command.member)
        request = {"end_contract": programme, "member": member.ref, "paid_minor": paid}
        stored = desk.store.ledger.posting(key)
        if stored is None:
            _end(desk, key, request, member, _contract(desk, member, programme), paid)
            stored = desk.store.ledger.posting(key)
            assert stored is not None
        elif stored.kind != "contract_end" or not same_request(desk, stored.request_hash, request, member):
            raise Rejection("key_taken", sale_id=key)
        return ended_view(desk, stored)


def _end(desk: Desk, key: str, request: object, member: MemberRow, row: TermRow, paid: int) -> None:
    moment, rule = desk.now(), term_rule(desk.book.revision(row.revision).revision)
    owed = claw_back(rule, progress_of(row))
    if paid > owed:
        raise Rejection("contract_owes_less", asked_minor=paid, owed_minor=owed)
    book = Book(desk.store.ledger.holdings(member.id), moment.at_ms, moment.life_day)
    before = book.owed(CREDIT)
    book.move(owed_account(CREDIT), owed - paid, "adjustment")
    book.repay(CREDIT)
    left = max(0, book.owed(CREDIT) - before)
    record: dict[str, Any] = {
        "term": row.posting,
        "owed_minor": owed,
        "paid_minor": paid,
        "from_credit_minor": owed - paid - left,
        "left_owed_minor": left,
        "moved": moved_record(book),
    }
    movements = tuple(book.movements)
    posting = desk.posting(key, request, "contract_end", member.id, moment, record, movements)
    desk.store.terms.end(row.posting, desk.store.ledger.append(posting))


def _contract(desk: Desk, member: MemberRow, programme: str) -> TermRow:
    """Return the contract of a member that was not ended; raises Rejection."""
    known = desk.book.newest_named(text_field("programme", programme, 64))
    if kind_of(known) != "contract":
        raise Rejection("not_a_contract", programme=known.row.key)
    return contract_of(desk, member, known)


def contract_of(desk: Desk, member: MemberRow, known: Known) -> TermRow:
    """Return a member's contract that was not ended; raises Rejection `no_contract`."""
    row = _last(desk, member, known.row.programme)
    if row is None:
        raise Rejection("no_contract", programme=known.row.key)
    return row


def memberships(desk: Desk, query: Memberships) -> MembershipsView:
    member, moment = the_member(desk, query.member), desk.now()
    rows = desk.store.terms.of_member(member.id) if desk.book.has_terms else ()
    offers = [offer_of(desk, member, known, moment) for known in desk.book.live if kind_of(known)]
    return MembershipsView(
        member=member.ref,
        terms=tuple(term_view(desk, row, moment) for row in reversed(rows)),
        offers=tuple(offers),
    )


def offer_of(desk: Desk, member: MemberRow, known: Known, moment: Moment) -> TermOfferView:
    """Describe a membership or contract as a member could begin it now."""
    rule, before, kind = term_rule(known.revision), _last(desk, member, known.row.programme), kind_of(known)
    assert kind is not None
    from_day, until_day = _days(desk, rule, before, moment)
    return TermOfferView(
        programme=known.row.key,
        programme_name=known.row.name,
        kind=kind,
        fee_minor=rule.fee_minor,
        from_day=from_day,
        until_day=until_day,
        renews=kind == "membership" and before is not None and _follows(before, from_day),
        held=kind == "contract" and before is not None and _still_open(desk, before, moment),
        eligible=not why_closed(known.revision, buyer_of(desk, member, moment), moment),
    )


def lapsed_members(desk: Desk, query: LapsedMembers) -> LapsedMembersView:
    """List whom a membership could be offered again; who renewed, or took theirs back, is not among them."""
    known = desk.book.newest_named(text_field("programme", query.programme, 64))
    if kind_of(known) != "membership":
        raise Rejection("not_a_membership", programme=known.row.key)
    moment = desk.now()
    rows = desk.store.terms.lapsed(known.row.programme, moment.business_day, query.limit)
    return LapsedMembersView(
        programme=known.row.key, members=tuple(_lapsed(desk, row, moment) for row in rows)
    )


def _lapsed(desk: Desk, row: TermRow, moment: Moment) -> LapsedView:
    person = desk.store.members.person(row.member)
    return LapsedView(
        member=person.member.ref,
        name=person.member.name,
        phone=person.member.phone,
        consent=person.consent,
        last_visit_day=person.member.last_visit_day,
        term=term_view(desk, row, moment),
    )


def ended_view(desk: Desk, posting: StoredPosting) -> EndedContractView:
    """Describe the end of a contract that is on record."""
    record = read_record(posting.record)
    return EndedContractView(
        posting_id=posting.key,
        owed_minor=record["owed_minor"],
        paid_minor=record["paid_minor"],
        from_credit_minor=record["from_credit_minor"],
        left_owed_minor=record["left_owed_minor"],
        term=term_view(desk, desk.store.terms.get(record["term"]), desk.now()),
    )


def _sold_view(desk: Desk, posting: StoredPosting) -> SoldMembershipView:
    row, record = _row(desk, posting), read_record(posting.record)
    return SoldMembershipView(
        posting_id=posting.key,
        due_minor=record["fee_minor"],
        refund_minor=record["fee_minor"] if row.ended is not None else 0,
        renewed=record["renewed"],
        term=term_view(desk, row, desk.now()),
    )


def _row(desk: Desk, posting: StoredPosting) -> TermRow:
    return desk.store.terms.get(posting.seq)
