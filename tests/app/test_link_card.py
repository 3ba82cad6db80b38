"""A member may carry several cards, each of them nobody else's."""

from loyalty_pos.app.commands import LinkCard
from loyalty_pos.app.queries import Identify
from tests.app.shop_fixtures import shop
from tests.app.shop_in_hand import LEILA, SARA, ShopInHand

__all__ = ["shop"]


def test_a_linked_card_finds_its_member(shop: ShopInHand) -> None:
    view = shop.do(LinkCard(member="09123456789", card="٤٤٩٩ 8877"))
    assert view.cards == (SARA, "44998877")
    assert shop.ask(Identify(text="44998877")).member == view


def test_linking_again_answers_the_same_and_posts_nothing(shop: ShopInHand) -> None:
    first = shop.do(LinkCard(member=SARA, card="44998877"))
    before = shop.figures()
    assert shop.do(LinkCard(member=SARA, card="44998877")) == first
    assert shop.do(LinkCard(member=SARA, card=SARA)) == first
    assert shop.figures() == before


def test_somebody_elses_card_and_no_card_are_refused(shop: ShopInHand) -> None:
    assert shop.refused(LinkCard(member=SARA, card=LEILA)).code == "card_taken"
    assert shop.refused(LinkCard(member=SARA, card="  ")).code == "invalid_request"
    assert shop.refused(LinkCard(member="nobody", card="1")).code == "unknown_member"
