"""Sales on account: what money earns is earned as it comes in, visits and stamps at delivery (rules 20)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.commands_people import MergeMembers, Settle
from loyalty_pos.app.people_views import SettledView
from loyalty_pos.app.queries_reports import TierReport
from tests.shop import Shop, T, item, raw


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.product("tea", 100 * T, "drinks")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def with_all(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 30}}, step_minor=10 * T, point_value_minor=T)
    shop.publish("back", "spend_credit", rate_bp=1_000)
    shop.publish("card", "stamp_card", count="units", groups=["drinks"], needed=5, mode="after_n_paid")
    shop.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, {"key": "silver", "from": 300 * T}])


def on_account(shop: Shop, teas: int = 3, **more: Any) -> Any:
    return shop.sell(None, item("tea", teas), on_account=True, **more)


def pay(shop: Shop, sale: Any, amount: int, key: str = "p1") -> SettledView:
    view: SettledView = shop.service.do(Settle(posting_id=key, sale_id=sale.sale_id, amount_minor=amount))
    shop.proved()
    return view


def test_at_delivery_visits_stamps_and_levels_count_and_nothing_that_money_earns(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    assert (sale.due_minor, sale.earned.points, sale.earned.credit_minor) == (300 * T, 0, 0)
    assert (sale.earned.stamps, sale.tier.after) == ({"card": 3}, "silver")
    account = sale.on_account
    assert (account.due_minor, account.left_minor, account.later_points, account.later_credit_minor) == (
        (300 * T, 300 * T, 30, 30 * T)
    )
    member = shop.member()
    assert (member.points, member.credit_minor, member.visits, member.on_account_minor) == (0, 0, 1, 300 * T)
    told = {line.programme: line for line in sale.trace}
    assert told["points"].short.en == "30 points as it is paid"
    assert "3,000" not in told["points"].sentence.en and "in proportion" in told["back"].sentence.en


@pytest.mark.parametrize("parts", [(300,), (100, 200), (7, 93, 150, 50), (1,) * 5 + (295,)])
def test_payments_in_any_parts_earn_what_one_payment_earns(shop: Shop, parts: tuple[int, ...]) -> None:
    with_all(shop)
    shop.publish("odd", "points", step_minor=7 * T, points_per_step=2)
    sale = on_account(shop)
    for number, part in enumerate(parts):
        pay(shop, sale, part * T, f"p{number}")
    member, stored = shop.member(), shop.stored(sale)
    assert (member.points, member.credit_minor, member.on_account_minor) == (30 + 84, 30 * T, 0)
    assert (stored.earned.points, stored.earned.credit_minor) == (114, 30 * T)
    assert stored.on_account is not None
    assert (stored.on_account.received_minor, stored.on_account.left_minor) == (300 * T, 0)
    assert {lot.expires_on for lot in member.lots if lot.unit == "points"} == {"2026-12-21", None}


def test_half_the_money_earns_half(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    view = pay(shop, sale, 150 * T)
    assert (view.points, view.credit_minor, view.left_minor) == (15, 15 * T, 150 * T)
    assert view.balances.points == 15
    assert shop.recent()[0].on_account == shop.stored(sale).on_account
    item_, *_ = shop.service.ask(q.MemberHistory(member="A")).items
    assert item_.kind == "settle"


def test_a_payment_under_a_known_key_is_answered_again_and_another_one_refused(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    first = pay(shop, sale, 100 * T)
    assert pay(shop, sale, 100 * T) == first
    with shop.refuses("key_taken", sale_id="p1"):
        pay(shop, sale, 101 * T)
    with shop.refuses("more_than_on_account", left_minor=200 * T):
        pay(shop, sale, 201 * T, "p2")
    pay(shop, sale, 200 * T, "p2")
    with shop.refuses("nothing_on_account"):
        pay(shop, sale, T, "p3")
    with shop.refuses_field("amount_minor", "out_of_range"):
        pay(shop, sale, 0, "p3")


def test_a_sale_paid_at_once_has_nothing_to_settle(shop: Shop) -> None:
    with_all(shop)
    paid = shop.sell(100 * T)
    assert paid.on_account is None
    with shop.refuses("nothing_on_account"):
        pay(shop, paid, T)
    whole = shop.sell(10 * T, credit_minor="all", on_account=True)
    assert (whole.due_minor, whole.on_account) == (0, None)


def test_only_a_member_buys_on_account_and_gift_cards_nobody(shop: Shop) -> None:
    with_all(shop)
    with shop.refuses("on_account_needs_member"):
        shop.sell(100 * T, member=None, on_account=True)
    with shop.refuses("gift_cards_on_account"):
        shop.sell(100 * T, on_account=True, sells=(c.SellGiftCards(face_minor=T, count=1),))


def test_a_refund_before_any_payment_pays_nothing_back_and_lowers_what_is_left(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, back.off_account_minor, shop.member().on_account_minor) == (
        0,
        100 * T,
        200 * T,
    )
    pay(shop, sale, 200 * T)
    assert (shop.member().points, shop.member().credit_minor) == (20, 20 * T)


def test_a_refund_after_a_part_was_paid_lowers_the_rest_first_and_keeps_the_earning_exact(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    pay(shop, sale, 150 * T)
    first = shop.refund(sale, None, (1, 1))
    assert (first.refund_minor, first.off_account_minor, shop.member().points) == (0, 100 * T, 15)
    second = shop.refund(sale, None, (1, 1))
    assert (second.refund_minor, second.off_account_minor) == (50 * T, 50 * T)
    assert (shop.member().points, shop.member().credit_minor) == (10, 10 * T)
    with shop.refuses("nothing_on_account"):
        pay(shop, sale, T, "p2")
    last = shop.refund(sale, None, (1, 1))
    assert (last.refund_minor, last.whole) == (100 * T, True)
    member = shop.member()
    assert (member.points, member.credit_minor, member.visits, member.progress["card"].have) == (0, 0, 0, 0)


def test_a_void_gives_back_what_was_received_and_takes_everything_back(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    pay(shop, sale, 120 * T)
    pay(shop, sale, 30 * T, "p2")
    back = shop.void(sale)
    assert (back.refund_minor, back.off_account_minor) == (150 * T, 150 * T)
    member = shop.member()
    assert (member.points, member.credit_minor, member.on_account_minor, member.visits) == (0, 0, 0, 0)
    with shop.refuses("nothing_on_account"):
        pay(shop, sale, T, "p3")


def test_what_was_earned_by_a_payment_and_spent_is_owed_after_a_void(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    pay(shop, sale, 300 * T)
    shop.sell(30 * T, points=30)
    shop.void(sale)
    assert shop.member().owed.points == 30


def test_a_payment_repays_what_is_owed_first(shop: Shop) -> None:
    with_all(shop)
    first = shop.sell(300 * T)
    shop.sell(30 * T, points=30)
    shop.void(first)
    sale = on_account(shop)
    pay(shop, sale, 300 * T)
    assert (shop.member().points, shop.member().owed.points) == (0, 0)


def test_a_part_paid_with_credit_is_received_already_and_the_rest_is_on_account(shop: Shop) -> None:
    with_all(shop)
    shop.sell(500 * T)
    sale = on_account(shop, credit_minor=50 * T)
    assert (sale.due_minor, sale.on_account.later_points) == (250 * T, 25)
    before = shop.member()
    pay(shop, sale, 250 * T)
    after = shop.member()
    assert (after.points - before.points, after.credit_minor - before.credit_minor) == (25, 25 * T)


def test_pain_a_sale_on_account_never_earns_twice(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    assert on_account(shop, sale_id=sale.sale_id) == sale
    pay(shop, sale, 300 * T)
    assert on_account(shop, sale_id=sale.sale_id).earned.points == 30
    assert shop.member().points == 30


def test_a_limit_of_a_programme_counts_a_sale_on_account_once(shop: Shop) -> None:
    shop.publish("back", "spend_credit", {"limits": {"budget_minor": 40 * T}}, rate_bp=1_000)
    sale = on_account(shop)
    assert shop.quote(300 * T).earned.credit_minor == 10 * T
    pay(shop, sale, 300 * T)
    shop.refund(sale, None, (1, 1))
    shop.void(sale)
    assert shop.quote(300 * T).earned.credit_minor == 30 * T


def test_the_survivor_of_a_merge_settles_what_the_other_one_bought(shop: Shop) -> None:
    with_all(shop)
    shop.enrol("B")
    sale = on_account(shop)
    pay(shop, sale, 100 * T)
    shop.service.do(MergeMembers(keep="B", drop="A"))
    assert shop.member("B").on_account_minor == 200 * T
    pay(shop, sale, 200 * T, "p2")
    assert (shop.member("B").points, shop.member("B").on_account_minor) == (30, 0)
    shop.void(sale)
    assert shop.member("B").points == 0


@pytest.mark.parametrize(
    ("finding", "damage"),
    [
        ("account_differs_from_its_sale", "UPDATE on_account SET due_minor = due_minor + 1"),
        ("settlement_differs_from_its_posting", "UPDATE settlement SET amount_minor = amount_minor + 1"),
        ("left_to_pay_is_not_what_was_said_last", "UPDATE on_account SET left_minor = 1"),
        (
            "paid_and_left_are_not_all",
            "DELETE FROM settlement WHERE posting = (SELECT max(posting) FROM settlement)",
        ),
        (
            "payments_did_not_earn_the_whole",
            "UPDATE posting SET record = json_set(record, '$.earned[0][3]', 5) WHERE kind = 'settle'",
        ),
    ],
)
def test_the_audit_finds_an_account_that_is_not_what_its_postings_say(
    tmp_path: Path, finding: str, damage: str
) -> None:
    shop = Shop(tmp_path / "other.db")
    shop.product("tea", 100 * T, "drinks")
    shop.enrol()
    with_all(shop)
    sale = on_account(shop)
    pay(shop, sale, 100 * T)
    pay(shop, sale, 200 * T, "p2")
    file = raw(shop.path, unguarded=True)
    file.execute(damage)
    file.close()
    assert finding in {one.code for one in shop.audit().findings}
    shop.close()


def month(shop: Shop) -> tuple[int, dict[str, int]]:
    """What the month's report says the rewards cost, in all and by programme."""
    view = shop.service.ask(TierReport(month="2026-11"))
    return view.totals.cost_minor, {one.key: one.cost_minor for one in view.programmes if one.key != "club"}


def test_the_months_report_costs_what_payments_earned_and_no_more(shop: Shop) -> None:
    with_all(shop)
    sale = on_account(shop)
    assert month(shop) == (0, {})
    shop.refund(sale, None, (1, 1))
    assert month(shop) == (0, {})
    shop.proved()
    pay(shop, sale, 150 * T)
    assert month(shop) == (30 * T, {"points": 15 * T, "back": 15 * T})
    shop.refund(sale, None, (1, 1))
    shop.proved()
    assert month(shop) == (20 * T, {"points": 10 * T, "back": 10 * T})


def test_months_counted_before_payments_were_are_counted_anew(shop: Shop) -> None:
    with_all(shop)
    pay(shop, on_account(shop), 300 * T)
    before = month(shop)
    assert before[0] == 60 * T
    with raw(shop.path) as file:
        file.execute("UPDATE month_cell SET cost_minor = 0, points = 0")
        file.execute("UPDATE member_month SET cost_minor = 0, points = 0")
        file.execute("DELETE FROM schema_migration WHERE name = '0019_paid'")
        file.execute("PRAGMA user_version = 18")
    again = Shop(shop.path, shop.clock)
    assert month(again) == before
    again.close()
