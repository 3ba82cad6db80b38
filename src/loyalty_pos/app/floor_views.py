"""What the lists of the floor tell: past sales, closed days, what a member got in all, who can be listed."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSaleView:
    """A recorded sale as a list needs it; `left_minor` is what is kept of its goods after refunds."""

    sale_id: str
    number: int
    at_ms: int
    business_day: str
    till: str
    actor: str
    receipt_no: str | None
    member: str | None
    member_name: str
    phone: str | None  # E.164
    gross_minor: int
    net_minor: int
    due_minor: int
    left_minor: int
    points: int
    credit_minor: int
    voided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSalesView:
    """Some sales; `next` is where the search goes on, None when everything was looked at."""

    sales: tuple[FoundSaleView, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDayView:
    """A closed business day: how often it was closed, what it came to, its mark."""

    day: str
    number: int
    at_ms: int
    till: str
    actor: str
    sales: int
    net_minor: int
    head_short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDaysView:
    """Some closed days; `next` is where the following page begins, None when there is none."""

    days: tuple[ClosedDayView, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValueView:
    """What became of one unit: earned - used - expired - repaid + adjusted = holds.

    What was taken back with a sale is not earned, what came back with it not used. `repaid` settled debts,
    `adjusted` was done by hand. `holds` includes what is still pending.
    """

    earned: int = 0
    used: int = 0
    expired: int = 0
    repaid: int = 0
    adjusted: int = 0
    holds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberValueView:
    """A member's value statement, unit by unit."""

    member: str
    points: UnitValueView
    credit_minor: UnitValueView


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedView:
    """Something with a key, as people call it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStopsView:
    """Members that stand at even distances in the order of names; fewer than asked for are the last."""

    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFiltersView:
    """What the list of members may be narrowed by now, levels from the lowest."""

    levels: tuple[NamedView, ...]
    segments: tuple[NamedView, ...]
    tags: tuple[str, ...]
