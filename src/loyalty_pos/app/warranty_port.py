"""What the shop needs to remember of warranties."""

from collections.abc import Sequence
from typing import Protocol


class Warranties(Protocol):
    """The sales that gave a warranty, by whoever may ask for it again."""

    def add(self, sale: int, contact: str, contact_key: str) -> None: ...
    def forget(self, sale: int) -> None:
        """Forget whom a sale's warranty was found under."""

    def contact(self, sale: int) -> str: ...
    def of_member(self, member: int) -> Sequence[str]:
        """Return the kept sales of a member that gave a warranty, by their keys."""

    def under(self, contact_key: str) -> Sequence[str]: ...
