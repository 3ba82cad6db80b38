"""What a shop answers: frozen records that windows, paper and the JSON door all read.

Money is `…_minor`, an integer of the smallest unit; the door writes these field names as they are.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from loyalty_pos.app.account_views import OnAccountView
from loyalty_pos.app.code_views import CodeView
from loyalty_pos.app.commands import QuoteSale
from loyalty_pos.app.game_views import PlayingView, WonView
from loyalty_pos.app.gift_card_views import GiftCardsSold, GiftCardsView, GiftCardView, PaidByCard
from loyalty_pos.app.lifetime_views import EndingView
from loyalty_pos.app.product_views import ProductsView as ProductsView
from loyalty_pos.app.product_views import ProductView as ProductView
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.standing_views import StandingView
from loyalty_pos.app.term_views import TermView
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsPrice:
    """What one point pays, and within which limits points pay on one bill."""

    value_minor: int
    minimum: int = 0
    maximum: int | None = None
    step: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """A live programme as its owner reads it. `stamp_symbol` says which picture its stamps wear."""

    key: str
    kind: str
    name: str
    revision: int
    sentence: Sentence
    counts_in_amount_mode: int | None = None  # a stamp card's stepper starts here; None: no stepper
    points_price: PointsPrice | None = None  # when its points can pay
    used_up: bool = False  # its limit or budget is reached, so it gives nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopView:
    shop: str
    name: str
    currency: str
    display_unit: Literal["toman", "rial"] | None
    calendar: Literal["jalali", "gregorian"]
    time_zone: str
    language: Literal["fa", "en"]
    day_ends_hour: int
    prices_include_tax: bool
    till: str = "1"
    tax_bp: int = 0  # of goods without a tax of their own
    earn_on_tax: bool = True  # whether the tax in a price earns
    programmes: tuple[ProgrammeView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedView:
    key: str
    revision: int
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedView:
    points: int = 0
    credit_minor: int = 0
    stamps: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """How far a member is: `have` of `step` (stamps, or smallest money units of weighted base)."""

    have: int
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardView:
    """A right the member holds, `count` times; `voucher_printed` when a live code is out on paper."""

    programme: str
    programme_name: str
    count: int
    sentence: Sentence
    available_from: int = 0  # UTC milliseconds
    expires_on: str | None = None
    voucher_printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LotView:
    unit: str
    left: int
    available_from: int  # UTC milliseconds
    expires_on: str | None  # ISO day, that day included; None never
    sale_id: str | None
    lot: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    member: str
    name: str
    phone: str | None = None  # E.164
    cards: tuple[str, ...] = ()
    member_kind: str = "individual"
    enrolled_day: str = ""
    note: str = ""
    tier: str | None = None
    standing: StandingView | None = None  # None: the shop has no levels, or not for this kind of member
    points: int = 0
    points_pending: int = 0
    points_reserved: int = 0  # of the points, for sales on hold
    points_value_minor: int = 0  # what the points would pay; 0 when points cannot pay
    credit_minor: int = 0
    credit_pending_minor: int = 0
    credit_reserved_minor: int = 0  # of the credit, for sales on hold
    owed: OwedView = field(default_factory=OwedView)
    progress: Mapping[str, ProgressView] = field(default_factory=dict)
    rewards: tuple[RewardView, ...] = ()
    vouchers: tuple[str, ...] = ()
    lots: tuple[LotView, ...] = ()
    ending: tuple[EndingView, ...] = ()  # what ends within 30 days, soonest first
    visits: int = 0
    visits_this_month: int = 0
    spend_minor: int = 0
    last_visit_day: str | None = None
    playing: PlayingView = PlayingView()
    segments: Mapping[str, str] = field(default_factory=dict)  # the names of those they belong to, by key
    on_account_minor: int = 0  # still to pay for sales on account
    terms: tuple[TermView, ...] = ()  # memberships and contracts held now


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """One of several people a text may mean; ranked by last visit."""

    member: str
    name: str
    phone: str | None
    last_visit_day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLineView:
    """A member as one row of a list."""

    member: str
    name: str
    phone: str | None
    points: int
    credit_minor: int
    progress: Mapping[str, ProgressView]
    last_visit_day: str | None
    rewards: int = 0  # ready to be claimed
    standing: StandingView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersListView:
    """Some members; `next` is where the following page begins, None when there is none.

    `total` counts the shop's members, not those found. `looks_like` says what a text looked like,
    `more_meant` that it means more members than a narrowed list looked through.
    """

    members: tuple[MemberLineView, ...]
    next: str | None
    total: int
    looks_like: Literal["card", "phone", "digits", "name", "voucher", "receipt", "empty"] = "empty"
    more_meant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    line: int
    text: str
    sku: str | None
    quantity: int
    unit_price_minor: int
    gross_minor: int
    discount_minor: int
    net_minor: int
    free_quantity: int = 0  # units of the quantity a reward made free
    returned_quantity: int = 0  # units taken back since
    stamps: int = 0  # of a quote: stamps these goods bring


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceView:
    """Why one programme did or did not take part in a sale.

    `benefit_minor` is the money it took off this bill; `short` is at most 45 characters for the row,
    `sentence` the whole arithmetic for F7 and paper.
    """

    programme: str
    programme_name: str
    kind: str
    family: Literal["earn", "discount", "tender", "standing", "warranty", "cause"]
    applied: bool
    code: str
    facts: Mapping[str, int | str]
    sentence: Sentence
    short: Sentence
    benefit_minor: int = 0
    declinable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBy:
    credit_minor: int = 0
    points_minor: int = 0
    gift_card_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReward:
    programme: str
    yield_: str
    count: int = 1
    voucher: str | None = None  # its code, shown once
    worth_minor: int = 0  # of a voucher


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    points: int = 0
    credit_minor: int = 0
    stamps: Mapping[str, int] = field(default_factory=dict)
    rewards: tuple[NewReward, ...] = ()
    pledged_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """The member's balances after this sale."""

    points: int = 0
    credit_minor: int = 0
    points_pending: int = 0
    credit_pending_minor: int = 0
    owed: OwedView = field(default_factory=OwedView)
    progress: Mapping[str, ProgressView] = field(default_factory=dict)
    rewards: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierChange:
    before: str | None = None
    after: str | None = None
    before_name: str = ""  # as the club of today calls it, when the level changed
    after_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredView:
    """Goods of a sale that have a warranty up to a day, that day included."""

    line: int
    sku: str | None
    text: str
    quantity: int
    until_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherView:
    """A reward with its code, shown once; only a hash of `code` is kept (rules 34)."""

    member: str
    member_name: str
    programme: str
    programme_name: str
    sentence: Sentence
    code: str  # XXXXXX-XXXXXX-XXXXXX
    barcode: str  # the same number in decimal digits with its prefix
    from_day: str | None = None  # the first day it counts; None: at once
    expires_on: str | None = None
    copy: bool = False
    right: str = ""  # the same for every paper of one right


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleView:
    """A priced sale, quoted (`number` 0) or recorded; `due_minor` is to pay after discounts and tender."""

    sale_id: str | None
    number: int = 0  # the short number people read, 1, 2, 3 …; 0 for a quote
    member: str | None = None
    member_name: str = ""
    receipt_no: str | None = None
    at_ms: int = 0
    business_day: str = ""
    till: str = "1"
    actor: str = ""
    amount_mode: bool = False
    gross_minor: int
    discount_minor: int
    due_minor: int
    paid_by: PaidBy = field(default_factory=PaidBy)
    earned: Earned = field(default_factory=Earned)
    tier: TierChange = field(default_factory=TierChange)
    balances: Balances = field(default_factory=Balances)
    lines: tuple[LineView, ...] = ()
    trace: tuple[TraceView, ...] = ()
    fingerprint: str = ""
    voided: bool = False
    refunded_minor: int = 0  # net, before tender: what was taken back since
    segments: tuple[str, ...] = ()  # those the member belonged to when it was priced
    points_given: int = 0  # for benefits that cost points, beside those that paid
    warranties: tuple[CoveredView, ...] = ()
    points_at_most: int = 0  # of a quote: how many points could pay here beside the credit used
    gift_cards: tuple[PaidByCard, ...] = ()  # those that paid, in their order
    sold: tuple[GiftCardsSold, ...] = ()  # gift cards sold beside the goods
    won: tuple[WonView, ...] = ()  # in challenges and draws
    vouchers: tuple[VoucherView, ...] = ()  # made by this sale for another visit, to be printed; shown once
    on_account: OnAccountView | None = None  # None: paid at once
    exchange_for: str | None = None  # the sale of which something came back for this one


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """A sale on hold: what it was, and what it keeps reserved until `until_ms`.

    Codes are not kept. Rewards are reserved and apply by themselves; discount codes and gift cards are
    reserved, and `request` names them by their place in the hold, which counts once it is taken up.
    """

    hold: str
    request: QuoteSale
    member_name: str = ""
    products: tuple[ProductView, ...] = ()  # the goods on its lines
    at_ms: int = 0
    until_ms: int = 0
    reserving: bool = False
    reserved_credit_minor: int = 0
    reserved_points: int = 0
    reserved_rewards: Mapping[str, int] = field(default_factory=dict)
    reserved_codes: int = 0
    reserved_gift_card_minor: int = 0
    gift_cards: tuple[PaidByCard, ...] = ()  # those handed over, with what they would pay and what is on them
    due_minor: int = 0
    till: str = "1"
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldsView:
    holds: tuple[HeldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One account that moved: `amount` is signed, in the account's own unit."""

    account: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """What came back of one line; `quantity` 0 when only money was given back on it."""

    line: int
    text: str
    quantity: int
    net_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLot:
    """What moved in the lots of an account that end on one day."""

    unit: str
    programme: str
    amount: int
    expires_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBackView:
    """What a void or refund moved, exactly: `net_minor` of goods, of which `refund_minor` comes as money."""

    sale_id: str
    refund_id: str | None = None
    number: int
    refund_minor: int
    to_credit_minor: int = 0
    to_points: int = 0
    to_gift_cards_minor: int = 0
    moved: tuple[Moved, ...] = ()
    rewards: tuple[NewReward, ...] = ()
    vouchers: tuple[str, ...] = ()  # the programmes of those the sale made that go
    remade: tuple[VoucherView, ...] = ()  # those made anew with a lower worth, to be printed; shown once
    remade_minor: int = 0
    new_card_minor: int = 0  # of what goes to gift cards: the money, put on a new one
    new_card: GiftCardsView | None = None  # that one, to be printed; shown once
    held_minor: int = 0  # withheld for vouchers of this sale that were spent
    codes_back: tuple[str, ...] = ()  # names of programmes whose codes may be used again
    tier: TierChange = field(default_factory=TierChange)
    net_minor: int = 0
    left_minor: int = 0
    withheld_minor: int = 0  # the price of units that were free and are not any more
    off_account_minor: int = 0  # of a sale on account: what need not be paid any more
    lines: tuple[ReturnedLine, ...] = ()
    lots: tuple[MovedLot, ...] = ()
    lost: tuple[MovedLot, ...] = ()  # spent value whose lots ended meanwhile: it does not come back
    whole: bool = True  # nothing is kept
    fingerprint: str = ""
    at_ms: int = 0
    business_day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyView:
    """What a text means. `nothing` carries what the text looked like, to prefill a new member."""

    kind: Literal["member", "candidates", "receipt", "voucher", "code", "gift_card", "product", "nothing"]
    member: MemberView | None = None
    product: ProductView | None = None
    candidates: tuple[CandidateView, ...] = ()
    sale: SaleView | None = None
    programme: str | None = None  # the voucher's
    code: CodeView | None = None
    gift_card: GiftCardView | None = None
    looks_like: Literal["card", "phone", "digits", "name", "voucher", "receipt", "product", "empty"] = "empty"
    spent: Literal["", "used", "reprinted", "ended", "gone"] = ""  # why a voucher that is known holds nothing
    spent_on: str | None = None  # the business day it was used, the last one it was good for


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    sale_id: str
    trace: tuple[TraceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentSalesView:
    sales: tuple[SaleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditView:
    ok: bool
    figures: Mapping[str, int]
    findings: tuple[Finding, ...]
