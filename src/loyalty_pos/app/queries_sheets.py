"""What a shop puts on paper about its members and its cashiers."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A member's account over some days, both included: what moved and why, and what there is now.

    Left out, it begins with the month two months ago and ends today.
    """

    member: str
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """What every cashier did on some days, both included, till by till; left out, today."""

    from_: str | None = None
    to: str | None = None


SheetQuery = Statement | Shifts
