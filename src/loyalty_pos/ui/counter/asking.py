"""Asking how the visit was, in one key after the sale; whoever goes on has declined (product P7)."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands_games import RecordParticipation
from loyalty_pos.app.game_views import AskView
from loyalty_pos.app.guest_views import ParticipationView
from loyalty_pos.app.views import MemberView, SaleView
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Place, Recorded
from loyalty_pos.ui.worker import Problem

BEST = 5


def rating_of(member: MemberView | None, sale: SaleView) -> AskView | None:
    """Return how the member of a sale may be asked to rate the visit."""
    if member is None or member.member != sale.member:
        return None
    return next((ask for ask in member.playing.asks if ask.what == "feedback"), None)


class Asking:
    """Take a rating of the sale in the toast."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.moved: Callable[[], None] = lambda: None

    def rate(self, stars: int) -> bool:
        """Count a rating (Alt 1 to Alt 5); False when nobody is asked."""
        state = self._desk.state
        toast = state.toast
        if not isinstance(toast, Recorded) or toast.ask is None or state.sells or not 1 <= stars <= BEST:
            return False
        assert toast.sale.member is not None, "only members are asked"
        self._desk.change(toast=replace(toast, ask=None))
        command = RecordParticipation(
            posting_id=self._desk.new_id(),
            member=toast.sale.member,
            programme=toast.ask.programme,
            answer=str(stars),
        )
        self._desk.courier.do(command, self._rated, self._failed)
        return True

    def _rated(self, view: ParticipationView) -> None:
        self._desk.say(Place.TOAST, code="rated")
        self.moved()

    def _failed(self, problem: Problem) -> None:
        self._desk.say(Place.TOAST, problem)
