"""A basket of sense: whole numbers within limits, refused by the name of what is wrong."""

from typing import Any

import pytest

from loyalty_pos.domain.basket import MAX_LINES, Basket, Line, check_basket
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.money import MAX_AMOUNT, MAX_QUANTITY

GOOD: dict[str, Any] = {"text": "x", "quantity": 2, "unit_price_minor": 500, "till_discount_minor": 0}


@pytest.mark.parametrize(
    ("wrong", "field", "problem"),
    [
        ({"unit_price_minor": 1.5}, "lines.1.unit_price_minor", "not_a_whole_number"),
        ({"unit_price_minor": True}, "lines.1.unit_price_minor", "not_a_whole_number"),
        ({"unit_price_minor": -1}, "lines.1.unit_price_minor", "out_of_range"),
        ({"unit_price_minor": MAX_AMOUNT, "quantity": 2}, "lines.1.unit_price_minor", "out_of_range"),
        ({"quantity": "2"}, "lines.1.quantity", "not_a_whole_number"),
        ({"quantity": 0}, "lines.1.quantity", "out_of_range"),
        ({"quantity": MAX_QUANTITY + 1, "unit_price_minor": 0}, "lines.1.quantity", "out_of_range"),
        ({"till_discount_minor": None}, "lines.1.discount_minor", "not_a_whole_number"),
        ({"till_discount_minor": 1_001}, "lines.1.discount_minor", "out_of_range"),
    ],
)
def test_a_line_without_sense_is_refused_naming_it(wrong: dict[str, Any], field: str, problem: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        check_basket(Basket((Line(**GOOD), Line(**(GOOD | wrong)))))
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == (field, problem)


def test_a_typed_amount_without_sense_is_refused_as_the_amount() -> None:
    with pytest.raises(InvalidRequest) as caught:
        check_basket(Basket((Line("", 1, -1, 0),), amount_mode=True))
    assert caught.value.facts["field"] == "amount_minor"


def test_more_lines_than_a_receipt_can_bear_or_a_sum_beyond_money_are_refused() -> None:
    for lines in ((Line(**GOOD),) * (MAX_LINES + 1), (Line("x", 1, MAX_AMOUNT, 0),) * 2):
        with pytest.raises(InvalidRequest) as caught:
            check_basket(Basket(lines))
        assert caught.value.facts["field"] == "lines"
    check_basket(Basket((Line(**GOOD),) * MAX_LINES))


def test_a_price_that_is_too_much_for_so_many_is_told_the_most_it_may_be() -> None:
    with pytest.raises(InvalidRequest) as no:
        check_basket(Basket((Line(**{**GOOD, "unit_price_minor": MAX_AMOUNT, "quantity": 3}),)))
    assert no.value.facts["high"] == MAX_AMOUNT // 3
    check_basket(Basket((Line(**{**GOOD, "unit_price_minor": MAX_AMOUNT // 3, "quantity": 3}),)))
