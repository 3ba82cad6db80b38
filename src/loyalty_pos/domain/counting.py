"""What clubs count: spend, days of visit and points, each by itself or together (rules 23)."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from loyalty_pos.domain.trace import Facts
from loyalty_pos.domain.windows import Span

Metric = Literal["spend", "visit_days", "points"]
METRICS: tuple[Metric, ...] = ("spend", "visit_days", "points")

Joined = Literal["alone", "all", "any"]
"""Whether a level asks for one thing, for several together, or for any of several."""

Lacks = tuple[tuple[Metric, int], ...]
"""What is still missing, each in what it is counted in; nothing is missing when there is none."""

MISSING: Mapping[Metric, str] = {
    "spend": "missing_minor",
    "visit_days": "missing_visits",
    "points": "missing_points",
}
"""What the distance to a level is called where facts are told."""


class Counts(NamedTuple):
    """What one event adds to what a club may count, or takes from it; also what some days come to."""

    spend_minor: int = 0
    visit_days: int = 0
    points: int = 0

    def of(self, metric: Metric) -> int:
        if metric == "spend":
            return self.spend_minor
        return self.visit_days if metric == "visit_days" else self.points

    def on_day(self, had: "Counts") -> "Counts":
        """Return what a day comes to that had counted so much; however often somebody comes is one visit."""
        return Counts(
            had.spend_minor + self.spend_minor,
            max(had.visit_days, self.visit_days),
            had.points + self.points,
        )

    def plus(self, more: "Counts") -> "Counts":
        return Counts(
            self.spend_minor + more.spend_minor,
            self.visit_days + more.visit_days,
            self.points + more.points,
        )

    def less(self, gone: "Counts") -> "Counts":
        """Return what is left; nothing counts below nothing."""
        return Counts(
            max(0, self.spend_minor - gone.spend_minor),
            max(0, self.visit_days - gone.visit_days),
            max(0, self.points - gone.points),
        )


NO_COUNTS = Counts()


class Counting(NamedTuple):
    """What a club has counted, and whether its windows are fixed ones that follow one another."""

    metrics: tuple[Metric, ...]
    fixed: bool = False


class Counted(NamedTuple):
    """What the window of a day comes to, and the fixed window before it."""

    now: Counts = NO_COUNTS
    earlier: Counts = NO_COUNTS

    def plus(self, more: "Counted") -> "Counted":
        return Counted(self.now.plus(more.now), self.earlier.plus(more.earlier))


def counted_in(span: Span, days: Mapping[str, Counts], to_day: str) -> Counted:
    """Sum what days came to in a window up to a day, included, and in the window before it."""
    now = _sum([counts for day, counts in days.items() if span.first <= day <= to_day])
    if span.earlier == span.first:
        return Counted(now)
    return Counted(now, _sum([counts for day, counts in days.items() if span.earlier <= day < span.first]))


def _sum(counts: Sequence[Counts]) -> Counts:
    return Counts(*map(sum, zip(*counts, strict=True))) if counts else NO_COUNTS


def counts_of(amounts: Mapping[Metric, int]) -> Counts:
    """Return amounts by what they count; what is not named is nothing."""
    return Counts(*[amounts.get(metric) or 0 for metric in METRICS])


def staying(first: str, day: str, counted: Counted) -> Counts:
    """Return what keeps a level, as of a day, in a window that begins on `first`.

    While the fixed window before it still runs or has just ended, that one does.
    """
    return counted.earlier if first > day else counted.now


def lacks_facts(lacks: Lacks, joined: Joined) -> Facts:
    """Return what is missing as facts; `either` says that one of several is enough."""
    facts: dict[str, int | str] = {MISSING[metric]: amount for metric, amount in lacks}
    if joined == "any" and len(lacks) > 1:
        facts["either"] = 1
    return facts
