"""What the shop floor needs from outside: finding sales."""

from collections.abc import Sequence
from typing import Protocol

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleFilter:
    """What a sale must be to be found; what is None is not asked. `amount_minor`: its price or sum."""

    amount_minor: int | None = None
    day: str | None = None
    members: Sequence[int] | None = None
    unnamed: bool = False
    taken_back: bool = False


class FindsSales(Protocol):
    def find(
        self, wanted: SaleFilter, before: int | None, looked_at: int, limit: int
    ) -> tuple[Sequence[int], int | None]:
        """Return the postings of sales a filter keeps, newest first, and where to go on; None at the end."""
