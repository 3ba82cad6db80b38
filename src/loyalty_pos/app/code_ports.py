"""What was issued of a programme's codes, as the store counts it."""

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
