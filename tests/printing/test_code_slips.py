"""Slips of codes: one document, a page for each, and every page scans as its own number."""

import re
from dataclasses import replace

import pytest

from loyalty_pos.app.papers import NARROW_DOTS, WIDE_DOTS
from loyalty_pos.domain.identifiers import code_from_bits, discount_barcode, read_discount_code
from loyalty_pos.printing.papers import render, render_vouchers
from tests.printing import readers, samples

BITS = (0, 2**80 - 1, 0x5A5A_1234_5678_9ABC_DEF0)


def slips(width: int) -> bytes:
    paper = replace(samples.VOUCHER_FA, width_dots=width)
    return render_vouchers(
        [replace(paper, barcode=discount_barcode(n), code_text=code_from_bits(n)) for n in BITS]
    )


@pytest.mark.parametrize(("width", "kind"), [(NARROW_DOTS, "qrcode"), (WIDE_DOTS, "code128")])
def test_every_page_scans_as_the_number_that_stands_on_it(width: int, kind: str) -> None:
    pdf = slips(width)
    scanned = [readers.scan_as(kind, readers.picture(pdf, page=page)) for page in (1, 2, 3)]
    assert scanned == [discount_barcode(n) for n in BITS]
    said = [
        read_discount_code(each)
        for each in re.findall(r"[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z*~$=]{6}", readers.text(pdf))
    ]
    assert said == list(BITS)


def test_a_document_of_one_slip_is_the_voucher_itself() -> None:
    assert render_vouchers([samples.VOUCHER_EN]) == render(samples.VOUCHER_EN)


def test_slips_share_their_fonts() -> None:
    one, three = len(render_vouchers([samples.VOUCHER_FA])), len(slips(WIDE_DOTS))
    assert three < 2 * one
