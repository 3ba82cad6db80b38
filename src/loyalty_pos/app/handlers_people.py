"""The members page: the list, what is written down about somebody, and what happened to them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands import EditMember, UnlinkCard
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.gifts import gifts_of
from loyalty_pos.app.handlers_claims import claim_view, claim_why
from loyalty_pos.app.handlers_lists import LAST, record_view
from loyalty_pos.app.handlers_members import birthday, member_view, progress_views
from loyalty_pos.app.history_views import HistoryItemView, MemberHistoryView
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.member_filters import chosen, holding, narrowing, sifted
from loyalty_pos.app.member_order import by_name
from loyalty_pos.app.people import TEXT_AT_MOST, find_exactly, the_member
from loyalty_pos.app.ports import HistoryRow, MemberRow, PersonRow
from loyalty_pos.app.programme_uses import note_uses
from loyalty_pos.app.queries import MemberHistory, MemberRecord, MembersList
from loyalty_pos.app.records import Record, contributions, due_minor, read_record
from loyalty_pos.app.sale_views import covered_views, gift_why, moved_view
from loyalty_pos.app.standings import standing_of, standing_view
from loyalty_pos.app.term_history import TERM_POSTINGS, term_item
from loyalty_pos.app.time_words import TIMELY, time_why
from loyalty_pos.app.views import CoveredView, MemberLineView, MembersListView, MemberView, Moved
from loyalty_pos.app.wording import preferences_of, text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import LAST_DIGITS, card_key, looks_like
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Holdings
from loyalty_pos.domain.text import latin_digits, search_key

_EDITABLE = ("name", "phone", "note", "birthday", "city", "tags", "interests", "consent", "gender")


def members_list(desk: Desk, query: MembersList) -> MembersListView:
    text = text_field("text", query.text, TEXT_AT_MOST, empty=True)
    looks = looks_like(text, lambda typed: desk.shop.phone(typed) is not None)
    moment, following, more = desk.now(), None, False
    asked = narrowing(desk, query, moment)
    after = None if text or query.after is None else the_member(desk, query.after).id
    if text and asked:
        rows, more = sifted(desk, asked, text, _meant, query.limit)
    elif text:
        rows = _meant(desk, text, query.limit)
    elif asked:
        rows, last = chosen(desk, asked, after, query.limit)
        following = None if last is None else desk.store.members.get(last).ref
    else:
        rows = by_name(desk, after, query.skip, query.limit)
        following = rows[-1].ref if len(rows) == query.limit else None
    return MembersListView(
        members=holding(query, _lines(desk, rows, moment)),
        next=following,
        total=desk.store.members.count(),
        looks_like=looks,
        more_meant=more,
    )


def member_record(desk: Desk, query: MemberRecord) -> MemberRecordView:
    return record_view(desk, desk.store.members.person(the_member(desk, query.member).id))


def member_history(desk: Desk, query: MemberHistory) -> MemberHistoryView:
    before = None if query.before is None else checked(query.before, "before", 1, LAST)
    member = the_member(desk, query.member)
    rows = desk.store.ledger.history(member.id, before, query.limit)
    return MemberHistoryView(
        member=member.ref,
        items=tuple(_item(desk, row) for row in rows),
        next=rows[-1].seq if len(rows) == query.limit else None,
    )


def edit_member(desk: Desk, command: EditMember) -> MemberRecordView:
    """Write the changed fields; the same request again under its key changes nothing (rules 8)."""
    key = text_field("posting_id", command.posting_id, 64)
    if ":" in key:
        raise InvalidRequest("posting_id", "not_valid")
    with desk.store.transaction():
        row = the_member(desk, command.member)
        asked = _asked(desk, command)
        request = {"edit": row.ref, **asked}
        known = desk.store.ledger.posting(key)
        if known is not None:
            if known.kind != "edit" or not same_request(desk, known.request_hash, request, row):
                raise Rejection("key_taken", sale_id=key)
            return record_view(desk, desk.store.members.person(row.id))
        before = desk.store.members.person(row.id)
        after = _edited(before, asked)
        changed = [name for name in _EDITABLE if _value(before, name) != _value(after, name)]
        if changed:
            _refuse_bad_phone(desk, before, after)
            desk.store.members.edit(after, search_key(after.member.name))
        wanted = asked.get("preferences")
        if isinstance(wanted, list) and wanted != list(desk.store.guests.preferences(row.id)):
            desk.store.guests.prefer(row.id, wanted)
            changed.append("preferences")
        if changed:
            moment = desk.now()
            gifts = gifts_of(desk, row, moment, "profile")
            record = {"member": row.ref, "fields": changed, **gifts.record}
            posting = desk.posting(key, request, "edit", row.id, moment, record, gifts.movements)
            desk.store.ledger.append(posting)
            note_uses(desk, record, row.id, moment.business_day)
        return record_view(desk, desk.store.members.person(row.id))


def unlink_card(desk: Desk, command: UnlinkCard) -> MemberView:
    """Free a card; raises Rejection `card_not_theirs`. Nobody is left without both phone and card."""
    with desk.store.transaction():
        row = the_member(desk, command.member)
        card = card_key(text_field("card", command.card, 64))
        cards = desk.store.members.cards(row.id)
        if card not in cards:
            raise Rejection("card_not_theirs", card=card)
        if row.phone is None and len(cards) == 1:
            raise InvalidRequest("card", "phone_or_card_needed")
        record = {"member": row.ref}
        key = f"unlink:{desk.chance.ref()}"
        desk.store.ledger.append(desk.posting(key, record, "unlink", row.id, desk.now(), record))
        desk.store.members.unlink_card(card)
    return member_view(desk, row)


def _meant(desk: Desk, text: str, limit: int) -> Sequence[MemberRow]:
    """Return whom a text may mean: exactly first, then by last digits or by name."""
    exact = find_exactly(desk, text)
    digits = card_key(latin_digits(text))
    others: Sequence[MemberRow] = ()
    if digits.removeprefix("+").isdecimal():
        if len(digits) >= LAST_DIGITS:
            others = desk.store.members.by_last_digits(digits.removeprefix("+"), limit)
    elif key := search_key(text):
        others = desk.store.members.by_name(key, limit)
    if exact is None:
        return others
    return [exact, *(row for row in others if row.id != exact.id)][:limit]


def _lines(desk: Desk, rows: Sequence[MemberRow], moment: Moment) -> Iterator[MemberLineView]:
    held = desk.store.ledger.balances_of([row.id for row in rows], moment.at_ms, moment.life_day)
    for row in rows:
        yield _line(desk, row, held[row.id], moment)


def _line(desk: Desk, row: MemberRow, held: Holdings, moment: Moment) -> MemberLineView:
    return MemberLineView(
        member=row.ref,
        name=row.name,
        phone=row.phone,
        points=held.usable(POINTS),
        credit_minor=held.usable(CREDIT),
        progress=progress_views(desk, row.id, held.plain),
        last_visit_day=row.last_visit_day,
        rewards=held.rewards(moment.at_ms, moment.life_day),
        standing=standing_view(desk, row, standing_of(desk, row, moment), moment),
    )


def _asked(desk: Desk, command: EditMember) -> dict[str, Any]:
    """Return the fields asked for, each in the form it is kept in; raises InvalidRequest naming one."""
    asked: dict[str, Any] = {}
    for name, high in (("name", 80), ("note", 500), ("city", 80)):
        if (text := getattr(command, name)) is not None:
            asked[name] = text_field(name, text, high, empty=True)
    if command.phone is not None:
        asked["phone"] = desk.shop.phone(command.phone) if command.phone.strip() else None
        if command.phone.strip() and asked["phone"] is None:
            raise InvalidRequest("phone", "not_a_phone")
    if command.birthday is not None:
        asked["birthday"] = birthday(command.birthday.strip() or None, desk.now().business_day)
    for name in ("tags", "interests"):
        if (texts := getattr(command, name)) is not None:
            asked[name] = list(dict.fromkeys(text_field(name, text, 80) for text in texts))
    if command.preferences is not None:
        asked["preferences"] = preferences_of(command.preferences)
    if command.consent is not None:
        asked["consent"] = command.consent
    if command.gender is not None:
        asked["gender"] = command.gender
    return asked


def _edited(before: PersonRow, asked: dict[str, Any]) -> PersonRow:
    of_row = {name: asked[name] for name in ("name", "phone", "note") if name in asked}
    rest = {name: value for name, value in asked.items() if name not in of_row and name != "preferences"}
    member = before.member._replace(**of_row)
    return replace(before, member=member, **rest)


def _value(person: PersonRow, name: str) -> object:
    value = getattr(person.member if name in ("name", "phone", "note") else person, name)
    return list(value) if name in ("tags", "interests") else value


def _refuse_bad_phone(desk: Desk, before: PersonRow, after: PersonRow) -> None:
    phone = after.member.phone
    if phone is None:
        if not desk.store.members.cards(after.member.id):
            raise InvalidRequest("phone", "phone_or_card_needed")
    elif phone != before.member.phone and (known := desk.store.members.by_phone(phone)) is not None:
        if known.id == after.member.id:
            return  # a phone of somebody merged into them
        raise Rejection("phone_taken", member=known.ref, name=known.name)


def _covered(desk: Desk, row: HistoryRow, record: Record) -> tuple[CoveredView, ...]:
    if row.voided or not record.get("warranties"):
        return ()
    sale = desk.store.sales.by_id(row.key)
    assert sale is not None
    return covered_views(record, sale.refund_record)


_GIFTS = ("enrolment", "edit", "referral", "win", "draw", "participation", "check_in")


def _item(desk: Desk, row: HistoryRow) -> HistoryItemView:
    record = read_record(row.record)
    item = HistoryItemView(
        seq=row.seq,
        kind=row.kind,
        at_ms=row.at_ms,
        business_day=row.business_day,
        till=row.till,
        actor=row.actor,
        voided=row.voided,
        moved=_moved(desk, row, record),
        fields=tuple(record.get("fields", ())),
        reason=record["reason"] if row.kind in ("adjust", "uninvite") else "",
    )
    if row.kind == "sale":
        gross, net = sum(line[4] for line in record["lines"]), sum(line[5] for line in record["lines"])
        return replace(
            item,
            sale_id=row.key,
            number=record["number"],
            gross_minor=gross,
            discount_minor=gross - net,
            due_minor=due_minor(record),
            warranties=_covered(desk, row, record),
        )
    if row.kind in ("void", "refund"):
        of = desk.store.sales.by_posting(record["sale"])
        return replace(item, sale_id=of.sale_id, number=of.number, due_minor=record["refund_minor"])
    if row.kind == "attach":
        sale = desk.store.sales.by_id(row.key.removeprefix("attach:"))
        assert sale is not None
        sold = read_record(sale.record)
        return replace(
            item,
            sale_id=sale.sale_id,
            number=sale.number,
            due_minor=due_minor(sold),
            warranties=() if sale.voided else covered_views(sold, sale.refund_record),
        )
    if row.kind in _GIFTS and record.get("earned"):
        names = [desk.book.revision(one["revision"]).row.name for one in record["earned"]]
        undone = desk.store.ledger.posting(f"undo:{row.key}") is not None
        return replace(item, programme_name=names[0], voided=undone, why=gift_why(desk, record))
    if row.kind == "claim":
        claim = claim_view(desk, row.key)
        return replace(
            item, programme_name=claim.programme_name, voided=claim.undone, why=claim_why(desk, claim)
        )
    if row.kind == "unclaim":
        claim = claim_view(desk, row.key.removeprefix("undo:"))
        return replace(item, programme_name=claim.programme_name, why=claim.hand_over)
    if row.kind in TIMELY:
        return replace(item, why=time_why(desk, row.kind, record))
    if row.kind in TERM_POSTINGS:
        return term_item(desk, item, record)
    if row.kind in ("voucher", "codes"):
        programme = desk.store.programmes.latest(record["programme"])
        assert programme is not None
        return replace(item, programme_name=programme.name)
    return item


def _moved(desk: Desk, row: HistoryRow, record: Record) -> tuple[Moved, ...]:
    """Return what moved in the units people count; of a sale's stamps what it gave, not what is left."""
    sums: dict[Account, int] = {}
    for entry in desk.store.ledger.entries(row.seq):
        sums[entry.account] = sums.get(entry.account, 0) + entry.amount
    moved = [moved_view(desk, *account, amount) for account, amount in sums.items() if amount]
    moved = [one for one in moved if not one.unit.endswith("_micro")]
    if row.kind != "sale":
        return tuple(moved)
    stamps = [
        Moved(account=f"stamps:{one.programme}", unit="stamps", amount=one.stamp_count)
        for one in contributions(record)
        if one.account[0] == "reward" and one.micros and not one.event
    ]
    return (*(one for one in moved if not one.unit.endswith("stamps")), *stamps)
