"""Gifts for what happens once: given once, in the shop's calendar, taken back with the sale (rules 1)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.history_views import HistoryItemView, MemberHistoryView
from loyalty_pos.app.views import SaleView, TraceView
from loyalty_pos.domain.dates import to_jalali
from tests.examples import examples
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Saturday 30 Aban 1405, 21 November 2026."""
    opened = Shop(tmp_path / "shop.db")
    yield opened
    opened.proved()
    opened.close()


def gift(shop: Shop, event: str, key: str = "gift", when: dict[str, Any] | None = None, **more: Any) -> None:
    shop.publish(key, "event_gift", when, event=event, **{"points": 50, **more})


def told(sale: SaleView, key: str = "gift") -> TraceView:
    return next(line for line in sale.trace if line.programme == key)


def edit(shop: Shop, key: str, member: str = "A", **fields: Any) -> None:
    shop.service.do(c.EditMember(posting_id=key, member=member, **fields))


def history(shop: Shop, member: str = "A") -> tuple[HistoryItemView, ...]:
    view: MemberHistoryView = shop.service.ask(q.MemberHistory(member=member))
    return view.items


def on(shop: Shop, day: str) -> None:
    shop.clock.at(f"{day}T12:00")


def test_joining_gives_at_once_and_the_first_purchase_may_use_it(shop: Shop) -> None:
    shop.publish("club", "points", step_minor=1_000 * T, point_value_minor=100 * T)
    gift(shop, "join")
    assert shop.enrol().points == 50
    sale = shop.sell(20_000 * T, points=50)
    assert (sale.due_minor, {line.programme for line in sale.trace} - {""}) == (15_000 * T, {"club"})
    joined = history(shop)[-1]
    assert (joined.kind, [one.amount for one in joined.moved], joined.programme_name) == (
        "enrolment", [50], "gift",
    )  # fmt: skip
    assert joined.why is not None and joined.why.en == "50 points for joining."
    assert "gift" not in shop.member().progress


def test_who_joined_before_gets_nothing_for_joining(shop: Shop) -> None:
    shop.enrol()
    gift(shop, "join")
    shop.sell(1_000 * T)
    edit(shop, "e", name="سارا")
    assert shop.member().points == 0


def test_a_limit_holds_for_joining_too(shop: Shop) -> None:
    gift(shop, "join", when={"limits": {"total": 2}})
    assert [shop.enrol(card).points for card in "ABC"] == [50, 50, 0]
    gift(shop, "join", when={"limits": {"total": 3}})  # counted anew from what is on record
    assert [shop.enrol(card).points for card in "DE"] == [50, 0]


def test_the_first_purchase_gives_once_and_again_only_when_it_was_taken_back(shop: Shop) -> None:
    shop.enrol()
    gift(shop, "first_purchase", gives="credit", credit_minor=5_000 * T, points=None)
    first = shop.sell(1_000 * T)
    assert (first.earned.credit_minor, told(first).code) == (5_000 * T, "gift_credit")
    assert told(first).sentence.en == "5,000 T of credit for the first purchase."
    second = shop.sell(1_000 * T)
    assert (second.earned.credit_minor, told(second).short.en) == (0, "only for the first purchase")
    shop.void(second)
    shop.void(first)
    assert shop.member().credit_minor == 0
    assert shop.sell(1_000 * T).earned.credit_minor == 5_000 * T


@pytest.mark.parametrize("event", ["first_purchase", "newcomer", "birthday"])
@pytest.mark.parametrize(
    "gives",
    [
        {},
        {"gives": "credit", "credit_minor": 5 * T, "points": None},
        {"gives": "free_item", "points": None},
    ],
)
def test_a_gift_ends_with_its_sale_also_where_no_goods_of_it_earn_anything(
    shop: Shop, event: str, gives: dict[str, Any]
) -> None:
    shop.enrol("B")
    shop.enrol(referred_by="B", birthday="1990-11-21")
    shop.product("delivery", 10 * T, earns=False)
    gift(shop, event, **gives)
    for _ in range(2):
        sale = shop.sell(None, item("delivery", 2))
        assert told(sale).applied
        assert not shop.refund(sale, None, (1, 1)).moved
        shop.void(sale)
        left = shop.member()
        assert (left.points, left.credit_minor, left.rewards) == (0, 0, ())


def test_a_gift_spent_before_its_sale_was_taken_back_is_owed(shop: Shop) -> None:
    shop.enrol()
    gift(shop, "first_purchase", gives="credit", credit_minor=5_000 * T, points=None)
    first = shop.sell(1_000 * T)
    shop.sell(5_000 * T, credit_minor=5_000 * T)
    shop.void(first)
    assert shop.member().owed.credit_minor == 5_000 * T


def test_the_first_of_a_group_waits_for_goods_of_that_group(shop: Shop) -> None:
    shop.enrol()
    shop.product("grinder", 900_000 * T, "machines")
    shop.product("tea", 40_000 * T, "drinks")
    shop.sell(None, item("tea"))
    gift(shop, "first_of_group", groups=["machines"])
    assert told(shop.sell(None, item("tea"), goods("x", 1))).code == "no_eligible_goods"
    assert told(shop.sell(90_000 * T)).code == "no_eligible_goods"
    free = shop.quote(None, item("grinder", discount_minor=900_000 * T))
    assert told(free).code == "no_eligible_goods"
    sale = shop.sell(None, item("grinder"), item("tea"))
    assert (sale.earned.points, told(sale).short.en) == (50, "for the first of these goods")
    again = shop.sell(None, item("grinder"))
    assert (again.earned.points, told(again).code) == (0, "not_first")


def test_who_bought_of_the_group_before_the_gift_began_gets_none(shop: Shop) -> None:
    shop.enrol()
    shop.product("grinder", 900_000 * T, "machines")
    shop.sell(None, goods("x", 1), item("grinder"))
    gift(shop, "first_of_group", skus=["grinder"])
    assert told(shop.sell(None, item("grinder"))).short.en == "only for the first purchase"


def test_both_sides_of_a_referral_are_paid_at_the_newcomers_first_purchase_and_only_once(shop: Shop) -> None:
    gift(shop, "referrer", points=100)
    gift(shop, "newcomer", "welcome", points=30)
    shop.enrol("A", name="سارا")
    shop.enrol("B", referred_by="A")
    shop.enrol("C")
    assert (shop.member("A").points, shop.member("B").points) == (0, 0)
    assert told(shop.sell(1_000 * T, member="C"), "welcome").short.en == "nobody brought this member"
    sale = shop.sell(1_000 * T, member="B")
    assert {line.programme for line in sale.trace} == {"welcome"}
    assert (sale.earned.points, shop.member("A").points) == (30, 100)
    shop.sell(1_000 * T, member="B")
    assert (shop.member("B").points, shop.member("A").points) == (30, 100)
    paid = history(shop)[0]
    assert (paid.kind, paid.programme_name, [one.amount for one in paid.moved]) == ("referral", "gift", [100])
    assert paid.why is not None and paid.why.en == "100 points for bringing a member."
    assert shop.member("A").visits == 0


def test_a_referrer_is_paid_for_every_newcomer_and_gives_back_what_a_void_takes(shop: Shop) -> None:
    gift(shop, "referrer", points=100, when={"limits": {"per_member": 3}})
    shop.enrol("A")
    firsts = []
    for card in "BCDE":
        shop.enrol(card, referred_by="A")
        firsts.append(shop.sell(1_000 * T, member=card))
    assert shop.member("A").points == 300
    shop.void(firsts[0])
    assert shop.member("A").points == 200
    assert [(one.kind, one.voided) for one in history(shop)][:1] == [("referral_back", False)]
    assert [one.voided for one in history(shop) if one.kind == "referral"] == [False, False, True]
    shop.void(firsts[3])
    shop.sell(1_000 * T, member="B")
    assert shop.member("A").points == 300


def test_a_sale_named_afterwards_pays_both_sides_as_well(shop: Shop) -> None:
    gift(shop, "referrer", points=100)
    gift(shop, "newcomer", "welcome", points=30)
    shop.enrol("A")
    shop.enrol("B", referred_by="A")
    sale = shop.sell(1_000 * T, member=None)
    shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="B"))
    assert (shop.member("A").points, shop.member("B").points) == (100, 30)
    shop.void(sale)
    assert (shop.member("A").points, shop.member("B").points) == (0, 0)


def test_an_older_sale_brought_in_later_pays_the_referrer_no_second_time(shop: Shop) -> None:
    gift(shop, "referrer", points=100)
    shop.enrol("A")
    shop.enrol("B", referred_by="A")
    first = shop.sell(1_000 * T, member="B")
    assert shop.member("A").points == 100
    day_before = shop.clock.ms - 86_400_000
    shop.service.do(c.ImportSale(sale_id="old", at_ms=day_before, amount_minor=1_000 * T, member="B"))
    assert shop.member("A").points == 100
    shop.void("old")
    shop.void(first)
    assert shop.member("A").points == 0


@pytest.mark.parametrize(
    ("day", "points"),
    [
        ("2026-11-13", 0),
        ("2026-11-14", 50),
        ("2026-11-21", 50),
        ("2026-11-24", 50),
        ("2026-11-25", 0),
    ],
)
def test_a_birthday_gives_at_the_first_visit_inside_the_window_ends_included(
    shop: Shop, day: str, points: int
) -> None:
    gift(shop, "birthday", days_before=7, days_after=3)
    on(shop, "2026-01-01")
    shop.enrol(birthday="1991-11-21")
    on(shop, day)
    assert shop.sell(1_000 * T).earned.points == points
    assert shop.sell(1_000 * T).earned.points == 0


def test_a_birthday_is_the_day_of_the_shops_calendar_and_comes_back_every_year(shop: Shop) -> None:
    gift(shop, "birthday")
    on(shop, "2025-03-25")
    shop.enrol(birthday="1990-03-21")  # 1 Farvardin 1369
    assert to_jalali("1990-03-21") == (1369, 1, 1) and to_jalali("2026-03-21") == (1405, 1, 1)
    on(shop, "2026-03-20")
    assert told(shop.sell(1_000 * T)).short.en == "not its day"
    on(shop, "2026-03-21")
    assert shop.sell(1_000 * T).earned.points == 50
    assert told(shop.sell(1_000 * T)).short.en == "given already"
    on(shop, "2027-03-21")
    assert shop.sell(1_000 * T).earned.points == 50


def test_a_window_over_the_end_of_the_year_gives_once_for_each_birthday(shop: Shop) -> None:
    gift(shop, "birthday", days_before=20, days_after=20)
    on(shop, "2025-01-01")
    shop.enrol(birthday="1990-03-21")
    got = []
    for day in ("2026-03-05", "2026-03-25", "2026-04-09", "2027-04-09", "2028-03-05", "2028-03-21"):
        on(shop, day)
        got.append(shop.sell(1_000 * T).earned.points)
    assert got == [50, 0, 0, 50, 50, 0]


def test_changing_the_birthday_or_the_calendar_brings_no_second_gift_in_a_year(shop: Shop) -> None:
    gift(shop, "birthday", days_after=30)
    on(shop, "2026-01-01")
    shop.enrol(birthday="1990-04-10")
    on(shop, "2026-04-10")
    assert shop.sell(1_000 * T).earned.points == 50
    edit(shop, "e1", birthday="1990-05-10")
    on(shop, "2026-05-10")
    assert told(shop.sell(1_000 * T)).code == "event_given"
    edit(shop, "e2", birthday="1990-12-10")
    on(shop, "2026-12-10")
    assert told(shop.sell(1_000 * T)).code == "event_given"
    edit(shop, "e3", birthday="1990-04-20")
    shop.service.do(c.EditShop(calendar="gregorian"))
    on(shop, "2026-04-20")
    assert told(shop.sell(1_000 * T)).code == "event_given"


def test_somebody_born_on_the_leap_day_has_the_last_day_of_the_month_and_nobody_their_birth(
    shop: Shop,
) -> None:
    gift(shop, "birthday")
    on(shop, "2025-01-01")
    shop.enrol("A", birthday="2021-03-20")  # 30 Esfand 1399
    shop.enrol("B")
    on(shop, "2026-03-20")
    shop.enrol("C", birthday="2026-03-20")  # 29 Esfand 1404, the day itself
    assert shop.sell(1_000 * T).earned.points == 50
    assert told(shop.sell(1_000 * T, member="B")).short.en == "the birthday is not known"
    assert told(shop.sell(1_000 * T, member="C")).code == "event_not_now"


def test_the_anniversary_of_joining_begins_a_year_on(shop: Shop) -> None:
    gift(shop, "anniversary", days_after=2, gives="free_item", points=None, reward={"groups": ["drinks"]})
    shop.product("tea", 40_000 * T, "drinks")
    shop.enrol()
    assert told(shop.sell(1_000 * T)).code == "event_not_now"
    shop.clock.on(days=366)
    sale = shop.sell(1_000 * T)
    assert told(sale).sentence.en == "1 reward for the anniversary."
    assert (sale.earned.stamps, [(one.programme, one.count) for one in sale.earned.rewards]) == (
        {}, [("gift", 1)],
    )  # fmt: skip
    assert [one.sentence.en for one in shop.member().rewards] == ["One free unit of drinks"]
    assert [one.unit for one in history(shop)[0].moved] == ["reward"]
    used = shop.sell(None, item("tea"))
    assert (used.due_minor, told(used).short.en) == (0, "free: a gift")
    assert told(used).sentence.en == "A gift makes 1 unit free: 40,000 T off."
    shop.void(used)
    assert shop.rewards() == 1


def test_a_profile_gives_when_the_last_missing_detail_is_written_down(shop: Shop) -> None:
    gift(shop, "profile", needs=["name", "birthday", "city"])
    shop.enrol("A", name="سارا")
    sale = shop.sell(1_000 * T)
    assert told(sale).short.en == "2 details are not known yet"
    assert told(sale).sentence.en == "not known yet: birthday and city"
    edit(shop, "e1", birthday="1990-03-21")
    assert shop.member().points == 0
    edit(shop, "e2", city="تهران")
    assert shop.member().points == 50
    first = history(shop)[0]
    assert (first.kind, first.fields, [one.amount for one in first.moved]) == ("edit", ("city",), [50])
    edit(shop, "e2", city="تهران")
    edit(shop, "e3", city="")
    edit(shop, "e4", city="شیراز")
    shop.sell(1_000 * T)
    assert shop.member().points == 50
    whole = shop.enrol("B", name="حمید", birthday="1990-03-21", city="تهران")
    assert whole.points == 50


def test_a_profile_filled_in_before_the_gift_began_gives_at_the_next_purchase(shop: Shop) -> None:
    shop.enrol("A", name="سارا")
    gift(shop, "profile", needs=["name"])
    sale = shop.sell(1_000 * T)
    assert (sale.earned.points, told(sale).sentence.en) == (50, "50 points for the details.")
    assert told(shop.sell(1_000 * T)).code == "event_given"


def test_a_gift_is_what_it_says_on_every_level_and_its_own_multipliers_count(shop: Shop) -> None:
    shop.publish("levels", "tiers", levels=[{"key": "gold", "from": 0, "coefficient_milli": 3000}])
    shop.enrol()
    gift(shop, "first_purchase", coefficients=[{"milli": 1500, "when": {"schedule": {"weekdays": ["sat"]}}}])
    assert shop.sell(1_000 * T).earned.points == 75


def test_what_is_not_there_yet_is_refused_with_the_gifts_reason_and_audience_holds(shop: Shop) -> None:
    shop.enrol()
    gift(shop, "first_purchase", when={"audience": {"member_kinds": ["company"]}})
    assert told(shop.sell(1_000 * T)).code == "other_member_kind"


@pytest.mark.parametrize(
    ("params", "when", "field"),
    [
        ({"event": "first_of_group"}, {}, "params.groups"),
        ({"event": "join", "groups": ["g"]}, {}, "params.groups"),
        ({"event": "join", "days_after": 3}, {}, "params.days_before"),
        ({"event": "profile", "needs": []}, {}, "params.needs"),
        ({"event": "join", "points": None}, {}, "params.points"),
        ({"event": "join", "gives": "credit"}, {}, "params.credit_minor"),
        ({"event": "join"}, {"basket": {"min_minor": 5}}, "when.basket"),
        ({"event": "birthday"}, {"stacking": {"group": "x"}}, "when.stacking.group"),
        ({"event": "birthday"}, {"limits": {"budget_minor": 5}}, "when.limits.budget_minor"),
    ],
)
def test_what_has_no_meaning_is_refused_naming_the_field(
    shop: Shop, params: dict[str, Any], when: dict[str, Any], field: str
) -> None:
    with shop.refuses_field(field):
        gift(shop, params.pop("event"), when=when, **params)


steps = st.lists(
    st.tuples(st.sampled_from(["sell", "void", "day", "edit", "attach", "republish"]), st.integers(0, 400)),
    max_size=14,
)


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_whatever_is_sold_taken_back_and_changed_nothing_is_given_twice_or_stays_without_a_sale(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int]]
) -> None:
    shop = Shop(tmp_path_factory.mktemp("events") / "shop.db")
    shop.product("delivery", 1_000 * T, earns=False)
    gift(shop, "referrer", "brings", points=1)
    gift(shop, "newcomer", "comes", points=1_000)
    gift(shop, "first_purchase", "first", points=1_000_000)
    gift(shop, "birthday", "birth", gives="credit", points=None, credit_minor=1, days_before=9, days_after=9)
    shop.enrol("A")
    shop.enrol("B", referred_by="A", birthday="1990-03-21")
    kept: list[str] = []
    start = date(2026, 11, 21)
    passed = 0
    for number, (what, size) in enumerate(chosen):
        if what == "sell":
            bought = item("delivery") if size % 2 else goods("tea", 1_000 * T)
            kept.append(shop.sell(None, bought, member="B", sale_id=f"k{number}").sale_id or "")
        elif what == "attach":
            sale = shop.sell(1_000 * T, member=None, sale_id=f"k{number}")
            shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="B"))
            kept.append(sale.sale_id or "")
        elif what == "void" and kept:
            shop.void(kept.pop(size % len(kept)))
        elif what == "day":
            passed += size
            on(shop, (start + timedelta(days=passed)).isoformat())
        elif what == "edit":
            edit(shop, f"e{number}", "B", birthday=(date(1990, 1, 1) + timedelta(days=size)).isoformat())
        else:
            gift(shop, "referrer", "brings", points=1, when={"limits": {"total": 9 + number}})
    points, years = shop.member("B").points, 2 + passed // 365
    assert points in (0, 1_000_000, 1_000, 1_001_000)
    assert shop.member("A").points <= 1
    assert shop.member("B").credit_minor <= years
    for sale_id in kept:
        shop.void(sale_id)
    assert (shop.member("B").points, shop.member("A").points, shop.member("B").credit_minor) == (0, 0, 0)
    shop.proved()
    shop.close()
