"""A report on A4: searchable Persian, headings on every page, nothing beyond the edge."""

import re
from dataclasses import replace

import pytest

from loyalty_pos.app.report_papers import ReportBar, ReportColumn, ReportFigure, ReportPaper, ReportTable
from loyalty_pos.printing.papers import render_report
from tests.printing import readers

COLUMNS = (ReportColumn("سطح", 40, number=False), ReportColumn("فروش (تومان)", 30), ReportColumn("سهم", 30))
HUGE = "۱٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰"


def table(rows: int, title: str = "به تفکیک سطح") -> ReportTable:
    return ReportTable(
        title=title,
        columns=COLUMNS,
        rows=[(f"طلایی {number}", HUGE, "۳٫۱٪") for number in range(rows)],
        total=("جمع", HUGE, "۱۰۰٪") if rows else (),
        note="یادداشت زیر جدول",
        empty="کسی خرید نکرد",
    )


def paper(*tables: ReportTable, **more: object) -> ReportPaper:
    plain = ReportPaper(
        language="fa",
        title="گزارش سطح‌ها، آبان ۱۴۰۵",
        under_text="کافه فیروزه",
        period_text="۱۴۰۵/۰۸/۰۱ تا ۱۴۰۵/۰۸/۳۰",
        made_text="تهیه: ساعت ۰۹:۰۵",
        figures=[ReportFigure(f"عدد {number}", HUGE, "ماه پیش: ۰") for number in range(4)],
        tables=tables,
        bars_after=1,
        bars_title="جابه‌جایی سطح‌ها",
        bars=[ReportBar("از برنزی به نقره‌ای", "۱۴ نفر بالا", 1000, filled=True),
              ReportBar("از طلایی به نقره‌ای", "۱ نفر پایین", 1, filled=False)],
        bars_empty="کسی جابه‌جا نشد",
        signature_text="امضای مدیر",
        footer_text="اعداد از دفتر ثبت",
        page_text="صفحه‌ی {page} از {pages}",
        numerals="۰۱۲۳۴۵۶۷۸۹",
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def plain(text: str) -> str:
    """Leave out what readers of PDF files put elsewhere: spaces, joiners, marks between words."""
    return re.sub("[\\s\u200c،:]", "", text)


def test_persian_is_found_by_a_search() -> None:
    paper_ = paper(table(3), table(0, "خالی"))
    said = plain(readers.text(render_report(paper_)))
    for wanted in (paper_.title, paper_.under_text, "طلایی", HUGE, "نفر بالا", "امضای مدیر", "کسی خرید نکرد"):
        assert plain(wanted) in said, wanted


def test_headings_stand_on_every_page_and_pages_are_counted() -> None:
    said = readers.text(render_report(paper(table(120), table(2, "دوم"))))
    pages = said.rstrip("\f").split("\f")
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
        count = f"از {str(len(pages)).translate(digits)}"
        assert count in page
        assert str(number).translate(digits) in page
        if "طلایی" in page:
            assert "سهم" in page
    assert sum("امضای مدیر" in page for page in pages) == 1
    assert len(re.findall("طلایی", said)) == 122 + 1  # and one bar


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("rows", [0, 1, 60])
def test_every_word_lies_on_the_page(language: str, rows: int) -> None:
    long = "نام بسیار درازی که در هیچ ستونی جا نمی‌شود " * 4
    wide = replace(table(rows), rows=[(long, HUGE, HUGE)] * rows)
    drawn = render_report(paper(wide, language=language, title=long, footer_text=long, bars=()))
    words, (width, height) = readers.words(drawn)
    assert words
    for word in words:
        assert 0 <= word.left <= word.right <= width, word
        assert 0 <= word.top <= word.bottom <= height, word


@pytest.mark.parametrize("rows", range(18, 34))
def test_a_page_may_end_anywhere(rows: int) -> None:
    said = readers.text(render_report(paper(table(rows), table(rows // 2, "دوم"))))
    assert len(re.findall("طلایی", said)) == rows + rows // 2 + 1
    assert said.count("جمع") == 2


def test_many_bars_go_on_the_next_page() -> None:
    bars = [ReportBar(f"راه {number}", "۱ نفر بالا", 500, filled=True) for number in range(70)]
    assert readers.text(render_report(paper(table(1), bars=bars))).count("نفر") == 70


def test_the_same_report_is_the_same_file() -> None:
    assert render_report(paper(table(5))) == render_report(paper(table(5)))


def test_total_and_note_never_stand_on_a_page_without_rows() -> None:
    """Whatever stands above, a table's last rows, its total and its note are on one page."""
    for rows in range(1, 40):
        pages = readers.text(render_report(paper(table(rows)))).rstrip("\f").split("\f")
        ends = next(page for page in pages if plain("یادداشت زیر جدول") in plain(page))
        assert "جمع" in ends
        assert len(re.findall("طلایی [0-9]", ends)) >= (rows if rows <= 10 else 2), rows


def test_a_column_takes_what_its_neighbours_spare_before_its_letters_shrink() -> None:
    columns = (ReportColumn("Level", 70, number=False), ReportColumn("Purchases", 5), ReportColumn("Sum", 25))
    drawn = render_report(
        paper(ReportTable(title="Levels", columns=columns, rows=[("gold", "1,234,567", "7")], empty=""))
    )
    heights = {word.text: word.bottom - word.top for word in readers.words(drawn)[0]}
    assert heights["Purchases"] == pytest.approx(heights["Sum"])
    assert heights["1,234,567"] == pytest.approx(heights["7"])


def test_columns_that_all_need_more_give_way_alike_and_a_long_text_before_numbers() -> None:
    columns = (
        ReportColumn("Name", 20, number=False),
        *(ReportColumn(f"Column {place}", 8) for place in range(6)),
    )
    row = ("a name that never ends " * 9, *["1,234,567,890,123"] * 6)
    drawn = render_report(paper(ReportTable(title="Wide", columns=columns, rows=[row], empty="")))
    numbers = [word for word in readers.words(drawn)[0] if word.text == "1,234,567,890,123"]
    assert len(numbers) == 6, "none is cut"
    assert len({round(word.bottom - word.top, 1) for word in numbers}) == 1
