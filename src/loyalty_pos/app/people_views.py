"""What corrections to people's holdings answer."""

from dataclasses import field

from loyalty_pos.app.views import Balances, Moved
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedView:
    """A correction by hand: what it moved, and the balances after it."""

    posting_id: str
    member: str
    member_name: str
    unit: str
    amount: int
    reason: str
    moved: tuple[Moved, ...] = ()
    balances: Balances = field(default_factory=Balances)
    at_ms: int = 0
    business_day: str = ""
