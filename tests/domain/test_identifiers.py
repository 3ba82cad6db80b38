from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loyalty_pos.domain import identifiers
from loyalty_pos.domain.identifiers import (
    card_key,
    card_text,
    code_barcode,
    code_from_bits,
    looks_like,
    read_barcode,
    read_card,
    read_code,
    read_receipt_barcode,
    read_value_code,
    receipt_barcode,
)

_BITS = st.integers(0, 2**80 - 1)
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLACES = [place for place in range(20) if place not in (6, 13)]  # of the symbols between the dashes
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def _with(code: str, place: int, symbol: str) -> str:
    return code[:place] + symbol + code[place + 1 :]


@given(_BITS)
def test_a_code_reads_back_from_text_and_from_bars(bits: int) -> None:
    code, bars = code_from_bits(bits), code_barcode(bits)
    assert read_code(code) == read_barcode(bars) == read_value_code(code) == read_value_code(bars) == bits
    assert len(code) == 20 and code[6] == code[13] == "-"
    assert len(bars) == 28 and bars.startswith("98") and bars.isdecimal() and bars.isascii()


@given(
    _BITS,
    st.sampled_from(
        [
            str.lower,
            lambda code: code.replace("-", ""),
            lambda code: f" {code.replace('-', ' ')}\n",
            lambda code: code.replace("-", "\u2013"),
            lambda code: code.replace("0", "O").replace("1", "I"),
            lambda code: code.lower().replace("0", "o").replace("1", "l"),
            lambda code: f"\u2066{code}\u2069".translate(_PERSIAN),
            lambda code: code.replace("-", "\u200c-\u200f"),
        ]
    ),
)
def test_a_code_reads_back_in_every_way_people_type_it(bits: int, typed: Callable[[str], str]) -> None:
    assert read_code(typed(code_from_bits(bits))) == bits


@given(_BITS, st.sampled_from(_PLACES), st.sampled_from(_SYMBOLS))
def test_one_wrong_symbol_is_caught(bits: int, place: int, symbol: str) -> None:
    code = code_from_bits(bits)
    assume(code[place] != symbol)
    assert read_code(_with(code, place, symbol)) is None


@given(
    _BITS,
    st.lists(st.sampled_from(_PLACES), min_size=2, max_size=2, unique=True),
    st.lists(st.sampled_from(_SYMBOLS), min_size=2, max_size=2),
)
def test_two_wrong_symbols_are_caught(bits: int, places: list[int], symbols: list[str]) -> None:
    code = code_from_bits(bits)
    wrong = _with(_with(code, places[0], symbols[0]), places[1], symbols[1])
    assume(wrong != code)
    assert read_code(wrong) is None


@given(_BITS)
def test_every_swap_of_neighbours_is_caught(bits: int) -> None:
    symbols = code_from_bits(bits).replace("-", "")
    for at in range(17):
        if symbols[at] != symbols[at + 1]:
            assert read_code(symbols[:at] + symbols[at + 1] + symbols[at] + symbols[at + 2 :]) is None


@given(_BITS, st.sampled_from(_PLACES))
def test_a_missing_or_doubled_symbol_is_caught(bits: int, place: int) -> None:
    code = code_from_bits(bits)
    assert read_code(code[:place] + code[place + 1 :]) is None
    assert read_code(code[:place] + code[place] + code[place:]) is None


def test_codes_never_change_between_versions() -> None:
    assert code_from_bits(0) == "000000-000000-000000"
    assert code_from_bits(2**80 - 1)[:17] == "ZZZZZZ-ZZZZZZ-ZZZ"
    assert code_from_bits(5) == "000000-000000-0005NG"
    assert code_barcode(5) == "9800000000000000000000000052"


@pytest.mark.parametrize("text", ["", "سارا", "0" * 17, "U" * 18, "000000-000000-00000U"])
def test_other_texts_are_no_codes(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize("make", [code_from_bits, code_barcode, receipt_barcode, card_text])
@pytest.mark.parametrize("value", [-1, 2**80])
def test_a_number_too_great_for_its_print_is_refused(make: Callable[[int], str], value: int) -> None:
    with pytest.raises(ValueError, match="not within"):
        make(value)


@given(st.integers(0, 10**8 - 1))
def test_a_receipts_number_reads_back(number: int) -> None:
    bars = receipt_barcode(number)
    assert len(bars) == 10 and bars[0] == "7"
    assert read_receipt_barcode(bars) == read_receipt_barcode(bars.translate(_PERSIAN)) == number
    assert looks_like(bars) == "receipt"
    assert read_card(bars) is None and read_barcode(bars) is None


@given(st.integers(0, 10**7 - 1))
def test_a_cards_number_reads_back(number: int) -> None:
    card = card_text(number)
    assert len(card) == 10 and card.startswith("44")
    assert read_card(card) == number
    assert looks_like(card) == "card"
    assert read_receipt_barcode(card) is None


@given(st.sampled_from([receipt_barcode(1894), card_text(12), code_barcode(7)]), st.data())
def test_one_wrong_digit_under_the_bars_is_caught(bars: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(bars) - 1))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != bars[place]))
    wrong = _with(bars, place, digit)
    assert read_barcode(wrong) is None and read_receipt_barcode(wrong) is None and read_card(wrong) is None


def test_bars_beyond_eighty_bits_are_no_code() -> None:
    beyond = next(
        text
        for check in "0123456789"
        if identifiers._read_number(text := "98" + "9" * 25 + check, "98", 25) is not None
    )
    assert read_barcode(beyond) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        (" \u200f\n", "empty"),
        ("+", "empty"),
        ("سارا", "name"),
        ("م", "name"),
        ("Sara Ahmadi", "name"),
        ("شرکت ۲۴", "name"),
        ("ANON-0000-0000-0001", "card"),
        ("A-۱۲۰۴", "card"),
        ("6037991200441234", "card"),
        ("۶۷۸۹", "digits"),
        ("٦٧٨٩", "digits"),
        ("۱۲", "digits"),
        ("345 6789", "digits"),
        ("09123456789", "phone"),
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "phone"),
        ("\u2066۰۹۱۲-۳۴۵-۶۷۸۹\u2069", "phone"),
        ("+98 (0) 912 345 6789", "phone"),
        ("989123456789", "phone"),
        ("00989123456789", "phone"),
        ("9123456789", "phone"),
        ("021-88776655", "phone"),
        (code_from_bits(5), "voucher"),
        (code_from_bits(5).replace("-", "").lower(), "voucher"),
        (code_barcode(5), "voucher"),
        ("7K2MPX-ABCDEF-012345", "voucher"),  # a slip of the finger is still a voucher, to be told so
    ],
)
def test_a_text_is_told_by_its_form(text: str, kind: str) -> None:
    assert looks_like(text) == kind


def test_the_numbering_plan_decides_where_it_is_known() -> None:
    assert looks_like("2125551234", is_phone=lambda text: True) == "phone"
    assert looks_like("2125551234") == "card"
    assert looks_like("0912 345 6789", is_phone=lambda text: False) == "card"
    assert looks_like("6789", is_phone=lambda text: False) == "digits"


@given(st.text())
def test_every_text_looks_like_something(text: str) -> None:
    assert looks_like(text) in ("card", "phone", "digits", "name", "voucher", "receipt", "empty")


def test_a_card_is_one_card_in_every_spelling() -> None:
    assert card_key(" anon-۰۰۰۱ \u200f") == card_key("ANON-0001") == "ANON-0001"


def test_a_name_of_eighteen_letters_is_no_voucher() -> None:
    codes = (code_from_bits(int("01010" * 16, 2) + bits) for bits in range(1024))
    unlucky = next(
        letters
        for code in codes
        if (letters := code.replace("-", "").lstrip("0")).isalpha() and len(letters) == 18
    )
    assert read_code(unlucky) is not None
    assert looks_like(unlucky) == "name"
