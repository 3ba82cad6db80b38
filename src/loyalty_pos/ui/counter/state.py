"""The counter's whole state, one frozen record; the page only draws it."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal

from loyalty_pos.app.claim_views import ClaimableView, ClaimView
from loyalty_pos.app.commands import QuoteSale, SaleLine, SellGiftCards, Use
from loyalty_pos.app.drafts import Draft
from loyalty_pos.app.game_views import AskView
from loyalty_pos.app.people_views import ExchangedView, UnexchangedView
from loyalty_pos.app.term_views import EndedContractView, SoldMembershipView, TermView
from loyalty_pos.app.views import (
    CandidateView,
    HeldView,
    MemberView,
    PointsPrice,
    ProductView,
    ProgrammeView,
    SaleView,
    ShopView,
    TakenBackView,
    TraceView,
)
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.trials import HELD_OUT
from loyalty_pos.ui.counter.of_one_sale import OF_ONE_SALE
from loyalty_pos.ui.counter.trail import Step, last_step
from loyalty_pos.ui.refunding import RefundForm
from loyalty_pos.ui.worker import Problem

NOTHING: Mapping[str, int] = MappingProxyType({})
NO_SKUS: Mapping[str, str] = MappingProxyType({})


class Place(StrEnum):
    """Where on the counter a problem or the keyboard belongs."""

    SEARCH = "search"
    MEMBER = "member"
    JOIN = "join"
    AMOUNT = "amount"
    ITEMS = "items"
    PAY = "pay"
    CONFIRM = "confirm"
    TOAST = "toast"
    PRINT = "print"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A text on its way to become somebody; `live` while it is still being typed."""

    text: str
    live: bool = False
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Candidates:
    """Several people one text may mean; `chosen` is the highlighted one."""

    text: str
    people: tuple[CandidateView, ...]
    chosen: int = 0
    everybody: tuple[CandidateView, ...] = ()  # before one more digit narrowed them


@dataclass(frozen=True, slots=True)
class Nobody:
    """A text that means nobody yet."""

    text: str
    looks_like: str
    spent: str = ""  # of a voucher that is known: why it holds nothing
    spent_on: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Goods on the counter; their price is the shop's."""

    product: ProductView
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """Goods a typed text may mean; `chosen` is the highlighted one."""

    text: str
    products: tuple[ProductView, ...]
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class HandedCard:
    """A gift card on the sale: its code, the number it goes by, and what was on it when it was read."""

    text: str
    card: int
    left_minor: int


@dataclass(frozen=True, slots=True)
class JoinForm:
    """A new member being written down."""

    phone: str = ""
    name: str = ""
    card: str = ""
    brought_by: str | None = None  # None: this shop gives nothing for it, so it is not asked
    saving: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sale that has just been recorded; `ask` is how its member may be asked to rate the visit."""

    sale: SaleView
    ask: AskView | None = None
    exchanged: ExchangedView | None = None  # what came back for it, and the difference


@dataclass(frozen=True, slots=True)
class Undone:
    """A sale that has just been taken back; `alone`: what had come back for it stays returned."""

    taken_back: TakenBackView
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Unexchanged:
    """An exchange that has just been undone."""

    view: UnexchangedView


@dataclass(frozen=True, slots=True)
class Attached:
    """A sale that has just got its member."""

    sale: SaleView


@dataclass(frozen=True, slots=True)
class Claimed:
    """Something that was just handed over without a sale, or handed back; `trail` as it was then."""

    claim: ClaimView
    trail: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """A membership just sold or taken back, a contract begun or ended; `trail` as it was then."""

    view: SoldMembershipView | TermView | EndedContractView
    trail: tuple[Step, ...] = ()

    @property
    def back(self) -> bool:
        """Whether it can be taken back."""
        return isinstance(self.view, SoldMembershipView) and self.view.term.state != "ended"


@dataclass(frozen=True, slots=True)
class RecentList:
    """The last sales, one of them highlighted."""

    rows: tuple[SaleView, ...]
    chosen: int = 0
    loading: bool = False
    enter_wanted: bool = False


@dataclass(frozen=True, slots=True)
class HeldList:
    """The sales on hold, one of them highlighted."""

    rows: tuple[HeldView, ...]
    chosen: int = 0
    loading: bool = False
    enter_wanted: bool = False


@dataclass(frozen=True, slots=True)
class ClaimList:
    """What a member may claim without a sale; `claiming` while one of it is on its way."""

    rows: tuple[ClaimableView, ...]
    member: str
    points: int = 0
    last: ClaimView | None = None
    chosen: int = 0
    loading: bool = False
    enter_wanted: bool = False
    claiming: bool = False
    sure: str = ""  # the contract that one more Enter ends


Listing = RecentList | HeldList | ClaimList


@dataclass(frozen=True, slots=True)
class PayForm:
    """How much credit, in smallest money, or how many points shall pay; or what a gift card sold holds.

    For a `contact` it is a `text`: the phone or name a warranty is found under.
    """

    what: Literal["credit", "points", "gift", "contact", "account"]
    amount: int = 0
    text: str = ""
    sale: SaleView | None = None  # the one on account that is paid
    key: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same member paid the same amount a moment ago; shown since `at_ms`."""

    request: QuoteSale
    number: int
    minutes: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sale the last start left behind, with whom and what it was about as the shop knows them now."""

    draft: Draft
    member: MemberView | None = None
    products: tuple[ProductView, ...] = ()
    exchange: RefundForm | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A problem, or a remark of ours (`code`), shown where it belongs until something changes."""

    place: Place
    problem: Problem | None = None
    code: str = ""
    before_minor: int = 0
    after_minor: int = 0
    number: int = 0
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class PrintTrouble:
    """Paper that did not come; what it was for is recorded all the same."""

    problem: Problem
    sale: SaleView | None = None  # None: it was a voucher


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the keyboard should go; a new `serial` asks again."""

    place: Place = Place.SEARCH
    serial: int = 0


@dataclass(frozen=True, slots=True)
class CounterState:
    """Everything the counter page shows."""

    shop: ShopView | None = None
    search: str = ""
    lookup: Lookup | None = None
    candidates: Candidates | None = None
    nobody: Nobody | None = None
    join: JoinForm | None = None
    member: MemberView | None = None
    receipt: SaleView | None = None
    mode: Literal["amount", "items"] = "amount"
    amount_minor: int = 0
    items: tuple[Item, ...] = ()
    item_chosen: int = 0
    item_search: str = ""
    found: Found | None = None
    add_wanted: bool = False  # Enter was pressed before the goods were found
    free_skus: Mapping[str, str] = field(default_factory=lambda: NO_SKUS)  # by programme
    counts: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    declined: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()  # benefits the member gives points for
    credit_on: bool = False
    credit_part_minor: int | None = None
    points: int | None = None
    on_account: bool = False
    vouchers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    gift_cards: tuple[HandedCard, ...] = ()
    cards_sold: tuple[SellGiftCards, ...] = ()
    contact: str = ""  # who a warranty is for, when it is no member
    quote: SaleView | None = None
    quoted: QuoteSale | None = None
    sale_id: str = ""
    confirm_wanted: bool = False
    recording: QuoteSale | None = None
    why_open: bool = False
    said: Said | None = None
    toast: Recorded | Undone | Unexchanged | Attached | Claimed | Begun | None = None
    listing: Listing | None = None
    refund: RefundForm | None = None
    exchange: RefundForm | None = None  # what comes back for what is sold
    exchanged: ExchangedView | None = None  # what both come to
    held_count: int = 0
    pay: PayForm | None = None
    duplicate: Duplicate | None = None
    link_card: str = ""  # a card waiting for the member it shall belong to
    print_trouble: PrintTrouble | None = None
    recent: tuple[SaleView, ...] = ()
    unfinished: Unfinished | None = None  # a question nothing goes past
    trail: tuple[Step, ...] = ()  # what was changed on the sale, oldest first
    focus: Focus = Focus()

    def request(self) -> QuoteSale | None:
        """What would be priced now; None while nothing is sold."""
        if not self.sells:
            return None
        with_items = self.mode == "items"
        return QuoteSale(
            member=self.member.member if self.member else None,
            amount_minor=self.amount_minor if self._has_amount else None,
            lines=tuple(SaleLine(sku=i.product.sku, quantity=i.quantity) for i in self.items)
            if with_items
            else (),
            counts=dict(self.counts) if self.member and not with_items else {},
            use=Use(
                credit_minor="all" if self.credit_on else self.credit_part_minor if self.member else None,
                points=self.points if self.member else None,
                vouchers=self.vouchers,
                codes=self.codes,
                gift_cards=tuple(one.text for one in self.gift_cards),
                free_lines=self._free_lines() if with_items and self.member else {},
                decline=tuple(sorted(self.declined)),
                accept=tuple(sorted(self.accepted)) if self.member else (),
            ),
            sells=self.cards_sold,
            on_account=self.on_account and bool(self.member) and not (self.cards_sold or self.exchange),
        )

    @property
    def _has_amount(self) -> bool:
        return self.mode == "amount" and (self.amount_minor > 0 or not self.cards_sold)

    def _free_lines(self) -> dict[str, int]:
        lines = {item.product.sku: number for number, item in enumerate(self.items, 1)}
        return {key: lines[sku] for key, sku in self.free_skus.items() if sku in lines}

    @property
    def sells(self) -> bool:
        """Whether an amount is typed, goods lie there, or gift cards are sold."""
        return bool(self.cards_sold) or (self.amount_minor > 0 if self.mode == "amount" else bool(self.items))

    @property
    def doubt(self) -> Duplicate | None:
        """The question whether this very sale was recorded already."""
        return self.duplicate if self.duplicate and self.duplicate.request == self.request() else None

    @property
    def points_price(self) -> PointsPrice | None:
        """What points pay in this shop, within which limits; None where they pay nothing."""
        programmes = self.shop.programmes if self.shop else ()
        return next((p.points_price for p in programmes if p.points_price is not None), None)

    @property
    def fresh(self) -> bool:
        """Whether the quote on screen is for exactly what is on screen."""
        return self.quote is not None and self.quoted == self.request()

    @property
    def difference(self) -> ExchangedView | None:
        """What an exchange comes to, while the price on screen is its own."""
        return self.exchanged if self.exchange is not None and self.fresh else None

    @property
    def stamp_cards(self) -> tuple[ProgrammeView, ...]:
        """The shop's programmes that have a stepper, in the shop's order."""
        programmes = self.shop.programmes if self.shop else ()
        return tuple(p for p in programmes if p.counts_in_amount_mode is not None)

    def count_of(self, card: ProgrammeView) -> int:
        """What a card's stepper says: the cashier's number, else the card's own start."""
        return self.counts.get(card.key, card.counts_in_amount_mode or 0)

    @property
    def switches(self) -> tuple[TraceView, ...]:
        """The benefits a cashier may switch, in the order of the screen (Alt 1…9, A…Z)."""
        trace = self.quote.trace if self.quote else ()
        chosen = self.declined | self.accepted
        return tuple(t for t in trace if t.family == "discount" and (t.declinable or t.programme in chosen))

    @property
    def not_used(self) -> tuple[TraceView, ...]:
        """Discounts that were looked at and did not win, each with its reason."""
        trace = self.quote.trace if self.quote else ()
        shown = self.switches
        return tuple(
            t
            for t in trace
            if t.family == "discount" and not t.applied and t not in shown and t.code != HELD_OUT
        )

    @property
    def claimable(self) -> bool:
        """Whether there may be something to hand over to this member without a sale."""
        programmes = self.shop.programmes if self.shop else ()
        prizes = any(programme.kind == "prize" for programme in programmes)
        return self.member is not None and (prizes or bool(self.member.rewards))

    @property
    def undoable(self) -> str:
        """What Ctrl Z brings back (a step's `what`); empty when it is a sale's turn."""
        step = last_step(self)
        return step.what if step else ""

    @property
    def selling(self) -> bool:
        """Whether a sale is being put together."""
        return self.member is not None or self.sells or self.exchange is not None


def cleared() -> dict[str, Any]:
    """The fields of a counter where nothing is sold to nobody; mode, lists and toasts stay as they are."""
    return blank(OF_ONE_SALE)


def blank(names: Iterable[str]) -> dict[str, Any]:
    """Some fields as they are on a counter where nothing was done yet."""
    nothing = CounterState()
    return {name: getattr(nothing, name) for name in names}
