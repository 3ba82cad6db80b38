"""What the shop needs to remember of memberships and contracts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol


class TermRow(NamedTuple):
    """One membership or contract of a member: its days, all of them included, and what it has brought.

    `ended` is the posting that ended it or took it back; `key` that of the posting that began it.
    """

    posting: int
    key: str
    member: int
    programme: int
    revision: int
    fee_minor: int
    from_day: str
    until_day: str
    good_until: str
    ended: int | None = None
    visits: int = 0
    spend_minor: int = 0
    given_minor: int = 0
    extra_minor: int = 0


class TermMove(NamedTuple):
    """What a posting adds to a term, or with negative numbers takes from it."""

    term: int
    visits: int
    spend_minor: int
    given_minor: int
    extra_minor: int


class Terms(Protocol):
    def of_member(self, member: int) -> Sequence[TermRow]:
        """Return every term a member ever had, oldest first."""

    def running(self, member: int, day: str) -> Sequence[TermRow]:
        """Return the terms of a member that hold on a day and were not ended."""

    def get(self, term: int) -> TermRow: ...
    def begin(self, term: TermRow) -> None: ...
    def end(self, term: int, posting: int) -> None: ...
    def move(self, posting: int, moves: Iterable[TermMove]) -> None: ...
    def lapsed(self, programme: int, day: str, limit: int) -> Sequence[TermRow]:
        """Return the last term of every member of a programme whose last one held until before a day."""
