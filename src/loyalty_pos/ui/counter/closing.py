"""The end of a sale: confirm, record once, print beside it, take it back."""

from collections.abc import Callable
from dataclasses import fields, replace

from loyalty_pos.app.commands import PrintRewardVoucher, QuoteSale, RecordSale, VoidSale
from loyalty_pos.app.people_views import ExchangedView, UnexchangedView
from loyalty_pos.app.queries import RecentSales
from loyalty_pos.app.views import RecentSalesView, SaleView, TakenBackView, VoucherView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.asking import rating_of
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.doubles import Doubles
from loyalty_pos.ui.counter.exchanging import Priced, Unexchanging, exchange_of, priced, question
from loyalty_pos.ui.counter.state import (
    CounterState,
    Place,
    PrintTrouble,
    Recorded,
    Undone,
    Unexchanged,
    cleared,
)
from loyalty_pos.ui.worker import Problem

RECENT = 3
LOOK_FIRST_MS = 500  # a second Enter this soon was meant for the first question


class Closing:
    """Record what is on screen, exactly once, and nothing that was not shown.

    `print_sale` and `print_voucher` start paper jobs that may fail without touching what is recorded;
    `make_cards` makes the gift cards a sale sold;
    `reprice` asks for the quote again, `moved` tells that balances did, `look_again` reads the
    member anew, `closed` that the counter is free; `when_kept` calls back when a crash would find the
    sale's key again.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._doubles = Doubles()
        self._voucher_key: tuple[str, str, str] = ("", "", "")
        self._unexchange = Unexchanging(desk)
        self.print_sale: Callable[[SaleView], None] = lambda sale: None
        self.print_voucher: Callable[[VoucherView], None] = lambda voucher: None
        self.print_refund: Callable[[TakenBackView], None] = lambda view: None
        self.make_cards: Callable[[SaleView], None] = lambda sale: None
        self.moved: Callable[[], None] = lambda: None
        self.reprice: Callable[[], None] = lambda: None
        self.look_again: Callable[[], None] = lambda: None
        self.closed: Callable[[], None] = lambda: None
        self.when_kept: Callable[[Callable[[], None]], None] = lambda then: then()

    def confirm(self) -> None:
        """Record the sale on screen; a quote still on its way is waited for, then recorded."""
        state = self._desk.state
        if state.recording or state.doubt:
            return
        if not state.sells:
            self._desk.change(focus=self._desk.focus(Place.AMOUNT))
        elif _just_said(state, self._desk.now_ms()):
            return
        elif state.lookup or state.join or not state.fresh:
            self.reprice()
            self._desk.change(confirm_wanted=True)
            self.go_on()
        else:
            self._record(state)

    def confirm_new(self) -> None:
        """Record a sale that looks like the last one all the same (F9), once the question could be read."""
        state = self._desk.state
        doubt = state.doubt
        if doubt is None or state.recording or self._desk.now_ms() - doubt.at_ms < LOOK_FIRST_MS:
            return
        if state.fresh:
            self._desk.change(duplicate=None)
            self._record(self._desk.state, sure=True)

    def go_on(self) -> None:
        """Confirm if that was wanted and nothing is awaited any more."""
        state = self._desk.state
        awaited = state.lookup or state.join or state.recording
        if state.confirm_wanted and state.fresh and not awaited:
            self._record(state)

    def undo(self) -> None:
        """Take back the sale in the toast, else the last sale of this till (Ctrl Z)."""
        state = self._desk.state
        if state.recording:
            return
        if isinstance(state.toast, Recorded):
            self.void(state.toast.sale)
        elif state.selling:
            self._desk.say(Place.CONFIRM, code="finish_first")
        else:
            self._desk.courier.ask(RecentSales(limit=1), self._undo_last, self._undo_failed)

    def print_reward(self, member: str, programme: str) -> None:
        """Put a waiting reward on paper; trying again after trouble never makes a second code."""
        key, whose, what = self._voucher_key
        if (whose, what) != (member, programme):
            key = self._desk.new_id()
            self._voucher_key = (key, member, programme)
        command = PrintRewardVoucher(posting_id=key, member=member, programme=programme)
        self._desk.courier.do(command, self._voucher_came, self._voucher_failed)

    def read_recent(self) -> None:
        """Read the last customers again."""
        self._desk.courier.ask_latest(
            "recent", RecentSales(limit=RECENT * 3), self._recent_came, lambda p: None
        )

    def paper_failed(self, problem: Problem, sale: SaleView | None) -> None:
        """Say that paper did not come."""
        self._desk.change(print_trouble=PrintTrouble(problem, sale))

    def paper_came(self) -> None:
        """Take back what `paper_failed` said: the paper came after all."""
        if self._desk.state.print_trouble:
            self._desk.change(print_trouble=None)

    def _record(self, state: CounterState, *, sure: bool = False) -> None:
        request, quote = state.quoted, state.quote
        if request is None or quote is None:
            return
        doubt = None if sure else self._doubles.of(request, quote, self._desk.now_ms())
        if doubt is not None:
            self._desk.change(confirm_wanted=False, duplicate=doubt)
            return
        command = RecordSale(
            **{f.name: getattr(request, f.name) for f in fields(QuoteSale)},
            sale_id=state.sale_id,
            fingerprint=quote.fingerprint,
            contact=(state.contact or None) if request.member is None else None,
        )
        self._desk.change(
            recording=request,
            confirm_wanted=False,
            said=None,
            toast=None,
            why_open=False,
            search="",
            focus=self._desk.focus(Place.SEARCH),
        )
        courier, failed = self._desk.courier, lambda problem: self._not_recorded(quote, problem)
        both = exchange_of(state, replace(command, fingerprint=None))
        self.when_kept(lambda: courier.do(both or command, self._recorded, failed))

    def _recorded(self, view: Priced) -> None:
        exchanged = view if isinstance(view, ExchangedView) else None
        sale = view.sale if isinstance(view, ExchangedView) else view
        if exchanged is not None:
            self._doubles.forget(exchanged.back.sale_id)
            self.print_refund(exchanged.back)
        ask = rating_of(self._desk.state.member, sale)
        self._desk.change(
            **cleared(), recording=None, toast=Recorded(sale, ask, exchanged), print_trouble=None
        )
        if sale.earned.rewards or sale.won:
            self._desk.sound("reward")
        self._doubles.remember(sale, self._desk.now_ms())
        self.print_sale(sale)
        for voucher in sale.vouchers:
            self.print_voucher(voucher)
        self.make_cards(sale)
        self.read_recent()
        self.closed()

    def _not_recorded(self, shown: SaleView, problem: Problem) -> None:
        self._desk.change(recording=None, focus=self._desk.focus(Place.AMOUNT))
        if isinstance(problem, Rejection) and problem.code == "stale_quote":
            self._requote(shown)
        else:
            self._desk.say(Place.CONFIRM, problem)
        self.closed()

    def _requote(self, shown: SaleView) -> None:
        """Ask for the price of now and show what changed; the cashier confirms that one anew."""
        request = self._desk.state.quoted
        if request is None:
            return

        def came(view: Priced) -> None:
            if self._desk.state.request() == request:
                change = priced(view)
                self._desk.change(**change, quoted=request)
                self._desk.say(
                    Place.CONFIRM,
                    code="price_changed",
                    before_minor=shown.due_minor,
                    after_minor=change["quote"].due_minor,
                )

        def failed(problem: Problem) -> None:
            self._desk.say(Place.CONFIRM, problem)

        # Until the new price is on screen there is nothing that may be confirmed.
        self._desk.change(quote=None)
        self._desk.say(Place.CONFIRM, code="price_changing")
        asked = question(self._desk.state, request)
        self._desk.courier.ask_latest("quote", asked, came, failed)
        self.look_again()

    def _undo_last(self, view: RecentSalesView) -> None:
        if not view.sales:
            self._desk.say(Place.TOAST, code="nothing_to_undo")
        elif view.sales[0].voided or self._unexchange.stood(view.sales[0]):
            self._desk.say(Place.TOAST, code="already_undone", number=view.sales[0].number)
        else:
            self.void(view.sales[0])

    def void(self, sale: SaleView) -> None:
        """Take a sale back; of an exchange both halves, where that can be."""
        if sale.sale_id is None:
            return
        self._desk.change(toast=None, said=None)

        def unexchanged(view: UnexchangedView) -> None:
            self._doubles.forget(view.taken_back.sale_id)
            self._desk.change(toast=Unexchanged(view), print_trouble=None)
            for voucher in view.sale.vouchers:
                self.print_voucher(voucher)
            self.moved()
            self.read_recent()

        if self._unexchange.whole(sale):
            self._unexchange.undo(sale.sale_id, unexchanged, self._undo_failed)
        else:
            self._desk.courier.do(VoidSale(sale_id=sale.sale_id), self.undone, self._undo_failed)

    def undone(self, taken_back: TakenBackView) -> None:
        """Tell that a sale, or a part of one, was taken back."""
        self._doubles.forget(taken_back.sale_id)
        if taken_back.refund_id is not None:
            self.print_refund(taken_back)
        alone = self._unexchange.alone == taken_back.sale_id
        self._desk.change(toast=Undone(taken_back, alone), print_trouble=None)
        self.moved()
        self.read_recent()

    def _undo_failed(self, problem: Problem) -> None:
        self._desk.say(Place.TOAST, problem)

    def _voucher_came(self, voucher: VoucherView) -> None:
        self._voucher_key = ("", "", "")
        self.print_voucher(voucher)
        self.moved()

    def _voucher_failed(self, problem: Problem) -> None:
        self._desk.say(Place.MEMBER, problem)

    def _recent_came(self, view: RecentSalesView) -> None:
        kept: dict[str, SaleView] = {}
        for sale in view.sales:
            if sale.member and not sale.voided:
                kept.setdefault(sale.member, sale)
        self._desk.change(recent=tuple(kept.values())[:RECENT])


def _just_said(state: CounterState, now_ms: int) -> bool:
    """Whether a new price is on its way to the screen, or has not been there long enough to be read."""
    if state.said is None:
        return False
    code, shown_ms = state.said.code, now_ms - state.said.at_ms
    return code == "price_changing" or (code == "price_changed" and shown_ms < LOOK_FIRST_MS)
