"""What comes out of the printer is what the record says, and scanners and searches can read it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_pos.app.papers import Paper, ReceiptPaper, StampRow, VoucherPaper
from loyalty_pos.printing import fonts as fonts_module
from loyalty_pos.printing.papers import render
from tests.examples import examples
from tests.printing import readers, samples

ALL = {
    "receipt-fa": samples.RECEIPT_FA,
    "receipt-en": samples.RECEIPT_EN,
    "voucher-fa": samples.VOUCHER_FA,
    "voucher-en": samples.VOUCHER_EN,
    "long-receipt": samples.LONG_RECEIPT,
    "long-voucher": samples.LONG_VOUCHER,
}
every_paper = pytest.mark.parametrize("paper", ALL.values(), ids=ALL.keys())


@every_paper
@pytest.mark.parametrize("digits", ["270001", "2700018", "2700001894", "2912345678901234567890123456"])
def test_every_barcode_scans_from_a_203_dpi_rendering(paper: Paper, digits: str) -> None:
    assert readers.scan(readers.picture(render(replace(paper, barcode=digits)))) == digits


@every_paper
def test_page_is_576_dots_wide_and_its_margins_stay_white(paper: Paper) -> None:
    picture = readers.picture(render(paper))
    left, top, right, bottom = readers.ink(picture)
    margin = 5 if isinstance(paper, VoucherPaper) else 24
    assert picture.width == 576
    assert left >= margin
    assert right <= 576 - margin
    assert top >= 5
    assert bottom <= picture.height - 5


@every_paper
def test_every_word_lies_on_the_page(paper: Paper) -> None:
    words, (width, height) = readers.words(render(paper))
    assert words
    for word in words:
        assert word.left >= 0, word
        assert word.right <= width, word
        assert word.top >= 0, word
        assert word.bottom <= height, word


def test_voucher_text_stays_inside_its_frame() -> None:
    words, (width, _) = readers.words(render(samples.LONG_VOUCHER))
    frame = 9 * width / 576
    assert min(word.left for word in words) > frame
    assert max(word.right for word in words) < width - frame


@every_paper
def test_only_embedded_subsets_of_our_font_are_used(paper: Paper) -> None:
    for name, embedded, subset, unicode in readers.fonts(render(paper)):
        assert "Vazirmatn-UI" in name
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")


@pytest.mark.parametrize(
    "phrase",
    [
        "کافه‌نانوایی نارون",
        "سلام",
        "پیش‌فرض",
        "اطلاعات",
        "هزینهٔ",
        "می‌باشد",
        "۱۲٬۵۰۰٬۰۰۰",
        "۱۲٬۳۵۴٬۹۵۰",
        "−۱۲۸٬۰۰۰",
        "۰۹۱۲ ••• ۶۷۸۹",
        "۱۴۰۵/۰۱/۲۷",
        "۱۸:۴۲",
        "پنجمین نوشیدنی رایگان",
    ],
)
def test_persian_words_of_a_receipt_are_found_by_a_search(phrase: str) -> None:
    assert phrase in readers.text(render(samples.RECEIPT_FA))


@pytest.mark.parametrize("letters", ["لا", "الله", "لأ", "خانهٔ", "گچپژ", "ریال", "Café", "Nescafé Gold 100g"])
def test_ligatures_and_accents_are_found_by_a_search(letters: str) -> None:
    assert letters in readers.text(render(replace(samples.RECEIPT_FA, shop_name=letters)))


def test_digit_groups_of_an_isolated_phone_stand_from_left_to_right() -> None:
    paper = replace(samples.RECEIPT_FA, member_text="تلفن: \u2066۰۹۱۲ ۳۴۵ ۶۷۸۹\u2069", phone_text="")
    words = {word.text: word.left for word in readers.words(render(paper))[0]}
    assert words["۰۹۱۲"] < words["۳۴۵"] < words["۶۷۸۹"]


def test_persian_reads_from_the_right_and_english_from_the_left() -> None:
    fa = {word.text: word for word in readers.words(render(samples.RECEIPT_FA))[0]}
    en = {word.text: word for word in readers.words(render(samples.RECEIPT_EN))[0]}
    assert fa["پرداخت"].left > fa["۱۲٬۳۵۴٬۹۵۰"].right
    assert en["Paid"].right < en["341,000"].left


def test_units_stand_under_units_in_both_languages() -> None:
    fa = {word.text: word for word in readers.words(render(samples.RECEIPT_FA))[0]}
    en = {word.text: word for word in readers.words(render(samples.RECEIPT_EN))[0]}
    one_dot = 72 / 203 * 1.01
    assert abs(fa["۱۲٬۵۰۰٬۰۰۰"].right - fa["−۱۷٬۰۵۰"].right) <= one_dot
    assert abs(en["469,000"].right - en["−128,000"].right) <= one_dot


@pytest.mark.parametrize("paper", [samples.LONG_RECEIPT, samples.LONG_VOUCHER], ids=["receipt", "voucher"])
def test_long_names_and_amounts_wrap_and_lose_nothing(paper: Paper) -> None:
    found = [word.text for word in readers.words(render(paper))[0]]
    for word in samples.LONG_NAME.split():
        assert word in found
    assert samples.HUGE_RIAL.split()[0] in " ".join(found)


def test_a_voucher_code_longer_than_the_paper_breaks_into_lines() -> None:
    code = "7K2M4P-9QXC3T-VB8N5W-" * 8
    pieces = [word.text for word in readers.words(render(replace(samples.VOUCHER_FA, code_text=code)))[0]]
    assert code in "".join(pieces)


def test_the_reason_takes_three_lines_at_most() -> None:
    paper = replace(samples.RECEIPT_FA, why=["قهوه " * 200], notes=[], lines=[])
    words = [word for word in readers.words(render(paper))[0] if word.text.startswith("قهوه")]
    assert len({round(word.top) for word in words}) == 3
    assert any(word.text.endswith("…") for word in words)


def test_a_reprint_says_that_it_is_a_copy() -> None:
    papers: list[ReceiptPaper | VoucherPaper] = [samples.RECEIPT_EN, samples.VOUCHER_EN]
    for paper in papers:
        assert "COPY" not in readers.text(render(paper))
        assert "COPY" in readers.text(render(replace(paper, copy_text="COPY")))


def test_a_receipt_needs_nothing_but_its_few_certain_texts() -> None:
    bare = ReceiptPaper(
        language="fa",
        shop_name="نان",
        title="رسید",
        date_text="۱۴۰۵/۰۱/۲۷",
        sale_text="۱",
        paid_label="پرداخت",
        paid_text="۰",
    )
    text = readers.text(render(bare))
    assert "نان" in text
    assert "پرداخت" in text


@every_paper
def test_the_same_record_gives_the_same_bytes(paper: Paper) -> None:
    assert render(paper) == render(paper)


@pytest.mark.parametrize("digits", ["۲۷۰۰۰۰۱۸۹۴", "27-1894", "27 1894", "ABC", "٢٧"])
def test_a_barcode_of_anything_but_digits_is_refused(digits: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        render(replace(samples.VOUCHER_FA, barcode=digits))


def test_fonts_crowded_with_odd_letters_are_replaced_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    before = readers.text(render(samples.RECEIPT_FA))
    monkeypatch.setattr(fonts_module, "_CROWDED", 0)
    assert readers.text(render(samples.RECEIPT_FA)) == before
    assert readers.text(render(samples.RECEIPT_FA)) == before


_NASTY = st.sampled_from(
    [
        "<b>",
        "</para>",
        "<img src='file:///etc/passwd'/>",
        "&amp;",
        "%s{0}{name}",
        "\u202e",
        "\u202a",
        "\u202c",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069" * 3,
        "\u200f",
        "\u200c",
        "\u200d",
        "\ud800",
        "\x00\x1b",
        "\n\t",
        "\u0378",
        "\U0010ffff",
        "\ufffc",
        "😀👨\u200d👩\u200d👧",
        "سارا",
        "َُِّْ",
        "لا",
        "שלום",
        "12.5%",
        "(",
        "]",
        "\\(",
        " ",
        "ن" * 90,
    ]
)
hostile = st.lists(st.one_of(_NASTY, st.text(max_size=8)), max_size=12).map("".join)


@settings(max_examples=examples(40), deadline=None)
@given(name=hostile, other=hostile, language=st.sampled_from(["fa", "en"]), count=st.integers(-2, 200))
def test_no_text_whatever_stops_a_paper_or_leaves_its_margins(
    name: str, other: str, language: str, count: int
) -> None:
    receipt = replace(
        samples.RECEIPT_FA,
        language=language,
        shop_name=name,
        title=other,
        date_text=name,
        sale_text=other,
        member_text=name,
        phone_text=other,
        lines=[(name, other), (other, name)],
        paid_label=other,
        paid_text=name,
        saved_text=other,
        earned=[(name, other, name)],
        notes=[other],
        stamps=[StampRow(name=name, have=count // 2, needed=count)],
        stamp_counts=[other],
        why=[name],
        barcode_text=other,
        footer=[name],
        copy_text=other,
    )
    voucher = replace(
        samples.VOUCHER_FA,
        language=language,
        shop_name=name,
        for_text=other,
        value_text=name,
        condition_text=other,
        code_text=name,
        expiry_text=other,
        terms=[name],
        copy_text=other,
    )
    # marks without a letter may hang over the edge of their line a little, never off the paper
    papers: list[tuple[Paper, int]] = [(receipt, 12), (voucher, 5)]
    for paper, margin in papers:
        left, _, right, _ = readers.ink(readers.picture(render(paper)))
        assert left >= margin
        assert right <= 576 - margin
