"""What is read of a shop's file to measure what a programme brought: few rows each."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from loyalty_pos.domain.trials import Trial


class Then(NamedTuple):
    """Members a programme gave something to who had bought before: their month, and all the months before."""

    members: int
    sales_minor: int
    before_minor: int


class Group(NamedTuple):
    """Members of the club and what they bought in a month, whoever bought nothing too."""

    members: int
    sales_minor: int
    squares: int

    @property
    def mean_minor(self) -> int:
        return self.sales_minor // self.members

    @property
    def variance(self) -> int:
        return max(0, self.squares - self.sales_minor**2 // self.members) // (self.members - 1)


NOBODY = Group(0, 0, 0)


class Groups(NamedTuple):
    """Those who may have a programme, and those left out of it."""

    given: Group = NOBODY
    drawn: Group = NOBODY


class Brought(Protocol):
    def first_month_ends(self) -> str | None:
        """Return the end of the first month in which anything was sold."""

    def beside_past(self, key: str, ends_on: str, before: Sequence[str]) -> Then:
        """Sum a month of the members a programme reached in it, and the months named of the same members."""

    def beside_lot(self, trial: Trial, kinds: Sequence[str], ends_on: str) -> Groups:
        """Sum a month of all members, of some kinds or of every kind, by whether the lot left them out."""
