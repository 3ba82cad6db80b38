"""Past sales put into words; no widget is touched here."""

from collections.abc import Mapping

from loyalty_pos.app.floor_views import FoundSaleView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.views import LineView, SaleView
from loyalty_pos.ui.pages.counter_words import ago, called, why_sections
from loyalty_pos.ui.widgets import Amount, TimelineRow, WhyRow, WhySection

CHOICES: Mapping[str, str] = {
    "all": N_("All"),
    "today": N_("Today"),
    "unnamed": N_("Without a member"),
    "taken_back": N_("Taken back"),
}


def row(sale: FoundSaleView, today: str, language: Language) -> TimelineRow:
    """One sale as a row of the list."""
    t = language.t
    who = called(sale.member_name, sale.phone, language) if sale.member else t("No member")
    number = t("sale {number}", number=language.digits(str(sale.number)))
    parts = [number, f"{ago(sale.business_day, today, language)} {language.clock(sale.at_ms)}"]
    if sale.receipt_no:
        parts.append(t("receipt {number}", number=language.isolate(sale.receipt_no)))
    if sale.voided:
        parts.append(t("taken back"))
    elif sale.left_minor < sale.net_minor:
        parts.append(t("{money} refunded", money=language.money(sale.net_minor - sale.left_minor)))
    amounts = [Amount(language.money(sale.due_minor), "text3" if sale.voided else "text")]
    if sale.points and not sale.voided:
        amounts.append(Amount(language.n("{count} point", "{count} points", sale.points), "gain"))
    return TimelineRow(
        icon="undo" if sale.voided else "person" if sale.member else "scan",
        title=who,
        sub=" · ".join(parts),
        amounts=tuple(amounts),
        key=sale.sale_id,
        muted=sale.voided,
    )


def title(sale: SaleView, language: Language) -> str:
    return language.t("Sale {number}", number=language.digits(str(sale.number)))


def under(sale: SaleView, language: Language) -> str:
    """When and where it was, by whom."""
    t = language.t
    parts = [language.day(sale.business_day), language.clock(sale.at_ms)]
    parts.append(t("till {till}", till=language.digits(sale.till)))
    if sale.receipt_no:
        parts.append(t("receipt {number}", number=language.isolate(sale.receipt_no)))
    return " · ".join(parts)


def who(sale: SaleView, language: Language) -> str:
    if sale.member is None:
        return language.t("No member")
    return called(sale.member_name, None, language)


def state(sale: SaleView, language: Language) -> str:
    """What became of the sale since; empty when nothing did."""
    t = language.t
    if sale.voided:
        return t("This sale was taken back, with everything it gave.")
    if sale.refunded_minor:
        return t("{money} of it was refunded.", money=language.money(sale.refunded_minor))
    return ""


def sections(sale: SaleView, language: Language) -> tuple[WhySection, ...]:
    """What was sold, what was paid, and the why of every benefit."""
    t = language.t
    goods = WhySection(t("What was sold"), "tag", [_line(line, language) for line in sale.lines])
    return (
        goods,
        WhySection(t("What was paid"), "wallet", _paid(sale, language)),
        *why_sections(sale, language),
    )


def _line(line: LineView, language: Language) -> WhyRow:
    name = language.name(line.text) if line.text else language.t("An amount")
    if line.quantity > 1:
        name = language.t("{name} · {count}", name=name, count=language.number(line.quantity))
    if line.returned_quantity:
        count = language.number(line.returned_quantity)
        name = language.t("{name} ({count} came back)", name=name, count=count)
    return WhyRow(name, language.money(line.gross_minor, unit=False))


def _paid(sale: SaleView, language: Language) -> list[WhyRow]:
    t, money = language.t, language.money
    paid = sale.paid_by
    rows = [
        (t("Discounts"), -sale.discount_minor),
        (t("Gift cards sold"), sum(one.face_minor * one.count for one in sale.sold)),
        (t("Paid with credit"), -paid.credit_minor),
        (t("Paid with points"), -paid.points_minor),
        (t("Paid with gift cards"), -sum(one.amount_minor for one in sale.gift_cards)),
    ]
    found = [WhyRow(name, money(amount, unit=False)) for name, amount in rows if amount]
    found.append(WhyRow(t("To pay"), money(sale.due_minor), "total"))
    earned = sale.earned
    if earned.points:
        found.append(WhyRow(t("Points earned"), language.number(earned.points)))
    if earned.credit_minor:
        found.append(WhyRow(t("Credit earned"), money(earned.credit_minor)))
    return found
