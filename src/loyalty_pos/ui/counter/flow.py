"""The counter's behaviour: every key, scan and touch comes in here and leaves as a command or a question."""

from collections.abc import Callable
from typing import Literal

from loyalty_pos.app.queries import Shop
from loyalty_pos.app.views import ProductView, ShopView
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui.counter.asking import Asking
from loyalty_pos.ui.counter.claiming import Claiming
from loyalty_pos.ui.counter.closing import Closing
from loyalty_pos.ui.counter.codes import Codes, speaks_of_a_code
from loyalty_pos.ui.counter.desk import CourierLike, Desk
from loyalty_pos.ui.counter.drafting import Drafting
from loyalty_pos.ui.counter.exchanging import Exchanging
from loyalty_pos.ui.counter.finding import Finding
from loyalty_pos.ui.counter.holding import Holding
from loyalty_pos.ui.counter.items import Items
from loyalty_pos.ui.counter.linking import Linking
from loyalty_pos.ui.counter.lists import Lists
from loyalty_pos.ui.counter.partner_vouchers import PartnerVouchers
from loyalty_pos.ui.counter.paying import Paying
from loyalty_pos.ui.counter.pricing import Pricing
from loyalty_pos.ui.counter.refunds import refunding_on
from loyalty_pos.ui.counter.selling import CardSelling
from loyalty_pos.ui.counter.state import CounterState, Place, cleared
from loyalty_pos.ui.counter.undoing import Undoing


class CounterFlow:
    """Run idle → member → priced → done → idle, in whatever order the cashier goes.

    Nothing here waits: input is taken at once, answers change the state when they come, and a
    confirmation given early is carried out when the price it needs is there.
    """

    def __init__(self, courier: CourierLike, new_id: Callable[[], str], now_ms: Callable[[], int]) -> None:
        self.desk = Desk(courier, new_id, now_ms)
        self.finding = Finding(self.desk)
        self.pricing = Pricing(self.desk)
        self.closing = Closing(self.desk)
        self.items, self.codes = Items(self.desk), Codes(self.desk)
        self._waiting_scans: list[str] = []
        self.finding.found = self._member_changed
        self.finding.lost = self._lost
        self.finding.product, self.finding.code = self._product_scanned, self.codes.hand_in
        self.finding.card = self.codes.hand_over
        self.partner_vouchers, self.asking = PartnerVouchers(self.desk), Asking(self.desk)
        self.finding.voucher, self.partner_vouchers.pays = self.partner_vouchers.take, self.codes.hand_over
        self.partner_vouchers.dealt_with, self.asking.moved = self._next_scan, self._balances_moved
        self.lists, self.paying, self.linking = Lists(self.desk), Paying(self.desk), Linking(self.desk)
        self.finding.diverted = lambda member: self.lists.takes(member) or self.linking.takes(member)
        self.linking.seat = self.finding.seat
        self.claiming = Claiming(self.desk, self.lists)
        self.claiming.moved, self.lists.claim = self._balances_moved, self.claiming.claim
        self.lists.void = self.closing.void
        self.lists.moved = self._attached
        self.holding = Holding(self.desk, self.lists)
        self.lists.resume = self.holding.resume
        self.refunding = refunding_on(self.desk, new_id)
        self.refunding.done, self.lists.refund = self.closing.undone, self.refunding.open
        self.exchanging = Exchanging(self.desk)
        self.exchanging.seat, self.exchanging.reprice = self.finding.seat, self.pricing.reprice
        self.refunding.to_exchange = self.exchanging.begin
        self.holding.reprice = self.paying.reprice = self.pricing.reprice
        self.codes.handed = self._next_scan
        self.items.reprice = self.codes.reprice = self.pricing.reprice
        self.selling = CardSelling(self.desk)
        self.selling.reprice, self.paying.sell = self.pricing.reprice, self.selling.sell
        self.codes.unsell, self.closing.make_cards = self.selling.keep, self.selling.make
        self.pricing.quoted = self.closing.go_on
        self.closing.reprice = self.pricing.reprice
        self.closing.moved = self.paying.moved = self._balances_moved
        self.closing.look_again = self.finding.refresh
        self.closing.closed = self._free
        self.undoing = Undoing(self.desk, self.lists, self.closing, self.claiming)
        self.undoing.brought_back = self._brought_back
        self.drafting = Drafting(self.desk)
        self.drafting.reprice, self.drafting.answered = self.pricing.reprice, self._free
        self.holding.taken_up = lambda: self.drafting.sure(lambda: None)
        self.undoing.ask_again = self.drafting.ask_again
        self.desk.watched = self.drafting.watch
        self.closing.when_kept = lambda then: self.drafting.sure(then)  # noqa: PLW0108 - set later

    @property
    def state(self) -> CounterState:
        """What the counter shows now."""
        return self.desk.state

    def start(self) -> None:
        """Read the shop and the last customers."""
        self.desk.courier.ask(Shop(), self._shop_came, lambda p: self.desk.say(Place.MEMBER, p))
        self.closing.read_recent()
        self.holding.count_held()

    def scanned(self, code: str) -> None:
        """Take a scan, wherever the keyboard is; a sale being recorded is let finish first."""
        state = self.state
        reading_goods = state.mode == "items" and state.lookup is not None and not state.lookup.live
        if state.recording or state.unfinished or reading_goods:
            # A member scanned anew replaces the last one; goods scanned one after the other all count.
            self._waiting_scans = [*self._waiting_scans, code] if state.mode == "items" else [code]
        else:
            self.finding.look_up(code, scanned=True)

    def enter(self, where: Place | None, *, plainly: bool = False) -> None:
        """Do what Enter means where the keyboard is; `plainly` (F9) means: confirm, past what stands open.

        Enter answers the question on screen first: it picks a highlighted person, sends the new
        member's form, looks up a typed text. It never dismisses a warning.
        """
        state = self.state
        typed = state.search.strip()
        if state.doubt:
            # Enter is dead here on purpose: habit must not answer this question (rules 21).
            if plainly:
                self.closing.confirm_new()
        elif state.pay:
            self.paying.enter()
        elif state.listing and not typed and not state.candidates and not state.nobody:
            self.lists.enter()
        elif plainly and (
            state.link_card or state.nobody or state.candidates or state.join or state.receipt or typed
        ):
            self.without_member()
        elif state.join and not state.join.saving:
            self.finding.submit_join()
        elif state.nobody:
            self.linking.start()
        elif (state.link_card and not typed and not state.candidates) or state.receipt:
            return
        elif where is Place.ITEMS and state.item_search.strip():
            self.items.enter()
        elif typed and not self._is_answered() and (where is Place.SEARCH or not state.member):
            self.finding.look_up(typed)
        elif state.candidates:
            self.finding.pick()
        elif self._has_something_to_confirm():
            self.closing.confirm()

    def without_member(self) -> None:
        """Sell without a member: confirm when there is an amount, else ask for it."""
        state = self.state
        if state.link_card:
            self.linking.stop()
        if state.nobody or state.candidates or state.receipt:
            self.finding.release()
        elif state.join or state.search:
            self.finding.dismiss()
        if state.sells:
            self.closing.confirm()
        else:
            self.desk.change(focus=self.desk.focus(Place.AMOUNT))

    def amount_edited(self, amount_minor: int) -> None:
        """Take the amount after a key; while a sale is being recorded it stands still."""
        if not self.state.recording:
            self.pricing.amount_edited(amount_minor)

    def escape(self, where: Place | None) -> Literal["closed", "field", "member", "sale", "nothing"]:
        """Go one rung back: what is open, the field, the member, the sale."""
        state = self.state
        if state.recording:
            return "nothing"
        if state.refund:
            self.refunding.close()
            return "closed"
        if state.doubt:
            with self.desk.step("sale"):
                self.desk.change(**cleared(), focus=self.desk.focus(Place.SEARCH))
            return "closed"
        if state.pay:
            self.paying.close()
            return "closed"
        if speaks_of_a_code(state):
            self.codes.take_off()
            return "field"
        if state.why_open or state.print_trouble or state.said:
            self.desk.change(why_open=False, print_trouble=None, said=None)
            return "closed"
        if state.join or state.nobody or state.candidates or state.receipt or state.lookup:
            with self.desk.step("search"):
                self.finding.dismiss()
            return "closed"
        if where is Place.SEARCH and state.search:
            with self.desk.step("search"):
                self.finding.edited("")
            return "field"
        if state.listing or state.link_card:
            with self.desk.step("search"):
                self.lists.close()
                self.linking.stop()
            return "closed"
        if state.item_search or state.found:
            with self.desk.step("goods"):
                self.items.edited("")
            return "field"
        if where is Place.AMOUNT and state.mode == "amount" and state.amount_minor > 0:
            with self.desk.step("amount"):
                self.pricing.amount_edited(0)
            return "field"
        if self.codes.take_off():
            return "field"
        if state.member:
            with self.desk.step("member"):
                self.finding.release()
            return "member"
        if state.sells or state.exchange:
            with self.desk.step("sale"):
                self._clear_sale()
            return "sale"
        self.desk.change(toast=None, focus=self.desk.focus(Place.SEARCH))
        return "nothing"

    def toast_ended(self) -> None:
        """Put the toast away; the sale can still be taken back as the till's last one."""
        self.desk.change(toast=None)

    def _is_answered(self) -> bool:
        """Whether what the box holds is being looked up, or is what the list on screen was made of."""
        state = self.state
        candidates, typed = state.candidates, latin_digits(state.search.strip())
        if state.lookup:
            return not state.lookup.live
        if not candidates:
            return False
        text = latin_digits(candidates.text)
        return typed == text or (typed.isdigit() and typed.startswith(text))

    def _has_something_to_confirm(self) -> bool:
        """Whether Enter has anything to confirm; without it the keyboard goes where it is needed."""
        state = self.state
        if state.sells or state.member or state.recording:
            return True
        self.desk.change(focus=self.desk.focus(Place.SEARCH))
        return False

    def _clear_sale(self) -> None:
        if self.state.mode == "items":
            self.items.clear()
        else:
            self.pricing.amount_edited(0)
        self.desk.change(exchange=None, exchanged=None, focus=self.desk.focus(Place.SEARCH))

    def _member_changed(self) -> None:
        self.claiming.follow()
        self.pricing.reprice()
        self.closing.go_on()
        self._next_scan()

    def _lost(self) -> None:
        self.desk.change(confirm_wanted=False)  # what came is not what was expected
        self._next_scan()

    def _product_scanned(self, product: ProductView) -> None:
        wanted = self.state.confirm_wanted
        self.items.add(product)
        self.desk.change(confirm_wanted=wanted)
        self.closing.go_on()
        self._next_scan()

    def _attached(self) -> None:
        self._balances_moved()
        self.closing.read_recent()

    def _brought_back(self) -> None:
        if self.state.item_search:
            self.items.edited(self.state.item_search)
        self.finding.refresh()
        self.pricing.reprice()

    def _balances_moved(self) -> None:
        self.finding.refresh()
        self.pricing.reprice(again=True)

    def _free(self) -> None:
        self.claiming.follow()
        self._next_scan()

    def _next_scan(self) -> None:
        if self._waiting_scans and not self.state.recording and not self.state.unfinished:
            self.finding.look_up(self._waiting_scans.pop(0), scanned=True)

    def _shop_came(self, shop: ShopView) -> None:
        known = self.state.shop is not None
        self.desk.change(shop=shop)
        if known:  # its programmes are others now, so the member's cards and the price may be, too
            self._balances_moved()
        self.drafting.begin()
