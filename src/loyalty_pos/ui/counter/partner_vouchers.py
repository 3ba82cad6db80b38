"""A partner's voucher scanned at the counter: honoured once, then it pays as a gift card (product P8)."""

from collections.abc import Callable

from loyalty_pos.app.commands_games import HonourVoucher
from loyalty_pos.app.gift_card_views import GiftCardView
from loyalty_pos.app.partner_views import TokenView
from loyalty_pos.app.queries import GiftCard
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.worker import Problem


class PartnerVouchers:
    """Take a voucher; `pays` puts the gift card it became on the sale, `dealt_with` tells it was refused."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.pays: Callable[[str, GiftCardView], None] = lambda text, card: None
        self.dealt_with: Callable[[], None] = lambda: None

    def take(self, text: str) -> None:
        """Put a voucher on the sale; one that was honoured here before still pays with what is left on it."""
        self._desk.change(search="", said=None, focus=self._desk.focus(Place.AMOUNT))
        self._desk.courier.ask(
            GiftCard(code=text),
            lambda card: self.pays(text, card),
            lambda problem: self._unknown(text, problem),
        )

    def _unknown(self, text: str, problem: Problem) -> None:
        if not isinstance(problem, Rejection) or problem.code != "unknown_gift_card":
            self._refused(problem)
            return
        command = HonourVoucher(posting_id=self._desk.new_id(), token=text)
        self._desk.courier.do(command, lambda view: self._honoured(text, view), self._refused)

    def _honoured(self, text: str, view: TokenView) -> None:
        self._desk.courier.ask(GiftCard(code=text), lambda card: self.pays(text, card), self._refused)

    def _refused(self, problem: Problem) -> None:
        self._desk.say(Place.MEMBER, problem)
        self.dealt_with()
