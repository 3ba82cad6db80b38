"""Prizes and earned rewards handed over without a sale (F12)."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.claim_views import ClaimablesView, ClaimableView, ClaimView
from loyalty_pos.app.commands import ClaimReward, UndoClaim
from loyalty_pos.app.commands_games import CheckIn, HandOver
from loyalty_pos.app.queries import Claimables
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.lists import Lists
from loyalty_pos.ui.counter.state import Claimed, ClaimList, Place
from loyalty_pos.ui.counter.terming import Terming
from loyalty_pos.ui.worker import Problem


class Claiming:
    """List what the member may have, hand one of it over, take it back; `moved` tells that balances did."""

    def __init__(self, desk: Desk, lists: Lists) -> None:
        self._desk, self._lists = desk, lists
        self._key: tuple[str, str, str] = ("", "", "")
        self.moved: Callable[[], None] = lambda: None
        self._terming = Terming(desk, self._failed)
        self._terming.moved = self._tell_moved

    def _tell_moved(self) -> None:
        self.moved()

    def open(self) -> None:
        """Show what the member on the counter may claim (F12); again closes it."""
        state = self._desk.state
        if isinstance(state.listing, ClaimList):
            self._lists.close()
        elif state.member is None:
            self._desk.say(Place.MEMBER, code="member_first")
        elif not state.recording:
            member = state.member.member
            self._lists.show(ClaimList((), member, loading=True))
            self._desk.courier.ask(Claimables(member=member), self._came, self._failed)

    def claim(self, listing: ClaimList) -> None:
        """Hand over the highlighted one; trying again after trouble never hands over a second one."""
        if not listing.rows or listing.claiming:
            return
        row = listing.rows[listing.chosen]
        if not row.at_most:
            self._desk.say(Place.MEMBER, code="not_to_claim")
            return
        if row.does != "claim":
            self._terming.carry_out(listing)
            return
        key, whose, what = self._key
        wanted = row.waits or row.event or row.programme
        if (whose, what) != (listing.member, wanted):
            key = self._desk.new_id()
            self._key = (key, listing.member, wanted)
        self._desk.change(listing=replace(listing, claiming=True), said=None)
        if row.waits or row.event:
            self._serve(key, listing.member, row)
            return
        command = ClaimReward(posting_id=key, member=listing.member, programme=row.programme)
        self._desk.courier.do(command, self._claimed, self._failed)

    def undo(self) -> bool:
        """Take back what the open list or the toast says was handed over; False when neither says so."""
        claim = self._last()
        if claim is None:
            return self._terming.undo()
        self._desk.change(toast=None, said=None)
        if isinstance(self._desk.state.listing, ClaimList):
            self._lists.close()
        self._desk.courier.do(UndoClaim(posting_id=claim.posting_id), self._undone, self._failed)
        return True

    def _last(self) -> ClaimView | None:
        state = self._desk.state
        if isinstance(state.listing, ClaimList):
            return state.listing.last
        toast = state.toast
        if not isinstance(toast, Claimed) or toast.claim.undone or toast.trail != state.trail:
            return None
        return toast.claim

    def follow(self) -> None:
        """Put the list away when the member it is about has left."""
        state = self._desk.state
        member = state.member.member if state.member else ""
        if isinstance(state.listing, ClaimList) and state.listing.member != member:
            self._desk.change(listing=None)

    def _came(self, view: ClaimablesView) -> None:
        self._lists.fill(ClaimList(view.items, view.member, view.points, view.last))

    def _serve(self, key: str, member: str, row: ClaimableView) -> None:
        """Hand over what waits, or check a guest in."""
        if row.waits:
            hand_over = HandOver(posting_id=key, claim=row.waits)
            self._desk.courier.do(hand_over, lambda view: self._served("handed_over_now"), self._failed)
        else:
            come = CheckIn(posting_id=key, programme=row.event, member=member)
            self._desk.courier.do(come, lambda view: self._served("checked_in"), self._failed)

    def _served(self, said: str) -> None:
        self._key = ("", "", "")
        self._desk.change(listing=None, search="", focus=self._desk.focus(Place.AMOUNT))
        self._desk.say(Place.MEMBER, code=said)
        self._desk.sound("reward")
        self.moved()

    def _claimed(self, claim: ClaimView) -> None:
        self._key = ("", "", "")
        self._desk.change(
            toast=Claimed(claim, self._desk.state.trail),
            listing=None,
            search="",
            focus=self._desk.focus(Place.AMOUNT),
        )
        self._desk.sound("reward")
        self.moved()

    def _undone(self, claim: ClaimView) -> None:
        self._desk.change(toast=Claimed(claim, self._desk.state.trail))
        self.moved()

    def _failed(self, problem: Problem) -> None:
        listing = self._desk.state.listing
        if isinstance(listing, ClaimList):
            self._desk.change(listing=replace(listing, claiming=False, loading=False))
        self._desk.say(Place.MEMBER, problem)
