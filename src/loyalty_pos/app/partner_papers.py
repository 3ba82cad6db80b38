"""What goes on paper between partners: vouchers with their QR code, and the settlement sheet."""

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.papers import WIDE_DOTS, ReceiptPaper, VoucherPaper
from loyalty_pos.app.partner_views import PartnerVouchersView, SettlementLineView, SettlementView
from loyalty_pos.app.receipts import short_name
from loyalty_pos.app.views import ShopView

_STATES = {
    "open": N_("not presented yet"),
    "expired": N_("expired"),
    "settled": N_("presented"),
    "honoured": N_("honoured here"),
}


def partner_voucher_papers(
    bundle: PartnerVouchersView, shop: ShopView, language: Language, *, width_dots: int = WIDE_DOTS
) -> tuple[VoucherPaper, ...]:
    """Put every voucher of a bundle on a slip of its own, for the one partner that honours it."""
    t = language.t
    name = language.name(short_name(bundle.member_name)) if bundle.member_name else ""
    return tuple(
        VoucherPaper(
            language=language.code,
            shop_name=language.name(shop.name),
            for_text=t("A gift for {name}", name=name) if name else t("A gift for you"),
            value_text=language.money(one.value_minor),
            condition_text=t("at {partner}", partner=language.name(one.partner_name)),
            barcode="",
            code_text="",
            expiry_text=t("Until {day}", day=language.day(one.expires_on)),
            terms=(t("Good once, and only there."),),
            letters=one.token,
            width_dots=width_dots,
        )
        for one in bundle.vouchers
    )


def settlement_paper(
    sheet: SettlementView, shop: ShopView, today: str, language: Language, *, width_dots: int = WIDE_DOTS
) -> ReceiptPaper:
    """Put on one sheet what a partner and the shop owe each other, voucher by voucher."""
    t, balance = language.t, sheet.they_owe_minor - sheet.we_owe_minor
    days = [language.day(day) for day in (sheet.from_day, sheet.to_day) if day]
    partner = language.name(sheet.partner_name)
    ours, theirs = t("We owe {partner}", partner=partner), t("{partner} owes us", partner=partner)
    return ReceiptPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        title=t("Settlement with {partner}", partner=partner),
        date_text=language.day(today),
        sale_text=t("{start} to {end}", start=days[0], end=days[1]) if len(days) == 2 else "",
        lines=(
            *(_line(one, language) for one in sheet.lines),
            (t("Theirs, honoured here"), language.money(sheet.they_owe_minor)),
            (t("Ours, presented"), language.money(sheet.we_owe_minor)),
            (t("Ours, not presented yet"), language.money(sheet.open_minor)),
        ),
        paid_label=theirs if balance >= 0 else ours,
        paid_text=language.money(abs(balance)),
        width_dots=width_dots,
    )


def state_words(one: SettlementLineView, language: Language) -> str:
    """Say what became of a voucher."""
    return language.t(_STATES[one.state])


def voucher_number(one: SettlementLineView, language: Language) -> str:
    """Name a voucher on a sheet: enough of its number to find it on the other shop's."""
    return language.isolate(one.voucher[:8].upper())


def _line(one: SettlementLineView, language: Language) -> tuple[str, str]:
    number, state = voucher_number(one, language), state_words(one, language)
    return f"{language.day_short(one.day)} · {number} · {state}", language.money(one.value_minor)
