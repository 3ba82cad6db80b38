import pytest

from loyalty_pos.app.spelling import number_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (7, "seven"),
        (13, "thirteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (115, "one hundred fifteen"),
        (469_000, "four hundred sixty-nine thousand"),
        (1_000_001, "one million one"),
        (10**12, "one trillion"),
        (12_000_012_000_012, "twelve trillion twelve million twelve"),
        (-12, "minus twelve"),
    ],
)
def test_english_numbers_are_spelt(number: int, words: str) -> None:
    assert number_words(number, "en") == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "صفر"), (469_000, "چهارصد و شصت و نه هزار"), (10**12, "یک تریلیون"), (21, "بیست و یک")],
)
def test_persian_numbers_are_spelt(number: int, words: str) -> None:
    assert number_words(number, "fa") == words
