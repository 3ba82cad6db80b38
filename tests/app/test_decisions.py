"""What a manager may decide about a member is offered as it can be done (rules 6, 22, 24, 27)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.app import queries_lifetime as ql
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.app.lifetime_views import AmountView, DecisionsView
from tests.shop import Shop, T, goods

ENDS = {"expiry": {"days": 3}}
LEVELS = [
    {"key": "bronze", "from": 0},
    {"key": "silver", "from": 100 * T},
    {"key": "gold", "from": 900 * T},
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def offered(shop: Shop) -> DecisionsView:
    view: DecisionsView = shop.service.ask(ql.Decisions(member="A"))
    return view


def test_a_shop_without_levels_and_a_member_without_anything_leave_nothing_to_decide(shop: Shop) -> None:
    found = offered(shop)
    assert (found.levels, found.level, found.ended, found.owed, found.lost) == ((), None, (), (), ())


def test_no_level_below_the_one_reached_is_offered_and_each_one_offered_can_be_given(shop: Shop) -> None:
    shop.publish("club", "tiers", levels=LEVELS[1:])
    assert [one.key for one in offered(shop).levels] == ["silver", "gold"] and offered(shop).level is None
    shop.sell(100 * T)
    found = offered(shop)
    assert ([one.key for one in found.levels], found.level, found.until) == (
        ["silver", "gold"],
        "silver",
        None,
    )
    for one in found.levels:
        given = cl.SetTier(
            posting_id=one.key, member="A", tier=one.key, until="2027-05-01", reason="a friend"
        )
        shop.service.do(given)
    assert (offered(shop).level, offered(shop).until) == ("gold", "2027-05-01")


def test_what_ended_and_what_is_owed_are_offered_until_they_are_decided(shop: Shop) -> None:
    shop.publish("points", "points", ENDS, step_minor=T, point_value_minor=T)
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    shop.publish("card", "stamp_card", needed=2)
    sale = shop.sell(None, goods("tea", 50 * T, 2))
    assert shop.sell(None, goods("tea", 50 * T, 2), credit_minor=10 * T).due_minor == 40 * T
    shop.void(sale)
    owed = offered(shop).owed
    # Of the second purchase there were points enough and 4 T of credit; its reward was made of the first two.
    assert owed == (AmountView(unit="credit", amount=6 * T), AmountView(unit="stamps:card", amount=1))
    for one in owed:
        shop.service.do(cl.WriteOff(posting_id=f"off-{one.unit[:5]}", member="A", unit=one.unit, reason="x"))
    assert offered(shop).owed == ()
    shop.clock.on(days=4)
    shop.service.do(cl.CatchUp(accept_clock=True))
    (ended,) = offered(shop).ended
    shop.service.do(cl.Revive(posting_id="again", member="A", lot=ended.lot, reason="was ill"))
    assert offered(shop).ended == ()


def test_what_a_refund_or_a_void_lost_is_offered_until_it_is_granted(shop: Shop) -> None:
    shop.publish("points", "points", ENDS, step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    shop.publish("points", "points", step_minor=10**9, point_value_minor=T)
    spent = shop.sell(100 * T, points=80)
    shop.clock.on(days=4)
    shop.refund(spent, 50 * T, refund_id="part")
    shop.void(spent)
    void, part = offered(shop).lost
    assert (void.sale_id, void.refund_id, void.number, void.lost) == (
        spent.sale_id,
        None,
        spent.number,
        (AmountView(unit="points", amount=40),),
    )
    assert (part.refund_id, part.day, part.lost) == ("part", "2026-11-25", void.lost)
    for one in (part, void):
        shop.service.do(cl.GrantCourtesy(sale_id=one.sale_id, refund_id=one.refund_id, reason="kind"))
    assert offered(shop).lost == () and shop.member().points == 80


def test_what_somebody_lost_before_a_merge_is_offered_to_the_survivor(shop: Shop) -> None:
    shop.publish("points", "points", ENDS, step_minor=T, point_value_minor=T)
    shop.enrol("B")
    shop.sell(100 * T, member="B")
    shop.publish("points", "points", step_minor=10**9, point_value_minor=T)
    spent = shop.sell(100 * T, member="B", points=80)
    shop.clock.on(days=4)
    shop.void(spent)
    shop.service.do(MergeMembers(keep="A", drop="B"))
    assert [one.sale_id for one in offered(shop).lost] == [spent.sale_id]
    shop.service.do(cl.GrantCourtesy(sale_id=spent.sale_id or "", reason="kind"))
    assert offered(shop).lost == () and shop.member().points == 80
