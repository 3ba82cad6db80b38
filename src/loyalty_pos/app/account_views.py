"""What a shop answers about sales on account."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAccountView:
    """What of a sale is paid later: in all, so far, still; and what it will have earned then, about."""

    due_minor: int
    received_minor: int = 0
    left_minor: int = 0
    later_points: int = 0
    later_credit_minor: int = 0
