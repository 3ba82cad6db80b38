"""A small form for an amount: a part of the credit, points, or a gift card that is sold."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import PayForm, Place

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
            self._desk.change(pay=PayForm(pay.what, amount), said=None)

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

    def enter(self) -> None:
        """Use what the form says; nothing means: leave it."""
        pay = self._desk.state.pay
        if pay is None:
            return
        amount = pay.amount or None
        if pay.what == "contact":
            with self._desk.step("contact"):
                self._touch(contact=" ".join(pay.text.split()))
            return
        if pay.what == "gift":
            self.close()
            if amount:
                self.sell(amount)
            return
        if pay.what == "credit":
            with self._desk.step("credit"):
                self._touch(credit_part_minor=amount, credit_on=False)
        else:
            with self._desk.step("points"):
                self._touch(points=amount)

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
