"""A bill while it is being priced: what is left of each line, and the trace so far."""

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Literal, NamedTuple

from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.conditions import NEVER_SEEN, Buyer, Condition, Goods, Moment, Seen
from loyalty_pos.domain.families import UNLIMITED, Revision
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Holdings
from loyalty_pos.domain.limits import NOTHING_USED, Allowance, Usage, allowance_of
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.trace import Facts, Family, Reason, TraceLine
from loyalty_pos.domain.tuples import made


class Held(NamedTuple):
    """A membership or contract held now: its number, its revision, its last day, and the last with grace."""

    term: int
    revision: Revision
    until_day: str
    good_until: str
    rests_minor: int = 0
    """What must be spent before its benefits go on; 0: they do."""


NOTHING_AHEAD: Mapping[str, Facts] = {}
NO_STANDINGS: frozenset[str] = frozenset()


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
    events: Mapping[int, int | Reason] = field(default_factory=dict)
    """What happens to the member now, by revision: the stamp it is remembered by, or why it does not."""
    terms: tuple[Held, ...] = ()
    """The memberships and contracts the member holds now, by the revisions they were begun with."""

    @property
    def buyer(self) -> Buyer:
        level, away = None, NOTHING_AHEAD
        if self.standing is not None:
            level, away = self.standing.level, self.standing.away
        standings = NO_STANDINGS
        if self.terms:
            standings = frozenset([held.revision.key for held in self.terms if not held.rests_minor])
        return made(Buyer, (self.kind, level.key if level else None, away, self.seen, standings, self.member))


NO_GOODS = Reason("no_eligible_goods")
NOTHING_HELD: tuple[Held, ...] = ()
NOTHING_COUNTED: Mapping[str, int] = {}
NOTHING_HAPPENS: Mapping[int, int | Reason] = {}

Source = Literal["benefit", "reward", "nth"]


class Took(NamedTuple):
    """What one benefit took off one line, and how many of its units that made free (rules 28, 29).

    A reward was held before the sale; an Nth unit is free within it; anything else is a benefit.
    """

    line: int
    revision: int
    source: Source
    code: int
    minor: int
    units: int


class Bill:
    """The mutable middle of a pure calculation; it never leaves `quote`."""

    __slots__ = (
        "basket",
        "bought",
        "buyer",
        "capped",
        "choices",
        "closed",
        "counted_today",
        "earning",
        "events",
        "feeds",
        "free",
        "free_of",
        "full_price",
        "given",
        "known",
        "measured",
        "moment",
        "money_step_minor",
        "nets",
        "on_account",
        "outside",
        "planned",
        "points_free",
        "points_milli",
        "points_owed",
        "reach",
        "reduced",
        "rewarded",
        "standing",
        "starts",
        "terms",
        "took",
        "trace",
        "usage",
        "used",
        "used_codes",
    )

    def __init__(
        self, basket: Basket, choices: Choices, snapshot: Snapshot | None, moment: Moment, lineup: Lineup
    ) -> None:
        lines = basket.lines
        self.basket, self.choices, self.moment, self.terms = basket, choices, moment, NOTHING_HELD
        self.buyer: Buyer | None = None
        self.standing: Standing | None = None
        self.counted_today: Mapping[str, int] = NOTHING_COUNTED
        self.events: Mapping[int, int | Reason] = NOTHING_HAPPENS
        self.points_milli = 1_000
        """What the level of the buyer multiplies points by."""
        if snapshot is not None:
            self._meet(snapshot)
        self.starts = [line.quantity * line.unit_price_minor - line.till_discount_minor for line in lines]
        self.nets, self.free = self.starts.copy(), [0] * len(lines)
        self.free_of: dict[str, int] = {}
        """Units a programme made free of a typed amount, where the goods are unknown."""
        self.planned: dict[int, tuple[int, list[int]]] = {}
        """What an every-Nth card counts, by revision: units, and their lines before any is lowered."""
        self.given: dict[int, int] = {}
        """Units an every-Nth card made free on this sale, by revision."""
        self.trace: list[TraceLine] = []
        self.took: list[Took] = []
        """What lowered which line, in the order it did."""
        self.rewarded: list[str] = []
        """Programmes whose held rewards were used."""
        self.reach = lineup.reach(lines)
        """The lines each aim of the line-up reaches, by its number."""
        self.full_price = lineup.full_price
        """The aims that reach no reduced goods."""
        self.reduced: set[int] = set()
        """Lines whose price a benefit lowered; an amount off the whole bill lowers none."""
        self.earning = self._earning()
        """The same without the lines that earn nothing at all (rules 16)."""
        if self.full_price:
            self._leave_out([i for i, line in enumerate(lines) if line.till_discount_minor])
        self.outside = self._outside(lineup)
        """Why programmes take no part, by revision: their condition does not hold, or they are left out."""
        self.used_codes: list[int] = []
        """Codes whose benefit was taken."""
        self.closed, self.on_account = choices.closed, False
        """Lines on which a set offer takes more than a free unit would (rules 10)."""
        self.feeds: dict[int, list[int]] = {}
        """The lines each programme of a group earns on, by revision (rules 17)."""
        self.usage: Mapping[int, Usage] = {}
        """What limited programmes gave before this sale, by programme."""
        self.used: dict[int, Usage] = {}
        """What limited programmes gave on this very sale, by revision."""
        self.money_step_minor = 1
        self.points_free = 0
        """Points that may be given for benefits on this sale, beside those promised already."""
        self.points_owed = 0
        self.bought: dict[int, int] = {}
        """Points each benefit took, by revision."""
        self.known: Mapping[int, Revision] = {}
        """The revisions that what is held or handed in follows."""
        self.measured: dict[tuple[int, bool | None], int] = {}
        """The money to be measured on each aim, with tax or without, once all lines have their price."""
        self.capped: dict[tuple[int, int], list[int]] = {}
        """How a cap on a rate splits over the lines of an aim, as they cost in the lane at hand."""

    def _meet(self, member: Snapshot) -> None:
        self.buyer, self.standing, self.terms = member.buyer, member.standing, member.terms
        self.counted_today, self.events = member.counted_today, member.events
        if self.standing is not None and (level := self.standing.level) is not None:
            self.points_milli = level.coefficient_milli

    def tell(
        self, revision: Revision, family: Family, code: str, facts: Facts, benefit_minor: int = 0
    ) -> None:
        """Record that a programme took part."""
        self.trace.append(made(TraceLine, (revision.id, family, True, code, facts, benefit_minor)))

    def refuse(self, revision: Revision, family: Family, reason: Reason) -> None:
        """Record that a programme was looked at and did not take part, with what is missing."""
        self.trace.append(made(TraceLine, (revision.id, family, False, reason.code, reason.facts, 0)))

    def why_not(self, revision: Revision) -> Reason | None:
        """Return why a live programme takes no part in this sale, or no more."""
        reason = self.outside.get(revision.id)
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

    def reached(self, goods: Goods, condition: Condition) -> list[int]:
        """Return the lines of goods that are no programme's own aim, as far as the condition allows them."""
        lines = self.basket.lines
        found = [i for i, line in enumerate(lines) if line in goods and condition.allows(line)]
        if not condition.no_discounted:
            return found
        return [i for i in found if i not in self.reduced and not lines[i].till_discount_minor]

    def no_goods(self, goods: Goods, condition: Condition) -> Reason:
        """Say why nothing here is reached: there is nothing, or all of it is reduced."""
        if condition.no_discounted and any(
            line in goods and condition.allows(line) for line in self.basket.lines
        ):
            return Reason("all_reduced")
        return NO_GOODS

    def reduce(self, lines: Collection[int]) -> None:
        """Note that a benefit made lines cheaper: what asks for full prices reaches them no more."""
        self.reduced.update(lines)
        if self.full_price:
            self._leave_out(self.reduced)

    def _leave_out(self, lines: Collection[int]) -> None:
        for reach in (self.reach, self.earning):
            for aim in self.full_price:
                reach[aim] = [i for i in reach[aim] if i not in lines]

    def _earning(self) -> list[list[int]]:
        lines = self.basket.lines
        if False not in [line.earns for line in lines]:
            return self.reach
        return [[i for i in these if lines[i].earns] for these in self.reach]

    def _outside(self, lineup: Lineup) -> dict[int, Reason]:
        found: dict[int, Reason] = {}
        for condition, revisions in lineup.conditions:
            reason = condition.why_not(self.buyer, self.moment, self.basket)
            if reason is not None:
                for number in revisions:
                    found[number] = reason
        for held in self.terms:
            found.pop(held.revision.id, None)  # who may begin one is another question
        found.update(self.choices.left_out)
        return found

    def unit_value(self, index: int) -> int:
        """Return the money the next free unit of a line is worth; a line's parts add up to the line."""
        taken = self.free[index]
        start, quantity = self.starts[index], self.basket.lines[index].quantity
        if taken >= quantity:
            return 0
        return start * (taken + 1) // quantity - start * taken // quantity

    def line(self, index: int) -> Line:
        return self.basket.lines[index]
