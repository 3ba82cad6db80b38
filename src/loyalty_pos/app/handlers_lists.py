"""Whole lists a page at a time, and what an enrolment would meet: for exports, imports and warnings."""

from collections.abc import Mapping, Sequence
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_members import candidate, new_member, referred_by
from loyalty_pos.app.list_views import (
    MemberCheckView,
    MemberHeldView,
    MemberRecordView,
    MembersPageView,
    SalesPageView,
)
from loyalty_pos.app.ports import MemberRow, PersonRow, SaleRow
from loyalty_pos.app.queries import CheckMember, MembersPage, SalesPage
from loyalty_pos.app.sale_views import sale_record_view
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.ledger import CREDIT, POINTS, Holdings

NAMESAKES_SHOWN = 5
LAST = 10**12
Buyer = tuple[MemberRow | None, str | None]


def check_member(desk: Desk, query: CheckMember) -> MemberCheckView:
    """Say what enrolling would do; a phone counts before a card."""
    moment = desk.now()
    member = new_member(desk, query, moment.business_day, moment.at_ms)
    referred_by(desk, query)
    members = desk.store.members
    by_phone = members.by_phone(member.phone) if member.phone is not None else None
    by_card = members.by_card(member.card) if member.card is not None else None
    known = by_phone or by_card
    before = desk.store.merges.named("" if by_phone else member.card or "", "", member.phone)
    perhaps = []
    if member.name_key and member.birthday:
        for other in members.namesakes(member.name_key, member.birthday, NAMESAKES_SHOWN + 1):
            if known is None or other.id != known.id:
                perhaps.append(candidate(other))
    return MemberCheckView(
        name=member.name,
        phone=member.phone,
        card=member.card,
        birthday=member.birthday,
        known_by=None if known is None else "phone" if by_phone else "card",
        known=None if known is None else candidate(known),
        known_as=None if known is None else before[1] if before else known.ref,
        perhaps=tuple(perhaps[:NAMESAKES_SHOWN]),
    )


def members_page(desk: Desk, query: MembersPage) -> MembersPageView:
    after = checked(query.after, "after", 0, LAST)
    assert desk.shop
    rows, moment = desk.store.members.page(after, query.limit), desk.now()
    at_ms, day = moment.at_ms, moment.life_day
    held = desk.store.ledger.balances_of([row.member.id for row in rows], at_ms, day)
    return MembersPageView(
        members=tuple(_held_view(desk, row, held[row.member.id], at_ms, day) for row in rows),
        next=rows[-1].member.id if len(rows) == query.limit else None,
    )


def sales_page(desk: Desk, query: SalesPage) -> SalesPageView:
    after = checked(query.after, "after", 0, LAST)
    assert desk.shop
    rows = desk.store.sales.page(after, query.limit)
    buyers = _buyers(desk, rows)
    return SalesPageView(
        sales=tuple(sale_record_view(row, *buyers[row.member]) for row in rows),
        next=rows[-1].number if len(rows) == query.limit else None,
    )


def _buyers(desk: Desk, rows: Sequence[SaleRow]) -> Mapping[int | None, Buyer]:
    """Look each buyer of some sales up once, with their first card."""
    buyers: dict[int | None, Buyer] = {None: (None, None)}
    for member in {row.member for row in rows if row.member is not None}:
        cards = desk.store.members.cards(member)
        buyers[member] = (desk.store.members.get(member), cards[0] if cards else None)
    return buyers


def record_view(desk: Desk, row: PersonRow) -> MemberRecordView:
    """Describe what is written down about a member."""
    return MemberRecordView(**_written(desk, row))


def _held_view(desk: Desk, row: PersonRow, held: Holdings, at_ms: int, day: str) -> MemberHeldView:
    return MemberHeldView(
        **_written(desk, row),
        points=held.usable(POINTS),
        credit_minor=held.usable(CREDIT),
        rewards=held.rewards(at_ms, day),
    )


def _written(desk: Desk, row: PersonRow) -> dict[str, Any]:
    member = row.member
    listed = desk.store.segments.of_member(member.id)
    return {
        "member": member.ref,
        "name": member.name,
        "phone": member.phone,
        "cards": tuple(desk.store.members.cards(member.id)),
        "member_kind": member.kind,
        "enrolled_day": member.enrolled_day,
        "birthday": row.birthday,
        "city": row.city,
        "tags": tuple(row.tags),
        "interests": tuple(row.interests),
        "note": member.note,
        "consent": row.consent,
        "visits": member.visits,
        "spend_minor": member.spend_minor,
        "last_visit_day": member.last_visit_day,
        "gender": row.gender,
        "preferences": tuple(desk.store.guests.preferences(member.id)),
        "lists": tuple(row.key for row in desk.newest() if row.programme in listed) if listed else (),
    }
