"""Who belongs to a segment: a saved condition about a member's past, and a list made by hand."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from loyalty_pos.domain.lazy import dataclass

Gender = Literal["unknown", "woman", "man", "other"]


class Span(NamedTuple):
    """A least and a most, both included; None leaves that end open."""

    least: int | None = None
    most: int | None = None

    @property
    def asked(self) -> bool:
        return self.least is not None or self.most is not None

    def holds(self, value: int | None) -> bool:
        """Say whether a value lies inside; what is not known does not."""
        if value is None:
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


ANY = Span()


class Profile(Protocol):
    """A member on one business day, before the sale; each answer is found out when a segment asks."""

    @property
    def kind(self) -> str: ...
    @property
    def away_days(self) -> int | None:
        """Days since the last visit."""

    @property
    def gap_days(self) -> int | None:
        """Days between the last two visits on different days."""

    @property
    def points(self) -> int: ...
    @property
    def age(self) -> int | None: ...
    @property
    def gender(self) -> str:
        """One of `Gender`."""

    @property
    def city(self) -> str:
        """The city, folded like every name below."""

    @property
    def interests(self) -> frozenset[str]: ...
    @property
    def tags(self) -> frozenset[str]: ...
    def visits(self, days: int | None) -> int:
        """Count purchases of the last `days` days and today, or of ever."""

    def spend_minor(self, days: int | None) -> int: ...
    def bought(self, days: int | None) -> frozenset[tuple[str, str]]:
        """Name what was bought in that time, each by ("sku", its sku) and ("group", its group)."""


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """All that is asked must hold. Names are folded; of several names of one sort any will do."""

    visits: Span = ANY
    spend_minor: Span = ANY
    window_days: int | None = None
    away_days: Span = ANY
    gap_days: Span = ANY
    points: Span = ANY
    age: Span = ANY
    kinds: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    bought: frozenset[tuple[str, str]] = frozenset()
    bought_days: int | None = None

    @property
    def by_hand(self) -> bool:
        """Asks nothing, so that only the list made by hand says who belongs."""
        return self == _NOTHING_ASKED

    def holds(self, member: Profile) -> bool:
        """Say whether a member meets all that is asked; the dearest questions come last."""
        if self.by_hand or (self.kinds and member.kind not in self.kinds):
            return False
        return self._past_holds(member) and self._person_holds(member) and self._counts_hold(member)

    def _past_holds(self, member: Profile) -> bool:
        if self.away_days.asked and not self.away_days.holds(member.away_days):
            return False
        return not self.points.asked or self.points.holds(member.points)

    def _person_holds(self, member: Profile) -> bool:
        if self.age.asked and not self.age.holds(member.age):
            return False
        if self.genders and member.gender not in self.genders:
            return False
        if self.cities and member.city not in self.cities:
            return False
        if self.interests and not self.interests & member.interests:
            return False
        return not self.tags or bool(self.tags & member.tags)

    def _counts_hold(self, member: Profile) -> bool:
        if self.visits.asked and not self.visits.holds(member.visits(self.window_days)):
            return False
        if self.spend_minor.asked and not self.spend_minor.holds(member.spend_minor(self.window_days)):
            return False
        if self.gap_days.asked and not self.gap_days.holds(member.gap_days):
            return False
        return not self.bought or bool(self.bought & member.bought(self.bought_days))


_NOTHING_ASKED = SegmentRule()


def belongs_to(
    segments: Iterable[tuple[str, int, SegmentRule]], listed: frozenset[int], member: Profile
) -> frozenset[str]:
    """Name the segments a member is in: by their condition, or by the list under the segment's number."""
    return frozenset(key for key, number, rule in segments if number in listed or rule.holds(member))
