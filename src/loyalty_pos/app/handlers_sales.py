"""Sales: quoting, recording once and for all, taking back (rules 8, 14, 21, 30)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from loyalty_pos.app.codes import Handed, checked_codes, hand_in, use_up
from loyalty_pos.app.commands import ImportSale, QuoteSale, RecordSale, SaleLine, VoidSale
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.events import Events
from loyalty_pos.app.gifts import give_referrer, take_back_referral
from loyalty_pos.app.line_stamps import stamps_by_line
from loyalty_pos.app.pasts import seen_of
from loyalty_pos.app.people import the_member, voucher_lot
from loyalty_pos.app.ports import MemberRow, NewSale, SaleRow
from loyalty_pos.app.programme_uses import note_unused, note_uses, usage_before, uses_record
from loyalty_pos.app.queries import RecentSales, Sale, Why
from loyalty_pos.app.records import (
    compact,
    contributions,
    later_record,
    moved_record,
    qualifying_minor,
    read_record,
    record_of,
    sale_record,
    tier_record,
)
from loyalty_pos.app.reservations import without_reserved
from loyalty_pos.app.sale_views import FREE_ITEM, sale_view, tier_change, trace_of, view_of
from loyalty_pos.app.standings import note_bought, note_fallen, note_taken_back, standing_of
from loyalty_pos.app.views import Moved, NewReward, RecentSalesView, SaleView, TakenBackView, WhyView
from loyalty_pos.app.warranties import note_warranties
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import Basket, Choices, Line, checked
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book, Holdings
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.take_back import take_back
from loyalty_pos.domain.text import latin_digits

RECENT_AT_MOST = 50
LATEST_MS = 7_258_118_400_000
"""The beginning of the year 2200: calendars beyond it are a guess."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in the one form that is hashed, and the member it names."""

    form: Mapping[str, Any]
    member: MemberRow | None
    contact: str = ""

    @property
    def whole(self) -> Mapping[str, Any]:
        """Everything asked for; a price asks less."""
        return {**self.form, "contact": self.contact} if self.contact else self.form

    @property
    def hashed(self) -> bytes:
        return request_hash(self.whole)


@dataclass(frozen=True, slots=True)
class Priced:
    """A request made definite: who, what, and what it comes to."""

    member: MemberRow | None
    basket: Basket
    quote: Quote
    moment: Moment
    fingerprint: str
    handed: Handed
    segments: tuple[str, ...] = ()


def quote_sale(desk: Desk, query: QuoteSale) -> SaleView:
    priced = price(desk, query, normalised(desk, query), desk.now())
    record = _record(desk, priced, 0, query.receipt_no)
    view = view_of(
        desk,
        record,
        priced.moment,
        priced.member,
        sale_id=None,
        till=desk.till,
        actor=desk.actor,
    )
    stamps = stamps_by_line(desk, priced.basket, priced.quote)
    lines = tuple(
        replace(line, stamps=stamps[i]) if i in stamps else line for i, line in enumerate(view.lines)
    )
    return replace(view, points_at_most=priced.quote.paid.points_at_most, lines=lines)


def record_sale(desk: Desk, command: RecordSale) -> SaleView:
    """Record a sale under its key: the same request again gets the first answer (rules 8)."""
    sale_id = text_field("sale_id", command.sale_id, 64)
    if ":" in sale_id:
        raise InvalidRequest("sale_id", "not_valid")
    with desk.store.transaction():
        desk.refresh()  # nobody else can publish from here on
        asked = normalised(desk, command)
        known = _already(desk, sale_id, asked)
        if known is not None:
            return known
        moment = _past(desk, command) if isinstance(command, ImportSale) else desk.now()
        receipt_no = asked.form["receipt_no"]
        _refuse_known_receipt(desk, receipt_no, moment.business_day)
        priced = price(desk, command, asked, moment)
        if command.fingerprint is not None and command.fingerprint != priced.fingerprint:
            raise Rejection("stale_quote", due_minor=priced.quote.due_minor, fingerprint=priced.fingerprint)
        number = desk.store.sales.next_number()
        record = _record(desk, priced, number, receipt_no, command.counts)
        _append(desk, sale_id, asked, priced, record, number)
    return view_of(
        desk,
        record,
        moment,
        priced.member,
        sale_id=sale_id,
        till=desk.till,
        actor=desk.actor,
    )


def void_sale(desk: Desk, command: VoidSale) -> TakenBackView:
    """Take back everything kept of a sale; asked again it answers the same (rules 30)."""
    with desk.store.transaction():
        sale = stored_sale(desk, command.sale_id)
        key = f"void:{sale.sale_id}"
        known = desk.store.ledger.posting(key)
        if known is not None:
            return _taken_back(desk, sale, read_record(known.record))
        record = record_of(sale)
        moment = desk.now()
        holdings = desk.store.ledger.holdings(sale.member, sale.value_posting) if sale.member else Holdings()
        book = Book(holdings, moment.at_ms, moment.business_day)
        given = contributions(record)
        entries = desk.store.ledger.entries(sale.value_posting)
        touched = {entry.account[1] for entry in entries} | {one.programme for one in given}
        steps = {programme: desk.book.step_now(programme) for programme in touched if programme}
        take_back(book, entries, given, steps)
        net = sum(line[5] for line in record["lines"])
        buyer = desk.store.members.get(sale.member) if sale.member is not None else None
        stood, stands = (
            note_taken_back(desk, buyer, qualifying_minor(record), sale.business_day, moment)
            if buyer
            else (None, None)
        )
        paid = record["paid"]
        back = {
            "sale": sale.posting,
            "refund_minor": net - paid["credit_minor"] - paid["points_minor"],
            "to_credit_minor": _came_back(book, CREDIT),
            "to_points": _came_back(book, POINTS),
            "moved": moved_record(book),
            "tier": tier_record(stood, stands),
        }
        posting = desk.posting(
            key, {"void": sale.sale_id}, "void", sale.member, moment, back, tuple(book.movements)
        )
        seq = desk.store.ledger.append(posting)
        desk.store.sales.void(sale.posting, seq)
        note_unused(desk, sale)
        take_back_referral(desk, sale, moment)
        desk.store.codes.give_back(sale.posting, seq)
        desk.store.warranties.forget(sale.posting)
        if sale.member is not None:
            desk.store.members.move_state(sale.member, -1, -net, sale.business_day, None)
        if buyer is not None and stood is not None and stands is not None:
            note_fallen(desk, buyer.id, stood, stands, seq)
    return _taken_back(desk, sale, back)


def sale(desk: Desk, query: Sale) -> SaleView:
    return sale_view(desk, stored_sale(desk, query.sale_id))


def why(desk: Desk, query: Why) -> WhyView:
    found = stored_sale(desk, query.sale_id)
    return WhyView(sale_id=found.sale_id, trace=trace_of(desk, record_of(found)))


def recent_sales(desk: Desk, query: RecentSales) -> RecentSalesView:
    limit = checked(query.limit, "limit", 1, RECENT_AT_MOST)
    return RecentSalesView(
        sales=tuple(sale_view(desk, row) for row in desk.store.sales.recent(desk.till, limit))
    )


def stored_sale(desk: Desk, sale_id: str) -> SaleRow:
    sales, key = desk.store.sales, text_field("sale_id", sale_id, 64)
    found = sales.by_id(key) or sales.by_id(latin_digits(key))
    if found is None:
        raise Rejection("unknown_sale", sale_id=sale_id)
    return found


def _already(desk: Desk, sale_id: str, asked: Asked) -> SaleView | None:
    known = desk.store.ledger.posting(sale_id)
    if known is None:
        return None
    found = desk.store.sales.by_id(sale_id)
    if found is None or known.request_hash != asked.hashed:
        raise Rejection("key_taken", sale_id=sale_id)
    view = sale_view(desk, found)
    return view if not view.voided else as_first_answered(desk, found)


def _past(desk: Desk, command: ImportSale) -> Moment:
    return desk.shop.moment(checked(command.at_ms, "at_ms", 0, LATEST_MS))


def as_first_answered(desk: Desk, row: SaleRow) -> SaleView:
    return sale_view(desk, replace(row, voided=False))


def _refuse_known_receipt(desk: Desk, receipt_no: str | None, day: str) -> None:
    if receipt_no is None:
        return
    known = desk.store.sales.same_receipt(receipt_no, desk.till, day)
    if known is not None:
        raise Rejection(
            "duplicate_receipt", receipt_no=receipt_no, sale_id=known.sale_id, number=known.number
        )


def normalised(desk: Desk, asked: QuoteSale) -> Asked:
    """Bring a request to the one form that is hashed: without time, fingerprint and spelling (rules 8)."""
    if asked.use.gift_cards:
        raise Rejection("not_available", field="use.gift_cards")
    if asked.on_account:
        raise Rejection("not_available", field="on_account")
    use = asked.use
    receipt = None if asked.receipt_no is None else text_field("receipt_no", asked.receipt_no, 64)
    member = None if asked.member is None else the_member(desk, asked.member)
    # Left out where there are none: a sale of an older program asked again must hash as it did.
    codes = {"codes": checked_codes(use.codes)} if use.codes else {}
    accept = {"accept": sorted(use.accept)} if use.accept else {}
    form = {
        "member": member.ref if member else None,
        "receipt_no": latin_digits(receipt) if receipt else None,
        "amount_minor": asked.amount_minor,
        "lines": [
            [line.sku, line.text, line.quantity, line.unit_price_minor, line.discount_minor]
            for line in asked.lines
        ],
        "counts": dict(sorted(asked.counts.items())),
        "use": {
            "credit_minor": use.credit_minor,
            "points": use.points,
            "vouchers": sorted(use.vouchers),
            **codes,
            "free_lines": dict(sorted(use.free_lines.items())),
            "decline": sorted(use.decline),
            **accept,
            "lenient": use.lenient,
        },
        "earn_only": _earns_only(asked),
    }
    return Asked(form, member, _contact(asked))


def _contact(asked: QuoteSale) -> str:
    given = asked.contact if isinstance(asked, RecordSale) else None
    return text_field("contact", given or "", 80, empty=True)


def price(desk: Desk, command: QuoteSale, asked: Asked, moment: Moment) -> Priced:
    shop, book, member = desk.shop, desk.book, asked.member
    basket = _basket(desk, command)
    live = book.lineup
    snapshot = _snapshot(desk, member, moment, basket)
    held = {lot.revision for lot in snapshot.holdings.lots} if snapshot else set()
    known = {**live.by_id, **book.revisions(held)} if held else live.by_id
    usage = usage_before(desk, book.limited, member.id if member else None, moment.business_day)
    rules = Rules(live, known, shop.money_step_minor, shop.expires, usage, shop.view.earn_on_tax)
    handed = hand_in(desk, command.use.codes, member, moment, lenient=command.use.lenient)
    choices = _choices(desk, command, member)
    if handed.codes:
        choices = replace(choices, handed_in=handed.codes)
    priced = quote(basket, choices, snapshot, rules, moment)
    if untold := handed.untold(priced):
        priced = replace(priced, trace=(*priced.trace, *untold))
    identity = [
        {**asked.form, "receipt_no": None},  # the number on the till's paper changes no price
        desk.store.ledger.last_posting(member.id) if member else 0,
        list(live.by_id),
        moment.business_day,
        priced.nets_minor,
        [priced.paid.credit_minor, priced.paid.points_minor],
        [[one.revision, one.micros, one.yielded] for one in priced.contributions],
    ]
    fingerprint = blake2b(compact(identity).encode(), digest_size=12).hexdigest()
    segments = tuple(sorted(snapshot.seen.segments)) if snapshot else ()
    return Priced(member, basket, priced, moment, fingerprint, handed, segments)


def _earns_only(asked: QuoteSale) -> bool:
    return isinstance(asked, ImportSale) and not asked.with_benefits


def _snapshot(desk: Desk, member: MemberRow | None, moment: Moment, basket: Basket) -> Snapshot | None:
    if member is None:
        return None
    holdings = desk.store.ledger.balances(member.id, moment.at_ms, moment.business_day)
    seen = seen_of(desk, member, moment, holdings, desk.book.asks)
    holdings = without_reserved(desk, member.id, holdings, moment.at_ms)
    live = [known.revision for known in desk.book.live]
    counted = counted_today(desk, member, moment, live)
    events = Events(desk, member, moment, basket).states(desk.book.events)
    standing = standing_of(desk, member, moment)
    return Snapshot(member.id, member.kind, holdings, counted, standing, seen, events)


def counted_today(
    desk: Desk, member: MemberRow, moment: Moment, revisions: Sequence[Revision]
) -> dict[str, int]:
    """Sum what each programme already counted on this business day, where a rule asks."""
    rules = [revision.rule for revision in revisions]
    daily = any(
        isinstance(rule, EarnRule) and (rule.measure == "visit_days" or rule.max_per_day) for rule in rules
    )
    counted: dict[str, int] = {}
    day = moment.business_day
    for row in desk.store.sales.of_member(member.id, day, day) if daily else ():
        for one in contributions(record_of(row)):
            counted[one.programme] = counted.get(one.programme, 0) + one.measured
    return counted


def _choices(desk: Desk, asked: QuoteSale, member: MemberRow | None) -> Choices:
    use = asked.use
    credit: Any = use.credit_minor
    if credit not in (None, "all"):
        credit = checked(credit, "use.credit_minor", 0, MAX_AMOUNT)
    points = None if use.points is None else checked(use.points, "use.points", 0, MAX_AMOUNT)
    for key in (*use.decline, *use.accept, *asked.counts, *use.free_lines):
        desk.book.newest_named(key)
    for key, count in asked.counts.items():
        checked(count, f"counts.{key}", 0, MAX_QUANTITY)
    if asked.counts and asked.amount_minor is None:
        raise InvalidRequest("counts", "only_with_an_amount")
    for key, line in use.free_lines.items():
        checked(line, f"use.free_lines.{key}", 1, max(1, len(asked.lines)))
    if use.vouchers and member is None:
        raise Rejection("no_member_to_use")
    lots = {voucher_lot(desk, text, member) for text in use.vouchers} if member is not None else set()
    return Choices(
        credit_minor=credit,
        points=points,
        decline=frozenset(use.decline),
        accept=frozenset(use.accept),
        counts=dict(asked.counts),
        free_lines=dict(use.free_lines),
        vouchers=frozenset(lots),
        lenient=use.lenient,
        earn_only=_earns_only(asked),
    )


def _basket(desk: Desk, asked: QuoteSale) -> Basket:
    if (asked.amount_minor is None) == (not asked.lines):
        raise InvalidRequest("amount_minor", "amount_or_lines")
    if asked.amount_minor is not None:
        amount = checked(asked.amount_minor, "amount_minor", 0, MAX_AMOUNT)
        return Basket((Line("", 1, amount, tax_bp=desk.shop.tax_in_price(None)),), amount_mode=True)
    return Basket(tuple(_line(desk, number, line) for number, line in enumerate(asked.lines, 1)))


def _line(desk: Desk, number: int, line: SaleLine) -> Line:
    where = f"lines.{number - 1}"
    quantity = checked(line.quantity, f"{where}.quantity", 1, MAX_QUANTITY)
    price = line.unit_price_minor
    if line.sku is None:
        if price is None:
            raise InvalidRequest(f"{where}.unit_price_minor", "missing")
        text = text_field(f"{where}.text", line.text or "", 80, empty=True)
        return Line(text, quantity, price, line.discount_minor, tax_bp=desk.shop.tax_in_price(None))
    product = desk.store.shops.product(text_field(f"{where}.sku", line.sku, 64))
    if product is None:
        raise Rejection("unknown_product", sku=line.sku, line=number)
    return Line(
        text=product.name,
        quantity=quantity,
        unit_price_minor=product.price_minor if price is None else price,
        till_discount_minor=line.discount_minor,
        sku=product.sku,
        group=product.group,
        earns=product.earns,
        tax_bp=desk.shop.tax_in_price(product.tax_bp),
        cost_minor=product.cost_minor,
    )


def _record(
    desk: Desk,
    priced: Priced,
    number: int,
    receipt_no: str | None,
    counts: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    live = [known.revision for known in desk.book.live]
    record = sale_record(priced.quote, priced.basket, live, number, receipt_no, priced.fingerprint)
    if number:
        record |= uses_record(priced.quote, live)
    if priced.segments:
        record["segments"] = list(priced.segments)
    if priced.member is None and number:
        record["later"] = later_record(priced.quote, priced.basket, counts or {})
    return record


def _append(
    desk: Desk, sale_id: str, asked: Asked, priced: Priced, record: dict[str, Any], number: int
) -> None:
    member = priced.member.id if priced.member else None
    moment = priced.moment
    movements = tuple(priced.quote.book.movements)
    posting = desk.posting(sale_id, asked.whole, "sale", member, moment, record, movements)
    seq = desk.store.ledger.append(posting)
    net = priced.quote.net_minor
    day, at_ms = moment.business_day, moment.at_ms
    receipt_no = asked.form["receipt_no"]
    new = NewSale(sale_id, number, member, receipt_no, desk.till, day, net, at_ms)
    desk.store.sales.add(new, seq)
    use_up(desk, priced.quote, priced.handed, seq, member)
    note_warranties(desk, record, seq, asked.contact)
    if desk.book.limited:
        note_uses(desk, record, member, day)
    if member is not None:
        desk.store.members.move_state(member, 1, net, day, at_ms)
        note_bought(desk, member, priced.quote, day, seq)
    if priced.member is not None:
        give_referrer(desk, priced.member, moment, sale_id)


def _came_back(book: Book, account: Account) -> int:
    """Sum what really went back into lots; a lot that expired meanwhile took nothing (rules 27)."""
    return sum(
        move.amount
        for move in book.movements
        if move.account == account and move.kind == "reversal" and move.amount > 0
    )


def _taken_back(desk: Desk, sale: SaleRow, back: Any) -> TakenBackView:
    return TakenBackView(
        sale_id=sale.sale_id,
        number=sale.number,
        refund_minor=back["refund_minor"],
        to_credit_minor=back["to_credit_minor"],
        to_points=back["to_points"],
        moved=tuple(moved_view(desk, *one) for one in back["moved"]),
        rewards=tuple(
            NewReward(programme=programme, yield_=FREE_ITEM, count=amount)
            for unit, programme, amount in back["moved"]
            if unit == "reward"
        ),
        tier=tier_change(back),
    )


def moved_view(desk: Desk, unit: str, programme: str, amount: int) -> Moved:
    """Say an account's movement in the unit people count: stamps whole, other progress in millionths."""
    if unit.endswith("progress") and desk.book.yields_rewards(programme):
        # Whole stamps towards zero: half a stamp taken back is none.
        stamps = abs(amount) // desk.book.unit_micro(programme)
        unit, amount = unit.replace("progress", "stamps"), stamps if amount > 0 else -stamps
    elif unit.endswith("progress"):
        unit = f"{unit}_micro"
    return Moved(account=f"{unit}:{programme}" if programme else unit, unit=unit, amount=amount)
