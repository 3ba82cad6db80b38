"""Causes the shop gives to, as people and programs read them."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementView:
    """Money handed to a cause, with the number of its receipt; what was open before and after."""

    posting_id: str
    cause: str
    amount_minor: int
    receipt_no: str
    business_day: str
    at_ms: int
    open_before_minor: int
    open_minor: int
    settled_minor: int  # to this cause so far, this settlement included


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseView:
    """What a cause was promised, what it got, and what is still to be handed over.

    `ahead_minor` is what it got for purchases that were taken back since: later pledges come off it first.
    """

    cause: str
    pledged_minor: int
    settled_minor: int
    open_minor: int
    ahead_minor: int = 0
    purchases: int = 0  # kept purchases that pledged something
    programmes: tuple[str, ...] = ()  # names of the live ones that give to it
    settlements: tuple[SettlementView, ...] = ()  # newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCauseView:
    """What a cause was given by purchases so far, and what of it was handed over."""

    cause: str
    given_minor: int
    handed_over_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCausesView:
    """The public counter of the causes that sales give to now, most first."""

    causes: tuple[PublicCauseView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CausesView:
    causes: tuple[CauseView, ...]
    pledged_minor: int  # the public counter: to all of them, ever
