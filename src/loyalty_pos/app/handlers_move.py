"""A sale booked on the wrong member: taken back there and posted anew here, both visible (rules 33)."""

from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.commands_people import MoveSale
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_refunds import take_whole_back
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.people import the_member
from loyalty_pos.app.people_views import MovedSaleView
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.posting_again import Again, contact_of, post_again, spent_in
from loyalty_pos.app.records import read_record, record_of
from loyalty_pos.app.refund_views import taken_back_view
from loyalty_pos.app.sale_views import sale_view, with_vouchers
from loyalty_pos.app.views import VoucherView
from loyalty_pos.app.wording import posting_key
from loyalty_pos.domain.errors import Fact, Rejection


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
            contact = contact_of(desk, sale)
            take_whole_back(desk, sale, moved_to=key)
            again = Again(key, request, contact, {"moved_from": sale.sale_id})
            made = post_again(desk, sale, member.id, again)
        elif known.kind != "sale" or not same_request(desk, known.request_hash, request, member):
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
    if spent_in(record):
        raise Rejection("move_spent", **facts)
    if "on_account" in record and desk.store.accounts.payments(sale.posting):
        raise Rejection("move_settled", **facts)
