"""Discount codes as people and programs read them."""

from typing import Literal

from loyalty_pos.domain.lazy import dataclass

CodeState = Literal["issued", "waiting", "reserved", "used", "expired", "void", "retired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A code somebody typed or scanned: whose benefit it brings, and whether it still does.

    `member` may use it alone; None: whoever holds it. `day` is when it was used, or the last one it was
    good for. `text` is the public word, empty for a code of a batch. A voucher that a sale made says what it
    is worth, and from which day on.
    """

    programme: str
    programme_name: str
    state: CodeState
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCountsView:
    """How codes of batches stand, each counted once: used before void. `uses` counts public words."""

    issued: int
    used: int
    void: int
    expired: int
    uses: int = 0

    @property
    def open(self) -> int:
        """How many may still be used."""
        return self.issued - self.used - self.void - self.expired


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeIssueView:
    """Codes issued together under the key `issue`: unique ones, or one public `word`.

    `state` says what still becomes of them: `open` when at least one may be used.
    """

    issue: str
    day: str
    state: Literal["open", "done", "void", "expired"]
    counts: CodeCountsView
    word: str = ""
    member: str | None = None
    member_name: str = ""
    per_member: int | None = None
    expires_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCodesView:
    """What a programme's codes came to, and what was issued, newest first.

    `next` is where the following page begins, None at the end.
    """

    programme: str
    programme_name: str
    counts: CodeCountsView
    issues: tuple[CodeIssueView, ...]
    next: int | None
