"""Members come in once, with their phones cleaned; whoever seems to be twice is shown."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty_pos.domain.text import strip_isolates
from tests.cli.conftest import CommandLine
from tests.cli.exchanging import Exchanging
from tests.examples import examples

HEAD = ["phone", "card", "name", "birthday"]


@pytest.fixture
def shop(command_line: CommandLine) -> Exchanging:
    return Exchanging(command_line)


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["imported"], answer["skipped"], len(answer["refused"]), answer["duplicates_count"]


@pytest.mark.parametrize("name", ["in.csv", "in.xlsx"])
def test_members_come_with_everything_a_file_says(shop: Exchanging, name: str) -> None:
    rows = [
        ["Mobile", "Card", "First name", "Surname", "Born", "City", "Tags", "Likes", "Consent", "Kind"],
        ["۰۹۱۲ ۳۴۵ ۶۷۸۹", "A-7", "سارا", "احمدي", "1370/02/11", "تهران", "ویژه، قدیمی", "tea; books", "بله",
         "person"],
        ["", "B-8", "Kava Ltd", "", "", "", "", "", "no", "company"],
    ]  # fmt: skip
    assert counts(shop.bring("members", shop.write(rows, name))) == (2, 0, 0, 0)
    assert shop.line.status == 0
    sara, firm = shop.members()
    assert (sara["name"], sara["phone"], sara["cards"]) == ("سارا احمدی", "+989123456789", ["A-7"])
    assert (sara["birthday"], sara["city"], sara["consent"]) == ("1991-05-01", "تهران", True)
    assert (sara["tags"], sara["interests"]) == (["ویژه", "قدیمی"], ["tea", "books"])
    assert (firm["name"], firm["member_kind"], firm["consent"]) == ("Kava Ltd", "company", False)


def test_a_gender_comes_in_either_language_and_what_is_none_is_refused(shop: Exchanging) -> None:
    rows = [["card", "gender"], ["1", "خانم"], ["2", "M"], ["3", "other"], ["4", ""], ["5", "tall"]]
    answer = shop.bring("members", shop.write(rows))
    assert [one["reason"] for one in answer["refused"]] == ["bad_gender"]
    assert [one["gender"] for one in shop.members()] == ["woman", "man", "other", "unknown"]


@pytest.mark.parametrize(
    "typed",
    [
        *("09123456789", "9123456789", "989123456789", "+98 912 345 6789", "00989123456789", "'09123456789"),
        *("۰۹۱۲-۳۴۵-۶۷۸۹", "(0912) 345.6789", "9123456789.0", "\u200e0912 345 6789"),
    ],
)
def test_a_phone_in_any_spelling_is_one_phone(shop: Exchanging, typed: str) -> None:
    answer = shop.bring("members", shop.write([["phone"], [typed]]), "--dry-run")
    (row,) = answer["preview"]
    assert row["phone"] == "+989123456789"
    assert answer["phones_cleaned"] == 1
    assert shop.members() == []


def test_a_number_cell_without_its_zero_is_a_phone(shop: Exchanging) -> None:
    shop.bring("members", shop.write([["phone"], [9123456789]], "in.xlsx"))
    assert [member["phone"] for member in shop.members()] == ["+989123456789"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["9.12E+09", "", "x", ""], "shortened_number"),
        (["۹٫۱۲E+۰۹", "", "x", ""], "shortened_number"),
        (["", "1E+15", "x", ""], "shortened_number"),
        (["0912345", "", "x", ""], "bad_phone"),
        (["0912 345 6789 or 0935 111 2222", "", "x", ""], "bad_phone"),
        (["", "", "nobody", ""], "phone_or_card_needed"),
        (["", "A", "x" * 81, ""], "too_long"),
        (["", "A", "x", "tomorrow"], "bad_day"),
        (["", "A", "x", "1370/13/01"], "bad_day"),
        (["", "A", "x", "03/04/1990"], "ambiguous_date"),
        (["", "A", "x"], "ragged_row"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_by_line_and_reason(
    shop: Exchanging, row: list[str], reason: str
) -> None:
    answer = shop.bring("members", shop.write([HEAD, row, ["", "OK-1", "fine", ""]]))
    (refused,) = answer["refused"]
    assert (refused["line"], refused["reason"]) == (2, reason)
    assert refused["message"].endswith(".")
    assert shop.line.status == 1
    assert [member["name"] for member in shop.members()] == ["fine"]


def test_importing_again_adds_nothing(shop: Exchanging) -> None:
    file = shop.write([HEAD, ["09123456789", "", "Sara", ""], ["", "A-1", "Reza", ""]])
    assert counts(shop.bring("members", file)) == (2, 0, 0, 0)
    before = shop.members()
    again = shop.bring("members", file)
    assert counts(again) == (0, 2, 0, 2)
    assert [(row["line"], row["reason"]) for row in again["duplicates"]] == [
        (2, "phone_known"),
        (3, "card_known"),
    ]
    assert shop.members() == before
    assert shop.line.status == 0
    assert shop.ask("audit")["ok"]


TWICE = [
    HEAD,
    ["09123456789", "", "Sara", "1990-05-01"],
    ["0912 345 6789", "", "S. Ahmadi", ""],
    ["", "A-1", "Reza", "1980-01-02"],
    ["", "a-1", "Reza K", ""],
    ["09351112222", "", "رضا كاظمي", "1985-07-30"],
    ["09353334444", "", "رضا کاظمی", "1985-07-30"],
    ["09121110000", "", "SARA", "1990-05-01"],
]


def test_whoever_is_twice_is_shown_and_a_dry_run_says_the_same(shop: Exchanging) -> None:
    shop.do({"do": "enrol_member", "phone": "09120009999", "name": "Reza", "birthday": "1980-01-02"})
    file = shop.write(TWICE)
    trial = shop.bring("members", file, "--dry-run")
    assert counts(trial) == (5, 0, 0, 5)
    assert [(row["line"], row["reason"], row["facts"].get("other")) for row in trial["duplicates"]] == [
        (3, "phone_twice", 2), (4, "perhaps_known", None), (5, "card_twice", 4),
        (7, "perhaps_twice", 6), (8, "perhaps_twice", 2),
    ]  # fmt: skip
    assert len(shop.members()) == 1
    real = shop.bring("members", file)
    assert {**real, "dry_run": True} == {key: trial[key] for key in real} | {"dry_run": True}
    assert len(shop.members()) == 6


def test_a_dry_run_shows_people_the_first_rows_and_what_became_of_phones(shop: Exchanging) -> None:
    told = shop.told("members", shop.write(TWICE), "--dry-run")
    assert told[:4] == [
        "A trial run: nothing was posted.", "5 new members.",
        "0 are members already and were skipped.", "4 phone numbers were put into the common form.",
    ]  # fmt: skip
    assert "Line 2: 09123456789 becomes +989123456789 · Sara · 1369/02/11" in told
    assert "Line 4: A-1 · Reza · 1358/10/12" in told
    assert "Line 3: The phone +989123456789 stands in line 2 already; left out." in told
    assert shop.line.status == 0


def test_a_persian_shop_reads_persian_headings_and_answers_in_persian(command_line: CommandLine) -> None:
    shop = Exchanging(command_line, language="fa")
    text = "نام و نام خانوادگی;شماره موبايل;تاریخ تولد\nسارا احمدی;۹۱۲۳۴۵۶۷۸۹;۱۳۷۰/۰۲/۱۱\nرضا;۱۲;\n"
    told = shop.told("members", shop.write(text.encode("utf-16")))
    assert told[0] == "۱ عضو تازه."
    assert told[-1] == "سطر ۳: \u2066۱۲\u2069 شماره تلفن کاملی نیست."
    row = shop.told("members", shop.write("موبایل\n۹۱۲۳۴۵۶۷۸۱\n".encode()), "--dry-run")[-1]
    assert row == "سطر ۲: \u2068\u2066۹۱۲۳۴۵۶۷۸۱\u2069 می‌شود \u2066+989123456781\u2069\u2069"
    (row,) = shop.told("members", shop.write("کارت;تاریخ تولد\n7;۱۳۷۰/۰۲/۱۱\n".encode()), "--dry-run")[-1:]
    assert strip_isolates(row) == "سطر ۲: 7 · ۱۳۷۰/۰۲/۱۱"
    sold = shop.told("sales", shop.write("تاریخ;مبلغ\n۱۴۰۳/۰۱/۰۲ ۱۰:۱۵;۵۰۰۰\n".encode()), "--dry-run")[-1]
    assert strip_isolates(sold) == "سطر ۲: ۱۴۰۳/۰۱/۰۲ ۱۰:۱۵:۰۰ · ۵٬۰۰۰ تومان · ۱"


def test_columns_can_be_said(shop: Exchanging) -> None:
    file = shop.write([["a", "b"], ["Sara", "09123456789"]])
    assert shop.bring("members", file) == {}
    assert shop.line.status == 2
    assert "phone" in shop.line.errors
    assert counts(shop.bring("members", file, "--columns", "phone=b,name=a")) == (1, 0, 0, 0)
    shop.bring("members", file, "--columns", "fone=b")
    assert "fone=b" in shop.line.errors


def test_a_long_file_comes_in_batches_and_only_the_first_duplicates_are_listed(shop: Exchanging) -> None:
    file = shop.write([["card"], *[[f"C{at % 700}"] for at in range(1900)]])
    answer = shop.bring("members", file)
    assert counts(answer) == (700, 0, 0, 1200)
    assert len(answer["duplicates"]) == 1000


FUZZ = st.text(alphabet="phonecardname,;|\t\"'\n\r\0=+@09۱۲سیE. -/\ufeff\ud800", max_size=200)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(FUZZ.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=200)))
def test_any_bytes_are_imported_or_refused_never_a_crash(shop: Exchanging, raw: bytes) -> None:
    for what in ("members", "products", "sales"):
        shop.bring(what, shop.write(b"phone,card,name,sku,price,when,amount\n" + raw, "fuzz"), "--dry-run")
        assert shop.line.status in (0, 1, 2)
        assert shop.line.status != 2 or shop.line.errors.endswith(".\n")


def test_a_heading_is_shown_without_what_would_steer_a_terminal(shop: Exchanging) -> None:
    shop.told("members", shop.write([["\x1b[2Jname\x07"], ["Sara"]]))
    assert "name" in shop.line.errors
    assert shop.line.errors.rstrip("\n").isprintable()


def test_a_dash_where_a_card_stands_is_no_card_and_leaves_nobody_out(shop: Exchanging) -> None:
    rows = [["phone", "card"], ["09123456789", "-"], ["09123456780", "-"], ["", "-"]]
    answer = shop.bring("members", shop.write(rows))
    assert answer["imported"] == 2
    assert [row["reason"] for row in answer["refused"]] == ["phone_or_card_needed"]
    assert [member["cards"] for member in shop.members()] == [[], []]
