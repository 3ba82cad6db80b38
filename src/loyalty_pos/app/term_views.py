"""Memberships and contracts as people and programs read them."""

from typing import Literal

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """One membership or contract of a member; every day named is included.

    A membership says "paid F, saved S": `fee_minor` and what programmes for it took off since it began,
    `given_minor`. A contract says how far it is, and `claw_back_minor`, what ending it now would cost.
    """

    posting_id: str
    kind: Literal["membership", "contract"]
    programme: str
    programme_name: str
    member: str
    member_name: str
    from_day: str
    until_day: str
    good_until: str  # with its grace
    state: Literal["coming", "running", "grace", "over", "ended"]
    fee_minor: int = 0
    given_minor: int = 0
    visits: int = 0
    spend_minor: int = 0
    promised_visits: int | None = None
    promised_spend_minor: int | None = None
    discount_bp: int = 0
    extra_minor: int = 0  # of `given_minor`, what ordinary benefits would not have given
    fulfilled: bool = False  # of a contract: all that was promised is done
    claw_back_minor: int = 0
    rests_minor: int = 0  # what must be spent before its benefits go on


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOfferView:
    """A membership or contract a member may begin or renew now; `reasons` say why not."""

    programme: str
    programme_name: str
    kind: Literal["membership", "contract"]
    fee_minor: int
    from_day: str
    until_day: str
    renews: bool = False
    held: bool = False  # a contract that is running already
    eligible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipsView:
    """Every membership and contract a member holds or held, newest first, and those on offer."""

    member: str
    terms: tuple[TermView, ...]
    offers: tuple[TermOfferView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldMembershipView:
    """A membership that was sold: its fee is to be paid in money and earns nothing."""

    posting_id: str
    due_minor: int
    refund_minor: int = 0  # when it was taken back
    renewed: bool = False
    term: TermView


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedContractView:
    """A contract that ended: what was clawed back, how it was paid, and what is owed now."""

    posting_id: str
    owed_minor: int  # the whole claw-back
    paid_minor: int = 0  # in money
    from_credit_minor: int = 0
    left_owed_minor: int = 0  # in credit, to be repaid by later gains
    term: TermView


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedView:
    """A member to win back: their last membership, and what it had saved them."""

    member: str
    name: str
    phone: str | None
    consent: bool
    last_visit_day: str | None
    term: TermView


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedMembersView:
    programme: str
    members: tuple[LapsedView, ...]
