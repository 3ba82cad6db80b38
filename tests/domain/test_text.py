import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.text import ZWNJ, clean, latin_digits, mask_phone, search_key, shown, strip_isolates

_NO_SURROGATES = st.text(st.characters(exclude_categories=["Cs"]))
_PERSIAN_TEXT = st.text("علیيىكکةهۀ\u0654\u200c \t۱٤5aA\u202e\u064bﻼﷲ")


@pytest.mark.parametrize("typed", ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"])
def test_digits_of_every_script_become_latin(typed: str) -> None:
    assert latin_digits(f"آ{typed}ب") == "آ0123456789ب"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  علي\t كريمي\n", "علی کریمی"),
        ("می\u200cشود", "می\u200cشود"),
        ("\u200cمی\u200c\u200cشود\u200c و\u200c \u200cنه", "می\u200cشود و نه"),
        ("سا\u202eرا\u2066\u200f\x00\x1b", "سارا"),
        ("Jose\u0301", "José"),
        ("e\u200d\u0301", "é"),
        ("خط ۱\u2028خط ۲", "خط ۱ خط ۲"),
        ("\ufeff\u200b", ""),
    ],
)
def test_a_name_is_kept_as_it_reads(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("broken", ["\ud800", "علی\udcff"])
def test_a_lone_surrogate_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="surrogate"):
        clean(broken)


def test_no_invisible_character_passes_the_door_but_zwnj() -> None:
    for code in range(0x110000):
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf") and char != ZWNJ:
            assert clean(f"الف{char}ب").replace(" ", "") == "الفب"


@given(_NO_SURROGATES | _PERSIAN_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip() and "  " not in once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي كريمي", "علی کریمی"),
        ("علی\u200cرضا", "علیرضا"),
        ("فاطمة", "فاطمه"),
        ("خانۀ", "خانهٔ"),
        ("خانهٔ", "خانه"),
        ("أحمد", "احمد"),
        ("إیران", "ایران"),
        ("آرش", "ارش"),
        ("مؤمن", "مومن"),
        ("رئیس", "رییس"),
        ("مصطفى", "مصطفی"),
        ("ضياء", "ضیا"),
        ("سـارا", "سارا"),
        ("مُحَمَّد", "محمد"),
        ("ﻋﻠﯽ", "علی"),
        ("شعبه ۱۲", "شعبه  12"),
        ("شعبه ٤", "شعبه 4"),
        ("JOSÉ", "jose"),
        ("Straße", "STRASSE"),
        ("سارا\u2069", "\u2066سارا"),
    ],
)
def test_what_reads_the_same_is_found_the_same(one: str, other: str) -> None:
    assert search_key(one) == search_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("علی", "ولی"), ("سارا", "سار"), ("پری", "بری"), ("گل", "کل"), ("ژاله", "زاله")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(st.text() | _PERSIAN_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(_NO_SURROGATES | _PERSIAN_TEXT)
def test_a_kept_name_is_found_by_what_was_typed(text: str) -> None:
    assert search_key(clean(text)) == search_key(text)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("plain 12", "plain 12"),
        ("\u202eevil\u2066", "evil"),
        ("two\nlines\tof\x07it", "two lines of it"),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_what_somebody_sent_is_repeated_on_one_line_that_turns_nothing_around(sent: str, said: str) -> None:
    assert shown(sent) == said


def test_isolates_are_for_showing_only() -> None:
    assert strip_isolates("\u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069\u200f می\u200cشود") == "۰۹۱۲ ۳۴۵ ۶۷۸۹ می\u200cشود"


@pytest.mark.parametrize(
    ("e164", "masked"),
    [
        ("+989123456789", "+98912•••6789"),
        ("+380671234567", "+38067•••4567"),
        ("+4912", "•••12"),
        ("12", "••"),
    ],
)
def test_a_masked_phone_hides_its_middle(e164: str, masked: str) -> None:
    assert mask_phone(e164) == masked
