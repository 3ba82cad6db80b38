"""What reports answer with: every figure already decided, the same on screen, paper and in files."""

from collections.abc import Mapping, Sequence
from typing import Literal

from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.standing_views import LackView
from loyalty_pos.domain.lazy import dataclass

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRowView:
    """A level in a month: who held it at the end and bought, and their sales. No key: without a level."""

    key: str | None
    name: str
    members: int
    purchases: int
    sales_minor: int
    discount_minor: int
    cost_minor: int
    share_bp: int
    basket_minor: int
    cost_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementView:
    """How many members went from one level to another; from no level to the first one is up too."""

    from_: str | None
    from_name: str
    to: str | None
    to_name: str
    direction: Direction
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTotalsView:
    """The month in all. `share_bp` is the members' part of all sales; `all_…` count everybody's."""

    members: int
    purchases: int
    sales_minor: int
    discount_minor: int
    cost_minor: int
    basket_minor: int
    cost_bp: int
    all_purchases: int
    all_sales_minor: int
    share_bp: int
    up: int = 0
    down: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TopMemberView:
    member: str
    name: str
    tier: str | None
    tier_name: str
    purchases: int
    sales_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRiskView:
    """A member for whom what counts no longer holds their level, and what is missing for it.

    What the club does not count is 0; with `either` one of what is missing is enough.
    """

    member: str
    name: str
    tier: str
    tier_name: str
    spend_minor: int
    missing_minor: int
    counts: tuple[LackView, ...] = ()
    lacks: tuple[LackView, ...] = ()
    either: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredView:
    """What a programme brought beside what there would have been without it, as a whole and per member.

    Against `past`: members it gave something to in the month, beside what each bought in a month on average
    in the `months` before it began. Against the `lot`: all members of the club, beside those whom a lot left
    out of it. `return_milli` is the further sales of everybody it reached, by its cost. `chance_minor` is how
    much of a member's figure chance alone explains, in nineteen months of twenty.
    """

    against: Literal["past", "lot"]
    members: int
    others: int = 0
    months: int = 0
    share_bp: int = 0
    with_minor: int
    without_minor: int
    more_minor: int
    chance_minor: int | None = None
    return_milli: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeReturnView:
    """What a programme gave in a month and the sales it took part in; `return_milli` is sales by cost.

    `measured` is what it brought, found out when that was asked for and there is something to go by.
    """

    key: str
    name: str
    members: int
    purchases: int
    sales_minor: int
    cost_minor: int
    return_milli: int | None
    measured: Sequence[MeasuredView] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TierReportView:
    """The month by levels. `before` are the totals of the month before it, `posting` and `seal` the end
    of the ledger when it was made, `revision` the last published rule."""

    month: str
    calendar: Literal["jalali", "gregorian"]
    first_day: str
    last_day: str
    made_at_ms: int
    tiers: Sequence[TierRowView]
    movements: Sequence[MovementView]
    totals: MonthTotalsView
    before: MonthTotalsView
    at_risk: Sequence[AtRiskView]
    at_risk_members: int
    top: Sequence[TopMemberView]
    programmes: Sequence[ProgrammeReturnView]
    point_value_minor: int
    revision: int
    posting: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StampsOwedView:
    """A card programme: stamps on open cards, and free items members have and did not use yet."""

    name: str
    have: int
    owed: int
    worth_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredValueView:
    count: int
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeView:
    cause: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedMonthView:
    """What ends with a month; no month: what never ends."""

    month: str | None
    credit_minor: int = 0
    points: int = 0
    points_minor: int = 0
    free_items: int = 0
    vouchers_minor: int = 0
    gift_cards_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetView:
    key: str
    name: str
    budget_minor: int
    spent_minor: int
    left_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedByMembersView:
    """What claw-backs did not find; stamps by programme."""

    points: int
    points_minor: int
    credit_minor: int
    stamps: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringView:
    """What ends within `days` days, today included."""

    days: int
    credit_minor: int
    points: int
    points_minor: int
    free_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakageView:
    """What will probably never be used: of each unit its held amount times `rate_bp`.

    The rate is the part of all lots past their day that nobody used; without such lots it is 0.
    """

    method: str
    credit_bp: int
    points_bp: int
    free_items_bp: int
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView:
    """What is promised today. Points count at what they pay, free items at what they may cost at most."""

    day: str
    credit_minor: int
    points: int
    points_minor: int
    stamps: Mapping[str, StampsOwedView]
    free_items: int
    vouchers: StoredValueView
    gift_cards: StoredValueView
    pledges: Sequence[PledgeView]
    by_month: Sequence[PromisedMonthView]
    budgets: Sequence[BudgetView]
    owed_by_members: OwedByMembersView
    expiring_soon: ExpiringView
    breakage: BreakageView
    total_minor: int
    point_value_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RfmSegmentView:
    """Members who buy alike, and what they bought ever."""

    key: str
    name: Sentence
    members: int
    spend_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RfmView:
    """Everybody who ever bought, in segments. What is above the first border has a score of 2 at least, what
    is above the fourth one of 5: last days of visit, visits and spend."""

    day: str
    members: int
    recency_days: Sequence[str]
    visits: Sequence[int]
    spend_minor: Sequence[int]
    segments: Sequence[RfmSegmentView]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMemberView:
    """A member a draft would have served better or worse than what is live, and by how much."""

    member: str
    name: str
    gained_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """What a programme gave over some sales. `members` got something, `purchases` gave them something."""

    cost_minor: int
    discount_minor: int
    credit_minor: int
    points: int
    points_minor: int
    rewards: int
    rewards_minor: int
    members: int
    purchases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationView:
    """What a draft would have cost over the shop's own sales.

    `cost_bp` is its part of what all those sales came to. `less` and `more` are the cost had every fifth
    sale not happened, or happened twice. `breakeven_visits` are the further member visits whose margin pays
    the cost; None when no margin is known.
    """

    from_: str
    to: str
    sales: int
    sales_minor: int
    member_sales_minor: int
    cost_minor: int
    cost_bp: int
    rewards: int
    outcome: OutcomeView
    less_cost_minor: int
    more_cost_minor: int
    winners: int
    losers: int
    top_winners: Sequence[DraftMemberView]
    top_losers: Sequence[DraftMemberView]
    breakeven_visits: int | None
    breakeven_bp: int | None
    basket_minor: int
    margin_bp: int | None
    margin_known: bool
    live: bool
    with_live_cost_minor: int | None = None
    live_cost_minor: int | None = None
