"""What the shop needs from outside, as the handlers see it. The store, clocks and chance fit these."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from loyalty_pos.app.account_port import Accounts
from loyalty_pos.app.backup_views import BackupView
from loyalty_pos.app.cause_port import Causes
from loyalty_pos.app.code_ports import Codes
from loyalty_pos.app.commands import PutProduct, Restore
from loyalty_pos.app.filter_port import Sieve
from loyalty_pos.app.floor_ports import FindsSales
from loyalty_pos.app.game_port import Games
from loyalty_pos.app.gift_card_ports import GiftCards
from loyalty_pos.app.guest_port import Guests
from loyalty_pos.app.hold_ports import HeldSales
from loyalty_pos.app.journal_port import Journals
from loyalty_pos.app.lifetime_ports import Days, Lots, Reviews
from loyalty_pos.app.merge_port import Merges
from loyalty_pos.app.pacing import Pace
from loyalty_pos.app.partner_port import Partners
from loyalty_pos.app.term_port import Terms
from loyalty_pos.app.views import AuditView, ShopView
from loyalty_pos.app.warranty_port import Warranties
from loyalty_pos.domain.counting import Counted, Counting
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Holdings, Movement
from loyalty_pos.domain.limits import Usage
from loyalty_pos.domain.take_back import Entry
from loyalty_pos.domain.windows import Span

if TYPE_CHECKING:
    from loyalty_pos.app.brought_port import Brought
    from loyalty_pos.app.month_port import Months
    from loyalty_pos.app.report_port import Reports
    from loyalty_pos.app.sheet_port import Sheets


class Clock(Protocol):
    def now_ms(self) -> int:
        """Return the time in UTC milliseconds."""


class Chance(Protocol):
    """Where new identities and secret codes come from."""

    def ref(self) -> str:
        """Return a new random identity, 16 hexadecimal digits."""

    def code_bits(self) -> int:
        """Return 80 unpredictable bits."""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One revision of a programme as it was published; `live` when it is the one in force."""

    programme: int
    key: str
    kind: str
    revision: int
    number: int
    name: str
    params: Mapping[str, Any]
    when: Mapping[str, Any]
    live: bool


class MemberRow(NamedTuple):
    """A member with the counters a sale moves. A tuple, for lists of them are read at every keystroke."""

    id: int
    ref: str
    kind: str
    enrolled_day: str
    name: str
    phone: str | None
    note: str
    visits: int
    spend_minor: int
    last_visit_day: str | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member with everything that is written down about them."""

    member: MemberRow
    birthday: str | None
    city: str
    tags: Sequence[str]
    interests: Sequence[str]
    consent: bool
    gender: str = "unknown"


@dataclass(frozen=True, slots=True)
class NewMember:
    ref: str
    kind: str
    enrolled_day: str
    name: str
    name_key: str
    phone: str | None
    card: str | None
    birthday: str | None
    city: str
    tags: Sequence[str]
    interests: Sequence[str]
    consent: bool
    at_ms: int
    gender: str = "unknown"


@dataclass(frozen=True, slots=True)
class Posting:
    """One event about to be appended: who, where, when, what it says, and what moves."""

    key: str
    request_hash: bytes
    kind: str
    member: int | None
    actor: str
    till: str
    at_ms: int
    business_day: str
    record: str
    movements: Sequence[Movement] = ()


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """A posting that already stands under a key."""

    seq: int
    key: str
    request_hash: bytes
    kind: str
    record: str
    member: int | None = None
    at_ms: int = 0
    business_day: str = ""
    till: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A posting of a member as history tells it; `voided` when it is a sale that was taken back."""

    seq: int
    key: str
    kind: str
    at_ms: int
    business_day: str
    till: str
    actor: str
    record: str
    voided: bool


@dataclass(frozen=True, slots=True)
class SaleRow:
    """Where a stored sale stands; its contents are in `record`.

    A sale that got its `member` later has what it gave them in `attached_record`, posted as `attached`.
    """

    posting: int
    sale_id: str
    number: int
    member: int | None
    record: str
    at_ms: int
    business_day: str
    till: str
    actor: str
    request_hash: bytes
    voided: bool
    attached: int | None = None
    attached_record: str | None = None
    refund_record: str | None = None
    """What the last refund says, when a part was taken back."""

    @property
    def value_posting(self) -> int:
        """The posting whose entries moved the member's balances."""
        return self.posting if self.attached is None else self.attached


@dataclass(frozen=True, slots=True)
class NewSale:
    sale_id: str
    number: int
    member: int | None
    receipt_no: str | None
    till: str
    business_day: str
    net_minor: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class LotOrigin:
    """A lot as a member sees it: where it came from and whether a paper code is out for it."""

    lot: int
    sale_id: str | None
    printed: bool


@dataclass(frozen=True, slots=True)
class LotEnd:
    """How a lot ends: what is left, the business day a sale took the last of it, its last day."""

    left: int
    used_on: str | None
    expires_on: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """Where backups go, and how much room the fuller of the two disks has."""

    folder: str
    free_bytes: int
    low: bool
    same_disk: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore put in place: the audit's figures of it, and how many postings stood before."""

    old_file: str | None
    figures: Mapping[str, int]
    postings_before: int
    sealed: bool
    head: str
    """The seal of the last posting, in hexadecimal figures."""
    journal_lines: int


class Shops(Protocol):
    def shop(self) -> ShopView | None: ...
    def create(self, shop: ShopView) -> None: ...
    def edit(self, shop: ShopView) -> None: ...
    def put_product(self, product: PutProduct) -> None: ...
    def product(self, sku: str) -> PutProduct | None: ...
    def products(self) -> Sequence[PutProduct]: ...
    def product_by_barcode(self, barcode: str) -> PutProduct | None: ...
    def version(self) -> int:
        """Return a number that changes whenever another program changed the file."""


class Programmes(Protocol):
    def live(self) -> Sequence[ProgrammeRow]: ...
    def revision(self, revision: int) -> ProgrammeRow: ...
    def latest(self, key: str) -> ProgrammeRow | None:
        """Return the newest revision of a programme, live or retired."""

    def publish(
        self,
        key: str,
        kind: str,
        name: str,
        params: Mapping[str, Any],
        when: Mapping[str, Any],
        posting: int,
    ) -> ProgrammeRow: ...
    def retire(self, key: str) -> None: ...
    def resume(self, key: str, revision: int) -> None: ...
    def newest(self) -> Sequence[ProgrammeRow]:
        """Return the newest revision of every programme, live or retired."""


class Members(Protocol):
    def add(self, member: NewMember) -> int: ...
    def get(self, member: int) -> MemberRow: ...
    def add_card(self, number: str, member: int) -> None: ...
    def cards(self, member: int) -> Sequence[str]: ...
    def by_card(self, number: str) -> MemberRow | None: ...
    def by_phone(self, e164: str) -> MemberRow | None: ...
    def by_ref(self, ref: str) -> MemberRow | None: ...
    def named(self, card: str, ref: str, phone: str | None) -> MemberRow | None:
        """Return the member one of these names exactly, the card before the rest."""

    def by_last_digits(self, digits: str, limit: int) -> Sequence[MemberRow]: ...
    def by_name(self, key: str, limit: int) -> Sequence[MemberRow]: ...
    def namesakes(self, name_key: str, birthday: str, limit: int) -> Sequence[MemberRow]:
        """Return the members of exactly this folded name who were born on this day."""

    def page(self, after: int, limit: int) -> Sequence[PersonRow]:
        """Return the members enrolled after the member `after`, first ones first."""

    def in_name_order(self, after: int | None, limit: int) -> Sequence[MemberRow]:
        """Return the members that follow the member `after` by folded name; the nameless come last."""

    def count(self) -> int: ...
    def person(self, member: int) -> PersonRow: ...
    def edit(self, person: PersonRow, name_key: str) -> None:
        """Write down anew what a person row says of a member."""

    def unlink_card(self, number: str) -> None: ...

    def move_state(self, member: int, visits: int, spend_minor: int, day: str, at_ms: int | None) -> None:
        """Move the counters of a member; `at_ms` None takes a visit back."""


class Ledger(Protocol):
    def posting(self, key: str) -> StoredPosting | None: ...
    def append(self, posting: Posting) -> int: ...
    def holdings(self, member: int, *also: int) -> Holdings:
        """Return every open lot and plain balance; of the postings `also` every lot they touched too."""

    def balances(self, member: int, at_ms: int, day: str) -> Holdings:
        """Return the same holdings for one moment, with lots that need not be looked at still unread."""

    def balances_of(self, members: Sequence[int], at_ms: int, day: str) -> Mapping[int, Holdings]:
        """Return the balances of each of some members."""

    def entries(self, posting: int) -> Sequence[Entry]: ...
    def last_posting(self, member: int) -> int: ...
    def gave(self, member: int, programme: str) -> Sequence[tuple[str, str, int | None]]:
        """Return day and record of the kept postings that added to a member's progress in a programme.

        Of what a sale gave of which a part was taken back, also that sale.
        """

    def history(self, member: int, before: int | None, limit: int) -> Sequence[HistoryRow]:
        """Return a member's postings older than the posting `before`, newest first."""

    def origins(self, member: int) -> Mapping[int, LotOrigin]: ...
    def add_voucher(self, code_hash: bytes, lot: int, posting: int) -> None: ...
    def voucher(self, code_hash: bytes) -> tuple[int, int, bool] | None:
        """Return (member, lot, live) of a paper code; live when it is the newest and the right is unused."""

    def was_printed(self, lot: int) -> bool: ...
    def lot_end(self, lot: int) -> LotEnd: ...


class Sales(FindsSales, Protocol):
    def add(self, sale: NewSale, posting: int) -> None: ...
    def next_number(self) -> int: ...
    def by_id(self, sale_id: str) -> SaleRow | None: ...
    def by_number(self, number: int) -> SaleRow | None: ...
    def by_receipt(self, receipt_no: str) -> Sequence[SaleRow]: ...
    def same_receipt(self, receipt_no: str, till: str, day: str) -> SaleRow | None:
        """Return the kept sale that already has this receipt number on this till and day (rules 21)."""

    def recent(self, till: str, limit: int) -> Sequence[SaleRow]: ...
    def page(self, after: int, limit: int) -> Sequence[SaleRow]:
        """Return the sales with a greater number than `after`, least first."""

    def of_member(self, member: int, from_day: str, to_day: str) -> Sequence[SaleRow]:
        """Return a member's kept sales of the days given, both included."""

    def count_of_member(self, member: int, from_day: str) -> int: ...
    def void(self, sale: int, posting: int) -> None: ...
    def refund(self, sale: int, posting: int, net_minor: int) -> None:
        """Note that a posting took back a part of a sale, or the last of it."""

    def by_posting(self, posting: int) -> SaleRow: ...
    def attach(self, sale: int, member: int, posting: int) -> None: ...


class Standings(Protocol):
    """What counts towards levels day by day, and the level each member holds."""

    def counted(self, member: int, counting: Counting, span: Span, to_day: str) -> Counted:
        """Sum what counts of a member up to and with a day: in a window, and in the one before it."""

    def tally(self, member: int, from_day: str, to_day: str) -> tuple[int, int]:
        """Count the sales and sum the spend of the days given, both included."""

    def points(self, member: int, but_sale: int) -> tuple[int, int]:
        """Sum the points that count, and what sales but one that are kept whole earned by themselves."""

    def shared_days(self, one: int, other: int, from_day: str, to_day: str) -> int:
        """Count the days on which both of two members bought."""

    def last_days(self, member: int, to_day: str, limit: int) -> Sequence[str]:
        """Return the last days on which a member bought, up to and with a day, latest first."""

    def held(self, member: int, programme: int, day: str) -> tuple[str | None, str | None]:
        """Return the level an event last put a member on, and the one given by hand that holds on a day."""

    def moves(self, member: int, programme: int) -> Iterator[tuple[str | None, str, str]]:
        """Give the levels that events put a member on, the last first, with day and kind of posting."""

    def move(self, member: int, day: str, sales: int, spend_minor: int, points: int) -> None: ...
    def stand(self, member: int, programme: int, before: str | None, after: str | None, posting: int) -> None:
        """Put on record that a posting moved a member from one level to another."""


class Uses(Protocol):
    """What programmes with limits gave so far."""

    def of(self, programme: int, member: int | None, day: str) -> Usage: ...
    def move(self, programme: int, member: int | None, day: str, times: int, spent_minor: int) -> None:
        """Count a use, or with negative numbers give it back; a programme without limits is not counted."""

    def count_members_anew(self, members: Sequence[int]) -> None:
        """Count anew what members had, each with everybody merged into them."""

    def count_anew(self, programme: int) -> None:
        """Begin to count a programme, from everything its kept sales say they used of it."""

    def stop(self, programme: int) -> None: ...


class Segments(Protocol):
    """Who was put on the lists of segments by hand; a segment goes by its programme number."""

    def of_member(self, member: int) -> frozenset[int]: ...
    def page(self, programme: int, after: int, limit: int) -> Sequence[int]: ...
    def count(self, programme: int) -> int: ...
    def add(self, programme: int, member: int, posting: int) -> None: ...
    def remove(self, programme: int, member: int) -> None: ...


class Store(Protocol):
    """One shop's file. Everything inside `transaction` happens together or not at all."""

    shops: Shops
    programmes: Programmes
    members: Members
    sieve: Sieve
    ledger: Ledger
    sales: Sales
    standings: Standings
    uses: Uses
    segments: Segments
    warranties: Warranties
    held: HeldSales
    codes: Codes
    gift_cards: GiftCards
    lots: Lots
    reviews: Reviews
    days: Days
    merges: Merges
    accounts: Accounts
    causes: Causes
    terms: Terms
    journal: Journals
    games: Games
    guests: Guests
    partners: Partners
    reports: "Reports"
    months: "Months"
    brought: "Brought"
    sheets: "Sheets"

    def transaction(self) -> AbstractContextManager[object]: ...
    def spoken(self) -> AbstractContextManager[object]:
        """Make a Fault of whatever the machine refuses in here."""

    def watched(self, pace: Pace) -> AbstractContextManager[object]:
        """Let even one long statement be called off in here."""

    def audit(self, pace: Pace | None = None) -> AuditView: ...
    def backup(self, where: str | None, shop: str, at_ms: int, pace: Pace | None = None) -> BackupView:
        """Make an audited copy in a folder or under a name; the newest one again when nothing changed."""

    def backups(self, where: str | None, shop: str | None) -> Sequence[BackupView]:
        """Return the copies of a shop in a folder, or of every shop, newest first."""

    def drop_backups(self, backups: Sequence[BackupView]) -> None: ...
    def room(self, where: str | None) -> Room: ...
    def restore(self, command: Restore, at_ms: int, pace: Pace | None = None) -> Restored:
        """Put an audited backup, brought to the present, in this file's place under a new epoch."""

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; called when the till is idle."""

    def close(self) -> None: ...
