"""The counter's whole state, one frozen record; the page only draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from loyalty_pos.app.commands import QuoteSale, SaleLine, Use
from loyalty_pos.app.views import (
    CandidateView,
    MemberView,
    ProductView,
    ProgrammeView,
    SaleView,
    ShopView,
    TakenBackView,
    TraceView,
)
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
    CONFIRM = "confirm"
    TOAST = "toast"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A text on its way to become somebody; `live` while it is still being typed."""

    text: str
    live: bool = False


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
class JoinForm:
    """A new member being written down."""

    phone: str = ""
    name: str = ""
    card: str = ""
    saving: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sale that has just been recorded."""

    sale: SaleView


@dataclass(frozen=True, slots=True)
class Undone:
    """A sale that has just been taken back."""

    taken_back: TakenBackView


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
    credit_on: bool = False
    vouchers: tuple[str, ...] = ()
    quote: SaleView | None = None
    quoted: QuoteSale | None = None
    sale_id: str = ""
    confirm_wanted: bool = False
    recording: QuoteSale | None = None
    why_open: bool = False
    said: Said | None = None
    toast: Recorded | Undone | None = None
    print_trouble: PrintTrouble | None = None
    recent: tuple[SaleView, ...] = ()
    focus: Focus = Focus()

    def request(self) -> QuoteSale | None:
        """What would be priced now; None while nothing is sold."""
        if not self.sells:
            return None
        with_items = self.mode == "items"
        return QuoteSale(
            member=self.member.member if self.member else None,
            amount_minor=None if with_items else self.amount_minor,
            lines=tuple(SaleLine(sku=i.product.sku, quantity=i.quantity) for i in self.items)
            if with_items
            else (),
            counts=dict(self.counts) if self.member and not with_items else {},
            use=Use(
                credit_minor="all" if self.credit_on else None,
                vouchers=self.vouchers,
                free_lines=self._free_lines() if with_items and self.member else {},
                decline=tuple(sorted(self.declined)),
            ),
        )

    def _free_lines(self) -> dict[str, int]:
        lines = {item.product.sku: number for number, item in enumerate(self.items, 1)}
        return {key: lines[sku] for key, sku in self.free_skus.items() if sku in lines}

    @property
    def sells(self) -> bool:
        """Whether an amount is typed, or goods lie there."""
        return self.amount_minor > 0 if self.mode == "amount" else bool(self.items)

    @property
    def fresh(self) -> bool:
        """Whether the quote on screen is for exactly what is on screen."""
        return self.quote is not None and self.quoted == self.request()

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
        """The benefits a cashier may switch, in the order of the screen (Alt 1…9)."""
        trace = self.quote.trace if self.quote else ()
        return tuple(
            t for t in trace if t.family == "discount" and (t.declinable or t.programme in self.declined)
        )

    @property
    def not_used(self) -> tuple[TraceView, ...]:
        """Discounts that were looked at and did not win, each with its reason."""
        trace = self.quote.trace if self.quote else ()
        shown = self.switches
        return tuple(t for t in trace if t.family == "discount" and not t.applied and t not in shown)

    @property
    def selling(self) -> bool:
        """Whether a sale is being put together."""
        return self.member is not None or self.sells
