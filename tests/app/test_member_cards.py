"""A member card says whose it is, in the shop's language, and carries a number that can be drawn as bars."""

from dataclasses import replace

import pytest

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.member_cards import card_paper
from loyalty_pos.app.views import MemberView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.identifiers import card_text
from tests.languages import language, shop_view
from tests.printing import readers

OURS, LETTERS, OTHERS = card_text(17), "AB-1234", "627353001234"
SARA = MemberView(member="m1", name="سارا احمدی", cards=(LETTERS, OTHERS, OURS))
SHOP = replace(shop_view(), name="نارون")


@pytest.mark.parametrize(("code", "returned"), [("fa", "لطفاً به"), ("en", "please bring it to")])
def test_a_card_speaks_the_language_of_the_shop(code: LanguageCode, returned: str) -> None:
    paper = card_paper(SARA, SHOP, language(code))
    assert paper.language == code
    assert "نارون" in paper.club_text
    assert "سارا احمدی" in paper.member_text
    assert returned in paper.return_text
    assert "نارون" in paper.return_text


def test_the_card_of_our_own_making_goes_first_then_any_made_of_digits() -> None:
    assert card_paper(SARA, SHOP, language("fa")).barcode == OURS
    assert card_paper(replace(SARA, cards=(LETTERS, OTHERS)), SHOP, language("fa")).barcode == OTHERS
    assert card_paper(SARA, SHOP, language("fa"), card=OTHERS).barcode == OTHERS


def test_the_number_is_grouped_in_latin_digits_for_reading() -> None:
    paper = card_paper(SARA, SHOP, language("fa"), card=OTHERS)
    assert paper.number_text == "6273 5300 1234"


@pytest.mark.parametrize("cards", [(), (LETTERS,), ("۶۲۷۳۵۳",), ("1" * 60,)])
def test_without_a_number_that_bars_can_carry_there_is_no_card(cards: tuple[str, ...]) -> None:
    with pytest.raises(Rejection) as caught:
        card_paper(replace(SARA, cards=cards), SHOP, language("fa"))
    assert caught.value.code == "no_card_to_print"


def test_another_members_card_is_not_printed() -> None:
    with pytest.raises(Rejection):
        card_paper(SARA, SHOP, language("fa"), card=card_text(18))


@pytest.mark.parametrize("digits", [OURS, OTHERS, "1" * 35, "1" * 36])
def test_every_number_taken_can_be_drawn_and_scanned(digits: str) -> None:
    from loyalty_pos.printing.papers import render

    paper = card_paper(replace(SARA, cards=(digits,)), SHOP, language("fa"))
    assert readers.scan(readers.picture(render(paper), 300, 2)) == digits
