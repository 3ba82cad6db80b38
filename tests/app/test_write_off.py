"""Debts: they block their own unit, every gain repays them, and a manager may let go of them (rules 6)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import queries as q
from tests.shop import Shop, T, goods


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def write_off(shop: Shop, unit: str, amount: int | None = None, **more: Any) -> Any:
    given = {"posting_id": "off", "member": "A", "reason": "not worth asking", **more}
    return shop.service.do(cl.WriteOff(unit=unit, amount=amount, **given))


def owing(shop: Shop) -> None:
    """Leave a member who owes 20 points and has credit."""
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    earned = shop.sell(20 * T)
    shop.sell(20 * T, points=20)
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    shop.void(earned)
    assert shop.member().owed.points == 20


def test_a_debt_blocks_its_own_unit_alone(shop: Shop) -> None:
    owing(shop)
    shop.retire("points")
    shop.sell(100 * T)
    assert shop.member().credit_minor == 10 * T
    assert shop.sell(100 * T, credit_minor=10 * T).paid_by.credit_minor == 10 * T
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    with shop.refuses("owes", unit="points"):
        shop.sell(100 * T, points=1)


def test_a_debt_is_written_off_whole_or_in_part_with_a_reason(shop: Shop) -> None:
    owing(shop)
    assert write_off(shop, "points", 5).owed.points == 15
    assert write_off(shop, "points", 5).owed.points == 15
    with shop.refuses("key_taken"):
        write_off(shop, "points", 6)
    with shop.refuses("more_than_owed", owed=15):
        write_off(shop, "points", 16, posting_id="more")
    assert write_off(shop, "points", posting_id="rest").owed.points == 0
    with shop.refuses("nothing_owed", unit="points"):
        write_off(shop, "points", posting_id="again")
    with shop.refuses("nothing_owed"):
        write_off(shop, "credit", posting_id="again")
    (told, *_) = shop.service.ask(q.MemberHistory(member="A")).items
    assert told.why is not None and "not worth asking" in told.why.en
    shop.sell(30 * T)
    assert shop.member().points == 30


def test_owed_stamps_are_written_off_as_stamps(shop: Shop) -> None:
    shop.publish("card", "stamp_card", needed=2)
    earned = shop.sell(None, goods("tea", T, 2))
    shop.sell(None, goods("tea", T))
    shop.refund(earned, None, (1, 2))
    owed = shop.member().owed.stamps["card"]
    assert owed == 2
    with shop.refuses("more_than_owed", owed=2):
        write_off(shop, "stamps:card", 3)
    assert write_off(shop, "stamps:card", 1).owed.stamps == {"card": 1}
    assert write_off(shop, "stamps:card", posting_id="rest").owed.stamps == {}


def test_a_debt_of_no_known_unit_is_refused(shop: Shop) -> None:
    with shop.refuses_field("unit", "not_a_choice"):
        write_off(shop, "euros")
    with shop.refuses("unknown_programme"):
        write_off(shop, "stamps:nothing")
    with shop.refuses_field("reason", "empty"):
        write_off(shop, "points", reason="")
