"""What is exported opens in a spreadsheet as it is, is never a formula, and comes back the same."""

import re
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from loyalty_pos.app.commands import (
    EnrolMember,
    ImportSale,
    PublishProgramme,
    PutProduct,
    RecordSale,
    SaleLine,
    VoidSale,
)
from loyalty_pos.app.queries import MembersPage, Products, SalesPage
from loyalty_pos.cli import sheets
from loyalty_pos.cli.arguments import ROLES
from loyalty_pos.cli.importing import COLUMNS
from loyalty_pos.cli.sheets import Cell, Phone, Plain, Sheet, write_sheet
from loyalty_pos.cli.tables import open_table
from loyalty_pos.domain.errors import Fault, InvalidRequest, Rejection
from tests.cli.conftest import CommandLine
from tests.cli.exchanging import Exchanging, cells, column
from tests.cli.real_shop import open_real
from tests.cli.test_safe_cells import TEXTS, is_a_formula
from tests.examples import examples

ENDINGS = (".csv", ".xlsx")
AT_MS = 1_763_651_520_000
_FRESH = count()


@pytest.fixture
def shop(command_line: CommandLine) -> Exchanging:
    return Exchanging(command_line)


@pytest.fixture
def persian(command_line: CommandLine) -> Exchanging:
    return Exchanging(command_line, language="fa")


def fill(shop: Exchanging) -> None:
    service = open_real(shop.shop)
    service.do(
        PutProduct(sku="007", name="لاته، بزرگ", price_minor=1_280_005, barcode="4006381333931", tax_bp=950)
    )
    service.do(PutProduct(sku="=cmd", name="@tea", price_minor=0, earns=False, cost_minor=5))
    sara = service.do(
        EnrolMember(phone="09123456789", card="0017", name="سارا احمدی", birthday="1991-05-01", consent=True,
                    tags=("ویژه", "a, b"), interests=("x; y",), city="=1+1", gender="woman")
    ).member  # fmt: skip
    service.do(EnrolMember(phone="+49 30 901820", name="Jo", member_kind="company"))
    service.do(EnrolMember(card="A-1"))
    lines = (
        SaleLine(sku="007", quantity=2),
        SaleLine(text="Tea", unit_price_minor=50_000, discount_minor=10),
    )
    service.do(ImportSale(sale_id="s1", at_ms=AT_MS, member=sara, receipt_no="00042", lines=lines))
    service.do(ImportSale(sale_id="s2", at_ms=AT_MS + 5000, amount_minor=1_280_005))
    free = (SaleLine(text="Tea", unit_price_minor=0),)
    service.do(ImportSale(sale_id="s3", at_ms=AT_MS + 9000, member=sara, lines=free))
    service.do(ImportSale(sale_id="s4", at_ms=AT_MS + 9000, amount_minor=70))
    service.do(VoidSale(sale_id="s4"))
    service.close()


def contents(path: Path) -> dict[str, Any]:
    """Everything the three lists hold, without what a shop gives by itself."""
    service = open_real(path)
    members, sales = service.ask(MembersPage()).members, service.ask(SalesPage()).sales
    found = {
        "members": [
            (
                m.name,
                m.phone,
                m.cards,
                m.member_kind,
                m.birthday,
                m.city,
                m.tags,
                m.interests,
                m.consent,
                m.gender,
            )
            for m in members
        ],
        "products": service.ask(Products()).products,
        "sales": [
            (s.sale_id, s.at_ms, s.member_name, s.receipt_no, s.gross_minor - s.discount_minor)
            for s in sales
            if not s.voided
        ],
    }
    service.close()
    return found


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_an_export_imports_into_another_shop_as_the_same(
    command_line: CommandLine, ending: str, language: str
) -> None:
    shop = Exchanging(command_line, language=language)
    fill(shop)
    other = Exchanging(command_line, "other.db", language="en")
    for what in ("members", "products", "sales"):
        file = shop.export(what, f"{what}{ending}")
        again = shop.bring(what, file)
        assert (again["imported"], again.get("changed", 0)) == (0, 0)
        answer = other.bring(what, file)
        assert [row["reason"] for row in answer["refused"]] == (["sale_voided"] if what == "sales" else [])
    assert contents(other.shop) == contents(shop.shop)
    assert other.ask("audit")["ok"]


def spent(shop: Exchanging) -> None:
    """Give two members something, and one of them a reward."""
    service = open_real(shop.shop)
    some: dict[str, dict[str, object]] = {
        "points": {"step_minor": 100_000},
        "spend_credit": {"rate_bp": 200},
        "stamp_card": {"count": "sales", "needed": 2, "mode": "after_n_paid"},
    }
    for kind, params in some.items():
        service.do(PublishProgramme(key=kind, kind=kind, name=kind, params=params))
    for number, card in enumerate(("0017", "A-1", "A-1")):
        service.do(RecordSale(sale_id=f"now-{number}", member=card, amount_minor=1_000_000))
    service.close()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_members_hold_is_told_and_not_opened_a_second_time(
    command_line: CommandLine, ending: str, language: str
) -> None:
    shop, other = Exchanging(command_line, language=language), Exchanging(command_line, "other.db")
    fill(shop)
    spent(shop)
    file = shop.export("members", f"members{ending}")
    points, credit, rewards = (
        ("points now", "credit now (Toman)", "rewards ready")
        if language == "en"
        else ("امتیاز اکنون", "اعتبار اکنون (تومان)", "پاداش آماده")
    )
    assert [int(each) for each in column(file, points)] == [10, 0, 20]
    assert [int(each) for each in column(file, credit)] == [2_000, 0, 4_000]
    assert [int(each) for each in column(file, rewards)] == [0, 0, 1]
    before = held(shop)
    for one in (shop, other):
        assert one.bring("members", file).get("opened", 0) == 0
    assert held(shop) == before
    assert {each[1:] for each in held(other)} == {(0, 0, 0)}


def held(shop: Exchanging) -> list[tuple[str, int, int, int]]:
    service = open_real(shop.shop)
    members = service.ask(MembersPage()).members
    service.close()
    return [(each.name, each.points, each.credit_minor, each.rewards) for each in members]


def test_a_csv_file_keeps_zeros_and_persian_for_excel(persian: Exchanging) -> None:
    fill(persian)
    file = persian.export("members", "m.csv")
    raw = file.read_bytes()
    assert raw.startswith("\ufeffموبایل,کارت,نام,".encode())
    assert column(file, "موبایل") == ["0912-345-6789", "00-49-30-901820", ""]
    assert column(file, "کارت") == ["'0017", "", "A-1"]
    assert column(file, "شهر") == ["'=1+1", "", ""]
    assert column(file, "تاریخ تولد") == ["1991-05-01", "", ""]
    assert column(file, "تاریخ تولد، شمسی") == ["1370/02/11", "", ""]
    assert column(file, "رضایت پیام") == ["بله", "خیر", "خیر"]
    assert column(file, "نوع عضو") == ["شخص", "شرکت", "شخص"]


def test_a_workbook_keeps_zeros_as_text_from_right_to_left(persian: Exchanging) -> None:
    fill(persian)
    file = persian.export("members", "m.xlsx")
    assert column(file, "موبایل") == ["09123456789", "004930901820", None]
    page = load_workbook(file).active
    assert page.sheet_view.rightToLeft
    assert page.title == "فهرست اعضا"
    assert page.freeze_panes == "A2"
    cell = page["B2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == ("0017", "s", "@", True)


def test_an_english_sheet_runs_from_left_to_right(shop: Exchanging) -> None:
    page = load_workbook(shop.export("sales", "s.xlsx")).active
    assert not page.sheet_view.rightToLeft
    assert page.max_row == 1


def test_money_is_an_exact_number_in_the_shops_unit(shop: Exchanging) -> None:
    fill(shop)
    file = shop.export("products", "p.xlsx")
    assert column(file, "price (Toman)") == [128000.5, 0]
    assert column(file, "cost (Toman)") == [None, 0.5]
    assert column(file, "tax (%)") == [9.5, None]
    assert column(shop.export("products", "p.csv"), "price (Toman)") == ["128000.5", "0"]
    sales = shop.export("sales", "s.csv")
    assert column(sales, "amount (Toman)") == ["261000", "128000.5", "0", "7"]
    assert column(sales, "before discounts (Toman)")[0] == "261001"
    assert column(sales, "item") == ["لاته، بزرگ ×2, Tea ×1", "", "Tea", ""]
    assert column(sales, "datetime")[0] == "2025-11-20 18:42:00"
    assert column(sales, "business day, Jalali")[0] == "1404/08/29"
    assert column(sales, "receipt")[0] == "'00042"
    assert column(sales, "taken back") == ["no", "no", "no", "yes"]


def test_a_shop_with_decimals_and_the_common_calendar(command_line: CommandLine) -> None:
    shop = Exchanging(
        command_line,
        currency="UAH",
        calendar="gregorian",
        time_zone="Europe/Kyiv",
        display_unit=None,  # type: ignore[arg-type]
    )
    fill_one: list[dict[str, Any]] = [
        {"do": "put_product", "sku": "a", "name": "x", "price_minor": 3870},
        {"do": "enrol_member", "phone": "0501234567"},
    ]
    shop.do(*fill_one)
    file = shop.export("products", "p.csv")
    assert column(file, "price (UAH)") == ["38.70"]
    assert shop.bring("products", file)["skipped"] == 1
    members = shop.export("members", "m.csv")
    assert column(members, "phone") == ["050-123-4567"]
    assert not any("Jalali" in title for title in cells(members)[0])
    assert shop.bring("members", members)["skipped"] == 1


NAMES = TEXTS.filter(lambda text: not any(0xD800 <= ord(char) <= 0xDFFF for char in text))


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8), st.sampled_from(ENDINGS))
def test_any_names_come_back_as_they_were(
    command_line: CommandLine, people: list[tuple[str, str]], ending: str
) -> None:
    at = next(_FRESH)
    shop = Exchanging(command_line, f"one-{at}.db")
    service = open_real(shop.shop)
    for number, (name, city) in enumerate(people):
        service.do(EnrolMember(card=f"C{number}", name=name, city=city))
    service.close()
    other = Exchanging(command_line, f"two-{at}.db")
    answer = other.bring("members", shop.export("members", f"m{ending}"))
    assert answer["refused"] == []
    assert contents(other.shop) == contents(shop.shop)


NUMBERS = st.text(alphabet="0123456789eE.+-/:'=\u06f2\u066bA\u0628 \u0390\xdf\u01f0", min_size=1, max_size=8)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NUMBERS, min_size=1, max_size=40), st.sampled_from(ENDINGS))
@example(["2E5", "2.5E+10", "\u06f2E\u06f5", "'2E5"], ".csv")
@example(["2E5", "2.5E+10", "\u06f2E\u06f5", "'2E5", "\u03901"], ".xlsx")
def test_every_card_that_a_till_takes_is_the_same_card_when_an_export_is_read_again(
    command_line: CommandLine, numbers: list[str], ending: str
) -> None:
    at = next(_FRESH)
    shop, other = (Exchanging(command_line, f"{name}-{at}.db") for name in ("three", "four"))
    service = open_real(shop.shop)
    for number in numbers:
        with suppress(InvalidRequest, Rejection):
            service.do(EnrolMember(card=number))
            service.do(ImportSale(sale_id=number, at_ms=AT_MS, member=number, amount_minor=70))
    service.close()
    for what in ("members", "sales"):
        file = shop.export(what, f"{what}{ending}")
        again = shop.bring(what, file)
        assert (again["imported"], again["refused"]) == (0, [])
        assert other.bring(what, file)["refused"] == []
    assert contents(other.shop) == contents(shop.shop)


CELLS: st.SearchStrategy[Cell] = st.one_of(
    NAMES, st.none(), st.integers(0, 10**12), st.decimals(0, 10**10, places=2), st.builds(Phone, NAMES, NAMES)
)


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_no_exported_cell_is_a_formula(tmp_path: Path, rows: list[list[Cell]]) -> None:
    sheet = Sheet("t", right_to_left=True, heading=["=a", "b", "c"], rows=rows)
    for ending in ENDINGS:
        assert write_sheet(tmp_path / f"x{ending}", sheet) == len(rows)
    assert not any(is_a_formula(cell) for row in cells(tmp_path / "x.csv") for cell in row if cell)
    with ZipFile(tmp_path / "x.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in re.sub("<formula|<freeze", "", page).replace("&lt;", "")
    assert set(re.findall(r'<c [^>]*t="(\w+)"', page)) <= {"inlineStr", "s", "n"}
    with open_table(tmp_path / "x.xlsx") as table:
        read = [list(row.fields) for row in table.rows() if row.problem is None]
    texts = [[_typed(cell) for cell in row] for row in rows]
    assert read == [row for row in texts if any(cell.strip() for cell in row)]


def _typed(cell: Cell) -> str:
    if isinstance(cell, Phone):
        cell = cell.digits
    if isinstance(cell, Decimal):
        return format(float(cell), ".15g")
    text = "" if cell is None else str(cell)
    return text if text.strip() else ""


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_is_written_whole_or_not_at_all(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x{ending}"
    path.write_text("before")

    def rows() -> Iterator[list[Cell]]:
        yield ["a"]
        raise Fault("disk_full")

    with pytest.raises(Fault):
        write_sheet(path, Sheet("t", right_to_left=False, heading=["h"], rows=rows()))
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_said(shop: Exchanging) -> None:
    for name, said in (("x.pdf", "must end in .csv or .xlsx."), ("none/x.csv", "cannot be written.")):
        shop.line.run("export", "members", str(shop.line.folder / name), "--shop", str(shop.shop))
        assert shop.line.status == 2
        assert shop.line.errors.endswith(f"{said}\n")
    shop.line.run("export", "members", "x.csv", "--shop", str(shop.line.folder / "none.db"))
    assert shop.line.status == 2
    assert not (shop.line.folder / "none.db").exists()


def test_a_sheet_has_only_so_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_SHEET_ROWS", 3)
    three: list[list[Cell]] = [["a"], ["b"], ["c"]]
    assert (
        write_sheet(tmp_path / "x.xlsx", Sheet("t", right_to_left=False, heading=["h"], rows=three[:2])) == 2
    )
    with pytest.raises(Fault, match="too_many_for_a_sheet"):
        write_sheet(tmp_path / "x.xlsx", Sheet("t", right_to_left=False, heading=["h"], rows=three))
    assert write_sheet(tmp_path / "x.csv", Sheet("t", right_to_left=False, heading=["h"], rows=three)) == 3


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_length_of_a_list_costs_no_memory(tmp_path: Path, ending: str) -> None:
    rows: Iterator[list[Cell]] = (
        [Phone("09123456789", "0912-345-6789"), f"member {at}", at, Plain("2026-11-21")] for at in range(4000)
    )
    path = tmp_path / f"x{ending}"
    write_sheet(path, Sheet("t", right_to_left=True, heading=["h"], rows=[]))
    tracemalloc.start()
    assert write_sheet(path, Sheet("t", right_to_left=True, heading=["a", "b", "c", "d"], rows=rows)) == 4000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_500_000


def test_people_and_programs_are_told_how_much_was_written(persian: Exchanging) -> None:
    fill(persian)
    path = persian.line.folder / "m.csv"
    words = ("export", "members", str(path), "--shop", str(persian.shop))
    assert persian.line.run(*words).decode() == f"۳ ردیف در \u2066{path}\u2069 نوشته شد.\n"
    assert persian.line.run(*words, "--json").decode().startswith('{"rows": 3, ')


def test_the_help_names_the_roles_that_are_understood() -> None:
    roles = {what: ", ".join(columns.usual) for what, columns in COLUMNS.items()}
    assert roles == ROLES


def test_titles_of_an_export_are_told_apart(command_line: CommandLine) -> None:
    for language in ("fa", "en"):
        shop = Exchanging(command_line, f"{language}.db", language=language)
        for what in COLUMNS:
            heading = cells(shop.export(what, f"{what}.csv"))[0]
            assert len(set(heading)) == len(heading)
            assert "" not in heading
