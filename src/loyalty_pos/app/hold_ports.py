"""What the handlers need of whoever keeps sales that were put aside."""

from collections.abc import Sequence
from typing import Protocol

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Hold:
    """A sale on hold. `request` and `reserved` are JSON: [[unit, programme, lot or none, amount], …]."""

    key: str
    request_hash: bytes
    member: int | None
    request: str
    reserved: str
    due_minor: int
    till: str
    actor: str
    at_ms: int
    until_ms: int
    released_by: str | None = None


class HeldSales(Protocol):
    def add(self, hold: Hold) -> None: ...
    def by_key(self, key: str) -> Hold | None: ...
    def open(self, limit: int) -> Sequence[Hold]:
        """Return what is on hold, newest first, whether it still reserves anything or not."""

    def reserved(self, member: int, now_ms: int) -> Sequence[str]:
        """Return what a member's sales on hold reserve now, one JSON text each."""

    def reserving(self, now_ms: int) -> Sequence[str]:
        """Return what all sales on hold reserve now, one JSON text each."""

    def release(self, key: str, by: str, at_ms: int) -> None: ...
