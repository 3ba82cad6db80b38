"""Earnings weighed line by line: goods, rate tables, floors of margin, tax (rules 2, 16, 38)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import Level, Revision, TierRule
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.tiers import Standing
from loyalty_pos.domain.weighing import untaxed
from tests.domain.pieces import NOON, amount, basket, line, member, priced, revision

IN_G = {"basket": {"groups_in": ["g"]}}
COMPANY = member(kind="company")


def earned(sale: Quote) -> list[int]:
    return [one.yielded for one in sale.contributions]


def codes(sale: Quote) -> list[str]:
    return [one.code for one in sale.trace if one.family == "earn"]


def double(**when: Any) -> list[dict[str, Any]]:
    return [{"milli": 2_000, "when": when}]


def test_a_coefficient_of_goods_nobody_bought_is_not_told() -> None:
    points = revision("points", step_minor=1, coefficients=[{"milli": 3_000, "when": IN_G}, {"milli": 2_000}])
    sale = priced(basket(line(10)), [points])
    assert earned(sale) == [20]
    assert "partly" not in sale.trace[0].facts and sale.trace[0].facts["milli"] == "2000"
    mixed = priced(basket(line(10), line(10, group="g")), [points])
    assert (earned(mixed), mixed.trace[0].facts["partly"]) == ([80], "3000")


def test_a_level_multiplies_beside_a_coefficient_of_goods() -> None:
    club = TierRule((Level("gold", "gold", 0, coefficient_milli=1_500),), 12)
    points = revision("points", step_minor=1, coefficients=[{"milli": 2_000, "when": IN_G}])
    gold = member(standing=Standing(club, 9))
    sale = priced(basket(line(10, group="g"), line(10)), [points, Revision(9, 9, "club", club)], gold)
    assert earned(sale) == [45]
    assert sale.trace[0].facts["milli"] == "1500"


def test_in_a_group_a_line_that_nobody_takes_feeds_nobody() -> None:
    group = {"stacking": {"group": "back"}}
    one = revision("points", 1, step_minor=1, when={**group, "basket": {"groups_in": ["g"]}})
    two = revision("points", 2, step_minor=1, when={**group, "basket": {"skus_in": ["x"]}})
    sale = priced(basket(line(10), line(10, group="g"), line(10, sku="x")), [one, two])
    assert earned(sale) == [10, 10]


def test_a_coefficient_of_goods_not_reduced_leaves_out_the_reduced_ones() -> None:
    points = revision("points", step_minor=1, coefficients=double(basket={"no_discounted": True}))
    assert earned(priced(basket(line(10), line(10, till_discount_minor=5)), [points])) == [25]


def test_a_typed_amount_holds_no_goods_that_a_coefficient_could_name() -> None:
    points = revision("points", step_minor=1, coefficients=[{"milli": 2_000, "when": IN_G}])
    assert earned(priced(amount(10), [points])) == [10]


@pytest.mark.parametrize(
    ("params", "stamps"),
    [
        ({}, 5),  # one tea and twice two coffees
        ({"max_per_sale": 2}, 4),  # the best two count
        ({"count": "sales"}, 2),
        ({"count": "visit_days"}, 2),
    ],
)
def test_a_card_multiplies_the_units_of_some_goods_and_of_a_cap_the_best_ones(
    params: dict[str, Any], stamps: int
) -> None:
    card = revision("stamp_card", needed=9, coefficients=[{"milli": 2_000, "when": IN_G}], **params)
    sale = priced(basket(line(10), line(10, 2, group="g"), line(0, 3, group="g")), [card])
    assert [one.micros for one in sale.contributions] == [stamps * 1_000_000]


def test_rates_that_name_goods_replace_the_general_ones_and_the_best_counts() -> None:
    rates = [
        {"rate_bp": 1_000},
        {"rate_bp": 2_000, "from_minor": 1_000},
        {"rate_bp": 500, "groups": ["g"]},
        {"rate_bp": 700, "skus": ["x"]},
    ]
    own = revision("company_credit", rates=rates)
    assert earned(priced(basket(line(100), line(100, group="g")), [own], COMPANY)) == [15]
    assert earned(priced(basket(line(100, group="g", sku="x")), [own], COMPANY)) == [7]
    assert earned(priced(basket(line(1_000), line(100, group="g")), [own], COMPANY)) == [205]


def test_goods_without_a_rate_earn_nothing_and_say_why() -> None:
    own = revision("company_credit", rates=[{"rate_bp": 500, "groups": ["g"], "from_minor": 50}])
    assert codes(priced(basket(line(100)), [own], COMPANY)) == ["no_eligible_goods"]
    told = priced(basket(line(30, group="g"), line(5)), [own], COMPANY).trace[0]
    assert (told.code, dict(told.facts)) == ("below_minimum", {"min_minor": 50, "missing_minor": 15})
    assert earned(priced(basket(line(30, group="g"), line(20)), [own], COMPANY)) == [1]


def test_a_rate_table_is_for_companies_and_takes_no_other_audience() -> None:
    own = revision("company_credit", rates=[{"rate_bp": 500}])
    assert codes(priced(basket(line(100)), [own])) == ["other_member_kind"]
    for audience in ({"member_kinds": ["individual"]}, {"non_members": True}):
        with pytest.raises(InvalidRequest) as caught:
            revision("company_credit", rates=[{"rate_bp": 500}], when={"audience": audience})
        assert caught.value.facts["field"] == "when.audience.member_kinds"


def test_a_companys_own_rates_stand_in_place_of_those_for_everybody_in_the_same_unit() -> None:
    own = revision("company_credit", 1, rates=[{"rate_bp": 500}])
    all_credit = revision("spend_credit", 2, rate_bp=1_000, when={"stacking": {"group": "back"}})
    for_companies = revision("spend_credit", 3, rate_bp=100, when={"audience": {"member_kinds": ["company"]}})
    points = revision("points", 4, step_minor=10)
    live = [own, all_credit, for_companies, points]
    company = priced(basket(line(100)), live, COMPANY)
    assert earned(company) == [5, 1, 10]
    assert [(one.code, one.facts["by"]) for one in company.trace if not one.applied] == [("own_rates", 1)]
    assert earned(priced(basket(line(100)), live)) == [10, 10]


def test_in_a_group_each_line_feeds_the_table_that_names_it() -> None:
    group = {"stacking": {"group": "back"}, "audience": {"member_kinds": ["company"]}}
    rates = [{"rate_bp": 100, "groups": ["g"]}, {"rate_bp": 200}]
    own = revision("company_credit", 1, rates=rates, when={"stacking": {"group": "back"}})
    better = revision("spend_credit", 2, rate_bp=1_000, when=group)
    sale = priced(basket(line(100, group="g"), line(100)), [own, better], COMPANY)
    assert [(one.programme, one.yielded) for one in sale.contributions] == [
        ("company_credit1", 1),
        ("spend_credit2", 10),
    ]


@pytest.mark.parametrize(
    ("cost", "quantity", "given"),
    [(None, 1, 100), (0, 1, 100), (800, 1, 100), (850, 1, 50), (900, 1, 0), (950, 1, 0), (850, 2, 100)],
)
def test_a_margin_floor_is_kept_to_the_last_unit(cost: int | None, quantity: int, given: int) -> None:
    """10 % of 1,000, while 10 % of margin must be left."""
    credit = revision("spend_credit", rate_bp=1_000, margin_floor_bp=1_000)
    sale = priced(basket(line(1_000, quantity, cost_minor=cost)), [credit])
    assert sum(earned(sale)) == given
    assert codes(sale) == ["earned_credit" if given else "below_margin"]


def test_the_margin_is_that_of_the_price_without_tax_and_points_weigh_what_they_pay() -> None:
    points = revision("points", step_minor=10, point_value_minor=1, margin_floor_bp=1_000)
    taxed = line(1_100, tax_bp=1_000, cost_minor=850)  # 1,000 without tax: 50 may be given
    sale = priced(basket(taxed), [points])
    assert earned(sale) == [50]
    assert sale.trace[0].facts["below_margin"] == 600


def test_tax_is_taken_out_of_each_rates_sum_once() -> None:
    lines = [line(10, tax_bp=900), line(10, tax_bp=900), line(10), line(7, tax_bp=2_000)]
    bases = untaxed([10, 10, 10, 7], tuple(lines))
    assert (sum(bases[:2]), bases[2:]) == (18, [10, 5])


@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.sampled_from([0, 900, 1_000, 2_500])), min_size=1, max_size=8
    )
)
def test_what_is_left_without_tax_is_never_more_and_never_negative(parts: list[tuple[int, int]]) -> None:
    lines = [Line("x", 1, price, tax_bp=tax) for price, tax in parts]
    bases = [price for price, _ in parts]
    left = untaxed(bases, tuple(lines))
    assert all(0 <= without <= base for without, base in zip(left, bases, strict=True))
    assert all(without == base for (base, tax), without in zip(parts, left, strict=True) if not tax)


@pytest.mark.parametrize(
    ("shop", "tax", "points"),
    [(True, "shop", 110), (False, "shop", 100), (True, "out", 100), (False, "in", 110)],
)
def test_a_programme_may_decide_about_tax_where_the_shop_says_otherwise(
    shop: bool, tax: str, points: int
) -> None:
    live = [revision("points", step_minor=1, tax=tax)]
    rules = Rules(live, {live[0].id: live[0]}, earn_on_tax=shop)
    basket_ = Basket((line(110, tax_bp=1_000),))
    assert earned(quote(basket_, Choices(), Snapshot(1, "individual"), rules, NOON)) == [points]


@given(st.lists(st.tuples(st.integers(1, 500), st.booleans()), min_size=1, max_size=6))
def test_weighing_line_by_line_equals_weighing_each_line_alone(parts: list[tuple[int, bool]]) -> None:
    points = revision("points", step_minor=1_000_000, coefficients=[{"milli": 1_337, "when": IN_G}])
    lines = [line(price, group="g" if named else None) for price, named in parts]
    whole = priced(basket(*lines), [points]).contributions[0].micros
    assert whole == sum(priced(basket(one), [points]).contributions[0].micros for one in lines)
