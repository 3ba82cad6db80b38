"""Giving a card nobody has to a member who is known already."""

from collections.abc import Callable

from loyalty_pos.app.commands import LinkCard
from loyalty_pos.app.views import MemberView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.worker import Problem


class Linking:
    """Take an unknown card, wait for whom it is, link it; `seat` puts the member on the counter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.seat: Callable[[MemberView], None] = lambda member: None

    def start(self) -> None:
        """Link the unknown card to the member on the counter, else ask whose it is (Enter)."""
        state = self._desk.state
        if state.nobody is None or state.nobody.looks_like != "card":
            return
        card = state.nobody.text
        if state.member is not None:
            self._link(card, state.member.member)
            return
        self._desk.change(
            link_card=card, nobody=None, search="", said=None, focus=self._desk.focus(Place.SEARCH)
        )

    def stop(self) -> None:
        """Leave the card unlinked."""
        self._desk.change(link_card="", search="", focus=self._desk.focus(Place.SEARCH))

    def takes(self, member: MemberView) -> bool:
        """Give the waiting card to a member who was just found; False when none waits."""
        card = self._desk.state.link_card
        if card:
            self._link(card, member.member)
        return bool(card)

    def _link(self, card: str, member: str) -> None:
        self._desk.courier.do(LinkCard(member=member, card=card), self._linked, self._failed)

    def _linked(self, view: MemberView) -> None:
        self._desk.change(link_card="", nobody=None, search="")
        self.seat(view)
        self._desk.say(Place.MEMBER, code="card_linked")

    def _failed(self, problem: Problem) -> None:
        self._desk.say(Place.MEMBER, problem)
