"""Vouchers between partners scan as their token from either paper; the settlement sheet says every sum."""

import pytest

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.papers import NARROW_DOTS, WIDE_DOTS
from loyalty_pos.app.partner_papers import partner_voucher_papers, settlement_paper
from loyalty_pos.app.partner_views import (
    PartnerVouchersView,
    PartnerVoucherView,
    SettlementLineView,
    SettlementView,
)
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.tokens import Token, written
from loyalty_pos.printing.barcodes import qr_of_letters
from loyalty_pos.printing.papers import render, render_vouchers
from tests.languages import language
from tests.printing import readers

SHOP = ShopView(
    shop="00" * 8,
    name="Cafe",
    currency="IRR",
    display_unit="toman",
    calendar="jalali",
    time_zone="Asia/Tehran",
    language="fa",
    day_ends_hour=0,
    prices_include_tax=True,
)
TOKEN = written(Token("01" * 8, "02" * 8, "03" * 12, 500_000, "2026-12-31"), bytes(range(64)))
BUNDLE = PartnerVouchersView(
    posting_id="b",
    member="m",
    member_name="Sara Ahmadi",
    vouchers=(
        PartnerVoucherView(
            partner="photo", partner_name="Photo", value_minor=500_000, expires_on="2026-12-31", token=TOKEN
        ),
    ),
)


@pytest.mark.parametrize("width", [NARROW_DOTS, WIDE_DOTS])
@pytest.mark.parametrize("code", ["fa", "en"])
def test_a_voucher_scans_as_its_token(width: int, code: LanguageCode) -> None:
    papers = partner_voucher_papers(BUNDLE, SHOP, language(code), width_dots=width)
    assert readers.scan_as("qrcode", readers.picture(render_vouchers(papers))) == TOKEN


def test_only_capital_letters_and_digits_make_such_a_code() -> None:
    with pytest.raises(ValueError, match="A-Z"):
        qr_of_letters("abc", WIDE_DOTS)
    with pytest.raises(ValueError, match="fit"):
        qr_of_letters(TOKEN, 50)


def test_a_voucher_for_nobody_is_a_gift_for_whoever_brings_it() -> None:
    from dataclasses import replace

    paper = partner_voucher_papers(replace(BUNDLE, member_name=""), SHOP, language("en"))[0]
    assert (paper.for_text, paper.terms) == ("A gift for you", ("Good once, and only there.",))


@pytest.mark.parametrize(("we", "says"), [(0, "owes us"), (90_000, "We owe")])
def test_the_settlement_sheet_says_every_voucher_and_who_owes_whom(we: int, says: str) -> None:
    sheet = SettlementView(
        partner="photo",
        partner_name="Photo",
        from_day="2026-11-01",
        to_day="2026-11-30",
        we_owe_minor=we,
        they_owe_minor=50_000,
        open_minor=0,
        lines=(
            SettlementLineView(
                voucher="03" * 12, side="theirs", day="2026-11-21", value_minor=50_000, state="honoured"
            ),
        ),
    )
    paper = settlement_paper(sheet, SHOP, "2026-11-30", language("en"))
    text = readers.text(render(paper))
    assert says in paper.paid_label
    assert ("03030303" in text and "honoured here" in text and "4,000" in paper.paid_text) or we == 0
    assert render(settlement_paper(sheet, SHOP, "2026-11-30", language("fa"))).startswith(b"%PDF")
