"""58 mm paper: 48 mm are printed, 384 dots; what is read on 80 mm is read here, but for the balances."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_pos.app.papers import NARROW_DOTS, ReceiptPaper, StampRow, VoucherPaper
from loyalty_pos.printing.barcodes import qr
from loyalty_pos.printing.papers import render
from tests.examples import examples
from tests.printing import readers, samples

every_paper = pytest.mark.parametrize("paper", samples.NARROW.values(), ids=samples.NARROW.keys())
RECEIPT = replace(samples.RECEIPT_FA, width_dots=NARROW_DOTS)
VOUCHER = replace(samples.VOUCHER_FA, width_dots=NARROW_DOTS)


@every_paper
def test_page_is_384_dots_wide_and_its_margins_stay_white(paper: ReceiptPaper | VoucherPaper) -> None:
    picture = readers.picture(render(paper))
    left, _, right, bottom = readers.ink(picture)
    margin = 5 if isinstance(paper, VoucherPaper) else 12
    assert picture.width == 384
    assert left >= margin
    assert right <= 384 - margin
    assert bottom <= picture.height - 5


@every_paper
def test_every_word_lies_on_the_page(paper: ReceiptPaper | VoucherPaper) -> None:
    words, (width, height) = readers.words(render(paper))
    assert words
    assert all(word.left >= 0 and word.right <= width for word in words)
    assert all(word.top >= 0 and word.bottom <= height for word in words)


@every_paper
def test_a_receipt_has_bars_and_a_voucher_a_square_code(paper: ReceiptPaper | VoucherPaper) -> None:
    picture = readers.picture(render(paper))
    kind, other = ("code128", "qrcode") if isinstance(paper, ReceiptPaper) else ("qrcode", "code128")
    assert readers.scan_as(kind, picture) == paper.barcode
    with pytest.raises(Exception, match="zbarimg"):
        readers.scan_as(other, picture)


@pytest.mark.parametrize("code", ["2900000000000000000000000000", "2912089258196146291747061750"])
def test_the_least_and_the_greatest_code_read_back_digit_for_digit(code: str) -> None:
    assert readers.scan_as("qrcode", readers.picture(render(replace(VOUCHER, barcode=code)))) == code


def test_the_modules_of_a_square_code_are_whole_dots_with_four_modules_of_quiet() -> None:
    code = qr("2912345678901234567890123456")
    assert code.module >= 4
    assert code.quiet == 4 * code.module
    assert all(number % code.module == 0 for run in code.runs for number in run)
    assert max(left + width for left, _, width in code.runs) == code.side


@pytest.mark.parametrize("text", ["", "۱۲", "A1", "-1"])
def test_only_ascii_digits_become_a_square_code(text: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        render(replace(VOUCHER, barcode=text))


@pytest.mark.parametrize(
    "phrase",
    [
        "کافه‌نانوایی نارون",
        "۱۲٬۵۰۰٬۰۰۰",
        "پنجمین نوشیدنی رایگان",
        "+۹۶۹",
        "شمارهٔ پیگیری ۱۸۹۴",
        "فاکتور رسمی نیست",
    ],
)
def test_persian_words_are_found_by_a_search(phrase: str) -> None:
    assert phrase in readers.text(render(RECEIPT))


def test_the_balance_column_is_for_wide_paper_only() -> None:
    assert "۲٬۲۰۹" in readers.text(render(samples.RECEIPT_FA))
    narrow = readers.text(render(RECEIPT))
    assert "۲٬۲۰۹" not in narrow
    assert "مانده" not in narrow


@pytest.mark.parametrize("name", ["long-receipt", "long-voucher"])
def test_long_names_and_amounts_wrap_and_lose_nothing(name: str) -> None:
    found = [word.text for word in readers.words(render(samples.NARROW[name]))[0]]
    assert set(samples.LONG_NAME.split()) <= set(found)
    assert samples.HUGE_RIAL.split()[0] in " ".join(found)


def test_the_name_of_a_stamp_card_is_not_broken_in_a_word() -> None:
    found = [word.text for word in readers.words(render(samples.NARROW["receipt-en"]))[0]]
    assert "Breakfast" in found


def test_a_reprint_says_that_it_is_a_copy() -> None:
    assert "المثنی" in readers.text(render(replace(RECEIPT, copy_text="المثنی")))


@settings(max_examples=examples(15), deadline=None)
@given(name=st.text(max_size=60), other=st.text(max_size=30), count=st.integers(-2, 200))
def test_no_text_whatever_leaves_the_margins(name: str, other: str, count: int) -> None:
    paper = replace(
        RECEIPT,
        shop_name=name,
        lines=[(name, other), (other, name)],
        paid_label=other,
        paid_text=name,
        earned=[(name, other, name)],
        stamps=[StampRow(name=name, have=count // 2, needed=count)],
        stamp_counts=[other],
        copy_text=other,
    )
    left, _, right, _ = readers.ink(readers.picture(render(paper)))
    assert left >= 5
    assert right <= 384 - 5
