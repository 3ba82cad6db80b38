"""What the shop owes: every unit of it, by the month it ends."""

from loyalty_pos.app.commands import IssueGiftCard
from loyalty_pos.app.queries_reports import Promises
from loyalty_pos.app.report_views import PromisesView
from tests.shop import Shop, goods, item, raw


def promised(shop: Shop) -> PromisesView:
    view: PromisesView = shop.service.ask(Promises())
    return view


def test_a_shop_without_members_owes_nothing(shop: Shop) -> None:
    view = promised(shop)
    assert (view.total_minor, view.by_month, view.stamps, view.pledges) == (0, (), {}, ())


def test_credit_and_points_are_what_the_accounts_hold(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    for card, amount in (("A", 90_000), ("B", 40_000)):
        shop.enrol(card)
        shop.sell(amount, member=card)
    shop.clock.on(minutes=5)
    shop.sell(20_000, member="B", credit_minor=1_000)
    sql = "SELECT unit, sum(balance) FROM account WHERE unit IN ('points', 'credit') GROUP BY 1"
    held = dict(raw(shop.path).execute(sql))
    view = promised(shop)
    assert (view.credit_minor, view.points) == (held["credit"], held["points"])
    assert view.points_minor == view.points * 50
    assert view.total_minor == view.credit_minor + view.points_minor
    assert [(one.month, one.credit_minor) for one in view.by_month] == [(None, view.credit_minor)]


def test_what_ends_is_listed_by_its_month_and_soon_before_the_rest(shop: Shop) -> None:
    shop.publish("back", "spend_credit", {"expiry": {"months": 2}}, rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    shop.sell(10_000)
    shop.clock.at("2026-12-25T12:00")
    shop.sell(30_000)
    view = promised(shop)
    assert [(one.month, one.credit_minor) for one in view.by_month] == [
        ("1405-10", 1_000),
        ("1405-12", 3_000),
    ]
    assert (view.expiring_soon.days, view.expiring_soon.credit_minor) == (30, 1_000)


def test_a_lot_past_its_day_is_owed_no_more_and_teaches_what_is_never_used(shop: Shop) -> None:
    shop.publish("back", "spend_credit", {"expiry": {"months": 1}}, rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    shop.sell(40_000)
    shop.clock.on(minutes=5)
    shop.sell(10_000, credit_minor=1_000)
    shop.clock.at("2027-03-01T12:00")
    shop.sell(20_000)
    view = promised(shop)
    assert view.credit_minor == 2_000
    assert view.breakage.credit_bp == 7_959  # 3,900 of 4,900 that ended were never used
    assert view.breakage.minor == 2_000 * 7_959 // 10_000


def test_cards_owe_free_items_at_the_most_they_may_cost(shop: Shop) -> None:
    shop.publish("drinks", "stamp_card", count="units", needed=5, mode="after_n_paid")
    shop.product("latte", 1_280_000, "drinks")
    shop.product("tea", 600_000, "drinks")
    shop.enrol("A")
    shop.sell(None, item("tea", 7))
    (card,) = promised(shop).stamps.values()
    assert (card.name, card.have, card.owed, card.worth_minor) == ("drinks", 2, 1, 1_280_000)
    assert promised(shop).free_items == 1


def test_a_capped_free_item_costs_its_cap_and_an_unpriced_one_nothing_known(shop: Shop) -> None:
    capped = {"value_cap_minor": 500_000}
    shop.publish("cap", "stamp_card", count="units", needed=2, mode="after_n_paid", reward=capped)
    shop.publish("open", "stamp_card", count="units", needed=2, mode="after_n_paid")
    shop.enrol("A")
    shop.sell(None, goods("x", 1_000, 4))
    view = promised(shop)
    assert (view.stamps["cap"].worth_minor, view.stamps["open"].worth_minor) == (1_000_000, None)
    assert view.total_minor == 1_000_000


def test_gift_cards_and_vouchers_are_owed_until_they_are_used(shop: Shop) -> None:
    shop.publish("next", "next_visit_voucher", rate_bp=1_000, expires={"days": 30})
    shop.service.do(IssueGiftCard(posting_id="g", face_minor=500_000))
    shop.enrol("A")
    shop.sell(200_000)
    view = promised(shop)
    assert (view.gift_cards.count, view.gift_cards.minor) == (1, 500_000)
    assert (view.vouchers.count, view.vouchers.minor) == (1, 20_000)
    assert sum(one.vouchers_minor + one.gift_cards_minor for one in view.by_month) == 520_000


def test_what_members_owe_stands_apart(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.publish("drinks", "stamp_card", count="units", needed=5, mode="after_n_paid", coefficients=[])
    shop.enrol("A")
    sale = shop.sell(None, goods("x", 20_000, 5))
    shop.clock.on(minutes=5)
    shop.sell(None, goods("y", 90_000, 2), credit_minor=10_000, points=100)
    shop.void(sale)
    owed = promised(shop).owed_by_members
    entries = dict(
        raw(shop.path).execute("SELECT unit, sum(balance) FROM account WHERE unit LIKE 'owed%' GROUP BY 1")
    )
    assert (owed.credit_minor, owed.points) == (entries["owed_credit"], entries["owed_points"])
    assert owed.points_minor == owed.points * 50
    assert owed.stamps["drinks"] > 0


def test_what_is_left_towards_points_is_not_promised(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.enrol("A")
    shop.sell(90_500)
    assert (promised(shop).points, promised(shop).stamps) == (90, {})


def test_budgets_say_what_is_left(shop: Shop) -> None:
    shop.publish("happy", "percent_off", {"limits": {"budget_minor": 50_000}}, rate_bp=1_000, lane="member")
    shop.enrol("A")
    shop.sell(200_000)
    (budget,) = promised(shop).budgets
    assert (budget.budget_minor, budget.spent_minor, budget.left_minor) == (50_000, 20_000, 30_000)
