"""A sale booked on the wrong member: taken back there and posted anew here, both visible (rules 33)."""

from dataclasses import replace

from loyalty_pos.app.commands_people import MoveSale
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.gifts import give_referrer
from loyalty_pos.app.handlers_attach import earned_then
from loyalty_pos.app.handlers_refunds import take_whole_back
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.made_vouchers import give_vouchers
from loyalty_pos.app.months import note_sale
from loyalty_pos.app.people import the_member
from loyalty_pos.app.people_views import MovedSaleView
from loyalty_pos.app.ports import MemberRow, NewSale, SaleRow
from loyalty_pos.app.programme_uses import note_uses, uses_record
from loyalty_pos.app.records import (
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
from loyalty_pos.app.refund_views import taken_back_view
from loyalty_pos.app.sale_views import sale_view, with_vouchers
from loyalty_pos.app.standings import note_bought
from loyalty_pos.app.views import VoucherView
from loyalty_pos.app.warranties import note_warranties
from loyalty_pos.app.wording import posting_key
from loyalty_pos.domain.basket import Choices
from loyalty_pos.domain.errors import Fact, Rejection
from loyalty_pos.domain.families import DiscountRule, EarnRule, OffBill
from loyalty_pos.domain.quote import Quote


def move_sale(desk: Desk, command: MoveSale) -> MovedSaleView:
    """Move a sale under its key: the same request again gets the first answer (rules 8)."""
    key = posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        desk.refresh()
        sale, member = stored_sale(desk, command.sale_id), the_member(desk, command.member)
        request = {"move": sale.sale_id, "member": member.ref}
        known = desk.store.ledger.posting(key)
        made: tuple[VoucherView, ...] = ()
        if known is None:
            _refuse(desk, sale, member)
            made = _move(desk, sale, member, key, request)
        elif known.kind != "sale" or known.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        back = desk.store.ledger.posting(f"void:{sale.sale_id}")
        assert back is not None
    return MovedSaleView(
        sale=with_vouchers(sale_view(desk, stored_sale(desk, key)), made),
        taken_back=taken_back_view(desk, sale, read_record(back.record), None),
    )


def _refuse(desk: Desk, sale: SaleRow, member: MemberRow) -> None:
    facts: dict[str, Fact] = {"sale_id": sale.sale_id, "number": sale.number}
    record = record_of(sale)
    if sale.voided:
        raise Rejection("refund_voided", **facts)
    if sale.refund_record is not None:
        raise Rejection("move_refunded", **facts)
    if sale.member is None:
        raise Rejection("move_without_member", **facts)
    if sale.member == member.id:
        raise Rejection("move_same_member", **facts)
    if _spent(record):
        raise Rejection("move_spent", **facts)
    if "on_account" in record and desk.store.accounts.payments(sale.posting):
        raise Rejection("move_settled", **facts)


def _spent(record: Record) -> bool:
    """Say whether a sale used what only its member has: then it would cost another one something else."""
    paid = record["paid"]
    given = any(source in ("reward", "nth") for _, _, source, *_ in record.get("took", ()))
    tender = paid["credit_minor"] or paid["points"] or paid.get("gift_cards")
    return bool(tender or given or record.get("codes") or record.get("bought") or record.get("sold"))


def _move(
    desk: Desk, sale: SaleRow, member: MemberRow, key: str, request: dict[str, str]
) -> tuple[VoucherView, ...]:
    old, now = record_of(sale), desk.now()
    contact = desk.store.warranties.contact(sale.posting) if old.get("warranties") else ""
    take_whole_back(desk, sale, moved_to=key)
    then = replace(desk.shop.moment(sale.at_ms), business_day=sale.business_day)
    basket = basket_of(old)
    member = desk.store.members.get(member.id)
    quote, revisions, segments = earned_then(desk, sale, member, now, (basket, _choices(desk, old)))
    number = desk.store.sales.next_number()
    record = sale_record(quote, basket, revisions, number, old["receipt_no"], old["fingerprint"])
    record |= {"moved_from": sale.sale_id, "goods": goods_record(basket), **uses_record(quote, revisions)}
    record |= {name: old[name] for name in ("warranties", "money_step_minor") if name in old}
    if segments:
        record["segments"] = segments
    if any(one.account[0] == "voucher" for one in quote.contributions):
        record["money_step_minor"] = desk.shop.money_step_minor
    if "on_account" in old and quote.due_minor:
        record["on_account"] = on_account_record(quote)
    posting = desk.posting(key, request, "sale", member.id, then, record, tuple(quote.book.movements))
    seq = desk.store.ledger.append(posting)
    day = sale.business_day
    new = NewSale(key, number, member.id, old["receipt_no"], desk.till, day, quote.net_minor, sale.at_ms)
    _add(desk, member, record, quote, new, seq)
    note_warranties(desk, record, seq, contact)
    give_referrer(desk, member, now, key)
    return give_vouchers(desk, member, quote.contributions, seq, key, then, now)


def _add(desk: Desk, member: MemberRow, record: Record, quote: Quote, new: NewSale, seq: int) -> None:
    desk.store.sales.add(new, seq)
    if "on_account" in record:
        desk.store.accounts.open(seq, member.id, record["on_account"]["due_minor"])
    note_uses(desk, record, member.id, new.business_day)
    desk.store.members.move_state(member.id, 1, quote.net_minor, new.business_day, new.at_ms)
    note_bought(desk, member.id, quote, new.business_day, seq)
    note_sale(desk, member, new.business_day, record)


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
