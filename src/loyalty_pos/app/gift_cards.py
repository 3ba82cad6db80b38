"""Gift cards on a sale: what a text stands for, why it may not pay, and what moves (rules 12, 16, 27, 34)."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from loyalty_pos.app.commands import QuoteSale
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.gift_card_ports import GiftCardRow
from loyalty_pos.app.held_codes import GIFT_CARD, handed_again, hashed_texts, reserved_on_card
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.records import Record
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.gift_cards import CardInHand, CardPaid
from loyalty_pos.domain.identifiers import code_from_bits, read_gift_card
from loyalty_pos.domain.keyboards import in_either_layout
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.money import MAX_AMOUNT
from loyalty_pos.domain.quote import Quote
from loyalty_pos.domain.text import search_key
from loyalty_pos.domain.trace import Reason, TraceLine

SOLD_AT_MOST = 1_000
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class HandedCards:
    """The gift cards of a sale that may pay, in their order, and those left out where nobody insisted."""

    cards: tuple[CardInHand, ...] = ()
    left_out: tuple[TraceLine, ...] = ()


_NO_CARDS = HandedCards()


def hash_gift_card(value: int) -> bytes:
    """Hash a gift card's code: only this is kept."""
    return _hash(code_from_bits(value))


def gift_card_key(text: str) -> bytes:
    """Hash what a text says, in whatever spelling; what has no form of a code stands for no card."""
    value = read_gift_card(text)
    return _hash(search_key(text)) if value is None else hash_gift_card(value)


def find_gift_card(desk: Desk, text: str) -> GiftCardRow | None:
    """Find the gift card a text is, also when the other keyboard layout was on."""
    held = handed_again(desk, text, GIFT_CARD)
    if held is not None:
        return desk.store.gift_cards.get(held)
    return in_either_layout(text, lambda typed: desk.store.gift_cards.find(gift_card_key(typed)))


def checked_cards(desk: Desk, texts: Sequence[str]) -> list[str]:
    """Return the gift cards of a request as they are hashed with it, whatever the spelling."""
    return hashed_texts(desk, texts, GIFT_CARD, gift_card_key, desk.store.gift_cards.hash_of)


def checked_sold(asked: QuoteSale) -> list[list[int]]:
    """Return the gift cards a request sells, one row for each face; raises InvalidRequest."""
    if not asked.sells:
        return []
    sums: dict[int, int] = {}
    for place, one in enumerate(asked.sells):
        checked(one.face_minor, f"sells.{place}.face_minor", 1, MAX_AMOUNT)
        checked(one.count, f"sells.{place}.count", 1, SOLD_AT_MOST)
        sums[one.face_minor] = sums.get(one.face_minor, 0) + one.count
    if sum(sums.values()) > SOLD_AT_MOST:
        raise InvalidRequest("sells", "too_many", high=SOLD_AT_MOST)
    return [[face, count] for face, count in sorted(sums.items())]


def hand_in_cards(
    desk: Desk, texts: Sequence[str], member: MemberRow | None, moment: Moment, *, lenient: bool
) -> HandedCards:
    """Read the gift cards of a sale, soonest expiry first, then oldest (rules 5).

    Raises Rejection for one that cannot pay; with `lenient` a known one is left out and told of (rules 12).
    """
    if not texts:
        return _NO_CARDS
    found: dict[int, GiftCardRow] = {}
    for text in texts:
        card = find_gift_card(desk, text)
        if card is None:
            raise Rejection("unknown_gift_card")
        found[card.id] = card
    usable, left_out = [], []
    for card in sorted(found.values(), key=lambda one: (one.expires_on or _NEVER, one.id)):
        reason = why_card_not(desk, card, moment) or _not_theirs(card, member)
        if reason is None:
            reserved = reserved_on_card(desk, card.id, moment.at_ms)
            usable.append(CardInHand(card.id, card.left_minor, card.sale is not None, reserved))
        elif not lenient:
            raise Rejection(reason.code, **{**reason.facts, "card": card.id})
        else:
            left_out.append(TraceLine(0, "tender", False, reason.code, {**reason.facts, "card": card.id}))
    return HandedCards(tuple(usable), tuple(left_out))


def why_card_not(desk: Desk, card: GiftCardRow, moment: Moment) -> Reason | None:
    """Say why nobody can pay with a card now; None when somebody can."""
    if card.voided:
        return Reason("gift_card_void")
    if not card.left_minor:
        return Reason("gift_card_empty", {"day": desk.store.gift_cards.moves(card.id)[-1].business_day})
    if card.expires_on is not None and card.expires_on < moment.life_day:
        return Reason("gift_card_expired", {"day": card.expires_on})
    if reserved_on_card(desk, card.id, moment.at_ms) >= card.left_minor:
        return Reason("gift_card_reserved")
    return None


def spend_cards(desk: Desk, quote: Quote, sale: int) -> None:
    """Take off each card what it paid."""
    for one in quote.paid.cards:
        desk.store.gift_cards.spend(one.card, one.amount_minor, sale)


def refuse_spent_cards(desk: Desk, sale: SaleRow) -> Sequence[GiftCardRow]:
    """Return the cards issued for a sale that is to be taken back; raises Rejection when one was used.

    What was spent of a sold card belongs to another sale, which has to come back first.
    """
    issued = desk.store.gift_cards.sold_at(sale.posting)
    for card in issued:
        if card.left_minor != card.face_minor:
            moves = desk.store.gift_cards.moves(card.id)
            last = next(move for move in reversed(moves) if move.kind == "redemption")
            spent = card.face_minor - card.left_minor
            raise Rejection("gift_card_was_spent", card=card.id, spent_minor=spent, number=last.sale)
    return issued


def take_cards_back(desk: Desk, sale: SaleRow, back: Record, posting: int) -> None:
    """Put back what a record says of a sale's cards, and take the cards it sold out of use."""
    for card, amount in back.get("gift_cards", ()):
        if amount > 0:
            desk.store.gift_cards.give_back(sale.posting, card, amount, posting)
        else:
            desk.store.gift_cards.take_back(card, posting)


def cards_back_record(
    paid: Sequence[CardPaid], amounts_minor: Sequence[int], issued: Sequence[GiftCardRow]
) -> dict[str, Any]:
    """Note what taking something of a sale back moves on gift cards; older programs knew none."""
    moved = [[one.card, amount] for one, amount in zip(paid, amounts_minor, strict=True) if amount]
    moved += [[card.id, -card.face_minor] for card in issued]
    return {"gift_cards": moved} if moved else {}


def _not_theirs(card: GiftCardRow, member: MemberRow | None) -> Reason | None:
    if card.member is None or (member is not None and card.member == member.id):
        return None
    return Reason("gift_card_needs_member" if member is None else "gift_card_of_another_member")


def _hash(said: str) -> bytes:
    return blake2b(said.encode(), digest_size=32, person=b"gift-card-v1").digest()
