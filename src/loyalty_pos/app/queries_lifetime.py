"""What the shop can be asked about time: what ended, and what a business day came to."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredLots:
    """What ended unspent for a member within the last 30 days and may be revived."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What a manager may decide about a member: a level, what ended, what is owed, what a refund lost."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A business day's loyalty summary, as closed or as it stands now; by default of the day that is on."""

    day: str | None = None


LifetimeQuery = ExpiredLots | Decisions | Day
