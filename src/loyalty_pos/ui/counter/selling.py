"""Gift cards sold beside the goods (Ctrl G): put on the sale, and made once it is recorded."""

from collections.abc import Callable
from dataclasses import replace

from loyalty_pos.app.commands import IssueGiftCard, SellGiftCards
from loyalty_pos.app.gift_card_views import GiftCardsView
from loyalty_pos.app.views import SaleView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.worker import Problem


class CardSelling:
    """Keep which gift cards are sold; `print_cards` puts those just made on paper.

    Their codes are shown once, so a sale's cards are made after it is on record, each under a key of its own.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keys: dict[tuple[str, int], str] = {}
        self.reprice: Callable[[], None] = lambda: None
        self.print_cards: Callable[[GiftCardsView], None] = lambda cards: None

    def sell(self, face_minor: int) -> None:
        """Put one more gift card on the sale; one of the same value is counted with the others."""
        sold = self._desk.state.cards_sold
        same = next((one for one in sold if one.face_minor == face_minor), None)
        if same is None:
            sold = (*sold, SellGiftCards(face_minor=face_minor))
        else:
            sold = tuple(replace(one, count=one.count + 1) if one is same else one for one in sold)
        self._put(sold)

    def keep(self, place: int) -> None:
        """Take one of the n-th value's cards (from 0) off the sale."""
        sold = self._desk.state.cards_sold
        if place < len(sold):
            one = sold[place]
            left = (replace(one, count=one.count - 1),) if one.count > 1 else ()
            self._put((*sold[:place], *left, *sold[place + 1 :]))

    def make(self, sale: SaleView) -> None:
        """Make the gift cards a recorded sale sold, as far as they are not made yet, and print them."""
        if sale.sale_id is None or sale.voided:
            return
        for sold in sale.sold:
            key = self._keys.setdefault((sale.sale_id, sold.face_minor), self._desk.new_id())
            command = IssueGiftCard(
                posting_id=key, face_minor=sold.face_minor, count=sold.count, sale_id=sale.sale_id
            )
            self._desk.courier.do(command, self._made, self._not_made)

    def _put(self, sold: tuple[SellGiftCards, ...]) -> None:
        with self._desk.step("card"):
            self._desk.change(cards_sold=sold, said=None, confirm_wanted=False)
        self.reprice()

    def _made(self, cards: GiftCardsView) -> None:
        self.print_cards(cards)

    def _not_made(self, problem: Problem) -> None:
        if isinstance(problem, Rejection) and problem.code in ("gift_cards_not_sold", "codes_shown_once"):
            return  # they were made before, and their codes are told to nobody twice
        self._desk.say(Place.TOAST, problem)
