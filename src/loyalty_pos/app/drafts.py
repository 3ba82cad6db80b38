"""The sale on the counter before it is recorded, kept so that a crash does not cost it."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, Protocol

from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What comes back for what is sold, under the key `refund_id`: units by line (from 1), or an amount."""

    sale_id: str
    refund_id: str
    way: Literal["lines", "amount"] = "lines"
    units: tuple[tuple[int, int], ...] = ()
    amount_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was being sold, without anybody's phone and without any code that holds value.

    `sale_id` is the key it would be recorded under, empty before it was priced; `vouchers` counts the
    codes that were scanned, which must be scanned again; `contact` says that somebody was named for a
    warranty, who must be named again. `at_ms` is the till's clock, UTC milliseconds.
    """

    shop: str
    at_ms: int
    sale_id: str = ""
    member: str | None = None
    mode: Literal["amount", "items"] = "amount"
    amount_minor: int = 0
    lines: tuple[tuple[str, int], ...] = ()  # sku, quantity
    counts: Mapping[str, int] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    credit_on: bool = False
    credit_part_minor: int | None = None
    points: int | None = None
    free_skus: Mapping[str, str] = field(default_factory=dict)  # by programme
    on_account: bool = False
    cards_sold: tuple[tuple[int, int], ...] = ()  # the face of a gift card in smallest money, how many
    exchange: Returned | None = None
    contact: bool = False
    vouchers: int = 0
    due_minor: int = 0


class DraftStore(Protocol):
    """Where one till keeps its draft; never in the ledger."""

    def load(self) -> Draft | None:
        """Read the draft; None when there is none, or none that can be read."""
        ...

    def save(self, draft: Draft) -> None:
        """Put a draft in the last one's place, whole or not at all. Raises Fault `draft_not_kept`."""
        ...

    def clear(self) -> None:
        """Forget the draft. Raises Fault `draft_not_kept`."""
        ...
