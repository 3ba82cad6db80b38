"""An exchange at the counter: what comes back is chosen, then something else is sold for it in one step."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from loyalty_pos.app.commands import Exchange, QuoteExchange, QuoteRefund, QuoteSale, RecordSale, RefundSale
from loyalty_pos.app.commands_people import UndoExchange
from loyalty_pos.app.people_views import ExchangedView, UnexchangedView
from loyalty_pos.app.queries import Member
from loyalty_pos.app.views import MemberView, SaleView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import CounterState, Place
from loyalty_pos.ui.refunding import RefundForm
from loyalty_pos.ui.worker import Problem

Priced = SaleView | ExchangedView
STAYS_RETURNED = ("exchange_not_the_only_one", "exchange_spent", "exchange_settled")
"""Why the first sale of an exchange cannot stand again."""


class Exchanging:
    """Keep what comes back beside the sale that is put together; clearing the sale lets go of it.

    `seat` puts the member of the first sale on the counter, `reprice` asks for the difference.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.seat: Callable[[MemberView], None] = lambda member: None
        self.reprice: Callable[[], None] = lambda: None

    def begin(self, form: RefundForm) -> None:
        """Go on to the goods that are taken instead."""
        self._desk.change(
            refund=None, exchange=form, exchanged=None, quote=None, quoted=None, sale_id="", on_account=False,
            toast=None, said=None, focus=self._desk.focus(Place.AMOUNT),
        )  # fmt: skip
        if form.sale.member is not None and self._desk.state.member is None:
            self._desk.courier.ask(
                Member(member=form.sale.member),
                self.seat,
                lambda problem: self._desk.say(Place.MEMBER, problem),
            )
        self.reprice()


class Unexchanging:
    """Undo an exchange whole, or where that cannot be, its new sale alone when Ctrl Z is pressed once more.

    `alone` is the new sale whose other half stays returned.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stood: str | None = None
        self.alone: str | None = None

    def whole(self, sale: SaleView) -> bool:
        """Say whether undoing a sale means the exchange it was a half of."""
        return sale.exchange_for is not None and sale.sale_id != self.alone

    def stood(self, sale: SaleView) -> bool:
        """Say whether a sale only stands again because an exchange was just undone."""
        return sale.sale_id == self._stood

    def undo(
        self,
        sale_id: str,
        done: Callable[[UnexchangedView], None],
        failed: Callable[[Problem], None],
    ) -> None:
        def came(view: UnexchangedView) -> None:
            self._stood = view.sale.sale_id
            done(view)

        def refused(problem: Problem) -> None:
            if isinstance(problem, Rejection) and problem.code in STAYS_RETURNED:
                self.alone = sale_id
            failed(problem)

        self._desk.courier.do(UndoExchange(sale_id=sale_id), came, refused)


def question(state: CounterState, request: QuoteSale) -> QuoteSale | QuoteExchange:
    """Return what asks for the price of a sale: of an exchange, with what comes back."""
    form = state.exchange
    if form is None or form.quoted is None:
        return request
    return QuoteExchange(back=form.quoted, sale=request)


def priced(view: Priced) -> dict[str, Any]:
    """Return what an answer changes on the counter."""
    if isinstance(view, ExchangedView):
        return {"quote": view.sale, "exchanged": view}
    return {"quote": view, "exchanged": None}


def exchange_of(state: CounterState, sale: RecordSale) -> Exchange | None:
    """Return the exchange that a sale is a half of; None when nothing comes back for it."""
    form, shown = state.exchange, state.exchanged
    if form is None or form.quoted is None or shown is None:
        return None
    asked = {f.name: getattr(form.quoted, f.name) for f in fields(QuoteRefund)}
    return Exchange(
        back=RefundSale(refund_id=form.refund_id, **asked), sale=sale, fingerprint=shown.fingerprint
    )
