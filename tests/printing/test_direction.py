"""Mixed text is ordered by Unicode annex 9, checked against an independent implementation."""

import bidi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_pos.printing.direction import clean, drawing_order, resolve
from tests.examples import examples


def drawn(text: str, rtl: bool) -> str:
    """List what is drawn, in reading order."""
    return "".join(char for char in resolve(text, rtl).chars if char not in "\u2066\u2069")


def shown(text: str, rtl: bool) -> str:
    """Write a line as it looks from left to right."""
    resolved = resolve(text.strip(), rtl)
    parts = drawing_order(resolved.chars, resolved.levels, rtl)
    return "".join(part[::-1] if backwards else part for part, backwards in parts)


_PIECES = st.sampled_from(
    [
        "سلام",
        "نان",
        "abc",
        "X",
        "12",
        "۱۲٬۵۰۰",
        "۰۹۱۲",
        "-",
        " ",
        " ",
        "/",
        ":",
        "، ",
        "٪",
        "+",
        ".",
        "A-12",
        "!",
    ]
)
_PLAIN = st.lists(_PIECES, min_size=1, max_size=8).map("".join)
_ISOLATE = st.builds(lambda kind, inner: f"{kind}{inner}\u2069", st.sampled_from("\u2066\u2067"), _PLAIN)
_TEXT = st.lists(st.one_of(_PLAIN, _ISOLATE), min_size=1, max_size=4).map("".join)


@settings(max_examples=examples(400), deadline=None)
@given(text=_TEXT, rtl=st.booleans())
def test_order_equals_an_independent_implementation_isolates_included(text: str, rtl: bool) -> None:
    text = text.strip()
    other = str(bidi.get_display(text, base_dir="R" if rtl else "L"))
    expected = "".join(char for char in other if char not in "\u2066\u2067\u2069")
    assert shown(text, rtl).split() == expected.split()


def test_an_isolated_code_doesnt_swallow_the_number_after_it() -> None:
    assert shown("کد \u2066A-12\u2069 ۳۴", rtl=True) == "۳۴ A-12 دک"


def test_an_isolated_phone_keeps_its_groups() -> None:
    assert shown("تلفن \u2066۰۲۱-۸۸۷۷ ۶۶۵۵\u2069", rtl=True) == "۰۲۱-۸۸۷۷ ۶۶۵۵ نفلت"


def test_base_direction_is_never_guessed_from_the_first_letter() -> None:
    assert shown("Store شعبه", rtl=True) == "هبعش Store"
    assert shown("شعبه Store", rtl=False) == "هبعش Store"


def test_first_strong_isolate_takes_the_direction_of_its_first_letter() -> None:
    assert shown("\u2068a ب c\u2069", rtl=True) == "a ب c"
    assert shown("\u2068ب a ج\u2069", rtl=False) == "ج a ب"


@pytest.mark.parametrize(
    "control", ["\u202a", "\u202b", "\u202d", "\u202e", "\u202c", "\u00ad", "\ufeff", "\x07"]
)
def test_overrides_and_controls_have_no_effect(control: str) -> None:
    assert shown(f"نان {control}abc تازه", rtl=True) == shown("نان abc تازه", rtl=True)


def test_joiners_stay_with_their_letters() -> None:
    resolved = resolve("می‌شود", rtl=True)
    assert resolved.chars == "می‌شود"
    assert set(resolved.levels) == {1}


def test_direction_marks_steer_but_are_not_drawn() -> None:
    assert drawn("\u200f12\u200e", rtl=False) == "12"
    assert drawn("\u200e!", rtl=True) == "!"


@pytest.mark.parametrize(
    ("odd", "drawable"),
    [
        ("\ud800", "\ufffd"),
        ("\u0378", "\ufffd"),
        ("\ue000", "\ufffd"),
        ("a\tb\nc\u2003d\u2028e", "a b c d e"),
        ("a\u202fb", "a\u00a0b"),
    ],
)
def test_what_cannot_be_drawn_is_replaced(odd: str, drawable: str) -> None:
    assert clean(odd) == drawable


def test_isolates_nested_without_end_are_harmless() -> None:
    deep = "\u2066" * 5000 + "نان" + "\u2069" * 5000 + " abc"
    assert drawn(deep, rtl=True) == "نان abc"
