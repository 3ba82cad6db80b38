"""The month at a glance as a file: a PDF for paper, or one sheet with every table under its heading."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from loyalty_pos.app.board_paper import (
    board_paper,
    cohorts_table,
    days_table,
    hours_table,
    segments_table,
    used_table,
)
from loyalty_pos.app.board_words import cohorts_grid, redeemed_ranking, segments_ranking
from loyalty_pos.app.dashboard_views import DashboardView
from loyalty_pos.app.language import Language
from loyalty_pos.app.report_papers import ReportTable
from loyalty_pos.app.tier_report_paper import month_name, programmes_table, tiers_table
from loyalty_pos.app.views import ShopView
from loyalty_pos.cli.exporting import Hand
from loyalty_pos.cli.report_file import brought_rows, level_rows, percent, programme_rows, under
from loyalty_pos.cli.sheet_file import ENDINGS, DrawReport
from loyalty_pos.cli.sheets import Cell, Plain, Sheet, write_sheet, write_whole
from loyalty_pos.domain.errors import Fault


def write_board(
    path: Path, view: DashboardView, shop: ShopView, language: Language, draw: DrawReport
) -> None:
    """Write the month in the form the file's ending names; raises Fault, then the file is as it was."""
    if path.suffix.casefold() not in ENDINGS:
        raise Fault("unknown_report_ending", path=str(path))
    if path.suffix.casefold() != ".pdf":
        write_sheet(path, board_sheet(view, Hand(shop, language)))
        return
    drawn = draw(board_paper(view, shop, language))
    write_whole(path, lambda part: part.write_bytes(drawn))


def board_sheet(view: DashboardView, hand: Hand) -> Sheet:
    """Put the levels first, then each further table under its own heading."""
    language, report = hand.language, view.report
    return Sheet(
        title=month_name(report.month, report.calendar, language)[:31],
        right_to_left=language.rtl,
        heading=[column.title for column in tiers_table(report, language).columns],
        rows=_rows(view, hand),
    )


def _rows(view: DashboardView, hand: Hand) -> Iterator[list[Cell]]:
    language, money = hand.language, hand.money
    yield from level_rows(view.report, hand)
    yield from under(programmes_table(view.report, language))
    yield from programme_rows(view.report, hand)
    yield from brought_rows(view.report, hand)
    yield from _used(view, hand)
    yield from _segments(view, hand)
    yield from under(cohorts_table(cohorts_grid(view, language)))
    for cohort in view.cohorts:
        month = month_name(cohort.month, view.report.calendar, language)
        yield [month, cohort.members, *(percent(bp) for bp in cohort.bought_bp)]
    yield from under(hours_table(view, language))
    for hour in view.hours:
        yield [Plain(f"{hour.hour}:00"), hour.purchases, money(hour.sales_minor)]
    yield from under(days_table(view, language))
    for day in view.days:
        yield [Plain(day.day), day.purchases, money(day.member_minor), money(day.other_minor)]


def _segments(view: DashboardView, hand: Hand) -> Iterator[list[Cell]]:
    """Write how many members have which habits, as numbers."""
    language = hand.language
    yield from under(segments_table(segments_ranking(view, language), language))
    for one in view.segments:
        yield [one.name.said(language.code), one.members, hand.money(one.spend_minor)]


def _used(view: DashboardView, hand: Hand) -> Iterator[list[Cell]]:
    """Write rates with what they were worked out from, as numbers."""
    t, language = hand.language.t, hand.language
    table: ReportTable = used_table(redeemed_ranking(view, language), language)
    columns = [t("What"), t("Rate"), t("Used"), t("Given")]
    yield []
    yield [table.title]
    yield [*columns]
    names = [row[0] for row in table.rows]
    for name, one in zip(names, view.redeemed, strict=False):
        rate = None if one.used_bp is None else percent(one.used_bp)
        amount = hand.money if one.unit == "credit" else int
        yield [name, rate, amount(one.used), amount(one.given)]
    satisfied = view.satisfaction
    if satisfied.average_milli is not None:
        yield [names[-1], Decimal(satisfied.average_milli).scaleb(-3), satisfied.answers, None]
