"""What a sale comes to in reports: what is kept of it, and what its programmes gave with it."""

from collections.abc import Mapping

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import Record, read_record, record_of
from loyalty_pos.app.sold import kept_of, sold_of
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.keeping import Kept, Sold, net_of, off_kept, price_withheld, refunded
from loyalty_pos.domain.lazy import dataclass

Gave = tuple[int, int]
"""What a programme gave with a sale: money, and points."""
NOT_PAID: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class SaleFigures:
    """A kept sale: what was paid for its goods, what was taken off, and what each programme gave with it.

    Credit counts when it is given, free items and vouchers when they are used; what points are worth is
    for whoever asks to say.
    """

    sales_minor: int
    discount_minor: int
    gave: Mapping[str, Gave]

    @property
    def cost_minor(self) -> int:
        return sum([minor for minor, _ in self.gave.values()])

    @property
    def points(self) -> int:
        return sum([points for _, points in self.gave.values()])


def point_value(desk: Desk) -> int:
    """Return what one point pays by the live programmes, 0 when nothing can be paid with points."""
    tender = desk.book.lineup.tender
    return tender.value_minor if tender else 0


def figures_of(desk: Desk, row: SaleRow) -> SaleFigures:
    """Count a stored sale with what is kept of it now."""
    if row.refund_record is not None:
        return _kept_figures(desk, row)
    record = record_of(row)
    return recorded_figures(
        desk, record, _earned_when_paid(desk, row) if "on_account" in record else NOT_PAID
    )


def _earned_when_paid(desk: Desk, row: SaleRow) -> dict[int, int]:
    """Sum by revision what the payments of a sale on account earned so far."""
    found: dict[int, int] = {}
    for payment in desk.store.accounts.payments(row.posting):
        for revision, _, _, _, got in read_record(payment.record)["earned"]:
            found[revision] = found.get(revision, 0) + got
    return found


def recorded_figures(desk: Desk, record: Record, paid: Mapping[int, int] = NOT_PAID) -> SaleFigures:
    """Count a sale of which nothing came back, by its record and what its payments earned."""
    gave: dict[str, Gave] = {}
    for _, revision, _, _, minor, _ in record.get("took", ()):
        _add(gave, desk.book.revision(revision).row.key, minor)
    for one in record["earned"]:
        _add(gave, one["programme"], *_given(one["unit"], one["yielded"]))
    for one in record["on_account"]["earned"] if paid else ():
        _add(gave, one["programme"], *_given(one["unit"], paid.get(one["revision"], 0)))
    gross = net = 0
    for line in record["lines"]:
        gross += line[4]
        net += line[5]
    return SaleFigures(net, gross - net, gave)


def _kept_figures(desk: Desk, row: SaleRow) -> SaleFigures:
    """Count of a sale of which a part came back what is kept: its discounts as they were frozen per unit."""
    sold = sold_of(desk, row)
    kept = kept_of(row, sold)
    paid = _earned_when_paid(desk, row) if sold.on_account_minor else NOT_PAID
    gave: dict[str, Gave] = {}
    for one, off, withheld in zip(sold.took, off_kept(sold, kept), kept.withheld, strict=True):
        _add(gave, sold.key(one.revision), off - (price_withheld(sold, one, withheld) if withheld else 0))
    for given in sold.contributions:
        got = paid.get(given.revision, 0) if given.later else given.yielded
        left = got - kept.yields.get(given.revision, 0)
        _add(gave, given.programme, *_given(_unit(sold, given.revision), left))
    some = {key: given for key, given in gave.items() if any(given)}
    return SaleFigures(sold.net_minor - refunded(sold, kept), _discount(sold, kept), some)


def _unit(sold: Sold, revision: int) -> str:
    rule = sold.revisions[revision].rule
    assert isinstance(rule, EarnRule)
    return rule.yield_unit


def _discount(sold: Sold, kept: Kept) -> int:
    """Return what is taken off the units that are kept; money given back besides is no discount."""
    whole = 0
    for i, (line, units) in enumerate(zip(sold.basket.lines, kept.quantities, strict=True)):
        whole += line.unit_price_minor * units - net_of(sold, i, units)
    withheld = zip(sold.took, kept.withheld, strict=True)
    return whole - sum([price_withheld(sold, one, units) for one, units in withheld if units])


def _given(unit: str, amount: int) -> Gave:
    return (amount if unit in ("credit", "pledge") else 0), (amount if unit == "points" else 0)


def _add(gave: dict[str, Gave], key: str, minor: int, points: int = 0) -> None:
    if minor or points:
        before = gave.get(key, (0, 0))
        gave[key] = before[0] + minor, before[1] + points
