"""The month's report by levels, against an own computation over the raw rows of the file."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from loyalty_pos.app.commands import AttachMember
from loyalty_pos.app.queries_reports import TierReport
from loyalty_pos.app.report_views import TierReportView
from tests.shop import HeldClock, Shop, goods, raw

LEVELS = [
    {"key": "bronze", "name": "Bronze", "from": 0},
    {"key": "silver", "name": "Silver", "from": 60_000, "discount_bp": 500},
    {"key": "gold", "name": "Gold", "from": 200_000, "discount_bp": 1_000},
]
MEMBERS = "ABCDEFG"


def report(shop: Shop, month: str) -> TierReportView:
    view: TierReportView = shop.service.ask(TierReport(month=month))
    return view


def club(shop: Shop, window_months: int = 2) -> None:
    shop.publish("club", "tiers", metric="spend", window_months=window_months, levels=LEVELS)


def busy_months(shop: Shop, seed: int) -> None:
    """Let seven members and others buy for a hundred days, and take some of it back."""
    chance = Random(seed)
    for card in MEMBERS:
        shop.enrol(card, name=f"Member {card}")
    done: list[tuple[Any, int]] = []
    for day in range(100):
        shop.clock.on(days=1)
        for _ in range(chance.randrange(4)):
            shop.clock.on(minutes=3)
            buyer = chance.choice([*MEMBERS, None])
            lines = [
                goods("x", chance.randrange(1, 900) * 10, chance.randrange(1, 5))
                for _ in range(1 + chance.randrange(2))
            ]
            sale = shop.sell(None, *lines, member=buyer)
            done.append((sale, lines[0].quantity))
            if buyer is None and chance.random() < 0.3:
                attached = AttachMember(sale_id=str(sale.sale_id), member=chance.choice(MEMBERS))
                shop.service.do(attached)
        if done and day % 4 == 0:
            sale, units = done.pop(chance.randrange(len(done)))
            if chance.random() < 0.3:
                shop.void(sale)
            else:
                shop.refund(sale, None, (1, chance.randrange(1, units + 1)))


@dataclass
class Counted:
    members: set[int] = field(default_factory=set)
    purchases: int = 0
    sales: int = 0
    discount: int = 0
    cost: int = 0


class Ledger:
    """The file's own rows, read without the program."""

    def __init__(self, path: Path, first: str, last: str) -> None:
        self.first, self.last = first, last
        file = raw(path)
        self.records = {
            seq: json.loads(text) for seq, text in file.execute("SELECT seq, record FROM posting")
        }
        self.days: dict[int, str] = dict(file.execute("SELECT seq, business_day FROM posting"))
        self.voided = {sale for (sale,) in file.execute("SELECT sale FROM voided")}
        attached = file.execute("SELECT sale, member, posting FROM attached")
        self.attached = {sale: (member, posting) for sale, member, posting in attached}
        self.refunds: dict[int, list[int]] = defaultdict(list)
        for posting, sale in file.execute("SELECT posting, sale FROM refund ORDER BY posting"):
            self.refunds[sale].append(posting)
        self.credit: Counter[int] = Counter()
        for posting, amount in file.execute(
            "SELECT e.posting, e.amount FROM entry e JOIN account a ON a.id = e.account"
            " WHERE a.unit = 'credit'"
        ):
            self.credit[posting] += amount
        self.sales = list(file.execute("SELECT posting, member, business_day, net_minor FROM sale"))
        self.events = list(file.execute("SELECT posting, member, before, after FROM tier_event"))

    def levels(self) -> dict[int, str | None]:
        """The level each member's last event up to the last day put them on."""
        return {member: after for seq, member, _, after in self.events if self.days[seq] <= self.last}

    def count(self) -> tuple[dict[str | None, Counted], Counted]:
        levels, all_sales = self.levels(), Counted()
        by_level: dict[str | None, Counted] = defaultdict(Counted)
        for seq, own, day, _ in self.sales:
            if seq in self.voided or not self.first <= day <= self.last:
                continue
            member, value = self.attached.get(seq, (own, seq))
            record = self.records[seq]
            refunds = self.refunds[seq]
            quantities = [line[2] for line in record["lines"]]
            nets = [line[5] for line in record["lines"]]
            if refunds:
                kept = self.records[refunds[-1]]["kept"]
                quantities, nets = kept["quantities"], kept["nets"]
            full = sum(line[3] * units for line, units in zip(record["lines"], quantities, strict=True))
            discount, net = full - sum(nets), sum(nets)
            credit = self.credit[value] + sum(self.credit[one] for one in refunds)
            one = by_level[levels.get(member)] if member is not None else Counted()
            for counted in (one, all_sales):
                counted.purchases += 1
                counted.sales += net
                counted.discount += discount
                counted.cost += discount + credit
            one.members.add(member)
        return by_level, all_sales


def span(month: str) -> tuple[str, str]:
    """First and last day of a month, by tables of their own."""
    known = {
        "1405-09": ("2026-11-22", "2026-12-21"),
        "1405-10": ("2026-12-22", "2027-01-20"),
        "1405-11": ("2027-01-21", "2027-02-19"),
    }
    if month in known:
        return known[month]
    first = date.fromisoformat(f"{month}-01")
    return first.isoformat(), ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).isoformat()


@pytest.fixture(scope="module", params=["jalali", "gregorian"])
def busy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = Shop(tmp_path_factory.mktemp("busy") / "busy.db", calendar=request.param)
    club(shop)
    shop.publish("back", "spend_credit", rate_bp=500, rounding_minor=1)
    busy_months(shop, seed=len(request.param))
    yield shop
    shop.close()


@pytest.mark.parametrize("month", ["1405-09", "1405-10", "1405-11", "2026-12", "2027-01", "2027-02"])
def test_the_report_is_what_the_raw_rows_come_to(busy: Shop, month: str) -> None:
    view = report(busy, month)
    first, last = span(month)
    by_level, all_sales = Ledger(busy.path, first, last).count()
    assert (view.first_day, view.last_day) == (first, last)
    assert [one.key for one in view.tiers] == ["gold", "silver", "bronze"]
    for one in view.tiers:
        counted = by_level.get(one.key, Counted())
        assert (one.members, one.purchases) == (len(counted.members), counted.purchases)
        assert (one.sales_minor, one.discount_minor) == (counted.sales, counted.discount)
        assert one.cost_minor == counted.cost
    assert view.totals.purchases == sum(one.purchases for one in by_level.values()) > 0
    assert view.totals.members == len(set().union(*(one.members for one in by_level.values())))
    assert (view.totals.all_purchases, view.totals.all_sales_minor) == (all_sales.purchases, all_sales.sales)
    assert sum(given.cost_minor for given in view.programmes) == all_sales.cost
    busy.proved()


@pytest.mark.parametrize("month", ["1405-09", "2027-01"])
def test_movements_are_the_events_of_the_month(busy: Shop, month: str) -> None:
    ledger = Ledger(busy.path, *span(month))
    wanted = Counter(
        (before, after)
        for seq, _, before, after in ledger.events
        if ledger.first <= ledger.days[seq] <= ledger.last
    )
    view = report(busy, month)
    assert {(one.from_, one.to): one.members for one in view.movements} == wanted
    ranks = [None, "bronze", "silver", "gold"]
    for one in view.movements:
        assert (one.direction == "up") == (ranks.index(one.to) > ranks.index(one.from_))
    totals = view.totals
    assert totals.up + totals.down + totals.new == sum(wanted.values())


def test_the_month_before_is_told_beside_it(busy: Shop) -> None:
    earlier, later = report(busy, "2027-01").totals, report(busy, "2027-02").before
    assert earlier.purchases and (earlier.sales_minor, earlier.cost_minor, earlier.share_bp) == (
        later.sales_minor,
        later.cost_minor,
        later.share_bp,
    )


def test_a_level_is_the_one_held_at_the_end_of_the_month(shop: Shop) -> None:
    club(shop)
    shop.enrol("A", name="Sara")
    shop.clock.at("2026-12-01T12:00")
    shop.sell(50_000)
    assert [(one.key, one.members) for one in report(shop, "2026-12").tiers][-1] == ("bronze", 1)
    shop.clock.on(days=1)
    shop.sell(10_000)
    view = report(shop, "2026-12")
    silver = view.tiers[1]
    assert (silver.key, silver.members, silver.purchases, silver.sales_minor) == ("silver", 1, 2, 60_000)
    assert [(one.from_, one.to, one.members) for one in view.movements] == [
        (None, "bronze", 1),
        ("bronze", "silver", 1),
    ]


def test_a_club_that_came_after_the_sales_counts_what_was_spent(shop: Shop) -> None:
    shop.enrol("A")
    shop.clock.at("2026-12-01T12:00")
    shop.sell(70_000)
    club(shop)
    assert [one.members for one in report(shop, "2026-12").tiers] == [0, 1, 0]


def test_without_levels_everybody_stands_in_one_row(shop: Shop) -> None:
    shop.enrol("A")
    shop.sell(70_000)
    shop.sell(30_000, member=None)
    view = report(shop, "2026-11")
    (row,) = view.tiers
    assert (row.key, row.name, row.members, row.sales_minor) == (None, "", 1, 70_000)
    assert (view.totals.share_bp, view.movements, view.at_risk) == (7_000, (), ())


def test_a_shop_that_sold_nothing_has_a_report_of_noughts(shop: Shop) -> None:
    view = report(shop, "1405-08")
    assert (view.tiers, view.totals.share_bp, view.totals.basket_minor, view.top) == ((), 0, 0, ())


def test_at_risk_is_whose_spend_holds_no_longer_from_next_month_on(shop: Shop) -> None:
    club(shop, window_months=1)
    for card in ("A", "B"):
        shop.enrol(card, name=card)
    shop.clock.at("2026-12-01T12:00")
    shop.sell(60_000, member="A")
    shop.sell(60_000, member="B")
    shop.clock.at("2027-01-25T12:00")
    shop.sell(50_000, member="A")
    shop.sell(90_000, member="B")
    view = report(shop, "2027-01")
    assert [(one.name, one.tier, one.missing_minor) for one in view.at_risk] == [("A", "silver", 12_500)]
    assert view.at_risk_members == 1


def test_a_level_that_is_no_more_keeps_its_key(shop: Shop) -> None:
    club(shop)
    shop.enrol("A")
    shop.clock.at("2026-12-01T12:00")
    shop.sell(60_000)
    shop.publish("club", "tiers", metric="spend", window_months=2, levels=[LEVELS[0], LEVELS[2]])
    assert ("silver", "silver") in [(one.to, one.to_name) for one in report(shop, "2026-12").movements]


def test_top_members_come_by_sales_and_have_a_name(shop: Shop) -> None:
    shop.enrol("4410339108")
    shop.enrol("B", name="Sara")
    shop.enrol("C", phone="09123456789")
    shop.sell(70_000, member="4410339108")
    shop.sell(90_000, member="B")
    shop.sell(10_000, member="C")
    names = [(one.name, one.sales_minor) for one in report(shop, "2026-11").top]
    assert names == [("Sara", 90_000), ("…9108", 70_000), ("…6789", 10_000)]


def test_points_cost_what_they_pay(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=1_000, points_per_step=1, point_value_minor=50)
    shop.enrol("A")
    shop.sell(90_000)
    view = report(shop, "2026-11")
    assert (view.totals.cost_minor, view.totals.cost_bp, view.point_value_minor) == (4_500, 500, 50)
    assert [(one.key, one.purchases, one.return_milli) for one in view.programmes] == [("points", 1, 20_000)]


def test_a_free_item_costs_when_it_is_used_and_a_paid_one_after_all_does_not(shop: Shop) -> None:
    shop.publish("every2", "stamp_card", count="units", needed=2, mode="every_nth")
    shop.enrol("A")
    sale = shop.sell(None, goods("tea", 1_000), goods("tea", 1_000))
    assert report(shop, "2026-11").totals.cost_minor == 1_000
    shop.refund(sale, None, (1, 1))
    after = report(shop, "2026-11").totals
    assert (after.sales_minor, after.discount_minor, after.cost_minor) == (1_000, 0, 0)


def stamp_card(shop: Shop, needed: int, mode: str) -> None:
    shop.publish("card", "stamp_card", count="units", needed=needed, mode=mode)
    shop.enrol("A")


@pytest.mark.parametrize(
    ("units", "back", "kept"),
    [((8,), (1, 4), 45_000), ((8,), (1, 1), 45_000), ((8,), (1, 7), 0), ((1, 7), (2, 1), 45_000)],
)
def test_of_a_sale_of_which_a_part_came_back_free_units_cost_what_is_kept_of_them(
    shop: Shop, units: tuple[int, ...], back: tuple[int, int], kept: int
) -> None:
    stamp_card(shop, 4, "every_nth")
    sale = shop.sell(None, *[goods("tea", 45_000, one) for one in units])
    shop.refund(sale, None, back)
    totals = report(shop, "2026-11").totals
    assert (totals.discount_minor, totals.cost_minor) == (kept, kept)
    shop.proved()


def test_a_reward_that_is_kept_costs_all_of_it_however_much_of_its_line_came_back(shop: Shop) -> None:
    stamp_card(shop, 3, "after_n_paid")
    shop.sell(None, goods("tea", 45_000, 3))
    sale = shop.sell(None, goods("tea", 45_000, 4))
    for left in (45_000, 45_000, 45_000, 0):
        assert report(shop, "2026-11").totals.cost_minor == 45_000
        shop.refund(sale, None, (1, 1))
        totals = report(shop, "2026-11").totals
        assert (totals.discount_minor, totals.cost_minor) == (left, left)
        shop.proved()


def test_what_a_percent_took_off_beside_free_units_goes_with_the_paid_ones(shop: Shop) -> None:
    stamp_card(shop, 3, "after_n_paid")
    shop.publish("tenth", "percent_off", rate_bp=1_000, lane="member")
    shop.sell(None, goods("tea", 45_000, 3))
    before = report(shop, "2026-11").totals.cost_minor
    sale = shop.sell(None, goods("tea", 45_000, 4))
    assert report(shop, "2026-11").totals.cost_minor - before == 58_500
    shop.refund(sale, None, (1, 2))
    totals = report(shop, "2026-11").totals
    assert (totals.discount_minor, totals.cost_minor) == (before + 49_500, before + 49_500)
    shop.proved()


def test_of_a_typed_amount_a_free_unit_costs_until_all_of_it_came_back(shop: Shop) -> None:
    amount: dict[str, Any] = {"amount_mode_default": 1, "amount_mode_value_minor": 45_000}
    shop.publish("card", "stamp_card", count="units", needed=2, mode="after_n_paid", **amount)
    shop.enrol("A")
    shop.sell(90_000)
    shop.sell(90_000)
    sale = shop.sell(90_000)
    shop.refund(sale, 10_000)
    totals = report(shop, "2026-11").totals
    assert (totals.discount_minor, totals.cost_minor) == (45_000, 45_000)
    shop.proved()


def test_months_that_counted_free_units_by_all_units_of_their_line_are_counted_anew(shop: Shop) -> None:
    stamp_card(shop, 4, "every_nth")
    shop.refund(shop.sell(None, goods("tea", 45_000, 8)), None, (1, 4))
    before = report(shop, "2026-11")
    assert before.totals.cost_minor == 45_000
    with raw(shop.path) as file:
        file.execute("UPDATE month_cell SET cost_minor = 0")
        file.execute("UPDATE member_month SET cost_minor = 0")
        file.execute("DELETE FROM schema_migration WHERE name = '0020_free_units'")
        file.execute("PRAGMA user_version = 19")
    again = Shop(shop.path, shop.clock)
    assert report(again, "2026-11").totals == before.totals
    again.proved()
    again.close()


def test_what_somebody_without_a_card_was_given_counts_to_the_programme_alone(shop: Shop) -> None:
    everybody = {"audience": {"non_members": True}}
    shop.publish("happy", "percent_off", everybody, rate_bp=1_000, lane="member")
    shop.sell(90_000, member=None)
    view = report(shop, "2026-11")
    assert [(one.key, one.members, one.cost_minor) for one in view.programmes] == [("happy", 0, 9_000)]
    assert view.totals.cost_minor == 0


def test_the_report_names_where_the_ledger_ends(shop: Shop) -> None:
    club(shop)
    last, seal = next(
        raw(shop.path).execute("SELECT seq, lower(hex(hash)) FROM posting ORDER BY seq DESC LIMIT 1")
    )
    view = report(shop, "2026-11")
    assert (view.posting, view.seal, view.revision) == (last, seal[:12], 1)


@pytest.mark.parametrize("text", ["", "1404", "1404-13", "2025-00", "x-1", "1404-08-01", "99999-1"])
def test_a_month_that_is_none_is_refused(shop: Shop, text: str) -> None:
    with shop.refuses_field("month"):
        report(shop, text)


@pytest.mark.parametrize("text", ["1405-08", "۱۴۰۵-۰۸", "1405/8", " 1405-08 "])
def test_a_month_may_be_written_in_any_digits(shop: Shop, text: str) -> None:
    view = report(shop, text)
    assert (view.month, view.calendar, view.first_day) == ("1405-08", "jalali", "2026-10-23")


def test_the_clock_of_the_report_is_the_shops(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "s.db", HeldClock("2026-11-21T12:00"))
    assert report(shop, "2026-11").made_at_ms == shop.clock.ms
    shop.close()
