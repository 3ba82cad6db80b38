"""Statements and cashiers' summaries as a PDF file, or as a table for a spreadsheet."""

from collections.abc import Callable, Iterator
from pathlib import Path

from loyalty_pos.app.history_words import happened
from loyalty_pos.app.language import Language
from loyalty_pos.app.report_papers import ReportPaper
from loyalty_pos.app.shifts_paper import actor_name, shift_tables, shifts_paper
from loyalty_pos.app.statement_paper import statement_paper
from loyalty_pos.app.statement_views import ShiftsView, ShiftView, StatementView
from loyalty_pos.app.tier_report_paper import in_unit
from loyalty_pos.app.views import ShopView
from loyalty_pos.cli.exporting import Hand
from loyalty_pos.cli.sheets import Cell, Plain, Sheet, write_sheet, write_whole
from loyalty_pos.domain.errors import Fault

DrawReport = Callable[[ReportPaper], bytes]
ENDINGS = (".pdf", ".xlsx", ".csv")


def sheet_name(view: StatementView | ShiftsView) -> str:
    """Name a sheet's file, without whose it is."""
    what = "statement" if isinstance(view, StatementView) else "shifts"
    return f"{what}-{view.from_day}-{view.to_day}"


def sheet_paper(view: StatementView | ShiftsView, shop: ShopView, language: Language) -> ReportPaper:
    if isinstance(view, StatementView):
        return statement_paper(view, shop, language)
    return shifts_paper(view, shop, language)


def write_sheet_file(
    path: Path, view: StatementView | ShiftsView, shop: ShopView, language: Language, draw: DrawReport
) -> None:
    """Write a sheet in the form the file's ending names; raises Fault, then the file is as it was."""
    if path.suffix.casefold() not in ENDINGS:
        raise Fault("unknown_report_ending", path=str(path))
    paper = sheet_paper(view, shop, language)
    if path.suffix.casefold() == ".pdf":
        drawn = draw(paper)
        write_whole(path, lambda part: part.write_bytes(drawn))
        return
    hand = Hand(shop, language)
    rows = _moved(view, hand) if isinstance(view, StatementView) else _shifts(view, hand)
    heading = [column.title for column in paper.tables[0].columns]
    if isinstance(view, ShiftsView):
        heading = _in_unit(heading, language)
    title = sheet_name(view)[:31]
    write_sheet(path, Sheet(title=title, right_to_left=language.rtl, heading=heading, rows=rows))


def _moved(view: StatementView, hand: Hand) -> Iterator[list[Cell]]:
    t, money = hand.language.t, hand.money
    yield [None, t("Before"), None, view.points_before, None, money(view.credit_before_minor)]
    for one in view.rows:
        title, more = happened(one.item, hand.language)
        why = [each.said(hand.language.code) for each in one.why]
        yield [
            *(Plain(one.item.business_day), " · ".join([title, *more, *why])),
            *(one.points, one.points_after, money(one.credit_minor), money(one.credit_after_minor)),
        ]
    if view.points_ended or view.credit_ended_minor:
        yield [None, t("Ended unused since"), -view.points_ended, None, money(-view.credit_ended_minor), None]
    yield [None, t("At the end"), None, view.points_after, None, money(view.credit_after_minor)]


def _shifts(view: ShiftsView, hand: Hand) -> Iterator[list[Cell]]:
    t, language = hand.language.t, hand.language
    for one in view.cashiers:
        yield [actor_name(one.actor, language), *_cells(one, hand)]
    yield [t("Sum"), *_cells(view.total, hand)]
    shifts = shift_tables(view, language)[1]
    columns = _in_unit([column.title for column in shifts.columns[2:]], language)
    yield from titled(t("Shifts"), [t("Day"), t("Till"), t("Cashier"), *columns[1:]])
    for one in view.shifts:
        yield [Plain(one.day), Plain(one.till), actor_name(one.actor, language), *_cells(one, hand)]


def _in_unit(heading: list[str], language: Language) -> list[str]:
    """Say the unit of the columns of money, the third one after the name and on."""
    unit = language.money_unit()
    return [in_unit(title, unit) if 3 <= place < 7 else title for place, title in enumerate(heading)]


def _cells(one: ShiftView, hand: Hand) -> list[Cell]:
    minor = (one.net_minor, one.discount_minor, one.refunded_minor, one.voided_minor)
    return [one.sales, one.member_sales, *map(hand.money, minor), one.by_hand]


def titled(title: str, columns: list[str]) -> Iterator[list[Cell]]:
    """Write a title and a heading under a free line."""
    yield []
    yield [title]
    yield [*columns]
