"""A bill while it is being priced: what is left of each line, and the trace so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.conditions import NEVER_SEEN, Buyer, Condition, Goods, Moment, Seen
from loyalty_pos.domain.families import UNLIMITED, Revision
from loyalty_pos.domain.ledger import Holdings
from loyalty_pos.domain.limits import NOTHING_USED, Allowance, Usage, allowance_of
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.trace import Facts, Family, Reason, TraceLine


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A member as the engine sees one.

    `counted_today` is what each programme already counted on this business day.
    """

    member: int
    kind: str
    holdings: Holdings = field(default_factory=Holdings)
    counted_today: Mapping[str, int] = field(default_factory=dict)
    standing: Standing | None = None
    seen: Seen = NEVER_SEEN

    @property
    def buyer(self) -> Buyer:
        bare = self.standing.buyer(self.kind) if self.standing else Buyer(self.kind)
        return Buyer(bare.kind, bare.tier, bare.away, self.seen)


class Reach(NamedTuple):
    """The lines of a bill a programme may touch, and those of them that may earn at all (rules 16)."""

    lines: Sequence[int]
    earning: Sequence[int]
    whole: bool


class Bill:
    """The mutable middle of a pure calculation; it never leaves `quote`."""

    __slots__ = (
        "basket",
        "buyer",
        "choices",
        "closed",
        "counted_today",
        "everything",
        "feeds",
        "free",
        "free_of",
        "given",
        "known",
        "moment",
        "money_step_minor",
        "nets",
        "planned",
        "reach",
        "rewarded",
        "standing",
        "starts",
        "trace",
        "usage",
        "used",
        "used_codes",
    )

    def __init__(self, basket: Basket, choices: Choices, snapshot: Snapshot | None, moment: Moment) -> None:
        self.basket = basket
        self.choices = choices
        self.buyer = snapshot.buyer if snapshot else None
        self.standing = snapshot.standing if snapshot else None
        self.counted_today: Mapping[str, int] = snapshot.counted_today if snapshot else {}
        self.moment = moment
        self.starts = [
            line.quantity * line.unit_price_minor - line.till_discount_minor for line in basket.lines
        ]
        self.nets = list(self.starts)
        self.free = [0] * len(basket.lines)
        self.free_of: dict[str, int] = {}
        """Units a programme made free of a typed amount, where the goods are unknown."""
        self.planned: dict[int, int] = {}
        """Units an every-Nth card counts on this sale, by revision; fixed before anything is made free."""
        self.given: dict[int, int] = {}
        """Units an every-Nth card made free on this sale, by revision."""
        self.trace: list[TraceLine] = []
        self.rewarded: list[str] = []
        """Programmes whose held rewards were used."""
        self.everything = self._reach(range(len(basket.lines)))
        self.reach: dict[object, Reach] = {}
        self.used_codes: list[int] = []
        """Codes whose benefit was taken."""
        self.closed: frozenset[int] = frozenset()
        """Lines on which a set offer takes more than a free unit would (rules 10)."""
        self.feeds: dict[int, Sequence[int]] = {}
        """The lines each programme of a group earns on, by revision (rules 17)."""
        self.usage: Mapping[int, Usage] = {}
        """What limited programmes gave before this sale, by programme."""
        self.used: dict[int, Usage] = {}
        """What limited programmes gave on this very sale, by revision."""
        self.money_step_minor = 1
        self.known: Mapping[int, Revision] = {}
        """The revisions that what is held or handed in follows."""

    def tell(
        self, revision: Revision, family: Family, code: str, facts: Facts, benefit_minor: int = 0
    ) -> None:
        """Record that a programme took part."""
        self.trace.append(TraceLine(revision.id, family, True, code, facts, benefit_minor))

    def refuse(self, revision: Revision, family: Family, reason: Reason) -> None:
        """Record that a programme was looked at and did not take part, with what is missing."""
        self.trace.append(TraceLine(revision.id, family, False, reason.code, reason.facts))

    def why_not(self, revision: Revision) -> Reason | None:
        if revision.id in self.choices.left_out:
            return self.choices.left_out[revision.id]
        reason = revision.condition.why_not(self.buyer, self.moment, self.basket)
        if reason is not None or revision.limits is UNLIMITED:
            return reason
        left = self.left_of(revision)
        return left if isinstance(left, Reason) else None

    def left_of(self, revision: Revision) -> Allowance | Reason:
        """Return what the limits of a programme leave for this sale, or why it is nothing (rules 12, 31)."""
        before = self.usage.get(revision.programme, NOTHING_USED)
        now = self.used.get(revision.id, NOTHING_USED)
        return allowance_of(revision, before, now, self.money_step_minor)

    def allowance(self, revision: Revision) -> Allowance | None:
        """Return what `why_not` has found to be left; None for a programme without limits."""
        if revision.limits is UNLIMITED:
            return None
        left = self.left_of(revision)
        assert isinstance(left, Allowance), "why_not is asked first"
        return left

    def use(self, revision: Revision, times: int, spent_minor: int) -> None:
        """Count what a programme gave on this sale towards its limits."""
        if revision.limits is not UNLIMITED:
            self.used[revision.id] = self.used.get(revision.id, NOTHING_USED).more(times, spent_minor)

    def reached(self, goods: Goods, condition: Condition) -> Reach:
        """Return the lines that are of these goods and that the condition lets benefit.

        Many programmes reach for the same goods; each choice is looked up once.
        """
        if not (goods.groups or goods.skus or condition.groups_in or condition.groups_out):
            return self.everything
        asked = (goods.groups, goods.skus, condition.groups_in, condition.groups_out)
        found = self.reach.get(asked)
        if found is None:
            lines = self.basket.lines
            these: Sequence[int] = self.everything.lines
            if not goods.everything:
                these = [i for i in these if lines[i] in goods]
            if condition.groups_in or condition.groups_out:
                these = [i for i in these if condition.allows(lines[i])]
            found = self.reach[asked] = self._reach(these)
        return found

    def _reach(self, these: Sequence[int]) -> Reach:
        lines = self.basket.lines
        return Reach(these, [i for i in these if lines[i].earns], len(these) == len(lines))

    def unit_value(self, index: int) -> int:
        """Return the money the next free unit of a line is worth; a line's parts add up to the line."""
        taken = self.free[index]
        start, quantity = self.starts[index], self.basket.lines[index].quantity
        if taken >= quantity:
            return 0
        return start * (taken + 1) // quantity - start * taken // quantity

    def line(self, index: int) -> Line:
        return self.basket.lines[index]
