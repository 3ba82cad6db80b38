"""Closing a day: the sweep, the review, the figures, the head of the chain, the clock (rules 22, 24, 25)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import queries_lifetime as ql
from loyalty_pos.app.commands_people import Settle
from loyalty_pos.app.lifetime_views import DayUnitView, DayView, SweptView
from tests.shop import Shop, T, goods, item, raw


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def close(shop: Shop, day: str | None = None, **more: Any) -> DayView:
    view: DayView = shop.service.do(cl.CloseDay(day=day, **more))
    return view


def day(shop: Shop, which: str | None = None) -> DayView:
    view: DayView = shop.service.ask(ql.Day(day=which))
    return view


def test_a_day_is_summed_up_by_what_it_did_to_every_unit(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 1}}, step_minor=T, point_value_minor=T)
    shop.publish("card", "stamp_card", needed=5)
    shop.publish("member", "percent_off", rate_bp=1_000, lane="member")
    shop.sell(None, goods("tea", 50 * T, 2))
    shop.sell(20 * T, member=None)
    shop.sell(None, goods("tea", 100 * T), points=40)
    back = shop.sell(None, goods("tea", 10 * T))
    shop.void(back)
    figures = day(shop).figures
    assert (figures.sales, figures.member_sales, figures.members, figures.new_members) == (4, 3, 1, 1)
    assert (figures.net_minor, figures.discount_minor) == (209 * T, 21 * T)
    assert figures.member_net_minor == 189 * T
    assert figures.points == DayUnitView(earned=149, used=-40, taken_back=-9)
    assert figures.stamps == {"card": 4}
    assert (figures.refunds, figures.refunded_minor) == (1, 9 * T)
    shop.clock.on(days=2)
    closed = close(shop)
    assert (closed.swept, closed.figures.points) == (
        SweptView(members=1, lots=2, points=100),
        DayUnitView(expired=-100),
    )
    assert day(shop, "2026-11-21").stamp_names == {"card": "card"}


def test_what_a_manager_gives_is_told_apart_from_what_was_earned(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 1}}, step_minor=T)
    sale = shop.sell(100 * T)
    (lot,) = shop.member().lots
    shop.clock.on(days=2)
    close(shop)
    shop.service.do(cl.Revive(posting_id="r", member="A", lot=lot.lot, reason="ill"))
    assert day(shop).figures.points == DayUnitView(expired=-100, adjusted=100)
    shop.clock.on(days=1)
    shop.void(sale)
    assert day(shop).figures.points == DayUnitView(taken_back=-100)


def test_a_refund_after_the_sweep_counts_the_expiry_as_taken_back(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 1}}, step_minor=T)
    sale = shop.sell(100 * T)
    shop.clock.on(days=2)
    close(shop)
    assert shop.void(sale).to_points == 0
    assert day(shop).figures.points == DayUnitView(taken_back=-100)


def test_codes_vouchers_and_gift_cards_of_a_day_are_counted(shop: Shop) -> None:
    shop.publish("code", "percent_off", rate_bp=1_000, lane="code")
    codes = shop.service.do(c.IssueCodes(posting_id="i", programme="code", count=3)).codes
    card = shop.service.do(c.IssueGiftCard(posting_id="g", face_minor=50 * T)).codes[0].code
    shop.sell(100 * T, codes=(codes[0].code,), gift_cards=(card,))
    figures = day(shop).figures
    assert (figures.codes_issued, figures.codes_used) == (3, 1)
    assert (figures.gift_cards_issued_minor, figures.gift_cards_spent_minor) == (50 * T, 50 * T)


def test_a_closed_day_names_the_head_of_the_chain_and_stays_as_it_was(shop: Shop) -> None:
    shop.sell(100 * T)
    closed = close(shop)
    assert (closed.closed, closed.number, closed.day) == (True, 1, "2026-11-21")
    with raw(shop.path) as file:
        ((seq, head),) = file.execute("SELECT seq, lower(hex(hash)) FROM posting ORDER BY seq DESC LIMIT 1")
    assert (closed.posting, closed.head) == (seq, head)
    assert head.startswith(closed.head_short) and len(closed.head_short) == 12
    assert close(shop) == closed
    assert day(shop) == closed


def test_a_day_that_went_on_is_closed_anew_with_the_whole_day(shop: Shop) -> None:
    shop.sell(100 * T)
    first = close(shop)
    shop.sell(50 * T)
    assert not day(shop).closed
    second = close(shop)
    assert (first.number, second.number, second.figures.sales) == (1, 2, 2)
    assert second.head != first.head


def test_an_earlier_day_may_be_closed_and_one_to_come_may_not(shop: Shop) -> None:
    shop.sell(100 * T)
    shop.clock.on(days=1)
    shop.sell(10 * T)
    assert close(shop, "۲۰۲۶-۱۱-۲۱").figures.net_minor == 100 * T
    with shop.refuses("day_to_come", day="2026-11-23"):
        close(shop, "2026-11-23")
    with shop.refuses_field("day", "not_a_day"):
        close(shop, "yesterday")


def test_what_closing_will_do_is_told_before(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 1}}, step_minor=T)
    shop.publish("club", "tiers", levels=[{"key": "a", "from": 0}])
    shop.sell(100 * T)
    shop.clock.on(days=2)
    assert (day(shop).due_lots, day(shop).due_reviews) == (1, ("2026-11-22",))
    closed = close(shop)
    assert [one.day for one in closed.reviews] == ["2026-11-22"]
    assert (closed.due_lots, closed.due_reviews) == (0, ())


def test_a_clock_forty_days_ahead_of_the_last_sale_asks(shop: Shop) -> None:
    assert close(shop).number == 1
    shop.sell(100 * T)
    shop.clock.on(days=40)
    assert close(shop).day == "2026-12-31"
    shop.clock.on(days=1)
    facts = {"day": "2027-01-01", "last_day": "2026-11-21", "days": 41}
    with shop.refuses("clock_ahead", **facts):
        close(shop)
    with shop.refuses("clock_ahead", **facts):
        shop.service.do(cl.CatchUp())
    assert close(shop, accept_clock=True).day == "2027-01-01"


def test_a_given_clock_never_asks(shop: Shop) -> None:
    shop.sell(100 * T)
    shop.service._desk.asks_clock = False
    shop.clock.on(days=400)
    assert close(shop).number == 1


def test_a_clock_moved_back_never_asks(shop: Shop) -> None:
    shop.sell(100 * T)
    shop.clock.on(days=-400)
    assert close(shop).number == 1


def test_the_paper_of_a_closed_day_comes_again_on_record(shop: Shop) -> None:
    shop.sell(100 * T)
    with shop.refuses("day_not_closed", day="2026-11-21"):
        shop.service.do(cl.ReprintDay(posting_id="p", day="2026-11-21"))
    closed = close(shop)
    again = cl.ReprintDay(posting_id="p", day="2026-11-21")
    assert shop.service.do(again) == replace(closed, copy=True)
    assert shop.service.do(again) == replace(closed, copy=True)
    assert close(shop).number == 2  # the reprint is on record, so the chain has gone on
    close(shop, "2026-11-20")
    with shop.refuses("key_taken"):
        shop.service.do(cl.ReprintDay(posting_id="p", day="2026-11-20"))


def test_what_a_payment_earned_and_what_a_game_gave_was_earned_and_not_given_by_hand(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T)
    shop.publish("two", "challenge", sku="tea", times=2, within_days=9, gives="points", points=50)
    shop.product("tea", 10 * T)
    first = shop.sell(100 * T, on_account=True)
    shop.service.do(Settle(posting_id="p", sale_id=str(first.sale_id), amount_minor=60 * T))
    for _ in range(2):
        shop.sell(None, item("tea"))
    assert day(shop).figures.points == DayUnitView(earned=60 + 2 * 10 + 50)
