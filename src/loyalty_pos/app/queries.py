"""What a shop can be asked: one frozen record for every query of the vocabulary."""

from dataclasses import dataclass

from loyalty_pos.app.commands import QuoteSale


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify:
    """Find out what a scan or a few typed characters mean."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Everything about one member."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A stored sale as it was recorded."""

    sale_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The trace of a stored sale, with sentences made from the revisions it used."""

    sale_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentSales:
    """The last sales of this till, newest first."""

    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The shop's settings and its live programmes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """The shop's products, by sku."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindProducts:
    """Find goods by barcode, sku or the words of their name, however they are typed."""

    text: str
    limit: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """The sales on hold, newest first, and what they reserve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Prove balances = lots = entries, the hash chain, foreign keys, no orphan, no negative."""


Query = (
    Identify | Member | Sale | Why | RecentSales | Shop | Products | FindProducts | Holds | Audit | QuoteSale
)
