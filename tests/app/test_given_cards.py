"""Gift cards that were given away: listed with what is left, printed anew, taken out of use with a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_cards import ReplaceGiftCard, VoidGiftCard
from loyalty_pos.app.gift_card_views import GiftCardsView, GiftCardView, GivenCardsView
from loyalty_pos.app.queries_floor import GivenGiftCards
from tests.shop import Shop, T


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol(name="Sara")
    yield opened
    opened.proved()
    opened.close()


def give(shop: Shop, key: str, face: int = 50 * T, **more: object) -> GiftCardsView:
    view: GiftCardsView = shop.service.do(c.IssueGiftCard(posting_id=key, face_minor=face, **more))  # type: ignore[arg-type]
    return view


def listed(shop: Shop, **page: int) -> GivenCardsView:
    view: GivenCardsView = shop.service.ask(GivenGiftCards(**page))
    return view


def replace(shop: Shop, card: int, key: str = "new") -> GiftCardsView:
    view: GiftCardsView = shop.service.do(ReplaceGiftCard(posting_id=key, card=card, reason="lost"))
    return view


def void(shop: Shop, card: int, key: str = "void", reason: str = "stolen") -> GiftCardView:
    view: GiftCardView = shop.service.do(VoidGiftCard(posting_id=key, card=card, reason=reason))
    return view


def test_only_what_was_given_is_listed_newest_first_and_summed(shop: Shop) -> None:
    assert listed(shop) == GivenCardsView(cards=(), next=None, issued=0, open=0, left_minor=0)
    first = give(shop, "a", expires="2026-11-30").codes[0]
    sale = shop.sell(None, sells=(c.SellGiftCards(face_minor=10 * T),))
    give(shop, "b", 10 * T, sale_id=sale.sale_id)
    give(shop, "c", 20 * T, count=2, member="A")
    shop.sell(15 * T, gift_cards=(first.code,))
    view = listed(shop)
    assert [(one.card, one.left_minor, one.bought) for one in view.cards] == [
        (4, 20 * T, False), (3, 20 * T, False), (1, 35 * T, False),
    ]  # fmt: skip
    assert (view.issued, view.open, view.left_minor) == (3, 3, 75 * T)
    pages = listed(shop, limit=2)
    assert pages.next == 3 and [one.card for one in listed(shop, before=3).cards] == [1]
    shop.clock.on(days=30)
    assert (listed(shop).open, listed(shop).left_minor) == (2, 40 * T), "what has ended is not left"


def test_a_card_printed_anew_has_what_was_left_under_a_new_code(shop: Shop) -> None:
    old = give(shop, "a", member="A", expires="2027-01-31").codes[0]
    shop.sell(15 * T, gift_cards=(old.code,))
    new = replace(shop, old.card)
    assert (new.face_minor, new.member_name, new.expires_on, new.bought) == (
        35 * T,
        "Sara",
        "2027-01-31",
        False,
    )
    with shop.refuses("gift_card_void"):
        shop.sell(5 * T, gift_cards=(old.code,))
    assert shop.sell(35 * T, gift_cards=(new.codes[0].code,)).due_minor == 0
    with shop.refuses("codes_shown_once"):
        replace(shop, old.card)
    with shop.refuses("key_taken"):
        replace(shop, new.codes[0].card)
    with shop.refuses("gift_card_empty"):
        replace(shop, new.codes[0].card, "again")
    bearer = replace(shop, give(shop, "b").codes[0].card, "other")
    assert (bearer.member, bearer.face_minor) == (None, 50 * T)


def test_a_void_has_a_reason_and_says_the_same_when_asked_again(shop: Shop) -> None:
    card = give(shop, "a").codes[0]
    assert void(shop, card.card).state == "void" == void(shop, card.card).state
    assert void(shop, card.card, "another").state == "void", "it is out of use already"
    with shop.refuses("key_taken"):
        void(shop, card.card, reason="else")
    with shop.refuses_field("reason"):
        void(shop, card.card, "third", reason=" ")
    view: GiftCardView = shop.service.ask(q.GiftCard(code=card.code))
    assert (view.state, view.left_minor, listed(shop).open) == ("void", 50 * T, 0)


def test_a_sold_card_and_an_unknown_number_are_not_given(shop: Shop) -> None:
    sale = shop.sell(None, sells=(c.SellGiftCards(face_minor=10 * T),))
    bought = give(shop, "b", 10 * T, sale_id=sale.sale_id).codes[0].card
    given = give(shop, "a").codes[0].card
    for number in (bought, given + 1):
        with shop.refuses("unknown_gift_card"):
            void(shop, number)
