"""What the shop needs to remember of the causes it gives to."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol


class CauseRow(NamedTuple):
    """A cause: what was pledged to it and not taken back, in millionths, and what was handed over."""

    name: str
    pledged_micro: int
    settled_minor: int
    purchases: int = 0
    """How many kept purchases pledged something."""


class Causes(Protocol):
    """What the shop owes to causes; it belongs to no member."""

    def all(self) -> Sequence[CauseRow]:
        """Return every cause that was ever pledged to, by name."""

    def sums(self) -> Sequence[CauseRow]:
        """Return the same with no purchases counted: as many rows are read as there are causes."""

    def get(self, name: str) -> CauseRow | None: ...
    def pledge(self, posting: int, pledges: Iterable[tuple[str, int]]) -> None:
        """Add what a posting pledged, in millionths, by cause."""

    def take_back(self, posting: int, sale: int, pledges: Iterable[tuple[str, int]]) -> None:
        """Take back, in millionths, what of a sale's pledges another posting reverses."""

    def settle(self, posting: int, name: str, amount_minor: int) -> None: ...
    def settlements(self, name: str, limit: int) -> Sequence[str]:
        """Return the keys of a cause's settlements, newest first."""
