"""The month at a glance on paper: the same texts as on screen, in tables."""

from dataclasses import replace

from loyalty_pos.app.board_texts import GridText, Ranking
from loyalty_pos.app.board_words import (
    board_figures,
    cohorts_grid,
    hours_chart,
    redeemed_ranking,
    segments_ranking,
)
from loyalty_pos.app.dashboard_views import DashboardView
from loyalty_pos.app.language import Language
from loyalty_pos.app.report_papers import ReportColumn, ReportPaper, ReportTable
from loyalty_pos.app.tier_report_paper import (
    brought_tables,
    in_unit,
    month_name,
    programmes_table,
    tier_report_paper,
    tiers_table,
)
from loyalty_pos.app.views import ShopView


def board_paper(view: DashboardView, shop: ShopView, language: Language) -> ReportPaper:
    """Put the month at a glance on paper, with the footer of its tier report."""
    report = view.report
    title = language.t("{month} at a glance", month=month_name(report.month, report.calendar, language))
    return replace(
        tier_report_paper(report, shop, language),
        title=title,
        figures=board_figures(view, language),
        tables=board_tables(view, language),
        bars_after=1,
    )


def board_tables(view: DashboardView, language: Language) -> tuple[ReportTable, ...]:
    return (
        tiers_table(view.report, language),
        programmes_table(view.report, language),
        *brought_tables(view.report, language),
        used_table(redeemed_ranking(view, language), language),
        segments_table(segments_ranking(view, language), language),
        cohorts_table(cohorts_grid(view, language)),
        hours_table(view, language),
        days_table(view, language),
    )


def days_table(view: DashboardView, language: Language) -> ReportTable:
    t, unit = language.t, language.money_unit()
    sold = any(day.purchases for day in view.days)
    totals = view.report.totals
    return ReportTable(
        title=t("Sales by day"),
        columns=(
            ReportColumn(t("Day"), 28, number=False),
            ReportColumn(t("Purchases"), 18),
            ReportColumn(in_unit(t("To members"), unit), 27),
            ReportColumn(in_unit(t("To others"), unit), 27),
        ),
        rows=[
            (
                language.day(one.day),
                language.number(one.purchases),
                language.money(one.member_minor, unit=False),
                language.money(one.other_minor, unit=False),
            )
            for one in view.days
            if sold
        ],
        total=(
            t("Sum"),
            language.number(totals.all_purchases),
            language.money(totals.sales_minor, unit=False),
            language.money(totals.all_sales_minor - totals.sales_minor, unit=False),
        )
        if sold
        else (),
        empty=t("Nothing was sold in this month."),
    )


def hours_table(view: DashboardView, language: Language) -> ReportTable:
    t, chart = language.t, hours_chart(view, language)
    return ReportTable(
        title=chart.title,
        columns=(
            ReportColumn(t("Hour"), 30, number=False),
            ReportColumn(t("Purchases"), 30),
            ReportColumn(in_unit(t("Sales"), language.money_unit()), 40),
        ),
        rows=[
            (
                language.digits(f"{one.hour}:00"),
                language.number(one.purchases),
                language.money(one.sales_minor, unit=False),
            )
            for one in view.hours
        ],
        note=chart.note,
        empty=chart.empty,
    )


def used_table(ranking: Ranking, language: Language) -> ReportTable:
    t = language.t
    return ReportTable(
        title=ranking.title,
        columns=(
            ReportColumn(t("What"), 40, number=False),
            ReportColumn(t("Rate"), 20),
            ReportColumn(t("How much"), 40),
        ),
        rows=[(one.name, one.value, one.note) for one in ranking.rows],
        empty=ranking.empty,
    )


def segments_table(ranking: Ranking, language: Language) -> ReportTable:
    t = language.t
    return ReportTable(
        title=ranking.title,
        columns=(
            ReportColumn(t("Segment"), 40, number=False),
            ReportColumn(t("Members"), 20),
            ReportColumn(t("Bought in all"), 40),
        ),
        rows=[(one.name, one.value, one.note) for one in ranking.rows],
        note=ranking.note,
        empty=ranking.empty,
    )


def cohorts_table(grid: GridText) -> ReportTable:
    """Put the grid into columns; a month too young for a cell leaves it empty."""
    weights = (26, 14, *(60 // max(1, len(grid.heads) - 2) for _ in grid.heads[2:]))
    return ReportTable(
        title=grid.title,
        columns=[
            ReportColumn(head, weight, number=place > 0)
            for place, (head, weight) in enumerate(zip(grid.heads, weights, strict=True))
        ],
        rows=[
            (
                month,
                members,
                *(text for text, _ in cells),
                *("" for _ in range(len(grid.heads) - 2 - len(cells))),
            )
            for month, members, cells in grid.rows
        ],
        note=grid.note,
        empty=grid.empty,
    )
