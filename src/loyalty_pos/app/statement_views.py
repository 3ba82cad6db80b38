"""What a member's statement and a cashier's summary say."""

from collections.abc import Sequence

from loyalty_pos.app.history_views import HistoryItemView
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.views import MemberView
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRowView:
    """Something that moved points or credit, why, and what there was after it."""

    item: HistoryItemView
    why: Sequence[Sentence]
    points: int
    credit_minor: int
    points_after: int
    credit_after_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A member's account over some days: what there was before, what moved, and what there is now.

    `points_ended` and `credit_ended_minor` ended unused and are not written down yet, but not there any more.
    `posting` and `seal` are the end of the ledger when it was made.
    """

    member: MemberView
    from_day: str
    to_day: str
    made_at_ms: int
    points_before: int
    credit_before_minor: int
    rows: Sequence[StatementRowView]
    points_after: int
    credit_after_minor: int
    points_ended: int
    credit_ended_minor: int
    revision: int
    posting: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """What one cashier did at one till on one day. No day and till: on all of them together.

    `by_hand` counts corrections, grants, levels and gift cards given: what creates value without a sale.
    """

    day: str
    till: str
    actor: str
    first_ms: int
    last_ms: int
    sales: int
    member_sales: int
    net_minor: int
    discount_minor: int
    refunds: int
    refunded_minor: int
    voids: int
    voided_minor: int
    by_hand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftsView:
    """Some days shift by shift, and each cashier's sums; `total` sums them up."""

    from_day: str
    to_day: str
    made_at_ms: int
    shifts: Sequence[ShiftView]
    cashiers: Sequence[ShiftView]
    total: ShiftView
    revision: int
    posting: int
    seal: str
