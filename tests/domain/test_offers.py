"""Sets, prices for several, amounts off, and what may not go together (rules 9-12, 17)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket, HandedIn, Line
from loyalty_pos.domain.conditions import Seen
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.ledger import reward_account
from loyalty_pos.domain.programmes import kind_named
from loyalty_pos.domain.text import strip_isolates
from tests.domain.pieces import amount, basket, line, lot, member, priced, revision
from tests.languages import language

ALONE = {"stacking": {"alone": True}}
goods = st.lists(
    st.builds(
        Line,
        text=st.just("x"),
        quantity=st.integers(1, 5),
        unit_price_minor=st.integers(0, 300),
        group=st.sampled_from([None, "g", "h"]),
    ),
    min_size=1,
    max_size=5,
).map(lambda found: Basket(tuple(found)))
offers = st.sampled_from(
    [
        revision("set_offer", 1, buy=2),
        revision("set_offer", 2, buy=1, rate_bp=5_000, groups=["g"]),
        revision("set_offer", 3, buy=1, get=2, groups=["g"], get_groups=["h"], max_sets=2),
        revision("set_price", 4, units=3, price_minor=200),
        revision("set_price", 5, parts=[{"groups": ["g"]}, {"groups": ["h"], "units": 2}], price_minor=90),
        revision("percent_off", 6, rate_bp=2_500, max_units=3, group_size=2),
        revision("amount_off", 7, amount_minor=40, per="unit", max_units=4),
        revision("amount_off", 8, amount_minor=55),
        revision("amount_off", 9, amount_minor=70, groups=["g"]),
        revision("percent_off", 10, rate_bp=4_000, when=ALONE),
        revision("stamp_card", 11, needed=3, mode="every_nth"),
        revision("percent_off", 12, rate_bp=1_000, when={"stacking": {"not_with": ["amount_off8"]}}),
    ]
)
several = st.lists(offers, unique_by=lambda one: one.id, max_size=6)


def off(goods: Basket, *live: Revision, **choices: Any) -> tuple[int, ...]:
    sale = priced(goods, live, **choices)
    return tuple(one.gross_minor - net for one, net in zip(goods.lines, sale.nets_minor, strict=True))


@pytest.mark.parametrize(
    ("params", "quantity", "saved"),
    [
        ({"buy": 2}, 2, 0),
        ({"buy": 2}, 3, 100),
        ({"buy": 2}, 8, 200),
        ({"buy": 2, "get": 2}, 8, 400),
        ({"buy": 1, "rate_bp": 5_000}, 2, 50),
        ({"buy": 1, "rate_bp": 5_000}, 5, 100),
        ({"buy": 1, "max_sets": 1}, 6, 100),
    ],
)
def test_full_sets_count_and_nothing_else(params: dict[str, Any], quantity: int, saved: int) -> None:
    assert off(basket(line(100, quantity)), revision("set_offer", **params)) == (saved,)


def test_the_cheapest_come_first() -> None:
    bill = basket(line(300), line(100), line(200))
    assert off(bill, revision("set_offer", buy=2)) == (0, 100, 0)


def test_what_is_got_may_be_other_goods_and_a_unit_serves_once() -> None:
    offer = revision("set_offer", buy=2, groups=["g"], get_groups=["h"])
    assert off(basket(line(100, 3, group="g"), line(40, 2, group="h")), offer) == (0, 40)
    both = revision("set_offer", buy=1, groups=["g", "h"], get_groups=["h"])
    assert off(basket(line(40, 2, group="h")), both) == (40,)
    assert off(basket(line(40, 1, group="h")), both) == (0,)


@pytest.mark.parametrize(("quantity", "saved"), [(2, 0), (3, 50), (7, 100)])
def test_so_many_for_a_price(quantity: int, saved: int) -> None:
    offer = revision("set_price", units=3, price_minor=250)
    assert off(basket(line(100, quantity)), offer) == (saved,)


def test_a_set_that_costs_less_apart_is_left_apart() -> None:
    offer = revision("set_price", units=3, price_minor=250)
    assert off(basket(line(50, 3), line(100, 3)), offer) == (0, 50)


def test_a_menu_is_one_of_each() -> None:
    menu = revision(
        "set_price", parts=[{"groups": ["cake"]}, {"groups": ["tea"], "units": 2}], price_minor=120
    )
    bill = basket(line(100, 2, group="cake"), line(40, 3, group="tea"))
    assert sum(off(bill, menu)) == 60
    assert off(basket(line(100, group="cake"), line(40, group="tea")), menu) == (0, 0)


def test_a_percent_on_at_most_some_units_takes_the_cheapest() -> None:
    offer = revision("percent_off", rate_bp=5_000, max_units=2)
    assert off(basket(line(100, 2), line(60)), offer) == (50, 30)


def test_a_percent_on_full_groups_leaves_the_rest() -> None:
    offer = revision("percent_off", rate_bp=1_000, group_size=6)
    assert off(basket(line(100, 5)), offer) == (0,)
    assert off(basket(line(100, 13)), offer) == (120,)


def test_p10_six_or_more_of_an_item_are_ten_percent_cheaper_now() -> None:
    when = {"basket": {"min_quantity": 6, "count_skus": ["x"]}}
    offer = revision("percent_off", rate_bp=1_000, skus=["x"], when=when)
    assert off(basket(line(100, 5, sku="x"), line(100, 9)), offer) == (0, 0)
    assert off(basket(line(100, 6, sku="x"), line(100)), offer) == (60, 0)


def test_an_amount_off_every_unit_is_never_more_than_the_unit() -> None:
    offer = revision("amount_off", amount_minor=30, per="unit")
    assert off(basket(line(100, 2), line(20, 3)), offer) == (60, 60)


def test_golden_11_percents_of_two_lanes_then_a_fixed_amount() -> None:
    tier = revision("percent_off", 1, rate_bp=3_000)
    code = revision("percent_off", 2, rate_bp=1_000, lane="code")
    voucher = revision("amount_off", 3, amount_minor=5, by_code=True)
    bill = basket(line(60), line(40))
    sale = priced(bill, [tier, code, voucher], handed_in=(HandedIn(7, 2), HandedIn(8, 3)))
    assert (sale.net_minor, sale.discount_minor, sale.used_codes) == (58, 42, (7, 8))
    assert sum(told.benefit_minor for told in sale.trace) == 42


def test_golden_15_two_vouchers_of_50_000_count_one_after_the_other() -> None:
    voucher = revision("amount_off", amount_minor=50_000, by_code=True)
    sale = priced(basket(line(200_000)), [voucher], handed_in=(HandedIn(1, 1), HandedIn(2, 1)))
    assert (sale.due_minor, sale.used_codes) == (100_000, (1, 2))


def test_the_best_automatic_amount_joins_what_was_handed_in() -> None:
    voucher = revision("amount_off", 1, amount_minor=50, by_code=True)
    small, large = revision("amount_off", 2, amount_minor=10), revision("amount_off", 3, amount_minor=20)
    sale = priced(basket(line(200)), [voucher, small, large], handed_in=(HandedIn(1, 1),))
    assert sale.due_minor == 130
    assert [told.code for told in sale.trace if not told.applied] == ["better_benefit"]


def test_without_its_code_a_benefit_gives_nothing_and_makes_no_noise() -> None:
    sale = priced(basket(line(100)), [revision("percent_off", rate_bp=1_000, lane="code")])
    assert (sale.due_minor, sale.trace) == (100, ())


def test_a_code_that_loses_or_changes_nothing_is_not_used_up() -> None:
    code = revision("percent_off", 1, rate_bp=1_000, lane="code")
    better = revision("percent_off", 2, rate_bp=2_000, lane="code")
    handed = (HandedIn(1, 1), HandedIn(2, 2))
    assert priced(basket(line(100)), [code, better], handed_in=handed).used_codes == (2,)
    voucher = revision("amount_off", 3, amount_minor=500, by_code=True)
    sale = priced(basket(line(100)), [code, voucher], handed_in=(HandedIn(1, 1), HandedIn(3, 3)))
    assert (sale.due_minor, sale.used_codes) == (0, (3,))


def test_a_code_that_cannot_be_used_refuses_the_sale_unless_it_may_be_left() -> None:
    friday = {"schedule": {"weekdays": ["fri"]}}
    code = revision("percent_off", rate_bp=1_000, lane="code", when=friday)
    handed = (HandedIn(1, 1),)
    with pytest.raises(Rejection) as caught:
        priced(basket(line(100)), [code], handed_in=handed)
    assert (caught.value.code, caught.value.facts["reason"]) == ("code_not_usable", "other_weekday")
    left = priced(basket(line(100)), [code], handed_in=handed, lenient=True)
    assert (left.due_minor, left.used_codes, [told.code for told in left.trace]) == (
        100,
        (),
        ["other_weekday"],
    )


def test_alone_wins_only_when_it_saves_more_than_all_others_together() -> None:
    percent, fixed = revision("percent_off", 1, rate_bp=3_000), revision("amount_off", 2, amount_minor=5)
    weak = revision("percent_off", 3, rate_bp=3_000, when=ALONE)
    strong = revision("percent_off", 4, rate_bp=4_000, when=ALONE)
    assert priced(basket(line(100)), [percent, fixed, weak]).net_minor == 65
    sale = priced(basket(line(100)), [percent, fixed, weak, strong])
    assert sale.net_minor == 60
    assert {told.revision for told in sale.trace if told.applied} == {4}


def test_a_winning_alone_leaves_stamps_and_rewards_untouched() -> None:
    card = revision("stamp_card", 1, needed=2)
    nth = revision("stamp_card", 2, needed=2, mode="every_nth")
    alone = revision("percent_off", 3, rate_bp=9_000, when=ALONE)
    holder = member(lot(5, reward_account("stamp_card1"), 1, revision=1))
    sale = priced(basket(line(100, 2)), [card, nth, alone], holder)
    assert (sale.net_minor, sale.rewarded, sale.free_units) == (20, (), (0,))
    assert [one.programme for one in sale.contributions] == ["stamp_card1"]


def test_of_two_that_exclude_each_other_the_better_one_stays() -> None:
    percent = revision("percent_off", 1, rate_bp=3_000)
    fixed = revision("amount_off", 2, amount_minor=31, when={"stacking": {"not_with": ["percent_off1"]}})
    sale = priced(basket(line(100)), [percent, fixed])
    assert (sale.net_minor, [told.code for told in sale.trace if not told.applied]) == (69, ["not_with"])
    assert priced(basket(line(110)), [percent, fixed]).net_minor == 77


def test_a_held_reward_that_is_excluded_by_a_better_benefit_stays_held() -> None:
    card = revision("stamp_card", 1, needed=9)
    percent = revision("percent_off", 2, rate_bp=5_000, when={"stacking": {"not_with": ["stamp_card1"]}})
    holder = member(lot(5, reward_account("stamp_card1"), 1, revision=1))
    sale = priced(basket(line(100, 4)), [card, percent], holder, vouchers=frozenset({5}))
    assert (sale.net_minor, sale.rewarded, sale.contributions) == (200, (), ())
    assert {told.code for told in sale.trace if told.revision == 1} == {"not_with"}
    sale = priced(basket(line(100)), [card, percent], holder)
    assert (sale.net_minor, sale.rewarded) == (0, ("stamp_card1",))


def test_a_level_is_no_benefit_that_another_could_exclude() -> None:
    club = revision("tiers", 1, key="club", levels=[{"key": "gold", "from": 0}])
    percent = revision("percent_off", 2, rate_bp=3_000, when={"stacking": {"not_with": ["club"]}})
    sale = priced(basket(line(100)), [club, percent])
    assert (sale.net_minor, [told.code for told in sale.trace]) == (70, ["percent_off", "tier_top"])


def test_of_a_set_and_a_free_unit_the_better_one_takes_the_line() -> None:
    card = revision("stamp_card", 1, needed=9)
    holder = member(lot(5, reward_account("stamp_card1"), 1, revision=1))
    two_of_six = revision("set_offer", 2, buy=2)
    sale = priced(basket(line(100, 6)), [card, two_of_six], holder)
    assert (sale.net_minor, sale.rewarded) == (400, ())
    half = revision("set_offer", 3, buy=1, rate_bp=5_000)
    sale = priced(basket(line(100, 2)), [card, half], holder)
    assert (sale.net_minor, sale.rewarded) == (100, ("stamp_card1",))
    assert "free_unit_saves_more" in [told.code for told in sale.trace]


def test_a_typed_amount_has_no_sets() -> None:
    sale = priced(
        amount(500), [revision("set_offer", 1, buy=1), revision("amount_off", 2, amount_minor=9, per="unit")]
    )
    assert (sale.net_minor, [told.code for told in sale.trace]) == (500, ["needs_goods", "needs_goods"])


def cashback(number: int, rate_bp: int, **when: Any) -> Revision:
    return revision("spend_credit", number, rate_bp=rate_bp, when={"stacking": {"group": "back"}, **when})


def test_p3_a_row_that_names_goods_replaces_the_general_rate_on_them() -> None:
    gold = cashback(1, 1_500, audience={"tiers": ["gold"]})
    rest, pastry = cashback(2, 1_000), cashback(3, 500, basket={"groups_in": ["pastry"]})
    thursday = cashback(4, 2_000, schedule={"weekdays": ["sat"], "hours": ["12:00-23:00"]})
    bill = basket(line(1_000, group="pastry"), line(1_000))
    sale = priced(bill, [gold, rest, pastry])
    assert {one.programme: one.yielded for one in sale.contributions} == {
        "spend_credit2": 100,
        "spend_credit3": 50,
    }
    sale = priced(bill, [gold, rest, pastry, thursday])
    assert {one.programme: one.yielded for one in sale.contributions} == {
        "spend_credit3": 50,
        "spend_credit4": 200,
    }
    refused = {told.revision: told.code for told in sale.trace if not told.applied}
    assert refused == {1: "other_tier", 2: "better_rate"}


@pytest.mark.parametrize(
    ("segments", "earned", "refused"),
    [
        ({"gold"}, {"spend_credit1": 150, "spend_credit3": 50}, {2: "better_rate"}),
        ({"near"}, {"spend_credit2": 100, "spend_credit3": 50}, {1: "other_segment"}),
    ],
)
def test_p3_the_rate_differs_by_segment(
    segments: set[str], earned: dict[str, int], refused: dict[int, str]
) -> None:
    gold = cashback(1, 1_500, audience={"segments": ["gold"]})
    rest, pastry = cashback(2, 1_000), cashback(3, 500, basket={"groups_in": ["pastry"]})
    bill = basket(line(1_000, group="pastry"), line(1_000))
    who = member(seen=Seen(segments=frozenset(segments)))
    for live in ([gold, rest, pastry], [pastry, rest, gold]):
        sale = priced(bill, live, who)
        assert {one.programme: one.yielded for one in sale.contributions} == earned
        assert {told.revision: told.code for told in sale.trace if not told.applied} == refused


@given(bill=goods, live=several)
def test_what_the_benefits_say_is_what_the_lines_lost(bill: Basket, live: list[Revision]) -> None:
    sale = priced(bill, live)
    assert sum(told.benefit_minor for told in sale.trace) == sale.discount_minor
    assert all(0 <= net <= one.gross_minor for net, one in zip(sale.nets_minor, bill.lines, strict=True))
    assert all(0 <= free <= one.quantity for free, one in zip(sale.free_units, bill.lines, strict=True))


@given(bill=goods, live=several, data=st.data())
def test_the_order_in_the_table_changes_nothing(
    bill: Basket, live: list[Revision], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(live))
    one, two = priced(bill, live), priced(bill, shuffled)
    assert (one.nets_minor, one.trace, one.contributions) == (two.nets_minor, two.trace, two.contributions)


@given(bill=goods, live=several)
def test_a_benefit_that_loses_never_costs_the_customer(bill: Basket, live: list[Revision]) -> None:
    sale = priced(bill, live)
    losers = {told.revision for told in sale.trace if told.code in ("better_benefit", "free_unit_saves_more")}
    rest = [one for one in live if one.id not in losers]
    assert sale.net_minor <= priced(bill, rest).net_minor


@pytest.mark.parametrize(
    ("kind", "params", "when", "field"),
    [
        ("set_price", {"price_minor": 5}, {}, "params.parts"),
        ("set_price", {"price_minor": 5, "units": 2, "parts": [{"units": 1}]}, {}, "params.parts"),
        ("points", {"step_minor": 5}, ALONE, "when.stacking.alone"),
        ("percent_off", {"rate_bp": 5}, {"stacking": {"group": "x"}}, "when.stacking.group"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    kind: str, params: dict[str, Any], when: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision(kind, when=when, **params)
    assert caught.value.facts["field"] == field


@pytest.mark.parametrize(
    ("kind", "params", "said"),
    [
        ("percent_off", {"rate_bp": 1_000, "lane": "code"}, "10% off everything with a code."),
        ("percent_off", {"rate_bp": 1_000, "lane": "code", "groups": ["tea"]}, "10% off tea with a code."),
        ("amount_off", {"amount_minor": 500, "by_code": True}, "50 T off the bill with a code."),
    ],
)
def test_a_discount_by_code_says_so(kind: str, params: dict[str, Any], said: str) -> None:
    read = kind_named(kind).read(params)
    assert strip_isolates(kind_named(kind).sentence(read, language("en"))) == said
    assert "کد" in kind_named(kind).sentence(read, language("fa"))
