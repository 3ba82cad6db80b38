"""A file of goods, read row by row: each what is said about one product, or refused with its reason."""

from collections.abc import Iterator, Mapping

from loyalty_pos.app.language import N_
from loyalty_pos.cli.cells import read_percent
from loyalty_pos.cli.columns import Columns, find_places, number_in
from loyalty_pos.cli.members_file import column_dates, split_list
from loyalty_pos.cli.reading import Reading, RefusedRow, read_yes_no
from loyalty_pos.cli.sniffing import Row
from loyalty_pos.cli.tables import Table
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.lazy import dataclass

PRODUCT_COLUMNS = Columns(
    usual={
        "sku": N_("sku, code, product code, item code"),
        "name": N_("name, product, product name, item, title, description"),
        "price": N_("price, unit price, sale price, amount"),
        "group": N_("group, category, department"),
        "barcode": N_("barcode, ean, gtin"),
        "cost": N_("cost, cost price, purchase price"),
        "tax": N_("tax, vat, tax rate"),
        "earns": N_("earns, gives points"),
        "sale_from": N_("on sale from, for all from"),
        "early_for": N_("first for, early for"),
    },
    needed=(("sku", "barcode"), ("name",), ("price",)),
    longest={"sku": 64, "name": 80, "group": 80, "barcode": 64, "early_for": 500},
    codes=("sku", "barcode"),
)

Said = Mapping[str, str | int | bool | tuple[str, ...] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProduct:
    """What a row says about a product, under the field names of `PutProduct`; the rest stays as it is."""

    line: int
    sku: str
    said: Said


class ProductsFile:
    """The goods of a table; they are read anew each time they are asked for."""

    def __init__(self, table: Table, reading: Reading) -> None:
        self._table = table
        self._reading = reading
        self._places = find_places(table.heading, PRODUCT_COLUMNS, reading.columns, reading.languages)
        self._days = column_dates(table, self._places, "sale_from", reading)

    def rows(self) -> Iterator[ReadProduct | RefusedRow]:
        for row in self._table.rows():
            try:
                yield self._read(row)
            except Rejection as refusal:
                yield RefusedRow(line=row.line, refusal=refusal.with_traceback(None))

    def _read(self, row: Row) -> ReadProduct:
        cells = self._places.cells(row)
        if "barcode" in cells:
            cells["barcode"] = number_in(cells["barcode"])
        sku = cells.get("sku") or cells.get("barcode") or ""
        if not sku:
            raise Rejection("sku_needed")
        said: dict[str, str | int | bool | tuple[str, ...] | None] = {
            "name": cells["name"],
            "price_minor": self._money(cells["price"], "price"),
        }
        said |= {name: cells[name] or None for name in ("group", "barcode") if name in cells}
        if "cost" in cells:
            said["cost_minor"] = self._money(cells["cost"], "cost") if cells["cost"] else None
        if "tax" in cells:
            said["tax_bp"] = read_percent(cells["tax"]) if cells["tax"] else None
        if cells.get("earns"):
            said["earns"] = read_yes_no(cells["earns"], self._reading.languages)
        if "sale_from" in cells:
            said["sale_from"] = self._days.read_day(cells["sale_from"]) if cells["sale_from"] else None
        if "early_for" in cells:
            said["early_for"] = split_list(cells["early_for"])
        return ReadProduct(line=row.line, sku=sku, said=said)

    def _money(self, cell: str, role: str) -> int:
        return self._reading.amount(cell, self._places.aside.get(role, ""), least=0)
