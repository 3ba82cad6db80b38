"""A sale that was taken back, posted once more: at its own time, for what was paid then (rules 33)."""

from collections.abc import Mapping
from dataclasses import field, replace
from hashlib import blake2b
from typing import Any

from loyalty_pos.app.causes import note_pledges
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.earning_again import as_it_earned
from loyalty_pos.app.games import PlayedSale, play_games
from loyalty_pos.app.gifts import give_referrer
from loyalty_pos.app.handlers_attach import earned_then
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.made_vouchers import give_vouchers
from loyalty_pos.app.months import note_sale
from loyalty_pos.app.ports import MemberRow, NewSale, SaleRow
from loyalty_pos.app.programme_uses import note_uses, uses_record
from loyalty_pos.app.records import (
    LATER_FAMILIES,
    Record,
    basket_of,
    contributions,
    goods_record,
    on_account_record,
    promised_by,
    read_record,
    record_of,
    sale_record,
    trace_lines,
)
from loyalty_pos.app.standings import note_bought
from loyalty_pos.app.terms import attached_moves, terms_moved
from loyalty_pos.app.views import VoucherView
from loyalty_pos.app.warranties import note_warranties
from loyalty_pos.domain.basket import Choices
from loyalty_pos.domain.bill import Took
from loyalty_pos.domain.families import DiscountRule, EarnRule, OffBill
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Movement
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.trace import TraceLine


def spent_in(record: Record) -> bool:
    """Say whether a sale used what only its member has: then posting it again would cost something else."""
    paid = record["paid"]
    given = any(source in ("reward", "nth") for _, _, source, *_ in record.get("took", ()))
    tender = paid["credit_minor"] or paid["points"] or paid.get("gift_cards")
    return bool(tender or given or record.get("codes") or record.get("bought") or record.get("sold"))


def again_key(new: str) -> str:
    """Return the key under which the first sale of an exchange stands again, by the key of the new one."""
    return f"again-{blake2b(new.encode(), digest_size=16).hexdigest()}"


def stands_as(desk: Desk, sale_id: str) -> str | None:
    """Return the key under which a sale that was taken back stands again; None when it does not."""
    ledger = desk.store.ledger
    void = ledger.posting(f"void:{sale_id}")
    text = stored_sale(desk, sale_id).refund_record if void is None else void.record
    back = read_record(text or "{}")
    key = back.get("stands_again") or back.get("moved_to") or again_key(back.get("exchange", ""))
    return key if ledger.posting(key) is not None else None


@dataclass(frozen=True, slots=True)
class Again:
    """How a sale stands on record once more; `contact` is whom its warranties are found under."""

    key: str
    request: Mapping[str, str]
    contact: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What stands in its record besides."""


def contact_of(desk: Desk, sale: SaleRow) -> str:
    """Read whom a sale's warranties are found under; it is forgotten when the sale is taken back."""
    return desk.store.warranties.contact(sale.posting) if record_of(sale).get("warranties") else ""


def post_again(desk: Desk, sale: SaleRow, member: int | None, again: Again) -> tuple[VoucherView, ...]:
    """Post a sale that was taken back anew, for a member or for nobody.

    It has its own number and stands at the time of the first one. Returns the vouchers it makes, whose
    codes are shown once.
    """
    number = desk.store.sales.next_number()
    if member is None:
        # It gave nobody anything but its causes.
        record = {**record_of(sale), "number": number, **again.more}
        _append(desk, sale, None, record, (), again)
        note_sale(desk, None, sale.business_day, record)
        return ()
    key, buyer = again.key, desk.store.members.get(member)
    quote, record = _again(desk, sale, buyer, number)
    record |= again.more
    seq = _append(desk, sale, buyer.id, record, tuple(quote.book.movements), again)
    day, now = sale.business_day, desk.now()
    if "on_account" in record:
        desk.store.accounts.open(seq, buyer.id, record["on_account"]["due_minor"])
    desk.store.terms.move(seq, terms_moved(record))
    desk.store.members.move_state(buyer.id, 1, quote.net_minor, day, sale.at_ms)
    note_bought(desk, buyer.id, quote, day, seq)
    note_sale(desk, buyer, day, record)
    give_referrer(desk, buyer, now, key, sale.sale_id if buyer.id == sale.member else None)
    play_games(desk, buyer, quote.trace, PlayedSale(seq, key, day, sale.sale_id), now)
    then = replace(desk.shop.moment(sale.at_ms), business_day=day)
    return give_vouchers(desk, buyer, quote.contributions, seq, key, then, now)


def _again(desk: Desk, sale: SaleRow, member: MemberRow, number: int) -> tuple[Quote, dict[str, Any]]:
    """Price what the sale earns its member, and put it into the form that is kept."""
    old, basket = record_of(sale), basket_of(record_of(sale))
    quote, revisions, segments = earned_then(desk, sale, member, desk.now(), (basket, _choices(desk, old)))
    if member.id == sale.member:
        quote = as_it_earned(desk, sale, member, quote)
    quote = _with_what_stays(old, quote)
    kept = {line.revision for line in quote.trace if line.revision} | {one.revision for one in quote.took}
    revisions = [*{one.id: one for one in (*desk.book.revisions(kept).values(), *revisions)}.values()]
    record = sale_record(quote, basket, revisions, number, old["receipt_no"], old["fingerprint"])
    record |= {"goods": goods_record(basket), **uses_record(quote, revisions)}
    record |= {name: old[name] for name in ("warranties", "money_step_minor") if name in old}
    if segments:
        record["segments"] = segments
    if member.id == sale.member:
        terms = old.get("terms", [])
    else:
        terms = [list(one) for one in attached_moves(desk, member, sale, quote.counts.spend_minor)]
    if terms:
        record["terms"] = terms
    if any(one.account[0] == "voucher" for one in quote.contributions):
        record["money_step_minor"] = desk.shop.money_step_minor
    if "on_account" in old and quote.due_minor:
        record["on_account"] = on_account_record(quote)
    return quote, record


def _with_what_stays(old: Record, quote: Quote) -> Quote:
    """Put back what is the sale's own, whoever it belongs to: what lowered its prices, and its pledges."""
    pledges = [one for one in contributions(old) if one.account[0] == "pledge"]
    pledged = {one.revision for one in pledges}

    def stays(line: TraceLine) -> bool:
        return line.family not in LATER_FAMILIES or line.revision in pledged

    trace = [line for line in trace_lines(old) if stays(line)]
    return replace(
        quote,
        contributions=(*pledges, *quote.contributions),
        trace=(*trace, *[line for line in quote.trace if not stays(line)]),
        took=tuple(Took(*one) for one in old.get("took", ())),
    )


def _append(
    desk: Desk,
    sale: SaleRow,
    member: int | None,
    record: dict[str, Any],
    movements: tuple[Movement, ...],
    again: Again,
) -> int:
    then = replace(desk.shop.moment(sale.at_ms), business_day=sale.business_day)
    posting = desk.posting(again.key, again.request, "sale", member, then, record, movements)
    seq = desk.store.ledger.append(posting)
    day, receipt_no = sale.business_day, record["receipt_no"]
    net = sum(line[5] for line in record["lines"])
    new = NewSale(again.key, record["number"], member, receipt_no, desk.till, day, net, sale.at_ms)
    desk.store.sales.add(new, seq)
    note_uses(desk, record, member, day)
    note_pledges(desk, contributions(record), seq)
    note_warranties(desk, record, seq, again.contact)
    return seq


def _choices(desk: Desk, record: Record) -> Choices:
    """Take over what was counted and what every line came to; nothing is taken off anew."""
    counts: dict[str, int] = {}
    if record["amount_mode"]:
        counts = {one.programme: one.measured for one in (*contributions(record), *promised_by(record))}
        for line in trace_lines(record):
            if line.code == "nothing_counted":
                counts[desk.book.revision(line.revision).row.key] = 0
        counts = {key: count for key, count in counts.items() if _counted(desk, key)}
    return Choices(
        counts=counts,
        earn_only=True,
        nets_minor=tuple(line[5] for line in record["lines"]),
        free_units=tuple(line[6] for line in record["lines"]),
        reduced=frozenset(line for line, revision, *_ in record.get("took", ()) if _lowers(desk, revision)),
        on_account="on_account" in record,
    )


def _counted(desk: Desk, key: str) -> bool:
    rule = desk.book.newest_named(key).revision.rule
    return isinstance(rule, EarnRule) and rule.default_count is not None


def _lowers(desk: Desk, revision: int) -> bool:
    """Say whether a benefit lowered the price of its line, and not just the bill."""
    rule = desk.book.revision(revision).revision.rule
    return not (isinstance(rule, DiscountRule) and isinstance(rule.offer, OffBill))
