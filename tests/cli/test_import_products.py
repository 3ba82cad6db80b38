"""Goods come in with their prices; the same file again changes nothing, another one only what it says."""

from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.cli.exchanging import Exchanging

HEAD = ["sku", "name", "price", "group", "barcode", "cost", "tax", "earns"]
LATTE = ["lat", "Latte", "128,000", "hot", "4006381333931", "40000", "9%", "yes"]


@pytest.fixture
def shop(command_line: CommandLine) -> Exchanging:
    return Exchanging(command_line)


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["imported"], answer["changed"], answer["skipped"], len(answer["refused"])


def products(shop: Exchanging) -> dict[str, dict[str, Any]]:
    return {product["sku"]: product for product in shop.ask("products")["products"]}


@pytest.mark.parametrize("name", ["in.csv", "in.xlsx"])
def test_goods_come_with_everything_a_file_says(shop: Exchanging, name: str) -> None:
    assert counts(shop.bring("products", shop.write([HEAD, LATTE], name))) == (1, 0, 0, 0)
    assert products(shop)["lat"] == {
        "sku": "lat", "name": "Latte", "price_minor": 1_280_000, "group": "hot", "barcode": "4006381333931",
        "cost_minor": 400_000, "tax_bp": 900, "earns": True, "sale_from": None, "early_for": [],
    }  # fmt: skip


def test_goods_that_some_may_buy_first_come_with_their_day(shop: Exchanging) -> None:
    head = ["sku", "name", "price", "on sale from", "first for"]
    file = shop.write(
        [head, ["new", "New roast", "9000", "1405/10/11", "gold, vip"], ["old", "Old", "1", "", ""]]
    )
    assert counts(shop.bring("products", file)) == (2, 0, 0, 0)
    new, old = products(shop)["new"], products(shop)["old"]
    assert (new["sale_from"], new["early_for"]) == ("2027-01-01", ["gold", "vip"])
    assert (old["sale_from"], old["early_for"]) == (None, [])
    assert counts(shop.bring("products", file)) == (0, 0, 2, 0)
    again = shop.write([head, ["new", "New roast", "9000", "", ""]])
    assert counts(shop.bring("products", again)) == (0, 1, 0, 0)
    assert products(shop)["new"]["early_for"] == []


def test_the_same_again_changes_nothing_and_another_price_changes_only_that(shop: Exchanging) -> None:
    shop.bring("products", shop.write([HEAD, LATTE]))
    assert counts(shop.bring("products", shop.write([HEAD, LATTE]))) == (0, 0, 1, 0)
    before = products(shop)["lat"]
    file = shop.write([["code", "title", "price"], ["lat", "Latte", "130000"]])
    assert counts(shop.bring("products", file, "--dry-run")) == (0, 1, 0, 0)
    assert products(shop)["lat"] == before
    assert counts(shop.bring("products", file)) == (0, 1, 0, 0)
    assert products(shop)["lat"] == {**before, "price_minor": 1_300_000}


def test_an_empty_cell_of_a_column_that_is_there_empties_the_field(shop: Exchanging) -> None:
    shop.bring("products", shop.write([HEAD, LATTE]))
    shop.bring("products", shop.write([HEAD, ["lat", "Latte", "0", "", "", "", "", ""]]))
    assert products(shop)["lat"] == {
        "sku": "lat", "name": "Latte", "price_minor": 0, "group": None, "barcode": None,
        "cost_minor": None, "tax_bp": None, "earns": True, "sale_from": None, "early_for": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([["", "x", "1", "", "", "", "", ""]], [(2, "sku_needed")]),
        ([["a", "", "1", "", "", "", "", ""]], [(2, "empty")]),
        ([["a", "x", "-1", "", "", "", "", ""]], [(2, "amount_not_positive")]),
        ([["a", "x", "dear", "", "", "", "", ""]], [(2, "bad_amount")]),
        ([["a", "x", "1", "", "4.00638E+12", "", "", ""]], [(2, "shortened_number")]),
        ([["a", "x", "1", "", "", "", "101%", ""]], [(2, "bad_percent")]),
        ([["a", "x", "1", "", "", "", "", "maybe"]], [(2, "bad_yes_no")]),
        ([["a", "x", "1", "", "", "", "", ""], ["a", "x", "2", "", "", "", "", ""]], [(3, "sku_twice")]),
        (
            [["a", "x", "1", "", "1", "", "", ""], ["b", "y", "2", "", "1", "", "", ""]],
            [(3, "barcode_taken")],
        ),
        ([["a", "x", "1", "", "1", "", "", ""], ["a", "x", "1", "", "1", "", "", ""]], []),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_alike_in_a_dry_run(
    shop: Exchanging, rows: list[list[str]], refused: list[tuple[int, str]]
) -> None:
    file = shop.write([HEAD, *rows])
    trial = shop.bring("products", file, "--dry-run")
    assert [(row["line"], row["reason"]) for row in trial["refused"]] == refused
    assert products(shop) == {}
    real = shop.bring("products", file)
    assert real["refused"] == trial["refused"]
    assert counts(real) == counts(trial)


def test_a_dash_where_a_barcode_stands_is_none(shop: Exchanging) -> None:
    rows = [["sku", "name", "price", "barcode"], ["a", "Tea", "5", "-"], ["b", "Pot", "9", "\u2014"]]
    assert counts(shop.bring("products", shop.write(rows))) == (2, 0, 0, 0)
    assert [one["barcode"] for one in products(shop).values()] == [None, None]


def test_a_barcode_serves_where_there_is_no_code(shop: Exchanging) -> None:
    shop.bring("products", shop.write([["barcode", "name", "price"], ["4006381333931", "Pen", "5000"]]))
    assert products(shop)["4006381333931"]["barcode"] == "4006381333931"


def test_the_unit_in_a_heading_decides(shop: Exchanging) -> None:
    for unit, minor in (("rial", 5_000), ("Toman", 50_000), ("ریال", 5_000), ("incl. tax", 50_000)):
        shop.bring("products", shop.write([["sku", "name", f"price ({unit})"], ["a", "x", "5000"]]))
        assert products(shop)["a"]["price_minor"] == minor, unit


def test_people_read_what_was_added_changed_and_the_same(shop: Exchanging) -> None:
    shop.bring("products", shop.write([HEAD, LATTE]))
    told = shop.told(
        "products", shop.write([HEAD, LATTE, ["tea", "Tea", "50000", "", "", "", "", "no"]]), "--dry-run"
    )
    assert told == [
        "A trial run: nothing was posted.", "1 new product.", "0 products changed.",
        "1 product is the same already.", "0 rows refused.", "The first rows, as they are understood:",
        "Line 3: tea · Tea · 50,000 T",
    ]  # fmt: skip
