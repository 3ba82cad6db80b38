"""A small form for an amount: a part of the credit, points, or a gift card that is sold."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from loyalty_pos.app.commands_people import Settle
from loyalty_pos.app.people_views import SettledView
from loyalty_pos.app.views import SaleView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import PayForm, Place
from loyalty_pos.ui.worker import Problem

What = Literal["credit", "points", "gift", "contact"]


class Paying:
    """Ask how much credit (Shift F6) or how many points (Ctrl F6) shall pay, or what a gift card is for.

    The shop decides what is possible; a refusal stands in the form and the sale stays as it was. `sell` puts
    a gift card on the sale (Ctrl G).
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reprice: Callable[[], None] = lambda: None
        self.sell: Callable[[int], None] = lambda face_minor: None
        self.moved: Callable[[], None] = lambda: None

    def open(self, what: What) -> None:
        """Open the form, or close it when it is open for the same."""
        state = self._desk.state
        if state.pay and state.pay.what == what:
            self.close()
            return
        if state.recording:
            return
        if what == "gift":
            self._desk.change(pay=PayForm(what), said=None, focus=self._desk.focus(Place.PAY))
            return
        if what == "contact":
            self._ask_contact()
            return
        if state.member is None or not state.sells:
            self._desk.say(Place.AMOUNT, code="member_and_sale_first")
            return
        if what == "points" and state.points_price is None:
            self._desk.say(Place.AMOUNT, code="points_do_not_pay")
            return
        now = (state.credit_part_minor if what == "credit" else state.points) or 0
        self._desk.change(pay=PayForm(what, now), said=None, focus=self._desk.focus(Place.PAY))

    def edited(self, amount: int) -> None:
        """Follow the form."""
        pay = self._desk.state.pay
        if pay:
            self._desk.change(pay=replace(pay, amount=amount), said=None)

    def written(self, text: str) -> None:
        """Follow the form where it takes words."""
        pay = self._desk.state.pay
        if pay:
            self._desk.change(pay=replace(pay, text=text), said=None)

    def most(self) -> None:
        """Take as many points as may pay on this bill."""
        state = self._desk.state
        if state.pay and state.pay.what == "points" and state.quote:
            self.edited(state.quote.points_at_most)
        elif state.pay and state.pay.sale and state.pay.sale.on_account:
            self.edited(state.pay.sale.on_account.left_minor)

    def enter(self) -> None:
        """Use what the form says; nothing means: leave it."""
        pay = self._desk.state.pay
        if pay is None:
            return
        amount = pay.amount or None
        if pay.sale is not None:
            self._settle(pay, pay.sale)
        elif pay.what == "contact":
            with self._desk.step("contact"):
                self._touch(contact=" ".join(pay.text.split()))
        elif pay.what == "gift":
            self.close()
            if amount:
                self.sell(amount)
        elif pay.what == "credit":
            with self._desk.step("credit"):
                self._touch(credit_part_minor=amount, credit_on=False)
        else:
            with self._desk.step("points"):
                self._touch(points=amount)

    def on_account(self, sale: SaleView | None) -> None:
        """Take in a payment for a recent sale that is marked, else put the sale on screen on account."""
        if sale is not None:
            self.open_account(sale)
        else:
            self.put_on_account()

    def put_on_account(self) -> None:
        """Let the sale be paid later, or at once again (Shift F9)."""
        state = self._desk.state
        if state.recording:
            return
        if state.member is None or not state.sells:
            self._desk.say(Place.AMOUNT, code="member_and_sale_first")
            return
        with self._desk.step("account"):
            self._desk.change(on_account=not state.on_account, said=None, confirm_wanted=False)
        self.reprice()

    def open_account(self, sale: SaleView) -> None:
        """Ask what is paid now of a sale on account; all that is left stands there."""
        account = sale.on_account
        if account is None or not account.left_minor or sale.voided:
            self._desk.say(Place.MEMBER, code="not_on_account", number=sale.number)
            return
        form = PayForm("account", account.left_minor, sale=sale, key=self._desk.new_id())
        self._desk.change(pay=form, listing=None, said=None, search="", focus=self._desk.focus(Place.PAY))

    def _settle(self, pay: PayForm, sale: SaleView) -> None:
        if pay.amount:
            command = Settle(posting_id=pay.key, sale_id=sale.sale_id or "", amount_minor=pay.amount)
            self._desk.courier.do(command, self._settled, self._refused)
        else:
            self.close()

    def _settled(self, view: SettledView) -> None:
        self._desk.change(pay=None, focus=self._desk.focus(Place.SEARCH))
        self._desk.say(Place.MEMBER, code="settled", number=view.number)
        self.moved()

    def _refused(self, problem: Problem) -> None:
        pay = self._desk.state.pay
        if pay is not None:
            self._desk.change(pay=replace(pay, key=self._desk.new_id()))
        self._desk.say(Place.MEMBER, problem)

    def close(self) -> None:
        """Put the form away; what was used before stays."""
        self._desk.change(pay=None, said=None, focus=self._desk.focus(Place.AMOUNT))

    def _ask_contact(self) -> None:
        state = self._desk.state
        if state.member is not None or state.quote is None or not state.quote.warranties:
            self._desk.say(Place.AMOUNT, code="no_warranty_to_name")
            return
        form = PayForm("contact", text=state.contact)
        self._desk.change(pay=form, said=None, focus=self._desk.focus(Place.PAY))

    def _touch(self, **fields: Any) -> None:
        self._desk.change(
            pay=None, said=None, confirm_wanted=False, focus=self._desk.focus(Place.AMOUNT), **fields
        )
        self.reprice()
