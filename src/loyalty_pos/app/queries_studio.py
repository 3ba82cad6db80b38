"""What an owner asks while writing a programme: what it would do, what it meets, what it was before."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from loyalty_pos.app.commands import SaleLine
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TryProgramme:
    """What a draft would do on one sale to one made-up member, or to a real one, and why; nothing is posted.

    The sample buys an amount or goods as a sale does, and is always one of those the draft is for, in its own
    days and hours: what holds the draft back at this moment is said beside. `have` is what its card counted
    before, `count` what it counts of an amount; `tier` is the level the sample has in the club. A `guest` is
    no member. A real `member`, named by card, phone or member id, has what they hold and are at this moment;
    then every condition of the draft is asked, and `have`, `tier` and `guest` are not.
    """

    key: str | None = None
    kind: str
    params: Mapping[str, Any]
    when: Mapping[str, Any] = field(default_factory=dict)
    amount_minor: int | None = None
    lines: tuple[SaleLine, ...] = ()
    count: int | None = None
    have: int = 0
    tier: str | None = None
    guest: bool = False
    member: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps:
    """The live programmes that meet a draft on the same goods, at the same time, for the same people."""

    key: str | None = None
    kind: str
    params: Mapping[str, Any]
    when: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeHistory:
    """Every revision of a programme, newest first: who published it when, and what it changed."""

    key: str


StudioQuery = TryProgramme | Overlaps | ProgrammeHistory
