"""What reports read of a shop's file, as the handlers see it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from loyalty_pos.app.dashboard_port import Dashboards
from loyalty_pos.app.ports import SaleRow


class Anchor(NamedTuple):
    """How far the ledger reached when a report was made: its last posting, that one's seal, the last rule."""

    posting: int
    seal: str
    revision: int


class LevelMove(NamedTuple):
    """How many members went from one level to another."""

    before: str | None
    after: str | None
    members: int


class Held(NamedTuple):
    """What members hold of one account name, by the day it ends."""

    unit: str
    programme: str
    expires_on: str | None
    amount: int


class Ended(NamedTuple):
    """Of lots whose day has passed: what they held once, and what of it nobody used."""

    unit: str
    amount: int
    unused: int


class Stored(NamedTuple):
    """Stored value that is out, by the day it ends."""

    expires_on: str | None
    pieces: int
    minor: int


class Scored(NamedTuple):
    """Members who bought alike, and what they bought ever."""

    members: int
    spend_minor: int


class PastSale(NamedTuple):
    """A kept sale as a replay needs it.

    `goods` is JSON: [amount mode, lines as in the record, goods as in the record or none]; `tier` the level
    that rated the sale.
    """

    member: int | None
    kind: str
    tier: str | None
    at_ms: int
    day: str
    goods: str


class FollowedSale(NamedTuple):
    """A kept sale with everything its record says."""

    member: int | None
    kind: str
    at_ms: int
    day: str
    record: str


class HeldBefore(NamedTuple):
    """What a member held before a day; `lot` is None for balances without lots."""

    member: int
    unit: str
    programme: str
    amount: int
    lot: int | None
    available_from_ms: int
    expires_on: str | None
    revision: int


class UsedBefore(NamedTuple):
    """What was used of a programme on a day."""

    programme: int
    member: int | None
    times: int
    spent_minor: int


class Published(NamedTuple):
    """A revision by its number for ever, and who published it when."""

    revision: int
    at_ms: int
    actor: str
    till: str


class Reports(Dashboards, Protocol):
    def revisions(self, key: str) -> Sequence[Published]:
        """Return every revision of a programme, the first one first; none for a key nobody knows."""

    def sales(self, from_day: str, to_day: str) -> Iterator[SaleRow]:
        """Give the kept sales of the days given, both included, in the order they were recorded."""

    def past_sales(self, from_day: str, to_day: str) -> Iterator[PastSale]:
        """Give the same sales with no more of them than a draft alone needs."""

    def count_sales(self, from_day: str, to_day: str) -> int:
        """Count the same sales."""

    def followed_sales(self, from_day: str, to_day: str) -> Iterator[FollowedSale]:
        """Give the same sales whole; of one attached later, what it gave stands with it."""

    def held_before(self, day: str) -> Iterator[HeldBefore]:
        """Give what every member held of points, credit, rewards and progress when a day began."""

    def used_before(self, day: str) -> Sequence[UsedBefore]:
        """Sum by programme and member what was used of programmes before a day."""

    def given(self, from_day: str, to_day: str, point_minor: int) -> Mapping[int, int]:
        """Sum by member what programmes really gave on the days given: discounts, credit, points."""

    def moves(self, programme: int, from_day: str, to_day: str) -> Sequence[LevelMove]:
        """Sum the changes of level in a club on the days given."""

    def levels_at(self, programme: int, day: str) -> Mapping[int, str | None]:
        """Return the level that an event of that day or before last put each member on."""

    def anchor(self) -> Anchor: ...
    def held(self, day: str) -> Sequence[Held]:
        """Return what members hold on a day: lots not yet ended, pending ones too, and plain balances."""

    def ended(self, day: str) -> Sequence[Ended]:
        """Return by unit what became of the lots whose last day was before a day."""

    def gift_cards(self, day: str) -> Sequence[Stored]:
        """Return what is left on gift cards that are good on a day."""

    def vouchers(self, day: str) -> Sequence[Stored]:
        """Return the vouchers made by bills that are not used, void or past on a day."""

    def cuts(self, parts: int) -> Sequence[Sequence[Any]]:
        """Return the last days, visits and spends that end equal parts of all who ever bought, but the last.

        Who was merged into somebody does not count; a part of nobody ends where nothing does.
        """

    def scored(self, borders: Sequence[Sequence[Any]], groups: Sequence[int]) -> Sequence[Scored]:
        """Sum everybody who ever bought by group, of which there are eight.

        `borders` are four days, counts of visits and spends; `groups` has the group for every number of
        borders of each that somebody's figures can be above, those of the last one changing fastest.
        """
