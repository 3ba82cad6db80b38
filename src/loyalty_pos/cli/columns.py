"""Which column of a file is what: said by its owner, else known by the names columns usually have."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from unicodedata import category

from loyalty_pos.app.language import Language
from loyalty_pos.cli.sniffing import Row
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.text import clean, latin_digits, search_key

_SHORTENED = re.compile(r"[0-9]([.,\u066b][0-9]+)?[eE]\+?[0-9]{1,3}")
# The door's own names of units, "stamps:KEY", say the same behind a colon.
_ASIDE = re.compile(r"\s*(?:[(\uff08]([^()]*)[)\uff09]|[:\uff1a]([^:()]+))\s*$")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of one kind of file can be.

    `usual` has each role's usual names, likeliest first; of each group in `needed` a file must have one.
    `codes` are numbers that mean nothing once a spreadsheet has rounded them.
    """

    usual: Mapping[str, str]
    needed: Sequence[Sequence[str]]
    longest: Mapping[str, int] = field(default_factory=dict)
    codes: Collection[str] = ()

    def title(self, role: str, language: Language) -> str:
        """Give the name under which we write a column, and know it again."""
        return listed(self.usual[role], language)[0]


@dataclass(frozen=True, slots=True)
class Places:
    """Where each role stands; `aside` is what the heading says in brackets, as in "price (toman)"."""

    width: int
    at: Mapping[str, int]
    aside: Mapping[str, str]
    columns: Columns

    def cells(self, row: Row) -> dict[str, str]:
        """Cut a row into its cleaned cells by role; raises Rejection for a row that is none."""
        if row.problem:
            raise Rejection(row.problem)
        fields = row.fields
        if len(fields) < self.width or any(extra.strip() for extra in fields[self.width :]):
            raise Rejection("ragged_row", found=len(fields), expected=self.width)
        return {role: self._cell(role, fields[at], at in row.as_text) for role, at in self.at.items()}

    def _cell(self, role: str, field: str, as_text: bool) -> str:
        try:
            text = clean(field)
        except ValueError:
            raise Rejection("broken_text") from None
        if len(text) > self.columns.longest.get(role, len(text)):
            raise Rejection("too_long")
        if role in self.columns.codes and not as_text and _SHORTENED.fullmatch(latin_digits(text)):
            raise Rejection("shortened_number", value=text[:40])
        return text


def number_in(cell: str) -> str:
    """Return the number of a card, a receipt or a product that stands in a cell; a dash there is none."""
    return cell if any(char.isalnum() for char in cell) else ""


def parse_columns(text: str, roles: Sequence[str]) -> dict[str, str]:
    """Read "when=datetime,card=card" into roles and the file's own column names.

    Raises Fault `unknown_role`.
    """
    columns: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        role, _, name = (part.strip() for part in pair.partition("="))
        if role not in roles or not name:
            raise Fault("unknown_role", value=pair, known=tuple(roles))
        columns[role] = name
    return columns


def find_places(
    heading: Sequence[str],
    columns: Columns,
    given: Mapping[str, str] | None,
    languages: Sequence[Language],
) -> Places:
    """Find where each role stands in the heading: by the given names, else by names that are usual.

    Raises Fault `unknown_column` or `column_not_found`.
    """
    whole = [search_key(name) for name in heading]
    names = [search_key(_ASIDE.sub("", name)) for name in heading]
    shown = tuple(_seen(name) for name in heading[:40])
    at: dict[str, int] = {}
    for role in columns.usual:
        if given is None:
            found = (names.index(key) for key in _usual_keys(columns.usual[role], languages) if key in names)
            place = next((one for one in found if one not in at.values()), None)
        else:
            place = _given_place(given.get(role), whole, names, shown)
        if place is not None:
            at[role] = place
    for group in columns.needed:
        if not any(role in at for role in group):
            raise Fault("column_not_found", value=group[0], known=shown)
    said = {role: _ASIDE.search(heading[place]) for role, place in at.items()}
    asides = {role: found[1] or found[2] or "" for role, found in said.items() if found}
    return Places(len(heading), at, asides, columns)


def _seen(name: str) -> str:
    """Show a name out of somebody's file without what would steer the terminal that it is shown on."""
    return "".join("\ufffd" if category(char) == "Cc" else char for char in name.strip()[:40])


def _given_place(
    name: str | None, whole: Sequence[str], names: Sequence[str], shown: tuple[str, ...]
) -> int | None:
    if name is None:
        return None
    key = search_key(name)
    for known in (whole, names):
        if key in known:
            return known.index(key)
    raise Fault("unknown_column", value=name, known=shown)


def _usual_keys(usual: str, languages: Sequence[Language]) -> Iterator[str]:
    return (search_key(name) for language in languages for name in listed(usual, language))


def listed(names: str, language: Language) -> list[str]:
    """Cut a translated list of names, "phone, mobile", into its names."""
    return re.split("[,\u060c] ", language.t(names))
