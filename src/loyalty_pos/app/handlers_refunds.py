"""Taking sales back, in part and in whole: a void is the refund of everything kept (rules 26-31)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from loyalty_pos.app.causes import pledges_back, take_pledges_back
from loyalty_pos.app.commands import QuoteRefund, RefundSale, VoidSale
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.games import GamesBack, games_back, note_games_back, take_prizes
from loyalty_pos.app.gift_cards import cards_back_record, refuse_spent_cards, take_cards_back
from loyalty_pos.app.gifts import take_back_referral
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.made_vouchers import Changed, change_vouchers, changed_record, changed_vouchers
from loyalty_pos.app.months import note_sale_changed
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.programme_uses import give_back_uses, unused_between
from loyalty_pos.app.records import (
    Record,
    card_payments,
    compact,
    moved_record,
    read_record,
    record_of,
    tier_record,
)
from loyalty_pos.app.refund_cards import ONTO_CARD, ONTO_CREDIT, issue_refund_card, where_to
from loyalty_pos.app.refund_views import taken_back_view
from loyalty_pos.app.sold import kept_of, kept_record, sold_of, step_of
from loyalty_pos.app.standings import (
    counts_taken_back,
    note_change,
    note_taken_back,
    spared,
    standing_without,
)
from loyalty_pos.app.terms import terms_back, terms_moved
from loyalty_pos.app.views import TakenBackView, VoucherView
from loyalty_pos.app.warranties import end_warranties
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.keeping import (
    Kept,
    Sold,
    cards_back,
    codes_back,
    left_to_pay,
    money_back,
    nothing_of,
    price_withheld,
    refunded,
    without_money,
    without_units,
    worth_back,
)
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import CREDIT, POINTS, Account, Book, Holdings, NewLot
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY
from loyalty_pos.domain.take_back import take_back
from loyalty_pos.domain.tiers import Counts, Standing

LINES_AT_MOST = 500

Asks = Callable[[Sold, Kept], Kept]
"""Says what is kept after a request, of what is kept before it."""


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """A taking back worked out and not yet posted."""

    sale: SaleRow
    buyer: MemberRow | None
    moment: Moment
    book: Book
    kept: Kept
    record: dict[str, Any]
    counts: Counts
    vouchers: Sequence[Changed] = ()
    stood: Standing | None = None
    stands: Standing | None = None
    games: GamesBack = GamesBack()


def refund_sale(desk: Desk, command: RefundSale, **more: Any) -> TakenBackView:
    """Take back a part of a sale under its key: the same request again gets the first answer (rules 8).

    `more` stands in the record beside what moved.
    """
    key = text_field("refund_id", command.refund_id, 64)
    if ":" in key:
        raise InvalidRequest("refund_id", "not_valid")
    with desk.store.transaction():
        sale, form = stored_sale(desk, command.sale_id), _form(desk, command)
        request = {"refund": sale.sale_id, **form}
        known = desk.store.ledger.posting(key)
        if known is not None:
            if known.kind != "refund" or known.request_hash != request_hash(request):
                raise Rejection("key_taken", sale_id=key)
            return taken_back_view(desk, sale, read_record(known.record), key)
        taken = _work_out(desk, sale, _asked(command), form["refund_to"])
        if command.fingerprint is not None and command.fingerprint != taken.record["fingerprint"]:
            raise Rejection("stale_refund", refund_minor=taken.record["refund_minor"])
        taken.record.update(more)
        remade = _post(desk, taken, key, request, "refund")
        onto = taken.record.get("new_card_minor", 0)
        card = issue_refund_card(desk, sale, key, onto) if onto else None
    return replace(taken_back_view(desk, sale, taken.record, key), remade=remade, new_card=card)


def quote_refund(desk: Desk, query: QuoteRefund) -> TakenBackView:
    """Say what a refund would do, to the unit; nothing is posted."""
    sale = stored_sale(desk, query.sale_id)
    onto = _form(desk, query)["refund_to"]
    return taken_back_view(desk, sale, _work_out(desk, sale, _asked(query), onto).record, None)


def void_sale(desk: Desk, command: VoidSale) -> TakenBackView:
    """Take back everything kept of a sale; asked again it answers the same (rules 30)."""
    with desk.store.transaction():
        sale = stored_sale(desk, command.sale_id)
        key = f"void:{sale.sale_id}"
        known = desk.store.ledger.posting(key)
        if known is not None:
            return taken_back_view(desk, sale, read_record(known.record), None)
        record = take_whole_back(desk, sale)
    return taken_back_view(desk, sale, record, None)


def take_whole_back(desk: Desk, sale: SaleRow, **more: Any) -> Record:
    """Void a sale; `more` stands in the record beside what moved."""
    taken = _work_out(desk, sale, nothing_of, None)
    taken.record.update(more)
    _post(desk, taken, f"void:{sale.sale_id}", {"void": sale.sale_id}, "void")
    return taken.record


def _form(desk: Desk, asked: QuoteRefund) -> dict[str, Any]:
    """Bring a request to the one form that is hashed; raises InvalidRequest for what makes no sense."""
    if (asked.amount_minor is None) == (not asked.lines):
        raise InvalidRequest("amount_minor", "amount_or_lines")
    if len(asked.lines) > LINES_AT_MOST:
        raise InvalidRequest("lines", "too_many", high=LINES_AT_MOST)
    if asked.amount_minor is not None:
        checked(asked.amount_minor, "amount_minor", 1, MAX_AMOUNT)
    return {
        "lines": sorted(_units(asked).items()),
        "amount_minor": asked.amount_minor,
        "refund_to": where_to(desk, asked.refund_to),
    }


def _units(asked: QuoteRefund) -> dict[int, int]:
    units: dict[int, int] = {}
    for number, one in enumerate(asked.lines):
        checked(one.line, f"lines.{number}.line", 1, LINES_AT_MOST)
        checked(one.quantity, f"lines.{number}.quantity", 1, MAX_QUANTITY)
        units[one.line - 1] = units.get(one.line - 1, 0) + one.quantity
    return units


def _asked(asked: QuoteRefund) -> Asks:
    def to(sold: Sold, kept: Kept) -> Kept:
        if asked.amount_minor is not None:
            return without_money(sold, kept, asked.amount_minor)
        units = _units(asked)
        if max(units) >= len(kept.quantities):
            raise Rejection("unknown_line", line=max(units) + 1, lines=len(kept.quantities))
        return without_units(sold, kept, units)

    return to


def _work_out(desk: Desk, sale: SaleRow, asks: Asks, refund_to: str | None) -> _TakenBack:
    _refuse(sale, refund_to)
    record, sold, moment = record_of(sale), sold_of(desk, sale), desk.now()
    before = kept_of(sale, sold)
    ledger = desk.store.ledger
    payments = desk.store.accounts.payments(sale.posting) if sold.on_account_minor else ()
    moved = [sale.value_posting, *(one.posting for one in payments)]
    games = games_back(desk, sale, sold, asks(sold, before))
    touched_too = [one.seq for one in games.prizes]
    holdings = ledger.holdings(sale.member, *moved, *touched_too) if sale.member else Holdings()
    book = Book(holdings, moment.at_ms, moment.life_day)
    entries = [entry for posting in moved for entry in ledger.entries(posting)]
    touched = {entry.account[1] for entry in entries} | {one.programme for one in sold.contributions}
    steps = {programme: step_of(desk, programme, moment) for programme in touched if programme}
    after = asks(sold, before)
    issued = refuse_spent_cards(desk, sale) if before.stored and not after.stored else ()
    after = take_back(book, entries, sold, before, after, steps)
    take_prizes(desk, book, games, moment)
    vouchers, after = changed_vouchers(desk, sale, sold, after, moment)
    after = spared(desk, sale, sold, before, after)
    money = _money(sold, before, after)
    if refund_to == ONTO_CREDIT and money:
        book.gain(CREDIT, money, NewLot(moment.at_ms, None, _credit_revision(desk)))
    buyer = desk.store.members.get(sale.member) if sale.member is not None else None
    counts = counts_taken_back(desk, buyer, sold, before, after, sale.business_day)
    stood, stands = standing_without(desk, buyer, counts, sale.business_day, moment)
    onto_cards = [
        now - was for was, now in zip(cards_back(sold, before), cards_back(sold, after), strict=True)
    ]
    back = {
        "sale": sale.posting,
        "sale_id": sale.sale_id,
        "refund_minor": 0 if refund_to is not None else money,
        "to_credit_minor": _came_back(book, CREDIT) + (money if refund_to == ONTO_CREDIT else 0),
        "to_points": _came_back(book, POINTS),
        "moved": moved_record(book),
        "tier": tier_record(stood, stands),
        "net_minor": refunded(sold, after) - refunded(sold, before),
        "qualifying_minor": counts.spend_minor,
        "left_minor": sold.net_minor - refunded(sold, after),
        **_off_account(sold, before, after),
        "withheld_minor": _withheld(sold, after) - _withheld(sold, before),
        "held_minor": after.held_minor - before.held_minor,
        "lines": _lines(before, after),
        "lots": _lots(book),
        "codes": _codes(record, sold, before, after),
        "unused": unused_between(sale, sold, before, after),
        "whole": after.nothing,
        "kept": kept_record(after),
        **cards_back_record(card_payments(record), onto_cards, issued),
        **({"new_card_minor": money} if refund_to == ONTO_CARD and money else {}),
        **changed_record(desk, vouchers),
        **_lost(book),
        **_standing_back(desk, record, sold, before, after),
        **games.record,
    }
    back["fingerprint"] = blake2b(compact(back).encode(), digest_size=12).hexdigest()
    back |= {"at_ms": moment.at_ms, "day": moment.business_day}
    return _TakenBack(sale, buyer, moment, book, after, back, counts, vouchers, stood, stands, games)


def _standing_back(desk: Desk, record: Record, sold: Sold, before: Kept, after: Kept) -> dict[str, Any]:
    """Note what goes of the sale's pledges, and of what it brought in memberships and contracts."""
    pledges, terms = pledges_back(sold, before, after), terms_back(desk, record, sold, before, after)
    return {**({"pledges": pledges} if pledges else {}), **({"terms": terms} if terms else {})}


def _refuse(sale: SaleRow, refund_to: str | None) -> None:
    if sale.voided:
        refunded_by_parts = sale.refund_record is not None
        code = "already_refunded" if refunded_by_parts else "refund_voided"
        raise Rejection(code, sale_id=sale.sale_id, number=sale.number)
    if refund_to == ONTO_CREDIT and sale.member is None:
        raise Rejection("no_member_to_credit", number=sale.number)


def _money(sold: Sold, before: Kept, after: Kept) -> int:
    """Return the money to pay back; refuses where a spent voucher would ask for more than there is."""
    if worth_back(sold, after) < worth_back(sold, before):
        raise Rejection("voucher_asks_more", held_minor=after.held_minor - before.held_minor)
    return money_back(sold, after) - money_back(sold, before)


def _off_account(sold: Sold, before: Kept, after: Kept) -> dict[str, int]:
    """Say of a sale on account what need not be paid any more, and what still has to be."""
    if not sold.on_account_minor:
        return {}
    left = left_to_pay(sold, after)
    return {"off_account_minor": left_to_pay(sold, before) - left, "on_account_left_minor": left}


def _post(
    desk: Desk, taken: _TakenBack, key: str, request: Mapping[str, Any], kind: str
) -> tuple[VoucherView, ...]:
    """Append what was worked out; returns the vouchers made anew, whose codes are shown once."""
    sale, back, moment = taken.sale, taken.record, taken.moment
    movements = tuple(taken.book.movements)
    posting = desk.posting(key, request, kind, sale.member, moment, back, movements)
    seq = desk.store.ledger.append(posting)
    if kind == "refund":
        desk.store.sales.refund(sale.posting, seq, back["net_minor"])
    visits = -1 if taken.kept.nothing else 0
    if visits:
        desk.store.sales.void(sale.posting, seq)
        take_back_referral(desk, sale, moment)
    give_back_uses(desk, sale, back["unused"])
    if "on_account_left_minor" in back:
        desk.store.accounts.leave(sale.posting, back["on_account_left_minor"])
    note_games_back(desk, sale, taken.games, moment)
    for code in back["codes"]:
        desk.store.codes.give_back(sale.posting, code, seq)
    take_cards_back(desk, sale, back, seq)
    end_warranties(desk, sale, taken.kept)
    take_pledges_back(desk, sale, back, seq)
    desk.store.terms.move(seq, terms_moved(back))
    # A void's own key would be the sale's, under which its first vouchers were made.
    named = sale.sale_id if kind == "void" else f"{sale.sale_id}:{seq}"
    remade = change_vouchers(desk, taken.buyer, named, taken.vouchers, moment)
    if taken.buyer is None:
        note_sale_changed(desk, sale)
        return remade
    member, day = taken.buyer.id, sale.business_day
    desk.store.members.move_state(member, visits, -back["net_minor"], day, None)
    note_taken_back(desk, member, visits, taken.counts, day)
    if taken.stood is not None and taken.stands is not None:
        note_change(desk, member, taken.stood, taken.stands, seq)
    note_sale_changed(desk, sale)
    return remade


def _credit_revision(desk: Desk) -> int:
    """Return under whose name money becomes credit: the shop's own programme of credit, live or retired."""
    rows = sorted(desk.newest(), key=lambda row: (row.kind != "spend_credit", not row.live, row.programme))
    if not rows:
        raise Rejection("credit_not_offered")
    return rows[0].revision


def _codes(record: Record, sold: Sold, before: Kept, after: Kept) -> list[int]:
    used = set(record.get("codes", ()))
    back = used if after.nothing else codes_back(sold, after) & used
    return sorted(back - codes_back(sold, before))


def _withheld(sold: Sold, kept: Kept) -> int:
    return sum(
        [
            price_withheld(sold, one, units)
            for one, units in zip(sold.took, kept.withheld, strict=True)
            if units
        ]
    )


def _lines(before: Kept, after: Kept) -> list[list[int]]:
    """List what came back of which line: units and money."""
    pairs = zip(before.quantities, after.quantities, before.nets_minor, after.nets_minor, strict=True)
    found = [[number, was - now, had - has] for number, (was, now, had, has) in enumerate(pairs, 1)]
    return [one for one in found if one[1] or one[2]]


def _lots(book: Book) -> list[list[Any]]:
    """List what moved in lots, by the day they end."""
    sums: dict[tuple[str, str, str], int] = {}
    for move in book.movements:
        if move.lot is not None:
            lot = (*move.account, book.lot(move.lot).expires_on or "")
            sums[lot] = sums.get(lot, 0) + move.amount
    return [[*lot, amount] for lot, amount in sorted(sums.items()) if amount]


def _lost(book: Book) -> dict[str, Any]:
    """Note spent value that found its lot ended, with what it takes to grant it for a few days (rules 27)."""
    lost = [(book.lot(number), amount) for number, amount in book.lost]
    told = [[*lot.account, lot.id, amount, lot.revision, lot.expires_on] for lot, amount in lost]
    return {"lost": told} if told else {}


def _came_back(book: Book, account: Account) -> int:
    """Sum what really went back into lots; a lot that expired meanwhile took nothing (rules 27)."""
    return sum(
        move.amount
        for move in book.movements
        if move.account == account
        and move.kind == "reversal"
        and move.amount > 0
        and move.reverses not in book.expiries
    )
