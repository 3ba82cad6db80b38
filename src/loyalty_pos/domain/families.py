"""The families every programme kind maps onto: frozen, compiled once per revision, integers only."""

from dataclasses import field
from typing import Literal

from loyalty_pos.domain.conditions import ALWAYS, EVERYTHING, Condition, Goods
from loyalty_pos.domain.counting import METRICS, NO_COUNTS, Counting, Counts, Joined, Lacks, Metric
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.segments import SegmentRule
from loyalty_pos.domain.windows import Over, Way

Measure = Literal["amount", "units", "sales", "visit_days", "event"]
Event = Literal[
    "join",
    "first_purchase",
    "first_of_group",
    "referrer",
    "newcomer",
    "birthday",
    "anniversary",
    "profile",
    "back",
    "challenge",
    "draw",
    "participation",
    "check_in",
]
ProfileField = Literal["name", "phone", "birthday", "city", "interests"]
YieldUnit = Literal["points", "credit", "reward", "voucher", "pledge"]


@dataclass(frozen=True, slots=True)
class Expiry:
    """How long a lot lives: `months` to the end of the shop's calendar month, or `days`; both 0: for ever.

    `exact` months end on the day of the month they began on.
    """

    months: int = 0
    days: int = 0
    exact: bool = False


NEVER = Expiry()


@dataclass(frozen=True, slots=True)
class Tender:
    """What points may pay: one point pays `value_minor`; a payment is within `minimum … maximum` in steps."""

    value_minor: int
    minimum: int = 0
    maximum: int | None = None
    step: int = 1


@dataclass(frozen=True, slots=True)
class FreeItem:
    """A free unit of some goods, up to `cap_minor`; worth `amount_mode_minor` in amount mode."""

    goods: Goods = EVERYTHING
    cap_minor: int | None = None
    amount_mode_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A multiplier in thousandths that counts when its condition holds (rules 2)."""

    milli: int
    condition: Condition

    @property
    def of_goods(self) -> bool:
        """Whether it multiplies some lines only."""
        return self.condition.chooses or self.condition.no_discounted


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in millionths on some goods, on bills from an amount on; a row of a rate table."""

    rate_micro: int
    goods: Goods = EVERYTHING
    from_minor: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens once to a member: the days around a day of the year, what a profile needs."""

    event: Event
    days_before: int = 0
    days_after: int = 0
    needs: tuple[ProfileField, ...] = ()
    idle_days: int = 0
    """How long somebody stays away before coming back is an event."""

    @property
    def without_sale(self) -> bool:
        """Whether it happens to somebody who buys nothing then."""
        return self.event in ("join", "referrer", "participation", "check_in")


Pace = Literal["sale", "day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Chase:
    """A challenge: so many purchases or days within `within_days`, or weeks or months in a row."""

    times: int
    pace: Pace
    within_days: int = 0
    badge: str = ""


@dataclass(frozen=True, slots=True)
class DrawPrize:
    """One prize of a draw: so many `chances` of all there are, and what it costs the shop."""

    name: str
    chances: int
    unit: YieldUnit
    amount: int
    worth_minor: int


@dataclass(frozen=True, slots=True)
class Odds:
    """The published chances of a draw: of `out_of` numbers each prize has its own, the rest win nothing."""

    out_of: int
    prizes: tuple[DrawPrize, ...]


@dataclass(frozen=True, slots=True)
class GuestList:
    """An event on a day, with so many places; None is without end."""

    day: str
    places: int | None = None


@dataclass(frozen=True, slots=True)
class EarnRule:
    """Measure the sale, multiply, add to progress; every full step turns into a yield (rules 1, 2).

    `rate_micro` is progress in millionths per measured unit. `instant` frees the Nth unit inside the
    same sale (rules 19, "every Nth"); otherwise the yield waits for the next sale. `default_count` is
    the stepper's start in amount mode, None for kinds without a stepper. A voucher is made by one bill alone,
    so nothing is carried over, and `valid` says how long it counts. `unit_micro` is the progress
    that people count as one: a stamp, or a unit of money. `rates` are what goods earn instead of
    `rate_micro`; nothing is given that would leave less margin than `margin_floor_bp`. Whether tax
    earns, `with_tax` says, or else the shop. A pledge is money the shop owes to a `cause`. A rule with a
    `chase` or `odds` is a game: a sale only counts in it, and what is won is a posting of its own.
    """

    measure: Measure
    rate_micro: int
    step_micro: int
    yield_unit: YieldUnit
    yield_per_step: int
    goods: Goods = EVERYTHING
    coefficients: tuple[Coefficient, ...] = ()
    instant: bool = False
    free_item: FreeItem | None = None
    default_count: int | None = None
    max_per_sale: int | None = None
    max_per_day: int | None = None
    tender: Tender | None = None
    valid: Expiry = NEVER
    happening: Happening | None = None
    unit_micro: int = MICRO
    rates: tuple[Rate, ...] = ()
    margin_floor_bp: int | None = None
    with_tax: bool | None = None
    cause: str = ""
    chase: Chase | None = None
    odds: Odds | None = None
    guests: GuestList | None = None
    by_line: bool = field(init=False, repr=False, compare=False)
    """Lines earn differently, so that each is weighed by itself."""

    def __post_init__(self) -> None:
        by_line = bool(self.rates) or self.margin_floor_bp is not None
        object.__setattr__(self, "by_line", by_line or any(one.of_goods for one in self.coefficients))

    @property
    def keeps_progress(self) -> bool:
        """Whether a member sees how far the next step is."""
        return self.happening is None and self.yield_unit not in ("voucher", "pledge")

    @property
    def step_units(self) -> int:
        return self.step_micro // self.unit_micro

    @property
    def game(self) -> bool:
        return self.chase is not None or self.odds is not None


@dataclass(frozen=True, slots=True)
class Percent:
    """A rate off, on at most `max_units` units and only on full groups of `group_size`, cheapest first."""

    rate_bp: int
    max_units: int | None = None
    group_size: int = 1


@dataclass(frozen=True, slots=True)
class OffUnit:
    """An amount off every unit, never more than the unit costs; units as with a percent."""

    amount_minor: int
    max_units: int | None = None
    group_size: int = 1


@dataclass(frozen=True, slots=True)
class OffBill:
    """An amount off what the eligible goods come to, never more than that."""

    amount_minor: int


@dataclass(frozen=True, slots=True)
class SetOffer:
    """Of every `buy` + `get` units the `get` cheapest cost `rate_bp` less; `got` names other goods to get."""

    buy: int
    get: int
    rate_bp: int
    got: Goods | None = None
    max_sets: int | None = None


@dataclass(frozen=True, slots=True)
class SetPrice:
    """So many units of each part together cost `price_minor`, when that is less than they cost apart."""

    parts: tuple[tuple[Goods, int], ...]
    price_minor: int
    max_sets: int | None = None


Offer = Percent | OffUnit | OffBill | SetOffer | SetPrice
Lane = Literal[1, 2, 3, 4]


@dataclass(frozen=True, slots=True)
class DiscountRule:
    """Lower line prices in a lane (rules 9), never by more than `cap_minor` on one sale.

    `by_code`: only when a code of the programme is handed in. With `price_points` only when the member
    gives so many points for it (product P18).
    """

    offer: Offer
    lane: Lane = 2
    goods: Goods = EVERYTHING
    cap_minor: int | None = None
    by_code: bool = False
    price_points: int = 0


@dataclass(frozen=True, slots=True)
class PrizeRule:
    """A prize handed over for points, without a sale; `worth_minor` is what one costs the shop.

    With `queued` it is handed over later: `ready_minutes` on at the earliest, `a_day` of them on one day.
    `stock` counts those there were when this revision was published.
    """

    price_points: int
    worth_minor: int | None = None
    stock: int | None = None
    a_day: int | None = None
    ready_minutes: int = 0

    @property
    def queued(self) -> bool:
        return self.a_day is not None or self.ready_minutes > 0


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a club: held from `threshold` of what the club counts on, that much included.

    `also` is what else it asks for, as well or instead. Points of whoever holds it are multiplied by
    `coefficient_milli` thousandths.
    """

    key: str
    name: str
    threshold: int
    discount: DiscountRule | None = None
    coefficient_milli: int = 1_000
    also: tuple[tuple[Metric, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TierRule:
    """Levels by what is counted in a window (rules 23).

    `window` says which: the `window_months` whole months before this one and this one; the calendar year;
    or terms of so many months, the first of which begins on `from_day`. `levels` rise. `joined` says
    whether a level asks for its `threshold` of `metric` alone, with all or with any of what it asks `also`.
    `grace_reviews` are further reviews below a level, after the one that warns, before it falls (rules 24).
    """

    levels: tuple[Level, ...]
    window_months: int
    metric: Metric = "spend"
    grace_reviews: int = 0
    joined: Joined = "alone"
    window: Over = "rolling"
    from_day: str = ""
    counting: Counting = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        asked = {self.metric, *[metric for level in self.levels for metric, _ in level.also]}
        counting = Counting(tuple([metric for metric in METRICS if metric in asked]), self.fixed)
        object.__setattr__(self, "counting", counting)

    @property
    def fixed(self) -> bool:
        """Whether windows follow one another, each reached level holding through the next one."""
        return self.window != "rolling"

    @property
    def way(self) -> Way:
        """How windows follow."""
        return (self.window, self.window_months, self.from_day)

    def rank(self, key: str | None) -> int:
        """The place of a level, from 0; -1 for none, and for one the club no longer has."""
        if key is not None:
            for rank, level in enumerate(self.levels):
                if level.key == key:
                    return rank
        return -1

    def key(self, rank: int) -> str | None:
        return self.levels[rank].key if rank >= 0 else None

    def demands(self, level: Level) -> tuple[tuple[Metric, int], ...]:
        """Return everything a level asks for, what the club counts first."""
        return ((self.metric, level.threshold), *level.also)

    def lacks(self, level: Level, counted: Counts) -> Lacks:
        """Return what is missing to a level; where any of several is enough, what is missing of each."""
        asked = self.demands(level)
        lacks = tuple([(metric, least - counted.of(metric)) for metric, least in asked])
        short = tuple([lack for lack in lacks if lack[1] > 0])
        return () if self.joined == "any" and len(short) < len(asked) else short

    def reached(self, counted: Counts) -> int:
        """The place of the highest level that what is counted reaches, -1 below the first."""
        if self.joined == "alone":  # several times in every quote
            have, place = counted.of(self.metric), -1
            for level in self.levels:
                if level.threshold > have and level.threshold:  # nothing counts below nothing
                    break
                place += 1
            return place
        least = counted.less(NO_COUNTS)
        held = [place for place, level in enumerate(self.levels) if not self.lacks(level, least)]
        return held[-1] if held else -1


@dataclass(frozen=True, slots=True)
class WarrantyRule:
    """So many months of warranty on some goods, whoever buys them."""

    months: int
    goods: Goods


@dataclass(frozen=True, slots=True)
class TermRule:
    """A standing held for months: a membership for a fee, or a contract for a promise (rules 38).

    A membership's benefits go on for `grace_days` after its term, and rest while less than `keep_minor` was
    spent in the last `keep_days`. A contract promises visits, spend or both,
    and gives its `discount` in return while it runs.
    """

    months: int
    fee_minor: int = 0
    grace_days: int = 0
    keep_minor: int = 0
    keep_days: int = 0
    promised_visits: int | None = None
    promised_spend_minor: int | None = None
    discount: DiscountRule | None = None

    @property
    def contract(self) -> bool:
        return self.promised_visits is not None or self.promised_spend_minor is not None


Rule = EarnRule | DiscountRule | TierRule | SegmentRule | PrizeRule | WarrantyRule | TermRule


@dataclass(frozen=True, slots=True)
class Stacking:
    """What a programme may not be combined with (rules 10, 17).

    `alone` competes with everything else together, `not_with` names programmes by key; of earning
    programmes in one `group` each line feeds one.
    """

    alone: bool = False
    not_with: frozenset[str] = frozenset()
    group: str | None = None


ADDS_UP = Stacking()


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a programme may give, and how much money in all; None is without end (rules 1, 12, 31).

    What is counted are sets of a set offer, free units of a card, and else sales that got something.
    """

    per_sale: int | None = None
    per_member: int | None = None
    per_member_day: int | None = None
    total: int | None = None
    budget_minor: int | None = None

    @property
    def of_member(self) -> bool:
        """Whether it matters how often the member was given something."""
        return self.per_member is not None or self.per_member_day is not None


UNLIMITED = Limits()


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable version of a programme, ready for the engine.

    `programme` is the programme's own number and settles ties (rules 10); `id` names the revision for
    ever, in lots and traces.
    """

    id: int
    programme: int
    key: str
    rule: Rule
    condition: Condition = ALWAYS
    expiry: Expiry = NEVER
    stacking: Stacking = ADDS_UP
    limits: Limits = UNLIMITED
