"""What corrections to people's holdings answer."""

from collections.abc import Mapping
from dataclasses import field

from loyalty_pos.app.views import (
    Balances,
    CandidateView,
    Moved,
    OwedView,
    SaleView,
    TakenBackView,
    TierChange,
)
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedView:
    """A correction by hand: what it moved, and the balances after it."""

    posting_id: str
    member: str
    member_name: str
    unit: str
    amount: int
    reason: str
    moved: tuple[Moved, ...] = ()
    balances: Balances = field(default_factory=Balances)
    at_ms: int = 0
    business_day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtView:
    """What a member who is dropped brings along."""

    points: int = 0
    credit_minor: int = 0
    stamps: Mapping[str, int] = field(default_factory=dict)
    rewards: Mapping[str, int] = field(default_factory=dict)
    owed: OwedView = field(default_factory=OwedView)
    lots: int = 0
    visits: int = 0
    spend_minor: int = 0
    cards: int = 0
    phone: bool = False
    vouchers: int = 0
    gift_cards: int = 0
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """A merge: who survives, what comes along, and what they hold then.

    `keep` and `drop` are member ids; `drop` still finds the survivor. `filled` names what was written
    anew into the survivor's record. `undoable` while nothing was bought since.
    """

    keep: str
    keep_name: str
    drop: str
    drop_name: str
    brings: BroughtView
    moved: tuple[Moved, ...] = ()
    tier: TierChange = field(default_factory=TierChange)
    consent: bool = False
    filled: tuple[str, ...] = ()
    balances: Balances = field(default_factory=Balances)
    visits: int = 0
    spend_minor: int = 0
    posting_id: str | None = None
    undone: bool = False
    undoable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two members who may be one person, and why: "birthday", "phone" or "city"."""

    keep: CandidateView
    drop: CandidateView
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatesView:
    pairs: tuple[PairView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledView:
    """A payment for a sale on account: what is left to pay, and what it earned."""

    posting_id: str
    sale_id: str
    number: int
    amount_minor: int
    left_minor: int
    points: int = 0
    credit_minor: int = 0
    moved: tuple[Moved, ...] = ()
    balances: Balances = field(default_factory=Balances)
    at_ms: int = 0
    business_day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSaleView:
    """A sale that went to another member: as it stands now, and what was taken back of the first one."""

    sale: SaleView
    taken_back: TakenBackView


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangedView:
    """What came back, what was sold instead, and the difference: one of the two is 0."""

    back: TakenBackView
    sale: SaleView
    to_pay_minor: int
    to_return_minor: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnexchangedView:
    """An exchange that was undone: its new sale taken back, the first sale standing again as `sale`.

    What is to pay or to return is the difference of the exchange, the other way round: one of the two is 0.
    """

    taken_back: TakenBackView
    sale: SaleView
    to_pay_minor: int
    to_return_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergesView:
    merges: tuple[MergeView, ...]
