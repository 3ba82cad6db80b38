"""A file of sales, read: each row a finished sale to import, or refused with its line and its reason."""

import hashlib
from collections import Counter
from dataclasses import field
from pathlib import Path

from loyalty_pos.app.language import N_
from loyalty_pos.cli.cells import Dates, order_of, read_quantity
from loyalty_pos.cli.columns import Columns, Places, find_places, number_in
from loyalty_pos.cli.reading import Reading, RefusedRow, read_yes_no
from loyalty_pos.cli.sniffing import Row
from loyalty_pos.cli.tables import open_table
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.lazy import dataclass

_A_DAY_MS = 86_400_000

SALE_COLUMNS = Columns(
    usual={
        "when": N_("datetime, date and time, timestamp, sale date, date, when"),
        "amount": N_("amount, money, paid, total, total amount, sum, price"),
        "clock": N_("time, clock, hour"),
        "card": N_("card, card number, card no, member, member number, customer"),
        "phone": N_("phone, mobile, phone number, mobile number, telephone"),
        "item": N_("item, product, product name, coffee_name, goods, description, sku"),
        "receipt": N_("receipt, receipt no, receipt number, invoice, invoice number, bill"),
        "quantity": N_("quantity, qty, count, pieces"),
        "sale": N_("sale id"),
        "voided": N_("taken back"),
    },
    needed=(("when",), ("amount",)),
    longest={"card": 64, "phone": 64, "item": 80, "receipt": 64, "sale": 64},
    codes=("card", "phone", "receipt"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSale:
    """A row that makes sense by itself. `key` is the same for the same row of any later, longer file."""

    line: int
    key: str
    at_ms: int
    amount_minor: int
    card: str = ""
    phone: str = ""
    item: str = ""
    receipt_no: str | None = None
    quantity: int = 1


@dataclass(slots=True)
class SalesFile:
    """What a file of sales holds, in the order of its lines."""

    sales: list[ReadSale] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def read_sales(path: Path, reading: Reading) -> SalesFile:
    """Read a whole file of sales.

    Raises Fault when it is none: unreadable, too large, or without the columns it needs.
    """
    found = SalesFile()
    with open_table(path) as table:
        places = find_places(table.heading, SALE_COLUMNS, reading.columns, reading.languages)
        order = reading.dates
        if order == "auto":
            at = places.at["when"]
            order = order_of(row.fields[at] for row in table.rows() if len(row.fields) > at) or "auto"
        reader = _RowReader(places, reading, Dates(reading.zone, None if order == "auto" else order))
        for row in table.rows():
            try:
                found.sales.append(reader.read(row))
            except Rejection as refusal:
                found.refused.append(RefusedRow(line=row.line, refusal=refusal.with_traceback(None)))
    return found


class _RowReader:
    """Reads row after row, counting the rows that are alike."""

    def __init__(self, places: Places, reading: Reading, dates: Dates) -> None:
        self._places = places
        self._reading = reading
        self._dates = dates
        self._alike: Counter[str] = Counter()

    def read(self, row: Row) -> ReadSale:
        cells = self._places.cells(row)
        if read_yes_no(cells.get("voided", ""), self._reading.languages):
            raise Rejection("sale_voided")
        when, clock = cells["when"], cells.get("clock", "")
        at_ms = self._dates.read(f"{when} {clock}" if clock and ":" not in when else when)
        if at_ms > self._reading.now_ms + _A_DAY_MS:
            raise Rejection("in_the_future", value=when[:40])
        # Only a sale with an identity of its own, as our exports write it, may have cost nothing.
        least = 0 if cells.get("sale") else 1
        amount_minor = self._reading.amount(
            cells["amount"], self._places.aside.get("amount", ""), least=least
        )
        quantity = cells.get("quantity", "")
        pieces = read_quantity(quantity) if quantity else 1
        card, phone, item = cells.get("card", ""), cells.get("phone", ""), cells.get("item", "")
        return ReadSale(
            line=row.line,
            key=cells.get("sale") or self._key(at_ms, card or phone, amount_minor, item),
            at_ms=at_ms,
            amount_minor=amount_minor,
            card=number_in(card),
            phone=number_in(phone),
            item=item,
            receipt_no=number_in(cells.get("receipt", "")) or None,
            quantity=pieces,
        )

    def _key(self, at_ms: int, card: str, amount_minor: int, item: str) -> str:
        alike = "\x1f".join((str(at_ms), card_key(card), str(amount_minor), item))
        digest = hashlib.blake2b(alike.encode(), digest_size=12).hexdigest()
        self._alike[digest] += 1
        return f"imp-{digest}-{self._alike[digest]}"
