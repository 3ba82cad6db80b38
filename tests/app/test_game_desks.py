"""What the desks beside the programmes are told: standings, the chances a draw was drawn with, stock."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_games as g
from loyalty_pos.app import queries_games as gq
from loyalty_pos.app.commands import ClaimReward, PublishProgramme
from tests.shop import Shop, T, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    for card in "ABC":
        opened.enrol(card, name=card)
    opened.product("cup", 100 * T)
    yield opened
    opened.proved()
    opened.close()


def cups(shop: Shop, member: str, count: int) -> None:
    for _ in range(count):
        shop.sell(None, item("cup"), member=member)


def test_standings_have_whoever_is_nearest_first_and_what_was_won_and_kept(shop: Shop) -> None:
    shop.publish("three", "challenge", sku="cup", times=3, within_days=14, gives="points", points=5)
    cups(shop, "A", 1)
    cups(shop, "B", 2)
    cups(shop, "C", 3)
    view = shop.service.ask(gq.Standings(programme="three"))
    assert (view.times, view.players, view.won) == (3, 3, 1)
    assert [(one.member_name, one.have, one.won) for one in view.rows] == [
        ("B", 2, 0), ("A", 1, 0), ("C", 0, 1),
    ]  # fmt: skip
    assert [one.until_day for one in view.rows] == ["2026-12-05", "2026-12-05", ""]
    assert len(shop.service.ask(gq.Standings(programme="three", limit=1)).rows) == 1
    shop.clock.on(days=20)
    view = shop.service.ask(gq.Standings(programme="three"))
    assert [(one.member_name, one.have, one.won) for one in view.rows] == [("C", 0, 1)]
    shop.retire("three")
    assert shop.service.ask(gq.Standings(programme="three")).won == 1


def test_standings_are_of_challenges_alone(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=2, prizes=prizes(1))
    shop.publish("points", "points", step_minor=10)
    for key in ("draw", "points"):
        with shop.refuses("no_challenge", programme=key):
            shop.service.ask(gq.Standings(programme=key))
    with shop.refuses_field("limit"):
        shop.service.ask(gq.Standings(programme="draw", limit=0))


def prizes(chances: int) -> list[dict[str, Any]]:
    return [{"name": "Ten", "chances": chances, "gives": "points", "amount": 10, "worth_minor": 10}]


def test_draws_of_changed_chances_tell_the_chances_each_was_drawn_with(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=2, prizes=prizes(2))
    shop.sell(100 * T)
    shop.service.do(
        PublishProgramme(key="draw", kind="draw", name="draw", params={"out_of": 9, "prizes": prizes(1)})
    )
    shop.sell(100 * T)
    view = shop.service.ask(gq.Draws(programme="draw"))
    assert [(one.revision, one.out_of, one.prizes[0].chances) for one in view.odds] == [(1, 2, 2), (2, 9, 1)]
    assert (view.out_of, view.prizes[0].chances) == (9, 1)
    (seed,) = view.seeds
    assert [one.revision for one in seed.draws] == [1, 2]


def test_the_newest_draws_are_told_when_they_are_asked_for(shop: Shop) -> None:
    shop.publish("draw", "draw", out_of=2, prizes=prizes(1))
    for _ in range(5):
        shop.sell(100 * T)
    first = shop.service.ask(gq.Draws(programme="draw", limit=2)).seeds[0]
    last = shop.service.ask(gq.Draws(programme="draw", limit=2, newest=True)).seeds[0]
    assert ([one.number for one in first.draws], first.count) == ([1, 2], 5)
    assert ([one.number for one in last.draws], last.count) == ([4, 5], 5)


def test_what_is_left_of_a_prize_stands_beside_those_that_wait(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T)
    shop.sell(1_000 * T)
    shop.publish("cake", "prize", what="Cake", price_points=10, stock=3, a_day=2)
    shop.publish("mug", "prize", what="Mug", price_points=10, ready_minutes=5)
    shop.publish("pen", "prize", what="Pen", price_points=10)
    for key in ("cake", "mug"):
        shop.service.do(ClaimReward(posting_id=key, member="A", programme=key))
    found = shop.service.ask(gq.HandOvers())
    assert [(one.programme, one.stock, one.left, one.a_day, one.promised_today) for one in found.stocks] == [
        ("cake", 3, 2, 2, 1),
        ("mug", None, None, None, 1),
    ]
    shop.service.do(g.HandOver(posting_id="h", claim="cake"))
    assert [one.claim for one in shop.service.ask(gq.HandOvers()).waiting] == ["mug"]
