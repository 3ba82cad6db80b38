"""`loyalty-pos report tiers`: the month by levels as a PDF file, or as a table for a spreadsheet."""

import argparse
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from loyalty_pos.app.language import Language, Languages
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.queries_reports import TierReport
from loyalty_pos.app.queries_sheets import SheetQuery, Shifts, Statement
from loyalty_pos.app.report_papers import ReportTable
from loyalty_pos.app.report_views import TierReportView
from loyalty_pos.app.tier_report_paper import (
    at_risk_table,
    at_risk_words,
    brought_table,
    in_unit,
    month_name,
    only_money,
    programmes_table,
    tier_report_paper,
    tiers_table,
    top_table,
)
from loyalty_pos.app.views import ShopView
from loyalty_pos.cli.door import OpenShop
from loyalty_pos.cli.exporting import Hand
from loyalty_pos.cli.importing import shop_at
from loyalty_pos.cli.sheet_file import ENDINGS, DrawReport, titled, write_sheet_file
from loyalty_pos.cli.sheets import Cell, Sheet, write_sheet, write_whole
from loyalty_pos.domain.errors import Fault


def report(
    arguments: argparse.Namespace,
    open_shop: OpenShop,
    languages: Languages,
    draw: DrawReport,
    answers: BinaryIO,
) -> None:
    """Write the report of a month into a file and say where it is."""
    with shop_at(arguments.shop or own_shop(), open_shop) as service:
        shop = service.ask(Shop())
        language = languages[arguments.language or shop.language].with_shop(shop)
        view = service.ask(_asked(arguments))
    write: Callable[..., None] = write_tier_report if arguments.what == "tiers" else write_sheet_file
    write(arguments.out, view, shop, language, draw)
    if arguments.json:
        month = {"month": view.month} if arguments.what == "tiers" else {}
        told = json.dumps({**month, "file": str(arguments.out)}, ensure_ascii=False)
    else:
        file = language.isolate(str(arguments.out)) if language.rtl else str(arguments.out)
        told = language.t("The report is written to {file}.", file=file)
    answers.write((told + "\n").encode())
    answers.flush()


def _asked(arguments: argparse.Namespace) -> TierReport | SheetQuery:
    if arguments.what == "tiers":
        return TierReport(month=arguments.month, measured=True)
    if arguments.what == "statement":
        return Statement(member=arguments.member, from_=arguments.from_, to=arguments.to)
    return Shifts(from_=arguments.from_, to=arguments.to)


def own_shop() -> Path:
    """Name the shop's file that a window opens when nobody names one."""
    from platformdirs import user_data_path

    return user_data_path("loyalty-pos", appauthor=False) / "shop.db"


def write_tier_report(
    path: Path, view: TierReportView, shop: ShopView, language: Language, draw: DrawReport
) -> None:
    """Write a report in the form the file's ending names; raises Fault, then the file is as it was."""
    if path.suffix.casefold() not in ENDINGS:
        raise Fault("unknown_report_ending", path=str(path))
    if path.suffix.casefold() != ".pdf":
        write_sheet(path, tier_sheet(view, Hand(shop, language)))
        return
    drawn = draw(tier_report_paper(view, shop, language))
    write_whole(path, lambda part: part.write_bytes(drawn))


def tier_sheet(view: TierReportView, hand: Hand) -> Sheet:
    """Put a report into one sheet: the levels first, then each further table under its own heading."""
    language = hand.language
    first = tiers_table(view, language)
    return Sheet(
        title=month_name(view.month, view.calendar, language)[:31],
        right_to_left=language.rtl,
        heading=[column.title for column in first.columns],
        rows=_rows(view, hand),
    )


def _rows(view: TierReportView, hand: Hand) -> Iterator[list[Cell]]:
    language, money, t = hand.language, hand.money, hand.language.t
    yield from level_rows(view, hand)
    yield from _all_sales(view, hand)
    yield from titled(t("Moved between levels"), [t("From level"), t("To level"), t("Up"), t("Down")])
    for move in view.movements:
        up = move.direction == "up"
        count = move.members
        yield [move.from_name or None, move.to_name or None, count if up else None, None if up else count]
    yield from under(top_table(view, language))
    for best in view.top:
        yield [best.name, best.tier_name, best.purchases, money(best.sales_minor)]
    yield from under(programmes_table(view, language))
    yield from programme_rows(view, hand)
    yield from brought_rows(view, hand)
    yield from under(at_risk_table(view, language))
    plain = only_money(view)
    for risk in view.at_risk:
        figures = money(risk.spend_minor), money(risk.missing_minor)
        yield [risk.name, risk.tier_name, *(figures if plain else at_risk_words(risk, plain, language))]


def level_rows(view: TierReportView, hand: Hand) -> Iterator[list[Cell]]:
    """Write the levels and their sum, as numbers."""
    money, t, totals = hand.money, hand.language.t, view.totals
    for one in view.tiers:
        yield [
            one.name if one.key is not None else t("Without a level"),
            *(one.members, one.purchases, money(one.sales_minor), percent(one.share_bp)),
            *(money(one.basket_minor), money(one.discount_minor), money(one.cost_minor)),
            percent(one.cost_bp),
        ]
    yield [
        t("Sum"),
        *(totals.members, totals.purchases, money(totals.sales_minor)),
        percent(10_000 if totals.sales_minor else 0),
        *(money(totals.basket_minor), money(totals.discount_minor), money(totals.cost_minor)),
        percent(totals.cost_bp),
    ]


def programme_rows(view: TierReportView, hand: Hand) -> Iterator[list[Cell]]:
    """Write what programmes gave, as numbers."""
    for given in view.programmes:
        milli = given.return_milli
        back = None if milli is None else Decimal(milli // 100).scaleb(-1)
        yield [
            *(given.name, given.members, given.purchases, hand.money(given.sales_minor)),
            *(hand.money(given.cost_minor), back),
        ]


def brought_rows(view: TierReportView, hand: Hand) -> Iterator[list[Cell]]:
    """Write what programmes brought, as numbers, with how that was found out; nothing where nothing was."""
    table = brought_table(view, hand.language)
    if not table.rows:
        return
    yield from under(table)
    found = [one for given in view.programmes for one in given.measured]
    for row, one in zip(table.rows, found, strict=True):
        sums = (one.with_minor, one.without_minor, one.more_minor)
        back = None if one.return_milli is None else Decimal(one.return_milli // 100).scaleb(-1)
        yield [row[0], row[1], *map(hand.money, sums), back]
    yield [table.note]


def _all_sales(view: TierReportView, hand: Hand) -> Iterator[list[Cell]]:
    t, totals, unit = hand.language.t, view.totals, hand.language.money_unit()
    titles = [t("All purchases"), in_unit(t("All sales"), unit), t("Part of all sales")]
    yield from titled(t("Everybody's purchases"), titles)
    yield [totals.all_purchases, hand.money(totals.all_sales_minor), percent(totals.share_bp)]


def under(table: ReportTable) -> Iterator[list[Cell]]:
    """Write a table's title and heading under a free line."""
    return titled(table.title, [column.title for column in table.columns])


def percent(bp: int) -> Decimal:
    """Write a rate as a number of percent."""
    return Decimal(bp).scaleb(-2)
