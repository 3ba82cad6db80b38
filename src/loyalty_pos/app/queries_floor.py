"""What the shop floor asks: sales of the past, closed days, what became of what a member got."""

from typing import Literal

from loyalty_pos.domain.lazy import dataclass

SalesChoice = Literal["all", "unnamed", "taken_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSales:
    """Find recorded sales, newest first; those a number names exactly come before all others.

    `text` is what somebody has in hand: the barcode or number of a receipt, a sale's number, an amount in
    the unit people type, a member's card, phone or name. The other fields narrow, `only` to sales without
    a member or with something taken back. `before` is the `next` of the page before. One answer looks
    through a stretch of the sales, so it may hold few, or none, and still have a `next`.
    """

    text: str = ""
    number: int | None = None
    amount_minor: int | None = None
    day: str | None = None
    member: str | None = None
    only: SalesChoice = "all"
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays:
    """The business days that were closed, newest first; `before` is the `next` of the page before."""

    before: str | None = None
    limit: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberValue:
    """What a member was ever given and what became of it: earned, used, ended, held."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilters:
    """The levels, live segments and tags the list of members may be narrowed by now.

    Of the tags those of the newest members are told, and those that segments ask for.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenGiftCards:
    """The gift cards the shop gave away, newest first; `before` is the `next` of the page before."""

    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStops:
    """Every `every`-th of all members in the order of `MembersList`, from the member `after` on.

    With them a list of any length is entered anywhere: `MembersList` goes on after a stop and passes over
    `skip`. One answer holds at most `limit` stops.
    """

    after: str | None = None
    every: int = 1_000
    limit: int = 10


FloorQuery = FindSales | ClosedDays | MemberValue | MemberFilters | MemberStops | GivenGiftCards
