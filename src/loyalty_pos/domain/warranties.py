"""Warranties that a sale gives with its goods, whoever buys them (product P14)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from loyalty_pos.domain.bill import Bill
from loyalty_pos.domain.families import Expiry, Revision, WarrantyRule
from loyalty_pos.domain.trace import Reason

FOR_EVER = "9999-12-31"
Expires = Callable[[Expiry, str], str | None]


class Covered(NamedTuple):
    """Units of a line, from 0, under warranty up to a day, that day included."""

    revision: int
    line: int
    units: int
    until_day: str


def covered_by(bill: Bill, live: Sequence[Revision], expires: Expires) -> tuple[Covered, ...]:
    """Find what the bill gives a warranty on; of several for one line the longest counts."""
    longest: dict[int, Covered] = {}
    mine: list[tuple[Revision, list[int]]] = []
    for revision in live:
        assert isinstance(revision.rule, WarrantyRule)
        until = expires(Expiry(revision.rule.months, exact=True), bill.moment.business_day) or FOR_EVER
        lines = bill.reached(revision.rule.goods, revision.condition)
        mine.append((revision, lines))
        for i in lines:
            if i not in longest or until > longest[i].until_day:
                longest[i] = Covered(revision.id, i, bill.line(i).quantity, until)
    for revision, lines in mine:
        _tell(bill, revision, lines, [one for one in longest.values() if one.revision == revision.id])
    return tuple(longest[i] for i in sorted(longest))


def _tell(bill: Bill, revision: Revision, lines: list[int], given: Sequence[Covered]) -> None:
    if given:
        units = sum(one.units for one in given)
        bill.tell(revision, "warranty", "warranty", {"units": units, "until_day": given[0].until_day})
    elif lines:
        bill.refuse(revision, "warranty", Reason("longer_warranty"))
    else:
        amount_mode = bill.basket.amount_mode
        bill.refuse(revision, "warranty", Reason("needs_goods" if amount_mode else "no_eligible_goods"))
