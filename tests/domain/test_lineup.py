"""What is found out of the programmes once must be what each bill would find out for itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain import lineup
from loyalty_pos.domain.basket import Basket, Choices, Line
from loyalty_pos.domain.lineup import EVERY_LINE, Lineup, lined_up
from loyalty_pos.domain.quote import Rules, quote
from tests.domain.pieces import NOON, basket, line, member, priced, revision

CHOICES: list[dict[str, Any]] = [
    {},
    {"groups": ["tea"]},
    {"groups": ["cake"], "skus": ["s1"]},
    {"skus": ["s2"]},
]
WHENS = [{}, {"basket": {"groups_out": ["tea"]}}, {"basket": {"groups_in": ["cake", "tea"]}}]
LIVE = [
    revision("percent_off", number + 1, rate_bp=1_000 + number, when=WHENS[number % 3], **CHOICES[number % 4])
    for number in range(12)
]
lines = st.builds(
    lambda group, sku: Line("x", 1, 100, sku=sku, group=group),
    st.sampled_from([None, "tea", "cake", "bread"]),
    st.sampled_from([None, "s1", "s2", "s3"]),
)


@given(st.lists(st.lists(lines, min_size=1, max_size=6), min_size=1, max_size=3))
def test_a_line_up_finds_the_lines_that_each_programme_and_its_condition_let_benefit(
    bills: list[list[Line]],
) -> None:
    found = Lineup(LIVE)
    for bill in bills:
        reach = found.reach(tuple(bill))
        assert list(reach[EVERY_LINE]) == list(range(len(bill)))
        for one in found.discounts:
            fits = [
                i
                for i, item in enumerate(bill)
                if item in one.rule.goods and one.revision.condition.allows(item)
            ]
            assert list(reach[one.aim]) == fits


def test_programmes_that_choose_the_same_goods_share_one_aim_and_one_condition() -> None:
    same = [revision("percent_off", number, rate_bp=100 * number, groups=["tea"]) for number in (1, 2, 3)]
    found = Lineup([*same, revision("points", 4, step_minor=10)])
    assert len({one.aim for one in found.discounts}) == 1
    assert found.earners[0].aim == EVERY_LINE
    assert [numbers for _, numbers in found.conditions] == [[1, 2, 3, 4]]


def test_more_products_than_are_remembered_are_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lineup, "PRODUCTS_AT_MOST", 2)
    found = Lineup([revision("percent_off", 1, rate_bp=100, skus=["s1", "s3"])])
    for _ in range(2):
        bill = [Line("x", 1, 100, sku=f"s{number}") for number in range(5)]
        assert found.reach(tuple(bill))[found.discounts[0].aim] == [1, 3]


def test_a_quote_is_the_same_from_a_line_up_as_from_programmes_in_any_order() -> None:
    goods, club = basket(line(700, 2, group="tea"), line(300, sku="s2")), revision("points", 20, step_minor=7)
    found = [
        quote(goods, Choices(), member(), Rules(live), NOON)
        for live in (lined_up([*LIVE, club]), [*LIVE, club], [club, *reversed(LIVE)])
    ]
    assert found[0].trace == found[1].trace == found[2].trace
    assert found[0].nets_minor == found[1].nets_minor == found[2].nets_minor


def test_the_same_cap_on_the_same_goods_splits_alike_and_the_older_programme_wins() -> None:
    capped = [
        revision("percent_off", number, rate_bp=5_000 - number, max_discount_minor=101, groups=["tea"])
        for number in (1, 2)
    ]
    sale = priced(basket(line(200, group="tea"), line(100), line(100, group="tea")), capped)
    assert sale.nets_minor == (133, 100, 66)
    assert [(told.revision, told.benefit_minor) for told in sale.trace] == [(1, 101), (2, 0)]


def test_a_gain_of_less_than_a_millionth_moves_nothing_and_is_told() -> None:
    least = revision("spend_credit", 1, rate_bp=1, coefficients=[{"milli": 1}])
    sale = priced(Basket((Line("x", 1, 1),)), [least])
    assert (sale.book.movements, [told.code for told in sale.trace]) == ([], ["earned_credit"])
