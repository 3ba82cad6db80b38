"""What a shop can be asked: one frozen record for every query of the vocabulary."""

from dataclasses import dataclass, field

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
class Programmes:
    """Every programme, live or retired: its newest revision with its sentence and parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The form of every programme kind, and of the conditions they share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProgramme:
    """What publishing this would mean in plain words, or everything that is wrong with it, field by field."""

    key: str | None = None
    kind: str
    name: str = ""
    params: dict[str, object] = field(default_factory=dict)
    when: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Prove balances = lots = entries, the hash chain, foreign keys, no orphan, no negative."""


Query = (
    Identify
    | Member
    | Sale
    | Why
    | RecentSales
    | Shop
    | Products
    | Programmes
    | Kinds
    | DraftProgramme
    | Audit
    | QuoteSale
)
