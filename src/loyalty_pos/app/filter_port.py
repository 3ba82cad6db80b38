"""What the store sieves a stretch of members by."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from loyalty_pos.domain.counting import Metric
from loyalty_pos.domain.lazy import dataclass

if TYPE_CHECKING:
    from loyalty_pos.app.ports import MemberRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFilter:
    """Who may hold one of some levels of a club: was put on one, was given one, or has counted enough.

    Whoever it leaves out holds none of them; whether the rest do is for the rules to say.
    """

    programme: int
    keys: tuple[str, ...]
    metric: Metric
    from_day: str
    day: str
    least: int  # the lowest of their thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """What a member must be to be listed; what is None or empty is not asked."""

    enrolled_from: str | None = None
    last_from: str | None = None  # whose last visit was on that day or later
    last_until: str | None = None  # … on that day or before
    born: Callable[[str], bool] | None = None  # of the birthday
    tagged: Callable[[Sequence[str]], bool] | None = None  # of the tags
    units: tuple[str, ...] = ()  # has something of each, if only what has ended
    ending: tuple[str, str] | None = None  # has something that ends on these days, both included
    level: LevelFilter | None = None


class Sieve(Protocol):
    def among(
        self, after: int | None, looked_at: int, only: MemberFilter
    ) -> tuple[Sequence["MemberRow"], int | None]:
        """Return whom a filter keeps of the next members by name, and the last looked at; None at the end."""

    def stops(self, after: int | None, every: int, limit: int) -> Sequence[int]:
        """Return every so many-th of the members that follow by name; the end of them has no stop."""

    def kept(self, members: Sequence[int], only: MemberFilter) -> Sequence["MemberRow"]:
        """Return whom a filter keeps of some members, in their order."""

    def newest_tags(self, looked_at: int) -> Sequence[str]:
        """Return the tags in use among the newest members, each once."""
