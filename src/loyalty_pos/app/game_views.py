"""Games as the counter and the door read them: what was won, how far a member is, every draw."""

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WonView:
    """What a sale won: in a challenge, or in a draw, where `prize` is empty when nothing came up."""

    programme: str
    programme_name: str
    badge: str = ""
    prize: str = ""
    number: int = 0  # of the draw under its seed
    drawn: int = 0
    points: int = 0
    credit_minor: int = 0
    rewards: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeView:
    """How far a member is in a challenge; the next purchase counts until `until_day`, included."""

    programme: str
    programme_name: str
    what: str  # the goods by name; empty for a purchase of anything
    have: int
    times: int
    until_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeView:
    programme: str
    badge: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """A question a member may answer now, and what it brings them."""

    programme: str
    programme_name: str
    what: str  # feedback, survey, idea, vote
    question: str = ""
    choices: tuple[str, ...] = ()
    points: int = 0
    credit_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NextView:
    """The offer that suits a member best, and why: what of their history it follows from."""

    sku: str
    name: str
    programme: str = ""
    programme_name: str = ""
    reason: str = ""  # a code: bought_with, of_group, challenge, new_in_interest
    bought_times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualView:
    """What a member usually takes: so many of the last purchases had it."""

    sku: str
    name: str
    times: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayingView:
    """What concerns one member beside balances: challenges, badges, questions, preferences."""

    challenges: tuple[ChallengeView, ...] = ()
    badges: tuple[BadgeView, ...] = ()
    asks: tuple[AskView, ...] = ()
    preferences: tuple[str, ...] = ()
    usual: tuple[UsualView, ...] = ()
    next: NextView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawView:
    """One draw on record: `drawn` is SHA-256 of "seed:number" as a number, modulo all chances."""

    sale_id: str
    number: int
    drawn: int
    prize: str
    worth_minor: int
    taken_back: bool = False
    revision: int = 0  # of the programme, whose chances it was drawn with


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedView:
    """A seed of a draw; `commitment` is its SHA-256, `seed` is empty until it is revealed.

    `count` is how often was drawn with it, however many of the `draws` are told here.
    """

    commitment: str
    seed: str
    draws: tuple[DrawView, ...]
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OddsView:
    name: str
    chances: int
    worth_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedOddsView:
    """The chances one revision of a draw was published with."""

    revision: int
    out_of: int
    prizes: tuple[OddsView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawsView:
    """A draw's published chances and every draw so far, so that anybody can work them out again.

    `out_of` and `prizes` are what is drawn with now; `odds` has every revision the draws told here used.
    """

    programme: str
    out_of: int
    prizes: tuple[OddsView, ...]
    seeds: tuple[SeedView, ...]
    odds: tuple[PublishedOddsView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaserView:
    """How far a member is in a challenge, and how often it was won; `until_day` is empty before it began."""

    member: str
    member_name: str
    phone: str | None
    have: int
    until_day: str
    won: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsView:
    """A challenge's standings: whoever is nearest first; `won` counts what was won and kept by all."""

    programme: str
    programme_name: str
    badge: str
    times: int
    players: int
    won: int
    rows: tuple[ChaserView, ...]
