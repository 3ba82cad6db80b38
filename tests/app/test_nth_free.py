"""Cards whose Nth is free at once: every unit they count or free is counted, and goes back, exactly once."""

from tests.shop import Shop, T, goods, item


def test_units_one_by_one_cost_another_card_the_stamps_of_the_sale_and_no_more(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    shop.publish("nth", "stamp_card", needed=3, mode="every_nth")
    sale = shop.sell(None, goods("tea", 70 * T, 3))
    kept = [shop.member().progress["card"].have]
    for _ in range(3):
        shop.refund(sale, None, (1, 1))
        kept.append(shop.member().progress["card"].have)
    assert (kept, shop.member().owed.stamps) == ([2, 2, 1, 0], {})
    shop.proved()


def test_an_nth_free_card_of_full_prices_loses_the_stamps_of_units_a_percent_lowered_afterwards(
    shop: Shop,
) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", {"basket": {"no_discounted": True}}, needed=5, mode="every_nth")
    shop.publish("off", "percent_off", rate_bp=1_000)
    sale = shop.sell(None, goods("tea", 70 * T, 4))
    kept = [shop.member().progress["card"].have]
    for _ in range(3):
        shop.refund(sale, None, (1, 1))
        kept.append(shop.member().progress["card"].have)
    assert kept == [4, 3, 2, 1]
    shop.void(sale)
    shop.void(shop.sell(None, goods("tea", 70 * T, 4)))
    assert (shop.member().progress["card"].have, shop.rewards()) == (0, 0)
    shop.proved()


def test_a_free_nth_one_is_counted_whoever_else_is_in_its_group(shop: Shop) -> None:
    """Rules 17 and 19: a card that lost its lines to another one freed the third unit again and again."""
    group = {"stacking": {"group": "one card"}}
    shop.product("tea", 1_000 * T, "hot")
    shop.publish("nth", "stamp_card", needed=3, mode="every_nth")
    shop.enrol()
    shop.sell(None, item("tea", 2))
    shop.publish("nth", "stamp_card", group, needed=3, mode="every_nth")
    shop.publish("better", "stamp_card", group, needed=9, groups=["hot"])
    sales = [shop.sell(None, item("tea")) for _ in range(3)]
    assert [sale.due_minor for sale in sales] == [0, 1_000 * T, 1_000 * T]
    assert [shop.member().progress[key].have for key in ("nth", "better")] == [0, 2]
    for sale in reversed(sales):
        shop.void(sale)
    assert [shop.member().progress[key].have for key in ("nth", "better")] == [2, 0]
