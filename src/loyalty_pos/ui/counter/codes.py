"""Discount codes and gift cards handed over: put on the sale, refused with the reason, taken off again."""

from collections.abc import Callable

from loyalty_pos.app.code_views import CodeView
from loyalty_pos.app.gift_card_views import GiftCardView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import CounterState, HandedCard, Place, Said

_REFUSED = {
    "used": "code_used",
    "expired": "code_expired",
    "void": "code_void",
    "retired": "code_programme_retired",
    "waiting": "code_not_yet",
    "reserved": "code_reserved",
}
_CARD_REFUSED = {
    "empty": "gift_card_empty",
    "expired": "gift_card_expired",
    "reserved": "gift_card_reserved",
    "void": "gift_card_void",
}
_ABOUT_CARDS = frozenset(
    {
        *_CARD_REFUSED.values(), "gift_card_handed_in", "unknown_gift_card", "gift_card_needs_member",
        "gift_card_of_another_member", "gift_card_pays_goods_only",
    }
)  # fmt: skip
_ABOUT_CODES = frozenset(
    {
        *_REFUSED.values(), "code_handed_in", "unknown_code", "code_not_usable", "code_needs_member",
        "code_of_another_member", "once_per_member",
    }
)  # fmt: skip


class Codes:
    """Put codes and gift cards on the sale and take them off.

    `reprice` asks for the quote of what is on screen then, `handed` tells that one was dealt with, whether it
    counts or not.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reprice: Callable[[], None] = lambda: None
        self.unsell: Callable[[int], None] = lambda place: None
        self.handed: Callable[[], None] = lambda: None

    def hand_in(self, text: str, code: CodeView) -> None:
        """Put a code on the sale; one that nobody can use any more is refused at once, with the reason."""
        state = self._desk.state
        if code.state != "issued":
            facts = {"programme": code.programme_name, "day": code.day or ""}
            self._desk.say(Place.MEMBER, Rejection(_REFUSED[code.state], **facts))
            self.handed()
            return
        with self._desk.step("code"):
            self._desk.change(codes=tuple(dict.fromkeys((*state.codes, text))), confirm_wanted=False)
        if state.sells:
            self.reprice()
        else:
            self._desk.say(Place.MEMBER, code="code_handed_in")
        self.handed()

    def hand_over(self, text: str, card: GiftCardView) -> None:
        """Put a gift card on the sale; it pays what it can. One that cannot pay is refused at once."""
        state = self._desk.state
        if card.state != "issued":
            no = Rejection(_CARD_REFUSED[card.state], card=card.card, day=card.day or "")
            self._desk.say(Place.MEMBER, no)
            self.handed()
            return
        others = tuple(one for one in state.gift_cards if one.card != card.card)
        handed = (*others, HandedCard(text, card.card, card.left_minor))
        with self._desk.step("card"):
            self._desk.change(gift_cards=handed, confirm_wanted=False)
        if state.sells:
            self.reprice()
        else:
            left, code = card.left_minor, "gift_card_handed_in"
            self._desk.say(Place.MEMBER, code=code, number=card.card, after_minor=left)
        self.handed()

    def keep_card(self, place: int) -> None:
        """Take the n-th gift card (from 0) off the sale; the customer keeps what is on it."""
        cards = self._desk.state.gift_cards
        if place < len(cards):
            with self._desk.step("card"):
                self._desk.change(
                    gift_cards=(*cards[:place], *cards[place + 1 :]), said=None, confirm_wanted=False
                )
            self.reprice()

    def take_off(self) -> bool:
        """Take off the last gift card sold, else the last one handed over, else the last code (Esc).

        False when there is none.
        """
        state = self._desk.state
        if state.cards_sold and not speaks_of_a_code(state):
            self.unsell(len(state.cards_sold) - 1)
            return True
        about_a_code = state.said is not None and _code_of(state.said) in _ABOUT_CODES
        if state.gift_cards and not (state.codes and about_a_code):
            self.keep_card(len(state.gift_cards) - 1)
            return True
        if not state.codes:
            return False
        with self._desk.step("code"):
            self._desk.change(codes=state.codes[:-1], said=None, confirm_wanted=False)
        self.reprice()
        return True


def speaks_of_a_code(state: CounterState) -> bool:
    """Whether what is said is about a code or gift card on the sale, so that Esc takes that off."""
    said = _code_of(state.said) if state.said is not None else ""
    return bool(state.codes and said in _ABOUT_CODES) or bool(state.gift_cards and said in _ABOUT_CARDS)


def _code_of(said: Said) -> str:
    return said.problem.code if isinstance(said.problem, Rejection) else said.code
