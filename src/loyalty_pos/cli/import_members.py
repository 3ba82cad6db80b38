"""`loyalty-pos import members FILE`: enrol whoever is not a member yet, and show who seems to be twice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from hashlib import blake2b
from typing import Any

from loyalty_pos.app.commands import EnrolMember
from loyalty_pos.app.commands_people import Adjust
from loyalty_pos.app.queries import CheckMember, Programmes
from loyalty_pos.cli.members_file import ReadMember
from loyalty_pos.cli.reading import Imported, RefusedRow
from loyalty_pos.cli.row_import import RowImport
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.text import search_key

OPENING, STAMPS = "opening", "stamps"


def opening_key(member: str, unit: str) -> str:
    """Name what somebody brought along in a unit: it comes in once, however often a file is imported."""
    return f"opening-{blake2b(f'{member}|{unit}'.encode(), digest_size=16).hexdigest()}"


class MembersImport(RowImport[ReadMember]):
    """Enrol the members of a file through the same door as the counter's."""

    def __init__(self, service: Any, *, dry_run: bool) -> None:
        super().__init__(service, dry_run=dry_run)
        self._lines: dict[tuple[str, ...], int] = {}
        self._ours: set[str] = set()

    def run(self, rows: Iterable[ReadMember | RefusedRow], progress: Callable[[int], object]) -> Imported:
        """Enrol everybody who is new; a fault lets the batches before it stand, and a rerun skips them."""
        return self.take_rows(rows, progress)

    def _take(self, row: ReadMember) -> None:
        check = self._check(row)
        known = ("phone", check.phone or ""), ("card", check.card or "")
        twice = next((key for key in known if key[1] and key in self._lines), None)
        for key in known:
            self._lines.setdefault(key, row.line)
        if twice is not None:
            self._done.note(row.line, f"{twice[0]}_twice", value=twice[1], other=self._lines[twice])
            return
        if check.known is not None:
            self._meet(row, check)
            return
        opening = self._opening(row)
        self._note_namesakes(row.line, check)
        self._enrol(row, opening)
        self._done.imported += 1
        self._done.opened += bool(opening)
        self._done.phones_cleaned += check.phone is not None and check.phone != row.typed_phone
        self._done.show(
            row.line,
            typed=row.typed_phone,
            phone=check.phone or "",
            card=check.card or "",
            name=check.name,
            birthday=check.birthday or "",
            **_shown(opening),
        )

    def _meet(self, row: ReadMember, check: Any) -> None:
        """Leave somebody known as they are; what they bring along comes in once."""
        opening = self._opening(row)
        shown = check.phone if check.known_by == "phone" else check.card
        code = f"{check.known_by}_{'opened' if opening else 'known'}"
        with self._service.batch():
            self._open(check.known.member, opening, check.known_as)
        self._done.skipped += 1
        self._done.opened += bool(opening)
        self._done.note(row.line, code, value=shown, name=check.known.name or shown)
        if opening:
            self._done.show(row.line, phone=check.phone or "", card=check.card or "", **_shown(opening))

    def _enrol(self, row: ReadMember, opening: Mapping[str, int]) -> None:
        """Enrol a member with what they bring along: both or neither."""
        if not opening:
            self._ours.add(self._service.do(row.enrol).member)
            return
        with self._service.batch():
            member = self._service.do(row.enrol).member
            self._open(member, opening, member)
        self._ours.add(member)

    def _open(self, member: str, opening: Mapping[str, int], known_as: str) -> None:
        """Open what a row brings: under whom its card or phone always named, whoever that one is by now."""
        for unit, amount in opening.items():
            key = opening_key(known_as, unit)
            self._service.do(Adjust(posting_id=key, member=member, unit=unit, amount=amount, reason=OPENING))

    def _opening(self, row: ReadMember) -> dict[str, int]:
        """Name the card of the stamps: without a name it is the only one there is."""
        found = dict(row.opening)
        if STAMPS in found:
            cards = self._cards
            if len(cards) != 1:
                raise Rejection("which_card", known=cards)
            found[f"{STAMPS}:{cards[0]}"] = found.pop(STAMPS)
        return found

    @cached_property
    def _cards(self) -> tuple[str, ...]:
        live = self._service.ask(Programmes()).programmes
        return tuple(one.key for one in live if one.kind == "stamp_card")

    def _check(self, row: ReadMember) -> Any:
        asked = {one.name: getattr(row.enrol, one.name) for one in fields(EnrolMember)}
        try:
            return self._service.ask(CheckMember(**asked))
        except InvalidRequest as no:
            if no.facts.get("problem") == "not_a_phone":
                raise Rejection("bad_phone", value=row.typed_phone[:40]) from None
            raise

    def _note_namesakes(self, line: int, check: Any) -> None:
        for other in check.perhaps:
            if other.member in self._ours:
                continue  # the line they came from is named below
            self._done.note(line, "perhaps_known", name=other.name, value=other.phone or other.member)
        if not (check.name and check.birthday):
            return
        key = ("person", search_key(check.name), check.birthday)
        if key in self._lines:
            self._done.note(line, "perhaps_twice", name=check.name, other=self._lines[key])
        self._lines.setdefault(key, line)


def _shown(opening: Mapping[str, int]) -> dict[str, int]:
    """Name what somebody brings along as a preview shows it."""
    return {"credit_minor" if unit == "credit" else unit: amount for unit, amount in opening.items()}
