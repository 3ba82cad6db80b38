"""Undoing an exchange: the new sale goes, and what had come back for it stands again (rules 30, 33)."""

from typing import Any

from loyalty_pos.app.commands_people import UndoExchange
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.handlers_refunds import take_whole_back
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.people_views import UnexchangedView
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.posting_again import Again, again_key, contact_of, post_again, spent_in
from loyalty_pos.app.records import Record, read_record, record_of
from loyalty_pos.app.refund_views import taken_back_view
from loyalty_pos.app.sale_views import sale_view, with_vouchers
from loyalty_pos.app.views import VoucherView
from loyalty_pos.domain.errors import Fact, Rejection


def undo_exchange(desk: Desk, command: UndoExchange) -> UnexchangedView:
    """Undo both halves once and for all: asked again it answers the same (rules 8, 30).

    A new sale that was taken back by itself before is no hindrance: then the rest follows.
    """
    with desk.store.transaction():
        desk.refresh()
        new = stored_sale(desk, command.sale_id)
        request = {"undo_exchange": new.sale_id}
        key = again_key(new.sale_id)
        known = desk.store.ledger.posting(key)
        made: tuple[VoucherView, ...] = ()
        if known is None:
            made = _undo(desk, new, key, request)
        elif known.kind != "sale" or known.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        again, gone = stored_sale(desk, key), _whole_back(desk, new)
        paid_back = record_of(again)["paid_back_minor"]
    difference = paid_back - gone["refund_minor"]
    return UnexchangedView(
        taken_back=taken_back_view(desk, new, gone, None),
        sale=with_vouchers(sale_view(desk, again), made),
        to_pay_minor=max(0, difference),
        to_return_minor=max(0, -difference),
    )


def _undo(desk: Desk, new: SaleRow, key: str, request: dict[str, str]) -> tuple[VoucherView, ...]:
    first = record_of(new).get("exchange_for")
    if first is None:
        raise Rejection("not_an_exchange", sale_id=new.sale_id, number=new.number)
    _refuse(desk, stored_sale(desk, first), new)
    if not new.voided:
        take_whole_back(desk, new)
    # Read anew: a prize won by the new sale may have moved the first one's marks.
    sale = stored_sale(desk, first)
    back, contact = read_record(sale.refund_record or "{}"), contact_of(desk, sale)
    if not sale.voided:
        take_whole_back(desk, sale, stands_again=key)
    more: dict[str, Any] = {"stands_for": sale.sale_id, "paid_back_minor": back["refund_minor"]}
    return post_again(desk, sale, sale.member, Again(key, request, contact, more))


def _refuse(desk: Desk, first: SaleRow, new: SaleRow) -> None:
    """Refuse what could not stand again as it was: nothing is put right by half."""
    facts: dict[str, Fact] = {"number": first.number, "sale_id": new.sale_id}
    record, back = record_of(first), read_record(first.refund_record or "{}")
    if back.get("exchange") != new.sale_id or not _only_one(record, back):
        raise Rejection("exchange_not_the_only_one", **facts)
    if spent_in(record):
        raise Rejection("exchange_spent", **facts)
    if "on_account" in record and desk.store.accounts.payments(first.posting):
        raise Rejection("exchange_settled", **facts)


def _only_one(record: Record, back: Record) -> bool:
    """Say whether a refund is the only one of its sale: what it left and what it took are all there was."""
    took = {number: (units, minor) for number, units, minor in back["lines"]}
    kept = zip(back["kept"]["quantities"], back["kept"]["nets"], strict=True)
    left = [
        (units + took.get(n, (0, 0))[0], net + took.get(n, (0, 0))[1])
        for n, (units, net) in enumerate(kept, 1)
    ]
    return left == [(line[2], line[5]) for line in record["lines"]]


def _whole_back(desk: Desk, new: SaleRow) -> Record:
    """Read what took the rest of the new sale back."""
    void = desk.store.ledger.posting(f"void:{new.sale_id}")
    row = stored_sale(desk, new.sale_id)
    return read_record(void.record if void is not None else row.refund_record or "{}")
