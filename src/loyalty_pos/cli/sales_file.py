"""A file of sales, read: each row a finished sale to import, or refused with its line and its reason."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from loyalty_pos.app.language import N_, Language
from loyalty_pos.cli.arguments import ROLES, Role
from loyalty_pos.cli.cells import Dates, Money, Order, order_of, read_quantity
from loyalty_pos.cli.sniffing import MOST_ROWS, Row, delimiter_of, lines_of, read_text, rows_of
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.identifiers import card_key
from loyalty_pos.domain.text import clean, search_key

_NEEDED: tuple[Role, ...] = ("when", "amount")
_LONGEST: Mapping[Role, int] = {"card": 64, "phone": 64, "item": 80, "receipt": 64}
_A_DAY_MS = 86_400_000

USUAL_NAMES: Mapping[Role, str] = {
    "when": N_("datetime, date and time, timestamp, sale date, date, when"),
    "amount": N_("amount, money, paid, total, total amount, sum, price"),
    "clock": N_("time, clock, hour"),
    "card": N_("card, card number, card no, member, member number, customer"),
    "phone": N_("phone, mobile, phone number, mobile number, telephone"),
    "item": N_("item, product, product name, coffee_name, goods, description, sku"),
    "receipt": N_("receipt, receipt no, receipt number, invoice, invoice number, bill"),
    "quantity": N_("quantity, qty, count, pieces"),
}
"""How a column of each role is usually called, likeliest first; each language has its own list."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was left out, and why."""

    line: int
    refusal: Rejection


@dataclass(slots=True)
class SalesFile:
    """What a file of sales holds, in the order of its lines."""

    sales: list[ReadSale] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a shop reads files: its money and zone, the time now, and what its owner said about this file."""

    money: Money
    zone: ZoneInfo
    now_ms: int
    columns: Mapping[Role, str] | None = None
    languages: Sequence[Language] = ()
    dates: Literal["auto"] | Order = "auto"


def parse_columns(text: str) -> dict[Role, str]:
    """Read "when=datetime,card=card" into roles and the file's own column names.

    Raises Fault `unknown_role`.
    """
    columns: dict[Role, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        role, _, name = pair.partition("=")
        known = next((one for one in ROLES if one == role.strip()), None)
        if known is None or not name.strip():
            raise Fault("unknown_role", value=pair, known=ROLES)
        columns[known] = name.strip()
    return columns


def read_sales(path: Path, reading: Reading) -> SalesFile:
    """Read a whole file of sales.

    Raises Fault when it is none: unreadable, too large, or without the columns it needs.
    """
    lines = lines_of(read_text(path))
    if len(lines) > MOST_ROWS + 1:
        raise Fault("too_many_rows", limit=MOST_ROWS)
    rows = list(rows_of(lines, delimiter_of(lines)))
    heading = rows.pop(0).fields if rows else ()
    places = places_of(heading, reading)
    order = reading.dates
    if order == "auto":
        whens = (row.fields[places["when"]] for row in rows if len(row.fields) > places["when"])
        order = order_of(whens) or "auto"
    reader = _RowReader(len(heading), places, reading, None if order == "auto" else order)
    found = SalesFile()
    for row in rows:
        try:
            found.sales.append(reader.read(row))
        except Rejection as refusal:
            found.refused.append(RefusedRow(line=row.line, refusal=refusal.with_traceback(None)))
    return found


def places_of(heading: Sequence[str], reading: Reading) -> dict[Role, int]:
    """Find where each role stands in the heading: by the given names, else by names that are usual.

    Raises Fault `unknown_column` or `column_not_found`.
    """
    names = [search_key(name) for name in heading]
    shown = tuple(name.strip()[:40] for name in heading[:40])
    places: dict[Role, int] = {}
    for role in ROLES:
        at = _place(role, names, shown, reading, places)
        if at is not None:
            places[role] = at
        elif role in _NEEDED:
            raise Fault("column_not_found", value=role, known=shown)
    return places


def _place(
    role: Role, names: Sequence[str], shown: tuple[str, ...], reading: Reading, taken: Mapping[Role, int]
) -> int | None:
    if reading.columns is None:
        keys = (search_key(name) for language in reading.languages for name in _usual_names(role, language))
        found = (names.index(key) for key in keys if key in names)
        return next((at for at in found if at not in taken.values()), None)
    if role not in reading.columns:
        return None
    key = search_key(reading.columns[role])
    if key not in names:
        raise Fault("unknown_column", value=reading.columns[role], known=shown)
    return names.index(key)


def _usual_names(role: Role, language: Language) -> list[str]:
    return re.split("[,\u060c] ", language.t(USUAL_NAMES[role]))


class _RowReader:
    """Reads row after row, counting the rows that are alike."""

    def __init__(self, width: int, places: Mapping[Role, int], reading: Reading, order: Order | None) -> None:
        self._width = width
        self._places = places
        self._reading = reading
        self._dates = Dates(reading.zone, order)
        self._alike: Counter[str] = Counter()

    def read(self, row: Row) -> ReadSale:
        if row.problem:
            raise Rejection(row.problem)
        fields = row.fields
        if len(fields) < self._width or any(extra.strip() for extra in fields[self._width :]):
            raise Rejection("ragged_row", found=len(fields), expected=self._width)
        when, amount = self._cell(fields, "when"), self._cell(fields, "amount")
        clock = self._cell(fields, "clock")
        at_ms = self._dates.read(f"{when} {clock}" if clock and ":" not in when else when)
        if at_ms > self._reading.now_ms + _A_DAY_MS:
            raise Rejection("in_the_future", value=when[:40])
        amount_minor = self._reading.money.read(amount)
        quantity = self._cell(fields, "quantity")
        pieces = read_quantity(quantity) if quantity else 1
        card, phone = self._cell(fields, "card"), self._cell(fields, "phone")
        item = self._cell(fields, "item")
        return ReadSale(
            line=row.line,
            key=self._key(at_ms, card or phone, amount_minor, item),
            at_ms=at_ms,
            amount_minor=amount_minor,
            card=card,
            phone=phone,
            item=item,
            receipt_no=self._cell(fields, "receipt") or None,
            quantity=pieces,
        )

    def _cell(self, fields: Sequence[str], role: Role) -> str:
        at = self._places.get(role)
        text = clean(fields[at]) if at is not None else ""
        if role in _LONGEST and len(text) > _LONGEST[role]:
            raise Rejection("too_long")
        return text

    def _key(self, at_ms: int, card: str, amount_minor: int, item: str) -> str:
        alike = "\x1f".join((str(at_ms), card_key(card), str(amount_minor), item))
        digest = hashlib.blake2b(alike.encode(), digest_size=12).hexdigest()
        self._alike[digest] += 1
        return f"imp-{digest}-{self._alike[digest]}"
