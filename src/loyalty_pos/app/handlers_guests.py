"""Prizes handed over from the queue, guest lists and check-in, news for interests (products P13, P17)."""

from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands_games import CheckIn, HandOver, Invite, SetPreferences, Uninvite
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.events import ONCE
from loyalty_pos.app.games import bare_gift
from loyalty_pos.app.gifts import given_now
from loyalty_pos.app.guest_port import HandOverRow
from loyalty_pos.app.guest_views import (
    CheckedInView,
    GuestsView,
    GuestView,
    HandOversView,
    HandOverView,
    NewsForView,
    ReaderView,
    StockView,
)
from loyalty_pos.app.handlers_claims import claimant_of, hand_over
from loyalty_pos.app.handlers_members import member_view
from loyalty_pos.app.named import called
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.programme_uses import note_uses
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_games import Guests, HandOvers, NewsFor
from loyalty_pos.app.records import read_record
from loyalty_pos.app.sale_views import earned_of
from loyalty_pos.app.views import MemberView
from loyalty_pos.app.wording import posting_key, preferences_of, text_field
from loyalty_pos.domain.claiming import NO_GOODS
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule, GuestList, PrizeRule
from loyalty_pos.domain.text import search_key

INVITED_AT_ONCE = 500
REASON_AT_MOST = 200


def hand_over_prize(desk: Desk, command: HandOver) -> HandOverView:
    """Hand over a claimed prize once; asked again it answers the same (rules 8)."""
    key, claim_key = posting_key("posting_id", command.posting_id), posting_key("claim", command.claim)
    with desk.store.transaction():
        claim = desk.store.ledger.posting(claim_key)
        row = desk.store.guests.hand_over(claim.seq) if claim is not None else None
        if row is None:
            raise Rejection("nothing_to_hand_over", claim=claim_key)
        request = {"hand_over": claim_key}
        stored = desk.store.ledger.posting(key)
        if stored is None:
            if row.undone is not None or row.handed is not None:
                raise Rejection("handed_over" if row.undone is None else "claim_undone", claim=claim_key)
            posting = desk.posting(key, request, "hand_over", row.member, desk.now(), {"claim": row.claim})
            desk.store.guests.hand(row.claim, desk.store.ledger.append(posting))
        elif stored.kind != "hand_over" or stored.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        row = desk.store.guests.hand_over(row.claim)
        assert row is not None
        return _waiting(desk, row)


def hand_overs(desk: Desk, query: HandOvers) -> HandOversView:
    rows = desk.store.guests.waiting(query.limit)
    counted = [known for known in desk.book.live if _counted_prize(known)]
    return HandOversView(
        waiting=tuple(_waiting(desk, row) for row in rows),
        stocks=tuple(_stock(desk, known) for known in counted),
    )


def invite(desk: Desk, command: Invite) -> GuestsView:
    """Put members on a guest list; those who are on it already stay as they are."""
    key = posting_key("posting_id", command.posting_id)
    known, wanted = _event(desk, command.programme)
    if not 1 <= len(command.members) <= INVITED_AT_ONCE:
        raise InvalidRequest("members", "too_many" if command.members else "empty", high=INVITED_AT_ONCE)
    with desk.store.transaction():
        desk.refresh()
        rows = {row.id: row for row in (the_member(desk, text) for text in command.members)}
        number, moment = known.row.programme, desk.now()
        for row in rows.values():
            _refuse_guest(desk, known, wanted, row.id)
            before = desk.store.guests.guest(number, row.id)
            if before is not None and before.taken_back is None:
                continue
            own = f"invite:{number}:{row.ref}" + (f":{before.posting}" if before is not None else "")
            record = {"programme": known.row.key, "asked": key}
            posting = desk.posting(own, {"invite": own}, "invitation", row.id, moment, record)
            desk.store.guests.invite(desk.store.ledger.append(posting), number, row.id)
        if wanted.places is not None and len(_on_list(desk, number)) > wanted.places:
            raise Rejection("no_places_left", places=wanted.places)
    return guests(desk, Guests(programme=known.row.key))


def uninvite(desk: Desk, command: Uninvite) -> GuestsView:
    """Take an invitation back; once, whoever asks again (rules 8). Nobody is sent away who came."""
    posting_key("posting_id", command.posting_id)
    reason = text_field("reason", command.reason, REASON_AT_MOST)
    known, _ = _event(desk, command.programme)
    with desk.store.transaction():
        desk.refresh()
        row = the_member(desk, command.member)
        guest = desk.store.guests.guest(known.row.programme, row.id)
        if guest is None:
            raise Rejection("not_invited", programme=known.row.key)
        if guest.came is not None:
            raise Rejection("guest_is_here", programme=known.row.key)
        if guest.taken_back is None:
            key = f"undo:{guest.key}"
            record = {"programme": known.row.key, "invitation": guest.posting, "reason": reason}
            posting = desk.posting(key, {"uninvite": key}, "uninvite", row.id, desk.now(), record)
            desk.store.guests.end_invitation(guest.posting, desk.store.ledger.append(posting), came=False)
    return guests(desk, Guests(programme=known.row.key))


def check_in(desk: Desk, command: CheckIn) -> CheckedInView:
    """Note that a guest came; once, whoever asks again (rules 8)."""
    posting_key("posting_id", command.posting_id)
    known, wanted = _event(desk, command.programme)
    with desk.store.transaction():
        desk.refresh()
        row = the_member(desk, command.member)
        guest = desk.store.guests.guest(known.row.programme, row.id)
        moment = desk.now()
        if guest is None:
            raise Rejection("not_invited", programme=known.row.key)
        if guest.taken_back is not None:
            raise Rejection("invitation_taken_back", programme=known.row.key)
        key = guest.came or f"check_in:{known.row.programme}:{row.ref}"
        if guest.came is None:
            if moment.business_day != wanted.day:
                raise Rejection("not_the_day", day=wanted.day)
            gift = given_now(desk, row, moment, [bare_gift(known.revision)], {known.revision.id: ONCE})
            record: dict[str, Any] = {
                "programme": known.row.key,
                "revision": known.revision.id,
                "earned": [],
                "trace": [],
                **gift.record,
            }
            posting = desk.posting(key, {"check_in": key}, "check_in", row.id, moment, record, gift.movements)
            desk.store.guests.end_invitation(guest.posting, desk.store.ledger.append(posting), came=True)
            note_uses(desk, record, row.id, moment.business_day)
        stored = desk.store.ledger.posting(key)
        assert stored is not None
        points = earned_of(read_record(stored.record)).points
    return CheckedInView(member=row.ref, member_name=row.name, programme=known.row.key, points=points)


def guests(desk: Desk, query: Guests) -> GuestsView:
    known, wanted = _event(desk, query.programme)
    people = _on_list(desk, known.row.programme)
    return GuestsView(
        programme=known.row.key,
        title=known.params.title,
        day=wanted.day,
        invited=len(people),
        came=sum(came for _, came in people),
        places_left=None if wanted.places is None else wanted.places - len(people),
        guests=tuple(GuestView(member=row.ref, member_name=row.name, came=came) for row, came in people),
    )


def _on_list(desk: Desk, programme: int) -> list[tuple[MemberRow, bool]]:
    """List who is invited and whether they came; two who became one member take one place."""
    found: dict[int, tuple[MemberRow, bool]] = {}
    for guest in desk.store.guests.guests(programme):
        row = desk.store.members.get(guest.member)
        found[row.id] = row, guest.came is not None or found.get(row.id, (row, False))[1]
    return list(found.values())


def news_for(desk: Desk, query: NewsFor) -> NewsForView:
    """List who wants to hear of something, a page at a time; whoever did not agree is never listed."""
    wanted = search_key(text_field("interest", query.interest, 80))
    found: list[ReaderView] = []
    after, more = query.after, True
    while more and len(found) < query.limit:
        page = desk.store.guests.interested(after, query.limit)
        more = len(page) == query.limit
        for member, interests in page:
            after = member
            if wanted not in map(search_key, interests):
                continue
            row = desk.store.members.get(member)
            found.append(
                ReaderView(member=row.ref, name=row.name, phone=row.phone, interests=tuple(interests))
            )
            if len(found) == query.limit:
                more = True
                break
    return NewsForView(interest=query.interest, members=tuple(found), next=after if more else None)


def set_preferences(desk: Desk, command: SetPreferences) -> MemberView:
    """Keep how a member likes things; the posting tells that it changed, never what it says (rules 8)."""
    key = posting_key("posting_id", command.posting_id)
    texts = preferences_of(command.preferences)
    with desk.store.transaction():
        row = the_member(desk, command.member)
        request = {"preferences": texts, "member": row.ref}
        stored = desk.store.ledger.posting(key)
        if stored is None:
            record = {"member": row.ref, "fields": ["preferences"]}
            desk.store.ledger.append(desk.posting(key, request, "edit", row.id, desk.now(), record))
            desk.store.guests.prefer(row.id, texts)
        elif not same_request(desk, stored.request_hash, request, row):
            raise Rejection("key_taken", sale_id=key)
        return member_view(desk, row)


def _counted_prize(known: Known) -> bool:
    rule = known.revision.rule
    return isinstance(rule, PrizeRule) and (rule.stock is not None or rule.queued)


def _stock(desk: Desk, known: Known) -> StockView:
    rule, guests = known.revision.rule, desk.store.guests
    assert isinstance(rule, PrizeRule)
    left = None if rule.stock is None else max(0, rule.stock - guests.taken(known.revision.id))
    return StockView(
        programme=known.row.key,
        programme_name=known.row.name,
        stock=rule.stock,
        left=left,
        a_day=rule.a_day,
        promised_today=guests.promised(known.row.programme, desk.now().business_day),
    )


def _event(desk: Desk, programme: str) -> tuple[Known, GuestList]:
    known = desk.book.newest_named(text_field("programme", programme, 64))
    rule = known.revision.rule
    if not isinstance(rule, EarnRule) or rule.guests is None:
        raise Rejection("no_event", programme=known.row.key)
    return known, rule.guests


def _refuse_guest(desk: Desk, known: Known, wanted: GuestList, member: int) -> None:
    """Raise Rejection for whom the event is not for, or when it is over."""
    claimant = claimant_of(desk, desk.store.members.get(member))
    if claimant.moment.business_day > wanted.day:
        raise Rejection("event_over", day=wanted.day)
    reason = known.revision.condition.why_not(claimant.buyer, claimant.moment, NO_GOODS)
    if reason is not None:
        facts = {**reason.facts, "reason": reason.code, "programme": known.row.key}
        raise Rejection("claim_refused", **facts)


def _waiting(desk: Desk, row: HandOverRow) -> HandOverView:
    known, member = desk.book.revision(row.revision), desk.store.members.get(row.member)
    return HandOverView(
        claim=row.key,
        member=member.ref,
        member_name=member.name,
        programme=known.row.key,
        programme_name=known.row.name,
        times=row.times,
        what=hand_over(called(desk, known), row.times, desk.languages),
        day=row.day,
        ready_ms=row.ready_ms,
        late=row.handed is None and row.ready_ms < desk.now().at_ms,
        handed=row.handed is not None,
    )
