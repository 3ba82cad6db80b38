"""A bill makes a voucher for the next visit: for its member, from the next day on, taken back with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.code_views import CodeView
from loyalty_pos.app.language import Language
from loyalty_pos.app.receipts import receipt_paper, voucher_paper
from loyalty_pos.app.sentences import say_rejection
from loyalty_pos.app.views import SaleView
from tests.languages import language
from tests.shop import Shop, T, goods, raw

FOR_MONTH = {"days": 30}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol(name="Sara Ahmadi")
    opened.enrol("B")
    opened.publish("next", "next_visit_voucher", rate_bp=1000, expires=FOR_MONTH)
    yield opened
    opened.proved()
    opened.close()


def code_of(sale: SaleView) -> str:
    assert len(sale.vouchers) == 1
    return sale.vouchers[0].code


def seen(shop: Shop, code: str) -> CodeView:
    found = shop.identify(code)
    assert found.code is not None
    return found.code


def told(sale: SaleView, programme: str = "next") -> list[tuple[str, bool, str]]:
    return [(line.code, line.applied, line.short.en) for line in sale.trace if line.programme == programme]


def test_a_share_of_the_bill_is_a_voucher_from_the_next_day_on_for_its_member_alone(shop: Shop) -> None:
    quoted = shop.quote(500 * T)
    assert (quoted.vouchers, quoted.earned.rewards[0].worth_minor) == ((), 50 * T)
    sale = shop.sell(500 * T)
    voucher, reward = sale.vouchers[0], sale.earned.rewards[0]
    assert (voucher.from_day, voucher.expires_on, voucher.copy) == ("2026-11-22", "2026-12-21", False)
    assert (reward.programme, reward.yield_, reward.worth_minor, reward.voucher) == (
        "next",
        "voucher",
        50 * T,
        voucher.code,
    )
    assert told(sale) == [("earned_voucher", True, "a voucher of 50 T for 500 T")]
    assert "next" not in sale.balances.progress and "next" not in shop.member().progress
    with shop.refuses("code_not_yet", day="2026-11-22", programme="next") as caught:
        shop.sell(100 * T, codes=(voucher.code,))
    assert say_rejection(caught.value, language("en")) == ("This voucher of next counts from 1 Azar 1405 on.")
    shop.clock.on(days=1)
    with shop.refuses("code_of_another_member"):
        shop.sell(100 * T, codes=(voucher.code,), member="B")
    with shop.refuses("code_needs_member"):
        shop.sell(100 * T, codes=(voucher.code,), member=None)
    next_visit = shop.sell(100 * T, codes=(voucher.barcode,))
    assert next_visit.due_minor == 50 * T
    assert told(next_visit)[0] == ("voucher_off", True, "voucher of 50 T")
    assert seen(shop, voucher.code).state == "used"
    with shop.refuses("code_used"):
        shop.sell(100 * T, codes=(voucher.code,))


def test_so_much_for_every_full_sum_and_nothing_is_carried_to_another_bill(shop: Shop) -> None:
    shop.retire("next")
    shop.publish("full", "next_visit_voucher", amount_minor=50 * T, per_minor=300 * T, expires=FOR_MONTH)
    short = shop.sell(299 * T)
    assert short.vouchers == ()
    assert told(short, "full") == [("voucher_missing", False, "1 T more for a voucher")]
    assert shop.sell(1 * T).vouchers == ()
    sale = shop.sell(899 * T)
    assert sale.earned.rewards[0].worth_minor == 100 * T


def test_a_voucher_is_worth_whole_steps_of_money(shop: Shop) -> None:
    assert shop.quote(123 * T).earned.rewards[0].worth_minor == 12 * T
    small = shop.quote(9 * T)
    assert small.earned.rewards == ()
    assert told(small) == [("too_small", False, "too small to round to")]


def test_what_multiplies_an_earning_multiplies_a_voucher(shop: Shop) -> None:
    params: dict[str, Any] = {"rate_bp": 1000, "expires": {"days": 7}, "coefficients": [{"milli": 2000}]}
    shop.publish("next", "next_visit_voucher", **params)
    sale = shop.sell(100 * T)
    assert sale.earned.rewards[0].worth_minor == 20 * T
    assert told(sale)[0][2] == "a voucher of 20 T for 100 T \u2066×2\u2069"
    assert sale.vouchers[0].expires_on == "2026-11-28"


def test_a_voucher_counts_on_its_last_day_and_not_on_the_next(shop: Shop) -> None:
    code = code_of(shop.sell(100 * T))
    shop.clock.on(days=30)
    assert shop.quote(100 * T, codes=(code,)).due_minor == 90 * T
    shop.clock.on(days=1)
    with shop.refuses("code_expired", day="2026-12-21"):
        shop.sell(100 * T, codes=(code,))


def test_a_voucher_outlives_its_programme_and_keeps_what_it_was_worth(shop: Shop) -> None:
    code = code_of(shop.sell(100 * T))
    shop.publish("next", "next_visit_voucher", rate_bp=1, expires=FOR_MONTH)
    shop.retire("next")
    shop.clock.on(days=1)
    found = seen(shop, code)
    assert (found.state, found.worth_minor, found.from_day) == ("issued", 10 * T, "2026-11-22")
    assert shop.sell(100 * T, codes=(code,)).due_minor == 90 * T


def test_the_conditions_of_a_programme_are_about_the_bill_that_makes_its_voucher(shop: Shop) -> None:
    shop.publish(
        "big", "next_visit_voucher", {"basket": {"min_minor": 100 * T}}, rate_bp=5000, expires=FOR_MONTH
    )
    shop.retire("next")
    assert shop.sell(99 * T).vouchers == ()
    code = code_of(shop.sell(100 * T))
    shop.clock.on(days=1)
    assert shop.sell(60 * T, codes=(code,)).due_minor == 10 * T


def test_the_rest_of_a_voucher_is_lost_and_the_cashier_is_told_before(shop: Shop) -> None:
    code = code_of(shop.sell(500 * T))
    shop.clock.on(days=1)
    quoted = shop.quote(30 * T, codes=(code,))
    assert (quoted.due_minor, told(quoted)[0][2]) == (0, "voucher of 50 T; 20 T is lost")
    shop.sell(30 * T, codes=(code,))
    assert seen(shop, code).state == "used"


def test_a_voucher_counts_after_percents_and_with_another_in_turn(shop: Shop) -> None:
    first, second = code_of(shop.sell(100 * T)), code_of(shop.sell(200 * T))
    shop.publish("five", "percent_off", rate_bp=500)
    shop.clock.on(days=1)
    sale = shop.sell(None, goods("a", 60 * T), goods("b", 40 * T), codes=(second, first))
    assert (sale.due_minor, sum(line.discount_minor for line in sale.lines)) == (65 * T, 35 * T)
    assert sale.vouchers[0].sentence.en == "6 T off a purchase"


def test_a_voucher_that_saves_nothing_is_kept_and_a_declined_one_stays(shop: Shop) -> None:
    code = code_of(shop.sell(100 * T))
    shop.clock.on(days=1)
    shop.publish("all", "percent_off", rate_bp=10_000)
    free = shop.sell(50 * T, codes=(code,))
    assert ("code_saves_nothing", False) in [one[:2] for one in told(free)]
    shop.retire("all")
    declined = shop.sell(50 * T, codes=(code,), decline=("next",))
    assert (declined.due_minor, told(declined)[0][0]) == (50 * T, "declined")
    assert seen(shop, code).state == "issued"


def test_a_voucher_that_cannot_count_is_told_of_when_nobody_insists(shop: Shop) -> None:
    code = code_of(shop.sell(100 * T))
    sale = shop.sell(50 * T, codes=(code,), lenient=True)
    assert ("code_not_yet", False, "its voucher counts from 1 Azar 1405 on") in told(sale)


def test_a_benefit_that_stands_alone_leaves_vouchers_untouched(shop: Shop) -> None:
    code = code_of(shop.sell(100 * T))
    shop.clock.on(days=1)
    shop.publish("alone", "percent_off", {"stacking": {"alone": True}}, rate_bp=5000)
    assert shop.sell(100 * T, codes=(code,)).due_minor == 50 * T
    assert seen(shop, code).state == "issued"
    assert shop.sell(15 * T, codes=(code,)).due_minor == 5 * T


def test_two_programmes_that_exclude_each_other_say_nothing_about_a_voucher_made_before(shop: Shop) -> None:
    code = code_of(shop.sell(100 * T))
    shop.clock.on(days=1)
    shop.publish("five", "percent_off", {"stacking": {"not_with": ["next"]}}, rate_bp=500)
    sale = shop.sell(100 * T, codes=(code,))
    assert sale.due_minor == 85 * T


def test_taking_the_sale_back_takes_its_voucher_out_of_use(shop: Shop) -> None:
    sale = shop.sell(100 * T)
    back = shop.void(sale)
    assert back.vouchers == ("next",) and shop.void(sale) == back
    shop.clock.on(days=1)
    with shop.refuses("code_void"):
        shop.sell(100 * T, codes=(code_of(sale),))


def test_a_sale_whose_voucher_was_used_comes_back_only_after_that_sale(shop: Shop) -> None:
    sale = shop.sell(100 * T)
    shop.clock.on(days=1)
    used = shop.sell(50 * T, codes=(code_of(sale),))
    with shop.refuses("voucher_was_spent", worth_minor=10 * T, number=used.number) as caught:
        shop.void(sale)
    assert say_rejection(caught.value, language("en")) == (
        "The voucher of 10 T made by this sale is used; take back sale 2 first."
    )
    shop.void(used)
    assert shop.void(sale).vouchers == ("next",)


def test_a_sale_is_taken_back_whose_voucher_the_shop_took_out_of_use_before(shop: Shop) -> None:
    sale = shop.sell(100 * T)
    shop.service.do(c.VoidCode(posting_id="stop", code=code_of(sale)))
    assert shop.void(sale).vouchers == ()


def test_recording_again_answers_the_same_sale_without_its_code(shop: Shop) -> None:
    sale = shop.sell(100 * T, sale_id="one")
    again = shop.sell(100 * T, sale_id="one")
    assert (again.vouchers, again.earned.rewards[0].voucher) == ((), None)
    assert (again.number, again.earned.rewards[0].worth_minor) == (sale.number, 10 * T)
    assert shop.audit().figures["codes"] == 1


def test_a_lost_voucher_is_printed_again_and_its_old_code_dies(shop: Shop) -> None:
    late = shop.sell(200 * T)
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 7})
    soon = shop.sell(100 * T)
    copy = shop.print_voucher("next", posting_id="again")
    assert (copy.copy, copy.expires_on, copy.sentence.en) == (True, "2026-11-28", "10 T off a purchase")
    with shop.refuses("shown_once"):
        shop.print_voucher("next", posting_id="again")
    shop.clock.on(days=1)
    with shop.refuses("code_void"):
        shop.sell(100 * T, codes=(code_of(soon),))
    assert shop.sell(100 * T, codes=(copy.code, code_of(late))).due_minor == 70 * T
    shop.retire("next")
    with shop.refuses("no_reward_to_print"):
        shop.print_voucher("next", member="B")
    with shop.refuses("voucher_was_spent"):
        shop.void(soon)


def test_only_vouchers_that_still_count_are_printed_again(shop: Shop) -> None:
    shop.publish("other", "next_visit_voucher", rate_bp=500, expires={"never": True})
    shop.sell(100 * T)
    shop.clock.on(days=31)
    with shop.refuses("no_reward_to_print"):
        shop.print_voucher("next")
    assert shop.print_voucher("other").expires_on is None
    months = {"months": 1}
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires=months)
    assert shop.sell(100 * T).vouchers[0].expires_on == "2027-02-19"


def test_a_member_named_later_gets_the_voucher_the_sale_would_have_made(shop: Shop) -> None:
    sale = shop.sell(100 * T, member=None)
    assert sale.vouchers == () and told(sale) == [("no_member", False, "only for members")]
    command = c.AttachMember(sale_id=sale.sale_id or "", member="A")
    attached = shop.service.do(command)
    assert attached.vouchers[0].from_day == "2026-11-22"
    assert shop.service.do(command).vouchers == ()
    assert shop.void(sale).vouchers == ("next",)


def test_a_sale_of_the_past_makes_no_voucher_unless_it_is_priced_here(shop: Shop) -> None:
    at_ms = shop.clock.ms - 86_400_000
    old = c.ImportSale(sale_id="old", member="A", amount_minor=100 * T, at_ms=at_ms)
    assert shop.service.do(old).vouchers == ()
    new = c.ImportSale(sale_id="new", member="A", amount_minor=100 * T, at_ms=at_ms, with_benefits=True)
    assert shop.service.do(new).vouchers[0].from_day == "2026-11-21"


def test_a_budget_pays_for_whole_vouchers_and_counts_them_when_they_are_made(shop: Shop) -> None:
    limits = {"limits": {"budget_minor": 25 * T, "per_member": 3}}
    shop.publish("next", "next_visit_voucher", limits, rate_bp=1000, expires=FOR_MONTH)
    code = code_of(shop.sell(100 * T))
    shop.clock.on(days=1)
    used = shop.sell(110 * T, codes=(code,))
    assert used.earned.rewards[0].worth_minor == 10 * T
    refused = shop.sell(100 * T)
    assert told(refused) == [("budget_spent", False, "too little left of its budget: 5 T")]
    shop.void(used)
    assert len(shop.sell(100 * T).vouchers) == 1


def test_how_long_vouchers_count_is_said_once(shop: Shop) -> None:
    with shop.refuses_field("when.expiry", "not_here"):
        shop.publish("two", "next_visit_voucher", {"expiry": {"days": 9}}, rate_bp=1, expires=FOR_MONTH)


@pytest.mark.parametrize(
    ("params", "field", "problem"),
    [
        ({"expires": FOR_MONTH}, "params.rate_bp", "choose_one"),
        (
            {"rate_bp": 1, "amount_minor": 1, "per_minor": 1, "expires": {"days": 1}},
            "params.rate_bp",
            "choose_one",
        ),
        ({"rate_bp": 1, "per_minor": 1, "expires": {"days": 1}}, "params.per_minor", "not_here"),
        ({"amount_minor": 1, "expires": {"days": 1}}, "params.per_minor", "missing"),
        ({"rate_bp": 1, "expires": {}}, "params.expires", "missing"),
        ({"rate_bp": 1, "expires": {"days": 1, "months": 1}}, "params.expires", "choose_one"),
        ({"rate_bp": 1}, "params.expires", "missing"),
    ],
)
def test_a_voucher_programme_that_makes_no_sense_is_refused_naming_the_field(
    shop: Shop, params: dict[str, Any], field: str, problem: str
) -> None:
    with shop.refuses_field(field, problem):
        shop.publish("odd", "next_visit_voucher", **params)


def test_its_paper_says_for_whom_what_and_when(shop: Shop) -> None:
    voucher = shop.sell(500 * T).vouchers[0]
    view = shop.service.ask(q.Shop())
    say: Language = language("en", view)
    paper = voucher_paper(voucher, view, say, width_dots=384)
    plain = str.maketrans(dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069]))
    assert [text.translate(plain) for text in (paper.for_text, paper.value_text, paper.condition_text)] == [
        "A gift for Sara A.",
        "50 T off a purchase",
        "From 1 Azar 1405 on one of your purchases",
    ]
    assert paper.barcode.startswith("97") and paper.code_text == voucher.code


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("UPDATE code_worth SET worth_minor = 7", "voucher_worth_differs_from_its_posting"),
        ("DELETE FROM code_worth", "voucher_differs_from_its_sale"),
    ],
)
def test_the_audit_finds_a_voucher_nothing_explains(tmp_path: Path, damage: str, finding: str) -> None:
    shop = Shop(tmp_path / "shop.db")
    shop.enrol()
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires=FOR_MONTH)
    shop.sell(100 * T)
    connection = raw(shop.path, unguarded=True)
    connection.execute(damage)
    connection.close()
    assert finding in {one.code for one in shop.audit().findings}
    shop.close()


def test_the_receipt_of_the_bill_that_makes_it_names_its_worth(shop: Shop) -> None:
    sale = shop.sell(500 * T)
    view = shop.service.ask(q.Shop())
    paper = receipt_paper(sale, view, shop.member(sale.member or ""), language("en", view))
    (row,) = [row for row in paper.earned if row[0] == "Voucher"]
    assert "50" in row[1] and row[2] == "for another visit"
