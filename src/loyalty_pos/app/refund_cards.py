"""Where the money of a refund goes: paid back, to the member's credit, or onto a new gift card (rules 34)."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.gift_card_ports import NewGiftCard
from loyalty_pos.app.gift_card_views import GiftCardsView, IssuedGiftCard
from loyalty_pos.app.gift_cards import find_gift_card, hash_gift_card
from loyalty_pos.app.handlers_gift_cards import append_cards
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.identifiers import code_from_bits, gift_card_barcode

ONTO_CREDIT, ONTO_CARD = "credit", "gift_card"


def where_to(desk: Desk, text: str | None) -> str | None:
    """Read where the money is to go; raises for what is neither credit nor a new gift card.

    What was printed about a card that exists never changes, so nothing is put onto one (adr 11).
    """
    if text is None:
        return None
    said = text_field("refund_to", text, 200)
    asked = said.lower().replace(" ", "_").replace("-", "_")
    if asked in (ONTO_CREDIT, ONTO_CARD):
        return asked
    card = find_gift_card(desk, said)
    if card is not None:
        raise Rejection("gift_card_keeps_its_worth", card=card.id)
    raise InvalidRequest("refund_to", "not_a_choice")


def issue_refund_card(desk: Desk, sale: SaleRow, key: str, minor: int) -> GiftCardsView:
    """Issue the gift card that the money of a refund is put on; its code is shown once, here.

    It is whoever's who holds it, without a last day, and earns when it is spent, for somebody paid for it.
    """
    bits = desk.chance.code_bits()
    number = desk.store.gift_cards.next_id()
    card = NewGiftCard(number, hash_gift_card(bits), minor, sale.posting, None, None)
    append_cards(desk, f"card:{key}", {"refund_card": key}, [card], "refund_card")
    code = IssuedGiftCard(card=number, code=code_from_bits(bits), barcode=gift_card_barcode(bits))
    return GiftCardsView(codes=(code,), face_minor=minor, bought=True)
