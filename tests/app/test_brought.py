"""What a programme brought: beside what its members bought before, and beside those a lot left out."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from loyalty_pos.app import queries as q
from loyalty_pos.app.brought import brought
from loyalty_pos.app.queries_reports import Simulate, TierReport
from loyalty_pos.app.queries_standing import Eligible
from loyalty_pos.app.report_views import MeasuredView, TierReportView
from loyalty_pos.domain.dates import read_month
from loyalty_pos.domain.trials import trial_of
from tests.shop import HeldClock, Shop, goods, raw

POINTS: dict[str, Any] = {"step_minor": 1_000, "points_per_step": 1, "point_value_minor": 50}
CARD: dict[str, Any] = {"count": "sales", "needed": 2, "mode": "after_n_paid"}
THIRD: dict[str, Any] = {"audience": {"hold_out_bp": 3_300}}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path / "shop.db", HeldClock("2026-01-10T12:00"), calendar="gregorian")
    yield made
    made.close()


def measured(shop: Shop, month: str, key: str) -> list[MeasuredView]:
    view: TierReportView = shop.service.ask(TierReport(month=month, measured=True))
    return [one for given in view.programmes if given.key == key for one in given.measured]


def left_out(key: str, share_bp: int, members: int) -> list[int]:
    """The members of a fresh shop, by number, whom a lot leaves out."""
    trial = trial_of(key, share_bp)
    return [number for number in range(1, members + 1) if trial.holds_out(number)]


def test_whoever_is_left_out_gets_nothing_new_keeps_what_they_hold_and_the_reason_is_on_record(
    shop: Shop,
) -> None:
    shop.publish("card", "stamp_card", **CARD)
    out = left_out("card", 3_300, 20)[0]
    for number in range(1, out + 1):
        shop.enrol(f"M{number}")
    member = f"M{out}"
    for _ in range(3):
        shop.clock.on(minutes=5)
        shop.sell(1_000, member=member)
    assert (shop.rewards(member), shop.member(member).progress["card"].have) == (1, 1)

    shop.publish("card", "stamp_card", THIRD, **CARD)
    shop.clock.on(minutes=5)
    sale = shop.sell(1_000, member=member)
    assert (sale.earned.stamps, shop.rewards(member)) == ({}, 1)
    (line,) = [
        one for one in shop.service.ask(q.Why(sale_id=str(sale.sale_id))).trace if one.family == "earn"
    ]
    assert (line.code, line.short.en) == ("held_out", "not in its trial group")
    used = shop.sell(None, goods("tea", 1_000), member=member)
    assert (used.due_minor, shop.rewards(member)) == (0, 0)
    assert shop.member(member).progress["card"].have == 1  # what they had stays on their card
    other = left_out("card", 3_300, 60)[1]
    for number in range(out + 1, other + 1):
        shop.enrol(f"M{number}")
    assert "card" not in shop.member(f"M{other}").progress
    assert "card" in shop.member(f"M{other - 1}").progress or other - 1 == out
    told = shop.service.ask(Eligible(member=member, programme="card"))
    assert [one.code for one in told.missing] == ["held_out"]
    shop.refund(sale, 1_000)
    shop.proved()


def test_a_draft_with_a_lot_is_tried_without_those_it_would_leave_out(shop: Shop) -> None:
    chance, bought = Random(3), {}
    for number in range(1, 31):
        shop.enrol(f"M{number}")
        shop.clock.on(minutes=3)
        bought[number] = chance.randrange(10, 90) * 1_000
        shop.sell(bought[number], member=f"M{number}")
    query = Simulate(
        kind="spend_credit",
        params={"rate_bp": 1_000},
        when=THIRD,
        from_="2026-01-01",
        to="2026-01-31",
        key="back",
    )
    out = left_out("back", 3_300, 30)
    due = sum(amount for number, amount in bought.items() if number not in out) // 10
    view = shop.service.ask(query)
    assert (view.cost_minor, view.outcome.members, 0 < len(out) < 30) == (due, 30 - len(out), True)
    shop.publish("back", "spend_credit", THIRD, rate_bp=1_000)
    assert shop.service.ask(query).live


def spent(shop: Shop, month: str) -> dict[int, int]:
    """What each member bought in a month, from the rows of the sales."""
    sql = "SELECT member, sum(net_minor) FROM sale WHERE business_day LIKE ? AND member > 0 GROUP BY 1"
    return dict(raw(shop.path).execute(sql, (month + "%",)))


def test_a_lot_compares_everybody_in_the_club_with_those_it_left_out(shop: Shop) -> None:
    shop.publish("points", "points", **POINTS)
    for number in range(1, 41):
        shop.enrol(f"M{number}")
    shop.publish("points", "points", THIRD, **POINTS)
    chance, out = Random(5), left_out("points", 3_300, 40)
    for number in range(1, 31):  # ten of the club buy nothing
        shop.clock.on(minutes=5)
        shop.sell(chance.randrange(20, 60) * 1_000 - 9_000 * (number in out), member=f"M{number}")
    (view,) = measured(shop, "2026-01", "points")

    sums = spent(shop, "2026-01")
    groups = [[sums.get(one, 0) for one in range(1, 41) if (one in out) is left] for left in (False, True)]
    given, drawn = groups
    means = [sum(one) // len(one) for one in groups]
    assert (view.against, view.members, view.others, view.share_bp) == ("lot", len(given), len(drawn), 3_300)
    assert (view.with_minor, view.without_minor) == tuple(means)
    assert view.more_minor == (means[0] - means[1]) * len(given)
    (row,) = shop.service.ask(TierReport(month="2026-01")).programmes
    assert (row.measured, view.return_milli) == ((), view.more_minor * 1_000 // row.cost_minor)
    spread = [
        sum((one - sum(group) / len(group)) ** 2 for one in group) / (len(group) - 1) / len(group)
        for group in groups
    ]
    assert view.chance_minor == pytest.approx(2 * sum(spread) ** 0.5, abs=4)


def test_a_lot_is_about_the_kinds_of_members_it_draws_from_and_needs_two_groups(shop: Shop) -> None:
    only = {"audience": {"hold_out_bp": 5_000, "member_kinds": ["company"]}}
    shop.publish("gold", "points", only, **POINTS)
    trial = trial_of("gold", 5_000)
    number, seen = 0, {True: 0, False: 0}
    while seen[True] < 1 or seen[False] < 1:
        number += 1
        kind = "company" if not seen[trial.holds_out(number)] else "individual"
        seen[trial.holds_out(number)] += kind == "company"
        shop.enrol(f"M{number}", member_kind=kind)
        shop.clock.on(minutes=5)
        shop.sell(9_000, member=f"M{number}")
        if number == 1:
            assert measured(shop, "2026-01", "gold") == []
    (view,) = measured(shop, "2026-01", "gold")
    assert (view.members, view.others, view.chance_minor, view.more_minor) == (1, 1, None, 0)


def months_go_by(shop: Shop, prices: dict[str, int], member: str = "A") -> None:
    for day, price in prices.items():
        shop.clock.at(f"{day}T12:00")
        shop.sell(price, member=member)


def test_the_past_compares_a_whole_month_with_whole_months_before_the_programme(shop: Shop) -> None:
    shop.enrol("A")
    shop.enrol("B")
    months_go_by(
        shop, {"2026-01-11": 90_000, "2026-02-05": 10_000, "2026-02-20": 8_000, "2026-03-09": 12_000}
    )
    shop.clock.at("2026-04-15T12:00")
    shop.publish("points", "points", **POINTS)
    months_go_by(shop, {"2026-04-16": 7_000, "2026-05-03": 25_000})
    months_go_by(shop, {"2026-05-04": 80_000}, "B")  # who had no past is not measured
    assert measured(shop, "2026-05", "points") == []  # the month is not over
    shop.clock.at("2026-06-01T12:00")
    assert measured(shop, "2026-04", "points") == []  # it began in its middle
    # January is the shop's first month and may be none whole; what is left are two.
    (view,) = measured(shop, "2026-05", "points")
    assert (view.against, view.members, view.months) == ("past", 1, 2)
    assert (view.with_minor, view.without_minor, view.more_minor) == (25_000, 15_000, 10_000)
    (row,) = shop.service.ask(TierReport(month="2026-05")).programmes
    assert view.return_milli == 10_000 * 2 * 1_000 // row.cost_minor


def test_without_a_past_near_enough_nothing_is_said_about_it(shop: Shop) -> None:
    shop.enrol("A")
    shop.publish("new", "points", **POINTS)
    months_go_by(shop, {"2026-01-12": 9_000, "2026-02-05": 9_000, "2026-03-05": 9_000})
    shop.publish("late", "spend_credit", rate_bp=500)
    shop.enrol("B")
    months_go_by(shop, {"2026-04-05": 9_000}, "B")
    months_go_by(shop, {"2027-04-05": 9_000})
    shop.clock.at("2027-05-01T12:00")
    assert measured(shop, "2026-03", "new") == []  # no month before it
    assert measured(shop, "2026-04", "late") == []  # nobody who bought before
    assert measured(shop, "2027-04", "late") == []  # too long ago
    assert len(measured(shop, "2027-04", "new")) == 0


def test_what_cost_nothing_has_no_return(shop: Shop) -> None:
    shop.publish("old", "points", **POINTS)
    for number in range(1, 21):
        shop.enrol(f"M{number}")
    months_go_by(shop, {"2026-01-11": 9_000, "2026-02-05": 9_000}, "M1")
    shop.clock.at("2026-02-28T12:00")
    shop.publish("back", "spend_credit", {"audience": {"hold_out_bp": 100}}, rate_bp=500)
    shop.publish("back", "spend_credit", THIRD, rate_bp=500)
    months_go_by(
        shop, {"2026-03-05": 9_000}, next(f"M{n}" for n in (1, 2) if n not in left_out("back", 3_300, 2))
    )
    shop.clock.at("2026-04-01T12:00")
    month = read_month("2026-03")
    assert month is not None
    found = brought(shop.service._desk, "back", month, 1, 0)
    assert [one.return_milli for one in found] == [None] * len(found) and found
