"""A refund in words: gift cards, and the vouchers a sale made."""

from typing import Any

from loyalty_pos.app.views import TakenBackView
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.refund_words import sections
from tests.languages import language


def told(**moved: Any) -> list[str]:
    view = TakenBackView(sale_id="s1", number=1, refund_minor=10, **moved)
    found = sections(view, None, language("en"))
    return [bidi.strip(row.label) for section in found for row in section.rows][:-2]


def test_what_goes_onto_a_card_and_what_a_spent_voucher_holds_are_said_before_the_sum() -> None:
    onto = "Back onto the gift card"
    assert told(held_minor=5, to_gift_cards_minor=5) == ["Withheld: a voucher of this sale was spent", onto]
    assert told(held_minor=-5) == ["What was withheld for a voucher comes back"]


def test_a_voucher_that_goes_and_the_one_made_anew_stand_under_codes() -> None:
    found = sections(
        TakenBackView(sale_id="s1", number=1, refund_minor=10, vouchers=("next",), remade_minor=30),
        None,
        language("en"),
    )[-1]
    assert [bidi.strip(row.label) for row in found.rows] == [
        "The voucher of next counts no more",
        "A new voucher is made",
    ]
