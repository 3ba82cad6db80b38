"""What the shop needs to remember of games: what counted in challenges, and every draw."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from loyalty_pos.domain.games import Mark


class MarkRow(NamedTuple):
    """A sale that counted in a challenge; `win` is the sale that won with it."""

    sale: int
    programme: int
    day: str
    kept: bool
    win: int | None


class SeedRow(NamedTuple):
    """A seed of a draw: secret until `revealed`, bound by what was published of it before."""

    posting: int
    programme: int
    seed: str
    revealed: int | None


class DrawRow(NamedTuple):
    """One draw of a sale, the `number`-th of its seed."""

    posting: int
    sale: int
    programme: int
    seed: int
    number: int
    key: str


class ChaserRow(NamedTuple):
    """A member in a challenge, and how often they won it and kept that."""

    member: int
    wins: int


class Games(Protocol):
    """Marks of challenges, seeds and draws, all told by sealed postings."""

    def add_mark(self, sale: int, programme: int, member: int, day: str) -> None: ...
    def marks(self, member: int, programme: int, from_day: str) -> Sequence[Mark]:
        """Return the kept sales of a member that counted from a day on, oldest first."""

    def marks_of_sale(self, sale: int) -> Sequence[MarkRow]: ...
    def marks_of_win(self, win: int, programme: int) -> Sequence[MarkRow]:
        """Return the kept sales that won together in the sale `win`."""

    def set_mark(self, mark: MarkRow) -> None:
        """Note whether a mark is kept, and what it won."""

    def wins(self, member: int, programme: int) -> int:
        """Count how often a member won a challenge and kept it."""

    def chasers(self, programme: int, from_day: str) -> Sequence[ChaserRow]:
        """Return whoever won a challenge, or has a kept purchase in it from a day on."""

    def seed(self, programme: int) -> SeedRow | None:
        """Return the seed a draw uses now."""

    def seeds(self, programme: int) -> Sequence[SeedRow]: ...
    def add_seed(self, programme: int, posting: int, seed: str) -> None: ...
    def reveal(self, seed: int, posting: int) -> None: ...
    def next_draw(self, seed: int) -> int: ...
    def add_draw(self, draw: DrawRow) -> None: ...
    def draws(self, seed: int, after: int, limit: int) -> Sequence[DrawRow]:
        """Return the draws of a seed with a greater number than `after`, least first."""

    def last_draws(self, seed: int, limit: int) -> Sequence[DrawRow]:
        """Return the last draws of a seed, least number first."""
