"""Commands of games, taking part, prizes to hand over, guests and partners."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordParticipation:
    """Count a member's answer once, and give what the programme gives for it.

    `answer` is 1 to 5 for feedback, one of the choices for a vote, else a text.
    """

    posting_id: str
    member: str
    programme: str
    answer: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPreferences:
    """Write down how a member likes things, in place of what stood there."""

    posting_id: str
    member: str
    preferences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Hand over a prize that waits; `claim` is the key it was claimed under."""

    posting_id: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Put members on an event's guest list, all or none; whoever is on it stays there."""

    posting_id: str
    programme: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninvite:
    """Take an invitation back before the guest came; the place is free again, the reason is kept."""

    posting_id: str
    programme: str
    member: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """Note that an invited member came, and give what being there brings; once."""

    posting_id: str
    programme: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealDraw:
    """Reveal a draw's seed, so that anybody can work out its draws again; the next draws use a new one."""

    posting_id: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePartnerCard:
    """Make the key this shop signs its vouchers with, once; its public half is what partners enter."""

    posting_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutPartner:
    """Add a firm whose vouchers we honour and for whom we issue ours, or replace the one of this key.

    `shop` and `public_key` stand on the partner's own card (query `partners`). No voucher of theirs over
    `cap_minor` is honoured.
    """

    key: str
    name: str
    shop: str
    public_key: str
    cap_minor: int | None = None
    live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerVoucher:
    """A voucher of ours that one partner honours, up to a day, that day included."""

    partner: str
    value_minor: int
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePartnerVouchers:
    """Issue vouchers that partners honour, one or a bundle of several; their tokens are signed."""

    posting_id: str
    vouchers: tuple[PartnerVoucher, ...]
    member: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourVoucher:
    """Take a partner's voucher: it becomes a gift card of the same value, whose code pays here.

    Refused with its reason when it is forged, altered, expired, for another shop or presented before.
    """

    posting_id: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePartner:
    """Accept vouchers of ours that a partner presents for payment, each once; the others say why not."""

    posting_id: str
    partner: str
    tokens: tuple[str, ...]


GamesCommand = (
    RecordParticipation
    | SetPreferences
    | HandOver
    | Invite
    | Uninvite
    | CheckIn
    | RevealDraw
    | MakePartnerCard
    | PutPartner
    | IssuePartnerVouchers
    | HonourVoucher
    | SettlePartner
)
