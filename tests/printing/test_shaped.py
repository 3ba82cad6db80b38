"""Lines fit where they must, break where they may, and keep every letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_pos.printing.shaped import Line, Style, Weight, fit, font, line, wrap
from tests.examples import examples

STYLE = Style(Weight.MEDIUM, 24, rtl=True)
_LETTERS = st.text(alphabet="سلامنهپیش abcXY12۳۴٬،.()\u200c\u064e\u0654\u2066\u2069", max_size=60)


def letters(lines: list[Line]) -> list[str]:
    """List what the lines draw, without regard to order."""
    face = font(STYLE.weight)
    return sorted("".join(face.source(ord(code)) for line_ in lines for code in line_.glyphs))


@settings(max_examples=examples(150), deadline=None)
@given(text=_LETTERS, width=st.integers(60, 300))
def test_no_wrapped_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, STYLE, width)
    assert all(line_.width <= width for line_ in lines)
    kept = [char for char in letters(lines) if not char.isspace() and char != "\u200b"]
    assert kept == sorted(char for char in text if char not in " \u2066\u2069")


def test_lines_break_at_spaces_which_then_belong_to_neither() -> None:
    narrow = line("نان تازه", STYLE).width
    lines = wrap("نان تازه نان تازه", STYLE, narrow)
    assert [line_.width for line_ in lines] == [narrow, narrow]


def test_an_empty_text_has_no_lines() -> None:
    assert wrap(" \n ", STYLE, 100) == []


def test_a_word_longer_than_any_line_is_broken() -> None:
    lines = wrap("ن" * 1000, STYLE, 200)
    assert len(lines) > 1
    assert all(0 < line_.width <= 200 for line_ in lines)
    assert len(letters(lines)) == 1000


def test_a_mark_never_starts_a_line() -> None:
    text = "ن\u064e" * 80
    face = font(STYLE.weight)
    for line_ in wrap(text, STYLE, 150):
        drawn = [face.source(ord(code)) for code in line_.glyphs]
        assert drawn[-1].endswith("ن")  # drawn last is read first


def test_what_doesnt_fit_in_the_lines_allowed_ends_in_an_ellipsis() -> None:
    lines = wrap("نان تازه " * 40, STYLE, 200, most=2)
    assert len(lines) == 2
    assert lines[1].width <= 200
    assert "…" in letters(lines[1:])
    assert "…" not in letters(lines[:1])


def test_what_fits_in_the_lines_allowed_has_no_ellipsis() -> None:
    assert "…" not in letters(wrap("نان تازه", STYLE, 200, most=2))


def test_fitting_takes_the_first_size_that_is_narrow_enough() -> None:
    at_20 = line("نان تازه", STYLE.sized(20)).width
    fitted = fit("نان تازه", STYLE, [30, 24, 20, 16], at_20)
    assert fitted is not None
    assert fitted.style.size == 20
    assert fit("نان تازه", STYLE, [30, 24], at_20) is None


@pytest.mark.parametrize("text", ["لا", "لله", "شمارهٔ", "پیش‌فرض"])
def test_shaped_words_differ_from_letters_in_a_row(text: str) -> None:
    """A joined word is narrower than its letters drawn alone."""
    alone = sum(line(char, STYLE).width for char in text)
    assert 0 < line(text, STYLE).width < alone


@pytest.mark.parametrize("weight", list(Weight))
def test_every_weight_has_the_letters_of_both_languages(weight: Weight) -> None:
    texts = "پیش‌فرض گچژ ۰۱۲۳۴۵۶۷۸۹ ٬٫٪ «»،؛؟ Aa0 •−×·…"
    set_ = line(texts, Style(weight, 20, rtl=True))
    assert "\ufffd" not in "".join(font(weight).source(ord(code)) for code in set_.glyphs)
