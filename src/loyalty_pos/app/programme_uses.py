"""What programmes with limits gave: read for a sale, moved by it, given back with it (rules 12, 31)."""

from collections.abc import Iterable, Sequence
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.form_views import LimitsView
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import Record, read_record
from loyalty_pos.domain.families import UNLIMITED, Revision
from loyalty_pos.domain.limits import Usage, used_up
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.uses import uses_of


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
    _move(desk, record, member, day, 1)


def note_unused(desk: Desk, sale: SaleRow) -> None:
    """Give back what a sale used, and what a member attached to it got of it later."""
    own = sale.member if sale.attached is None else None
    _move(desk, read_record(sale.record), own, sale.business_day, -1)
    if sale.attached_record is not None:
        _move(desk, read_record(sale.attached_record), sale.member, sale.business_day, -1)


def _move(desk: Desk, record: Record, member: int | None, day: str, sign: int) -> None:
    for programme, times, spent in record.get("uses", ()):
        desk.store.uses.move(programme, member, day, sign * times, sign * spent)
