"""Past sales come in once, each at its own time; a row that makes no sense is refused by line and reason."""

import json
from typing import Any

import pytest

from loyalty_pos.cli import sniffing
from loyalty_pos.cli.columns import parse_columns
from loyalty_pos.domain.errors import Fault
from tests.cli.conftest import CommandLine

HEAD = "date,datetime,card,money,coffee_name\n"
ROWS = [
    "3/1/2024,3/1/2024 10:15,A-1,38.7,Latte",
    "3/1/2024,3/1/2024 12:19,A-2,28.9,Americano",
    "3/1/2024,3/1/2024 12:19,A-2,28.9,Americano",
    "3/13/2024,2024-03-13 13:19:07.033,A-1,25.96,",
    "3/14/2024,3/14/2024 9:00,,30,Cocoa",
]
COLUMNS = "when=datetime,card=card,amount=money,item=coffee_name"


class Importing:
    """Writes a file, imports it and reads the answer."""

    def __init__(self, command_line: CommandLine) -> None:
        self.line = command_line
        self.file = command_line.folder / "sales.csv"

    def __call__(self, text: str | bytes, *words: str, columns: str | None = COLUMNS) -> dict[str, Any]:
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        chosen = ("--columns", columns) if columns else ()
        answer = self.line.run(
            "import", "sales", str(self.file), "--shop", str(self.line.shop), "--json", *chosen, *words
        )
        if not answer:
            return {}
        found: dict[str, Any] = json.loads(answer)
        return found

    @property
    def sales(self) -> list[Any]:
        return list(self.line.service.sales.values())


@pytest.fixture
def importing(command_line: CommandLine) -> Importing:
    command_line.open_shop()
    return Importing(command_line)


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["imported"], answer["skipped"], len(answer["refused"]), answer["members_new"]


def test_every_row_is_a_sale_at_its_own_time_and_unknown_cards_are_enrolled(importing: Importing) -> None:
    assert counts(importing(HEAD + "\n".join(ROWS), "--enrol")) == (5, 0, 0, 2)
    assert importing.line.status == 0
    assert [sale.member for sale in importing.sales] == ["m0", "m1", "m1", "m0", None]
    first, *_, empty, nobody = importing.sales
    assert first.at_ms == 1_709_280_900_000
    assert (first.lines[0].text, first.lines[0].unit_price_minor, first.amount_minor) == ("Latte", 3870, None)
    assert (empty.lines, empty.amount_minor) == ((), 2596)
    assert nobody.member is None
    assert importing.line.service.batches == 1


def test_importing_again_posts_nothing_and_a_grown_file_only_its_new_rows(importing: Importing) -> None:
    importing(HEAD + "\n".join(ROWS), "--enrol")
    before = list(importing.line.service.sales)
    assert counts(importing(HEAD + "\n".join(ROWS), "--enrol")) == (0, 5, 0, 0)
    assert list(importing.line.service.sales) == before
    assert counts(importing(HEAD + "\n".join([*ROWS, ROWS[1], ROWS[1]]), "--enrol")) == (2, 5, 0, 0)
    assert len(importing.sales) == 7


def test_a_row_is_the_same_however_another_program_wrote_it(importing: Importing) -> None:
    importing(HEAD + "\n".join(ROWS), "--enrol")
    rewritten = "money;card;datetime;coffee_name\n38,70;a-1;2024-03-01 10:15:00;Latte\n"
    assert counts(importing(rewritten.encode("utf-16"), "--enrol")) == (0, 1, 0, 0)


def test_without_enrol_a_row_of_an_unknown_card_is_refused(importing: Importing) -> None:
    answer = importing(HEAD + "\n".join(ROWS))
    assert counts(answer) == (1, 0, 4, 0)
    assert importing.line.status == 1
    assert [row["line"] for row in answer["refused"]] == [2, 3, 4, 5]
    assert answer["refused"][0] == {
        "line": 2,
        "reason": "unknown_card",
        "message": "Nobody has the card or phone A-1. Import with --enrol to enrol them.",
        "facts": {"value": "A-1"},
    }


def test_a_dry_run_says_the_same_and_posts_nothing(importing: Importing) -> None:
    answer = importing(HEAD + "\n".join(ROWS), "--enrol", "--dry-run")
    assert counts(answer) == (5, 0, 0, 2)
    assert answer["dry_run"] is True
    assert not importing.sales
    assert not importing.line.service.members
    importing(HEAD + ROWS[0], "--enrol", "--dates", "mdy")
    assert counts(importing(HEAD + "\n".join(ROWS), "--enrol", "--dry-run")) == (4, 1, 0, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("3/1/2024,3/1/2024 10:15,A-1,-38.7,Latte", "amount_not_positive"),
        ("3/1/2024,3/1/2024 10:15,A-1,0,Latte", "amount_not_positive"),
        ("3/1/2024,3/1/2024 10:15,A-1,NaN,Latte", "bad_amount"),
        ("3/1/2024,3/1/2024 10:15,A-1,,Latte", "bad_amount"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.7055,Latte", "amount_too_fine"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.705,Latte", "ambiguous_amount"),
        ("3/1/2024,3/1/2024 10:15,A-1,99999999999,Latte", "amount_too_large"),
        ("3/1/2024,1st of March,A-1,38.7,Latte", "bad_date"),
        ("3/1/2024,,A-1,38.7,Latte", "bad_date"),
        ("3/1/2024,3/1/2099 10:15,A-1,38.7,Latte", "in_the_future"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.7", "ragged_row"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.7,Latte,more", "ragged_row"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.7,\0", "broken_text"),
        ('3/1/2024,3/1/2024 10:15,A-1,38.7,"La"tte', "broken_quotes"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.7," + "x" * 81, "too_long"),
        ("3/1/2024,3/1/2024 10:15," + "x" * 65 + ",38.7,Latte", "too_long"),
        ("3/1/2024,3/1/2024 10:15,A-1,38.7," + "x" * 5000, "too_long"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_line_and_reason(
    importing: Importing, row: str, reason: str
) -> None:
    answer = importing(HEAD + "\n".join([row, "3/31/2024,3/31/2024 10:15,A-9,1.5,Tea"]), "--enrol")
    (refused,) = answer["refused"]
    assert (refused["line"], refused["reason"]) == (2, reason)
    assert refused["message"].endswith((".", "?"))
    assert [sale.lines[0].text for sale in importing.sales] == ["Tea"]
    assert importing.line.status == 1


def test_trailing_empty_fields_are_no_trouble(importing: Importing) -> None:
    assert counts(importing(HEAD + ROWS[4] + ",,,\n,,,,\n", "--enrol")) == (1, 0, 0, 0)


def test_days_that_could_be_two_are_refused_until_the_order_is_said(importing: Importing) -> None:
    row = "3/1/2024,3/1/2024 10:15,A-1,38.7,Latte"
    assert importing(HEAD + row, "--enrol")["refused"][0]["reason"] == "ambiguous_date"
    assert counts(importing(HEAD + row, "--enrol", "--dates", "mdy")) == (1, 0, 0, 1)
    assert importing.sales[0].at_ms == 1_709_280_900_000


def test_known_goods_are_found_by_name_or_sku_and_keep_the_price_paid(importing: Importing) -> None:
    importing.line.do(
        {"do": "put_product", "sku": "lat", "name": "لاته‌ی بزرگ", "price_minor": 4000},
        {"do": "put_product", "sku": "esp", "name": "Espresso", "price_minor": 2500},
    )
    text = "when,amount,item\n2024-03-01,38.7,لاته‌ي بزرگ\n2024-03-02,20,ESP\n2024-03-03,5,Tea\n"
    assert counts(importing(text, columns=None)) == (3, 0, 0, 0)
    assert [(s.lines[0].sku, s.lines[0].text, s.lines[0].unit_price_minor) for s in importing.sales] == [
        ("lat", None, 3870), ("esp", None, 2000), (None, "Tea", 500),
    ]  # fmt: skip


def test_pieces_of_one_row_add_up_to_what_was_paid(importing: Importing) -> None:
    importing("when,amount,item,qty\n2024-03-01,10.00,Tea,3\n2024-03-02,9.00,,3\n", columns=None)
    tea, empty = importing.sales
    assert [(line.quantity, line.unit_price_minor) for line in tea.lines] == [(2, 333), (1, 334)]
    assert [(line.quantity, line.unit_price_minor) for line in empty.lines] == [(3, 300)]


def test_a_persian_heading_is_understood_and_amounts_are_toman(command_line: CommandLine) -> None:
    command_line.open_shop(
        currency="IRR", display_unit="toman", calendar="jalali", time_zone="Asia/Tehran", language="fa"
    )
    importing = Importing(command_line)
    text = "تاريخ;ساعت;موبایل;مبلغ;کالا\n۱۴۰۴/۰۸/۲۹;۱۸:۴۲;۰۹۱۲۳۴۵۶۷۸۹;۱۲۸٬۰۰۰;لاته\n"
    assert counts(importing(text.encode("utf-16"), "--enrol", columns=None)) == (1, 0, 0, 1)
    (sale,) = importing.sales
    assert sale.lines[0].unit_price_minor == 1_280_000
    assert sale.at_ms == 1_763_651_520_000
    rials = "تاريخ;مبلغ\n۱۴۰۴/۰۸/۲۸;۱۲۸٬۰۰۰\n"
    assert counts(importing(rials, "--minor", columns=None)) == (1, 0, 0, 0)
    assert importing.sales[-1].amount_minor == 128_000


def test_last_digits_of_a_phone_are_nobodys_card(importing: Importing) -> None:
    importing.line.do({"do": "enrol_member", "phone": "380501234567", "name": "Olha"})
    text = "when,amount,card,phone\n2024-03-01,5,4567,\n2024-03-02,5,,380501234567\n"
    answer = importing(text, columns=None)
    assert counts(answer) == (1, 0, 1, 0)
    assert answer["refused"][0]["line"] == 2
    assert importing.sales[0].member == "m0"


def test_somebody_who_cannot_be_enrolled_costs_their_rows_only(importing: Importing) -> None:
    text = "when,amount,phone\n2024-03-01,5,call me\n2024-03-02,5,\n"
    answer = importing(text, "--enrol", columns=None)
    assert counts(answer) == (1, 0, 1, 0)
    assert answer["refused"][0]["reason"] == "bad_phone"


def test_receipt_numbers_come_along(importing: Importing) -> None:
    importing("when,amount,receipt\n2024-03-01,5,R-17\n", columns=None)
    assert importing.sales[0].receipt_no == "R-17"


def test_sales_are_posted_in_the_order_of_time(importing: Importing) -> None:
    importing("when,amount\n2024-03-03,3\n2024-03-01,1\n2024-03-02,2\n", columns=None)
    assert [sale.amount_minor for sale in importing.sales] == [100, 200, 300]


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        (HEAD, "when=datetime,amount=price", "price"),
        (HEAD, "when=datetime,colour=card", "colour=card"),
        (HEAD, "when=datetime,amount", "amount"),
        (HEAD, "card=card,amount=money", "when"),
        ("a,b\n1,2\n", None, "when"),
        ("", None, "empty"),
    ],
)
def test_a_file_without_its_columns_is_status_2(
    importing: Importing, text: str, columns: str | None, said: str
) -> None:
    assert importing(text, columns=columns) == {}
    assert importing.line.status == 2
    assert said in importing.line.errors


def test_a_missing_file_or_shop_is_status_2(importing: Importing) -> None:
    importing.line.run("import", "sales", "none.csv", "--shop", str(importing.line.shop))
    assert importing.line.status == 2
    assert "none.csv" in importing.line.errors
    importing.line.shop = importing.line.folder / "none.db"
    assert importing(HEAD) == {}
    assert importing.line.status == 2
    assert not importing.line.shop.exists()


def test_too_many_rows_are_refused_before_anything_is_posted(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sniffing, "MOST_ROWS", 4)
    assert importing(HEAD + "\n".join(ROWS), "--enrol") == {}
    assert importing.line.status == 2
    assert not importing.sales


def test_without_json_people_read_sentences(importing: Importing) -> None:
    importing.file.write_text(HEAD + "\n".join(["x,x,,x,x"] * 30 + ROWS))
    told = importing.line.run(
        "import", "sales", str(importing.file), "--shop", str(importing.line.shop), "--enrol", "--dry-run"
    ).decode()
    assert told.splitlines()[:5] == [
        "A trial run: nothing was posted.", "5 new sales.", "0 were there already and were skipped.",
        "2 new members.", "30 rows refused.",
    ]  # fmt: skip
    assert "Line 2: x is not a date and time." in told
    assert told.splitlines()[-1] == "… and more; --json lists them all."


def test_many_rows_are_posted_in_batches_of_500(importing: Importing) -> None:
    text = "when,amount\n" + "2024-03-01,5\n" * 1200
    assert counts(importing(text, columns=None)) == (1200, 0, 0, 0)
    assert importing.line.service.batches == 3


def test_a_fault_in_the_middle_keeps_what_was_posted_and_a_rerun_finishes(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = importing.line.service
    do = service.do

    def failing(command: Any) -> Any:
        if len(service.sales) == 700:
            raise Fault("disk_full")
        return do(command)

    monkeypatch.setattr(service, "do", failing)
    text = "when,amount\n" + "2024-03-01,5\n" * 1200
    assert importing(text, columns=None) == {}
    assert importing.line.status == 2
    monkeypatch.setattr(service, "do", do)
    assert counts(importing(text, columns=None)) == (700, 500, 0, 0)


def test_a_dry_run_shows_the_first_rows_as_understood(importing: Importing) -> None:
    preview = importing(HEAD + "\n".join(ROWS * 3), "--enrol", "--dry-run")["preview"]
    assert len(preview) == 10
    assert preview[0] == {
        "line": 2, "when": "2024-03-01 10:15:00", "amount_minor": 3870, "card": "A-1", "item": "Latte",
        "quantity": 1,
    }  # fmt: skip
    assert "preview" not in importing(HEAD + ROWS[4])


def test_a_sale_has_the_identity_its_file_gives_and_may_then_be_free(importing: Importing) -> None:
    text = "sale id,when,amount,taken back\ns-1,2024-03-01,0,no\ns-2,2024-03-01,5,yes\n,2024-03-01,0,\n"
    answer = importing(text, columns=None)
    assert [row["reason"] for row in answer["refused"]] == ["sale_voided", "amount_not_positive"]
    assert [(sale.sale_id, sale.amount_minor) for sale in importing.sales] == [("s-1", 0)]


def test_a_rounded_card_number_is_nobodys(importing: Importing) -> None:
    answer = importing("when,amount,card\n2024-03-01,5,4.4E+09\n", "--enrol", columns=None)
    assert answer["refused"][0]["reason"] == "shortened_number"


def test_a_dash_where_a_card_or_a_receipt_stands_is_nobodys_sale(importing: Importing) -> None:
    rows = "2024-03-01,5,-,-\n2024-03-01,6,\u2014,-\n"
    answer = importing("when,amount,card,receipt\n" + rows, "--enrol", columns=None)
    assert (answer["imported"], answer["members_new"], answer["refused"]) == (2, 0, [])
    assert [(sale.member, sale.receipt_no) for sale in importing.sales] == [(None, None)] * 2


def test_a_progress_bar_is_for_people_at_a_terminal(importing: Importing) -> None:
    importing.file.write_text(HEAD + ROWS[4])
    words = ("import", "sales", str(importing.file), "--shop", str(importing.line.shop), "--dry-run")
    importing.line.run(*words, terminal=True)
    assert "100%" in importing.line.errors
    importing.line.run(*words, "--json", terminal=True)
    assert importing.line.errors == ""
    importing.line.run(*words)
    assert importing.line.errors == ""


def test_columns_are_said_as_role_and_name() -> None:
    said = parse_columns(" when = Date , amount=Paid", ("when", "amount"))
    assert said == {"when": "Date", "amount": "Paid"}
