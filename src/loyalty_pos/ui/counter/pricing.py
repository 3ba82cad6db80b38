"""What is sold and what it costs: amount, stamp counts, benefits, credit, quote."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from loyalty_pos.app.commands import QuoteSale
from loyalty_pos.app.views import ProgrammeView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.exchanging import Priced, priced, question
from loyalty_pos.ui.counter.of_one_sale import FOR_MEMBER
from loyalty_pos.ui.counter.state import Place, blank
from loyalty_pos.ui.worker import Problem

MOST_STAMPS = 99
_CANNOT_PAY = frozenset(
    {
        "not_enough_credit", "not_enough_points", "more_than_due", "owes", "points_cannot_pay",
        "points_below_minimum", "points_above_maximum", "points_not_in_steps",
    }
)  # fmt: skip


class Pricing:
    """Turn every touch of the sale card into a new quote.

    `quoted` is called when the quote for exactly what is on screen has come.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last_card: str | None = None
        self.quoted: Callable[[], None] = lambda: None

    def amount_edited(self, amount_minor: int) -> None:
        """Take the amount as it stands after a key."""
        self._touch(amount_minor=amount_minor)

    def toggle(self, number: int) -> None:
        """Switch the n-th benefit (from 1) off or on again (Alt n)."""
        switches = self._desk.state.switches
        if 0 < number <= len(switches):
            line, state = switches[number - 1], self._desk.state
            with self._desk.step("benefit"):
                if line.code == "costs_points" or line.programme in state.accepted:
                    self._touch(accepted=state.accepted ^ {line.programme})
                else:
                    self._touch(declined=state.declined ^ {line.programme})

    def toggle_credit(self) -> None:
        """Use all store credit up to what is due, or leave it (F6)."""
        state = self._desk.state
        used = state.credit_on or state.credit_part_minor is not None
        if not state.member or (state.member.credit_minor <= 0 and not used):
            self._desk.say(Place.AMOUNT, code="no_credit_here" if state.member else "member_first")
            return
        with self._desk.step("credit"):
            self._touch(credit_on=not used, credit_part_minor=None)

    def step(self, place: int) -> None:
        """Add one stamp to the n-th card (from 0), as `*` and `/` do."""
        cards = self._desk.state.stamp_cards
        if self._desk.state.member and place < len(cards):
            self._set_count(cards[place], self._desk.state.count_of(cards[place]) + 1)

    def step_back(self) -> None:
        """Take one stamp from the card that was stepped last, else from the first (`-`)."""
        state = self._desk.state
        cards = {card.key: card for card in state.stamp_cards}
        card = cards.get(self._last_card or "") or next(iter(cards.values()), None)
        if state.member and card:
            self._set_count(card, state.count_of(card) - 1)

    def set_count(self, key: str, count: int) -> None:
        """Take a stepper's new value."""
        card = next((c for c in self._desk.state.stamp_cards if c.key == key), None)
        if card:
            self._set_count(card, count)

    def drop_points(self) -> None:
        """Leave the points after all."""
        with self._desk.step("points"):
            self._touch(points=None)

    def toggle_why(self) -> None:
        """Open or close the arithmetic (F7)."""
        state = self._desk.state
        self._desk.change(why_open=not state.why_open and state.quote is not None)

    def reprice(self, *, again: bool = False) -> None:
        """Ask for the quote of what is on screen; `again` even when it is already there."""
        state, request = self._desk.state, self._desk.state.request()
        if request is None:
            # Whose warranty it is was said of goods that lie here no more; where nobody stands either, so was
            # everything that was chosen.
            gone = {} if state.member or state.vouchers else blank(FOR_MEMBER)
            self._desk.change(
                quote=None, quoted=None, sale_id="", why_open=False, confirm_wanted=False, contact="", **gone
            )
            return
        if state.fresh and not again:
            return
        self._desk.courier.ask_latest(
            "quote",
            question(state, request),
            lambda view: self._came(request, view),
            lambda problem: self._refused(request, problem),
        )

    def _set_count(self, card: ProgrammeView, count: int) -> None:
        self._last_card = card.key
        held = max(0, min(MOST_STAMPS, count))
        with self._desk.step("stamps"):
            self._touch(counts=MappingProxyType({**self._desk.state.counts, card.key: held}))

    def _touch(self, **fields: Any) -> None:
        """Change what is sold: earlier remarks and an early confirmation were about something else."""
        self._desk.change(said=None, confirm_wanted=False, **fields)
        self.reprice()

    def _came(self, request: QuoteSale, view: Priced) -> None:
        state = self._desk.state
        if state.request() != request:
            return
        # The same sale quoted again keeps its key, so that trying again after trouble can never record twice.
        sale_id = state.sale_id if state.sale_id and state.quoted == request else self._desk.new_id()
        self._desk.change(**priced(view), quoted=request, sale_id=sale_id)
        self.quoted()

    def _refused(self, request: QuoteSale, problem: Problem) -> None:
        if self._desk.state.request() != request:
            return
        self._desk.change(quote=None, quoted=None, confirm_wanted=False, why_open=False)
        self._desk.say(Place.AMOUNT, problem)
        if isinstance(problem, Rejection) and problem.code in _CANNOT_PAY:
            # The sale goes on as it was before that way of paying was asked for.
            self._desk.change(credit_part_minor=None, points=None, accepted=frozenset())
            self.reprice()
