"""What whole lists answer, a page at a time: for exports and imports."""

from typing import Literal

from loyalty_pos.app.views import CandidateView, Earned, LineView, PaidBy
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCheckView:
    """What an enrolment would keep. `known` already has the phone, or else the card, as `known_by` says.

    `known_as` is the member that phone or card named before a merge took that one away, or `known` as well.
    `perhaps` are others of the same folded name and birthday.
    """

    name: str
    phone: str | None  # E.164
    card: str | None
    birthday: str | None
    known_by: Literal["phone", "card"] | None = None
    known: CandidateView | None = None
    known_as: str | None = None
    perhaps: tuple[CandidateView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecordView:
    """What is written down about a member, without balances."""

    member: str
    name: str
    phone: str | None  # E.164
    cards: tuple[str, ...]
    member_kind: str
    enrolled_day: str
    birthday: str | None
    city: str
    tags: tuple[str, ...]
    interests: tuple[str, ...]
    note: str
    consent: bool
    visits: int
    spend_minor: int
    last_visit_day: str | None
    gender: str = "unknown"
    preferences: tuple[str, ...] = ()  # how they like things
    lists: tuple[str, ...] = ()  # the segments on whose list they were put by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberHeldView(MemberRecordView):
    """The same, and what they may use at the moment of asking."""

    points: int
    credit_minor: int
    rewards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersPageView:
    """Some members; `next` is where the following page begins, None when there is none."""

    members: tuple[MemberHeldView, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRecordView:
    """What was sold, to whom, and what came of it, without the reasons."""

    sale_id: str
    number: int
    at_ms: int
    business_day: str
    till: str
    member: str | None
    member_name: str
    phone: str | None  # E.164
    card: str | None
    receipt_no: str | None
    lines: tuple[LineView, ...]
    gross_minor: int
    discount_minor: int
    due_minor: int
    paid_by: PaidBy
    earned: Earned
    voided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesPageView:
    """Some sales; `next` is where the following page begins, None when there is none."""

    sales: tuple[SaleRecordView, ...]
    next: int | None
