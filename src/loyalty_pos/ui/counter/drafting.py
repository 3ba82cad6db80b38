"""The sale on the counter outlives a crash: it is kept as a draft, and offered again at the next start."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands import SellGiftCards
from loyalty_pos.app.drafts import Draft, Returned
from loyalty_pos.app.queries import Member, Products, Sale
from loyalty_pos.app.views import MemberView, ProductsView, ProductView, SaleView, TakenBackView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import CounterState, Item, Place, Unfinished, cleared
from loyalty_pos.ui.refunding import RefundForm
from loyalty_pos.ui.worker import Problem


class Drafting:
    """Keep what is being sold, and ask once about what was left behind.

    A draft whose sale is on record is never offered: the crash came after the commit. `load` reads what is
    on disk, `keep` takes the newest draft or None, `sure` calls back when the draft on disk is the newest;
    `wall_ms` is the clock people read. `reprice` asks for the quote of what was taken up, `answered` tells
    that the counter is free.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: Draft | None = None
        self._dropped: Unfinished | None = None
        self._begun = self._ready = False
        self.keep: Callable[[Draft | None], None] = lambda draft: None
        self.sure: Callable[[Callable[[], None]], None] = lambda then: then()
        self.load: Callable[[Callable[[Draft | None], None]], None] = lambda found: found(None)
        self.wall_ms: Callable[[], int] = lambda: 0
        self.reprice: Callable[[], None] = lambda: None
        self.answered: Callable[[], None] = lambda: None

    def watch(self, state: CounterState) -> None:
        """Follow the counter; nothing is kept or forgotten while an older draft waits for an answer."""
        if not self._ready or state.unfinished:
            return
        draft = _draft_of(state, self.wall_ms())
        if draft is not None and self._last is not None and draft == replace(self._last, at_ms=draft.at_ms):
            return
        if draft is not None:
            self._dropped = None
        if draft != self._last:
            self._last = draft
            self.keep(draft)

    def begin(self) -> None:
        """Look once what the last start left behind, now that the shop is known."""
        if not self._begun:
            self._begun = True
            self.load(self._found)

    def _found(self, draft: Draft | None) -> None:
        shop = self._desk.state.shop
        if draft is None or (shop is not None and draft.shop != shop.shop):
            self._follow()
        elif draft.sale_id:
            self._desk.courier.ask(
                Sale(sale_id=draft.sale_id),
                self._recorded,
                lambda problem: self._not_recorded(draft, problem),
            )
        else:
            self._gather(draft)

    def go_on(self) -> None:
        """Put the unfinished sale on the counter again, under the key it had (Enter)."""
        unfinished = self._desk.state.unfinished
        if unfinished is None:
            return
        if self._desk.state.selling:
            with self._desk.step("sale"):
                self._take_up(unfinished)
        else:
            self._take_up(unfinished)
        self._ready = True
        self.watch(self._desk.state)
        self.reprice()
        if unfinished.draft.vouchers:
            self._desk.say(Place.MEMBER, code="scan_voucher_again")
        elif unfinished.draft.contact:
            self._desk.say(Place.MEMBER, code="name_warranty_again")
        self.answered()

    def drop(self) -> None:
        """Leave the unfinished sale (Esc); Ctrl Z asks again as long as nothing else is sold."""
        self._dropped = self._desk.state.unfinished
        self._desk.change(unfinished=None, focus=self._desk.focus(Place.SEARCH))
        self._follow()
        self.answered()

    def ask_again(self) -> bool:
        """Ask once more about what was just left; False when there is nothing to ask."""
        dropped, state = self._dropped, self._desk.state
        if dropped is None or state.selling:
            return False
        self._dropped = None
        self._desk.change(unfinished=dropped)
        return True

    def _follow(self) -> None:
        """Keep drafts from now on; one that is still on disk goes when nothing is being sold."""
        self._ready = True
        self._last = None
        if _draft_of(self._desk.state, 0) is None:
            self.keep(None)
        self.watch(self._desk.state)

    def _recorded(self, sale: SaleView) -> None:
        self._follow()
        self._desk.say(Place.TOAST, code="draft_recorded", number=sale.number, after_minor=sale.due_minor)

    def _not_recorded(self, draft: Draft, problem: Problem) -> None:
        if isinstance(problem, Rejection) and problem.code == "unknown_sale":
            self._gather(draft)
        else:
            # Whether it stands is not known: the draft stays where it is until the next start.
            self._ready = False
            self._desk.say(Place.MEMBER, problem)

    def _gather(self, draft: Draft) -> None:
        """Read who and what the draft is about, then ask."""
        if not draft.lines:
            self._gather_member(draft, ())
            return
        skus = {sku for sku, _ in draft.lines}

        def came(view: ProductsView) -> None:
            self._gather_member(draft, tuple(p for p in view.products if p.sku in skus))

        self._desk.courier.ask(Products(), came, lambda problem: self._gather_member(draft, ()))

    def _gather_member(self, draft: Draft, products: tuple[ProductView, ...]) -> None:
        def came(member: MemberView | None) -> None:
            self._gather_exchange(Unfinished(draft, member, products))

        if draft.member is None:
            came(None)
        else:
            self._desk.courier.ask(Member(member=draft.member), came, lambda problem: came(None))

    def _gather_exchange(self, unfinished: Unfinished) -> None:
        """Read what comes back of which sale; an exchange that cannot be any more is said, and left."""
        returned = unfinished.draft.exchange
        if returned is None:
            self._desk.change(unfinished=unfinished)
            return

        def sale_came(sale: SaleView) -> None:
            form = _coming_back(returned, sale)
            if form.quoted is None:
                self._follow()
            else:
                self._desk.courier.ask(form.quoted, lambda view: came(form, view), failed)

        def came(form: RefundForm, view: TakenBackView) -> None:
            self._desk.change(unfinished=replace(unfinished, exchange=replace(form, view=view)))

        def failed(problem: Problem) -> None:
            self._follow()
            self._desk.say(Place.MEMBER, problem)

        self._desk.courier.ask(Sale(sale_id=returned.sale_id), sale_came, failed)

    def _take_up(self, unfinished: Unfinished) -> None:
        draft = unfinished.draft
        known = {product.sku: product for product in unfinished.products}
        self._desk.change(
            **{
                **cleared(),
                "trail": self._desk.state.trail,
                "unfinished": None,
                "member": unfinished.member,
                "mode": draft.mode,
                "amount_minor": draft.amount_minor,
                "items": tuple(Item(known[sku], quantity) for sku, quantity in draft.lines if sku in known),
                "counts": dict(draft.counts),
                "declined": frozenset(draft.declined),
                "accepted": frozenset(draft.accepted),
                "credit_on": draft.credit_on,
                "credit_part_minor": draft.credit_part_minor,
                "points": draft.points,
                "free_skus": dict(draft.free_skus),
                "on_account": draft.on_account,
                "cards_sold": tuple(
                    SellGiftCards(face_minor=face, count=count) for face, count in draft.cards_sold
                ),
                "exchange": unfinished.exchange,
                "focus": self._desk.focus(Place.AMOUNT),
            }
        )
        self._desk.change(sale_id=draft.sale_id, quoted=self._desk.state.request())


def _draft_of(state: CounterState, at_ms: int) -> Draft | None:
    """Make a draft of what is being sold; None while nothing is."""
    if not state.sells:
        return None
    due = state.quote.due_minor if state.quote and state.fresh else 0
    if state.difference is not None:
        due = state.difference.to_pay_minor
    return Draft(
        shop=state.shop.shop if state.shop else "",
        at_ms=at_ms,
        sale_id=state.sale_id if state.fresh else "",
        member=state.member.member if state.member else None,
        mode=state.mode,
        amount_minor=state.amount_minor,
        lines=tuple((item.product.sku, item.quantity) for item in state.items),
        counts=dict(state.counts),
        declined=tuple(sorted(state.declined)),
        accepted=tuple(sorted(state.accepted)),
        credit_on=state.credit_on,
        credit_part_minor=state.credit_part_minor,
        points=state.points,
        free_skus=dict(state.free_skus),
        on_account=state.on_account,
        cards_sold=tuple((one.face_minor, one.count) for one in state.cards_sold),
        exchange=_returned(state.exchange),
        contact=bool(state.contact),
        vouchers=len(state.vouchers) + len(state.codes) + len(state.gift_cards),
        due_minor=due,
    )


def _returned(form: RefundForm | None) -> Returned | None:
    if form is None:
        return None
    return Returned(
        sale_id=form.sale.sale_id or "",
        refund_id=form.refund_id,
        way=form.way,
        units=tuple(sorted(form.units.items())),
        amount_minor=form.amount_minor,
    )


def _coming_back(returned: Returned, sale: SaleView) -> RefundForm:
    form = RefundForm(sale, returned.refund_id, returned.way, dict(returned.units), returned.amount_minor)
    return replace(form, quoted=form.request())
