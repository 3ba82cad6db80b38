"""What goes on the slips of codes just issued, put into words; `printing` only draws it."""

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.gift_card_views import GiftCardsView
from loyalty_pos.app.language import Language
from loyalty_pos.app.papers import WIDE_DOTS, VoucherPaper
from loyalty_pos.app.receipts import short_name
from loyalty_pos.app.views import ShopView


def code_papers(
    codes: CodesView,
    programme: ProgrammeDetailView,
    shop: ShopView,
    language: Language,
    *,
    width_dots: int = WIDE_DOTS,
) -> tuple[VoucherPaper, ...]:
    """Put every unique code on a slip of its own; a public word needs none."""
    t = language.t
    if codes.member is None:
        whose = t("A gift for you")
        terms = t("Good for one use, for whoever brings it. Not paid out in money.")
    else:
        whose = t("A gift for {name}", name=language.name(short_name(codes.member_name)))
        whose = whose if codes.member_name else t("A gift for you")
        terms = t("Good for one use, for its member only. Not paid out in money.")
    last = codes.expires_on
    return tuple(
        VoucherPaper(
            language=language.code,
            shop_name=language.name(shop.name),
            for_text=whose,
            value_text=code_value(programme, language),
            condition_text=programme.sentence.said(language.code),
            barcode=code.barcode,
            code_text=code.code,
            expiry_text=t("No end date") if last is None else t("Until {day}", day=language.day(last)),
            terms=(terms,),
            width_dots=width_dots,
        )
        for code in codes.codes
        if code.barcode
    )


def gift_card_papers(
    cards: GiftCardsView, shop: ShopView, language: Language, *, width_dots: int = WIDE_DOTS
) -> tuple[VoucherPaper, ...]:
    """Put every gift card on a slip of its own."""
    t, last = language.t, cards.expires_on
    value = language.money(cards.face_minor)
    return tuple(
        VoucherPaper(
            language=language.code,
            shop_name=language.name(shop.name),
            for_text=t("Gift card {number}", number=language.digits(str(card.card))),
            value_text=value,
            condition_text=t("Pays like money in this shop, also in parts; the rest stays on it."),
            barcode=card.barcode,
            code_text=card.code,
            expiry_text=t("No end date") if last is None else t("Until {day}", day=language.day(last)),
            terms=(t("Keep it like money: whoever has the code can pay with it."),),
            width_dots=width_dots,
        )
        for card in cards.codes
    )


def code_value(programme: ProgrammeDetailView, language: Language) -> str:
    """Say in two words what a code of a programme takes off; its name where two words are not enough."""
    rate, amount = programme.params.get("rate_bp"), programme.params.get("amount_minor")
    if isinstance(rate, int):
        return language.t("{rate} off", rate=language.percent(rate))
    if isinstance(amount, int):
        return language.t("{amount} off", amount=language.money(amount))
    return language.name(programme.name)
