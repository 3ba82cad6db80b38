"""A member card has the size of a bank card, colour to its edge, and a number that scanners read."""

from dataclasses import replace
from itertools import pairwise

import pytest

from loyalty_pos.app.papers import CardPaper
from loyalty_pos.printing.papers import render
from tests.printing import readers, samples

CARDS = {
    "fa": samples.CARD_FA,
    "en": samples.CARD_EN,
    "long": samples.LONG_CARD,
    "fa-trimmed": replace(samples.CARD_FA, bleed=False),
    "long-trimmed": replace(samples.LONG_CARD, bleed=False),
}
every_card = pytest.mark.parametrize("paper", CARDS.values(), ids=CARDS.keys())
MM = 72 / 25.4
FRONT, BACK = 1, 2


def test_the_card_is_85_6_by_54_mm_within_3_mm_of_bleed_on_both_sides() -> None:
    pages = readers.boxes(render(samples.CARD_FA))
    assert len(pages) == 2
    for boxes in pages:
        left, bottom, right, top = boxes["TrimBox"]
        assert (right - left) / MM == pytest.approx(85.6, abs=0.05)
        assert (top - bottom) / MM == pytest.approx(54, abs=0.05)
        assert boxes["BleedBox"] == boxes["MediaBox"]
        outer = boxes["MediaBox"]
        for bleed in (left - outer[0], bottom - outer[1], outer[2] - right, outer[3] - top):
            assert bleed / MM == pytest.approx(3, abs=0.06)


def test_a_card_printer_gets_the_card_without_bleed() -> None:
    for boxes in readers.boxes(render(replace(samples.CARD_FA, bleed=False))):
        _, _, width, height = boxes["MediaBox"]
        assert width / MM == pytest.approx(85.6, abs=0.05)
        assert height / MM == pytest.approx(54, abs=0.05)


@every_card
@pytest.mark.parametrize("digits", ["220001", "2200017", "2200000017", "12345678" * 4])
def test_the_bars_of_the_back_scan_at_300_dpi(paper: CardPaper, digits: str) -> None:
    back = readers.picture(render(replace(paper, barcode=digits)), 300, BACK)
    assert readers.scan(back) == digits


@every_card
def test_modules_are_three_dots_or_more_with_ten_of_them_white_on_both_sides(paper: CardPaper) -> None:
    back = readers.picture(render(paper), 300, BACK)
    edge = 36 if paper.bleed else 0
    row = [not back.getpixel((x, edge + 200)) for x in range(back.width)]
    changes = [x for x in range(1, len(row)) if row[x] != row[x - 1]]
    module = min(after - before for before, after in pairwise(changes))
    assert module >= 3
    assert changes[0] - edge >= 10 * module
    assert back.width - edge - changes[-1] >= 10 * module
    assert all((after - before) % module == 0 for before, after in pairwise(changes))


@every_card
@pytest.mark.parametrize("page", [FRONT, BACK])
def test_every_word_lies_well_inside_the_cut(paper: CardPaper, page: int) -> None:
    words, (width, height) = readers.words(render(paper), page)
    inside = (3 + (3 if paper.bleed else 0)) * MM
    assert words
    for word in words:
        assert word.left >= inside, word
        assert word.right <= width - inside, word
        assert word.top >= inside, word
        assert word.bottom <= height - inside, word


def test_no_two_words_lie_upon_each_other() -> None:
    for paper in CARDS.values():
        for page in (FRONT, BACK):
            words, _ = readers.words(render(paper), page)
            for at, one in enumerate(words):
                for other in words[at + 1 :]:
                    apart_x = one.right <= other.left + 0.5 or other.right <= one.left + 0.5
                    middle = (one.top + one.bottom) / 2
                    assert apart_x or not other.top < middle < other.bottom, (one, other)


def test_the_colour_reaches_the_edge_of_the_bleed_and_the_back_stays_white() -> None:
    pdf = render(samples.CARD_FA)
    front, back = readers.picture(pdf, 300, FRONT), readers.picture(pdf, 300, BACK)
    for corner in [(3, 3), (front.width - 20, 3), (3, front.height - 20), (540, 3)]:
        patch = front.crop((*corner, corner[0] + 16, corner[1] + 16))
        assert patch.getextrema()[0] == 0, corner
    left, top, right, bottom = readers.ink(back)
    assert min(left, top, back.width - right, back.height - bottom) > 36 + 36


def test_persian_stands_at_the_right_and_english_at_the_left() -> None:
    fa = {word.text: word for word in readers.words(render(samples.CARD_FA))[0]}
    en = {word.text: word for word in readers.words(render(samples.CARD_EN))[0]}
    assert fa["سارا"].left > fa["احمدی"].right
    assert fa["سارا"].left > readers.words(render(samples.CARD_FA))[1][0] / 2
    assert en["Sara"].right < en["Ahmadi"].left < readers.words(render(samples.CARD_EN))[1][0] / 2


@pytest.mark.parametrize(
    "phrase", ["کافه‌نانوایی نارون", "سارا احمدی", "2200 0000 17", "طلایی", "لطفاً به کافه بدهید"]
)
def test_what_the_card_says_is_found_by_a_search(phrase: str) -> None:
    assert phrase in readers.text(render(samples.CARD_FA))


def test_fonts_are_embedded_and_the_same_card_gives_the_same_bytes() -> None:
    pdf = render(samples.CARD_FA)
    assert pdf == render(samples.CARD_FA)
    assert all(one[1:] == ("yes", "yes", "yes") for one in readers.fonts(pdf))


def test_a_number_that_is_not_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="digits"):
        render(replace(samples.CARD_FA, barcode="AB-12"))
