"""A file of members, read row by row: each somebody to enrol, or refused with its line and its reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Literal

from loyalty_pos.app.commands import EnrolMember
from loyalty_pos.app.language import N_, Language
from loyalty_pos.cli.cells import Dates, order_of
from loyalty_pos.cli.columns import Columns, Places, find_places, number_in
from loyalty_pos.cli.reading import Reading, RefusedRow, is_one_of, read_yes_no
from loyalty_pos.cli.sniffing import Row
from loyalty_pos.cli.tables import Table
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.segments import Gender
from loyalty_pos.domain.text import latin_digits, search_key

MEMBER_COLUMNS = Columns(
    usual={
        "phone": N_("phone, mobile, phone number, mobile number, telephone"),
        "card": N_("card, card number, card no, membership number, member number"),
        "name": N_("name, full name, customer name, member name, first name, customer, member"),
        "family": N_("family name, last name, surname"),
        "birthday": N_("birthday, birth date, date of birth, birthdate, born"),
        "gender": N_("gender, sex"),
        "city": N_("city, town"),
        "tags": N_("tags, labels, groups, group"),
        "interests": N_("interests, likes"),
        "consent": N_("consent, agreed to messages, marketing"),
        "kind": N_("member kind, kind, type"),
        "points": N_("points, points balance, loyalty points, point balance"),
        "credit": N_("credit, credit balance, store credit, balance"),
        "stamps": N_("stamps, stamps on the card"),
    },
    needed=(("phone", "card"),),
    longest={"phone": 64, "card": 64, "name": 80, "family": 80, "city": 80, "tags": 500, "interests": 500},
    codes=("phone", "card"),
)
COMPANY = N_("company, firm, organisation")
INDIVIDUAL = N_("individual, person")
GENDERS: Mapping[Gender, str] = {
    "woman": N_("woman, female, f, w, mrs, ms"),
    "man": N_("man, male, m, mr"),
    "other": N_("other, another"),
    "unknown": N_("unknown, not known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMember:
    """A row that makes sense by itself, and the phone as it was typed.

    `opening` has by unit what the member brings along; stamps without a card's key are of the only card.
    """

    line: int
    enrol: EnrolMember
    typed_phone: str
    opening: Mapping[str, int] = field(default_factory=dict)


class MembersFile:
    """The members of a table; they are read anew each time they are asked for."""

    def __init__(self, table: Table, reading: Reading) -> None:
        self._table = table
        self._reading = reading
        self._places = find_places(table.heading, MEMBER_COLUMNS, reading.columns, reading.languages)
        self._days = column_dates(table, self._places, "birthday", reading)

    def rows(self) -> Iterator[ReadMember | RefusedRow]:
        for row in self._table.rows():
            try:
                yield self._read(row)
            except Rejection as refusal:
                yield RefusedRow(line=row.line, refusal=refusal.with_traceback(None))

    def _read(self, row: Row) -> ReadMember:
        cells = self._places.cells(row)
        phone, birthday = cells.get("phone", ""), cells.get("birthday", "")
        name = f"{cells.get('name', '')} {cells.get('family', '')}".strip()
        enrol = EnrolMember(
            phone=_whole(phone) or None,
            card=number_in(cells.get("card", "")) or None,
            name=name,
            member_kind=_kind(cells.get("kind", ""), self._reading.languages),
            birthday=self._days.read_day(birthday) if birthday else None,
            city=cells.get("city", ""),
            tags=split_list(cells.get("tags", "")),
            interests=split_list(cells.get("interests", "")),
            consent=read_yes_no(cells.get("consent", ""), self._reading.languages),
            gender=_gender(cells.get("gender", ""), self._reading.languages),
        )
        return ReadMember(line=row.line, enrol=enrol, typed_phone=phone, opening=self._opening(cells))

    def _opening(self, cells: Mapping[str, str]) -> dict[str, int]:
        """Read what a member brings along; an empty cell and nothing are the same."""
        aside = self._places.aside
        card = aside.get("stamps", "").strip()
        found = {
            "points": _count(cells.get("points", ""), MAX_AMOUNT),
            "credit": self._credit(cells.get("credit", "")),
            f"stamps:{card}" if card else "stamps": _count(cells.get("stamps", ""), MAX_QUANTITY),
        }
        return {unit: amount for unit, amount in found.items() if amount}

    def _credit(self, cell: str) -> int:
        return self._reading.amount(cell, self._places.aside.get("credit", ""), least=0) if cell else 0


def column_dates(table: Table, places: Places, role: str, reading: Reading) -> Dates:
    """Say how a column writes its days: as the owner said, or as its own days tell."""
    order, at = reading.dates, places.at.get(role)
    if order != "auto":
        return Dates(reading.zone, order)
    if at is None:
        return Dates(reading.zone, None)
    return Dates(reading.zone, order_of(row.fields[at] for row in table.rows() if len(row.fields) > at))


def split_list(cell: str) -> tuple[str, ...]:
    """Cut a cell into its parts: at bars where there are any, else at commas and semicolons."""
    parts = cell.split("|") if "|" in cell else re.split("[,;\u060c\u061b]", cell)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def join_list(parts: Sequence[str]) -> str:
    """Write a list the way `split_list` reads it."""
    joined = " | ".join(parts)
    return f"{joined} |" if len(parts) == 1 and len(split_list(joined)) > 1 else joined


def _whole(phone: str) -> str:
    """Undo what programs do to a number: an apostrophe in front, a decimal behind."""
    return re.sub(r"(?<=\d)\.0$", "", latin_digits(phone)).lstrip("'")


def _count(cell: str, most: int) -> int:
    """Read a whole number; raises Rejection."""
    number = re.sub(r"(?<=\d)[, '\u066c\u060c\u2019](?=\d{3}(?!\d))", "", latin_digits(cell))
    number = re.sub(r"[.]0+$", "", number)
    if number and (not re.fullmatch(r"[0-9]{1,15}", number) or int(number) > most):
        raise Rejection("bad_count", value=cell[:40])
    return int(number or 0)


def _gender(cell: str, languages: Sequence[Language]) -> Gender:
    key = search_key(cell)
    found = [gender for gender, words in GENDERS.items() if is_one_of(key, words, languages)]
    if key and not found:
        raise Rejection("bad_gender", value=cell[:40])
    return found[0] if found else "unknown"


def _kind(cell: str, languages: Sequence[Language]) -> Literal["individual", "company"]:
    key = search_key(cell)
    if not key or is_one_of(key, INDIVIDUAL, languages):
        return "individual"
    if is_one_of(key, COMPANY, languages):
        return "company"
    raise Rejection("bad_kind", value=cell[:40])
