"""Limits and budgets through the shop's one door, on a real file (rules 12, 14, 31)."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.form_views import DraftView, LimitsView, ProgrammesView
from loyalty_pos.app.views import SaleView, TraceView
from loyalty_pos.domain.limits import Usage
from tests.shop import Shop, T, goods, raw

DAY = "2026-11-21"
RACES = 60


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol("A")
    opened.enrol("B")
    yield opened
    opened.proved()
    opened.close()


def publish(shop: Shop, kind: str, limits: dict[str, int], key: str = "p", **params: Any) -> None:
    shop.publish(key, kind, {"limits": limits} if limits else {}, **params)


def used(shop: Shop, member: int | None = 1, day: str = DAY, programme: int = 1) -> Usage:
    return shop.service._desk.store.uses.of(programme, member, day)


def told(sale: SaleView, key: str = "p") -> TraceView:
    return next(line for line in sale.trace if line.programme == key)


def limits(shop: Shop) -> LimitsView | None:
    view: ProgrammesView = shop.service.ask(q.Programmes())
    return view.programmes[0].limits


def test_a_day_ends_a_limit_per_day_and_another_member_has_their_own(shop: Shop) -> None:
    publish(shop, "percent_off", {"per_member_day": 1}, rate_bp=1000)
    assert shop.sell(1_000 * T).due_minor == 900 * T
    again = shop.sell(1_000 * T)
    assert (again.due_minor, told(again).code) == (1_000 * T, "limit_day")
    assert told(again).short.en == "1 time a day, used today"
    assert shop.sell(1_000 * T, member="B").due_minor == 900 * T
    shop.clock.on(days=1)
    assert shop.sell(1_000 * T).due_minor == 900 * T
    assert used(shop) == Usage(3, 2, 1, 300 * T)


def test_a_budget_pays_what_is_left_then_rests_by_itself_and_the_owner_sees_it(shop: Shop) -> None:
    publish(shop, "percent_off", {"budget_minor": 150 * T, "total": 9}, rate_bp=1000)
    shop.sell(1_000 * T)
    assert limits(shop) == LimitsView(
        times=1, total=9, spent_minor=100 * T, budget_minor=150 * T, used_up=False
    )
    crossing = shop.sell(1_000 * T, member="B")
    assert crossing.due_minor == 950 * T
    assert told(crossing).short.en == "only 50 T was left of its budget"
    assert told(crossing).sentence.en == "10% of 1,000 T (only 50 T was left of its budget)"
    rests = shop.sell(1_000 * T)
    assert (rests.due_minor, told(rests).short.en) == (1_000 * T, "its budget is used up")
    view = limits(shop)
    assert view is not None and (view.used_up, view.share_milli) == (True, 1_000)
    assert shop.service.ask(q.Shop()).programmes[0].used_up
    publish(shop, "percent_off", {"budget_minor": 200 * T}, rate_bp=1000)
    assert shop.sell(1_000 * T).due_minor == 950 * T


def test_the_share_is_that_of_what_runs_out_first() -> None:
    more: dict[str, Any] = {"times": 3, "spent_minor": 10, "used_up": False}
    assert LimitsView(total=4, budget_minor=100, **more).share_milli == 750
    assert LimitsView(total=None, budget_minor=100, **more).share_milli == 100
    assert LimitsView(total=None, budget_minor=None, **more).share_milli == 0


def test_a_void_gives_back_what_the_sale_used_and_only_once(shop: Shop) -> None:
    publish(shop, "percent_off", {"per_member": 1, "budget_minor": 100 * T}, rate_bp=1000)
    sale = shop.sell(1_000 * T)
    assert shop.sell(1_000 * T).due_minor == 1_000 * T
    shop.void(sale)
    shop.void(sale)
    assert used(shop) == Usage()
    assert shop.sell(1_000 * T).due_minor == 900 * T


def test_credit_its_budget_has_cut_is_taken_back_exactly(shop: Shop) -> None:
    publish(shop, "spend_credit", {"budget_minor": 150 * T}, rate_bp=1000)
    shop.sell(1_000 * T)
    before = shop.member()
    cut = shop.sell(1_000 * T)
    assert (cut.earned.credit_minor, shop.member().credit_minor) == (50 * T, 150 * T)
    assert told(cut).short.en == "only 50 T was left of its budget"
    shop.void(cut)
    after = shop.member()
    assert (after.credit_minor, after.progress, after.owed) == (
        before.credit_minor, before.progress, before.owed,
    )  # fmt: skip
    assert used(shop).spent_minor == 100 * T


def test_points_that_would_cost_more_than_is_left_are_not_given(shop: Shop) -> None:
    publish(shop, "points", {"budget_minor": 100 * T}, step_minor=10 * T, point_value_minor=10 * T)
    assert shop.sell(80 * T).earned.points == 8
    sale = shop.sell(30 * T)
    assert (sale.earned.points, told(sale).code) == (0, "budget_spent")
    assert told(sale).short.en == "too little left of its budget: 20 T"
    assert shop.sell(20 * T).earned.points == 2


def test_a_card_gives_as_many_free_ones_as_its_limit_allows(shop: Shop) -> None:
    publish(shop, "stamp_card", {"per_sale": 1, "total": 2}, needed=3)
    sale = shop.sell(None, goods("tea", 100 * T, 8))
    assert (shop.rewards(), sale.earned.stamps) == (1, {"p": 3})
    assert told(sale).short.en == "no more than 1 this time"
    shop.sell(None, goods("tea", 100 * T, 8), decline=("p",))
    assert (shop.rewards(), used(shop).total) == (2, 2)
    over = shop.sell(None, goods("tea", 100 * T, 1), decline=("p",))
    assert [line.code for line in over.trace if line.family == "earn"] == ["limit_total"]
    free = shop.sell(None, goods("tea", 100 * T, 2))
    assert (free.due_minor, used(shop).total) == (0, 2)


def test_limits_set_later_count_from_the_first_sale_and_forget_nothing_in_between(shop: Shop) -> None:
    publish(shop, "percent_off", {}, rate_bp=1000)
    sale, _, other = shop.sell(1_000 * T), shop.sell(500 * T), shop.sell(100 * T, member="B")
    nobody = shop.sell(100 * T, member=None)
    assert nobody.due_minor == 100 * T and limits(shop) is None
    publish(shop, "percent_off", {"total": 4}, rate_bp=1000)
    assert used(shop) == Usage(3, 2, 2, 160 * T)
    shop.void(other)
    publish(shop, "percent_off", {}, rate_bp=1000)
    assert used(shop) == Usage()
    shop.sell(1_000 * T)
    shop.void(sale)
    publish(shop, "percent_off", {"per_member": 3}, rate_bp=1000)
    assert used(shop) == Usage(2, 2, 2, 150 * T)
    assert used(shop, 2) == Usage(2, 0, 0, 150 * T)


def test_an_offer_for_everybody_counts_those_who_are_not_members_too(shop: Shop) -> None:
    when = {"audience": {"non_members": True}, "limits": {"total": 2}}
    shop.publish("p", "percent_off", when, rate_bp=1000)
    first = shop.sell(1_000 * T, member=None)
    assert shop.sell(1_000 * T).due_minor == 900 * T
    assert shop.sell(1_000 * T, member=None).due_minor == 1_000 * T
    shop.void(first)
    assert used(shop, None) == Usage(1, 0, 0, 100 * T)


def test_a_member_named_later_uses_the_limits_of_now_on_the_day_of_the_sale(shop: Shop) -> None:
    publish(shop, "spend_credit", {"per_member_day": 1}, rate_bp=1000)
    late, other = shop.sell(1_000 * T, member=None), shop.sell(1_000 * T, member=None)
    attached = shop.service.do(c.AttachMember(sale_id=str(late.sale_id), member="A"))
    assert (attached.earned.credit_minor, used(shop)) == (100 * T, Usage(1, 1, 1, 100 * T))
    second = shop.service.do(c.AttachMember(sale_id=str(other.sale_id), member="A"))
    assert (second.earned.credit_minor, told(second).code) == (0, "limit_day")
    publish(shop, "spend_credit", {"per_member_day": 2}, rate_bp=1000)
    assert used(shop) == Usage(1, 1, 1, 100 * T)
    shop.void(str(late.sale_id))
    assert (used(shop), shop.member().credit_minor) == (Usage(), 0)


def test_imported_sales_count_on_their_own_day(shop: Shop) -> None:
    publish(shop, "spend_credit", {"per_member_day": 1}, rate_bp=1000)
    at_ms = shop.clock.ms - 86_400_000
    for number in (1, 2):
        sale_id = f"old{number}"
        shop.service.do(c.ImportSale(sale_id=sale_id, at_ms=at_ms, member="A", amount_minor=1_000 * T))
    assert used(shop, day="2026-11-20") == Usage(1, 1, 1, 100 * T)
    assert shop.sell(1_000 * T).earned.credit_minor == 100 * T


def test_another_members_sale_makes_a_quote_stale_only_when_it_ate_what_this_one_uses(shop: Shop) -> None:
    publish(shop, "percent_off", {"budget_minor": 250 * T}, rate_bp=1000)
    seen = shop.quote(1_000 * T)
    shop.sell(1_000 * T, member="B")
    assert shop.sell(1_000 * T, fingerprint=seen.fingerprint).due_minor == 900 * T
    seen = shop.quote(500 * T)
    shop.sell(300 * T, member="B")
    with shop.refuses("stale_quote", due_minor=480 * T):
        shop.sell(500 * T, fingerprint=seen.fingerprint)


def test_a_quote_and_a_hold_use_nothing(shop: Shop) -> None:
    publish(shop, "percent_off", {"total": 1}, rate_bp=1000)
    shop.quote(1_000 * T)
    shop.service.do(c.HoldSale(posting_id="h", member="A", amount_minor=1_000 * T))
    assert used(shop) == Usage()


def test_a_programme_that_a_sale_did_not_use_is_not_counted(shop: Shop) -> None:
    publish(shop, "percent_off", {"total": 9}, "weak", rate_bp=100)
    publish(shop, "percent_off", {"total": 9}, "strong", rate_bp=1000)
    shop.sell(1_000 * T)
    assert (used(shop, programme=1).total, used(shop, programme=2).total) == (0, 1)


def test_the_sentence_says_the_limits_and_a_draft_names_what_cannot_be_kept(shop: Shop) -> None:
    limits = {"per_sale": 1, "per_member": 3, "per_member_day": 2, "total": 40, "budget_minor": 5_000 * T}
    publish(shop, "percent_off", limits, rate_bp=1000)
    view: ProgrammesView = shop.service.ask(q.Programmes())
    assert view.programmes[0].sentence.en == (
        "10% off everything for members. At most 1 time in one purchase. Each member at most 2 times a day."
        " Each member at most 3 times. At most 40 times in all. Until 5,000 T has been given away."
    )
    draft: DraftView = shop.service.ask(
        q.DraftProgramme(
            kind="points", name="P", params={"step_minor": 10}, when={"limits": {"budget_minor": 5}}
        )
    )
    (problem,) = draft.problems
    assert (problem.field, problem.problem) == ("when.limits.budget_minor", "no_money_worth")
    assert problem.message.en == "A budget needs a worth in money for what is given."
    draft = shop.service.ask(
        q.DraftProgramme(kind="points", name="P", params={"step_minor": 10}, when={"limits": {"budget": 5}})
    )
    assert [(each.field, each.problem) for each in draft.problems] == [("when.limits.budget", "unknown")]


@pytest.mark.parametrize(
    ("edit", "finding"),
    [
        ("UPDATE programme_use SET times = times + 1", "programme_uses_differ_from_sales"),
        ("UPDATE programme_use SET spent_minor = spent_minor - 1", "programme_uses_differ_from_sales"),
        ("UPDATE member_use SET times = times + 1", "member_uses_differ_from_sales"),
        ("UPDATE member_use SET day = '2026-01-01'", "member_uses_differ_from_sales"),
        ("DELETE FROM member_use", "member_uses_differ_from_sales"),
        ("DELETE FROM member_use; DELETE FROM programme_use", "limits_are_not_counted"),
        ("INSERT INTO programme_use VALUES (2, 0, 0)", "limits_are_not_counted"),
    ],
)
def test_the_audit_proves_the_counters(tmp_path: Path, edit: str, finding: str) -> None:
    shop = Shop(tmp_path / "shop.db")
    shop.enrol("A")
    publish(shop, "percent_off", {"total": 9}, rate_bp=1000)
    shop.publish("free", "percent_off", rate_bp=10)
    shop.sell(1_000 * T)
    shop.proved()
    with raw(shop.path) as connection:
        connection.execute(edit)
    assert finding in [each.code for each in shop.audit().findings]
    shop.close()


@pytest.mark.parametrize(
    ("kind", "params", "limit"),
    [
        ("percent_off", {"rate_bp": 1000}, {"budget_minor": 100 * T}),
        ("percent_off", {"rate_bp": 1000}, {"total": 1}),
        ("spend_credit", {"rate_bp": 1000}, {"budget_minor": 100 * T}),
        ("percent_off", {"rate_bp": 1000}, {"per_member": 1}),
    ],
)
def test_two_tills_racing_for_the_last_of_it_never_overshoot(
    tmp_path: Path, kind: str, params: dict[str, Any], limit: dict[str, int]
) -> None:
    """Both sell at once what only one can have; the winner's sale is taken back, and they race again."""
    path = tmp_path / "shop.db"
    shop = Shop(path)
    shop.enrol("A")
    publish(shop, kind, limit, **params)
    together, won = Barrier(3), [[0] * RACES, [0] * RACES]

    def race(till: int) -> None:
        mine = Shop(path, chance=till + 2)
        for number in range(RACES):
            together.wait()
            sale = mine.sell(1_000 * T, sale_id=f"{till}-{number}")
            won[till][number] = sale.discount_minor + sale.earned.credit_minor
            together.wait()
        mine.close()

    tills = [Thread(target=race, args=(till,)) for till in (0, 1)]
    for each in tills:
        each.start()
    for number in range(RACES):
        together.wait()
        together.wait()
        assert sorted((won[0][number], won[1][number])) == [0, 100 * T]
        assert used(shop) == Usage(1, 1, 1, 100 * T)
        shop.void(f"{int(won[1][number] > 0)}-{number}")
    for each in tills:
        each.join()
    shop.proved()
    shop.close()
