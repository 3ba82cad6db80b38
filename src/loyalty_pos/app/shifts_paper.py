"""What every cashier did, in words: for paper and for tables."""

from collections.abc import Sequence

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.report_papers import ReportColumn, ReportFigure, ReportPaper, ReportTable
from loyalty_pos.app.statement_views import ShiftsView, ShiftView
from loyalty_pos.app.tier_report_paper import anchor_text, in_unit
from loyalty_pos.app.views import ShopView

_ACTORS = {
    "counter": N_("At the counter"),
    "door": N_("From another program"),
    "import": N_("Imported"),
    "office": N_("In the office"),
    "printing": N_("While printing"),
}
"""Who records something while staff do not sign in by name."""


def shifts_paper(view: ShiftsView, shop: ShopView, language: Language) -> ReportPaper:
    t, total = language.t, view.total
    return ReportPaper(
        language=language.code,
        title=t("Shifts and cashiers"),
        under_text=language.name(shop.name),
        period_text=t(
            "{first} to {last}",
            first=language.day_short(view.from_day),
            last=language.day_short(view.to_day),
        ),
        made_text=t("Made at {time}", time=language.clock(view.made_at_ms)),
        figures=(
            ReportFigure(
                t("Sales"),
                language.money(total.net_minor),
                language.n("{count} purchase", "{count} purchases", total.sales),
            ),
            ReportFigure(
                t("Refunded and reversed"),
                language.money(total.refunded_minor + total.voided_minor),
                language.n("{count} time", "{count} times", total.refunds + total.voids),
            ),
            ReportFigure(
                t("By hand"),
                language.number(total.by_hand),
                t("corrections and grants"),
            ),
        ),
        tables=shift_tables(view, language),
        signature_text=t("Manager's signature"),
        footer_text=anchor_text(view, language),
        page_text=t("Page {page} of {pages}", page="{page}", pages="{pages}"),
        numerals=language.digits("0123456789"),
    )


def shift_tables(view: ShiftsView, language: Language) -> tuple[ReportTable, ReportTable]:
    """Tell the cashiers' sums, then every shift."""
    t = language.t
    empty = t("Nothing was recorded on these days.")
    return (
        ReportTable(
            title=in_unit(t("Cashiers"), language.money_unit()),
            columns=(ReportColumn(t("Cashier"), 26, number=False), *_columns(language)),
            rows=[(actor_name(one.actor, language), *_cells(one, language)) for one in view.cashiers],
            total=(t("Sum"), *_cells(view.total, language)) if view.cashiers else (),
            empty=empty,
        ),
        ReportTable(
            title=in_unit(t("Shifts"), language.money_unit()),
            columns=(
                ReportColumn(t("Day"), 16, number=False),
                ReportColumn(t("Cashier"), 21, number=False),
                ReportColumn(t("Hours"), 18, number=False),
                *_columns(language),
            ),
            rows=[(*_shift(one, language), *_cells(one, language)) for one in view.shifts],
            empty=empty,
        ),
    )


def actor_name(actor: str, language: Language) -> str:
    """Name a cashier: by name, or else by where it was recorded."""
    return language.t(_ACTORS[actor]) if actor in _ACTORS else language.name(actor)


def _shift(one: ShiftView, language: Language) -> tuple[str, str, str]:
    """Name a shift by its day, its cashier and till, and its hours."""
    till = language.t("till {till}", till=language.digits(one.till))
    return (
        language.day_short(one.day),
        f"{actor_name(one.actor, language)} · {till}",
        language.t("{start} to {end}", start=language.clock(one.first_ms), end=language.clock(one.last_ms)),
    )


def _columns(language: Language) -> Sequence[ReportColumn]:
    """Head the figures; the unit of money stands in the title, for there is no room here."""
    t = language.t
    return (
        ReportColumn(t("Purchases"), 10),
        ReportColumn(t("Of members"), 11),
        ReportColumn(t("Sales"), 15),
        ReportColumn(t("Discount"), 15),
        ReportColumn(t("Refunded"), 15),
        ReportColumn(t("Reversed"), 15),
        ReportColumn(t("By hand"), 9),
    )


def _cells(one: ShiftView, language: Language) -> tuple[str, ...]:
    number = language.number
    money = [one.net_minor, one.discount_minor, one.refunded_minor, one.voided_minor]
    said = [language.money(minor, unit=False) for minor in money]
    return (number(one.sales), number(one.member_sales), *said, number(one.by_hand))
