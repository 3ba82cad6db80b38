"""What the handlers need of whoever keeps codes."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class CodeCounts(NamedTuple):
    """How many codes there are, used, void, past their last day unused, and how often words were used."""

    issued: int
    used: int
    void: int
    expired: int
    uses: int


class CodeIssue(NamedTuple):
    """Codes one posting issued under one key, on the same terms."""

    posting: int
    key: str
    day: str
    word: str | None
    member: int | None
    per_member: int | None
    expires_on: str | None
    word_void: bool
    counts: CodeCounts


class IssuedCodes(Protocol):
    def counts(self, programme: int, today: str) -> CodeCounts:
        """Count a programme's codes as of a business day."""

    def issues(self, programme: int, today: str, before: int, limit: int) -> Sequence[CodeIssue]:
        """Return what was issued before the posting `before`, newest first."""

    def issue(self, posting: int, today: str) -> CodeIssue:
        """Return what a posting issued."""

    def open_of(self, posting: int) -> Sequence[int]:
        """Return those of the codes a posting issued that are neither void nor used up."""


class CodeWorth(NamedTuple):
    """What a voucher that a sale made is worth, from when on, and the revision that made it."""

    worth_minor: int
    from_day: str
    sale: int
    revision: int


class NewCode(NamedTuple):
    """A code about to be issued; `word` is what everybody may say, None for one of a batch."""

    id: int
    code_hash: bytes
    word: str | None
    programme: int
    member: int | None
    per_member: int | None
    expires_on: str | None
    worth: CodeWorth | None = None


class CodeRow(NamedTuple):
    """A code as it was issued, and whether the shop took it out of use."""

    id: int
    programme: int
    word: str | None
    member: int | None
    per_member: int | None
    expires_on: str | None
    voided: bool
    worth: CodeWorth | None = None


class Codes(IssuedCodes, Protocol):
    """Discount codes; of a code nobody shall guess, only its hash is kept (rules 34)."""

    def next_id(self) -> int: ...
    def add(self, codes: Sequence[NewCode], posting: int) -> None: ...
    def find(self, code_hash: bytes) -> CodeRow | None: ...
    def get(self, code: int) -> CodeRow: ...
    def hash_of(self, code: int) -> bytes: ...
    def used(self, code: int, member: int | None) -> Sequence[str]:
        """Return the business days of a code's uses that stand, newest first; of one member's, or of all."""

    def made_by(self, sale: int) -> Sequence[CodeRow]:
        """Return the vouchers a sale made."""

    def of_member(self, member: int) -> Sequence[CodeRow]:
        """Return the vouchers a member has that nobody took out of use, first ones first."""

    def spent_at(self, code: int) -> int | None:
        """Return the number of the kept sale that used a code."""

    def use(self, code: int, sale: int, member: int | None, *, once: bool) -> None: ...
    def give_back(self, sale: int, code: int, posting: int) -> None:
        """Note that a code came back with what it was used on (rules 31)."""

    def void(self, code: int, posting: int) -> None:
        """Take a code out of use for good."""
