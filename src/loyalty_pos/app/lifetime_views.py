"""What time does to value and levels, as windows, paper and the door read it."""

from collections.abc import Mapping
from dataclasses import field

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingView:
    """How much of a unit ends on one day, that day included."""

    unit: str
    amount: int
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredLotView:
    """A lot that ended unspent: `amount` of it may be revived until `revive_until`, that day included."""

    lot: int
    unit: str
    amount: int
    expired_on: str
    revive_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredLotsView:
    member: str
    lots: tuple[ExpiredLotView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountView:
    """So much of a unit: "points", "credit", "reward:KEY" or "stamps:KEY"."""

    unit: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LostView:
    """What a refund, or without `refund_id` the void of a sale, could not give back: its lots had ended."""

    sale_id: str
    refund_id: str | None
    number: int
    day: str
    lost: tuple[AmountView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelView:
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsView:
    """What a manager may decide about a member now.

    `levels` are those that may be given by hand: none below the one reached. `until` is the last day of
    one that was given already. What is `lost` may be granted for a week, newest first.
    """

    member: str
    levels: tuple[LevelView, ...] = ()
    level: str | None = None
    until: str | None = None
    ended: tuple[ExpiredLotView, ...] = ()
    owed: tuple[AmountView, ...] = ()
    lost: tuple[LostView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SweptView:
    """What a sweep wrote down as ended; it was worth nothing before that already (rules 22)."""

    members: int = 0
    lots: int = 0
    points: int = 0
    credit_minor: int = 0
    rewards: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """What the review of the levels on one first day of a month did."""

    day: str
    programme: str
    looked_at: int
    warned: int
    fell: int
    rose: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUpView:
    """What was due and is done now, as of the business day."""

    day: str
    swept: SweptView
    reviews: tuple[ReviewView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayUnitView:
    """What a business day did to one unit: signed sums, each of its own cause.

    `repaid` settled debts, `adjusted` was done by hand.
    """

    earned: int = 0
    used: int = 0
    expired: int = 0
    taken_back: int = 0
    given_back: int = 0
    repaid: int = 0
    adjusted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """What happened on a business day. Sums of money are before tender."""

    sales: int = 0
    net_minor: int = 0
    discount_minor: int = 0
    member_sales: int = 0
    member_net_minor: int = 0
    members: int = 0
    new_members: int = 0
    refunds: int = 0
    refunded_minor: int = 0
    points: DayUnitView = field(default_factory=DayUnitView)
    credit_minor: DayUnitView = field(default_factory=DayUnitView)
    rewards: DayUnitView = field(default_factory=DayUnitView)
    stamps: Mapping[str, int] = field(default_factory=dict)
    codes_issued: int = 0
    codes_used: int = 0
    gift_cards_issued_minor: int = 0
    gift_cards_spent_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A business day's loyalty summary.

    A closed day has its `number`, the place of its closing in the ledger and the `head` of the hash chain
    there: whoever keeps the paper can prove that nothing before it was changed. `head_short` is for people.
    """

    day: str
    figures: DayFigures
    closed: bool = False
    number: int = 0
    at_ms: int = 0
    till: str = "1"
    actor: str = ""
    posting: int = 0
    head: str = ""
    head_short: str = ""
    swept: SweptView = field(default_factory=SweptView)
    reviews: tuple[ReviewView, ...] = ()
    stamp_names: Mapping[str, str] = field(default_factory=dict)
    copy: bool = False  # to be printed once more
    due_lots: int = 0  # of a day not closed: lots that closing will write down as ended
    due_reviews: tuple[str, ...] = ()  # and the first days of months whose review is due
