"""Lane 2: the best percent per line wins, floors once, and its parts add up (rules 2, 10-12)."""

import pytest

from loyalty_pos.domain.basket import HandedIn
from loyalty_pos.domain.errors import Rejection
from tests.domain.pieces import amount, basket, line, nobody, priced, revision


def test_the_best_percent_of_each_line_wins_and_the_others_say_who_saved_more() -> None:
    all_goods = revision("percent_off", 1, rate_bp=1000)
    cakes = revision("percent_off", 2, rate_bp=3000, groups=["cake"])
    weak = revision("percent_off", 3, rate_bp=500)
    got = priced(basket(line(100), line(100, group="cake")), [all_goods, cakes, weak])
    assert got.nets_minor == (90, 70)
    told = {t.revision: (t.code, t.benefit_minor, dict(t.facts)) for t in got.trace}
    assert told[1][:2] == ("percent_off", 10)
    assert told[2][:2] == ("percent_off", 30)
    assert told[3] == ("better_benefit", 0, {"by": 1})


def test_of_equal_percents_the_one_that_ends_sooner_wins_then_the_lower_number() -> None:
    for_ever = revision("percent_off", 1, rate_bp=1000)
    ending = revision("percent_off", 2, rate_bp=1000, when={"schedule": {"to": "2026-12-01"}})
    later = revision("percent_off", 3, rate_bp=1000)
    won = [t.revision for t in priced(basket(line(100)), [for_ever, ending, later]).trace if t.applied]
    assert won == [2]
    won = [t.revision for t in priced(basket(line(100)), [later, for_ever]).trace if t.applied]
    assert won == [1]


def test_wishes_are_compared_before_they_floor() -> None:
    less, more = revision("percent_off", 1, rate_bp=1001), revision("percent_off", 2, rate_bp=1002)
    won = [t.revision for t in priced(basket(line(99)), [less, more]).trace if t.applied]
    assert won == [2]


def test_a_cap_limits_the_whole_bill_and_is_told() -> None:
    got = priced(basket(line(300), line(700)), [revision("percent_off", rate_bp=1000, max_discount_minor=30)])
    assert got.nets_minor == (291, 679)
    assert got.trace[0].facts["capped"] == 1


def test_a_cap_can_lose_to_a_smaller_percent_without_one() -> None:
    capped = revision("percent_off", 1, rate_bp=5000, max_discount_minor=10)
    plain = revision("percent_off", 2, rate_bp=1000)
    assert priced(basket(line(1000)), [capped, plain]).net_minor == 900


def test_a_winners_total_floors_once_to_the_shops_step_and_then_splits_by_largest_remainder() -> None:
    got = priced(basket(*[line(105)] * 3), [revision("percent_off", rate_bp=1000)], step=10)
    assert got.discount_minor == 30
    assert got.nets_minor == (95, 95, 95)
    got = priced(basket(line(33), line(33), line(34)), [revision("percent_off", rate_bp=1000)])
    assert (got.discount_minor, sorted(got.nets_minor)) == (10, [30, 30, 30])


def test_what_is_too_small_for_a_step_is_not_given_and_says_so() -> None:
    got = priced(basket(line(50)), [revision("percent_off", rate_bp=1000)], step=10)
    assert (got.discount_minor, got.trace[0].code) == (0, "too_small")


def test_what_is_declined_is_not_given_and_says_so() -> None:
    got = priced(
        basket(line(50)), [revision("percent_off", rate_bp=1000)], decline=frozenset({"percent_off1"})
    )
    assert (got.discount_minor, got.trace[0].code) == (0, "declined")


def test_goods_that_do_not_fit_are_not_reduced() -> None:
    got = priced(basket(line(50, group="tea")), [revision("percent_off", rate_bp=1000, groups=["cake"])])
    assert (got.discount_minor, got.trace[0].code) == (0, "no_eligible_goods")


def test_a_percent_applies_on_what_the_till_left() -> None:
    got = priced(basket(line(100, till_discount_minor=20)), [revision("percent_off", rate_bp=1000)])
    assert (got.net_minor, got.discount_minor) == (72, 28)


def test_an_offer_for_everybody_needs_no_member() -> None:
    offer = revision("percent_off", rate_bp=500, when={"audience": {"non_members": True}})
    assert nobody(basket(line(100)), [offer]).net_minor == 95
    assert nobody(basket(line(100)), [revision("percent_off", rate_bp=500)]).trace[0].code == "no_member"


def test_everything_off_leaves_nothing_to_pay_and_earns_nothing() -> None:
    got = priced(
        basket(line(100)), [revision("percent_off", 1, rate_bp=10_000), revision("points", 2, step_minor=1)]
    )
    assert (got.due_minor, got.contributions) == (0, ())


def test_an_offer_not_on_reduced_goods_leaves_out_what_the_till_or_an_earlier_lane_reduced() -> None:
    full = {"basket": {"no_discounted": True}}
    happy = revision("percent_off", 1, rate_bp=5_000, groups=["tea"])
    code = revision("percent_off", 2, rate_bp=1_000, lane="code", when=full)
    bill = basket(line(100, group="tea"), line(100), line(100, till_discount_minor=1))
    sale = priced(bill, [happy, code], handed_in=(HandedIn(7, 2),))
    assert sale.nets_minor == (50, 90, 99)
    assert sale.reduced == {0, 1}


def test_a_typed_amount_needs_its_goods_for_an_offer_on_some_of_them() -> None:
    sale = priced(amount(100), [revision("percent_off", 1, rate_bp=5_000, groups=["tea"])])
    assert [one.code for one in sale.trace] == ["needs_goods"]


def test_a_code_that_meets_only_reduced_goods_is_refused_saying_so() -> None:
    full = {"basket": {"no_discounted": True}}
    code = revision("percent_off", 2, rate_bp=1_000, lane="code", when=full)
    happy = revision("percent_off", 1, rate_bp=5_000)
    with pytest.raises(Rejection) as caught:
        priced(amount(100), [happy, code], handed_in=(HandedIn(7, 2),))
    assert caught.value.facts["reason"] == "all_reduced"


def test_an_amount_off_the_bill_reduces_no_goods() -> None:
    points = revision("points", 2, step_minor=1, when={"basket": {"no_discounted": True}})
    sale = priced(basket(line(100), line(100)), [revision("amount_off", 1, amount_minor=50), points])
    assert [one.yielded for one in sale.contributions] == [150]


def test_a_free_unit_reduces_no_goods_either() -> None:
    card = revision("stamp_card", 1, needed=3, mode="every_nth")
    points = revision("points", 2, step_minor=1, when={"basket": {"no_discounted": True}})
    sale = priced(basket(line(100, 3)), [card, points])
    assert [(one.programme, one.measured) for one in sale.contributions] == [
        ("stamp_card1", 3),
        ("points2", 200),
    ]
