"""Gift cards that were given away: listed, printed anew, taken out of use with a reason."""

from loyalty_pos.app.commands_cards import ReplaceGiftCard, VoidGiftCard
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.gift_card_ports import GiftCardRow, NewGiftCard
from loyalty_pos.app.gift_card_views import GiftCardsView, GiftCardView, GivenCardsView, IssuedGiftCard
from loyalty_pos.app.gift_cards import hash_gift_card, why_card_not
from loyalty_pos.app.handlers_codes import posting_key
from loyalty_pos.app.handlers_gift_cards import append_cards, gift_card_view
from loyalty_pos.app.queries_floor import GivenGiftCards
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import code_from_bits, gift_card_barcode
from loyalty_pos.domain.money import MAX_AMOUNT

REASON_AT_MOST = 200


def given_gift_cards(desk: Desk, query: GivenGiftCards) -> GivenCardsView:
    before = MAX_AMOUNT if query.before is None else checked(query.before, "before", 1, MAX_AMOUNT)
    rows = desk.store.gift_cards.given(before, query.limit)
    sums = desk.store.gift_cards.given_sums(desk.now().business_day)
    return GivenCardsView(
        cards=tuple(gift_card_view(desk, row) for row in rows),
        next=rows[-1].id if len(rows) == query.limit else None,
        issued=sums.issued,
        open=sums.open,
        left_minor=sums.left_minor,
    )


def void_gift_card(desk: Desk, command: VoidGiftCard) -> GiftCardView:
    """Take a card out of use; asked again, or for one that already is, it answers the same."""
    key, reason = posting_key(command.posting_id), text_field("reason", command.reason, REASON_AT_MOST)
    with desk.store.transaction():
        card = _given(desk, command.card)
        request = {"void_given_card": card.id, "reason": reason}
        posted = desk.store.ledger.posting(key)
        if posted is not None and posted.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        if posted is None and not card.voided:
            _void(desk, key, request, card, reason)
        return gift_card_view(desk, desk.store.gift_cards.get(card.id))


def replace_gift_card(desk: Desk, command: ReplaceGiftCard) -> GiftCardsView:
    """Move what is left to a new code; asked again it is refused, for a secret is never shown twice."""
    key, reason = posting_key(command.posting_id), text_field("reason", command.reason, REASON_AT_MOST)
    with desk.store.transaction():
        card = _given(desk, command.card)
        request = {"replace_given_card": card.id, "reason": reason}
        posted = desk.store.ledger.posting(key)
        if posted is not None:
            if posted.request_hash != request_hash(request):
                raise Rejection("key_taken", sale_id=key)
            raise Rejection("codes_shown_once", posting_id=key)
        refused = why_card_not(desk, card, desk.now())
        if refused is not None:
            raise Rejection(refused.code, card=card.id, **refused.facts)
        _void(desk, key, request, card, reason)
        bits, number = desk.chance.code_bits(), desk.store.gift_cards.next_id()
        new = NewGiftCard(number, hash_gift_card(bits), card.left_minor, None, card.member, card.expires_on)
        append_cards(desk, f"replaced:{key}", request, [new])
    member = None if card.member is None else desk.store.members.get(card.member)
    return GiftCardsView(
        codes=(IssuedGiftCard(card=number, code=code_from_bits(bits), barcode=gift_card_barcode(bits)),),
        face_minor=card.left_minor,
        bought=False,
        member=member.ref if member else None,
        member_name=member.name if member else "",
        expires_on=card.expires_on,
    )


def _void(desk: Desk, key: str, request: object, card: GiftCardRow, reason: str) -> None:
    record = {"card": card.id, "left_minor": card.left_minor, "reason": reason}
    posting = desk.posting(key, request, "gift_card_void", card.member, desk.now(), record)
    desk.store.gift_cards.void(card.id, desk.store.ledger.append(posting))


def _given(desk: Desk, number: int) -> GiftCardRow:
    """Return a card that was given away; raises Rejection `unknown_gift_card`."""
    before = checked(number, "card", 1, MAX_AMOUNT) + 1
    rows = desk.store.gift_cards.given(before, 1)
    if not rows or rows[0].id != number:
        raise Rejection("unknown_gift_card")
    return rows[0]
