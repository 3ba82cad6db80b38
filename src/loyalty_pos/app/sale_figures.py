"""What a sale comes to in reports: what is kept of it, and what its programmes gave with it."""

from collections.abc import Mapping

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.records import Record, record_of
from loyalty_pos.app.sold import kept_of, sold_of
from loyalty_pos.domain.families import EarnRule
from loyalty_pos.domain.keeping import Kept, Sold, net_of, price_withheld, refunded
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class SaleFigures:
    """A kept sale: what was paid for its goods, what was taken off, and by programme what that cost.

    Credit counts when it is given, points at what they pay today, free items and vouchers when they are used.
    """

    sales_minor: int
    discount_minor: int
    costs_minor: Mapping[str, int]

    @property
    def cost_minor(self) -> int:
        return sum(self.costs_minor.values())


def point_value(desk: Desk) -> int:
    """Return what one point pays by the live programmes, 0 when nothing can be paid with points."""
    tender = desk.book.lineup.tender
    return tender.value_minor if tender else 0


def figures_of(desk: Desk, row: SaleRow, point_minor: int) -> SaleFigures:
    if row.refund_record is not None:
        return _kept_figures(desk, row, point_minor)
    record = record_of(row)
    costs: dict[str, int] = {}
    for _, revision, _, _, minor, _ in record.get("took", ()):
        _add(costs, desk.book.revision(revision).row.key, minor)
    for one in record["earned"]:
        _add(costs, one["programme"], _worth(one["unit"], one["yielded"], point_minor))
    gross, net = _sums(record)
    return SaleFigures(net, gross - net, costs)


def _sums(record: Record) -> tuple[int, int]:
    gross = net = 0
    for line in record["lines"]:
        gross += line[4]
        net += line[5]
    return gross, net


def _kept_figures(desk: Desk, row: SaleRow, point_minor: int) -> SaleFigures:
    """Count of a sale of which a part came back what is kept: its discounts as they were frozen per unit."""
    sold = sold_of(desk, row)
    kept = kept_of(row, sold)
    costs: dict[str, int] = {}
    for one, withheld in zip(sold.took, kept.withheld, strict=True):
        units, bought = kept.quantities[one.line], sold.basket.lines[one.line].quantity
        part = one.minor * units // bought - (price_withheld(sold, one, withheld) if withheld else 0)
        _add(costs, sold.key(one.revision), part)
    for given in sold.contributions:
        left = given.yielded - kept.yields.get(given.revision, 0)
        _add(costs, given.programme, _worth(_unit(sold, given.revision), left, point_minor))
    return SaleFigures(sold.net_minor - refunded(sold, kept), _discount(sold, kept), costs)


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


def _worth(unit: str, amount: int, point_minor: int) -> int:
    if unit in ("credit", "pledge"):
        return amount
    return amount * point_minor if unit == "points" else 0


def _add(costs: dict[str, int], key: str, minor: int) -> None:
    costs[key] = costs.get(key, 0) + minor
