"""A clock that moved back never expires or revives anything (rules 22, 25)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app.commands import IssueCodes
from tests.shop import Shop, T


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol("A")
    opened.enrol("B")
    opened.publish("points", "points", {"expiry": {"days": 10}}, step_minor=T, point_value_minor=T)
    yield opened
    opened.proved()
    opened.close()


@pytest.mark.parametrize("back", [1, 11, 40])
def test_a_lot_that_ended_unswept_stays_ended_when_the_clock_goes_back(shop: Shop, back: int) -> None:
    shop.sell(100 * T)
    shop.clock.on(days=11)
    assert shop.member().points == 0
    shop.sell(T, member="B")  # so that the day is on record
    shop.clock.on(days=-back)
    assert (shop.member().points, shop.member().lots) == (0, ())
    with shop.refuses("not_enough_points", have=0):
        shop.sell(50 * T, points=20)
    assert shop.service.do(cl.CatchUp(accept_clock=True)).swept.lots == 0


def test_a_lot_that_lives_by_the_day_on_record_is_not_ended_by_a_clock_that_goes_back(shop: Shop) -> None:
    shop.sell(100 * T)
    shop.clock.on(days=10)
    shop.sell(T, member="B")
    shop.clock.on(days=-9)
    assert shop.member().points == 100
    shop.clock.on(days=9)
    assert shop.member().points == 100


def test_what_another_till_has_on_record_counts_too(shop: Shop) -> None:
    shop.sell(100 * T)
    assert shop.member().points == 100
    other = Shop(shop.path, shop.clock)
    shop.clock.on(days=11)
    other.sell(T, member="B", sale_id="other")
    other.close()
    shop.clock.on(days=-5)
    shop.sell(T, member="B")
    assert shop.member().points == 0


def test_a_clock_that_was_wildly_ahead_is_put_right_without_ending_everything(shop: Shop) -> None:
    shop.sell(100 * T)
    shop.clock.on(days=400)
    shop.sell(T, member="B")
    shop.clock.on(days=-400)
    assert shop.member().points == 100


def test_spent_value_does_not_come_back_to_a_lot_that_ended_before_the_clock_went_back(shop: Shop) -> None:
    shop.sell(100 * T)
    spent = shop.sell(20 * T, points=20)
    shop.clock.on(days=11)
    shop.sell(T, member="B")
    shop.clock.on(days=-5)
    back = shop.void(spent)
    assert (back.to_points, [one.amount for one in back.lost]) == (0, [20])


def test_a_code_that_ended_stays_ended_when_the_clock_goes_back(shop: Shop) -> None:
    shop.publish("tenth", "percent_off", rate_bp=1_000, lane="code")
    (code,) = shop.service.do(IssueCodes(posting_id="c", programme="tenth", expires="2026-11-25")).codes
    assert shop.quote(100 * T, codes=(code.code,)).discount_minor == 10 * T
    shop.clock.on(days=11)
    shop.sell(T, member="B")
    shop.clock.on(days=-11)
    with shop.refuses("code_expired"):
        shop.sell(100 * T, codes=(code.code,))


def test_a_level_stands_as_it_did_by_then_when_the_clock_goes_back(shop: Shop) -> None:
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 1_000 * T}]
    shop.publish("club", "tiers", levels=levels)
    shop.sell(600 * T)
    shop.clock.on(days=1)
    later = shop.sell(600 * T)
    shop.clock.on(days=-1)
    shop.void(shop.sell(100 * T))
    assert shop.member().tier == "silver"
    shop.void(later)
    assert shop.member().tier == "bronze"


def test_a_level_given_by_hand_that_ended_stays_ended_when_the_clock_goes_back(shop: Shop) -> None:
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 1_000 * T}]
    shop.publish("club", "tiers", levels=levels)
    until = "2026-11-21"
    shop.service.do(
        cl.SetTier(posting_id="hand", member="A", tier="silver", until=until, reason="a friend of the house")
    )
    standing = shop.member().standing
    assert standing is not None and standing.held_until == until
    shop.clock.on(days=1)
    shop.sell(T, member="B")
    shop.clock.on(days=-1)
    standing = shop.member().standing
    assert standing is not None and standing.held_until is None
