"""What is kept of a sale earns what it would have earned alone, line by line too (rules 26, 38)."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.gift_cards import CardInHand
from loyalty_pos.domain.keeping import (
    Kept,
    cards_back,
    earned_micros,
    everything_of,
    measured_on,
    money_back,
    nothing_of,
    points_back,
    voucher_worth,
    without_units,
)
from loyalty_pos.domain.quote import Quote
from tests.domain.pieces import basket, line, member, priced, revision, sold_of

IN_G = {"basket": {"groups_in": ["g"]}}
DOUBLE_G = [{"milli": 2_000, "when": IN_G}, {"milli": 1_500, "when": {"basket": {"min_minor": 100}}}]
RATES = [
    {"rate_bp": 300},
    {"rate_bp": 500, "from_minor": 120},
    {"rate_bp": 900, "groups": ["g"], "from_minor": 60},
]
CASES: list[tuple[str, dict[str, Any]]] = [
    ("points", {"step_minor": 1, "coefficients": DOUBLE_G}),
    ("points", {"step_minor": 1, "tax": "out"}),
    ("points", {"step_minor": 1, "point_value_minor": 1, "margin_floor_bp": 2_000, "tax": "out"}),
    ("spend_credit", {"rate_bp": 900, "coefficients": DOUBLE_G, "tax": "out"}),
    ("spend_credit", {"rate_bp": 3_000, "margin_floor_bp": 1_000}),
    ("company_credit", {"rates": RATES}),
    ("stamp_card", {"needed": 3, "coefficients": DOUBLE_G}),
    ("stamp_card", {"needed": 3, "count": "sales", "coefficients": DOUBLE_G}),
    ("stamp_card", {"needed": 3, "max_per_sale": 2, "coefficients": DOUBLE_G}),
    ("next_visit_voucher", {"rate_bp": 900, "expires": {"days": 9}, "coefficients": DOUBLE_G}),
]

goods = st.lists(
    st.builds(
        line,
        st.integers(1, 90),
        st.integers(1, 3),
        group=st.sampled_from(["g", "h", None]),
        earns=st.sampled_from([True, True, False]),
        tax_bp=st.sampled_from([0, 900, 2_000]),
        cost_minor=st.sampled_from([None, 1, 20, 60]),
    ),
    min_size=1,
    max_size=4,
).map(lambda made: basket(*made))


def sold(whole: Basket, rule: Revision, who: Snapshot) -> Quote:
    return priced(whole, [rule], who)


def without(whole: Basket, returned: dict[int, int]) -> Basket:
    lines = [replace(one, quantity=one.quantity - returned.get(i, 0)) for i, one in enumerate(whole.lines)]
    return Basket(tuple([one for one in lines if one.quantity]))


@pytest.mark.parametrize(("kind", "params"), CASES)
@given(whole=goods, data=st.data())
def test_what_is_kept_earns_exactly_what_it_would_have_earned_alone(
    kind: str, params: dict[str, Any], whole: Basket, data: st.DataObject
) -> None:
    rule, who = revision(kind, **params), member(kind="company")
    sale = sold(whole, rule, who)
    back = sold_of(whole, sale, {1: rule})
    returned = {
        i: units for i, one in enumerate(whole.lines) if (units := data.draw(st.integers(0, one.quantity)))
    }
    kept = without_units(back, everything_of(back), returned)
    for one in sale.contributions:
        assert earned_micros(back, everything_of(back), one) == one.micros
        assert measured_on(back, everything_of(back), one) == one.measured
        rest = without(whole, returned)
        alone = sold(rest, rule, who).contributions if rest.lines else ()
        if one.account[0] == "voucher":
            assert voucher_worth(back, everything_of(back), one) == one.yielded
            assert voucher_worth(back, kept, one) == sum(each.yielded for each in alone)
        else:
            assert earned_micros(back, kept, one) == sum(each.micros for each in alone)


def test_a_voucher_of_an_older_program_is_worth_its_part_of_what_is_kept() -> None:
    rule = revision("next_visit_voucher", rate_bp=1_000, expires={"days": 9})
    whole = basket(line(100), line(200))
    sale = sold(whole, rule, member())
    old = sale.contributions[0]._replace(weights=None)
    back = sold_of(whole, sale, {1: rule})
    kept = without_units(back, everything_of(back), {1: 1})
    assert (old.yielded, voucher_worth(back, kept, old)) == (30, 10)


def test_stamps_whose_lines_an_older_program_did_not_name_go_with_the_last_of_the_sale() -> None:
    card = revision("stamp_card", needed=5, mode="every_nth", when={"basket": {"no_discounted": True}})
    off = revision("percent_off", 2, rate_bp=1_000, when={"basket": {"groups_in": ["g"]}})
    whole = basket(line(100, 2, group="g"), line(200))
    sale = priced(whole, [card, off])
    given = sale.contributions[0]
    back = sold_of(whole, sale, {1: card, 2: off})
    for lines, left in [(given.lines, [3, 2, 1, 0]), ((1,), [3, 2, 2, 0])]:
        kept = everything_of(back)
        counted = [measured_on(back, kept, given._replace(lines=lines))]
        for i in (1, 0, 0):
            kept = without_units(back, kept, {i: 1})
            counted.append(measured_on(back, kept, given._replace(lines=lines)))
        assert counted == left


def test_points_given_on_a_sale_of_an_older_program_come_back_with_its_value() -> None:
    whole = basket(line(100), line(200))
    back = replace(sold_of(whole, priced(whole, []), {}), bought={1: 30})
    kept = without_units(back, everything_of(back), {1: 1})
    assert points_back(back, kept, 36) == 20 + 4


def test_of_a_typed_amount_weighed_by_line_a_part_earns_its_part() -> None:
    rule = revision("company_credit", rates=[{"rate_bp": 1_000}])
    typed = Basket((Line("", 1, 1_000),), amount_mode=True)
    sale = sold(typed, rule, member(kind="company"))
    back = sold_of(typed, sale, {1: rule})
    kept = everything_of(back)._replace(nets_minor=(250,))
    assert measured_on(back, kept, sale.contributions[0]) == 250


@given(
    amounts=st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=4),
    stored=st.integers(0, 60),
    data=st.data(),
)
def test_cards_and_money_come_back_growing_and_in_full(
    amounts: list[tuple[int, bool]], stored: int, data: st.DataObject
) -> None:
    cards = tuple([CardInHand(n, left, bought) for n, (left, bought) in enumerate(amounts, 1)])
    whole = replace(basket(line(37, 3)), stored_minor=stored)
    sale = priced(whole, [], gift_cards=cards, lenient=True)
    back = sold_of(whole, sale, {})
    states = [everything_of(back)]
    while any(states[-1].quantities):
        states.append(
            without_units(back, states[-1], {0: data.draw(st.integers(1, states[-1].quantities[0]))})
        )
    states.append(nothing_of(back, states[-1]))
    told = [(cards_back(back, kept), money_back(back, kept)) for kept in states]
    for (onto, money), (later, more) in pairwise(told):
        assert money <= more and all(a <= b for a, b in zip(onto, later, strict=True))
    assert told[0] == ([0] * len(sale.paid.cards), 0)
    assert told[-1] == ([one.amount_minor for one in sale.paid.cards], sale.due_minor)
    assert isinstance(states[-1], Kept) and states[-1].nothing
