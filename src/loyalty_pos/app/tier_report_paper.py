"""The month by levels as texts: the one place where its figures are written, for screen and paper."""

from typing import Protocol

from loyalty_pos.app.language import Language, month_said
from loyalty_pos.app.level_words import lacks_words
from loyalty_pos.app.report_papers import (
    ReportBar,
    ReportColumn,
    ReportFigure,
    ReportPaper,
    ReportTable,
)
from loyalty_pos.app.report_views import AtRiskView, MeasuredView, MovementView, TierReportView
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.dates import Calendar

PAPER_ROWS = 20


def tier_report_paper(report: TierReportView, shop: ShopView, language: Language) -> ReportPaper:
    t = language.t
    most = max([one.members for one in report.movements], default=1)
    return ReportPaper(
        language=language.code,
        title=t("Levels in {month}", month=month_name(report.month, report.calendar, language)),
        under_text=language.name(shop.name),
        period_text=t(
            "{first} to {last}",
            first=language.day_short(report.first_day),
            last=language.day_short(report.last_day),
        ),
        made_text=t("Made at {time}", time=language.clock(report.made_at_ms)),
        figures=figures(report, language),
        tables=(
            tiers_table(report, language),
            top_table(report, language),
            programmes_table(report, language),
            *brought_tables(report, language),
            at_risk_table(report, language),
        ),
        bars_after=1,
        bars_title=t("Moved between levels"),
        bars=tuple(
            ReportBar(
                _way(one, language), _moved(one, language), one.members * 1000 // most, one.direction == "up"
            )
            for one in report.movements
        ),
        bars_empty=t("Nobody moved to another level."),
        signature_text=t("Manager's signature"),
        footer_text=anchor_text(report, language),
        page_text=t("Page {page} of {pages}", page="{page}", pages="{pages}"),
        numerals=language.digits("0123456789"),
    )


class Anchored(Protocol):
    """Whatever says to which record of the ledger it reaches."""

    @property
    def revision(self) -> int: ...
    @property
    def posting(self) -> int: ...
    @property
    def seal(self) -> str: ...


def anchor_text(view: Anchored, language: Language) -> str:
    """Say to which record of the ledger a paper reaches."""
    return language.t(
        "Figures from the ledger · rules {revision} · record {posting} · {seal}",
        revision=language.number(view.revision),
        posting=language.number(view.posting),
        seal=language.isolate(view.seal),
    )


def month_name(month: str, calendar: Calendar, language: Language) -> str:
    """Name a calendar month with its year, whatever calendar the shop goes by."""
    year, number = month.split("-")
    return month_said(language, int(year), int(number), calendar)


def in_unit(title: str, unit: str) -> str:
    """Put the unit of money into a heading, so that no cell has to say it."""
    return f"{title} ({unit})"


def figures(report: TierReportView, language: Language) -> tuple[ReportFigure, ...]:
    """Give the month's four figures, each beside the month before."""
    t, now, before = language.t, report.totals, report.before
    return (
        ReportFigure(
            t("Sales to members"),
            language.money(now.sales_minor),
            month_before(language.money(before.sales_minor), language),
        ),
        ReportFigure(
            t("Part of all sales"),
            language.percent(now.share_bp),
            month_before(language.percent(before.share_bp), language),
        ),
        ReportFigure(
            t("Cost of rewards"),
            language.money(now.cost_minor),
            t("{percent} of their sales", percent=language.percent(now.cost_bp)),
        ),
        ReportFigure(
            t("Members who bought"),
            language.number(now.members),
            t(
                "{up} up · {down} down",
                up=language.number(now.up),
                down=language.number(now.down),
            ),
        ),
    )


def month_before(text: str, language: Language) -> str:
    """Say a figure of the month before."""
    return language.t("Month before: {figure}", figure=text)


def tiers_table(report: TierReportView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    columns = (
        ReportColumn(t("Level"), 16, number=False),
        ReportColumn(t("Members"), 10),
        ReportColumn(t("Purchases"), 11),
        ReportColumn(in_unit(t("Sales"), unit), 17),
        ReportColumn(t("Share"), 9),
        ReportColumn(in_unit(t("Basket"), unit), 13),
        ReportColumn(in_unit(t("Discount"), unit), 13),
        ReportColumn(in_unit(t("Rewards"), unit), 13),
        ReportColumn(t("Of sales"), 9),
    )
    totals = report.totals
    rows = tuple(
        (
            language.name(one.name) if one.key is not None else t("Without a level"),
            language.number(one.members),
            language.number(one.purchases),
            language.money(one.sales_minor, unit=False),
            language.percent(one.share_bp),
            language.money(one.basket_minor, unit=False),
            language.money(one.discount_minor, unit=False),
            language.money(one.cost_minor, unit=False),
            language.percent(one.cost_bp),
        )
        for one in report.tiers
    )
    total = (
        t("Sum"),
        language.number(totals.members),
        language.number(totals.purchases),
        language.money(totals.sales_minor, unit=False),
        language.percent(10_000 if totals.sales_minor else 0),
        language.money(totals.basket_minor, unit=False),
        language.money(totals.discount_minor, unit=False),
        language.money(totals.cost_minor, unit=False),
        language.percent(totals.cost_bp),
    )
    return ReportTable(
        title=t("By level"),
        columns=columns,
        rows=rows,
        total=total if rows else (),
        empty=t("No member bought in this month."),
    )


def _way(one: MovementView, language: Language) -> str:
    if one.from_ is None:
        return language.t("New in {level}", level=language.name(one.to_name))
    if one.to is None:
        return language.t("Out of {level}", level=language.name(one.from_name))
    return language.t(
        "From {before} to {after}", before=language.name(one.from_name), after=language.name(one.to_name)
    )


def _moved(one: MovementView, language: Language) -> str:
    if one.direction == "up":
        return language.n("{count} person up", "{count} people up", one.members)
    return language.n("{count} person down", "{count} people down", one.members)


def top_table(report: TierReportView, language: Language) -> ReportTable:
    t = language.t
    return ReportTable(
        title=t("First members of the month"),
        columns=(
            ReportColumn(t("Member"), 34, number=False),
            ReportColumn(t("Level"), 20, number=False),
            ReportColumn(t("Purchases"), 16),
            ReportColumn(in_unit(t("Sales"), language.money_unit()), 30),
        ),
        rows=tuple(
            (
                language.name(one.name),
                language.name(one.tier_name),
                language.number(one.purchases),
                language.money(one.sales_minor, unit=False),
            )
            for one in report.top
        ),
        empty=t("No member bought in this month."),
    )


def programmes_table(report: TierReportView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    return ReportTable(
        title=t("Programmes"),
        columns=(
            ReportColumn(t("Programme"), 30, number=False),
            ReportColumn(t("Members"), 14),
            ReportColumn(t("Purchases"), 14),
            ReportColumn(in_unit(t("Sales"), unit), 22),
            ReportColumn(in_unit(t("Cost"), unit), 20),
            ReportColumn(t("Return"), 14),
        ),
        rows=tuple(
            (
                language.name(one.name),
                language.number(one.members),
                language.number(one.purchases),
                language.money(one.sales_minor, unit=False),
                language.money(one.cost_minor, unit=False),
                "–" if one.return_milli is None else language.times(one.return_milli // 100 * 100),
            )
            for one in report.programmes
        ),
        note=t(
            "Return: sales the programme took part in, by what it gave. Credit and points count when they are"
            " given, free items when they are used."
        ),
        empty=t("No programme gave anything in this month."),
    )


def brought_tables(report: TierReportView, language: Language) -> tuple[ReportTable, ...]:
    """Tell what programmes brought where that could be measured; a month without any has no such table."""
    table = brought_table(report, language)
    return (table,) if table.rows else ()


def brought_table(report: TierReportView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    return ReportTable(
        title=t("What programmes brought"),
        columns=(
            ReportColumn(t("Programme"), 19, number=False),
            ReportColumn(t("How it was measured"), 35, number=False),
            ReportColumn(in_unit(t("A member with it"), unit), 14),
            ReportColumn(in_unit(t("Without it"), unit), 14),
            ReportColumn(in_unit(t("More in all"), unit), 15),
            ReportColumn(t("Return"), 11),
        ),
        rows=[
            (
                language.name(given.name),
                how_measured(one, language),
                language.money(one.with_minor, unit=False),
                language.money(one.without_minor, unit=False),
                language.money(one.more_minor, unit=False),
                "–" if one.return_milli is None else language.times(max(0, one.return_milli) // 100 * 100),
            )
            for given in report.programmes
            for one in given.measured
        ],
        note=t(
            "Return: the further sales by the cost. A comparison with the past also holds what else has"
            " changed since, prices for one; one with members drawn by lot does not. ± is what chance alone"
            " explains of a member's figure, in 19 months of 20."
        ),
    )


def how_measured(one: MeasuredView, language: Language) -> str:
    """Say in one line what a figure was measured against."""
    members = language.number(one.members)
    if one.against == "past":
        return language.n(
            "{members} members, and their {count} month before it",
            "{members} members, and their {count} months before it",
            one.months,
            members=members,
        )
    said = language.t(
        "{members} members, and {others} left out by lot",
        members=members,
        others=language.number(one.others),
    )
    if one.chance_minor is None:
        return said
    return f"{said}, ± {language.money(one.chance_minor, unit=False)}"


def at_risk_table(report: TierReportView, language: Language) -> ReportTable:
    t, unit, plain = language.t, language.money_unit(), only_money(report)
    more = report.at_risk_members - min(PAPER_ROWS, len(report.at_risk))
    counts, missing = t("Counts"), t("Missing")
    if plain:
        counts, missing = in_unit(counts, unit), in_unit(missing, unit)
    shares = (34, 20, 23) if plain else (26, 16, 29)
    return ReportTable(
        title=t("At risk of losing their level"),
        columns=(
            ReportColumn(t("Member"), shares[0], number=False),
            ReportColumn(t("Level"), shares[1], number=False),
            ReportColumn(counts, shares[2], number=plain),
            ReportColumn(missing, shares[2], number=plain),
        ),
        rows=tuple(
            (language.name(one.name), language.name(one.tier_name), *at_risk_words(one, plain, language))
            for one in report.at_risk[:PAPER_ROWS]
        ),
        note=language.n("And {count} more member.", "And {count} more members.", more) if more else "",
        empty=t("Nobody is at risk next month."),
    )


def only_money(report: TierReportView) -> bool:
    """Say whether the club counts nothing but money, so that figures can stand under one unit."""
    return all(count.metric == "spend" for one in report.at_risk for count in one.counts)


def at_risk_words(one: AtRiskView, plain: bool, language: Language) -> tuple[str, str]:
    """Say what counts of a member and what is missing to stay."""
    if plain:
        return language.money(one.spend_minor, unit=False), language.money(one.missing_minor, unit=False)
    return lacks_words(one.counts, False, language), lacks_words(one.lacks, one.either, language)
