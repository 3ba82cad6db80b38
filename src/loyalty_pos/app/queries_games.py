"""Queries of games, taking part, prizes to hand over, guests and partners."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Participations:
    """How often a question was answered and how; the last answers, newest first.

    `before` is the `next` of the page before.
    """

    programme: str
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOvers:
    """The prizes waiting to be handed over, soonest promised first."""

    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """An event's guest list: who was invited, who came, how many places are left."""

    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """A draw's published chances and every draw so far, with the seeds that were revealed.

    Of every seed those after number `after`, or with `newest` the last ones.
    """

    programme: str
    after: int = 0
    limit: int = 200
    newest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """How far everybody is in a challenge, whoever is nearest first, and how often it was won."""

    programme: str
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFor:
    """The members a piece of news is for: those with the interest who agreed to hear from the shop.

    `after` is the `next` of the page before.
    """

    interest: str
    after: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """The partners, and the shop's own card: what a partner has to enter to honour our vouchers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckToken:
    """Whether a partner's voucher would be honoured now; nothing changes."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What we and a partner owe each other, voucher by voucher, of the days given."""

    partner: str
    from_day: str | None = None
    to_day: str | None = None


GamesQuery = (
    Participations | HandOvers | Guests | Draws | Standings | NewsFor | Partners | CheckToken | Settlement
)
