"""Commands about gift cards the shop gave away."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidGiftCard:
    """Take a gift card that was given away out of use for good, by its number, with a reason."""

    posting_id: str
    card: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceGiftCard:
    """Print a given gift card anew: what is left goes to a new code, shown once, and the old one is void.

    Refused for one that nobody could pay with, and for one that is reserved by a sale on hold.
    """

    posting_id: str
    card: int
    reason: str


CardsCommand = VoidGiftCard | ReplaceGiftCard
