"""What goes on the paper of a refund: the goods, the money, and what else moved."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.papers import WIDE_DOTS, ReceiptPaper
from loyalty_pos.app.receipts import called_on_paper
from loyalty_pos.app.views import MemberView, ReturnedLine, SaleView, ShopView, TakenBackView
from loyalty_pos.domain.identifiers import receipt_barcode


def refund_paper(
    back: TakenBackView,
    sale: SaleView,
    shop: ShopView,
    member: MemberView | None,
    language: Language,
    *,
    width_dots: int = WIDE_DOTS,
) -> ReceiptPaper:
    """Put a refund on paper; it bears the number of the sale it belongs to."""
    t = language.t
    rows = [(_name(one, language), language.money(one.net_minor, unit=False)) for one in back.lines]
    if back.withheld_minor > 0:
        rows.append((t("A free one is paid for after all"), language.money(-back.withheld_minor, unit=False)))
    if back.held_minor > 0:
        held = language.money(-back.held_minor, unit=False)
        rows.append((t("Withheld: a voucher of this sale was spent"), held))
    if back.held_minor < 0:
        held = language.money(-back.held_minor, unit=False)
        rows.append((t("What was withheld for a voucher comes back"), held))
    if back.to_gift_cards_minor > back.new_card_minor:
        onto = language.money(back.new_card_minor - back.to_gift_cards_minor, unit=False)
        rows.append((t("Back onto the gift card"), onto))
    if back.new_card_minor:
        rows.append((t("Onto a new gift card"), language.money(-back.new_card_minor, unit=False)))
    if back.to_credit_minor:
        rows.append((t("Back to the credit"), language.money(-back.to_credit_minor, unit=False)))
    if back.to_points:
        rows.append((t("Points that come back"), language.number(back.to_points)))
    return ReceiptPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        title=t("Refund"),
        date_text=f"{language.day_short(back.business_day)} · {language.clock(back.at_ms)}",
        sale_text=t(
            "till {till} · no. {number}",
            till=language.digits(sale.till),
            number=language.digits(str(sale.number)),
        ),
        member_text=called_on_paper(member, language),
        phone_text=language.phone(member.phone, masked=True) if member and member.phone else "",
        lines=rows,
        paid_label=t("Paid back"),
        paid_text=language.money(back.refund_minor),
        earned_title=t("Now there are") if member else "",
        earned=_held(member, language) if member else (),
        notes=[t("The code of {programme} can be used again", programme=name) for name in back.codes_back],
        barcode=receipt_barcode(sale.number),
        barcode_text=t("Tracking no. {number}", number=language.isolate(receipt_barcode(sale.number))),
        footer=(t("This slip is not an official invoice."),),
        width_dots=width_dots,
    )


def _name(one: ReturnedLine, language: Language) -> str:
    name = language.name(one.text) if one.text else language.t("Purchase")
    if one.quantity > 1:
        return language.t("{count} × {name}", count=language.number(one.quantity), name=name)
    return name


def _held(member: MemberView, language: Language) -> list[tuple[str, str, str]]:
    t = language.t
    rows = [(t("Points"), language.number(member.points), "")]
    rows.append((t("Credit"), language.money(member.credit_minor, unit=False), ""))
    return rows
