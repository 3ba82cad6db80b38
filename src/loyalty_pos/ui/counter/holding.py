"""Sales on hold: put aside, counted, listed, taken up again."""

from collections.abc import Callable
from dataclasses import fields

from loyalty_pos.app.commands import HoldSale, QuoteSale, ResumeSale
from loyalty_pos.app.queries import Holds, Member
from loyalty_pos.app.views import HeldView, HoldsView, MemberView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.lists import Lists
from loyalty_pos.ui.counter.state import HandedCard, HeldList, Item, Place, cleared
from loyalty_pos.ui.worker import Problem


class Holding:
    """What F8 and Shift F8 do; `reprice` asks for the quote of what was taken up again.

    `taken_up` tells that a sale is on the counter alone now: it is on hold no more.
    """

    def __init__(self, desk: Desk, lists: Lists) -> None:
        self._desk, self._lists = desk, lists
        self._keys: dict[object, str] = {}
        self._contacts: dict[
            str, str
        ] = {}  # whose warranty it is waits here: it is kept with none of the sales
        self.reprice: Callable[[], None] = lambda: None
        self.taken_up: Callable[[], None] = lambda: None

    def open_held(self) -> None:
        """Show the sales on hold (Shift F8); again closes them."""
        if isinstance(self._desk.state.listing, HeldList):
            self._lists.close()
            return
        self._lists.show(HeldList((), loading=True))
        self._desk.courier.ask(Holds(), self._held_came, self._failed)

    def count_held(self) -> None:
        """Count what is on hold anew."""
        self._desk.courier.ask(Holds(), self._counted, lambda problem: None)

    def hold(self) -> None:
        """Put the sale on the counter on hold (F8)."""
        state = self._desk.state
        request = state.request()
        if state.recording or state.lookup or state.join:
            return
        if state.exchange is not None:
            self._desk.say(Place.CONFIRM, code="finish_first")
            return
        if request is None:
            self._desk.say(Place.TOAST, code="nothing_to_hold")
            return
        command = HoldSale(
            **{f.name: getattr(request, f.name) for f in fields(QuoteSale)},
            posting_id=self._key(("hold", repr(request), state.sale_id)),
        )
        contact = state.contact
        self._desk.courier.do(command, lambda view: self._held(request, contact, view), self._failed)

    def resume(self, hold: HeldView) -> None:
        """Take a sale up again; what lies on the counter must be done first."""
        if self._desk.state.selling:
            self._desk.say(Place.MEMBER, code="finish_first")
            return
        command = ResumeSale(posting_id=self._key(("resume", hold.hold)), hold=hold.hold)
        self._desk.courier.do(command, self._resumed, self._failed)

    def _key(self, about: object) -> str:
        """One key for one wish, so that trying again after trouble never does it twice."""
        return self._keys.setdefault(about, self._desk.new_id())

    def _held_came(self, view: HoldsView) -> None:
        self._counted(view)
        self._lists.fill(HeldList(view.holds))

    def _counted(self, view: HoldsView) -> None:
        self._desk.change(held_count=len(view.holds))

    def _held(self, request: QuoteSale, contact: str, view: HeldView) -> None:
        self._keys.clear()
        self._contacts[view.hold] = contact
        if self._desk.state.request() == request:
            self._desk.change(**cleared(), focus=self._desk.focus(Place.SEARCH))
        self._desk.say(Place.TOAST, code="held", after_minor=view.reserved_credit_minor)
        self.count_held()

    def _resumed(self, view: HeldView) -> None:
        self._keys.clear()
        request = view.request
        products = {product.sku: product for product in view.products}
        lines = [line for line in request.lines if line.sku in products]
        use = request.use
        skus = [line.sku or "" for line in lines]
        part = use.credit_minor if isinstance(use.credit_minor, int) else None
        self._desk.change(
            **{
                **cleared(),
                "mode": "items" if request.lines else "amount",
                "amount_minor": request.amount_minor or 0,
                "items": tuple(Item(products[line.sku or ""], line.quantity) for line in lines),
                "counts": dict(request.counts),
                "declined": frozenset(use.decline),
                "accepted": frozenset(use.accept),
                "credit_on": use.credit_minor == "all",
                "credit_part_minor": part,
                "points": use.points,
                "on_account": request.on_account,
                "contact": self._contacts.pop(view.hold, ""),
                "cards_sold": request.sells,
                "codes": use.codes,
                "gift_cards": tuple(
                    HandedCard(text, one.card, one.left_minor)
                    for text, one in zip(use.gift_cards, view.gift_cards, strict=True)
                ),
                "free_skus": {key: skus[n - 1] for key, n in use.free_lines.items() if n <= len(skus)},
            },
            listing=None,
            focus=self._desk.focus(Place.AMOUNT),
        )
        self.count_held()
        self.taken_up()
        if request.member is None:
            self.reprice()
            return
        self._desk.courier.ask(Member(member=request.member), self._seated, self._failed)

    def _seated(self, member: MemberView) -> None:
        self._desk.change(member=member)
        self.reprice()
        self.taken_up()

    def _failed(self, problem: Problem) -> None:
        self._desk.say(Place.MEMBER, problem)
