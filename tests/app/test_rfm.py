"""Members by how lately, how often and for how much they bought."""

from collections import Counter
from random import Random
from typing import Any

from loyalty_pos.app import commands_people as cp
from loyalty_pos.app.handlers_rfm import SEGMENTS
from loyalty_pos.app.queries_reports import Rfm
from loyalty_pos.app.report_views import RfmView
from tests.shop import Shop, raw


def asked(shop: Shop) -> RfmView:
    view: RfmView = shop.service.ask(Rfm())
    return view


def by_hand(shop: Shop) -> Counter[str]:
    """Score the raw rows: a figure's score is one more than the borders it is above."""
    file = raw(shop.path)
    rows = list(
        file.execute(
            "SELECT last_visit_day, visits, spend_minor FROM member_state WHERE visits > 0"
            " AND member NOT IN (SELECT member FROM alias)"
        )
    )
    file.close()

    def score(at: int, value: Any) -> int:
        ordered: list[Any] = sorted(row[at] for row in rows)
        borders = [ordered[len(rows) * part // 5 - 1] for part in range(1, 5) if len(rows) * part // 5]
        return 5 - len(borders) + len([border for border in borders if value > border])

    found: Counter[str] = Counter()
    for row in rows:
        scores = [score(at, value) for at, value in enumerate(row)]
        found[next(key for key, _, fits in SEGMENTS if fits(*scores))] += 1
    return found


def test_a_shop_that_sold_nothing_has_nobody_in_any_segment(shop: Shop) -> None:
    shop.enrol()
    view = asked(shop)
    assert view.members == sum(one.members for one in view.segments) == 0
    assert len(view.segments) == len(SEGMENTS)


def test_the_only_buyer_is_the_best(shop: Shop) -> None:
    shop.enrol()
    shop.sell(5_000)
    (best,) = [one for one in asked(shop).segments if one.members]
    assert (best.key, best.members, best.spend_minor) == ("champions", 1, 5_000)
    assert (best.name.en, best.name.fa) == ("Champions", "بهترین‌ها")


def test_everybody_is_in_the_segment_that_their_raw_figures_say(shop: Shop) -> None:
    chance = Random(3)
    cards = [f"C{number}" for number in range(23)]
    for card in cards:
        shop.enrol(card)
    for _ in range(30):
        shop.clock.on(days=chance.randrange(3), minutes=1)
        for card in chance.sample(cards[:20], 3):
            shop.sell(chance.randrange(1, 90) * 100, member=card)
    gone = []
    for keep, drop in (
        ("C0", "C1"),
        ("C2", "C5"),
        ("C7", "C3"),
        ("C9", "C19"),
        ("C0", "C11"),
        ("C20", "C14"),
    ):
        shop.service.do(cp.MergeMembers(keep=keep, drop=drop))
        gone.append(drop)
        view = asked(shop)
        assert {one.key: one.members for one in view.segments if one.members} == by_hand(shop)
        spent = sum(shop.member(card).spend_minor for card in cards if card not in gone)
        assert sum(one.spend_minor for one in view.segments) == spent


def test_equal_figures_have_equal_scores(shop: Shop) -> None:
    for number in range(7):
        shop.enrol(f"C{number}")
        shop.sell(1_000, member=f"C{number}")
        shop.clock.on(minutes=3)
    assert sorted(one.members for one in asked(shop).segments)[-1] == 7
