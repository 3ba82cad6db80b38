"""The owner's first side: its figures are the tier report's, its tasks are of today."""

from typing import Any

import pytest

from loyalty_pos.app.commands import Backup, ClaimReward
from loyalty_pos.app.commands_games import HandOver, RecordParticipation
from loyalty_pos.app.dashboard_views import DashboardView, TaskView
from loyalty_pos.app.queries_reports import Dashboard, TierReport
from tests.app.test_tier_report import busy_months, club
from tests.shop import Shop, goods

MONTHS = ("1405-08", "1405-09", "1405-10", "1405-11", "1405-12")


def board(shop: Shop, month: str = "1405-08", **more: Any) -> DashboardView:
    view: DashboardView = shop.service.ask(Dashboard(month=month, **more))
    return view


def tasks(shop: Shop) -> dict[str, TaskView]:
    return {one.kind: one for one in board(shop).tasks}


@pytest.mark.parametrize("seed", [3, 11])
def test_every_figure_is_the_tier_reports_of_the_same_month(shop: Shop, seed: int) -> None:
    club(shop)
    shop.publish("back", "spend_credit", rate_bp=500, rounding_minor=1)
    busy_months(shop, seed)
    for month in MONTHS:
        view, report = board(shop, month), shop.service.ask(TierReport(month=month))
        assert view.report == report
        days, totals = view.days, report.totals
        assert (days[0].day, days[-1].day) == (report.first_day, report.last_day)
        assert sum(day.member_minor for day in days) == totals.sales_minor
        assert sum(day.member_minor + day.other_minor for day in days) == totals.all_sales_minor
        assert sum(day.purchases for day in days) == totals.all_purchases
        assert sum(hour.purchases for hour in view.hours) == totals.all_purchases
        assert sum(hour.sales_minor for hour in view.hours) == totals.all_sales_minor


def test_a_sale_counts_on_its_day_and_in_its_hour_of_the_clock_on_the_wall(shop: Shop) -> None:
    shop.enrol("A")
    shop.clock.at("2026-11-21T09:20")
    shop.sell(None, goods("x", 1_000))
    shop.clock.at("2026-11-21T11:59")
    shop.sell(None, goods("x", 500), member=None)
    view = board(shop)
    assert [(one.hour, one.purchases, one.sales_minor) for one in view.hours] == [
        (9, 1, 1_000),
        (10, 0, 0),
        (11, 1, 500),
    ]
    day = next(day for day in view.days if day.purchases)
    assert (day.day, day.member_minor, day.other_minor) == ("2026-11-21", 1_000, 500)


def test_a_month_without_sales_is_empty_not_wrong(shop: Shop) -> None:
    view = board(shop, "1404-01")
    assert (view.hours, view.redeemed, view.cohorts, view.report.totals.all_purchases) == ((), (), (), 0)
    assert view.satisfaction.average_milli is None and len(view.days) == 31


def test_what_was_used_is_a_part_of_what_was_given_and_takes_back_with_the_sale(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000))
    shop.sell(None, goods("x", 1_000), credit_minor=400)
    (credit,) = board(shop).redeemed
    assert (credit.unit, credit.given, credit.used) == ("credit", 1_060, 400)
    assert credit.used_bp == 400 * 10_000 // 1_060
    gone = shop.sell(None, goods("x", 5_000))
    shop.void(gone)
    assert board(shop).redeemed == (credit,)


def test_what_was_given_before_and_used_now_has_no_rate(shop: Shop) -> None:
    shop.publish("back", "spend_credit", rate_bp=1_000, rounding_minor=1)
    shop.enrol("A")
    shop.sell(None, goods("x", 10_000))
    shop.retire("back")
    shop.clock.on(days=40)
    shop.sell(None, goods("x", 1_000), credit_minor=400)
    (credit,) = board(shop, "1405-10").redeemed
    assert (credit.given, credit.used, credit.used_bp) == (0, 400, None)


def test_satisfaction_is_the_mean_of_the_months_answers_from_one_to_five(shop: Shop) -> None:
    shop.publish("how", "participation", what="feedback", question="How was it?", each="day", points=1)
    shop.publish("more", "participation", what="vote", question="How many?", choices=["1", "2"], points=1)
    for number, (card, answer) in enumerate((("A", "5"), ("B", "4"), ("C", "4"))):
        shop.enrol(card)
        given = RecordParticipation(posting_id=f"p{number}", member=card, programme="how", answer=answer)
        shop.service.do(given)
    shop.service.do(RecordParticipation(posting_id="v", member="A", programme="more", answer="1"))
    found = board(shop).satisfaction
    assert (found.answers, found.average_milli, tuple(found.by_answer)) == (3, 4_333, (0, 0, 0, 2, 1))
    assert board(shop, "1405-07").satisfaction.answers == 0


def test_who_joined_in_a_month_is_followed_through_the_months_after_it(shop: Shop) -> None:
    for card in "ABCD":
        shop.enrol(card)
    for card in "AB":
        shop.sell(None, goods("x", 1_000), member=card)
    shop.clock.on(days=32)
    shop.enrol("E")
    for card in "AE":
        shop.sell(None, goods("x", 1_000), member=card)
    older, newer = board(shop, "1405-10").cohorts
    assert (older.month, older.members, tuple(older.bought_bp)) == ("1405-08", 4, (5_000, 0, 2_500))
    assert (newer.month, newer.members, tuple(newer.bought_bp)) == ("1405-10", 1, (10_000,))


def test_a_shop_without_a_copy_is_told_first_and_one_with_a_fresh_copy_is_not(shop: Shop) -> None:
    first = board(shop).tasks[0]
    assert (first.kind, first.count) == ("no_backup", 0)
    shop.service.do(Backup(path=None))
    assert "no_backup" not in tasks(shop)
    shop.clock.on(days=3, hours=1)
    shop.enrol("A")
    assert tasks(shop)["no_backup"].count == 3


def test_a_folder_for_copies_that_is_not_there_holds_none(shop: Shop) -> None:
    for folder in (str(shop.path), "n" * 300):
        assert board(shop, backup_folder=folder).tasks[0].kind == "no_backup"


def test_a_prize_that_waits_is_on_the_list_until_it_is_handed_over(shop: Shop) -> None:
    shop.enrol("A")
    shop.publish("points", "points", step_minor=10)
    shop.publish("cake", "prize", what="Cake", price_points=10, ready_minutes=60)
    shop.sell(10_000)
    shop.service.do(ClaimReward(posting_id="c", member="A", programme="cake"))
    assert tasks(shop)["prizes"].count == 1
    shop.service.do(HandOver(posting_id="h", claim="c"))
    assert "prizes" not in tasks(shop)


def test_today_lists_budgets_points_ending_birthdays_and_who_is_at_risk(shop: Shop) -> None:
    club(shop, window_months=1)
    ends = {"expiry": {"days": 10}}
    shop.publish("back", "spend_credit", ends, rate_bp=1_000, rounding_minor=1)
    limits = {"limits": {"budget_minor": 1_000}}
    shop.publish("off", "amount_off", limits, amount_minor=950, per="bill")
    plenty = {"limits": {"budget_minor": 1_000_000}}
    shop.publish("wide", "amount_off", plenty, amount_minor=10, per="bill")
    shop.enrol("A", birthday="1990-11-21")
    shop.enrol("B", birthday="1991-05-02")
    shop.sell(None, goods("x", 100_000))
    found = tasks(shop)
    assert (found["budget"].name, found["budget"].minor) == ("off", 50)
    assert found["expiring"].minor == shop.member("A").credit_minor > 0
    assert found["birthdays"].count == 1
    shop.clock.on(days=35)
    here = board(shop, "1405-10")
    assert ("at_risk", 1) in {(one.kind, one.count) for one in here.tasks}
    assert here.report.at_risk_members == 1
    assert "at_risk" not in {one.kind for one in board(shop, "1405-08").tasks}
