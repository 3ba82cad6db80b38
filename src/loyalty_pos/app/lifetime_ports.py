"""What the shop needs from outside to follow time: ended lots, reviews of levels, the figures of a day."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from loyalty_pos.app.lifetime_views import DayFigures
from loyalty_pos.domain.counting import Counted, Counting
from loyalty_pos.domain.ledger import Account
from loyalty_pos.domain.windows import Span


class Ended(NamedTuple):
    """What ended of a lot by one expiry entry and was not given back since."""

    entry: int
    lot: int
    account: Account
    amount: int
    expired_on: str
    revision: int
    posting: int


class Warned(NamedTuple):
    """The last warning of a member: for which level, by the review of which day, the how manieth in a row."""

    level: str
    day: str
    times: int


class Candidate(NamedTuple):
    """A member as a review finds one; `before` is what the window of the month before counted."""

    member: int
    kind: str
    counted: Counted
    before: Counted
    held: str | None
    shield: str | None
    warned: Warned | None


class LostRow(NamedTuple):
    """A taking back that could not put everything back, and nothing was granted for it since."""

    key: str
    sale_id: str
    number: int
    day: str
    record: str


class Lots(Protocol):
    def ended(self, day: str) -> Sequence[int]:
        """Return the members with something left in lots that ended before a day."""

    def count_ended(self, day: str) -> int: ...
    def expired(self, member: int, from_day: str) -> Sequence[Ended]:
        """Return what ended of a member's lots whose last day was on a day or after it."""

    def lost(self, member: int, most: int) -> Sequence[LostRow]:
        """Return a member's takings back that lost something, newest first."""

    def moved(self, member: int) -> Sequence[tuple[str, str, int]]:
        """Sum points and credit of a member by kind of entry; a reversal counts as what it reverses."""


class Reviews(Protocol):
    def until(self, programme: int) -> str:
        """Return the day of the last review of a club, or the day it began."""

    def note(self, programme: int, day: str, posting: int) -> None: ...
    def candidates(
        self, programme: int, counting: Counting, day: str, windows: tuple[Span, Span, str]
    ) -> Iterator[Candidate]:
        """Find whom the review of a day may concern, by the window of before, that of now, and its end."""

    def warning(self, member: int, programme: int) -> Warned | None: ...
    def warn(self, member: int, programme: int, warned: Warned, posting: int) -> None: ...
    def shielded_until(self, member: int, programme: int, day: str) -> str | None:
        """Return the last day of a level given by hand that still holds on a day."""

    def shield(self, member: int, programme: int, level: str, until: str, posting: int) -> None: ...


class Days(Protocol):
    def figures(self, day: str, unit_micro: Callable[[str], int]) -> DayFigures:
        """Sum up a business day; `unit_micro` says what counts as one stamp of a programme, 0: none are."""

    def last_sale_ms(self) -> int | None:
        """Return when the last sale was recorded, None before the first one."""

    def last_ms(self) -> int:
        """Return when anything was last recorded."""

    def latest_day(self) -> str:
        """Return the latest business day on record, empty before the first posting."""

    def hash_of(self, posting: int) -> str: ...
    def last_posting(self) -> int: ...
    def closed_before(self, day: str | None, limit: int) -> Sequence[str]:
        """Return the days that were closed, newest first, those before a day."""
