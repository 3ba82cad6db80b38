"""What the owner's first side reads of a shop's file, as the handler sees it: few rows each."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

QUARTER_MS = 900_000
"""A quarter of an hour: every clock on a wall differs from UTC by whole quarters."""


class SoldThen(NamedTuple):
    """Kept sales of one day in one quarter of an hour since 1970, to members or to others."""

    day: str
    quarter: int
    member: bool
    purchases: int
    net_minor: int


class Moved(NamedTuple):
    """What members were given and used of a unit."""

    unit: str
    given: int
    used: int


class Rated(NamedTuple):
    """How often a question was answered with a number."""

    programme: int
    answer: str
    times: int


class Returned(NamedTuple):
    """Of those who joined in the month numbered `joined`, how many bought in the month numbered `bought`.

    `bought` is None for all who joined.
    """

    joined: int
    bought: int | None
    members: int


class Born(NamedTuple):
    """How many people have this birthday."""

    birthday: str
    people: int


class Dashboards(Protocol):
    def sold(self, from_day: str, to_day: str) -> Sequence[SoldThen]:
        """Sum the kept sales of the days given, both included; what came back is not in them."""

    def moved(self, from_day: str, to_day: str) -> Sequence[Moved]:
        """Sum what was given and used of points, credit and rewards on the days given."""

    def rated(self, from_day: str, to_day: str) -> Sequence[Rated]:
        """Count the answers from 1 to 5 given on the days given."""

    def returned(self, months: Sequence[tuple[str, str]]) -> Sequence[Returned]:
        """Count by month of joining and month of buying; `months` are first and last days, in order."""

    def born(self, days: Sequence[str]) -> Sequence[Born]:
        """Count people by birthday whose month and day (of the Gregorian calendar) are among those given."""
