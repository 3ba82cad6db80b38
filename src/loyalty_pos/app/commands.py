"""What a shop can be asked to do: one frozen record for every command of the vocabulary.

Field names are the door's (docs/commands.md is generated from here). Money is an integer of the
shop's smallest unit, rates are basis points, days ISO dates. `member` is any identifying text.
A field whose default is `None` may be left out.
"""

from dataclasses import field
from typing import Literal

from loyalty_pos.app.commands_cards import CardsCommand
from loyalty_pos.app.commands_games import GamesCommand
from loyalty_pos.app.commands_journal import Backup as Backup
from loyalty_pos.app.commands_journal import JournalCommand
from loyalty_pos.app.commands_journal import Restore as Restore
from loyalty_pos.app.commands_lifetime import LifetimeCommand
from loyalty_pos.app.commands_people import PeopleCommand
from loyalty_pos.app.commands_standing import StandingCommand
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.segments import Gender

Currency = str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateShop:
    """Open a new shop in an empty file; refused when the file holds one (`shop_exists`)."""

    name: str
    currency: str = "IRR"
    display_unit: Literal["toman", "rial"] | None = None
    calendar: Literal["jalali", "gregorian"] = "jalali"
    time_zone: str = "Asia/Tehran"
    language: Literal["fa", "en"] = "fa"
    day_ends_hour: int = 0
    prices_include_tax: bool = True
    tax_bp: int = 0
    earn_on_tax: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PutProduct:
    """Add a product or replace the one with this sku; sales keep the price they had.

    Before the day `sale_from` only members whose level, membership or contract is named in `early_for` may
    buy it.
    """

    sku: str
    name: str
    price_minor: int
    group: str | None = None
    barcode: str | None = None
    cost_minor: int | None = None
    tax_bp: int | None = None
    earns: bool = True
    sale_from: str | None = None
    early_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishProgramme:
    """Make a new immutable revision of the programme `key` and switch it on."""

    key: str
    kind: str
    name: str
    params: dict[str, object] = field(default_factory=dict)
    when: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireProgramme:
    """Switch a programme off; what members already hold stays theirs."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeProgramme:
    """Switch a retired programme on again, as its newest revision says."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditShop:
    """Change what may change in a shop's life; what is left out stays.

    Currency, display unit and time zone never change: what is recorded already rests on them.
    """

    name: str | None = None
    language: Literal["fa", "en"] | None = None
    calendar: Literal["jalali", "gregorian"] | None = None
    day_ends_hour: int | None = None
    tax_bp: int | None = None
    earn_on_tax: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolMember:
    """Enrol a customer by phone or card; the name can wait."""

    phone: str | None = None
    card: str | None = None
    name: str | None = None
    member_kind: Literal["individual", "company"] = "individual"
    birthday: str | None = None
    city: str | None = None
    tags: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    referred_by: str | None = None
    consent: bool = False
    gender: Gender = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMember:
    """Change what is written down about a member; what is left out stays as it is.

    An empty text or list removes what stood there; a member keeps a phone or a card. The posting tells
    which fields changed, never what they said (rules 8).
    """

    posting_id: str
    member: str
    name: str | None = None
    phone: str | None = None
    note: str | None = None
    birthday: str | None = None
    city: str | None = None
    tags: tuple[str, ...] | None = None
    interests: tuple[str, ...] | None = None
    consent: bool | None = None
    gender: Gender | None = None
    preferences: tuple[str, ...] | None = None  # how they like things


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkCard:
    """Take a card from its member; it may be given to somebody else afterwards."""

    member: str
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCard:
    """Give a member one more card; a card that is somebody else's is refused."""

    member: str
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToSegment:
    """Put members on a segment's list by hand, all or none; asked again nothing changes."""

    segment: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFromSegment:
    """Take members off a segment's list, all or none; whoever meets its condition still belongs."""

    segment: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLine:
    """One line of a basket: a known `sku`, or free `text` with its unit price.

    `discount_minor` is what the till itself took off the whole line (lane 0).
    """

    sku: str | None = None
    text: str | None = None
    quantity: int = 1
    unit_price_minor: int | None = None
    discount_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SellGiftCards:
    """Gift cards sold on a sale: `count` of them with `face_minor` on each, which is what each costs."""

    face_minor: int
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What the customer wants to use or leave out on this sale.

    `decline` names programmes whose benefit stays off, `accept` those whose price in points is given. A
    demand that cannot be met in full refuses the sale, or with `lenient` records it and says so in the
    trace (rules 12).
    """

    credit_minor: int | Literal["all"] | None = None
    points: int | None = None
    vouchers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    gift_cards: tuple[str, ...] = ()
    free_lines: dict[str, int] = field(default_factory=dict)
    decline: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    lenient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSale:
    """Price a sale and say what it would earn, without posting anything.

    `sells` are gift cards sold beside the goods, or alone: nothing takes anything off them and they earn
    nothing until they are spent (rules 16). Their codes come from `issue_gift_card`.
    """

    member: str | None = None
    receipt_no: str | None = None
    amount_minor: int | None = None
    lines: tuple[SaleLine, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    use: Use = field(default_factory=Use)
    on_account: bool = False
    sells: tuple[SellGiftCards, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSale(QuoteSale):
    """Record a sale once and for all under the key `sale_id` (rules 8, 14).

    With a `fingerprint` the sale must still price as it was quoted, else `stale_quote`. A warranty is also
    found under the `contact`, a phone or a name; a sale without a warranty forgets it.
    """

    sale_id: str
    fingerprint: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSale(RecordSale):
    """Record a sale of the past at its own time, UTC milliseconds.

    It earns, and nothing is taken off it, for it was priced elsewhere; `with_benefits` prices it here
    all the same. It never moves the time the shop was last seen.
    """

    at_ms: int
    with_benefits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSale(QuoteSale):
    """Put a sale aside under the key `posting_id`: nothing is earned or used (rules 30).

    For 30 minutes what it would use of credit, points and rewards is reserved for it, never spent.
    """

    posting_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSale:
    """Take a sale off hold, under a key of its own; its reservation ends, its request is answered."""

    posting_id: str
    hold: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachMember:
    """Give a sale without a member to one within 30 minutes: they get what it would have earned then.

    What the customer paid stays as it was. Asked again it answers the same (rules 33).
    """

    sale_id: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """So many units of a line, counted from 1, come back."""

    line: int
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRefund:
    """Say what taking back a part of a sale would move, to the unit; nothing is posted.

    Either units of `lines` come back, or an amount, net after discounts and before tender. The money is
    paid back, or with `refund_to` "credit" becomes the member's credit, with "gift_card" a new gift card.
    """

    sale_id: str
    lines: tuple[RefundLine, ...] = ()
    amount_minor: int | None = None
    refund_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSale(QuoteRefund):
    """Take back a part of a sale once and for all under the key `refund_id` (rules 8, 26-31).

    With a `fingerprint` it must still move what was quoted, else `stale_refund`.
    """

    refund_id: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteExchange:
    """Say what bringing goods back and taking others instead would come to; nothing is posted."""

    back: QuoteRefund
    sale: QuoteSale


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Take goods back and sell others in one step: only the difference is paid or returned (rules 8, 26).

    Both stand on record under their own keys. With a `fingerprint` it must still come to what was quoted,
    else `stale_quote`.
    """

    back: RefundSale
    sale: RecordSale
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidSale:
    """Take back everything that is kept of a sale: a reversing posting, nothing is deleted (rules 26-30)."""

    sale_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReward:
    """Hand over a prize for points, or a reward that was earned, `times` times and without a sale.

    `programme` is a prize, or the programme that gave the reward. Asked again it answers the same (rules 8).
    """

    posting_id: str
    member: str
    programme: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoClaim:
    """Take back a claim that was handed back unused: points and rewards return to their lots (rules 27)."""

    posting_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRewardVoucher:
    """Give a member's waiting reward a printable code; an earlier code of the same right dies (rules 34)."""

    posting_id: str
    member: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCodes:
    """Issue codes of a programme that works by code: `count` unique ones, or one public word.

    A unique code is good for one sale and shown once, here: only its hash is kept (rules 34). `text` is a
    word many may say, each member at most `per_member` times. With a `member` nobody else may use them.
    """

    posting_id: str
    programme: str
    count: int = 1
    text: str | None = None
    member: str | None = None
    expires: str | None = None
    per_member: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueVoucher:
    """Issue one code good for one sale to a member; `bearer` makes it whoever's who holds it (rules 35)."""

    posting_id: str
    programme: str
    member: str | None = None
    bearer: bool = False
    expires: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGiftCard:
    """Issue `count` gift cards with `face_minor` on each; their codes are shown once, here (rules 34).

    With a `sale_id` they are those that sale sold, else the shop gives them away: what is given earns
    nothing and cannot pay for other gift cards (rules 16). With a `member` nobody else may use them.
    """

    posting_id: str
    face_minor: int
    count: int = 1
    member: str | None = None
    expires: str | None = None
    sale_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidCode:
    """Take a code, a public word or a gift card out of use for good.

    Sales it was used on keep what it took off or paid; what is left on a gift card stays on record.
    """

    posting_id: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidCodes:
    """Take out of use whatever is still open of what was issued under the key `issue` (query `Codes`).

    For paper or a file that was lost: nobody has to know the codes.
    """

    posting_id: str
    issue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintReceipt:
    """Put on record that a sale's receipt is printed again; its paper is marked as a copy."""

    posting_id: str
    sale_id: str


Command = (
    CreateShop
    | PutProduct
    | PublishProgramme
    | RetireProgramme
    | ResumeProgramme
    | EditShop
    | EnrolMember
    | EditMember
    | UnlinkCard
    | LinkCard
    | AddToSegment
    | RemoveFromSegment
    | RecordSale
    | ImportSale
    | HoldSale
    | ResumeSale
    | AttachMember
    | RefundSale
    | Exchange
    | VoidSale
    | ClaimReward
    | UndoClaim
    | PrintRewardVoucher
    | IssueCodes
    | IssueVoucher
    | IssueGiftCard
    | VoidCode
    | VoidCodes
    | ReprintReceipt
    | LifetimeCommand
    | PeopleCommand
    | StandingCommand
    | JournalCommand
    | GamesCommand
    | CardsCommand
)
