"""The golden cases of the rules, through the shop's one door, on a real file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import IssueCodes, IssueGiftCard, SellGiftCards
from loyalty_pos.app.sentences import say_rejection
from tests.languages import language
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def test_golden_1_and_p2_credit_is_for_the_next_purchase(shop: Shop) -> None:
    shop.publish("credit", "spend_credit", rate_bp=1000)
    with shop.refuses("not_enough_credit", asked_minor=20_000 * T, have_minor=0):
        shop.sell(200_000 * T, credit_minor=20_000 * T)
    first = shop.sell(200_000 * T)
    assert (first.due_minor, first.earned.credit_minor) == (200_000 * T, 20_000 * T)
    shop.proved()
    second = shop.sell(150_000 * T, credit_minor=20_000 * T)
    assert (second.due_minor, second.earned.credit_minor) == (130_000 * T, 13_000 * T)
    assert second.paid_by.credit_minor == 20_000 * T
    assert shop.member().credit_minor == 13_000 * T


def test_golden_3_after_five_paid_seven_units_give_one_reward_and_two_carried(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5)
    sale = shop.sell(None, goods("tea", 100 * T, 7))
    assert sale.due_minor == 700 * T
    assert [(r.programme, r.count) for r in sale.earned.rewards] == [("card", 1)]
    assert (shop.rewards(), shop.member().progress["card"].have) == (1, 2)


def test_golden_3_and_p11_every_fifth_free_seven_units_pay_six_and_carry_two(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5, mode="every_nth")
    sale = shop.sell(None, goods("tea", 100 * T, 7))
    assert sale.due_minor == 600 * T
    assert sale.earned.rewards == ()
    assert (shop.rewards(), shop.member().progress["card"].have) == (0, 2)


def test_p11_after_five_paid_the_free_one_never_stamps_and_comes_on_a_later_purchase(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, goods("tea", 100 * T, 5))
    sale = shop.sell(None, goods("tea", 100 * T, 2))
    assert sale.due_minor == 100 * T
    assert (shop.rewards(), shop.member().progress["card"].have) == (0, 1)


def test_golden_4_and_p1_one_point_per_ten_of_105_carries_five(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(105 * T)
    assert (sale.earned.points, sale.balances.progress["points"].have) == (10, 5 * T)
    sale = shop.sell(5 * T)
    assert (sale.earned.points, sale.balances.progress["points"].have) == (1, 0)
    assert shop.member().points == 11


def test_golden_5_and_p1_thirty_and_twenty_at_one_per_fifty_make_a_point_until_taken_back(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T)
    assert shop.sell(30 * T).earned.points == 0
    second = shop.sell(20 * T)
    assert (second.earned.points, shop.member().progress["points"].have) == (1, 0)
    shop.proved()
    shop.void(second)
    assert (shop.member().points, shop.member().progress["points"].have) == (0, 30 * T)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_golden_6_in_whole_sales_what_is_taken_back_in_any_order_leaves_the_same(
    shop: Shop, order: tuple[int, int, int]
) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    shop.sell(200 * T)
    sales = [shop.sell(amount * T) for amount in (1, 5, 24)]
    assert shop.member().points == 23
    for number in order:
        shop.void(sales[number])
        shop.proved()
    assert (shop.member().points, shop.member().progress["points"].have) == (20, 0)


def test_golden_7_a_lot_past_its_day_takes_only_what_was_left_of_it(shop: Shop) -> None:
    shop.publish(
        "points", "points", {"expiry": {"days": 3}}, step_minor=T, point_value_minor=T, redeem_step=10
    )
    shop.sell(100 * T, member="A")
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(50 * T)
    shop.clock.on(days=3)
    shop.sell(80 * T, points=80)
    assert shop.member().points == 70
    shop.clock.on(days=1)
    assert shop.member().points == 50


def test_golden_10_the_same_sale_id_is_one_sale_and_another_amount_is_refused(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    first = shop.sell(105 * T, sale_id="till-1")
    assert shop.sell(105 * T, sale_id="till-1") == first
    with shop.refuses("key_taken", sale_id="till-1"):
        shop.sell(106 * T, sale_id="till-1")
    assert (shop.member().points, shop.member().visits) == (10, 1)


def test_golden_11_its_second_lane_thirty_percent_of_100_leaves_70_and_lines_sum_to_30(shop: Shop) -> None:
    shop.publish("members", "percent_off", rate_bp=3000)
    sale = shop.sell(None, goods("a", 33 * T), goods("b", 33 * T), goods("c", 34 * T))
    assert sale.due_minor == 70 * T
    assert sum(line.discount_minor for line in sale.lines) == 30 * T


def issued(shop: Shop, programme: str, **more: Any) -> str:
    command = IssueCodes(
        posting_id=f"{programme}-{len(more)}-{shop.audit().figures['codes']}", programme=programme
    )
    view: CodesView = shop.service.do(replace(command, **more))
    return view.codes[0].code


def test_golden_11_tier_thirty_then_code_ten_then_voucher_five_leave_58_of_100(shop: Shop) -> None:
    levels = [{"key": "gold", "from": 0, "discount_bp": 3000}]
    shop.publish("club", "tiers", levels=levels)
    shop.publish("spring", "percent_off", rate_bp=1000, lane="code")
    shop.publish("gift", "amount_off", amount_minor=5 * T, by_code=True)
    codes = (issued(shop, "gift", member="A"), issued(shop, "spring"))
    lines = (goods("a", 33 * T), goods("b", 33 * T), goods("c", 34 * T))
    assert shop.quote(None, *lines, codes=codes).due_minor == 58 * T
    sale = shop.sell(None, *lines, codes=codes)
    assert sale.due_minor == 58 * T
    assert sum(line.discount_minor for line in sale.lines) == 42 * T
    assert [(t.programme, t.benefit_minor) for t in sale.trace if t.applied and t.benefit_minor] == [
        ("club", 30 * T),
        ("spring", 7 * T),
        ("gift", 5 * T),
    ]


def test_golden_15_two_vouchers_of_50_000_on_200_000_leave_100_000(shop: Shop) -> None:
    shop.publish("gift", "amount_off", amount_minor=50_000 * T, by_code=True)
    codes = (issued(shop, "gift", member="A"), issued(shop, "gift", member="A"))
    assert shop.sell(200_000 * T, codes=codes).due_minor == 100_000 * T
    with shop.refuses("code_used"):
        shop.sell(200_000 * T, codes=codes[:1])


def test_p16_a_once_per_member_code_is_refused_the_second_time_with_the_reason(shop: Shop) -> None:
    shop.enrol("B")
    shop.publish("spring", "percent_off", rate_bp=1000, lane="code")
    issued(shop, "spring", text="NOWRUZ", per_member=1)
    assert shop.sell(100 * T, codes=("nowruz",)).due_minor == 90 * T
    with shop.refuses("once_per_member", programme="spring", day="2026-11-21") as caught:
        shop.sell(100 * T, codes=("NOWRUZ",))
    said = say_rejection(caught.value, language("en"))
    assert said == "This member has used the code of spring already, on 30 Aban 1405."
    assert shop.sell(100 * T, codes=("nowruz",), member="B").due_minor == 90 * T


def test_golden_13_taken_back_after_the_points_were_spent_leaves_a_debt_the_next_earning_repays(
    shop: Shop,
) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    first = shop.sell(200 * T)
    shop.sell(15 * T, points=15)
    assert shop.member().points == 5
    taken = shop.void(first)
    assert {(m.account, m.amount) for m in taken.moved if m.unit != "progress"} == {
        ("points", -5),
        ("owed_points", 15),
    }
    assert (shop.member().points, shop.member().owed.points) == (0, 15)
    shop.proved()
    with shop.refuses("owes", unit="points", owed=15):
        shop.sell(100 * T, points=1)
    shop.sell(300 * T)
    assert (shop.member().points, shop.member().owed.points) == (15, 0)


def test_golden_18_ten_percent_at_most_30_000_on_500_000_leaves_470_000(shop: Shop) -> None:
    shop.publish("members", "percent_off", rate_bp=1000, max_discount_minor=30_000 * T)
    assert shop.quote(500_000 * T).due_minor == 470_000 * T
    split = [goods("a", 100_000 * T), goods("b", 250_000 * T), goods("c", 150_000 * T)]
    assert shop.sell(None, *split).due_minor == 470_000 * T


def test_golden_17_void_the_earning_then_the_spending_leaves_nothing_owed_and_nothing_held(
    shop: Shop,
) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    earning = shop.sell(200 * T)
    spending = shop.sell(15 * T, points=15)
    shop.void(earning)
    assert shop.member().owed.points == 15
    shop.void(spending)
    assert (shop.member().points, shop.member().owed.points) == (0, 0)


def test_the_cards_of_two_sizes_of_group_count_their_own_goods(shop: Shop) -> None:
    shop.product("latte", 90 * T, "coffee")
    shop.product("cake", 60 * T, "pastry")
    shop.publish("coffee", "stamp_card", needed=2, groups=["coffee"])
    shop.publish("pastry", "stamp_card", needed=2, groups=["pastry"])
    shop.sell(None, item("latte", 3), item("cake", 1))
    progress = shop.member().progress
    assert (progress["coffee"].have, progress["pastry"].have) == (1, 1)
    assert (shop.rewards(programme="coffee"), shop.rewards(programme="pastry")) == (1, 0)


SILVER_AT_1000 = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 1_000}]


@pytest.mark.parametrize(("spent", "level"), [(999, "bronze"), (1_000, "silver"), (1_001, "silver")])
def test_golden_8_silver_begins_at_1000_inclusive(shop: Shop, spent: int, level: str) -> None:
    shop.publish("club", "tiers", levels=SILVER_AT_1000)
    assert shop.member().tier == "bronze"
    sale = shop.sell(spent)
    assert (sale.tier.before, sale.tier.after, shop.member().tier) == ("bronze", level, level)


def test_golden_8_using_points_changes_no_level(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=SILVER_AT_1000)
    shop.publish("points", "points", step_minor=10, point_value_minor=1)
    shop.sell(900)
    sale = shop.sell(100, points=90)
    assert (sale.due_minor, sale.tier.after) == (10, "silver")


def test_golden_8_what_is_taken_back_at_1000_makes_bronze_at_once(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=SILVER_AT_1000)
    shop.sell(999)
    last = shop.sell(1)
    assert shop.member().tier == "silver"
    back = shop.void(last)
    assert (back.tier.before, back.tier.after, shop.member().tier) == ("silver", "bronze", "bronze")


@pytest.mark.parametrize("way", ["the level says so", "the programme says so"])
def test_golden_14_gold_by_one_and_a_half_and_thursday_by_two(shop: Shop, way: str) -> None:
    said_by_level = way == "the level says so"
    gold = {"key": "gold", "from": 100 * T, "coefficient_milli": 1_500 if said_by_level else 1_000}
    shop.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, gold])
    shop.sell(100 * T)
    thursday = {"milli": 2_000, "when": {"schedule": {"weekdays": ["thu"]}}}
    for_gold = {"milli": 1_500, "when": {"audience": {"tiers": ["gold"]}}}
    weights = [thursday] if said_by_level else [for_gold, thursday]
    shop.publish("points", "points", step_minor=1_000 * T, coefficients=weights)
    shop.clock.at("2026-11-26T12:00")  # a Thursday
    sale = shop.sell(323_950 * T)
    assert (sale.earned.points, sale.balances.progress["points"].have) == (971, 850 * T)
    shop.clock.on(days=1)
    assert shop.quote(100_000 * T).earned.points == 150


def test_p3_the_rate_differs_by_level_hour_and_goods_and_losers_are_explained(shop: Shop) -> None:
    gold = [{"key": "bronze", "from": 0}, {"key": "gold", "from": 100_000 * T}]
    shop.publish("club", "tiers", levels=gold)
    group = {"stacking": {"group": "back"}}
    shop.publish("gold", "spend_credit", {**group, "audience": {"tiers": ["gold"]}}, rate_bp=1_500)
    shop.publish("else", "spend_credit", group, rate_bp=1_000)
    evening = {"weekdays": ["thu"], "hours": ["18:00-23:00"]}
    shop.publish("evening", "spend_credit", {**group, "schedule": evening}, rate_bp=2_000)
    shop.publish("pastry", "spend_credit", {**group, "basket": {"groups_in": ["pastry"]}}, rate_bp=500)
    shop.product("cake", 100_000 * T, "pastry")
    shop.product("tea", 100_000 * T)
    both = (item("cake"), item("tea"))
    assert shop.sell(None, *both).earned.credit_minor == 15_000 * T  # not gold yet: 5 % and 10 %
    assert shop.quote(None, *both).earned.credit_minor == 20_000 * T  # gold: 5 % and 15 %
    shop.clock.at("2026-11-26T19:00")
    thursday = shop.sell(None, *both)
    assert thursday.earned.credit_minor == 25_000 * T  # 5 % and 20 %
    told = {line.programme: line.code for line in thursday.trace if not line.applied}
    assert told == {"gold": "better_rate", "else": "better_rate"}


@pytest.mark.parametrize(("units", "due"), [(5, 500), (6, 540)])
def test_p10_six_or_more_of_one_thing_are_ten_percent_cheaper_at_once(
    shop: Shop, units: int, due: int
) -> None:
    shop.product("cup", 100 * T)
    when = {"basket": {"min_quantity": 6, "count_skus": ["cup"]}}
    shop.publish("volume", "percent_off", when, rate_bp=1_000, skus=["cup"])
    assert shop.sell(None, item("cup", units)).due_minor == due * T


@pytest.mark.parametrize(("amount", "due"), [(999_999, 999_999), (1_000_000, 950_000)])
def test_p14_from_a_million_anybody_gets_five_percent_now(shop: Shop, amount: int, due: int) -> None:
    when = {"audience": {"non_members": True}, "basket": {"min_minor": 1_000_000 * T}}
    shop.publish("instant", "percent_off", when, rate_bp=500)
    assert shop.sell(amount * T, member=None).due_minor == due * T
    assert shop.sell(amount * T).due_minor == due * T


def test_p18_two_hundred_points_buy_thirty_percent_off_cakes(shop: Shop) -> None:
    shop.product("cake", 60_000 * T, "cakes")
    shop.product("tea", 40_000 * T, "drinks")
    shop.publish("club", "points", step_minor=1_000 * T)
    shop.publish("treat", "percent_off", rate_bp=3000, groups=["cakes"], price_points=200)
    first = shop.sell(250_000 * T)
    assert (first.earned.points, first.due_minor) == (250, 250_000 * T)
    bill = (item("cake"), item("tea"))
    asked = shop.quote(None, *bill)
    assert (asked.due_minor, asked.points_given) == (100_000 * T, 0)
    offer = next(line for line in asked.trace if line.programme == "treat")
    assert (offer.code, offer.declinable, offer.applied) == ("costs_points", True, False)
    assert offer.short.en == "uses 200 points, 18,000 T off"
    sale = shop.sell(None, *bill, accept=("treat",))
    assert (sale.due_minor, sale.points_given, sale.earned.points) == (82_000 * T, 200, 82)
    assert shop.member().points == 250 - 200 + 82
    told = next(line for line in sale.trace if line.programme == "treat")
    assert told.short.en == "30% of 60,000 T, uses 200 points"
    back = shop.void(sale)
    assert (back.to_points, shop.member().points) == (200, 250)
    assert [(lot.left, lot.sale_id) for lot in shop.member().lots] == [(250, first.sale_id)]


def test_golden_16_one_and_a_half_times_is_the_same_in_twenty_sales_as_in_one(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10, coefficients=[{"milli": 1_500}])
    shop.enrol("B")
    for _ in range(20):
        shop.sell(1)
    shop.sell(20, member="B")
    assert (shop.member().points, shop.member("B").points) == (3, 3)


def test_golden_19_a_gift_card_earns_when_it_is_spent_and_not_when_it_is_bought(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    bought = shop.sell(None, sells=(SellGiftCards(face_minor=10_000 * T),))
    assert (bought.due_minor, bought.earned.points) == (10_000 * T, 0)
    issued = shop.service.do(IssueGiftCard(posting_id="card", face_minor=10_000 * T, sale_id=bought.sale_id))
    spent = shop.sell(10_000 * T, gift_cards=(issued.codes[0].code,))
    assert (spent.due_minor, spent.earned.points, shop.member().points) == (0, 1_000, 1_000)


def test_two_for_one_and_the_second_at_half_price_take_the_cheapest(shop: Shop) -> None:
    shop.publish("pair", "set_offer", buy=1, groups=["coffee"])
    shop.publish("half", "set_offer", buy=1, rate_bp=5_000, groups=["cake"])
    lines = [("latte", 100, "coffee"), ("mocha", 80, "coffee"), ("carrot", 60, "cake"), ("date", 40, "cake")]
    for sku, price, group in lines:
        shop.product(sku, price * T, group)
    sale = shop.sell(None, *(item(sku) for sku, *_ in lines))
    assert [line.discount_minor for line in sale.lines] == [0, 80 * T, 0, 20 * T]
    shop.void(sale)
