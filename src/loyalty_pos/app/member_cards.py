"""What stands on a member card, put into words; `printing` only draws it."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.papers import CardPaper
from loyalty_pos.app.views import MemberView, ShopView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import read_card

_GROUP = 4
_MOST_DIGITS = 36  # more are too fine for a scanner on a card's width


def card_paper(
    member: MemberView, shop: ShopView, language: Language, *, card: str | None = None, bleed: bool = True
) -> CardPaper:
    """Put a member's card on paper: `card`, else the one of our own making, else any made of digits.

    Raises Rejection `no_card_to_print` when the member has no such card.
    """
    number = _printable(member, card)
    if number is None:
        raise Rejection("no_card_to_print")
    name = language.name(shop.name)
    return CardPaper(
        language=language.code,
        club_text=name,
        under_text=language.t("Members' club"),
        member_text=language.name(member.name) if member.name else "",
        number_text=" ".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP)),
        tier_text=language.name(member.standing.tier_name) if member.standing else "",
        barcode=number,
        return_text=language.t(
            "Show this card when you buy. Whoever finds it, please bring it to {shop}.", shop=name
        ),
        bleed=bleed,
    )


def _printable(member: MemberView, wanted: str | None) -> str | None:
    drawable = [
        card
        for card in member.cards
        if card.isascii() and card.isdecimal() and len(card) <= _MOST_DIGITS and wanted in (None, card)
    ]
    ours = [card for card in drawable if read_card(card) is not None]
    return next(iter([*ours, *drawable]), None)
