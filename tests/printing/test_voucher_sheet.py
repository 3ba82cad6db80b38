"""Vouchers on A4: eight to a page, each scans as its own number, Persian is found again, fonts are shared."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from barcode.codex import Code128

from loyalty_pos.app.papers import VoucherPaper
from loyalty_pos.domain.identifiers import code_from_bits, discount_barcode
from loyalty_pos.press import sheet_command, write_sheet_request
from loyalty_pos.printing.code_c import bars_of
from loyalty_pos.printing.voucher_sheet import EACH, voucher_sheets
from tests.printing import readers, samples

BITS = [number * 0x9E37_79B9_7F4A_7C15 % 2**80 for number in range(1, 11)]
NAMES = ("سارا", "Mina", "نگار")


def papers(one: VoucherPaper = samples.VOUCHER_FA, count: int = 10) -> list[VoucherPaper]:
    return [
        replace(
            one,
            for_text=f"هدیه‌ای برای {NAMES[number % 3]}",
            barcode=discount_barcode(bits),
            code_text=code_from_bits(bits),
        )
        for number, bits in enumerate(BITS[:count])
    ]


def sheet(folder: Path, found: Sequence[VoucherPaper], page: str = "صفحه‌ی {page} از {pages}") -> bytes:
    path = folder / "sheet.pdf"
    voucher_sheets(iter(found), path, page, len(found), "۰۱۲۳۴۵۶۷۸۹")
    return path.read_bytes()


def modules(path: str, width: int) -> str:
    """Read rectangles back as ones and noughts."""
    dots = ["0"] * width
    for left, wide in re.findall(r"(\d+) 0 (\d+) 1 re", path):
        dots[int(left) : int(left) + int(wide)] = "1" * int(wide)
    return "".join(dots)


@pytest.mark.parametrize(
    "digits", ["00", "1234", "98765432109876543210987654", "123", "7", discount_barcode(2**80 - 1)]
)
def test_bars_are_those_of_the_library_that_everybody_uses(digits: str) -> None:
    path, width = bars_of(digits)
    assert modules(path, width) == Code128(digits).build()[0]


@pytest.mark.parametrize("wrong", ["", "12a4", "۱۲۳۴"])
def test_a_barcode_of_anything_but_digits_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        sheet(tmp_path, [replace(samples.VOUCHER_FA, barcode=wrong)])


def test_bars_too_long_for_their_place_are_refused_rather_than_drawn_too_fine(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fit"):
        sheet(tmp_path, [replace(samples.VOUCHER_FA, barcode="1" * 70)])


def test_every_voucher_scans_as_its_own_number_and_says_its_code(tmp_path: Path) -> None:
    pdf = sheet(tmp_path, papers())
    scanned: set[str] = set()
    for page in (1, 2):
        scanned |= set(readers.scan_as("code128", readers.picture(pdf, 300, page)).split())
    assert scanned == {discount_barcode(bits) for bits in BITS}
    text = readers.text(pdf)
    assert all(code_from_bits(bits) in text for bits in BITS)


def test_persian_is_found_again_and_pages_are_counted(tmp_path: Path) -> None:
    pdf = sheet(tmp_path, papers())
    text = readers.text(pdf)
    assert "سارا" in text and "Mina" in text
    close = re.sub(r"\s", "", text)
    assert "صفحه‌ی۱از۲" in close and "صفحه‌ی۲از۲" in close
    pages = subprocess.run(["pdfinfo", tmp_path / "sheet.pdf"], capture_output=True, check=True).stdout
    assert b"Pages:           2" in pages and b"A4" in pages
    assert EACH == 8


def test_a_hundred_more_vouchers_add_no_second_copy_of_a_font_or_a_frame(tmp_path: Path) -> None:
    few = sheet(tmp_path, papers(count=1))
    many = sheet(tmp_path, papers() * 11)
    assert len(many) - len(few) < 109 * 400
    fonts = subprocess.run(["pdffonts", tmp_path / "sheet.pdf"], capture_output=True, check=True).stdout
    rows = fonts.decode().splitlines()[2:]
    ours = [row for row in rows if "Vazirmatn" in row]
    assert ours and all(re.search(r"\byes +yes\b", row) for row in ours), rows


def test_what_is_printed_to_practise_says_so(tmp_path: Path) -> None:
    text = readers.text(sheet(tmp_path, papers(replace(samples.VOUCHER_EN, copy_text="Training"), 1)))
    assert "Training" in text


def test_kinds_of_vouchers_share_a_sheet(tmp_path: Path) -> None:
    mixed = [*papers(count=2), *papers(replace(samples.VOUCHER_EN, code_text=""), 2)]
    text = readers.text(sheet(tmp_path, mixed))
    assert samples.VOUCHER_EN.value_text in text


def test_a_text_too_long_for_its_line_is_cut_short_and_a_huge_amount_is_not(tmp_path: Path) -> None:
    long = replace(
        samples.VOUCHER_EN, for_text="A gift for " + "x" * 200, value_text="1,000,000,000,000 rials off"
    )
    text = readers.text(sheet(tmp_path, papers(long, 1)))
    assert "1,000,000,000,000 rials off" in text


def test_the_same_vouchers_make_the_same_file_and_a_child_makes_it_too(tmp_path: Path) -> None:
    once, again = sheet(tmp_path, papers()), sheet(tmp_path, papers())
    assert once == again
    source, target = tmp_path / "request.jsonl", tmp_path / "child.pdf"
    write_sheet_request(source, papers(), "صفحه‌ی {page} از {pages}", "۰۱۲۳۴۵۶۷۸۹")
    subprocess.run(sheet_command(source, target), check=True)
    assert readers.text(target.read_bytes()) == readers.text(once)
    assert not list(tmp_path.glob(".*part"))
    away = subprocess.run(sheet_command(source, tmp_path / "none" / "x.pdf"), check=False)
    assert away.returncode == 1
