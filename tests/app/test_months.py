"""Whatever happens in a shop, what its months and promises come to is what its records say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import commands_people as cp
from loyalty_pos.app.queries_reports import Promises, TierReport
from loyalty_pos.app.report_views import PromisesView, TierReportView
from tests.shop import Shop, goods, raw

LEVELS = [
    {"key": "bronze", "name": "Bronze", "from": 0},
    {"key": "silver", "name": "Silver", "from": 60_000, "discount_bp": 500},
    {"key": "gold", "name": "Gold", "from": 200_000, "discount_bp": 1_000},
]
COUNTERS = ("member_month", "month_cell", "promise_cell", "level_move")


def club(shop: Shop, **more: Any) -> None:
    given = {"metric": "spend", "window_months": 2, "levels": LEVELS, **more}
    shop.publish("club", "tiers", **given)


def report(shop: Shop, month: str) -> TierReportView:
    view: TierReportView = shop.service.ask(TierReport(month=month))
    return view


def told(view: TierReportView) -> tuple[object, ...]:
    """Everything of a report but when it was made."""
    return (view.tiers, view.movements, view.totals, view.before, view.at_risk, view.top, view.programmes)


@pytest.fixture
def busy(shop: Shop) -> Iterator[Shop]:
    """A shop in which two months of everything happened, proved at the end of whatever a test adds."""
    club(shop)
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.publish("back", "spend_credit", {"expiry": {"months": 1}}, rate_bp=500, rounding_minor=1)
    shop.publish("every2", "stamp_card", count="units", needed=2, mode="every_nth")
    shop.publish("good", "charity", rate_bp=100, cause="school")
    for name in "ABCD":
        shop.enrol(name, name=f"Member {name}")
    buyers: list[tuple[str | None, int]] = [("A", 30_000), ("B", 9_000), (None, 12_000)]
    for day in range(8):
        shop.clock.on(days=9)
        for card, price in buyers:
            shop.clock.on(minutes=5)
            sale = shop.sell(None, goods("tea", price + day, 3), goods("cake", 500), member=card)
            if day % 3 == 0:
                shop.refund(sale, None, (1, 1))
        if day % 4 == 1:
            shop.void(sale)
            late = shop.sell(7_000, member=None)
            shop.service.do(c.AttachMember(sale_id=str(late.sale_id), member="C"))
        shop.service.do(cl.CatchUp())
    yield shop
    shop.proved()


def test_sales_refunds_voids_and_names_given_later_are_counted(busy: Shop) -> None:
    busy.proved()
    view = report(busy, "1405-10")
    assert view.totals.members >= 2 and view.totals.all_purchases > view.totals.purchases > 0
    assert {one.key for one in view.programmes} >= {"points", "back", "every2", "good", "club"}


def test_merged_members_are_one_in_every_month_until_they_are_two_again(busy: Shop) -> None:
    before = told(report(busy, "1405-10"))
    busy.service.do(cp.MergeMembers(keep="B", drop="A"))
    busy.proved()
    view = report(busy, "1405-10")
    assert [one.name for one in view.top if one.name.endswith("A")] == []
    assert view.totals.purchases == before[2].purchases  # type: ignore[attr-defined]
    assert view.totals.members == before[2].members - 1  # type: ignore[attr-defined]
    busy.service.do(cp.UndoMerge(keep="B", drop="A"))
    after = report(busy, "1405-10")
    assert (after.totals, after.top) == (before[2], before[5])


def test_a_member_merged_away_is_not_at_risk(shop: Shop) -> None:
    club(shop, window_months=1)
    for card in "AB":
        shop.enrol(card)
    shop.sell(60_000, member="B")
    shop.clock.on(days=31)
    shop.service.do(cl.CatchUp())
    assert report(shop, "1405-10").at_risk_members == 1
    shop.service.do(cp.MergeMembers(keep="A", drop="B"))
    view = report(shop, "1405-10")
    assert [one.member for one in view.at_risk] == [shop.member("A").member]
    shop.proved()


def test_a_sale_moved_to_another_member_counts_there(busy: Shop) -> None:
    sale = busy.sell(5_000, member="B")
    busy.service.do(cp.MoveSale(posting_id="moved", sale_id=str(sale.sale_id), member="D"))
    busy.proved()
    assert any(one.name == "Member D" for one in report(busy, "2027-02").top)


def test_a_sale_of_a_day_gone_by_moves_every_month_after_it(busy: Shop) -> None:
    at_ms = busy.clock.ms - 50 * 86_400_000
    line = goods("x", 250_000)
    busy.service.do(c.ImportSale(sale_id="old", member="D", lines=(line,), at_ms=at_ms))
    busy.sell(100, member="D")
    assert report(busy, "1405-09").top[0].name == "Member D"


def test_levels_by_hand_and_reviews_move_members_between_rows(busy: Shop) -> None:
    busy.service.do(
        cl.SetTier(posting_id="set", member="C", tier="gold", until="2027-12-01", reason="friend")
    )
    busy.sell(1_000, member="C")
    busy.proved()
    assert "gold" in {one.tier for one in report(busy, "2027-02").top if one.name == "Member C"}
    before = told(report(busy, "2027-02"))
    again = cl.SetTier(posting_id="again", member="C", tier="gold", until="2027-12-02", reason="friend")
    busy.service.do(again)
    assert told(report(busy, "2027-02")) == before
    for _ in range(5):
        busy.clock.on(days=30)
        busy.service.do(cl.CatchUp(accept_clock=True))
        busy.proved()


@pytest.mark.parametrize("metric", ["spend", "visit_days", "points"])
def test_other_levels_count_the_past_anew(busy: Shop, metric: str) -> None:
    levels = [{"key": "one", "name": "One", "from": 2}, {"key": "two", "name": "Two", "from": 70_000}]
    club(busy, metric=metric, levels=levels)
    assert {one.key for one in report(busy, "1405-10").tiers} >= {"one", "two"}


def test_months_that_begin_on_other_days_count_the_past_anew(busy: Shop) -> None:
    busy.service.do(c.EditShop(calendar="gregorian"))
    busy.proved()
    busy.service.do(c.EditShop(name="Other"))


def test_another_calendar_without_levels_changes_nothing(shop: Shop) -> None:
    shop.enrol()
    shop.sell(5_000)
    shop.service.do(c.EditShop(calendar="gregorian"))
    shop.proved()


def test_a_paused_club_takes_its_rows_along_and_brings_them_back(busy: Shop) -> None:
    before = told(report(busy, "1405-10"))
    busy.retire("club")
    busy.sell(3_000, member="A")
    busy.proved()
    (row,) = report(busy, "1405-10").tiers
    assert row.key is None
    busy.service.do(c.ResumeProgramme(key="club"))
    busy.proved()
    assert report(busy, "1405-10").tiers == before[0]


def test_a_month_that_is_not_kept_tells_the_same_who_is_at_risk(busy: Shop) -> None:
    busy.clock.on(days=35)
    busy.service.do(cl.CatchUp())
    month = report(busy, "1405-12")
    assert month.at_risk
    file = raw(busy.path)
    with file:
        file.execute("DELETE FROM month_risk")
        file.execute("DELETE FROM month_cell WHERE kind = 'risk'")
    file.close()
    assert told(report(busy, "1405-12")) == told(month)


def test_what_was_before_there_were_months_is_counted_once(busy: Shop) -> None:
    kept = {table: _rows(busy.path, table) for table in COUNTERS}
    file = raw(busy.path)
    with file:
        for table in ("member_month", "month_risk", "month_cell"):
            file.execute(f"DELETE FROM {table}")
        file.execute("UPDATE month_count SET done = 0")
    file.close()
    busy.proved()
    again = Shop(busy.path, busy.clock)
    assert {table: _rows(busy.path, table) for table in COUNTERS} == kept
    again.close()


def test_sales_without_levels_are_counted_too(shop: Shop) -> None:
    shop.enrol()
    shop.sell(5_000)
    before = told(report(shop, "1405-08"))
    with raw(shop.path) as file:
        file.execute("UPDATE month_count SET done = 0")
    again = Shop(shop.path, shop.clock)
    assert told(report(again, "1405-08")) == before
    again.proved()
    again.close()


def test_points_that_pay_nothing_any_more_were_nothing_given(busy: Shop) -> None:
    assert "points" in {one.key for one in report(busy, "1405-10").programmes}
    busy.publish("points", "points", step_minor=1_000, points_per_step=1)
    busy.proved()
    view = report(busy, "1405-10")
    assert "points" not in {one.key for one in view.programmes}
    assert view.totals.cost_minor == sum(one.cost_minor for one in view.tiers) > 0


def test_a_sale_taken_back_whole_leaves_no_month_behind(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.enrol()
    shop.void(shop.sell(5_000))
    view = report(shop, "1405-08")
    assert (view.tiers, view.top, view.programmes, view.totals.all_purchases) == ((), (), (), 0)
    shop.proved()


def test_promises_fall_when_they_are_used_or_end(shop: Shop) -> None:
    shop.publish("back", "spend_credit", {"expiry": {"days": 5}}, rate_bp=1_000, rounding_minor=1)
    shop.enrol()
    shop.sell(50_000)

    def promised() -> PromisesView:
        view: PromisesView = shop.service.ask(Promises())
        return view

    assert promised().credit_minor == 5_000
    shop.clock.on(minutes=5)
    shop.sell(3_000, credit_minor=2_000)
    assert promised().credit_minor == 3_100
    shop.clock.on(days=6)
    assert promised().credit_minor == 0
    rates = promised().breakage
    shop.service.do(cl.CatchUp())
    assert promised().breakage == rates and rates.credit_bp == 3_100 * 10_000 // 5_100
    shop.proved()


def _rows(path: Path, table: str) -> list[tuple[object, ...]]:
    file = raw(path)
    rows = list(file.execute(f"SELECT * FROM {table}"))
    file.close()
    return [row for row in rows if table != "month_cell" or (any(row[3:]) and row[1] != "risk")]
