"""Gift cards: issued when sold or given, looked at, taken out of use (rules 16, 34, 35)."""

from collections.abc import Mapping, Sequence

from loyalty_pos.app import handlers_codes
from loyalty_pos.app.asked_again import same_request
from loyalty_pos.app.code_views import CodeView
from loyalty_pos.app.codes import find_code
from loyalty_pos.app.commands import IssueGiftCard, VoidCode
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.gift_card_ports import GiftCardRow, NewGiftCard
from loyalty_pos.app.gift_card_views import (
    CardState,
    GiftCardMoveView,
    GiftCardsView,
    GiftCardView,
    IssuedGiftCard,
)
from loyalty_pos.app.gift_cards import SOLD_AT_MOST, find_gift_card, hash_gift_card, why_card_not
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.held_codes import reserved_on_card
from loyalty_pos.app.people import the_member
from loyalty_pos.app.ports import SaleRow
from loyalty_pos.app.queries import GiftCard
from loyalty_pos.app.records import record_of, sold_cards
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.basket import checked
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import code_from_bits, gift_card_barcode
from loyalty_pos.domain.money import MAX_AMOUNT

_STATES: Mapping[str, CardState] = {
    "gift_card_void": "void",
    "gift_card_empty": "empty",
    "gift_card_expired": "expired",
    "gift_card_reserved": "reserved",
}


def issue_gift_card(desk: Desk, command: IssueGiftCard) -> GiftCardsView:
    """Issue gift cards; asked again under its key it is refused, for a secret is never shown twice."""
    key = handlers_codes.posting_key(command.posting_id)
    face = checked(command.face_minor, "face_minor", 1, MAX_AMOUNT)
    count = checked(command.count, "count", 1, SOLD_AT_MOST)
    with desk.store.transaction():
        member = None if command.member is None else the_member(desk, command.member)
        sale = None if command.sale_id is None else stored_sale(desk, command.sale_id)
        expires = handlers_codes.last_day(desk, command.expires)
        request = {
            "issue_gift_card": face,
            "count": count,
            "member": member.ref if member else None,
            "expires_on": expires,
            "sale": sale.sale_id if sale else None,
        }
        posted = desk.store.ledger.posting(key)
        if posted is not None:
            if not same_request(desk, posted.request_hash, request, member):
                raise Rejection("key_taken", sale_id=key)
            raise Rejection("codes_shown_once", posting_id=key)
        if sale is not None:
            _refuse_unsold(desk, sale, face, count)
        bits = [desk.chance.code_bits() for _ in range(count)]
        first = desk.store.gift_cards.next_id()
        owner, at = member.id if member else None, sale.posting if sale else None
        cards = [
            NewGiftCard(number, hash_gift_card(n), face, at, owner, expires)
            for number, n in enumerate(bits, first)
        ]
        append_cards(desk, key, request, cards)
    return GiftCardsView(
        codes=tuple(
            IssuedGiftCard(card=card.id, code=code_from_bits(n), barcode=gift_card_barcode(n))
            for card, n in zip(cards, bits, strict=True)
        ),
        face_minor=face,
        bought=sale is not None,
        member=member.ref if member else None,
        member_name=member.name if member else "",
        expires_on=expires,
    )


def gift_card(desk: Desk, query: GiftCard) -> GiftCardView:
    """Describe the gift card a code stands for; raises Rejection `unknown_gift_card`."""
    card = find_gift_card(desk, text_field("code", query.code, 200))
    if card is None:
        raise Rejection("unknown_gift_card")
    return gift_card_view(desk, card)


def gift_card_view(desk: Desk, card: GiftCardRow) -> GiftCardView:
    """Describe a gift card as of now."""
    reason = why_card_not(desk, card, desk.now())
    member = desk.store.members.get(card.member) if card.member is not None else None
    day = reason.facts.get("day") if reason else None
    return GiftCardView(
        card=card.id,
        state=_STATES[reason.code] if reason else "issued",
        face_minor=card.face_minor,
        left_minor=card.left_minor,
        bought=card.sale is not None,
        reserved_minor=reserved_on_card(desk, card.id, desk.now().at_ms),
        member=member.ref if member else None,
        member_name=member.name if member else "",
        expires_on=card.expires_on,
        day=None if day is None else str(day),
        moves=tuple(
            GiftCardMoveView(
                kind=move.kind,
                amount_minor=move.amount_minor,
                at_ms=move.at_ms,
                business_day=move.business_day,
                number=move.sale,
            )
            for move in desk.store.gift_cards.moves(card.id)
        ),
    )


def void_code(desk: Desk, command: VoidCode) -> CodeView | GiftCardView:
    """Take a code or a gift card out of use; asked again, or for one that already is, it answers the same."""
    text = text_field("code", command.code, 200)
    code = find_code(desk, text)
    if code is not None:
        return handlers_codes.void_code(desk, command, code.id)
    key = handlers_codes.posting_key(command.posting_id)
    with desk.store.transaction():
        card = find_gift_card(desk, text)
        if card is None:
            raise Rejection("unknown_code")
        request = {"void_gift_card": card.id}
        posted = desk.store.ledger.posting(key)
        if posted is not None and posted.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
        if posted is None and not card.voided:
            record = {"card": card.id, "left_minor": card.left_minor}
            posting = desk.posting(key, request, "gift_card_void", card.member, desk.now(), record)
            desk.store.gift_cards.void(card.id, desk.store.ledger.append(posting))
            card = card._replace(voided=True)
        return gift_card_view(desk, card)


def _refuse_unsold(desk: Desk, sale: SaleRow, face_minor: int, count: int) -> None:
    """Refuse more cards than a sale sold."""
    if sale.voided:
        raise Rejection("sale_of_cards_voided", number=sale.number)
    sold = dict(sold_cards(record_of(sale))).get(face_minor, 0)
    issued = sum(card.face_minor == face_minor for card in desk.store.gift_cards.sold_at(sale.posting))
    if count > sold - issued:
        raise Rejection(
            "gift_cards_not_sold", number=sale.number, face_minor=face_minor, left=sold - issued, asked=count
        )


def append_cards(
    desk: Desk, key: str, request: object, cards: Sequence[NewGiftCard], kind: str = "gift_cards"
) -> None:
    one = cards[0]
    record = {
        "face_minor": one.face_minor,
        "expires_on": one.expires_on,
        "sale": one.sale,
        "cards": [[card.id, card.code_hash.hex()] for card in cards],
    }
    posting = desk.posting(key, request, kind, one.member, desk.now(), record)
    desk.store.gift_cards.add(cards, desk.store.ledger.append(posting))
