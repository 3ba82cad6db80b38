"""Finding sales of the past, the closed days, and what a member got in all."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.floor_ports import SaleFilter
from loyalty_pos.app.floor_views import (
    ClosedDaysView,
    ClosedDayView,
    FoundSalesView,
    FoundSaleView,
    MemberValueView,
    UnitValueView,
)
from loyalty_pos.app.handlers_days import SHORT, last_closing
from loyalty_pos.app.people import TEXT_AT_MOST, find_exactly, the_member
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.queries_floor import ClosedDays, FindSales, MemberValue
from loyalty_pos.app.records import due_minor, read_record, record_of
from loyalty_pos.app.sale_views import earned_of
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.dates import read_day
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.identifiers import read_receipt_barcode
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.text import latin_digits, search_key, strip_isolates

LOOKED_AT = 1_000
"""So many sales one answer looks through: a few milliseconds, and no sale at a till waits longer."""
NAMES_AT_MOST = 20
DIGITS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a text may mean: sales it names exactly, and what else to look for."""

    named: tuple[SaleRow, ...] = ()
    members: tuple[int, ...] | None = None
    amount_minor: int | None = None


def find_sales(desk: Desk, query: FindSales) -> FoundSalesView:
    """Find sales by what is asked; what a text names exactly stands on the first page alone."""
    meaning = _meaning(desk, query)
    wanted = SaleFilter(
        amount_minor=meaning.amount_minor,
        day=_day(query.day),
        members=meaning.members,
        unnamed=query.only == "unnamed",
        taken_back=query.only == "taken_back",
    )
    exact = query.number is not None
    named = [row for row in meaning.named if _kept(row, wanted)] if query.before is None else []
    postings: list[int] = []
    after: int | None = None
    if not exact and not _only_named(meaning, query):
        found, after = desk.store.sales.find(wanted, query.before, LOOKED_AT, query.limit)
        known = {row.posting for row in meaning.named}
        postings = [posting for posting in found if posting not in known]
    rows = [*named, *(desk.store.sales.by_posting(posting) for posting in postings)]
    return FoundSalesView(sales=tuple(_found(desk, row) for row in rows), next=after)


def _meaning(desk: Desk, query: FindSales) -> _Meaning:
    members = (the_member(desk, query.member).id,) if query.member is not None else None
    amount = query.amount_minor
    if amount is not None:
        amount = checked(amount, "amount_minor", 0, MAX_AMOUNT)
    text = text_field("text", strip_isolates(query.text), TEXT_AT_MOST, empty=True)
    if query.number is not None:
        sale = desk.store.sales.by_number(checked(query.number, "number", 1, MAX_AMOUNT))
        return _Meaning((sale,) if sale is not None else (), members, amount)
    if not text:
        return _Meaning((), members, amount)
    return _of_text(desk, text, members)


def _of_text(desk: Desk, text: str, members: tuple[int, ...] | None) -> _Meaning:
    """Tell what a text may mean: a receipt's barcode, somebody, a number, an amount, a name."""
    shown = latin_digits(text).strip()
    number = read_receipt_barcode(shown)
    if number is not None and (sale := desk.store.sales.by_number(number)) is not None:
        return _Meaning((sale,), members)
    person = find_exactly(desk, text)
    if person is not None:
        return _Meaning(members=(person.id,))
    receipts = tuple(desk.store.sales.by_receipt(text))
    digits = shown.replace(",", "").replace("\u066c", "").replace(" ", "")
    if digits.isdecimal() and len(digits) <= DIGITS_AT_MOST:
        sale = desk.store.sales.by_number(int(digits))
        others = tuple(row for row in receipts if sale is None or row.posting != sale.posting)
        amount = int(digits) * desk.languages["en"].minor_per_unit
        wanted = amount if amount <= MAX_AMOUNT else None
        return _Meaning((*((sale,) if sale is not None else ()), *others), members, wanted)
    if receipts:
        return _Meaning(receipts, members)
    found = desk.store.members.by_name(search_key(text), NAMES_AT_MOST)
    return _Meaning(members=tuple(row.id for row in found))


def _only_named(meaning: _Meaning, query: FindSales) -> bool:
    """Whether a text means nothing but the sales it names, or nothing at all."""
    return bool(query.text.strip()) and meaning.amount_minor is None and not meaning.members


def _kept(row: SaleRow, wanted: SaleFilter) -> bool:
    """Whether a sale named exactly is one of those asked for."""
    return (
        (wanted.day is None or row.business_day == wanted.day)
        and (wanted.members is None or row.member in wanted.members)
        and not (wanted.unnamed and row.member is not None)
        and not (wanted.taken_back and not row.voided and row.refund_record is None)
    )


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    if (day := read_day(text)) is None:
        raise InvalidRequest("day", "not_a_day")
    return day


def _found(desk: Desk, row: SaleRow) -> FoundSaleView:
    record = record_of(row)
    person = desk.store.members.get(row.member) if row.member is not None else None
    net = sum(line[5] for line in record["lines"])
    left = net if row.refund_record is None else read_record(row.refund_record)["left_minor"]
    earned = earned_of(record)
    return FoundSaleView(
        sale_id=row.sale_id,
        number=row.number,
        at_ms=row.at_ms,
        business_day=row.business_day,
        till=row.till,
        actor=row.actor,
        receipt_no=record["receipt_no"],
        member=person.ref if person else None,
        member_name=person.name if person else "",
        phone=person.phone if person else None,
        gross_minor=sum(line[4] for line in record["lines"]),
        net_minor=net,
        due_minor=due_minor(record),
        left_minor=0 if row.voided else left,
        points=earned.points,
        credit_minor=earned.credit_minor,
        voided=row.voided,
    )


def closed_days(desk: Desk, query: ClosedDays) -> ClosedDaysView:
    """List the closed days by their last closing."""
    days = desk.store.days.closed_before(_day(query.before), query.limit + 1)
    views = tuple(_closed(desk, day) for day in days[: query.limit])
    return ClosedDaysView(days=views, next=days[query.limit - 1] if len(days) > query.limit else None)


def _closed(desk: Desk, day: str) -> ClosedDayView:
    posting = last_closing(desk, day)
    assert posting is not None
    record = read_record(posting.record)
    return ClosedDayView(
        day=day,
        number=record["number"],
        at_ms=posting.at_ms,
        till=posting.till,
        actor=posting.actor,
        sales=record["figures"]["sales"],
        net_minor=record["figures"]["net_minor"],
        head_short=desk.store.days.hash_of(posting.seq)[:SHORT],
    )


def member_value(desk: Desk, query: MemberValue) -> MemberValueView:
    """Sum up what a member was given and what became of it."""
    member, moment = the_member(desk, query.member), desk.now()
    book = Book(desk.store.ledger.holdings(member.id), moment.at_ms, moment.life_day)
    moved = desk.store.lots.moved(member.id)

    def unit(name: str, account: Account) -> UnitValueView:
        sums = {kind: amount for of, kind, amount in moved if of == name}
        holds = book.balance(account) + book.pending(account)
        known = ("accrual", "redemption", "expiry", "conversion")
        adjusted = sum(amount for kind, amount in sums.items() if kind not in known)
        # What has ended is worth nothing before a sweep writes that down.
        ended = sum(sums.values()) - holds
        return UnitValueView(
            earned=sums.get("accrual", 0),
            used=-sums.get("redemption", 0),
            expired=ended - sums.get("expiry", 0),
            repaid=-sums.get("conversion", 0),
            adjusted=adjusted,
            holds=holds,
        )

    return MemberValueView(
        member=member.ref, points=unit("points", POINTS), credit_minor=unit("credit", CREDIT)
    )
