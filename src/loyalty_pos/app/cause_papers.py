"""The paper of a settlement: what was handed over to a cause, and what is still open."""

from loyalty_pos.app.cause_views import SettlementView
from loyalty_pos.app.language import Language
from loyalty_pos.app.papers import WIDE_DOTS, ReceiptPaper
from loyalty_pos.app.views import ShopView


def settlement_paper(
    view: SettlementView, shop: ShopView, language: Language, *, width_dots: int = WIDE_DOTS
) -> ReceiptPaper:
    """Certify on paper that money was handed over, with the number of the receipt that was given for it."""
    t, money = language.t, language.money
    return ReceiptPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        title=t("Given to {cause}", cause=language.name(view.cause)),
        date_text=f"{language.day_short(view.business_day)} · {language.clock(view.at_ms)}",
        sale_text=t("receipt {number}", number=language.isolate(view.receipt_no)),
        lines=(
            (t("Pledged and open before"), money(view.open_before_minor, unit=False)),
            (t("Still open"), money(view.open_minor, unit=False)),
            (t("Given in all"), money(view.settled_minor, unit=False)),
        ),
        paid_label=t("Handed over"),
        paid_text=money(view.amount_minor),
        notes=(language.words(view.amount_minor),),
        footer=(t("Out of the purchases of our customers. Thank you."),),
        width_dots=width_dots,
    )
