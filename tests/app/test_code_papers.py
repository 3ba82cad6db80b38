"""The slips of codes just issued: what each is worth, for whom, until when (rules 34, 35)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.code_papers import code_papers, code_value, gift_card_papers
from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.member_cards import card_papers
from loyalty_pos.app.papers import NARROW_DOTS, VoucherPaper
from tests.languages import language
from tests.shop import Shop, T


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol(name="Sara Ahmadi")
    opened.enrol("B", phone="09121234567")
    opened.publish("spring", "percent_off", rate_bp=1000, lane="code")
    opened.publish("fifty", "amount_off", amount_minor=50_000 * T, by_code=True)
    yield opened
    opened.close()


def bidi(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def detail(shop: Shop, key: str) -> ProgrammeDetailView:
    found = shop.service.ask(q.Programmes()).programmes
    return next(each for each in found if each.key == key)  # type: ignore[no-any-return]


def slips(shop: Shop, programme: str = "spring", **more: Any) -> tuple[CodesView, tuple[VoucherPaper, ...]]:
    view = shop.service.ask(q.Shop())
    codes = shop.service.do(c.IssueCodes(posting_id="batch", programme=programme, **more))
    english = language("en", view)
    return codes, code_papers(codes, detail(shop, programme), view, english, width_dots=NARROW_DOTS)


def test_every_code_of_a_batch_has_a_slip_with_its_own_number_twice(shop: Shop) -> None:
    codes, made = slips(shop, count=3)
    assert [(each.code_text, each.barcode) for each in made] == [(k.code, k.barcode) for k in codes.codes]
    assert len({each.barcode for each in made}) == 3
    first = made[0]
    assert [len(part) for part in first.code_text.split("-")] == [6, 6, 6]
    assert (first.for_text, first.value_text, first.expiry_text) == (
        "A gift for you",
        "10% off",
        "No end date",
    )
    assert first.condition_text == "10% off everything with a code."
    assert first.terms == ("Good for one use, for whoever brings it. Not paid out in money.",)
    assert first.width_dots == NARROW_DOTS


def test_a_members_slip_names_them_shortly_and_says_its_last_day(shop: Shop) -> None:
    _, (slip,) = slips(shop, "fifty", member="A", expires="2026-12-01")
    assert (bidi(slip.for_text), slip.value_text) == ("A gift for Sara A.", "50,000 T off")
    assert slip.expiry_text == "Until 10 Azar 1405"
    assert slip.terms == ("Good for one use, for its member only. Not paid out in money.",)


def test_a_member_without_a_name_gets_a_slip_all_the_same(shop: Shop) -> None:
    _, (slip,) = slips(shop, member="B")
    assert slip.for_text == "A gift for you"
    assert slip.terms == ("Good for one use, for its member only. Not paid out in money.",)


def test_a_public_word_needs_no_slip(shop: Shop) -> None:
    assert slips(shop, text="nowruz")[1] == ()


def test_a_programme_whose_worth_is_no_one_number_goes_by_its_name(shop: Shop) -> None:
    shop.publish("menu", "stamp_card", needed=5)
    assert bidi(code_value(detail(shop, "menu"), language("en"))) == "menu"


@pytest.mark.parametrize(("expires", "said"), [(None, "No end date"), ("2026-12-01", "Until 10 Azar 1405")])
def test_a_gift_card_slip_says_what_is_on_it_and_until_when(
    shop: Shop, expires: str | None, said: str
) -> None:
    cards = shop.service.do(c.IssueGiftCard(posting_id="g", face_minor=500_000, count=2, expires=expires))
    view = shop.service.ask(q.Shop())
    made = gift_card_papers(cards, view, language("en", view), width_dots=NARROW_DOTS)
    assert [(each.barcode, each.code_text) for each in made] == [(k.barcode, k.code) for k in cards.codes]
    first = made[0]
    assert (first.for_text, first.value_text, first.expiry_text) == ("Gift card 1", "50,000 T", said)
    assert "in parts" in first.condition_text and first.width_dots == NARROW_DOTS


def test_who_has_no_number_that_can_be_drawn_gets_no_card_among_the_others(shop: Shop) -> None:
    view = shop.service.ask(q.Shop())
    nobody = replace(shop.service.ask(q.MemberRecord(member="09121234567")), cards=())
    somebody = replace(nobody, cards=("4410339306",))
    papers = list(card_papers([somebody, nobody], view, language("en", view)))
    assert [paper.barcode for paper in papers] == ["4410339306"]
