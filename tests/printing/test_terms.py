"""The terms on A4: one page in letters as large as fit, searchable, nothing beyond the edge."""

import pytest

from loyalty_pos.app.terms_paper import TermsPaper, TermsRow, TermsSection
from loyalty_pos.printing.papers import render_terms
from tests.printing import readers

SENTENCE = "پس از ۵ کالا، یک کالا در یکی از خریدهای بعدی رایگان است؛ رایگان‌ها شمرده نمی‌شوند."


def sheet(rows: int, language: str = "fa") -> TermsPaper:
    each = [TermsRow(name=f"برنامه {number}", sentence=SENTENCE) for number in range(rows)]
    return TermsPaper(
        language=language,
        title="باشگاه کافه فیروزه",
        under_text="اعضا چه می‌گیرند و چطور",
        made_text="تا ۱ آذر ۱۴۰۵",
        sections=[
            TermsSection(title="اعضا چه می‌گیرند", rows=each),
            TermsSection(title="عضویت", rows=[TermsRow(sentence=SENTENCE * 3)]),
        ],
        footer_text="این برگه برنامه‌های روز بالا را می‌گوید",
    )


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (3, 1), (20, 1), (90, 2)])
def test_it_stays_on_one_page_as_long_as_it_can_be_read(rows: int, pages: int) -> None:
    said = readers.text(render_terms(sheet(rows)))
    assert (said.rstrip("\f").count("\f") + 1 > 1) is (pages > 1)
    assert said.count("فیروزه") == 1 and said.count("برنامه‌های روز") == said.rstrip("\f").count("\f") + 1


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_word_lies_on_the_page(language: str) -> None:
    found, (width, height) = readers.words(render_terms(sheet(12, language)))
    assert len(found) > 100
    for word in found:
        assert 0 <= word.left < word.right <= width and 0 <= word.top < word.bottom <= height, word


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_terms(sheet(3)) == render_terms(sheet(3))
