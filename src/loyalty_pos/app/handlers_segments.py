"""Segments: their lists made by hand, and that no programme asks for one there is not."""

from loyalty_pos.app.commands import AddToSegment, RemoveFromSegment
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_members import candidate
from loyalty_pos.app.people import the_member
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries import SegmentMembers
from loyalty_pos.app.segment_views import SegmentListView, SegmentMembersView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.money import MAX_AMOUNT


def add_to_segment(desk: Desk, command: AddToSegment) -> SegmentListView:
    """Put members on a segment's list, all or none; who is on it already stays on it."""
    return _change(desk, command, listed=True)


def remove_from_segment(desk: Desk, command: RemoveFromSegment) -> SegmentListView:
    """Take members off a segment's list, all or none; its condition may still count them in."""
    return _change(desk, command, listed=False)


def segment_members(desk: Desk, query: SegmentMembers) -> SegmentMembersView:
    known = _segment(desk, query.segment)
    after = checked(query.after, "after", 0, MAX_AMOUNT)
    numbers = desk.store.segments.page(known.row.programme, after, query.limit)
    return SegmentMembersView(
        segment=known.row.key,
        members=tuple(candidate(desk.store.members.get(number)) for number in numbers),
        next=numbers[-1] if len(numbers) == query.limit else None,
    )


def _change(desk: Desk, command: AddToSegment | RemoveFromSegment, *, listed: bool) -> SegmentListView:
    segments, moment = desk.store.segments, desk.now()
    with desk.store.transaction():
        known = _segment(desk, command.segment)
        programme, key = known.row.programme, known.row.key
        rows = {row.id: row for row in (the_member(desk, text) for text in command.members)}
        changed = [row for row in rows.values() if (programme in segments.of_member(row.id)) != listed]
        for row in changed:
            record = {"segment": key, "member": row.ref, "listed": int(listed)}
            posting = desk.posting(f"segment:{desk.chance.ref()}", record, "segment", row.id, moment, record)
            seq = desk.store.ledger.append(posting)
            if listed:
                segments.add(programme, row.id, seq)
            else:
                segments.remove(programme, row.id)
        count = segments.count(programme)
    return SegmentListView(segment=key, name=known.row.name, listed=count, changed=len(changed))


def _segment(desk: Desk, text: str) -> Known:
    known = desk.book.newest_named(text_field("segment", text, 64))
    if known.kind.family != "segment":
        raise Rejection("unknown_segment", segment=known.row.key)
    return known
