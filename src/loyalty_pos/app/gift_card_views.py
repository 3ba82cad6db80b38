"""Gift cards as people and programs read them."""

from typing import Literal

from loyalty_pos.app.gift_card_ports import CardMoveKind
from loyalty_pos.domain.lazy import dataclass

CardState = Literal["issued", "reserved", "empty", "expired", "void"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCardMoveView:
    """One movement of what is on a gift card: what it was issued with, what a sale took or gave back.

    `number` is the sale's, 0 where there was none.
    """

    kind: CardMoveKind
    amount_minor: int
    at_ms: int
    business_day: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCardView:
    """A gift card and what is left on it; its moves always add up to that.

    `card` is the number it goes by on paper, never its code. `member` may use it alone; None: whoever holds
    it. `bought` at a sale, else given by the shop. `day` is when it was emptied, or the last one it was good
    for.
    """

    card: int
    state: CardState
    face_minor: int
    left_minor: int
    bought: bool
    reserved_minor: int = 0  # of what is left, for sales on hold
    member: str | None = None
    member_name: str = ""
    expires_on: str | None = None
    day: str | None = None
    moves: tuple[GiftCardMoveView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedGiftCard:
    """One gift card as it is handed out: to be typed, or scanned from bars."""

    card: int
    code: str
    barcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCardsView:
    """Gift cards just issued, shown once: only hashes of their codes are kept (rules 34)."""

    codes: tuple[IssuedGiftCard, ...]
    face_minor: int
    bought: bool
    member: str | None = None
    member_name: str = ""
    expires_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCardsView:
    """Gift cards that were given away, newest first, and what all of them come to.

    `open` may still be paid with, `left_minor` is on those; `next` begins the following page.
    """

    cards: tuple[GiftCardView, ...]
    next: int | None
    issued: int
    open: int
    left_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidByCard:
    """What a gift card paid of a sale, and what was left on it then."""

    card: int
    amount_minor: int
    left_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCardsSold:
    """Gift cards that were sold on a sale."""

    face_minor: int
    count: int
