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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedView:
    """A seed of a draw; `commitment` is its SHA-256, `seed` is empty until it is revealed."""

    commitment: str
    seed: str
    draws: tuple[DrawView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OddsView:
    name: str
    chances: int
    worth_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawsView:
    """A draw's published chances and every draw so far, so that anybody can work them out again."""

    programme: str
    out_of: int
    prizes: tuple[OddsView, ...]
    seeds: tuple[SeedView, ...]
