"""Memberships sold, contracts begun and ended, from the list of what a member may have (F12)."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands_standing import EndContract, SellMembership, StartContract, UndoMembership
from loyalty_pos.app.term_views import EndedContractView, SoldMembershipView, TermView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Begun, ClaimList, Place
from loyalty_pos.ui.worker import Problem

Done = SoldMembershipView | TermView | EndedContractView


class Terming:
    """Carry out what the highlighted row says, under one key however often it is tried."""

    def __init__(self, desk: Desk, failed: Callable[[Problem], None]) -> None:
        self._desk, self._failed = desk, failed
        self._key: tuple[str, str, str, str] = ("", "", "", "")
        self.moved: Callable[[], None] = lambda: None

    def carry_out(self, listing: ClaimList) -> None:
        """Sell, begin, or end: a contract that costs something is ended by a second Enter alone."""
        row = listing.rows[listing.chosen]
        if row.does == "end" and row.price_minor and listing.sure != row.programme:
            self._desk.change(listing=replace(listing, sure=row.programme))
            self._desk.say(Place.MEMBER, code="ends_contract", after_minor=row.price_minor)
            return
        whose = (row.does, listing.member, row.programme)
        if self._key[1:] != whose:
            self._key = (self._desk.new_id(), *whose)
        key, who, what = self._key[0], listing.member, row.programme
        self._desk.change(listing=replace(listing, claiming=True), said=None)
        courier = self._desk.courier
        if row.does == "sell":
            courier.do(SellMembership(posting_id=key, member=who, programme=what), self._done, self._failed)
        elif row.does == "start":
            courier.do(StartContract(posting_id=key, member=who, programme=what), self._done, self._failed)
        else:
            paid = row.price_minor
            command = EndContract(posting_id=key, member=who, programme=what, paid_minor=paid)
            courier.do(command, self._done, self._failed)

    def undo(self) -> bool:
        """Take back the membership the toast says was sold; False when it says none."""
        state = self._desk.state
        toast = state.toast
        if not isinstance(toast, Begun) or not toast.back or toast.trail != state.trail:
            return False
        self._desk.change(toast=None, said=None)
        self._desk.courier.do(UndoMembership(posting_id=toast.view.posting_id), self._undone, self._failed)
        return True

    def _done(self, view: Done) -> None:
        self._key = ("", "", "", "")
        self._desk.change(
            toast=Begun(view, self._desk.state.trail),
            listing=None,
            search="",
            focus=self._desk.focus(Place.AMOUNT),
        )
        self._desk.sound("reward")
        self.moved()

    def _undone(self, view: SoldMembershipView) -> None:
        self._desk.change(toast=Begun(view, self._desk.state.trail))
        self.moved()
