"""Prizes and rewards handed over without a sale, as the counter and the door read them."""

from typing import Literal

from loyalty_pos.app.saying import Sentence
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """What a member claimed: what it took from them, and what to hand over.

    `undone` when it was handed back; `to_points` and `to_rewards` are then what went back into its lots.
    """

    posting_id: str
    member: str
    member_name: str
    programme: str
    programme_name: str
    times: int
    points: int = 0
    rewards: int = 0
    hand_over: Sentence
    points_left: int = 0
    at_ms: int = 0
    business_day: str = ""
    till: str = "1"
    actor: str = ""
    undone: bool = False
    ready_day: str = ""  # the day it is promised for; empty when it is handed over at once
    ready_ms: int = 0
    handed: bool = True
    to_points: int = 0
    to_rewards: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimableView:
    """Something a member may claim: `at_most` times now; at 0 `reason` says why not.

    `waits` is the key of a claim that is to be handed over, `event` that they are checked in to.
    `price_points` is 0 for a reward that was earned already. What `does` not claim is a membership to sell, a
    contract to start or to end; `price_minor` is then the fee, or what is owed when it ends now.
    """

    programme: str
    programme_name: str
    what: Sentence
    price_points: int
    at_most: int
    reason: Sentence | None = None
    does: Literal["claim", "sell", "start", "end"] = "claim"
    price_minor: int = 0
    waits: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimablesView:
    """What a member may claim without a sale, and what not yet; `points` may be spent on it.

    `last` is what they claimed last today, while it can be handed back.
    """

    member: str
    points: int
    items: tuple[ClaimableView, ...]
    last: ClaimView | None = None
