"""Every line of a quote says how many stamps its goods bring, when that is a fact about the line."""

import pytest

from tests.shop import Shop, T, item


@pytest.fixture
def cafe(shop: Shop) -> Shop:
    shop.enrol("A")
    shop.product("latte", 90 * T, "coffee")
    shop.product("tea", 40 * T, "coffee")
    shop.product("cake", 60 * T, "pastry")
    shop.publish("card", "stamp_card", needed=5, groups=["coffee"])
    return shop


def stamps(cafe: Shop, *goods: tuple[str, int], **more: object) -> list[int]:
    view = cafe.quote(None, *(item(sku, count) for sku, count in goods), **more)  # type: ignore[arg-type]
    return [line.stamps for line in view.lines]


def test_lines_of_a_cards_goods_bring_a_stamp_for_every_unit(cafe: Shop) -> None:
    assert stamps(cafe, ("latte", 1), ("cake", 1), ("tea", 2)) == [1, 0, 2]


def test_two_cards_over_the_same_goods_add_up(cafe: Shop) -> None:
    cafe.publish("more", "stamp_card", needed=9, groups=["pastry", "coffee"])
    assert stamps(cafe, ("latte", 1), ("cake", 3)) == [2, 3]


def test_what_is_free_brings_none(cafe: Shop) -> None:
    cafe.sell(None, item("latte", 5))
    assert stamps(cafe, ("latte", 2), ("tea", 1)) == [2, 0]


def test_a_capped_card_and_a_card_per_visit_say_nothing_about_lines(cafe: Shop) -> None:
    cafe.retire("card")
    cafe.publish("capped", "stamp_card", needed=5, max_per_sale=1)
    cafe.publish("visits", "stamp_card", needed=5, count="sales")
    assert stamps(cafe, ("latte", 2), ("tea", 1)) == [0, 0]


def test_without_a_member_or_goods_there_is_nothing_to_say(cafe: Shop) -> None:
    assert stamps(cafe, ("latte", 2), member=None) == [0]
    assert [line.stamps for line in cafe.quote(100 * T).lines] == [0]


def test_a_recorded_sale_keeps_them_to_the_card(cafe: Shop) -> None:
    sale = cafe.sell(None, item("latte", 2))
    assert [line.stamps for line in sale.lines] == [0] and sale.earned.stamps == {"card": 2}
