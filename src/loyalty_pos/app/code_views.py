"""Discount codes as people and programs read them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A code somebody typed or scanned: whose benefit it brings, and whether it still does.

    `member` may use it alone; None: whoever holds it. `day` is when it was used, or the last one it was
    good for. `text` is the public word, empty for a code of a batch. A voucher that a sale made says what it
    is worth, and from which day on.
    """

    programme: str
    programme_name: str
    state: Literal["issued", "waiting", "reserved", "used", "expired", "void", "retired"]
    text: str = ""
    member: str | None = None
    member_name: str = ""
    per_member: int | None = None
    worth_minor: int = 0
    from_day: str | None = None
    expires_on: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode:
    """One code as it is handed out: to be typed, or scanned from bars; a public word has none."""

    code: str
    barcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesView:
    """Codes just issued. Unique ones are shown once: only hashes of them are kept (rules 34)."""

    programme: str
    programme_name: str
    codes: tuple[IssuedCode, ...]
    member: str | None = None
    member_name: str = ""
    per_member: int | None = None
    expires_on: str | None = None
