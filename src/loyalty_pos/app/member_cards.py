"""What stands on a member card, put into words; `printing` only draws it."""

from collections.abc import Iterable, Iterator, Sequence

from loyalty_pos.app.language import Language
from loyalty_pos.app.list_views import MemberRecordView
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
    number = _printable(member.cards, card)
    if number is None:
        raise Rejection("no_card_to_print")
    tier = language.name(member.standing.tier_name) if member.standing else ""
    return _paper(member.name, tier, number, shop, language, bleed=bleed)


def card_papers(
    members: Iterable[MemberRecordView], shop: ShopView, language: Language
) -> Iterator[CardPaper]:
    """Put the cards of many on paper, to be cut out; who has no number that can be drawn is left out."""
    for member in members:
        number = _printable(member.cards, None)
        if number is not None:
            yield _paper(member.name, "", number, shop, language, bleed=False)


def _paper(
    whose: str, tier: str, number: str, shop: ShopView, language: Language, *, bleed: bool
) -> CardPaper:
    name = language.name(shop.name)
    return CardPaper(
        language=language.code,
        club_text=name,
        under_text=language.t("Members' club"),
        member_text=language.name(whose) if whose else "",
        number_text=" ".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP)),
        tier_text=tier,
        barcode=number,
        return_text=language.t(
            "Show this card when you buy. Whoever finds it, please bring it to {shop}.", shop=name
        ),
        bleed=bleed,
    )


def _printable(cards: Sequence[str], wanted: str | None) -> str | None:
    drawable = [
        card
        for card in cards
        if card.isascii() and card.isdecimal() and len(card) <= _MOST_DIGITS and wanted in (None, card)
    ]
    ours = [card for card in drawable if read_card(card) is not None]
    return next(iter([*ours, *drawable]), None)
