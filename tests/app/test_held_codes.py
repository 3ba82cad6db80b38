"""A sale on hold keeps its codes and what its gift cards would pay, and hands them in again when taken up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.views import HeldView
from tests.shop import Shop, T


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.publish("spring", "percent_off", {"audience": {"non_members": True}}, rate_bp=1000, lane="code")
    yield opened
    opened.proved()
    opened.close()


def code(shop: Shop, key: str = "code", **more: Any) -> str:
    view = shop.service.do(c.IssueCodes(posting_id=key, programme="spring", **more))
    return str(view.codes[0].code)


def card(shop: Shop, face: int, key: str = "card") -> str:
    view = shop.service.do(c.IssueGiftCard(posting_id=key, face_minor=face))
    return str(view.codes[0].code)


def hold(shop: Shop, amount: int, key: str = "h", **use: Any) -> HeldView:
    view: HeldView = shop.service.do(c.HoldSale(posting_id=key, amount_minor=amount, use=c.Use(**use)))
    return view


def resume(shop: Shop, key: str = "h") -> HeldView:
    view: HeldView = shop.service.do(c.ResumeSale(posting_id=f"up-{key}", hold=key))
    return view


def record(shop: Shop, request: c.QuoteSale) -> Any:
    return shop.service.do(
        c.RecordSale(sale_id="taken-up", amount_minor=request.amount_minor, use=request.use)
    )


def state(shop: Shop, text: str) -> str:
    found = shop.identify(text)
    if found.code is not None:
        return found.code.state
    assert found.gift_card is not None
    return found.gift_card.state


def test_a_code_on_hold_is_reserved_and_counts_when_the_sale_is_taken_up(shop: Shop) -> None:
    said = code(shop)
    held = hold(shop, 100 * T, codes=(said,))
    assert (held.due_minor, held.reserved_codes) == (90 * T, 1)
    assert hold(shop, 100 * T, codes=(said,)) == held
    assert state(shop, said) == "reserved"
    with shop.refuses("code_reserved", programme="spring"):
        shop.sell(50 * T, codes=(said,))
    with shop.refuses("code_reserved"):
        hold(shop, 50 * T, "other", codes=(said,))
    lenient = shop.quote(50 * T, codes=(said,), lenient=True)
    assert lenient.trace[-1].short.en == "its code is reserved for a sale on hold"
    request = resume(shop).request
    assert said not in str(request) and state(shop, said) == "issued"
    assert record(shop, request).due_minor == 90 * T
    assert state(shop, said) == "used"
    with shop.refuses("code_used"):
        shop.sell(50 * T, codes=request.use.codes)


def test_a_sale_taken_up_asks_for_the_same_as_with_its_code_said(shop: Shop) -> None:
    said, paid = code(shop), card(shop, 50 * T)
    hold(shop, 100 * T, codes=(said,), gift_cards=(paid,))
    first = record(shop, resume(shop).request)
    use = c.Use(codes=(said,), gift_cards=(paid,))
    again = c.RecordSale(sale_id="taken-up", amount_minor=100 * T, use=use)
    assert shop.service.do(again) == first


def test_a_reservation_ends_after_half_an_hour_and_the_sale_taken_up_says_so(shop: Shop) -> None:
    said = code(shop)
    hold(shop, 100 * T, codes=(said,))
    shop.clock.on(minutes=30)
    assert state(shop, said) == "issued"
    shop.sell(50 * T, codes=(said,))
    request = resume(shop).request
    with shop.refuses("code_used"):
        record(shop, request)


def test_a_sale_nobody_took_up_hands_nothing_in(shop: Shop) -> None:
    said, paid = code(shop), card(shop, 50 * T)
    held = hold(shop, 100 * T, codes=(said,), gift_cards=(paid,))
    with shop.refuses("unknown_code"):
        shop.sell(100 * T, codes=held.request.use.codes)
    with shop.refuses("unknown_gift_card"):
        shop.sell(100 * T, gift_cards=held.request.use.gift_cards)
    resume(shop)
    for odd in ("hold:h:1", "hold:h:x", "hold:nothing:0", "hold:"):
        with shop.refuses("unknown_code"):
            shop.sell(100 * T, codes=(odd,))


def test_what_a_gift_card_would_pay_is_reserved_and_its_rest_is_not(shop: Shop) -> None:
    paid, idle = card(shop, 100 * T), card(shop, 10 * T, "idle")
    held = hold(shop, 60 * T, gift_cards=(paid, idle))
    assert (held.due_minor, held.reserved_gift_card_minor) == (0, 60 * T)
    assert [(one.amount_minor, one.left_minor) for one in held.gift_cards] == [(60 * T, 100 * T), (0, 10 * T)]
    view = shop.service.ask(q.GiftCard(code=paid))
    assert (view.state, view.left_minor, view.reserved_minor) == ("issued", 100 * T, 60 * T)
    other = shop.sell(70 * T, gift_cards=(paid,))
    assert (other.due_minor, other.gift_cards[0].left_minor) == (30 * T, 60 * T)
    assert state(shop, paid) == "reserved"
    with shop.refuses("gift_card_reserved"):
        shop.sell(10 * T, gift_cards=(paid,))
    told = shop.quote(10 * T, gift_cards=(paid,), lenient=True).trace[-1]
    assert told.sentence.en == "gift card 1 is reserved for a sale on hold"
    assert record(shop, resume(shop).request).due_minor == 0
    assert state(shop, paid) == "empty"


def test_public_words_are_not_reserved_and_come_back_with_the_sale(shop: Shop) -> None:
    word = code(shop, text="summer")
    held = hold(shop, 100 * T, codes=(word,))
    assert (held.reserved_codes, state(shop, word)) == (0, "issued")
    shop.sell(50 * T, codes=(word,))
    assert record(shop, resume(shop).request).due_minor == 90 * T


def test_a_code_on_hold_takes_nothing_of_what_its_member_has(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1000)
    shop.sell(1_000 * T)
    shop.clock.on(days=1)
    said = code(shop)
    shop.service.do(
        c.HoldSale(
            posting_id="h", member="A", amount_minor=500 * T, use=c.Use(codes=(said,), credit_minor=30 * T)
        )
    )
    assert shop.member("A").credit_minor == 100 * T
    assert shop.quote(500 * T, credit_minor="all").paid_by.credit_minor == 70 * T
