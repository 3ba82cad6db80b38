"""`report tiers`: PDF, XLSX and CSV carry the figures that the shop answers."""

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from loyalty_pos.app.commands import CreateShop, EnrolMember, ImportSale, PublishProgramme, SaleLine
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.queries_reports import TierReport
from loyalty_pos.app.report_views import MeasuredView, MonthTotalsView, TierReportView, TierRowView
from loyalty_pos.cli import report_file
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.main import Streams, run
from loyalty_pos.printing.papers import render_report
from tests.cli.conftest import LANGUAGES, CommandLine
from tests.cli.real_shop import open_real
from tests.cli.test_safe_cells import is_a_formula
from tests.printing import readers

AT_MS = 1_763_651_520_000  # 2025-11-20, 1404-08-29
DAY_MS = 86_400_000
TOLD: list[str] = []
"""What the command line said last."""
FORMULA = "=HYPERLINK(1)"
LEVELS = [{"key": "bronze", "name": "برنزی", "from": 0}, {"key": "gold", "name": FORMULA, "from": 900_000}]


@pytest.fixture
def shop(command_line: CommandLine) -> CommandLine:
    service = open_real(command_line.shop)
    service.do(CreateShop(name="کافه فیروزه", display_unit="toman"))
    service.do(PublishProgramme(key="club", kind="tiers", name="club", params={"levels": LEVELS}))
    back: dict[str, object] = {"rate_bp": 500, "rounding_minor": 10}
    service.do(PublishProgramme(key="back", kind="spend_credit", name="@SUM(1)", params=back))
    chance = Random(4)
    cards = [service.do(EnrolMember(card=f"A-{n}", name=f"+{n} Ann")).member for n in range(4)]
    for number in range(60):
        line = SaleLine(text="x", unit_price_minor=chance.randrange(1, 30_000) * 10)
        at_ms = AT_MS - (number % 40) * DAY_MS
        member = chance.choice([*cards, None])
        service.do(ImportSale(sale_id=f"s{number}", member=member, lines=(line,), at_ms=at_ms))
    service.close()
    return command_line


def report(shop: CommandLine, name: str, *words: str, month: str = "1404-08") -> Path:
    path = shop.folder / name
    arguments = parse_arguments(
        ["report", "tiers", "--month", month, "--out", str(path), "--shop", str(shop.shop), *words]
    )
    shop.status = _run(shop, arguments)
    return path


def _run(shop: CommandLine, arguments: Any) -> int:
    answers, errors = BytesIO(), StringIO()
    streams = Streams(BytesIO(), answers, errors)
    status = run(arguments, open_real, lambda: LANGUAGES, streams, draw=render_report)
    shop.errors, TOLD[:] = errors.getvalue(), [answers.getvalue().decode()]
    return status


def answered(shop: CommandLine, month: str = "1404-08") -> TierReportView:
    service = open_real(shop.shop)
    view: TierReportView = service.ask(TierReport(month=month))
    service.close()
    return view


def wanted(view: TierReportView) -> list[list[Any]]:
    """The rows of the levels as numbers, money in toman."""

    def money(minor: int) -> Decimal:
        return Decimal(minor) / 10

    rows = [
        [one.name, one.members, one.purchases, money(one.sales_minor), Decimal(one.share_bp) / 100,
         money(one.basket_minor), money(one.discount_minor), money(one.cost_minor),
         Decimal(one.cost_bp) / 100]
        for one in view.tiers
    ]  # fmt: skip
    sums = view.totals
    rows.append(
        ["Sum", sums.members, sums.purchases, money(sums.sales_minor), Decimal(100), money(sums.basket_minor),
         money(sums.discount_minor), money(sums.cost_minor), Decimal(sums.cost_bp) / 100]
    )  # fmt: skip
    return rows


def test_the_table_carries_the_figures_of_the_answer(shop: CommandLine) -> None:
    view = answered(shop)
    assert view.totals.purchases > 20 and view.totals.sales_minor > 0
    with report(shop, "r.csv", "--language", "en").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    sheet = load_workbook(report(shop, "r.xlsx", "--language", "en")).worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    for number, row in enumerate(wanted(view), 1):
        assert written[number][0].removeprefix("'") == row[0] == cells[number][0]
        assert [Decimal(cell) for cell in written[number][1:9]] == row[1:]
        assert [Decimal(str(cell)) for cell in cells[number][1:9]] == row[1:]


def test_the_paper_carries_the_same_figures(shop: CommandLine) -> None:
    view = answered(shop)
    said = readers.text(report(shop, "r.pdf", "--language", "en").read_bytes())
    service = open_real(shop.shop)
    english = LANGUAGES["en"].with_shop(service.ask(Shop()))
    service.close()
    rows: list[TierRowView | MonthTotalsView] = [*view.tiers, view.totals]
    for one in rows:
        for minor in (one.sales_minor, one.discount_minor, one.cost_minor, one.basket_minor):
            assert english.money(minor, unit=False) in said
        assert english.number(one.purchases) in said
    for best in view.top:
        assert english.money(best.sales_minor, unit=False) in said
    for needed in (view.seal, english.number(view.posting), "Page 1 of"):
        assert needed in said


def test_what_programmes_brought_stands_in_the_table_as_numbers_with_how_it_was_measured(
    shop: CommandLine,
) -> None:
    service = open_real(shop.shop)
    view, known = service.ask(TierReport(month="1404-08")), service.ask(Shop())
    service.close()
    lot = MeasuredView(
        against="lot",
        members=40,
        others=8,
        with_minor=90_000,
        without_minor=100_000,
        more_minor=-400_000,
        chance_minor=30_000,
        return_milli=-1_450,
    )
    view = replace(view, programmes=[replace(view.programmes[0], measured=(lot,)), *view.programmes[1:]])
    path = shop.folder / "b.csv"
    report_file.write_tier_report(path, view, known, LANGUAGES["en"].with_shop(known), render_report)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    at = rows.index(["What programmes brought"])
    assert rows[at + 2][1].startswith("40 members, and 8 left out by lot, ±")
    assert [Decimal(cell) for cell in rows[at + 2][2:]] == [9_000, 10_000, -40_000, Decimal("-1.5")]
    assert rows[at + 3][0].startswith("Return: the further sales")


def test_persian_paper_is_written_in_persian_digits(shop: CommandLine) -> None:
    said = readers.text(report(shop, "r.pdf").read_bytes())
    service = open_real(shop.shop)
    persian = LANGUAGES["fa"].with_shop(service.ask(Shop()))
    service.close()
    assert persian.money(answered(shop).totals.sales_minor, unit=False) in said


def test_no_name_becomes_a_formula(shop: CommandLine) -> None:
    with report(shop, "r.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            assert not any(is_a_formula(cell) for cell in row if not cell.replace(".", "").isdigit()), row
    for row in load_workbook(report(shop, "r.xlsx")).worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


@pytest.mark.parametrize("name", ["r.pdf", "r.csv", "r.xlsx"])
def test_a_month_without_sales_has_a_report_too(shop: CommandLine, name: str) -> None:
    assert report(shop, name, month="2020-01").stat().st_size > 0
    assert shop.status == 0


def test_where_it_went_is_told(shop: CommandLine) -> None:
    path = report(shop, "r.csv", "--json")
    told = json.loads(TOLD[0])
    assert told == {"month": "1404-08", "file": str(path)}
    report(shop, "r.csv", "--language", "en")
    assert str(path) in TOLD[0]


def test_an_unknown_ending_or_month_is_refused_in_words(shop: CommandLine) -> None:
    assert not report(shop, "r.doc").exists()
    assert (shop.status, "must end in .pdf" in shop.errors) == (2, True)
    report(shop, "r.pdf", month="1404-13")
    assert (shop.status, "is not a month" in shop.errors) == (2, True)


def test_a_file_that_cannot_be_written_is_told(shop: CommandLine) -> None:
    report(shop, "none/r.pdf")
    assert (shop.status, "cannot be written" in shop.errors) == (2, True)


def test_without_a_name_it_is_the_windows_own_shop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert report_file.own_shop().name == "shop.db"
