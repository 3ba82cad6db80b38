"""Corrections by hand: a lot or a use of their own, with a reason, never a changed balance (rules 6, 37)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.app.commands import HoldSale, Use
from loyalty_pos.app.commands_people import Adjust
from loyalty_pos.app.people_views import AdjustedView
from loyalty_pos.app.queries import MemberHistory
from loyalty_pos.domain.adjusting import adjust_lots, adjust_progress, adjustable
from loyalty_pos.domain.ledger import (
    POINTS,
    Book,
    Holdings,
    NewLot,
    owed_account,
    progress_account,
    reward_account,
)
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.take_back import Step
from tests.shop import Shop, T, item, raw


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.product("tea", 100 * T, "drinks")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def adjust(shop: Shop, unit: str, amount: int, key: str = "a1", reason: str = "opening") -> AdjustedView:
    command = Adjust(posting_id=key, member="A", unit=unit, amount=amount, reason=reason)
    view: AdjustedView = shop.service.do(command)
    return view


def with_all(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    shop.publish("back", "spend_credit", rate_bp=1_000)
    shop.publish("card", "stamp_card", count="units", groups=["drinks"], needed=5, mode="after_n_paid")


def test_points_given_by_hand_are_a_lot_with_the_terms_of_the_programme(shop: Shop) -> None:
    shop.publish("points", "points", {"expiry": {"days": 10}}, step_minor=10 * T)
    view = adjust(shop, "points", 120)
    assert [(one.account, one.amount) for one in view.moved] == [("points", 120)]
    assert (view.member_name, view.reason, view.balances.points) == ("", "opening", 120)
    (lot,) = shop.member().lots
    assert (lot.unit, lot.left, lot.expires_on, lot.sale_id) == ("points", 120, "2026-12-01", None)


def test_points_and_credit_taken_off_come_from_the_lots_that_end_soonest(shop: Shop) -> None:
    with_all(shop)
    adjust(shop, "points", 100)
    adjust(shop, "points", -30, "a2", "typed twice")
    assert adjust(shop, "credit", 5_000 * T, "a3").balances.credit_minor == 5_000 * T
    assert adjust(shop, "credit", -5_000 * T, "a4").balances.credit_minor == 0
    assert shop.member().points == 70


def test_a_correction_beyond_the_balance_is_refused_and_says_what_there_is(shop: Shop) -> None:
    with_all(shop)
    adjust(shop, "points", 100)
    with shop.refuses("beyond_balance", have=100, asked=101):
        adjust(shop, "points", -101, "a2")
    with shop.refuses("beyond_credit", have_minor=0, asked_minor=10):
        adjust(shop, "credit", -10, "a2")
    with shop.refuses("beyond_balance", have=0, asked=1):
        adjust(shop, "stamps:card", -1, "a2")


def test_what_a_sale_on_hold_reserves_cannot_be_taken_off(shop: Shop) -> None:
    with_all(shop)
    adjust(shop, "points", 100)
    hold = HoldSale(posting_id="h", member="A", amount_minor=80 * T, use=Use(points=80))
    shop.service.do(hold)
    with shop.refuses("beyond_balance", have=20):
        adjust(shop, "points", -21, "a2")


def test_owed_points_are_repaid_before_anything_is_given(shop: Shop) -> None:
    with_all(shop)
    first = shop.sell(200 * T)
    shop.sell(15 * T, points=15)
    shop.refund(first, 200 * T)
    owed = shop.member().owed.points
    assert owed > 0
    adjust(shop, "points", owed + 7, reason="goodwill")
    assert (shop.member().points, shop.member().owed.points) == (7, 0)


def test_pain_a_half_full_paper_card_comes_in_with_one_step(shop: Shop) -> None:
    with_all(shop)
    view = adjust(shop, "stamps:card", 4)
    assert [(one.account, one.amount) for one in view.moved] == [("stamps:card", 4)]
    assert (view.balances.progress["card"].have, view.balances.rewards) == (4, {})
    shop.sell(None, item("tea"))
    assert (shop.rewards(), shop.member().progress["card"].have) == (1, 0)


def test_a_card_with_more_than_is_needed_turns_over_at_once(shop: Shop) -> None:
    with_all(shop)
    adjust(shop, "stamps:card", 12)
    assert (shop.rewards(), shop.member().progress["card"].have) == (2, 2)
    adjust(shop, "stamps:card", -2, "a2", "one stamp too many, twice")
    assert (shop.rewards(), shop.member().progress["card"].have) == (2, 0)


def test_the_same_key_gets_the_same_answer_and_another_request_under_it_is_refused(shop: Shop) -> None:
    with_all(shop)
    first = adjust(shop, "points", 100)
    shop.clock.on(days=1)
    shop.sell(100 * T)
    assert adjust(shop, "points", 100) == first
    assert shop.member().points == 110
    with shop.refuses("key_taken", sale_id="a1"):
        adjust(shop, "points", 101)
    with shop.refuses("key_taken", sale_id="s1"):
        adjust(shop, "points", 100, "s1")


@pytest.mark.parametrize(
    ("field", "problem", "more"),
    [
        ("amount", "out_of_range", {"amount": 0}),
        ("amount", "out_of_range", {"amount": 10**13}),
        ("amount", "out_of_range", {"unit": "stamps:card", "amount": 10_000}),
        ("unit", "not_a_choice", {"unit": "euros"}),
        ("unit", "empty", {"unit": "stamps:"}),
        ("reason", "empty", {"reason": " "}),
        ("posting_id", "not_valid", {"key": "a:b"}),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(
    shop: Shop, field: str, problem: str, more: dict[str, Any]
) -> None:
    with_all(shop)
    with shop.refuses_field(field, problem):
        adjust(shop, **{"unit": "points", "amount": 1, **more})


def test_nothing_is_given_in_a_unit_that_no_programme_knows(shop: Shop) -> None:
    with shop.refuses("nothing_gives", unit="points"):
        adjust(shop, "points", 1)
    with_all(shop)
    with shop.refuses("not_a_card", programme="points"):
        adjust(shop, "stamps:points", 1)
    with shop.refuses("unknown_programme"):
        adjust(shop, "stamps:other", 1)


def test_history_tells_a_correction_with_what_it_moved(shop: Shop) -> None:
    with_all(shop)
    adjust(shop, "points", 100)
    item, _ = shop.service.ask(MemberHistory(member="A")).items
    assert (item.kind, [(one.account, one.amount) for one in item.moved]) == ("adjust", [("points", 100)])


def test_the_audit_finds_an_adjustment_that_is_not_what_its_posting_says(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "other.db")
    shop.enrol()
    with_all(shop)
    adjust(shop, "points", 100)
    file = raw(shop.path, unguarded=True)
    file.execute("UPDATE posting SET record = json_set(record, '$.amount', 90) WHERE kind = 'adjust'")
    file.close()
    assert "adjustment_differs_from_its_posting" in {one.code for one in shop.audit().findings}
    shop.close()


LOT = NewLot(0, None, 1)
STEP = Step(5 * MICRO, 1, LOT)


@given(st.lists(st.integers(-40, 40).filter(bool), max_size=12), st.integers(0, 60))
def test_corrections_add_up_and_never_go_below_zero(amounts: list[int], owed: int) -> None:
    book = Book(Holdings(plain={owed_account(POINTS): owed} if owed else {}), 0, "2026-11-22")
    took = 0
    for amount in amounts:
        if adjustable(book, POINTS) + amount >= 0:
            adjust_lots(book, POINTS, amount, LOT)
            took += amount
    assert book.balance(POINTS) - book.owed(POINTS) == took - owed
    assert not (book.balance(POINTS) and book.owed(POINTS))


@given(st.lists(st.integers(1, 23), max_size=8), st.integers(0, 9))
def test_stamps_put_in_by_parts_make_the_same_card_as_at_once(parts: list[int], owed: int) -> None:
    progress, reward = progress_account("card"), reward_account("card")
    ends = []
    for way in (parts, [sum(parts)] if parts else []):
        plain = {owed_account(progress): owed * MICRO} if owed else {}
        book = Book(Holdings(plain=plain), 0, "2026-11-22")
        for stamps in way:
            adjust_progress(book, "card", stamps * MICRO, STEP)
        ends.append((book.plain(progress), book.balance(reward), book.owed(progress)))
    assert ends[0] == ends[1]
