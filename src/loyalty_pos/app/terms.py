"""What memberships and contracts somebody holds, and what purchases bring in them (product P5, P12)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.records import Record
from loyalty_pos.app.term_port import TermMove, TermRow
from loyalty_pos.domain.bill import Held, Snapshot
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.keeping import Kept, Sold
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.terms import NO_PROGRESS, Progress, still_given, term_rule


def held_terms(
    desk: Desk, member: MemberRow, moment: Moment, before_posting: int | None = None
) -> tuple[Held, ...]:
    """Return what a member holds at a moment; a renewal counts instead of what it goes on from.

    With `before_posting` only what was begun before it. In a shop that never had any, nothing is looked up.
    """
    if not desk.book.has_terms:
        return ()
    newest: dict[int, TermRow] = {}
    for row in desk.store.terms.running(member.id, moment.business_day):
        if before_posting is None or row.posting < before_posting:
            newest[row.programme] = row
    return tuple(
        Held(
            row.posting,
            desk.book.revision(row.revision).revision,
            row.until_day,
            row.good_until,
            rests_minor(desk, row, moment),
        )
        for row in newest.values()
    )


def rests_minor(desk: Desk, row: TermRow, moment: Moment) -> int:
    """Return what must be spent before the benefits of a membership go on; 0 when they do."""
    rule, day = term_rule(desk.book.revision(row.revision).revision), moment.business_day
    first = add_days(day, -rule.keep_days)
    if not rule.keep_minor or row.from_day > first:
        return 0
    _, spend = desk.store.standings.tally(row.member, first, day)
    return max(0, rule.keep_minor - spend)


def moves_of(
    desk: Desk, member: Snapshot, priced: Quote, price: Callable[[Snapshot], Quote]
) -> tuple[TermMove, ...]:
    """Say what a purchase brings in everything its member holds.

    Of a contract's discount what an ordinary member would not have got is found by pricing without it.
    """
    took = desk.book.revisions({one.revision for one in priced.took})
    return tuple(_move(member, held, priced, took, price) for held in member.terms)


def _move(
    member: Snapshot,
    held: Held,
    priced: Quote,
    took: Mapping[int, Revision],
    price: Callable[[Snapshot], Quote],
) -> TermMove:
    counts = benefits_of(held.revision.key, took)
    given = sum([one.minor for one in priced.took if one.revision in counts])
    extra = 0
    if given and term_rule(held.revision).contract:
        without = replace(member, terms=tuple([one for one in member.terms if one is not held]))
        extra = price(without).net_minor - priced.net_minor
    return TermMove(held.term, 1, priced.counts.spend_minor, given, extra)


def benefits_of(key: str, revisions: Mapping[int, Revision]) -> frozenset[int]:
    """Return those revisions that give because somebody holds a membership or contract."""
    return frozenset(
        number for number, one in revisions.items() if one.key == key or key in one.condition.standings
    )


def attached_moves(
    desk: Desk, member: MemberRow, sale: SaleRow, qualifying_minor: int
) -> tuple[TermMove, ...]:
    """Say what a purchase brings to a member who is named after it: it was made, and nothing was given."""
    then = replace(desk.shop.moment(sale.at_ms), business_day=sale.business_day)
    held = held_terms(desk, member, then, sale.posting)
    return tuple(TermMove(one.term, 1, qualifying_minor, 0, 0) for one in held)


def terms_back(desk: Desk, record: Record, sold: Sold, before: Kept, after: Kept) -> list[Sequence[int]]:
    """List what of a sale's memberships and contracts goes between two states of what is kept of it."""
    found: list[Sequence[int]] = []
    for term, *counted in record.get("terms", ()):
        given = Progress(*counted)
        key = desk.book.revision(desk.store.terms.get(term).revision).revision.key
        revisions = benefits_of(key, sold.revisions)
        was, now = (still_given(sold, kept, given, revisions) for kept in (before, after))
        gone = now.minus(was)
        if gone != NO_PROGRESS:
            found.append([term, *gone])
    return found


def terms_moved(record: Record) -> list[TermMove]:
    """Read back what a posting moved in memberships and contracts."""
    return [TermMove(*one) for one in record.get("terms", ())]
