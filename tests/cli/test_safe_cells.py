"""A text in an exported file is a text to every spreadsheet, and comes back as it was."""

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loyalty_pos.cli.safe_cells import bare, guarded
from tests.examples import examples

TRICKY = st.text(
    alphabet="=+-@＝＋－＠\t\r\n\0'\" ;|,0123456789eE./:aم\u200b\u200e\ufeff\u00a0JanMAY", max_size=14
)
TEXTS = st.one_of(TRICKY, st.text(max_size=20))


def seen_by_a_spreadsheet(cell: str) -> str:
    """Drop what spreadsheets and their relatives skip before they look at the first character."""
    return re.sub(
        "^[\\s]+", "", "".join(c for c in cell if unicodedata.category(c) not in ("Cc", "Cf", "Zs"))
    )


def is_a_formula(cell: str) -> bool:
    return cell[:1] in ("\t", "\r", "\n", "\0") or seen_by_a_spreadsheet(cell)[:1] in tuple("=+-@＝＋－＠")


@settings(max_examples=examples(1000))
@given(TEXTS)
@example("=1+1")
@example("\u200e=1")
@example("''=1")
@example("0912\n")
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    cell = guarded(text)
    assert not (cell and is_a_formula(cell))
    assert bare(cell) == text


@pytest.mark.slow
@settings(max_examples=examples(500))
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(";|\t"))
def test_no_formula_appears_where_the_list_separator_is_another(texts: list[str], separator: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerow([re.sub('[\r\n\0"]', "", guarded(text)) for text in texts])
    cells = file.getvalue().rstrip("\r\n").split(separator)
    assert not any(re.match("[ ']*[=+@＝＋＠-]", cell) and cell[0] != "'" for cell in cells[1:])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0123",
            "4006381333931",
            "1E5",
            "1-2",
            "3/4",
            "12.05",
            "2026-05",
            "10:30",
            "MAR1",
            "sept 5",
            "007 ",
        ),
        *("=cmd|' /C calc'!A0", "@SUM(A1)", "-1", "+989123456789", " =1", "＝1", "\tx", "\0=1"),
    ],
)
def test_what_a_spreadsheet_would_change_is_marked_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["سارا احمدی", "0912-345-6789", "12", "O'Neil", "a-1", "A-17", "'quoted'", "12345678901", "۰۹۱۲", ""],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
    assert bare(text) == text


def test_a_semicolon_does_not_open_a_cell_for_a_formula() -> None:
    assert guarded("tea;=1+1") == "tea;'=1+1"
    assert bare("tea;'=1+1") == "tea;=1+1"
