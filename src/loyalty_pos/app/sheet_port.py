"""What the cashiers' summary reads of a shop's file."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class ShiftRow(NamedTuple):
    """What one cashier did at one till on one day."""

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


class Sheets(Protocol):
    def shifts(self, from_day: str, to_day: str) -> Sequence[ShiftRow]:
        """Sum what was recorded on the days given by day, till and cashier."""
