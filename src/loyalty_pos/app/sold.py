"""Reading a stored sale back as what was sold and what is kept of it, for whoever takes it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import (
    Record,
    basket_of,
    card_payments,
    contributions,
    promised_by,
    qualifying_minor,
    read_record,
    record_of,
    trace_lines,
)
from loyalty_pos.domain.bill import Took
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.gift_cards import for_goods
from loyalty_pos.domain.keeping import Kept, Sold, everything_of, measured_on
from loyalty_pos.domain.ledger import NewLot
from loyalty_pos.domain.take_back import Step
from loyalty_pos.domain.uses import COUNTED_BEFORE


def sold_of(desk: Desk, row: SaleRow) -> Sold:
    record = record_of(row)
    basket, paid, cards = basket_of(record), record["paid"], card_payments(record)
    gifts = paid["credit_minor"] + paid["points_minor"]
    parts = for_goods(cards, basket.stored_minor)
    took = tuple(Took(*one) for one in record.get("took", ()))
    given = (*contributions(record), *promised_by(record))
    account = record.get("on_account")
    used = {one.revision for one in took} | {one.revision for one in given}
    return Sold(
        basket=basket,
        nets_minor=tuple(line[5] for line in record["lines"]),
        free_units=tuple(line[6] for line in record["lines"]),
        took=took,
        tender_minor=gifts + sum(goods for goods, _ in parts),
        contributions=given,
        revisions=desk.book.revisions(used),
        qualifying_minor=qualifying_minor(record),
        counts=_counts(record),
        given_minor=gifts + sum(one.amount_minor for one in cards if not one.bought),
        cards=parts,
        bought=dict(record.get("bought", ())),
        money_step_minor=record.get("money_step_minor", 1),
        on_account_minor=account["due_minor"] if account else 0,
        received_minor=sum(one.amount_minor for one in desk.store.accounts.payments(row.posting))
        if account
        else 0,
    )


def step_of(desk: Desk, programme: str, moment: Moment) -> Step:
    """Return how a programme converts by its newest revision, and the terms of a gain of now."""
    known = desk.book.newest_named(programme).revision
    expires_on = desk.shop.expires(known.expiry, moment.business_day)
    return desk.book.step_now(programme, NewLot(moment.at_ms, expires_on, known.id))


def kept_of(row: SaleRow, sold: Sold) -> Kept:
    """Read what is still kept of a sale that was not wholly taken back."""
    if row.refund_record is None:
        return everything_of(sold)
    kept = read_record(row.refund_record)["kept"]
    quantities, nets, withheld = (tuple(kept[name]) for name in ("quantities", "nets", "withheld"))
    stored, held, spared = kept.get("stored", False), kept.get("held_minor", 0), kept.get("spared", 0)
    return Kept(quantities, nets, withheld, dict(kept["yields"]), stored, held, spared)


def kept_record(kept: Kept) -> dict[str, Any]:
    """Note what is kept, as `kept_of` reads it."""
    return {
        "quantities": kept.quantities,
        "nets": kept.nets_minor,
        "withheld": kept.withheld,
        "yields": [list(one) for one in kept.yields.items()],
        **({"stored": True} if kept.stored else {}),
        **({"held_minor": kept.held_minor} if kept.held_minor else {}),
        **({"spared": kept.spared} if kept.spared else {}),
    }


def lines_kept(row: SaleRow) -> Sequence[Any]:
    """Return the lines of a sale of which something is kept, as its record has them."""
    lines: Sequence[Any] = read_record(row.record)["lines"]
    if row.refund_record is None:
        return lines
    kept = read_record(row.refund_record)["kept"]["quantities"]
    return [line for line, units in zip(lines, kept, strict=True) if units]


def measured_still(desk: Desk, row: SaleRow) -> Mapping[str, int]:
    """Return what each programme still counts of a sale, by key."""
    if row.refund_record is None:
        return _summed((one, one.measured) for one in contributions(record_of(row)))
    sold = sold_of(desk, row)
    kept = kept_of(row, sold)
    return _summed((one, measured_on(sold, kept, one)) for one in sold.contributions)


def _summed(measured: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    one: Contribution
    for one, count in measured:
        found[one.programme] = found.get(one.programme, 0) + count
    return found


def _counts(record: Record) -> dict[int, int]:
    """Count by revision how often a benefit was given, as limits count it."""
    found: dict[int, int] = {}
    for line in trace_lines(record):
        if line.family == "discount" and line.applied:
            none = line.code == "nth_free" or line.code in COUNTED_BEFORE
            times = 0 if none else int(line.facts.get("sets", 1))
            found[line.revision] = found.get(line.revision, 0) + times
    return found
