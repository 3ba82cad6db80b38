"""What the shop does as time passes: sweeping, reviewing, closing a day, and what a manager may decide."""

from typing import Literal

from loyalty_pos.domain.lazy import dataclass

REVIVED_WITHIN_DAYS, REVIVED_FOR_DAYS, COURTESY_DAYS = 30, 30, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUp:
    """Write down what has ended and review the levels where that is due (rules 22, 24); again: nothing.

    Refused with `clock_ahead` when the clock is more than 40 days after the last sale, unless
    `accept_clock` says that it is right (rules 25).
    """

    accept_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay:
    """Catch up, then put a business day's loyalty summary on record with the head of the hash chain.

    Without `day` the day that is on. Asked again with nothing recorded since, it answers the same; a day
    that went on is closed anew, under the next number.
    """

    day: str | None = None
    accept_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintDay:
    """Put on record that the summary of a closed day is printed again; its paper is marked as a copy."""

    posting_id: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revive:
    """Give what ended unspent with a lot back as a new one, within 30 days and with a reason (rules 22).

    The new lot is good until `expires`, that day included, by default for 30 days.
    """

    posting_id: str
    member: str
    lot: int
    reason: str
    expires: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCourtesy:
    """Give spent value that came back to lots which had ended for 7 days, with a reason (rules 27).

    `refund_id` names the refund; without it the void of the sale. Once for each of them.
    """

    sale_id: str
    refund_id: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTier:
    """Give a member a level by hand, with a reason; until the day `until` nothing lowers it (rules 24)."""

    posting_id: str
    member: str
    tier: str
    until: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff:
    """Let go of what a member owes in one unit, with a reason (rules 6); without `amount` all of it."""

    posting_id: str
    member: str
    unit: Literal["points", "credit"] | str
    amount: int | None = None
    reason: str


LifetimeCommand = CatchUp | CloseDay | ReprintDay | Revive | GrantCourtesy | SetTier | WriteOff
