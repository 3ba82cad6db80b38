"""Reading a stored sale back as what was sold and what is kept of it, for whoever takes it back."""

from collections.abc import Mapping
from typing import Any

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import (
    Record,
    basket_of,
    contributions,
    qualifying_minor,
    read_record,
    record_of,
    trace_lines,
)
from loyalty_pos.domain.bill import Took
from loyalty_pos.domain.earning import Contribution
from loyalty_pos.domain.keeping import Kept, Sold, everything_of, measured_on


def sold_of(desk: Desk, row: SaleRow) -> Sold:
    record = record_of(row)
    took = tuple(Took(*one) for one in record.get("took", ()))
    given = tuple(contributions(record))
    used = {one.revision for one in took} | {one.revision for one in given}
    return Sold(
        basket=basket_of(record),
        nets_minor=tuple(line[5] for line in record["lines"]),
        free_units=tuple(line[6] for line in record["lines"]),
        took=took,
        tender_minor=tender_minor(record),
        contributions=given,
        revisions=desk.book.revisions(used),
        qualifying_minor=qualifying_minor(record),
        counts=_counts(record),
    )


def tender_minor(record: Record) -> int:
    """Return what the shop owed the member and paid the sale with."""
    paid = record["paid"]
    return int(paid["credit_minor"] + paid["points_minor"] + paid.get("gift_card_minor", 0))


def kept_of(row: SaleRow, sold: Sold) -> Kept:
    """Read what is still kept of a sale that was not wholly taken back."""
    if row.refund_record is None:
        return everything_of(sold)
    kept = read_record(row.refund_record)["kept"]
    quantities, nets, withheld = (tuple(kept[name]) for name in ("quantities", "nets", "withheld"))
    return Kept(quantities, nets, withheld, dict(kept["yields"]))


def kept_record(kept: Kept) -> dict[str, Any]:
    """Note what is kept, as `kept_of` reads it."""
    return {
        "quantities": kept.quantities,
        "nets": kept.nets_minor,
        "withheld": kept.withheld,
        "yields": [list(one) for one in kept.yields.items()],
    }


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
            times = 0 if line.code in ("nth_free", "reward_used") else int(line.facts.get("sets", 1))
            found[line.revision] = found.get(line.revision, 0) + times
    return found
