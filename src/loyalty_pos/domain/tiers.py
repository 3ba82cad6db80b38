"""Where a member stands in the club: by what counts, never by what is left to spend (rules 23, 24)."""

from dataclasses import field
from typing import NamedTuple

from loyalty_pos.domain.counting import MISSING, lacks_facts
from loyalty_pos.domain.counting import NO_COUNTS as NO_COUNTS
from loyalty_pos.domain.counting import Counts as Counts
from loyalty_pos.domain.families import Level, TierRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.trace import Facts
from loyalty_pos.domain.tuples import made


def reached_by(rule: TierRule, counted: Counts, earlier: Counts) -> int:
    """Return the place of the highest level that counting alone gives, -1 below the first."""
    reached = rule.reached(counted)
    return max(reached, rule.reached(earlier)) if rule.fixed else reached


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's place at one moment.

    `programme` is the number of the club, `counted` what its window comes to, `earlier` what a fixed
    window before it came to, which still holds. `held` is the key of the level an event last put the member
    on. Time alone lowers nothing: a level once held stays until a review, whatever left the window. `shield`
    is a level given by hand that still holds; nothing goes below it. `visited` says that today counts as a
    visit already.
    """

    rule: TierRule
    programme: int
    counted: Counts = NO_COUNTS
    held: str | None = None
    shield: str | None = None
    visited: bool = False
    earlier: Counts = NO_COUNTS
    rank: int = field(init=False, repr=False, compare=False)
    """The place of the level in force, from 0; -1 below the first."""

    def __post_init__(self) -> None:
        rank = self.reached
        if self.held is not None:
            rank = max(rank, self.rule.rank(self.held))
        if self.shield is not None:
            rank = max(rank, self.rule.rank(self.shield))
        object.__setattr__(self, "rank", rank)

    @property
    def reached(self) -> int:
        """The place of the highest level that counting alone gives, -1 below the first."""
        return reached_by(self.rule, self.counted, self.earlier)

    @property
    def level(self) -> Level | None:
        """The level in force: the one held or the one reached, whichever is higher."""
        return self._at(self.rank)

    @property
    def next(self) -> Level | None:
        """The first level still ahead, None on the highest."""
        above = self.rank + 1
        return self.rule.levels[above] if above < len(self.rule.levels) else None

    @property
    def away(self) -> dict[str, Facts]:
        """What is still missing to each level above the one in force, as facts."""
        rule = self.rule
        if rule.joined == "alone":  # several times in every quote
            name, have = MISSING[rule.metric], self.counted.of(rule.metric)
            return {level.key: {name: level.threshold - have} for level in rule.levels[self.rank + 1 :]}
        return {
            level.key: lacks_facts(rule.lacks(level, self.counted), rule.joined)
            for level in rule.levels[self.rank + 1 :]
        }

    @property
    def share_milli(self) -> int:
        """How much of the way to the next level is walked, in thousandths; all of it at the top.

        Of several things a level asks for together the one furthest away tells, else the nearest.
        """
        level, ahead, rule = self.level, self.next, self.rule
        if ahead is None:
            return 1_000
        starts = dict(rule.demands(level)) if level else {}
        walked = []
        for metric, least in rule.demands(ahead):
            start = min(starts.get(metric, 0), least)
            far = max(0, min(self.counted.of(metric), least) - start)
            walked.append(far * 1_000 // (least - start) if least > start else 1_000)
        return min(999, max(walked) if rule.joined == "any" else min(walked))

    @property
    def position(self) -> int:
        """The place of the level in force, from 1; 0 below the first."""
        return self.rank + 1

    def bought(self, counts: Counts) -> "Standing":
        """Return the standing after a sale: up at once (rules 24)."""
        counted = self._with(counts)
        return self._at_rank(counted, self.earlier, max(self.rank, self.rule.reached(counted)))

    def held_after(self, counts: Counts) -> str | None:
        """Return the key of the level that `bought` would hold."""
        return self.rule.key(max(self.rank, self.rule.reached(self._with(counts))))

    def gave_back(self, counts: Counts, earlier: bool = False, kept: str | None = None) -> "Standing":
        """Return the standing without what counted: what that alone had reached falls to what is left.

        `earlier` says that it counted in the fixed window before. A level that only time still protects
        is not touched by a sale that had nothing to do with it, and one given by hand by none; `kept` is one
        that time protected before anything in the window counted. Rests at another step may lift.
        """
        now = self.counted if earlier else self.counted.less(counts)
        then = self.earlier.less(counts) if earlier else self.earlier
        before, after = self.reached, reached_by(self.rule, now, then)
        fallen = max(after, self.rule.rank(self.shield), min(self.rank, self.rule.rank(kept)))
        return self._at_rank(now, then, fallen if after < before else max(self.rank, after))

    def _with(self, counts: Counts) -> Counts:
        had, first_today = self.counted, counts.visit_days and not self.visited
        spend_minor, points = had.spend_minor + counts.spend_minor, had.points + counts.points
        return made(Counts, (spend_minor, had.visit_days + bool(first_today), points))

    def _at_rank(self, counted: Counts, earlier: Counts, rank: int) -> "Standing":
        held = self.rule.key(rank)
        return Standing(self.rule, self.programme, counted, held, self.shield, self.visited, earlier)

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


def review(standing: Standing, reached_before: int, warned_times: int) -> Reviewed:
    """Look at a member on the first day of a month (rules 24): warn below the level, then fall one step.

    `reached_before` is the place that the window of the month before gave: whoever reached a level without
    an event holds it as well. `warned_times` are the reviews in a row that found the member below this level.
    """
    rule = standing.rule
    reached, shield = standing.reached, rule.rank(standing.shield)
    by_event = standing.held is not None
    held = rule.rank(standing.held) if by_event else reached_before
    if held <= max(reached, shield):
        # Who never had an event and lost nothing needs none now.
        return Reviewed(rule.key(max(held, reached)) if by_event else None)
    if warned_times > rule.grace_reviews:
        return Reviewed(rule.key(max(held - 1, reached, shield)))
    return Reviewed(rule.key(held), rule.key(held), warned_times + 1)
