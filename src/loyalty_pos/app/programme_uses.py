"""What programmes with limits gave: read for a sale, moved by it, given back with it (rules 12, 31)."""

from collections.abc import Iterable, Sequence
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.form_views import LimitsView
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import Record, read_record
from loyalty_pos.domain.families import UNLIMITED, Revision
from loyalty_pos.domain.keeping import Kept, Sold
from loyalty_pos.domain.limits import Usage, used_up
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.uses import Use, unused_of, uses_of


def usage_before(desk: Desk, revisions: Iterable[Revision], member: int | None, day: str) -> dict[int, Usage]:
    """Return by programme what those of the revisions that have limits gave before a sale of `day`."""
    return {
        one.programme: desk.store.uses.of(one.programme, member if one.limits.of_member else None, day)
        for one in revisions
        if one.limits is not UNLIMITED
    }


def limits_view(desk: Desk, revision: Revision) -> LimitsView | None:
    """Say what a programme with limits gave so far; None for one without."""
    if revision.limits is UNLIMITED:
        return None
    usage, limits = desk.store.uses.of(revision.programme, None, ""), revision.limits
    return LimitsView(
        times=usage.total,
        total=limits.total,
        spent_minor=usage.spent_minor,
        budget_minor=limits.budget_minor,
        used_up=used_up(revision, usage, desk.shop.money_step_minor),
    )


def uses_record(quote: Quote, revisions: Sequence[Revision]) -> dict[str, Any]:
    """Note what a sale uses of every programme; limits may be set later, and count from the first use."""
    used = uses_of(quote, {revision.id: revision for revision in revisions})
    return {"uses": [list(use) for use in used]} if used else {}


def note_uses(desk: Desk, record: Record, member: int | None, day: str) -> None:
    """Count what the record of a sale of `day` says it used."""
    for programme, times, spent in record.get("uses", ()):
        desk.store.uses.move(programme, member, day, times, spent)


def unused_between(sale: SaleRow, sold: Sold, before: Kept, after: Kept) -> list[list[int]]:
    """Say what of its uses a sale gives back, and whether it counted as its member's (rules 31).

    What a sale had used before it was given to a member counts as nobody's.
    """
    used: dict[int, Use] = {}
    theirs: dict[int, int] = {}
    for text, of_member in ((sale.record, sale.attached is None), (sale.attached_record, True)):
        for programme, times, spent in read_record(text).get("uses", ()) if text else ():
            used[programme] = Use(programme, times, spent)
            theirs[programme] = int(of_member)
    was, now = unused_of(sold, before, used), unused_of(sold, after, used)
    found = []
    for programme in sorted(used):
        none = Use(programme, 0, 0)
        earlier, later = was.get(programme, none), now.get(programme, none)
        times, spent = later.times - earlier.times, later.spent_minor - earlier.spent_minor
        if times or spent:
            found.append([programme, times, spent, theirs[programme]])
    return found


def give_back_uses(desk: Desk, sale: SaleRow, unused: Iterable[Sequence[int]]) -> None:
    for programme, times, spent, theirs in unused:
        member = sale.member if theirs else None
        desk.store.uses.move(programme, member, sale.business_day, -times, -spent)
