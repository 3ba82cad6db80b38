"""An exchange: goods of a sale come back and others are sold, in one step (rules 8, 14, 26)."""

from dataclasses import fields, replace
from hashlib import blake2b

from loyalty_pos.app.commands import Exchange, QuoteExchange, QuoteRefund, QuoteSale, RecordSale, RefundSale
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_refunds import refund_sale
from loyalty_pos.app.handlers_sales import record_sale
from loyalty_pos.app.people_views import ExchangedView
from loyalty_pos.app.views import SaleView, TakenBackView
from loyalty_pos.domain.errors import InvalidRequest, Rejection


class _NothingPosted(Exception):
    """Ends a preview, so that everything it did is taken back."""


def exchange(desk: Desk, command: Exchange) -> ExchangedView:
    """Do both or neither; the same request again gets the first answer (rules 8)."""
    _refuse(command)
    with desk.store.transaction():
        keys = (command.back.refund_id, command.sale.sale_id)
        known = [desk.store.ledger.posting(key) is not None for key in keys]
        if known[0] is not known[1]:
            raise Rejection("key_taken", sale_id=keys[known.index(True)])
        view = _both(desk, command.back, command.sale)
        if not known[0] and command.fingerprint not in (None, view.fingerprint):
            raise Rejection("stale_quote", due_minor=view.sale.due_minor, fingerprint=view.fingerprint)
    return view


def quote_exchange(desk: Desk, query: QuoteExchange) -> ExchangedView:
    """Say what an exchange comes to by doing it and taking it back before anybody can see it.

    What comes back changes what the member may spend and which level rates the new goods, so neither half
    can be priced alone.
    """
    _refuse(query)
    key = f"preview-{desk.chance.ref()}"
    asked = {f.name: getattr(query.back, f.name) for f in fields(QuoteRefund)}
    back = RefundSale(**asked, refund_id=f"{key}-back")
    sale = RecordSale(**{f.name: getattr(query.sale, f.name) for f in fields(QuoteSale)}, sale_id=key)
    try:
        with desk.store.transaction():
            view = _both(desk, back, sale)
            raise _NothingPosted
    except _NothingPosted:
        gone = replace(view.back, refund_id=None, remade=())
        return replace(view, back=gone, sale=replace(_without_codes(view.sale), sale_id=None, number=0))


def _refuse(asked: Exchange | QuoteExchange) -> None:
    """The money that comes back pays for the new goods: it goes nowhere else, and they are paid at once."""
    if asked.back.refund_to is not None:
        raise InvalidRequest("back.refund_to", "not_valid")
    if asked.sale.on_account:
        raise InvalidRequest("sale.on_account", "not_valid")


def _both(desk: Desk, back: RefundSale, sale: RecordSale) -> ExchangedView:
    gone = refund_sale(desk, back, exchange=sale.sale_id)
    sold = record_sale(desk, sale, exchange_for=gone.sale_id)
    difference = sold.due_minor - gone.refund_minor
    return ExchangedView(
        back=gone,
        sale=sold,
        to_pay_minor=max(0, difference),
        to_return_minor=max(0, -difference),
        fingerprint=_fingerprint(gone, sold),
    )


def _fingerprint(back: TakenBackView, sale: SaleView) -> str:
    """Sum up what was shown, and no number that somebody else's sale moves on."""
    shown = _without_codes(sale)
    parts = (back.fingerprint, shown.due_minor, shown.paid_by, shown.earned, shown.tier)
    told = repr((*parts, shown.balances, shown.lines))
    return blake2b(told.encode(), digest_size=12).hexdigest()


def _without_codes(sale: SaleView) -> SaleView:
    """Take out the vouchers a sale made: their codes are made anew when it is really recorded."""
    rewards = tuple(replace(one, voucher=None) for one in sale.earned.rewards)
    return replace(sale, vouchers=(), earned=replace(sale.earned, rewards=rewards))
