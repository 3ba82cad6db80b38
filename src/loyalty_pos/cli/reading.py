"""How a shop reads the files of other programs, and what it says about each row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from loyalty_pos.app.language import N_, Language
from loyalty_pos.cli.cells import Money, Order
from loyalty_pos.cli.columns import listed
from loyalty_pos.domain.errors import Fact, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.text import search_key

NOTED_AT_MOST = 1_000
PREVIEWED = 10

_YES = N_("yes, y, true, 1, x, on")
_NO = N_("no, n, false, 0, off")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was left out, and why."""

    line: int
    refusal: Rejection


class NotedRow(NamedTuple):
    """A row that met somebody: in the shop, or in the line `other` of the same file."""

    line: int
    code: str
    facts: Mapping[str, Fact]


@dataclass(slots=True)
class Imported:
    """What an import did, or with `dry_run` would do.

    `noted` holds the first thousand duplicates, `preview` the first rows as they were understood.
    """

    dry_run: bool = False
    imported: int = 0
    changed: int = 0
    skipped: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    members_new: int = 0
    duplicates: int = 0
    phones_cleaned: int = 0
    opened: int = 0
    noted: list[NotedRow] = field(default_factory=list)
    preview: list[tuple[int, Mapping[str, Fact]]] = field(default_factory=list)

    def note(self, line: int, code: str, **facts: Fact) -> None:
        """Remember a duplicate."""
        self.duplicates += 1
        if len(self.noted) < NOTED_AT_MOST:
            self.noted.append(NotedRow(line, code, facts))

    def show(self, line: int, **understood: Fact) -> None:
        """Keep one of the first rows for a preview."""
        if self.dry_run and len(self.preview) < PREVIEWED:
            self.preview.append((line, {name: fact for name, fact in understood.items() if fact != ""}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a shop reads files: its money and zone, the time now, and what its owner said about this file."""

    money: Money
    zone: ZoneInfo
    now_ms: int
    columns: Mapping[str, str] | None = None
    languages: Sequence[Language] = ()
    dates: Literal["auto"] | Order = "auto"

    def amount(self, cell: str, aside: str, *, least: int = 1) -> int:
        """Read an amount whose column may name its unit in brackets, as in "price (toman)"."""
        unit = self.money.unit_of(aside)
        bare = unit and re.search(r"[\d)]$", cell)
        return self.money.read(f"{cell} {unit}" if bare else cell, least=least)


def read_yes_no(cell: str, languages: Sequence[Language]) -> bool:
    """Read yes or no in any of the languages; an empty cell is a no."""
    key = search_key(cell)
    if not key or is_one_of(key, _NO, languages):
        return False
    if is_one_of(key, _YES, languages):
        return True
    raise Rejection("bad_yes_no", value=cell[:40])


def said_yes(yes: bool, language: Language) -> str:
    """Write yes or no the way `read_yes_no` reads it."""
    return listed(_YES if yes else _NO, language)[0]


def is_one_of(key: str, words: str, languages: Sequence[Language]) -> bool:
    """Tell whether a folded text is one of the words in any of the languages."""
    return any(key == search_key(word) for language in languages for word in listed(words, language))
