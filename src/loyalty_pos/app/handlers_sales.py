"""Sales: quoting, and recording once and for all (rules 8, 14, 21)."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from hashlib import blake2b
from typing import Any

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.asked_sales import (
    Asked,
    basket_of,
    choices_of,
    earns_only,
    moment_of,
    normalised,
    refuse_early,
)
from loyalty_pos.app.causes import note_pledges
from loyalty_pos.app.codes import Handed, hand_in, use_up
from loyalty_pos.app.commands import ImportSale, QuoteSale, RecordSale
from loyalty_pos.app.desk import Desk, text_hash
from loyalty_pos.app.events import Events
from loyalty_pos.app.games import PlayedSale, play_games
from loyalty_pos.app.gift_cards import hand_in_cards, spend_cards
from loyalty_pos.app.gifts import give_referrer
from loyalty_pos.app.line_stamps import stamps_by_line
from loyalty_pos.app.made_vouchers import give_vouchers, lineup_on
from loyalty_pos.app.months import note_sale
from loyalty_pos.app.pasts import seen_of
from loyalty_pos.app.ports import MemberRow, NewSale, SaleRow
from loyalty_pos.app.programme_uses import note_uses, usage_before, uses_record
from loyalty_pos.app.records import compact, goods_record, later_record, on_account_record, sale_record
from loyalty_pos.app.reservations import without_reserved
from loyalty_pos.app.sale_views import sale_view, view_of, with_vouchers, with_won
from loyalty_pos.app.sold import measured_still
from loyalty_pos.app.standings import note_bought, standing_of
from loyalty_pos.app.term_port import TermMove
from loyalty_pos.app.terms import held_terms, moves_of
from loyalty_pos.app.views import SaleView, VoucherView
from loyalty_pos.app.warranties import note_warranties
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import Basket
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import EarnRule, Revision
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.text import latin_digits


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
    sold: Sequence[Sequence[int]] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)
    cards: tuple[int, ...] = ()
    """The gift cards handed over that may pay, whether they were needed or not."""
    terms: tuple[TermMove, ...] = ()
    """What the sale brings in the memberships and contracts of its member."""
    text: str = ""
    """What was asked, as it is hashed."""


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


def record_sale(desk: Desk, command: RecordSale, **more: Any) -> SaleView:
    """Record a sale under its key: the same request again gets the first answer (rules 8).

    `more` stands in its record besides.
    """
    sale_id = text_field("sale_id", command.sale_id, 64)
    if ":" in sale_id:
        raise InvalidRequest("sale_id", "not_valid")
    with desk.store.transaction():
        desk.refresh()  # nobody else can publish from here on
        asked = normalised(desk, command)
        known = _already(desk, sale_id, asked)
        if known is not None:
            return known
        moment = moment_of(desk, command) if isinstance(command, ImportSale) else desk.now()
        receipt_no = asked.form["receipt_no"]
        _refuse_known_receipt(desk, receipt_no, moment.business_day)
        priced = price(desk, command, asked, moment)
        if command.fingerprint is not None and command.fingerprint != priced.fingerprint:
            raise Rejection("stale_quote", due_minor=priced.quote.due_minor, fingerprint=priced.fingerprint)
        number = desk.store.sales.next_number()
        record = _record(desk, priced, number, receipt_no, command.counts) | more
        made = _append(desk, sale_id, asked, priced, record, number)
        note_sale(desk, priced.member, moment.business_day, record)
    view = view_of(
        desk,
        record,
        moment,
        priced.member,
        sale_id=sale_id,
        till=desk.till,
        actor=desk.actor,
    )
    return with_vouchers(with_won(desk, view), made)


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
    if found is None or not same_request(desk, known.request_hash, asked.whole, asked.member):
        raise Rejection("key_taken", sale_id=sale_id)
    view = sale_view(desk, found)
    return view if not view.voided else as_first_answered(desk, found)


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


def price(desk: Desk, command: QuoteSale, asked: Asked, moment: Moment) -> Priced:
    shop, book, member = desk.shop, desk.book, asked.member
    basket = basket_of(desk, command)
    live = lineup_on(desk, past=earns_only(command))
    snapshot = snapshot_of(desk, member, moment, basket)
    if not earns_only(command):
        refuse_early(basket, snapshot.buyer if snapshot else None, moment.business_day)
    handed = hand_in(desk, command.use.codes, member, moment, lenient=command.use.lenient)
    held = {lot.revision for lot in snapshot.holdings.lots} if snapshot else set()
    held |= {one.revision for one in handed.codes if one.worth_minor}
    known = {**live.by_id, **book.revisions(held)} if held else live.by_id
    usage = usage_before(desk, book.limited, member.id if member else None, moment.business_day)
    rules = Rules(live, known, shop.money_step_minor, shop.expires, usage, shop.view.earn_on_tax)
    cards = hand_in_cards(desk, command.use.gift_cards, member, moment, lenient=command.use.lenient)
    choices = choices_of(desk, command, member)
    if handed.codes or cards.cards:
        choices = replace(choices, handed_in=handed.codes, gift_cards=cards.cards)
    priced = quote(basket, choices, snapshot, rules, moment)
    terms: tuple[TermMove, ...] = ()
    if snapshot is not None and snapshot.terms:
        lenient = replace(choices, lenient=True)
        terms = moves_of(desk, snapshot, priced, lambda one: quote(basket, lenient, one, rules, moment))
    if untold := (*handed.untold(priced), *cards.left_out):
        priced = replace(priced, trace=(*priced.trace, *untold))
    form = asked.form
    # The number on the till's paper changes no price.
    asked_text = compact(form)
    text = asked_text if form["receipt_no"] is None else compact({**form, "receipt_no": None})
    identity = [
        desk.store.ledger.last_posting(member.id) if member else 0,
        list(live.by_id),
        moment.business_day,
        priced.nets_minor,
        [priced.paid.credit_minor, priced.paid.points_minor, *map(tuple, priced.paid.cards)],
        [[one.revision, one.micros, one.yielded] for one in priced.contributions],
    ]
    fingerprint = blake2b((text + compact(identity)).encode(), digest_size=12).hexdigest()
    segments = tuple(sorted(snapshot.seen.segments)) if snapshot else ()
    return Priced(
        member,
        basket,
        priced,
        moment,
        fingerprint,
        handed,
        segments,
        form.get("sells", ()),
        form,
        tuple([one.card for one in cards.cards]),
        terms,
        asked_text,
    )


def snapshot_of(desk: Desk, member: MemberRow | None, moment: Moment, basket: Basket) -> Snapshot | None:
    """Return what a member holds, was and did before a sale of this moment; None for nobody."""
    if member is None:
        return None
    holdings = desk.store.ledger.balances(member.id, moment.at_ms, moment.life_day)
    seen = seen_of(desk, member, moment, holdings, desk.book.asks)
    holdings = without_reserved(desk, member.id, holdings, moment.at_ms)
    live = [known.revision for known in desk.book.live]
    counted = counted_today(desk, member, moment, live)
    events = Events(desk, member, moment, basket).states(desk.book.events)
    standing = standing_of(desk, member, moment)
    terms = held_terms(desk, member, moment)
    return Snapshot(member.id, member.kind, holdings, counted, standing, seen, events, terms)


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
        for programme, measured in measured_still(desk, row).items():
            counted[programme] = counted.get(programme, 0) + measured
    return counted


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
        # A contract gives by the revision it was begun with, which may be live no more.
        took = {one.revision for one in priced.quote.took} if priced.terms else set()
        record |= uses_record(priced.quote, [*live, *desk.book.revisions(took).values()])
        if any(one.account[0] == "voucher" for one in priced.quote.contributions):
            record["money_step_minor"] = desk.shop.money_step_minor
    if priced.sold:
        record["sold"] = priced.sold
    if priced.asked.get("on_account") and priced.quote.due_minor:
        record["on_account"] = on_account_record(priced.quote)
    if priced.segments:
        record["segments"] = list(priced.segments)
    if priced.terms:
        record["terms"] = [list(one) for one in priced.terms]
    if priced.member is None and number:
        record["later"] = later_record(priced.quote, priced.basket, counts or {})
    elif number:
        record["goods"] = goods_record(priced.basket)
    return record


def _append(
    desk: Desk, sale_id: str, asked: Asked, priced: Priced, record: dict[str, Any], number: int
) -> tuple[VoucherView, ...]:
    member = priced.member.id if priced.member else None
    moment = priced.moment
    movements = tuple(priced.quote.book.movements)
    hashed = asked.hashed if asked.contact else text_hash(priced.text)
    posting = desk.posting(sale_id, hashed, "sale", member, moment, record, movements)
    seq = desk.store.ledger.append(posting)
    net = priced.quote.net_minor
    day, at_ms = moment.business_day, moment.at_ms
    receipt_no = asked.form["receipt_no"]
    new = NewSale(sale_id, number, member, receipt_no, desk.till, day, net, at_ms)
    desk.store.sales.add(new, seq)
    use_up(desk, priced.quote, priced.handed, seq, member)
    spend_cards(desk, priced.quote, seq)
    note_warranties(desk, record, seq, asked.contact)
    note_pledges(desk, priced.quote.contributions, seq)
    desk.store.terms.move(seq, priced.terms)
    if desk.book.limited:
        note_uses(desk, record, member, day)
    if member is None or priced.member is None:
        return ()
    if "on_account" in record:
        desk.store.accounts.open(seq, member, record["on_account"]["due_minor"])
    desk.store.members.move_state(member, 1, net, day, at_ms)
    note_bought(desk, member, priced.quote, day, seq)
    give_referrer(desk, priced.member, moment, sale_id)
    if desk.book.games:
        play_games(desk, priced.member, priced.quote.trace, PlayedSale(seq, sale_id, day), moment)
    return give_vouchers(desk, priced.member, priced.quote.contributions, seq, sale_id, moment, moment)
