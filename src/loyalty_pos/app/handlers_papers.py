"""Paper that comes out a second time is on record: who asked for it, and when (rules 34)."""

from loyalty_pos.app.commands import ReprintReceipt
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.handlers_past_sales import sale
from loyalty_pos.app.queries import Sale
from loyalty_pos.app.views import SaleView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.errors import InvalidRequest, Rejection


def reprint_receipt(desk: Desk, command: ReprintReceipt) -> SaleView:
    """Record a reprint and return the sale it shows; the same request again records nothing more.

    The posting names no member: it moves nothing of theirs, and an offer just made to them stays good.
    """
    key = text_field("posting_id", command.posting_id, 64)
    if ":" in key:
        raise InvalidRequest("posting_id", "not_valid")
    with desk.store.transaction():
        shown = sale(desk, Sale(sale_id=command.sale_id))
        request = {"reprint": shown.sale_id}
        known = desk.store.ledger.posting(key)
        if known is not None:
            if known.request_hash != request_hash(request):
                raise Rejection("key_taken", sale_id=key)
            return shown
        if shown.voided:
            raise Rejection("sale_voided", number=shown.number)
        record = {"sale_id": shown.sale_id, "number": shown.number}
        desk.store.ledger.append(desk.posting(key, request, "reprint", None, desk.now(), record))
    return shown
