"""What a shop can be asked about causes, memberships and contracts."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """What every cause was promised, what it got, what is open; `cause` names only one."""

    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCauses:
    """What was given so far to every cause that sales give to now, for the customer's screen; no history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memberships:
    """The memberships and contracts a member holds or held, newest first, and those on offer to them."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteEndContract:
    """How far a member's contract is, and what ending it now would cost; nothing is posted."""

    member: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedMembers:
    """Members whose membership of a programme has run out and was not renewed, the latest first."""

    programme: str
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """Whether a programme is open to a member now: yes, or no and what is missing."""

    member: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleFor:
    """Which live programmes that are not for everybody are open to a member now, and what is missing."""

    member: str


StandingQuery = (
    Causes | PublicCauses | Memberships | QuoteEndContract | LapsedMembers | Eligible | EligibleFor
)
