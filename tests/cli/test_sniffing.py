"""A file is read as it was meant, whatever program wrote it; a broken row costs itself and no other."""

import csv
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_pos.cli import sniffing
from loyalty_pos.cli.sniffing import decode, delimiter_of, encoding_of, lines_of, read_text, rows_of
from loyalty_pos.domain.errors import Fault
from tests.examples import examples

PERSIAN = "تاریخ,مبلغ,کالا\n1404/08/30,128000,لاته بزرگ با شیر گرم\n1404/08/30,98000,کروسان کره اي\n" * 5
ARABIC_KEYBOARD = PERSIAN.replace("ی", "ي").replace("ک", "ك")
CYRILLIC = "дата,сума,товар\n01.03.2024,38.7,Лате з корицею\n02.03.2024,28.9,Американо з молоком\n" * 5


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PERSIAN, "utf-8"),
        (PERSIAN, "utf-8-sig"),
        (PERSIAN, "utf-16"),
        (PERSIAN, "utf-16-le"),
        (PERSIAN, "utf-16-be"),
        (PERSIAN, "utf-32"),
        (ARABIC_KEYBOARD, "cp1256"),
        (CYRILLIC, "cp1251"),
        ("date,amount\n", "ascii"),
        ("", "utf-8"),
    ],
)
def test_a_text_is_decoded_as_it_was_encoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "raw", [b"\xff\xfea", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF\0"]
)
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(Fault) as no:
        decode(raw)
    assert no.value.code == "not_text"


def test_an_old_code_page_that_fits_nothing_is_taken_for_the_local_one() -> None:
    assert encoding_of(b"\x90") in ("cp1256", "cp1251", "cp1252")


def test_a_file_that_is_missing_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Fault) as missing:
        read_text(tmp_path / "none.csv")
    assert missing.value.code == "no_file"
    monkeypatch.setattr(sniffing, "LARGEST_FILE", 10)
    (tmp_path / "big.csv").write_bytes(b"x" * 11)
    with pytest.raises(Fault) as large:
        read_text(tmp_path / "big.csv")
    assert large.value.code == "file_too_large"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_all_rows_alike(delimiter: str) -> None:
    rows = [("when", "what", "how much"), ("3/1/2024", "a, b; c", "38,7"), ("3/2/2024", "d|e", "28,9")]
    lines = [delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in rows]
    assert delimiter_of(lines) == delimiter
    bare = [delimiter.join(("when", "amount")), delimiter.join(("3/1/2024 10:15", "38.7"))]
    assert delimiter_of(bare) == delimiter


def test_a_spreadsheets_own_hint_is_followed_and_is_no_row() -> None:
    lines = lines_of("sep=;\na,b;c\n1,5;2\n")
    assert delimiter_of(lines) == ";"
    assert [(row.line, row.fields) for row in rows_of(lines, ";")] == [(2, ("a,b", "c")), (3, ("1,5", "2"))]


def rows(text: str) -> list[tuple[int, tuple[str, ...], str | None]]:
    return [(row.line, row.fields, row.problem) for row in rows_of(lines_of(text), ",")]


def test_rows_know_their_line_and_blank_ones_are_none() -> None:
    assert rows('a,b\r\n\r\n"x\r\ny",2\r\n , \r\nc,3') == [
        (1, ("a", "b"), None),
        (3, ("x\ny", "2"), None),
        (6, ("c", "3"), None),
    ]


def test_a_quote_never_closed_costs_one_row() -> None:
    text = 'a,b\n"open,1\nc,2\n' + "d,3\n" * 2000
    found = rows(text)
    assert found[1] == (2, (), "too_long")
    assert found[2] == (3, ("c", "2"), None)
    assert len(found) == 2003
    assert rows('a,b\n"open,1\nc,2\n')[1:] == [(2, (), "broken_quotes"), (3, ("c", "2"), None)]


def test_a_quote_in_the_wrong_place_costs_one_row() -> None:
    assert rows('a,b\n"x"y,1\nc,2\n') == [
        (1, ("a", "b"), None), (2, (), "broken_quotes"), (3, ("c", "2"), None),
    ]  # fmt: skip


def test_a_nul_or_a_broken_character_costs_one_row() -> None:
    assert [problem for _, _, problem in rows("a,b\nx\0,1\n\ud800,1\nc,2\n")] == [
        None, "broken_text", "broken_text", None,
    ]  # fmt: skip


def test_an_endless_line_costs_one_row_and_the_limit_is_put_back() -> None:
    before = csv.field_size_limit()
    assert rows("a,b\n" + "x" * 1_000_000 + ",1\nc,2\n")[1:] == [(2, (), "too_long"), (3, ("c", "2"), None)]
    assert csv.field_size_limit() == before


@settings(max_examples=examples(200), deadline=None)
@given(st.text(alphabet='ab,"\n\r\0;۱', max_size=60))
def test_any_text_is_rows_in_rising_lines(text: str) -> None:
    lines = lines_of(text)
    numbers = [row.line for row in rows_of(lines, delimiter_of(lines))]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= len(lines) for number in numbers)


@settings(max_examples=examples(200), deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw), str)
    except Fault as no:
        assert no.code == "not_text"


def test_an_endless_line_costs_its_row_and_little_memory() -> None:
    text = "a,b\n1," + "x" * 3_000_000 + "\r" + "," * 3_000_000 + "\r\nc,3"
    tracemalloc.start()
    found = rows(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [(1, ("a", "b"), None), (2, (), "too_long"), (3, (), "too_long"), (4, ("c", "3"), None)]
    assert peak < 20_000_000
