"""What the handlers need of whoever keeps sales on account."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Payment(NamedTuple):
    """A payment towards a sale on account, and what its posting says."""

    posting: int
    amount_minor: int
    record: str


class Accounts(Protocol):
    def open(self, sale: int, member: int, due_minor: int) -> None:
        """Note that what is due of a sale is paid later."""

    def pay(self, sale: int, posting: int, amount_minor: int) -> None: ...
    def leave(self, sale: int, left_minor: int) -> None:
        """Note what is still to be paid of a sale."""

    def payments(self, sale: int) -> Sequence[Payment]:
        """Return the payments of a sale, first ones first."""

    def left(self, sale: int) -> int: ...
    def left_of_member(self, member: int) -> int:
        """Sum what a member still has to pay."""
