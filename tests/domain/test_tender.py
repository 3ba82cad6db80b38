"""Paying with credit and points: in full, or refused with the facts, or cut when lenient (rules 12)."""

from typing import Any

import pytest

from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.ledger import CREDIT, POINTS, owed_account
from tests.domain.pieces import basket, line, lot, member, nobody, priced, revision

PRICE: dict[str, Any] = {"step_minor": 1000, "point_value_minor": 10}


def pay(have_points: int = 0, credit: int = 0, owed: int = 0, due: int = 1000, **more: Any) -> Any:
    lots = [lot(1, POINTS, have_points)] if have_points else []
    lots += [lot(2, CREDIT, credit)] if credit else []
    plain = {owed_account(POINTS): owed, owed_account(CREDIT): owed} if owed else {}
    rules = {**PRICE, **more.pop("rules", {})}
    live = [] if rules.get("point_value_minor", 1) is None else [revision("points", **rules)]
    return priced(basket(line(due)), live, member(*lots, plain=plain), **more)


@pytest.mark.parametrize(
    ("given", "code", "facts"),
    [
        (
            {"have_points": 10, "ask": {"points": 11}},
            "not_enough_points",
            {"asked": 11, "have": 10, "pending": 0},
        ),
        (
            {"credit": 10, "ask": {"credit_minor": 11}},
            "not_enough_credit",
            {"asked_minor": 11, "have_minor": 10},
        ),
        (
            {"have_points": 200, "ask": {"points": 101}},
            "more_than_due",
            {"asked_minor": 1010, "due_minor": 1000},
        ),
        (
            {"credit": 2000, "ask": {"credit_minor": 1001}},
            "more_than_due",
            {"unit": "credit", "due_minor": 1000},
        ),
        (
            {"have_points": 10, "rules": {"point_value_minor": None}, "ask": {"points": 1}},
            "points_cannot_pay",
            {},
        ),
        (
            {"have_points": 10, "rules": {"redeem_min": 5}, "ask": {"points": 4}},
            "points_below_minimum",
            {"minimum": 5},
        ),
        (
            {"have_points": 10, "rules": {"redeem_max": 5}, "ask": {"points": 6}},
            "points_above_maximum",
            {"maximum": 5},
        ),
        (
            {"have_points": 10, "rules": {"redeem_step": 5}, "ask": {"points": 6}},
            "points_not_in_steps",
            {"step": 5},
        ),
        ({"owed": 3, "ask": {"points": 1}}, "owes", {"unit": "points", "owed": 3}),
        ({"owed": 3, "ask": {"credit_minor": 1}}, "owes", {"unit": "credit", "owed": 3}),
    ],
)
def test_a_demand_that_cannot_be_met_is_refused_with_the_facts(
    given: dict[str, Any], code: str, facts: dict[str, Any]
) -> None:
    ask = given.pop("ask")
    with pytest.raises(Rejection) as caught:
        pay(**given, **ask)
    assert caught.value.code == code
    assert facts.items() <= dict(caught.value.facts).items()


@pytest.mark.parametrize(
    ("given", "credit", "points"),
    [
        ({"have_points": 10, "ask": {"points": 11}}, 0, 10),
        ({"have_points": 200, "ask": {"points": 150}}, 0, 100),
        ({"have_points": 10, "rules": {"redeem_step": 4}, "ask": {"points": 10}}, 0, 8),
        ({"have_points": 10, "rules": {"redeem_min": 20}, "ask": {"points": 30}}, 0, 0),
        ({"have_points": 10, "rules": {"redeem_max": 3}, "ask": {"points": 9}}, 0, 3),
        ({"have_points": 10, "rules": {"point_value_minor": None}, "ask": {"points": 1}}, 0, 0),
        ({"owed": 3, "ask": {"points": 1}}, 0, 0),
        ({"owed": 3, "ask": {"credit_minor": 1}}, 0, 0),
        ({"credit": 10, "ask": {"credit_minor": 11}}, 10, 0),
        ({"credit": 2000, "ask": {"credit_minor": 1500}}, 1000, 0),
        ({"credit": 995, "have_points": 9, "ask": {"credit_minor": 995, "points": 9}}, 995, 0),
    ],
)
def test_a_lenient_demand_is_cut_to_what_is_possible_and_says_so(
    given: dict[str, Any], credit: int, points: int
) -> None:
    ask = given.pop("ask")
    got = pay(**given, **ask, lenient=True)
    assert (got.paid.credit_minor, got.paid.points) == (credit, points)
    assert [t.code for t in got.trace if t.family == "tender" and not t.applied] != []


def test_all_credit_pays_what_it_can_and_nothing_while_something_is_owed() -> None:
    assert pay(credit=400, credit_minor="all").due_minor == 600
    assert pay(credit=4000, credit_minor="all").due_minor == 0
    assert pay(owed=5, credit_minor="all").due_minor == 1000


def test_asking_for_nothing_uses_nothing() -> None:
    got = priced(basket(line(9)), [], points=0, credit_minor=0)
    assert (got.paid.total_minor, got.book.movements) == (0, [])


def test_credit_pays_before_points_and_points_see_what_is_left() -> None:
    lots = (lot(1, POINTS, 5), lot(2, CREDIT, 950))
    got = priced(basket(line(1000)), [revision("points", **PRICE)], member(*lots), credit_minor=950, points=5)
    assert got.due_minor == 0


def test_nobody_has_nothing_to_pay_with() -> None:
    with pytest.raises(Rejection, match="no_member_to_use"):
        nobody(basket(line(10)), [], points=1)
