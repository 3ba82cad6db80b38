"""`report statement` and `report shifts`: the paper and the tables carry what the shop answers."""

import csv
import json
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from loyalty_pos.app.commands import CreateShop, EnrolMember, PublishProgramme, RecordSale, VoidSale
from loyalty_pos.app.queries_sheets import Shifts, Statement
from loyalty_pos.app.statement_views import ShiftsView, StatementView
from loyalty_pos.cli.arguments import parse_arguments
from loyalty_pos.cli.main import Streams, run
from loyalty_pos.printing.papers import render_report
from tests.cli.conftest import LANGUAGES, CommandLine
from tests.cli.real_shop import open_real
from tests.printing import readers


@pytest.fixture
def shop(command_line: CommandLine) -> CommandLine:
    service = open_real(command_line.shop)
    service.do(CreateShop(name="کافه فیروزه", display_unit="toman"))
    params: dict[str, object] = {"step_minor": 1_000, "points_per_step": 1}
    service.do(PublishProgramme(key="points", kind="points", name="امتیاز", params=params))
    service.do(EnrolMember(card="77001", name="=Sara"))
    for number in range(40):
        service.do(RecordSale(sale_id=f"s{number}", member="77001", amount_minor=12_340 + number * 10))
    service.do(VoidSale(sale_id="s3"))
    service.close()
    return command_line


def written(shop: CommandLine, what: str, name: str, *words: str) -> tuple[Path, int, str]:
    path, answers, errors = shop.folder / name, BytesIO(), StringIO()
    arguments = parse_arguments(
        ["report", what, "--out", str(path), "--shop", str(shop.shop), "--language", "en", *words]
    )
    streams = Streams(BytesIO(), answers, errors)
    status = run(arguments, open_real, lambda: LANGUAGES, streams, draw=render_report)
    return path, status, answers.getvalue().decode() + errors.getvalue()


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_statement_is_a_paper_of_pages_and_a_table_of_numbers(shop: CommandLine) -> None:
    service = open_real(shop.shop)
    view: StatementView = service.ask(Statement(member="77001"))
    service.close()
    path, status, told = written(shop, "statement", "s.csv", "--member", "77001", "--json")
    assert status == 0 and json.loads(told) == {"file": str(path)}
    table = rows(path)
    assert len(table) == 1 + 1 + len(view.rows) + 1
    assert [int(row[2]) for row in table[2:-1]] == [one.points for one in view.rows]
    assert int(table[-1][3]) == view.points_after == view.member.points > 0
    said = readers.text(written(shop, "statement", "s.pdf", "--member", "77001")[0].read_bytes())
    for needed in ("Statement of", "Page 1 of 3", "What ends when", "Counts until", view.seal):
        assert needed in said
    assert said.count("What, and why") == 3  # the heading stands on every page


def test_a_summary_is_a_paper_and_a_table_with_a_line_for_every_shift(shop: CommandLine) -> None:
    service = open_real(shop.shop)
    view: ShiftsView = service.ask(Shifts())
    service.close()
    table = rows(written(shop, "shifts", "c.csv")[0])
    cells = list(
        load_workbook(written(shop, "shifts", "c.xlsx")[0]).worksheets[0].iter_rows(values_only=True)
    )
    total = [view.total.sales, view.total.member_sales, *(Decimal(minor) / 10 for minor in (
        view.total.net_minor, view.total.discount_minor, view.total.refunded_minor, view.total.voided_minor
    )), view.total.by_hand]  # fmt: skip
    at = 1 + len(view.cashiers)
    assert [Decimal(cell) for cell in table[at][1:8]] == total
    assert [Decimal(str(cell)) for cell in cells[at][1:8]] == total
    assert table[-1][:2] == [view.shifts[-1].day, view.shifts[-1].till]
    said = readers.text(written(shop, "shifts", "c.pdf")[0].read_bytes())
    assert "Shifts and cashiers" in said and "Manager's signature" in said


def test_an_unknown_ending_member_or_day_is_refused_in_words(shop: CommandLine) -> None:
    for words in (
        ("shifts", "c.doc"),
        ("statement", "s.pdf", "--member", "0000"),
        ("shifts", "c.pdf", "--from", "soon"),
    ):
        path, status, told = written(shop, *words)
        assert status and told and not path.exists()
