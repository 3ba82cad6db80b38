import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain import keyboards
from loyalty_pos.domain.identifiers import code_from_bits, read_code
from loyalty_pos.domain.keyboards import repair_layout

_DIGITS = {digit: chr(0x6F0 + int(digit)) for digit in string.digits}
_TYPED_STANDARD = {key: char for char, key in keyboards._STANDARD.items()} | _DIGITS
_TYPED_OLDER = {key: char for char, key in keyboards._OLDER.items()} | {"R": "ریال"}
_KEYS = st.text(string.ascii_letters + string.digits + "-", min_size=1)


def _typed(keys: str, layout: dict[str, str]) -> str:
    return "".join(layout.get(key, key) for key in keys)


def test_every_letter_key_of_both_layouts_is_known() -> None:
    assert set(string.ascii_letters + string.digits) <= _TYPED_STANDARD.keys()
    assert set(string.ascii_letters) <= _TYPED_OLDER.keys()


@given(_KEYS)
def test_a_scan_under_the_standard_layout_is_repaired(keys: str) -> None:
    typed = _typed(keys, _TYPED_STANDARD)
    if not typed.isascii():
        assert repair_layout(typed) == keys


@given(_KEYS, st.sampled_from(string.digits))
def test_a_scan_with_digits_under_the_older_layout_is_repaired(keys: str, digit: str) -> None:
    typed = _typed(keys + digit, _TYPED_OLDER)
    if not typed.isascii():
        assert repair_layout(typed) == keys + digit


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("۴۴۱۰", "4410"),
        ("فشر", "tav"),
        ("«[-۱۴۰۲", "LP-1402"),
        ("شدخد-۰۰۰۱", "anon-0001"),
        ("شئخد-0001", "amon-0001"),
    ],
)
def test_known_scans_under_a_persian_layout(typed: str, keys: str) -> None:
    assert repair_layout(typed) == keys


@pytest.mark.parametrize(
    ("typed", "same"), [("ANON-0001", "ANON-0001"), ("A-۱۲۰۴", "A-1204"), ("(021) 88", "(021) 88"), ("", "")]
)
def test_latin_text_stays_but_for_its_digits(typed: str, same: str) -> None:
    assert repair_layout(typed) == same


@given(st.integers(0, 2**80 - 1))
def test_a_voucher_code_is_read_under_the_standard_layout(bits: int) -> None:
    code = code_from_bits(bits)
    assert (
        read_code(_typed(code, _TYPED_STANDARD)) == read_code(_typed(code.lower(), _TYPED_STANDARD)) == bits
    )
