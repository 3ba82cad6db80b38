"""Where a member stands in the club: by what was spent, never by what is left to spend (rules 23, 24)."""

from loyalty_pos.domain.conditions import Buyer
from loyalty_pos.domain.families import Level, TierRule
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's place at one moment.

    `programme` is the number of the club, `spend_minor` the qualifying spend in the window, `held` the key
    of the level an event last put the member on. Time alone lowers nothing: a level once held stays,
    whatever left the window.
    """

    rule: TierRule
    programme: int
    spend_minor: int = 0
    held: str | None = None

    @property
    def level(self) -> Level | None:
        """The level in force: the one held or the one reached, whichever is higher."""
        return self._at(max(self._rank(self.held), self._reached(self.spend_minor)))

    @property
    def next(self) -> Level | None:
        """The first level still ahead, None on the highest."""
        ahead = [level for level in self.rule.levels if level.key in self.away]
        return ahead[0] if ahead else None

    @property
    def away(self) -> dict[str, int]:
        """What must still be spent for each level above the one in force."""
        rank = max(self._rank(self.held), self._reached(self.spend_minor))
        return {level.key: level.from_minor - self.spend_minor for level in self.rule.levels[rank + 1 :]}

    @property
    def share_milli(self) -> int:
        """How much of the way to the next level is walked, in thousandths; all of it at the top."""
        level, ahead = self.level, self.next
        if ahead is None:
            return 1_000
        start = level.from_minor if level else 0
        walked = max(0, self.spend_minor - start)
        return min(999, walked * 1_000 // max(1, ahead.from_minor - start))

    @property
    def position(self) -> int:
        """The place of the level in force, from 1; 0 below the first."""
        return max(self._rank(self.held), self._reached(self.spend_minor)) + 1

    def bought(self, spend_minor: int) -> "Standing":
        """Return the standing after a sale: up at once (rules 24)."""
        more = Standing(self.rule, self.programme, self.spend_minor + spend_minor, self.held)
        level = more.level
        return Standing(self.rule, self.programme, more.spend_minor, level.key if level else None)

    def gave_back(self, spend_minor: int) -> "Standing":
        """Return the standing without an amount: what it alone had reached falls, straight to what is left.

        A level that only time still protects is not touched by a sale that had nothing to do with it.
        """
        left = max(0, self.spend_minor - spend_minor)
        before, after = self._reached(self.spend_minor), self._reached(left)
        rank = after if after < before else max(self._rank(self.held), before)
        level = self._at(rank)
        return Standing(self.rule, self.programme, left, level.key if level else None)

    def buyer(self, kind: str) -> Buyer:
        level = self.level
        return Buyer(kind, level.key if level else None, self.away)

    def _reached(self, spend_minor: int) -> int:
        return sum([level.from_minor <= spend_minor for level in self.rule.levels]) - 1

    def _rank(self, key: str | None) -> int:
        return next((rank for rank, level in enumerate(self.rule.levels) if level.key == key), -1)

    def _at(self, rank: int) -> Level | None:
        return self.rule.levels[rank] if rank >= 0 else None
