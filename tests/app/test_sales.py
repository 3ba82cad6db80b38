"""Recording: once and for all, as quoted, and refused clearly when it makes no sense (rules 3, 8, 14, 21)."""

from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.asked_sales import normalised
from loyalty_pos.app.records import canonical, compact
from tests.shop import SATURDAY, Shop, T, goods, item


@pytest.fixture
def member(shop: Shop) -> Shop:
    shop.enrol("A", phone="0912 345 6789")
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    shop.publish("credit", "spend_credit", rate_bp=1000)
    return shop


def test_the_same_request_gets_the_first_answer_also_after_later_events(member: Shop) -> None:
    first = member.sell(105 * T, sale_id="x")
    member.sell(500 * T)
    member.publish("points", "points", step_minor=7 * T)
    member.retire("credit")
    member.clock.on(days=3)
    assert member.sell(105 * T, sale_id="x") == first


@pytest.mark.parametrize(
    "spelling", ["A", "a", "09123456789", "+98 912 345 6789", "۰۹۱۲۳۴۵۶۷۸۹", "0912-345-6789"]
)
def test_time_fingerprint_and_the_spelling_of_the_member_do_not_make_another_request(
    member: Shop, spelling: str
) -> None:
    first = member.sell(100 * T, sale_id="x")
    member.clock.on(hours=5)
    assert member.sell(100 * T, sale_id="x", member=spelling, fingerprint="stale") == first


@pytest.mark.parametrize(
    "other",
    [
        {"amount": 101 * T},
        {"member": None},
        {"receipt_no": "5"},
        {"points": 1},
        {"credit_minor": "all"},
        {"decline": ("points",)},
        {"counts": {"points": 1}},
        {"lenient": True},
    ],
)
def test_another_request_under_a_known_key_is_refused(member: Shop, other: dict[str, Any]) -> None:
    member.sell(100 * T, sale_id="x")
    amount = other.pop("amount", 100 * T)
    with member.refuses("key_taken", sale_id="x"):
        member.sell(amount, sale_id="x", **other)


def test_a_key_of_another_event_is_refused(member: Shop) -> None:
    member.publish("card", "stamp_card", needed=2)
    member.sell(None, goods("x", T, 2))
    member.print_voucher("card", posting_id="p")
    with member.refuses("key_taken"):
        member.sell(100 * T, sale_id="p")


@pytest.mark.parametrize("sale_id", ["", "   ", "void:x", "x" * 65])
def test_a_sale_id_is_a_short_text_without_colon(member: Shop, sale_id: str) -> None:
    with member.refuses_field("sale_id"):
        member.sell(100 * T, sale_id=sale_id)


def test_a_quote_posts_nothing_and_the_sale_comes_out_as_quoted(member: Shop) -> None:
    before = member.audit().figures
    quoted = member.quote(105 * T)
    assert member.audit().figures == before
    sold = member.sell(105 * T, fingerprint=quoted.fingerprint)
    assert (sold.due_minor, sold.earned, sold.balances) == (quoted.due_minor, quoted.earned, quoted.balances)


def test_a_receipt_number_added_after_the_quote_does_not_make_it_stale(member: Shop) -> None:
    quoted = member.quote(105 * T)
    member.sell(105 * T, fingerprint=quoted.fingerprint, receipt_no="77")


def test_another_members_sale_does_not_make_a_quote_stale(member: Shop) -> None:
    member.enrol("B")
    quoted = member.quote(105 * T)
    member.sell(500 * T, member="B")
    member.sell(105 * T, fingerprint=quoted.fingerprint)


def test_without_a_fingerprint_the_new_price_is_accepted(member: Shop) -> None:
    member.quote(105 * T)
    member.publish("members", "percent_off", rate_bp=1000)
    assert member.sell(100 * T).due_minor == 90 * T


@pytest.mark.parametrize("what", ["own sale", "rule", "price", "day", "void"])
def test_what_changes_the_price_or_the_member_makes_a_quote_stale(member: Shop, what: str) -> None:
    member.product("tea", 100 * T)
    before = member.sell(10 * T)
    quoted = member.quote(None, item("tea"))
    if what == "own sale":
        member.sell(10 * T)
    elif what == "rule":
        member.publish("credit", "spend_credit", rate_bp=500)
    elif what == "price":
        member.product("tea", 110 * T)
    elif what == "day":
        member.clock.on(days=1)
    else:
        member.void(before)
    now = member.quote(None, item("tea"))
    with member.refuses("stale_quote", due_minor=now.due_minor, fingerprint=now.fingerprint):
        member.sell(None, item("tea"), fingerprint=quoted.fingerprint)
    member.sell(None, item("tea"), fingerprint=now.fingerprint)


def test_a_receipt_is_recorded_once_per_till_and_day_and_is_free_again_after_a_void(member: Shop) -> None:
    first = member.sell(100 * T, receipt_no="۱۲۳")
    with member.refuses("duplicate_receipt", sale_id=first.sale_id, number=first.number):
        member.sell(200 * T, receipt_no="123")
    member.void(first)
    member.sell(200 * T, receipt_no="123")
    with member.refuses("duplicate_receipt"):
        member.sell(300 * T, receipt_no=" 123 ")
    member.clock.on(days=1)
    member.sell(300 * T, receipt_no="123")


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"amount_minor": -1}, "amount_minor"),
        ({"amount_minor": 10**12 + 1}, "amount_minor"),
        ({"amount_minor": 1.5}, "amount_minor"),
        ({"amount_minor": "100"}, "amount_minor"),
        ({"amount_minor": True}, "amount_minor"),
        ({}, "amount_minor"),
        ({"amount_minor": 1, "lines": (goods("x", 1),)}, "amount_minor"),
        ({"lines": (goods("x", 1, 0),)}, "lines.0.quantity"),
        ({"lines": (goods("x", 1, 10_000),)}, "lines.0.quantity"),
        ({"lines": (goods("x", 1, 1.5),)}, "lines.0.quantity"),  # type: ignore[arg-type]
        ({"lines": (goods("x", -1),)}, "lines.0.unit_price_minor"),
        ({"lines": (goods("x", 10**12, 2),)}, "lines.0.unit_price_minor"),
        ({"lines": (goods("x", 10**12), goods("x", 1))}, "lines"),
        ({"lines": (c.SaleLine(text="x"),)}, "lines.0.unit_price_minor"),
        ({"lines": (goods("x" * 81, 1),)}, "lines.0.text"),
        ({"lines": (goods("\ud800", 1),)}, "lines.0.text"),
        ({"lines": (goods("x", 10, discount_minor=11),)}, "lines.0.discount_minor"),
        ({"lines": (goods("x", 10, discount_minor=-1),)}, "lines.0.discount_minor"),
        ({"lines": (goods("x", 1),) * 501}, "lines"),
        ({"amount_minor": 1, "use": c.Use(credit_minor=-1)}, "use.credit_minor"),
        ({"amount_minor": 1, "use": c.Use(credit_minor="some")}, "use.credit_minor"),  # type: ignore[arg-type]
        ({"amount_minor": 1, "use": c.Use(points=-1)}, "use.points"),
        ({"amount_minor": 1, "use": c.Use(free_lines={"points": 0})}, "use.free_lines.points"),
        ({"amount_minor": 1, "use": c.Use(free_lines={"points": 2})}, "use.free_lines.points"),
        ({"amount_minor": 1, "counts": {"points": -1}}, "counts.points"),
        ({"lines": (goods("x", 1),), "counts": {"points": 1}}, "counts"),
        ({"amount_minor": 1, "receipt_no": "x" * 65}, "receipt_no"),
        ({"amount_minor": 1, "member": "x" * 201}, "member"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_naming_the_field(
    member: Shop, request_: dict[str, Any], field: str
) -> None:
    with member.refuses_field(field):
        member.service.do(c.RecordSale(sale_id="x", **{"member": "A", **request_}))


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"lines": (item("nothing"),)}, "unknown_product"),
        ({"amount_minor": 1, "member": "nobody"}, "unknown_member"),
        ({"amount_minor": 1, "member": "\ud800"}, "unknown_member"),
        ({"amount_minor": 1, "use": c.Use(decline=("nothing",))}, "unknown_programme"),
        ({"amount_minor": 1, "use": c.Use(free_lines={"nothing": 1})}, "unknown_programme"),
        ({"amount_minor": 1, "counts": {"nothing": 1}}, "unknown_programme"),
        ({"amount_minor": 1, "use": c.Use(vouchers=("AAAAAA-AAAAAA-AAAAAA",))}, "unknown_voucher"),
        ({"amount_minor": 1, "member": None, "use": c.Use(credit_minor="all")}, "no_member_to_use"),
        ({"amount_minor": 1, "member": None, "use": c.Use(points=1)}, "no_member_to_use"),
        ({"amount_minor": 1, "member": None, "use": c.Use(vouchers=("x",))}, "no_member_to_use"),
        ({"amount_minor": 1, "use": c.Use(codes=("x",))}, "unknown_code"),
        ({"amount_minor": 1, "member": None, "on_account": True}, "on_account_needs_member"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_with_its_reason(
    member: Shop, request_: dict[str, Any], code: str
) -> None:
    with member.refuses(code):
        member.service.do(c.RecordSale(sale_id="x", **{"member": "A", **request_}))


def test_the_largest_amount_is_taken_again_and_again(member: Shop) -> None:
    member.publish("points", "points", step_minor=10**12)
    member.sell(10**12 - 1)
    for _ in range(3):
        assert member.sell(10**12).earned.points == 1
    member.proved()


def test_an_amount_of_zero_is_a_visit_that_earns_nothing(member: Shop) -> None:
    sale = member.sell(0)
    assert (sale.due_minor, sale.earned.points, member.member().visits) == (0, 0, 1)
    member.proved()


def test_credit_may_pay_all_and_what_it_paid_earns_nothing(member: Shop) -> None:
    member.sell(1000 * T)
    sale = member.sell(100 * T, credit_minor="all")
    assert (sale.due_minor, sale.earned.points, sale.earned.credit_minor) == (0, 0, 0)
    assert {line.code for line in sale.trace if not line.applied} == {"nothing_paid"}


def test_all_credit_is_never_more_than_the_bill(member: Shop) -> None:
    member.sell(1000 * T)
    assert member.sell(30 * T, credit_minor="all").paid_by.credit_minor == 30 * T
    assert member.member().credit_minor == 70 * T


def test_credit_and_points_pay_one_bill_together_and_the_rest_earns(member: Shop) -> None:
    member.sell(1000 * T)
    sale = member.sell(200 * T, credit_minor=90 * T, points=60)
    assert (sale.due_minor, sale.paid_by.credit_minor, sale.paid_by.points_minor) == (50 * T, 90 * T, 60 * T)
    assert (sale.earned.points, sale.earned.credit_minor) == (5, 5 * T)


def test_tender_beyond_the_bill_is_refused_in_its_own_unit(member: Shop) -> None:
    member.sell(1000 * T)
    with member.refuses("more_than_due", unit="credit"):
        member.sell(50 * T, credit_minor=60 * T)
    with member.refuses("more_than_due", unit="points"):
        member.sell(50 * T, points=60)
    with member.refuses("more_than_due", unit="points"):
        member.sell(100 * T, credit_minor=90 * T, points=11)


def test_a_lenient_sale_is_recorded_and_says_what_was_cut(member: Shop) -> None:
    member.sell(100 * T)
    sale = member.sell(100 * T, credit_minor=50 * T, points=50, lenient=True)
    assert (sale.paid_by.credit_minor, sale.paid_by.points_minor) == (10 * T, 10 * T)
    cut = {line.code: line.facts for line in sale.trace if line.family == "tender" and not line.applied}
    assert cut == {
        "credit_cut": {"asked_minor": 50 * T, "used_minor": 10 * T},
        "points_cut": {"asked": 50, "used": 10},
    }
    member.proved()


def test_the_goods_of_a_line_are_found_however_the_sku_is_typed(member: Shop) -> None:
    member.product("كيك", 50 * T, "شيرينى")
    assert member.quote(None, item("کیک")).due_minor == 50 * T
    assert member.quote(None, item("كيك")).due_minor == 50 * T


def test_a_price_on_the_line_goes_before_the_products_and_a_sale_keeps_the_price_it_had(member: Shop) -> None:
    member.product("tea", 50 * T)
    sale = member.sell(None, item("tea"), item("tea", unit_price_minor=40 * T))
    member.product("tea", 90 * T)
    assert [line.unit_price_minor for line in member.stored(sale).lines] == [50 * T, 40 * T]


def test_goods_that_do_not_earn_give_nothing_and_are_never_the_free_ones(member: Shop) -> None:
    member.product("delivery", 30 * T, earns=False)
    member.publish("card", "stamp_card", needed=2, mode="every_nth")
    sale = member.sell(None, item("delivery", 5), goods("tea", 50 * T, 2))
    assert (sale.due_minor, sale.earned.points) == (200 * T, 5)


def test_a_sale_without_a_member_earns_nothing_and_says_why(member: Shop) -> None:
    sale = member.sell(100 * T, member=None)
    assert (sale.member, sale.earned.points) == (None, 0)
    assert {line.code for line in sale.trace} == {"no_member"}


def test_the_recent_sales_come_newest_first_and_within_limits(member: Shop) -> None:
    for _ in range(3):
        member.sell(10 * T)
    assert [sale.number for sale in member.recent(2)] == [3, 2]
    for limit in (0, 51):
        with member.refuses_field("limit"):
            member.recent(limit)


def test_a_stored_sale_reads_as_it_was_answered_and_why_is_its_trace(member: Shop) -> None:
    sale = member.sell(105 * T, receipt_no="5", points=0)
    assert member.stored(sale) == sale
    assert member.service.ask(q.Why(sale_id=sale.sale_id or "")).trace == sale.trace


def test_an_imported_sale_earns_at_its_own_time_and_nothing_is_taken_off_it(member: Shop) -> None:
    member.publish("members", "percent_off", rate_bp=5000)
    member.publish("card", "stamp_card", needed=2, mode="every_nth")
    at = member.clock.ms - 400 * 86_400_000
    command = c.ImportSale(sale_id="old", at_ms=at, member="A", lines=(goods("tea", 50 * T, 2),))
    sale = member.service.do(command)
    assert (sale.due_minor, sale.at_ms, sale.earned.points) == (100 * T, at, 10)
    assert [reward.count for reward in sale.earned.rewards] == [1]
    assert member.service.do(command) == sale
    assert member.member().last_visit_day == sale.business_day < "2026"
    member.proved()


@pytest.mark.parametrize("at_ms", [-1, 10**18, 1.5])
def test_an_imported_sale_of_an_impossible_time_is_refused(member: Shop, at_ms: Any) -> None:
    with member.refuses_field("at_ms"):
        member.service.do(c.ImportSale(sale_id="old", at_ms=at_ms, amount_minor=5))


def test_a_hand_over_of_the_day_at_three_belongs_to_the_day_before(tmp_path: Any) -> None:
    shop = Shop(tmp_path / "shop.db", day_ends_hour=3)
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5, count="visit_days")
    for local, day, have in (
        ("2026-11-21T23:00", "2026-11-21", 1),
        ("2026-11-22T02:59", "2026-11-21", 1),
        ("2026-11-22T03:00", "2026-11-22", 2),
    ):
        shop.clock.at(local)
        assert shop.sell(10 * T).business_day == day
        assert shop.member().progress["card"].have == have
    shop.close()


def test_a_visit_day_stamps_once_a_day_and_a_daily_cap_holds_over_sales(member: Shop) -> None:
    member.publish("days", "stamp_card", needed=5, count="visit_days")
    member.publish("sales", "stamp_card", needed=9, count="sales")
    member.publish("capped", "stamp_card", needed=9, max_per_day=3, max_per_sale=2)
    for _ in range(3):
        last = member.sell(None, goods("tea", 10 * T, 4))
    have = {key: value.have for key, value in member.member().progress.items()}
    assert (have["days"], have["sales"], have["capped"]) == (1, 3, 3)
    assert {t.programme for t in last.trace if t.code == "counted_today"} == {"days", "capped"}
    member.void(last)
    member.clock.on(days=1)
    member.sell(None, goods("tea", 10 * T, 4))
    have = {key: value.have for key, value in member.member().progress.items()}
    assert (have["days"], have["sales"], have["capped"]) == (2, 3, 5)
    member.proved()


def test_a_voided_sale_gives_its_place_in_the_day_back(member: Shop) -> None:
    member.publish("capped", "stamp_card", needed=9, max_per_day=3)
    member.void(member.sell(None, goods("tea", 10 * T, 3)))
    member.sell(None, goods("tea", 10 * T, 3))
    assert member.member().progress["capped"].have == 3


@pytest.mark.parametrize(
    ("calendar", "sold", "last", "after"),
    [
        ("jalali", SATURDAY, "2026-12-21", "2026-12-22"),  # 30 Azar, 1 Dey
        ("gregorian", SATURDAY, "2026-12-31", "2027-01-01"),
    ],
)
def test_a_lot_lives_to_the_end_of_the_shops_own_calendar_month(
    tmp_path: Any, calendar: str, sold: str, last: str, after: str
) -> None:
    shop = Shop(tmp_path / "shop.db", calendar=calendar)
    shop.enrol()
    shop.publish("points", "points", {"expiry": {"months": 1}}, step_minor=T)
    shop.clock.at(sold)
    shop.sell(5 * T)
    assert [lot.expires_on for lot in shop.member().lots] == [
        last if calendar == "gregorian" else "2026-12-21"
    ]
    shop.clock.at(f"{last}T23:59")
    assert shop.member().points == 5
    shop.clock.at(f"{after}T00:00")
    assert shop.member().points == 0
    shop.proved()
    shop.close()


def test_a_clock_that_moved_back_shows_what_was_just_earned_as_pending(member: Shop) -> None:
    member.sell(100 * T)
    member.clock.on(hours=-2)
    view = member.member()
    assert (view.points, view.points_pending) == (0, 10)
    with member.refuses("not_enough_points", have=0, pending=10):
        member.sell(100 * T, points=1)


def test_a_request_is_written_the_one_way_it_is_hashed_whatever_it_asks(member: Shop) -> None:
    lines = (c.SaleLine(text='a "b" ک', quantity=2, unit_price_minor=5 * T), c.SaleLine(text="z"))
    use = c.Use(
        credit_minor="all",
        points=1,
        vouchers=("v", "u"),
        codes=("SPRING", "A"),
        gift_cards=("g",),
        free_lines={"z": 1, "a": 2},
        decline=("points", "credit"),
        accept=("b", "a"),
        lenient=True,
    )
    asked = c.RecordSale(
        sale_id="x",
        member="A",
        lines=lines,
        counts={"z": 1, "a": 2},
        receipt_no="۱۲",
        use=use,
        on_account=True,
    )
    sold = c.RecordSale(sale_id="y", amount_minor=T, sells=(c.SellGiftCards(face_minor=T, count=2),))
    for one in (asked, sold):
        form = normalised(member.service._desk, one).form
        assert compact(form) == canonical(form)
