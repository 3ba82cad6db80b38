"""What the handlers need of whoever keeps gift cards."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

CardMoveKind = Literal["accrual", "redemption", "reversal"]


class NewGiftCard(NamedTuple):
    """A gift card about to be issued; `sale` is the posting of the sale it was sold at, None when given."""

    id: int
    code_hash: bytes
    face_minor: int
    sale: int | None
    member: int | None
    expires_on: str | None


class GiftCardRow(NamedTuple):
    """A gift card as it stands."""

    id: int
    face_minor: int
    left_minor: int
    sale: int | None
    member: int | None
    expires_on: str | None
    voided: bool


class GiftCardMove(NamedTuple):
    """One entry of a gift card, with the posting that made it; `sale` is the number of a sale."""

    kind: CardMoveKind
    amount_minor: int
    at_ms: int
    business_day: str
    sale: int


class GivenSums(NamedTuple):
    """All gift cards that were given away; `open` may still be paid with."""

    issued: int
    open: int
    left_minor: int


class GiftCards(Protocol):
    """Stored value whoever holds the code may spend; of a code only its hash is kept (rules 34)."""

    def next_id(self) -> int: ...
    def add(self, cards: Sequence[NewGiftCard], posting: int) -> None:
        """Issue cards with their whole face on them."""

    def find(self, code_hash: bytes) -> GiftCardRow | None: ...
    def get(self, card: int) -> GiftCardRow: ...
    def hash_of(self, card: int) -> bytes: ...
    def moves(self, card: int) -> Sequence[GiftCardMove]:
        """Return every movement of a card, oldest first."""

    def given(self, before: int, limit: int) -> Sequence[GiftCardRow]:
        """Return the cards given away with numbers below `before`, the highest first."""

    def given_sums(self, day: str) -> GivenSums: ...
    def spend(self, card: int, amount_minor: int, posting: int) -> None: ...
    def give_back(self, sale: int, card: int, amount_minor: int, posting: int) -> None:
        """Put back onto a card some of what a sale took of it."""

    def sold_at(self, sale: int) -> Sequence[GiftCardRow]:
        """Return the cards handed over as sold at a sale, not those a refund of it was put on."""

    def take_back(self, card: int, posting: int) -> None:
        """Take the whole face off a card that nobody spent from, and the card out of use."""

    def void(self, card: int, posting: int) -> None:
        """Take a card out of use for good; what is on it stays on record."""
