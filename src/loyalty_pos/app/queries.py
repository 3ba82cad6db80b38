"""What a shop can be asked: one frozen record for every query of the vocabulary."""

from dataclasses import field
from typing import Literal

from loyalty_pos.app.commands import EnrolMember, PutProduct, QuoteExchange, QuoteRefund, QuoteSale
from loyalty_pos.app.commands_people import PeopleQuery
from loyalty_pos.app.queries_floor import FloorQuery
from loyalty_pos.app.queries_games import GamesQuery
from loyalty_pos.app.queries_lifetime import LifetimeQuery
from loyalty_pos.app.queries_reports import ReportQuery
from loyalty_pos.app.queries_sheets import SheetQuery
from loyalty_pos.app.queries_standing import StandingQuery
from loyalty_pos.app.queries_studio import StudioQuery
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify:
    """Find out what a scan or a few typed characters mean."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Everything about one member."""

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimables:
    """What a member may claim without a sale: rewards they hold, prizes for points, and why not yet."""

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
class Presets:
    """Ready-made programmes to start from, in the shop's money; nothing of them is published."""


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
class FindProducts:
    """Find goods by barcode, sku or the words of their name, however they are typed."""

    text: str
    limit: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """The sales on hold, newest first, and what they reserve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product by its sku."""

    sku: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProduct(PutProduct):
    """What putting this product would keep, or why it would be refused; nothing changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecord:
    """What is written down about one member."""

    member: str


MemberChoice = Literal["all", "new", "away", "birthday", "reward"]
MemberHolding = Literal["points", "credit", "reward"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersList:
    """Members with their balances: all by name, those without a name last; or those a text may mean.

    `after` is the `next` of the page before. What a text may mean is one page: a card, phone or member
    id first, then the latest visitors. `only` chooses: new this month, away for 60 days, birthday this
    month, with a reward to claim. What else narrows has to hold as well: a birthday this month, one of
    the `levels`, every one of the `segments` and `tags`, a last visit within `seen_days` or at least
    `away_days` ago, some of everything in `holds`, something that ends within `ending_days`. One answer
    looks through a stretch of the names, so it may hold few, or nobody, and still have a `next`; of what
    a text may mean the first 200 are looked through, and `more_meant` tells when there are others.
    `skip` passes over so many of all members by name, at most 1000 (see `MemberStops`).
    """

    text: str = ""
    only: MemberChoice = "all"
    after: str | None = None
    limit: int = 50
    birthday: bool = False
    levels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    seen_days: int | None = None
    away_days: int | None = None
    holds: tuple[MemberHolding, ...] = ()
    ending_days: int | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberHistory:
    """What happened to one member, newest first; `before` is the `next` of the page before."""

    member: str
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMember(EnrolMember):
    """What enrolling this customer would keep, who already has the phone or card, who may be the same person.

    Refused where enrolling would be, except that somebody known is an answer here.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersPage:
    """Every member in the order of enrolment, a page at a time; `after` is the `next` of the page before."""

    after: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesPage:
    """Every sale by its number, a page at a time; `after` is the `next` of the page before."""

    after: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMembers:
    """Who is on a segment's list by hand, a page at a time; `after` is the `next` of the page before."""

    segment: str
    after: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Warranties:
    """Warranties by a receipt or sale number, by a member, or by a phone or name left for them."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCard:
    """What is left on a gift card, and every movement that led there, by its code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What was issued of a programme's codes, and how many are used; never a code itself.

    `before` is the `next` of the page before.
    """

    programme: str
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Prove balances = lots = entries, the hash chain, foreign keys, no orphan, no negative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """The backups in a folder, by default the one beside the shop's file, and what is wrong with them."""

    path: str | None = None


Query = (
    Identify
    | Member
    | MemberRecord
    | MembersList
    | MemberHistory
    | Claimables
    | CheckMember
    | MembersPage
    | Sale
    | Why
    | RecentSales
    | SalesPage
    | Shop
    | Products
    | Product
    | CheckProduct
    | Programmes
    | Kinds
    | Presets
    | DraftProgramme
    | FindProducts
    | Holds
    | SegmentMembers
    | Warranties
    | GiftCard
    | Codes
    | Audit
    | Backups
    | QuoteSale
    | QuoteRefund
    | QuoteExchange
    | LifetimeQuery
    | PeopleQuery
    | StandingQuery
    | GamesQuery
    | ReportQuery
    | StudioQuery
    | FloorQuery
    | SheetQuery
)
