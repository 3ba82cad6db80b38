"""Pains of other systems: arithmetic nobody can follow. Each is a test here, named after it (product 4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def test_pain_the_line_of_a_reward_is_not_counted_as_a_unit(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, goods("tea", 100 * T, 5))
    assert shop.sell(None, goods("tea", 100 * T)).due_minor == 0
    assert (shop.rewards(), shop.member().progress["card"].have) == (0, 0)


def test_pain_points_on_the_discounted_part_are_decided_once_and_not_from_sale_to_sale(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T)
    shop.publish("tenth", "percent_off", rate_bp=1_000, lane="member")
    earned = {shop.sell(100 * T).earned.points for _ in range(5)}
    assert earned == {90}  # on what is paid, every time


@pytest.mark.parametrize(("earn_on_tax", "points"), [(True, 110), (False, 100)])
def test_pain_points_on_tax_are_the_owners_decision_and_exact(
    shop: Shop, points: int, *, earn_on_tax: bool
) -> None:
    shop.service.do(c.EditShop(tax_bp=1_000, earn_on_tax=earn_on_tax))
    shop.publish("points", "points", step_minor=T)
    assert shop.sell(110 * T).earned.points == points


def test_pain_paying_with_points_earns_no_points(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    assert shop.sell(100 * T, points=60).earned.points == 40


def test_pain_a_gift_card_earns_once_when_it_is_spent(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T)
    sale = shop.sell(None, sells=(c.SellGiftCards(face_minor=100 * T),))
    issued = shop.service.do(
        c.IssueGiftCard(posting_id="card", face_minor=100 * T, sale_id=sale.sale_id or "")
    )
    assert sale.earned.points == 0
    assert shop.sell(100 * T, gift_cards=(issued.codes[0].code,)).earned.points == 100


def test_pain_no_dust_is_left_where_thirds_and_tenths_add_up(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=3, coefficients=[{"milli": 1_100}])
    shop.publish("third", "percent_off", rate_bp=3_333, lane="member")
    for _ in range(30):
        shop.sell(None, goods("a", 1, 3), goods("b", 7))
    sold = shop.sell(None, goods("a", 1, 3), goods("b", 7))
    assert sum(line.net_minor for line in sold.lines) + sold.discount_minor == sold.gross_minor
    for number in range(1, 32):
        shop.void(f"s{number}")
    member = shop.member()
    assert (member.points, member.owed.points, member.progress["points"].have) == (0, 0, 0)


def test_pain_toman_and_rial_are_never_ten_times_each_other(tmp_path: Path) -> None:
    for unit in ("toman", "rial"):
        folder = tmp_path / unit
        folder.mkdir()
        shop = Shop(folder / "shop.db", display_unit=unit)
        shop.enrol()
        shop.publish("points", "points", step_minor=1_000)
        sale = shop.sell(123_450)
        assert (sale.due_minor, sale.earned.points, shop.member().spend_minor) == (123_450, 123, 123_450)
        said = shop.service._desk.languages["en"].money(123_450)
        assert said == ("12,345 T" if unit == "toman" else "123,450 Rial")
        shop.proved()
        shop.close()


def test_pain_thirty_and_twenty_make_a_point(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T)
    assert [shop.sell(amount * T).earned.points for amount in (30, 20)] == [0, 1]


def test_pain_a_part_of_a_balance_can_be_redeemed(shop: Shop) -> None:
    shop.publish("credit", "spend_credit", rate_bp=10_000)
    shop.sell(100 * T)
    shop.retire("credit")
    assert shop.sell(50 * T, credit_minor=7 * T).due_minor == 43 * T
    assert shop.member().credit_minor == 93 * T


def test_pain_what_a_sale_earns_is_said_to_be_for_the_next_one(shop: Shop) -> None:
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    with shop.refuses("not_enough_credit", have_minor=0):
        shop.sell(200 * T, credit_minor=20 * T)
    sale = shop.sell(200 * T)
    assert (sale.due_minor, sale.earned.credit_minor) == (200 * T, 20 * T)
    assert shop.sell(150 * T, credit_minor=20 * T).due_minor == 130 * T


def test_pain_goods_sold_under_their_cost_earn_nothing_where_the_margin_has_a_floor(shop: Shop) -> None:
    shop.enrol("C", member_kind="company")
    shop.product("under", 100 * T, cost_minor=120 * T)
    shop.product("over", 100 * T, cost_minor=10 * T)
    shop.publish("firm", "company_credit", rates=[{"from_minor": 0, "rate_bp": 1_000}], margin_floor_bp=500)
    sold = [shop.sell(None, item(sku), member="C").earned.credit_minor for sku in ("under", "over")]
    assert sold == [0, 10 * T]
