"""Bars are whole dots, as wide as the room allows."""

import pytest

from loyalty_pos.printing.barcodes import code128


@pytest.mark.parametrize("digits", ["12", "123", "2700001894", "2912345678901234567890123456"])
def test_bars_are_whole_multiples_of_the_module(digits: str) -> None:
    symbol = code128(digits, 576)
    assert symbol.bars[0][0] == 0
    assert symbol.bars[-1][0] + symbol.bars[-1][1] == symbol.width
    for left, width in symbol.bars:
        assert left % symbol.module == 0
        assert width in {symbol.module * count for count in (1, 2, 3, 4)}


def test_digits_are_packed_in_pairs() -> None:
    # start, five pairs, check: 11 modules each; stop: 13
    assert code128("2700001894", 576).width == (7 * 11 + 13) * 3


def test_the_widest_module_that_fits_with_its_quiet_zones_is_taken() -> None:
    modules = 7 * 11 + 13 + 20
    assert code128("2700001894", modules * 3).module == 3
    assert code128("2700001894", modules * 3 - 1).module == 2
    assert code128("2700001894", modules * 2).module == 2
    with pytest.raises(ValueError, match="fit"):
        code128("2700001894", modules * 2 - 1)


def test_quiet_zone_is_ten_modules() -> None:
    assert code128("2700001894", 576).quiet == 30


@pytest.mark.parametrize("text", ["", "۱۲", "1 2", "A1", "-1"])
def test_only_ascii_digits_become_bars(text: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        code128(text, 576)
