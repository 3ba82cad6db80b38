"""The golden cases of taking back, and the pains of other systems' users, through the shop's one door."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import HoldSale, IssueCodes, Use
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def progress(shop: Shop, programme: str = "points") -> int:
    return shop.member().progress[programme].have


def issued(shop: Shop, programme: str, **more: object) -> str:
    command = IssueCodes(posting_id=f"issue {programme}", programme=programme, **more)  # type: ignore[arg-type]
    view: CodesView = shop.service.do(command)
    return view.codes[0].code


def test_golden_5_the_refund_of_the_twenty_leaves_no_point_and_thirty_carried(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=50 * T)
    shop.sell(30 * T)
    second = shop.sell(20 * T)
    assert shop.member().points == 1
    shop.refund(second, 20 * T)
    assert (shop.member().points, progress(shop)) == (0, 30 * T)


@pytest.mark.parametrize("order", [*permutations((1, 5, 24)), (30,)])
def test_golden_6_refunds_of_1_5_and_24_leave_20_points_in_every_order(
    shop: Shop, order: tuple[int, ...]
) -> None:
    shop.publish("points", "points", step_minor=10)
    sale = shop.sell(230)
    assert shop.member().points == 23
    for amount in order:
        shop.refund(sale, amount)
        shop.proved()
    member = shop.member()
    assert (member.points, progress(shop), member.spend_minor, member.owed.points) == (20, 0, 200, 0)


def test_golden_7_what_is_spent_comes_from_the_lot_that_expires_soonest_and_goes_back_there(
    shop: Shop,
) -> None:
    shop.publish("points", "points", {"expiry": {"days": 3}}, step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(50 * T)
    spent = shop.sell(80 * T, points=80)
    shop.refund(spent, 20 * T)
    assert shop.member().points == 90
    shop.clock.on(days=4)
    assert shop.member().points == 50
    # The lot of 100 has ended: what was spent of it is not revived.
    assert shop.refund(spent, 40 * T).to_points == 0
    assert shop.member().points == 50


def test_golden_8_a_refund_of_1_at_1000_makes_bronze_at_once(shop: Shop) -> None:
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 1_000}]
    shop.publish("club", "tiers", levels=levels)
    sale = shop.sell(1_000)
    back = shop.refund(sale, 1)
    assert (back.tier.before, back.tier.after, shop.member().tier) == ("silver", "bronze", "bronze")
    assert shop.refund(sale, 1).tier.after == "bronze"


def test_golden_13_a_refund_after_the_points_were_spent_leaves_15_owed_until_the_next_earning(
    shop: Shop,
) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    first = shop.sell(200 * T)
    shop.sell(15 * T, points=15)
    taken = shop.refund(first, 200 * T)
    assert {(one.account, one.amount) for one in taken.moved} == {("points", -5), ("owed_points", 15)}
    assert (shop.member().points, shop.member().owed.points) == (0, 15)
    shop.sell(300 * T)
    assert (shop.member().points, shop.member().owed.points) == (15, 0)


def test_golden_17_refunding_the_earning_and_then_the_spending_leaves_nothing_owed(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    earning = shop.sell(200 * T)
    spending = shop.sell(15 * T, points=15)
    shop.refund(earning, 200 * T)
    assert shop.member().owed.points == 15
    back = shop.refund(spending, 15 * T)
    assert (back.refund_minor, back.to_points) == (0, 15)
    assert (shop.member().points, shop.member().owed.points) == (0, 0)


# The pains under "Refunds".


def test_pain_earned_points_are_not_kept_after_a_refund(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(100 * T)
    shop.refund(sale, 100 * T)
    assert (shop.member().points, shop.member().visits, shop.stored(sale).voided) == (0, 0, True)


def test_pain_a_refund_of_a_sale_paid_with_points_gives_the_points_back_and_charges_none(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    paid = shop.sell(100 * T, points=100)
    assert (paid.due_minor, paid.earned.points, shop.member().points) == (0, 0, 0)
    half = shop.refund(paid, 50 * T)
    assert (half.refund_minor, half.to_points, shop.member().points) == (0, 50, 50)
    assert (shop.void(paid).to_points, shop.member().points) == (50, 100)


def test_pain_used_credit_is_given_back_in_proportion_into_its_own_lots(shop: Shop) -> None:
    shop.publish("credit", "spend_credit", {"expiry": {"days": 30}}, rate_bp=1_000)
    shop.sell(300 * T)
    shop.clock.on(days=1)
    shop.sell(500 * T)
    before = shop.member()
    paid = shop.sell(160 * T, credit_minor=80 * T)
    earned = paid.earned.credit_minor
    back = shop.refund(paid, 80 * T)
    # Half of the value: half of the money, and half of what each lot had given.
    assert (back.refund_minor, back.to_credit_minor) == (40 * T, 40 * T)
    assert sorted(one.left for one in shop.member().lots) == [earned // 2, 15 * T, 25 * T]
    shop.refund(paid, 80 * T)
    assert shop.member().lots == before.lots


def test_pain_a_partial_refund_is_neither_all_or_nothing_nor_recomputed_with_the_rule_of_today(
    shop: Shop,
) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(None, goods("tea", 30 * T, 3), goods("cake", 60 * T))
    assert shop.member().points == 15
    shop.publish("points", "points", step_minor=T)
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, back.left_minor, shop.member().points) == (30 * T, 120 * T, 12)
    shop.retire("points")
    shop.refund(sale, None, (2, 1))
    assert shop.member().points == 6


def test_pain_a_sale_whose_points_were_spent_can_be_cancelled(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    sale = shop.sell(100 * T)
    shop.sell(10 * T, points=10)
    assert shop.refund(sale, 50 * T).refund_minor == 50 * T
    assert shop.void(sale).refund_minor == 50 * T
    assert (shop.member().points, shop.member().owed.points) == (0, 10)


def test_pain_voided_items_do_not_earn(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    shop.publish("card", "stamp_card", needed=5)
    sale = shop.sell(None, goods("tea", 30 * T, 3), goods("cake", 60 * T))
    shop.refund(sale, None, (1, 2))
    assert (shop.member().points, progress(shop, "card")) == (9, 2)


def test_pain_a_suspended_sale_eats_no_points(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    held = HoldSale(posting_id="hold", member="A", amount_minor=50 * T, use=Use(points=50))
    shop.service.do(held)
    assert (shop.member().points, shop.member().points_reserved) == (100, 50)


def test_pain_a_deleted_sale_leaves_no_points(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(None, goods("tea", 33 * T, 3))
    shop.refund(sale, None, (1, 1))
    shop.void(sale)
    assert (shop.member().points, progress(shop), shop.member().spend_minor) == (0, 0, 0)


def test_pain_the_discount_of_the_whole_bill_is_not_spread_again_after_a_partial_refund(shop: Shop) -> None:
    shop.publish("gift", "amount_off", amount_minor=30 * T, by_code=True)
    code = issued(shop, "gift", member="A")
    sale = shop.sell(None, goods("tea", 100 * T), goods("cake", 200 * T), codes=(code,))
    assert [line.net_minor for line in sale.lines] == [90 * T, 180 * T]
    assert shop.refund(sale, None, (1, 1)).refund_minor == 90 * T
    assert shop.refund(sale, None, (2, 1)).refund_minor == 180 * T


def test_pain_a_usage_limit_is_given_back_on_cancel(shop: Shop) -> None:
    when = {"limits": {"per_member": 1, "budget_minor": 40 * T}}
    shop.publish("once", "percent_off", when, rate_bp=1_000)
    sale = shop.sell(None, goods("tea", 100 * T), goods("cake", 200 * T))
    assert (sale.due_minor, shop.quote(100 * T).due_minor) == (270 * T, 100 * T)
    shop.refund(sale, None, (2, 1))
    assert shop.quote(100 * T).due_minor == 100 * T, "a part of it is still used"
    shop.refund(sale, None, (1, 1))
    assert shop.quote(100 * T).due_minor == 90 * T


def test_a_money_budget_gets_back_what_a_partial_refund_took_back(shop: Shop) -> None:
    shop.publish("tenth", "percent_off", {"limits": {"budget_minor": 30 * T}}, rate_bp=1_000)
    sale = shop.sell(None, goods("tea", 100 * T), goods("cake", 200 * T))
    assert shop.quote(100 * T).due_minor == 100 * T
    shop.refund(sale, None, (1, 1))
    assert shop.quote(100 * T).due_minor == 90 * T


def test_a_code_comes_back_only_when_the_line_it_was_for_comes_back(shop: Shop) -> None:
    shop.product("tea", 100 * T, "hot")
    shop.product("cake", 200 * T, "cold")
    shop.publish("spring", "percent_off", rate_bp=1_000, lane="code", groups=["cold"])
    code = issued(shop, "spring")
    sale = shop.sell(None, item("tea"), item("cake"), codes=(code,))
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, back.codes_back) == (100 * T, ())
    with shop.refuses("code_used"):
        shop.quote(None, item("cake"), codes=(code,))
    assert shop.refund(sale, None, (2, 1)).codes_back == ("spring",)
    assert shop.sell(None, item("cake"), codes=(code,)).due_minor == 180 * T


def test_a_code_comes_back_with_its_line_while_the_rest_of_the_bill_is_kept(shop: Shop) -> None:
    shop.product("tea", 100 * T, "hot")
    shop.product("cake", 200 * T, "cold")
    shop.publish("spring", "percent_off", rate_bp=1_000, lane="code", groups=["cold"])
    code = issued(shop, "spring")
    sale = shop.sell(None, item("tea"), item("cake"), codes=(code,))
    assert shop.refund(sale, None, (2, 1)).codes_back == ("spring",)
    assert shop.sell(None, item("cake"), codes=(code,)).due_minor == 180 * T
    assert shop.void(sale).codes_back == ()
