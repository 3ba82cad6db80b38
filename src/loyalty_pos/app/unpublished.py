"""What an owner wrote and did not publish yet: kept on this computer, never part of the shop."""

from collections.abc import Mapping
from typing import Any, Protocol

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A programme as it was left; `revision` is the one it began from, 0 for a new programme."""

    kind: str
    name: str
    params: Mapping[str, Any]
    when: Mapping[str, Any]
    revision: int = 0
    at_ms: int = 0


Shelf = dict[str, dict[str, KeptDraft]]
"""Drafts by shop and programme; a new programme's key is empty."""


class ShelfStore(Protocol):
    """Where drafts are kept between two starts."""

    def load(self) -> Shelf:
        """Read the drafts; what is missing or unreadable is none."""
        ...

    def save(self, drafts: Shelf) -> None:
        """Keep the drafts. Raises Fault `settings_not_saved`; the program goes on with them all the same."""
        ...
