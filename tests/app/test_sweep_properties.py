"""Sweeping at any moments never changes what a member can spend; debts keep every sum (rules 22)."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from loyalty_pos.app import commands_lifetime as cl
from loyalty_pos.domain.errors import Rejection
from tests.examples import examples
from tests.shop import Shop, T, goods

STEPS = 30


def opened(path: Path) -> Shop:
    shop = Shop(path)
    shop.enrol("A")
    shop.enrol("B", referred_by="A")
    expiry = {"expiry": {"days": 3}}
    shop.publish("points", "points", expiry, step_minor=T, point_value_minor=T)
    shop.publish("credit", "spend_credit", {"expiry": {"days": 5}}, rate_bp=1_000)
    shop.publish("card", "stamp_card", expiry, needed=3)
    shop.publish("friend", "event_gift", expiry, event="referrer", gives="points", points=10)
    return shop


def spendable(shop: Shop) -> list[Any]:
    found = []
    for card in "AB":
        member = shop.member(card)
        found.append(
            [
                *(member.points, member.credit_minor, shop.rewards(card), member.owed, dict(member.progress)),
                [(lot.unit, lot.left, lot.expires_on) for lot in member.lots],
            ]
        )
    return found


def act(shop: Shop, random: Random, number: int) -> Any:
    """Do one random thing; a refusal is an answer as well."""
    card, amount = random.choice("AB"), random.randint(1, 60) * T
    what, other = random.random(), random.randint(1, max(1, number))
    try:
        if what < 0.25:
            return shop.sell(amount, member=card, sale_id=f"n{number}").earned
        if what < 0.4:
            bought = goods("tea", amount, random.randint(1, 5))
            return shop.sell(None, bought, member=card, sale_id=f"n{number}").earned
        if what < 0.6:
            more: dict[str, Any] = {"points": random.randint(1, 40), "lenient": True, "credit_minor": "all"}
            return shop.sell(amount, member=card, sale_id=f"n{number}", **more).due_minor
        if what < 0.75:
            back = shop.refund(f"n{other}", random.randint(1, 30) * T, refund_id=f"r{number}")
            return [back.refund_minor, back.to_credit_minor, back.to_points, back.lost]
        if what < 0.8:
            back = shop.void(f"n{other}")
            return [back.refund_minor, back.to_credit_minor, back.to_points, back.lost]
    except Rejection as no:
        return [no.code, dict(no.facts)]
    return shop.clock.on(days=random.randint(1, 3))


@pytest.mark.parametrize("seed", range(examples(8)))
def test_a_shop_that_sweeps_at_any_moment_gives_and_takes_what_one_that_never_does(
    tmp_path: Path, seed: int
) -> None:
    lazy, keen = opened(tmp_path / "lazy.db"), opened(tmp_path / "keen.db")
    try:
        when = Random(-1 - seed)
        for number in range(1, STEPS):
            said = [act(shop, Random(seed * 1_000 + number), number) for shop in (lazy, keen)]
            assert said[0] == said[1], number
            if when.random() < 0.5:
                keen.service.do(cl.CatchUp())
            assert spendable(lazy) == spendable(keen), number
        for shop in (lazy, keen):
            shop.sell(50 * T, sale_id="last")
            shop.clock.on(days=9)
            shop.proved()
        keen.service.do(cl.CatchUp())
        assert spendable(lazy) == spendable(keen)
        assert (lazy.audit().figures["expired"], keen.audit().figures["points"]) == (0, 0)
    finally:
        lazy.close()
        keen.close()


@pytest.mark.parametrize("seed", range(examples(4)))
def test_expiry_refunds_and_debts_of_any_history_add_up_to_what_was_earned(tmp_path: Path, seed: int) -> None:
    shop = opened(tmp_path / "shop.db")
    try:
        when = Random(-1 - seed)
        for number in range(1, STEPS):
            act(shop, Random(seed * 777 + number), number)
            if when.random() < 0.5:
                shop.service.do(cl.CatchUp())
        shop.clock.on(days=9)
        shop.service.do(cl.CatchUp())
        shop.proved()
        sums = shop.audit().figures
        assert (sums["points"], sums["credit_minor"], sums["rewards"]) == (0, 0, 0)
    finally:
        shop.close()
