"""The conditions every programme shares: who, when, and what is on the counter.

Compiled once per revision into frozen slots objects; a check is integers and set look-ups.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, NamedTuple

from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.dates import occasions_of
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.trace import Facts, Reason
from loyalty_pos.domain.trials import HELD_OUT, Trial


@dataclass(frozen=True, slots=True)
class Goods:
    """A choice of goods by group or sku; nothing chosen means everything."""

    groups: frozenset[str] = frozenset()
    skus: frozenset[str] = frozenset()

    def __contains__(self, line: Line) -> bool:
        if not self.groups and not self.skus:
            return True
        return line.group in self.groups or line.sku in self.skus

    @property
    def everything(self) -> bool:
        return not self.groups and not self.skus


EVERYTHING = Goods()


class Wanted(NamedTuple):
    """So many units of some goods that have to be on the bill."""

    goods: Goods
    units: int


Birthday = Literal["", "month", "day"]


class Seen(NamedTuple):
    """What conditions may ask about a member's past, as it was before the sale.

    `visit` is which purchase this one is, `gap_days` the days since the last (None: there was none),
    `birthday` says whether it is today or only this month.
    """

    segments: frozenset[str] = frozenset()
    visit: int = 1
    gap_days: int | None = None
    birthday: Birthday = ""


NEVER_SEEN = Seen()


class Buyer(NamedTuple):
    """A member as conditions see one: kind, level, what each higher level still lacks, the past.

    `standings` are the programmes whose membership or contract the member holds, `member` is the number a
    trial draws by.
    """

    kind: str
    tier: str | None = None
    away: Mapping[str, Facts] = {}  # the nearest first
    seen: Seen = NEVER_SEEN
    standings: frozenset[str] = frozenset()
    member: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """When a sale happens, in the shop's own time: `minute` counts from local midnight, 0 … 1439."""

    at_ms: int
    business_day: str
    weekday: str
    minute: int
    seen_day: str = ""
    """A later day that was on record before the clock moved back."""

    @property
    def life_day(self) -> str:
        """The day that decides what has ended: it never goes back (rules 22, 25)."""
        return self.seen_day or self.business_day


@dataclass(frozen=True, slots=True)
class Condition:
    """Who may benefit, when, and from how large a basket (rules 1, 12).

    Days and minima are inclusive; an hours window includes its first minute and not its last, and
    may pass midnight. A member never seen before has no gap: neither a short nor a long one.
    """

    non_members: bool = False
    member_kinds: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    standings: frozenset[str] = frozenset()
    birthday: Birthday = ""
    gap_days_max: int | None = None
    away_days_min: int | None = None
    visits_min: int | None = None
    visits_max: int | None = None
    from_day: str | None = None
    to_day: str | None = None
    weekdays: frozenset[str] = frozenset()
    hours: tuple[tuple[int, int], ...] = ()
    occasions: frozenset[str] = frozenset()
    min_minor: int = 0
    min_quantity: int = 0
    below_minor: int | None = None
    all_of: tuple[Wanted, ...] = ()
    counted: Goods = EVERYTHING
    groups_in: frozenset[str] = frozenset()
    groups_out: frozenset[str] = frozenset()
    skus_in: frozenset[str] = frozenset()
    skus_out: frozenset[str] = frozenset()
    no_discounted: bool = False
    trial: Trial | None = None
    """Who is left out by lot."""
    always: bool = field(init=False, repr=False, compare=False)
    """Holds for every member at any time on any bill; most programmes ask for nothing more."""

    asks_past: bool = field(init=False, repr=False, compare=False)
    """Asks something of the member that only their past can answer."""

    on_bill: bool = field(init=False, repr=False, compare=False)
    """Asks something of the bill as a whole."""

    chooses: bool = field(init=False, repr=False, compare=False)
    """Lets only some goods benefit."""

    def __post_init__(self) -> None:
        counts = (self.gap_days_max, self.away_days_min, self.visits_min, self.visits_max)
        past = bool(self.segments or self.birthday) or any(one is not None for one in counts)
        who = past or self.member_kinds or self.tiers or self.standings or self.trial is not None
        when = self.from_day or self.to_day or self.weekdays or self.hours or self.occasions
        bill = bool(self.min_minor or self.min_quantity or self.below_minor is not None or self.all_of)
        only = self.groups_in or self.skus_in
        object.__setattr__(self, "asks_past", past)
        object.__setattr__(self, "on_bill", bill)
        object.__setattr__(self, "chooses", bool(only or self.groups_out or self.skus_out))
        object.__setattr__(self, "always", not (who or when or bill))

    def allows(self, line: Line) -> bool:
        """Say whether a line is among the goods that may benefit."""
        only = self.groups_in or self.skus_in
        if only and line.group not in self.groups_in and line.sku not in self.skus_in:
            return False
        return line.group not in self.groups_out and line.sku not in self.skus_out

    def why_not(self, buyer: Buyer | None, moment: Moment, basket: Basket) -> Reason | None:
        """Return the first reason this sale is outside the condition, or None when it is inside."""
        if buyer is None:
            if not self.non_members:
                return Reason("no_member")
        elif self.always:
            return None
        elif self.member_kinds and buyer.kind not in self.member_kinds:
            return Reason("other_member_kind")
        elif self.tiers and buyer.tier not in self.tiers:
            return self._other_tier(buyer)
        elif self.standings and not self.standings & buyer.standings:
            return Reason("other_standing")
        elif self.asks_past and (reason := self._other_past(buyer.seen)) is not None:
            return reason
        elif self.trial is not None and self.trial.holds_out(buyer.member):
            return Reason(HELD_OUT)
        if self.from_day is not None and moment.business_day < self.from_day:
            return Reason("not_yet", {"from_day": self.from_day})
        if self.to_day is not None and moment.business_day > self.to_day:
            return Reason("ended", {"to_day": self.to_day})
        if self.weekdays and moment.weekday not in self.weekdays:
            return Reason("other_weekday")
        if self.hours and not _within(moment.minute, self.hours):
            return Reason("other_hours")
        if self.occasions and not self.occasions & occasions_of(moment.business_day):
            return Reason("other_occasion")
        return self.too_little(basket)

    def too_little(self, basket: Basket) -> Reason | None:
        """Return what a basket misses of the minimum; None when it has enough."""
        return self._how_much(basket) if self.on_bill else None

    def _other_tier(self, buyer: Buyer) -> Reason:
        for tier, lacks in buyer.away.items():
            if tier in self.tiers:
                return Reason("other_tier", {"tier": tier, **lacks})
        return Reason("other_tier")

    def _other_past(self, seen: Seen) -> Reason | None:
        if self.segments and not self.segments & seen.segments:
            return Reason("other_segment")
        if self.birthday and seen.birthday not in (self.birthday, "day"):
            return Reason("other_birthday")
        if self.visits_min is not None and seen.visit < self.visits_min:
            return Reason("visits_missing", {"missing": self.visits_min - seen.visit})
        if self.visits_max is not None and seen.visit > self.visits_max:
            return Reason("visits_over", {"visit": seen.visit})
        gap = seen.gap_days
        if self.away_days_min is not None and (gap is None or gap < self.away_days_min):
            return Reason("away_too_short", {} if gap is None else {"gap_days": gap})
        if self.gap_days_max is not None and (gap is None or gap > self.gap_days_max):
            return Reason("gap_too_long", {} if gap is None else {"gap_days": gap})
        return None

    def _how_much(self, basket: Basket) -> Reason | None:
        lines = basket.lines if self.counted.everything else [i for i in basket.lines if i in self.counted]
        amount = sum([line.quantity * line.unit_price_minor - line.till_discount_minor for line in lines])
        if amount < self.min_minor:
            facts: Facts = {"min_minor": self.min_minor, "missing_minor": self.min_minor - amount}
            return Reason("below_minimum", facts)
        quantity = sum([line.quantity for line in lines]) if self.min_quantity else 0
        if quantity < self.min_quantity:
            return Reason(
                "too_few", {"min_quantity": self.min_quantity, "missing": self.min_quantity - quantity}
            )
        if self.below_minor is not None and amount >= self.below_minor:
            return Reason("not_below", {"below_minor": self.below_minor})
        return self._not_all_there(basket) if self.all_of else None

    def _not_all_there(self, basket: Basket) -> Reason | None:
        if basket.amount_mode:
            return Reason("needs_goods")
        for number, (goods, units) in enumerate(self.all_of):
            found = sum([line.quantity for line in basket.lines if line in goods])
            if found < units:
                return Reason("not_all_there", {"part": number, "missing": units - found})
        return None


ALWAYS = Condition()


def _within(minute: int, hours: tuple[tuple[int, int], ...]) -> bool:
    for start, end in hours:
        if start <= minute < end if start <= end else minute >= start or minute < end:
            return True
    return False
