"""Where a member stands in the club: by what counts, never by what is left to spend (rules 23, 24)."""

from collections.abc import Mapping
from typing import NamedTuple

from loyalty_pos.domain.conditions import Buyer
from loyalty_pos.domain.families import Level, Metric, TierRule
from loyalty_pos.domain.lazy import dataclass

MISSING: Mapping[Metric, str] = {
    "spend": "missing_minor",
    "visit_days": "missing_visits",
    "points": "missing_points",
}
"""What the distance to a level is called where facts are told."""


class Counts(NamedTuple):
    """What one event adds to what a club may count, or takes from it."""

    spend_minor: int = 0
    visit_days: int = 0
    points: int = 0

    def of(self, metric: Metric) -> int:
        return {"spend": self.spend_minor, "visit_days": self.visit_days, "points": self.points}[metric]

    def on_day(self, metric: Metric, had: int) -> int:
        """Return what a day comes to that had counted so much; however often somebody comes is one visit."""
        return max(had, self.visit_days) if metric == "visit_days" else had + self.of(metric)


NO_COUNTS = Counts()


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's place at one moment.

    `programme` is the number of the club, `counted` what its metric sums to in the window, `held` the key
    of the level an event last put the member on. Time alone lowers nothing: a level once held stays until
    a review, whatever left the window. `shield` is a level given by hand that still holds; nothing goes
    below it. `visited` says that today counts as a visit already.
    """

    rule: TierRule
    programme: int
    counted: int = 0
    held: str | None = None
    shield: str | None = None
    visited: bool = False

    @property
    def rank(self) -> int:
        """The place of the level in force, from 0; -1 below the first."""
        return max(self.rule.rank(self.held), self.rule.rank(self.shield), self.rule.reached(self.counted))

    @property
    def level(self) -> Level | None:
        """The level in force: the one held or the one reached, whichever is higher."""
        return self._at(self.rank)

    @property
    def next(self) -> Level | None:
        """The first level still ahead, None on the highest."""
        ahead = [level for level in self.rule.levels if level.key in self.away]
        return ahead[0] if ahead else None

    @property
    def away(self) -> dict[str, int]:
        """What is still missing to each level above the one in force."""
        return {level.key: level.threshold - self.counted for level in self.rule.levels[self.rank + 1 :]}

    @property
    def share_milli(self) -> int:
        """How much of the way to the next level is walked, in thousandths; all of it at the top."""
        level, ahead = self.level, self.next
        if ahead is None:
            return 1_000
        start = level.threshold if level else 0
        walked = max(0, self.counted - start)
        return min(999, walked * 1_000 // max(1, ahead.threshold - start))

    @property
    def position(self) -> int:
        """The place of the level in force, from 1; 0 below the first."""
        return self.rank + 1

    def bought(self, counts: Counts) -> "Standing":
        """Return the standing after a sale: up at once (rules 24)."""
        first_today = counts.visit_days and not self.visited
        more = int(first_today) if self.rule.metric == "visit_days" else counts.of(self.rule.metric)
        counted = self.counted + more
        return self._at_rank(counted, max(self.rank, self.rule.reached(counted)))

    def gave_back(self, counts: Counts) -> "Standing":
        """Return the standing without what counted: what that alone had reached falls to what is left.

        A level that only time still protects is not touched by a sale that had nothing to do with it, and
        one given by hand by none.
        """
        rule = self.rule
        left = max(0, self.counted - counts.of(rule.metric))
        before, after = rule.reached(self.counted), rule.reached(left)
        fallen = max(after, rule.rank(self.shield))
        return self._at_rank(left, fallen if after < before else self.rank)

    def buyer(self, kind: str) -> Buyer:
        level = self.level
        return Buyer(kind, level.key if level else None, self.away, missing=MISSING[self.rule.metric])

    def _at_rank(self, counted: int, rank: int) -> "Standing":
        return Standing(self.rule, self.programme, counted, self.rule.key(rank), self.shield, self.visited)

    def _at(self, rank: int) -> Level | None:
        return self.rule.levels[rank] if rank >= 0 else None


class Reviewed(NamedTuple):
    """What a review does to one member: `held` is the level afterwards, `times` how often it was warned."""

    held: str | None
    warned: str | None = None
    times: int = 0

    def changes(self, before: str | None) -> bool:
        """Whether there is anything to put on record."""
        return self.warned is not None or self.held != before


def review(standing: Standing, counted_before: int, warned_times: int) -> Reviewed:
    """Look at a member on the first day of a month (rules 24): warn below the level, then fall one step.

    `counted_before` is what the window of the month before summed to: whoever reached a level without an
    event holds it as well. `warned_times` are the reviews in a row that found the member below this level.
    """
    rule = standing.rule
    reached, shield = rule.reached(standing.counted), rule.rank(standing.shield)
    by_event = standing.held is not None
    held = rule.rank(standing.held) if by_event else rule.reached(counted_before)
    if held <= max(reached, shield):
        # Who never had an event and lost nothing needs none now.
        return Reviewed(rule.key(max(held, reached)) if by_event else None)
    if warned_times > rule.grace_reviews:
        return Reviewed(rule.key(max(held - 1, reached, shield)))
    return Reviewed(rule.key(held), rule.key(held), warned_times + 1)
