"""Free units: the cheapest eligible one, never more than its worth, never twice (rules 13, 19)."""

from dataclasses import replace

import pytest

from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.ledger import progress_account, reward_account
from loyalty_pos.domain.money import MICRO
from tests.domain.pieces import NOON, amount, basket, line, lot, member, priced, revision

HELD = reward_account("card")


def holder(rewards: int = 1, have: int = 0) -> Snapshot:
    return member(lot(1, HELD, rewards), plain={progress_account("card"): have * MICRO} if have else {})


def test_the_cheapest_eligible_unit_is_free_and_of_equals_the_first() -> None:
    card = revision("stamp_card", needed=5, key="card")
    got = priced(basket(line(50), line(30, 2), line(30)), [card], holder())
    assert got.free_units == (0, 1, 0)


def test_a_unit_price_is_what_the_till_left_of_it() -> None:
    card = revision("stamp_card", needed=5, key="card")
    got = priced(basket(line(50, 2, till_discount_minor=60), line(30)), [card], holder())
    assert (got.free_units, got.due_minor) == ((1, 0), 50)


def test_units_of_one_line_add_up_to_the_line_when_all_become_free() -> None:
    card = revision("stamp_card", needed=5, key="card")
    got = priced(basket(line(100, 3, till_discount_minor=200)), [card], holder(3))
    assert (got.due_minor, got.free_units) == (0, (3,))


def test_a_goods_of_no_worth_is_never_made_free() -> None:
    card = revision("stamp_card", needed=5, key="card")
    got = priced(basket(line(0), line(40)), [card], holder())
    assert got.free_units == (0, 1)


def test_free_units_do_not_stamp_and_gifts_of_the_till_neither() -> None:
    card = revision("stamp_card", needed=5, key="card")
    got = priced(basket(line(40, 3), line(0, 4), line(9, till_discount_minor=9)), [card], holder())
    assert [one.micros for one in got.contributions] == [2 * MICRO]


def test_every_nth_counts_positions_and_the_free_one_is_a_position_too() -> None:
    card = revision("stamp_card", needed=5, mode="every_nth", key="card")
    for have, bought, free, left in ((0, 4, 0, 4), (0, 5, 1, 0), (4, 1, 1, 0), (3, 1, 0, 4), (4, 7, 2, 1)):
        who = member(plain={progress_account("card"): have * MICRO} if have else {})
        got = priced(basket(line(10, bought)), [card], who)
        assert (sum(got.free_units), got.book.plain(progress_account("card")) // MICRO) == (free, left)
        assert got.book.balance(HELD) == 0


def test_every_nth_whose_other_thing_is_not_here_is_kept_for_later() -> None:
    card = revision(
        "stamp_card", needed=2, mode="every_nth", key="card", groups=["tea"], reward={"groups": ["cake"]}
    )
    got = priced(basket(line(10, 2, group="tea")), [card])
    assert (got.due_minor, got.book.balance(HELD)) == (20, 1)
    assert ("no_free_unit", False) in {(told.code, told.applied) for told in got.trace}


def test_an_nth_free_unit_is_worth_its_cap_at_most() -> None:
    card = revision("stamp_card", needed=2, mode="every_nth", key="card", reward={"value_cap_minor": 3})
    assert priced(basket(line(10, 2)), [card]).due_minor == 17


def test_amount_mode_frees_no_more_units_than_the_stepper_says() -> None:
    card = revision("stamp_card", needed=5, key="card", amount_mode_value_minor=30)
    assert priced(amount(100), [card], holder(3), counts={"card": 2}).due_minor == 40
    assert priced(amount(100), [card], holder(3), counts={"card": 0}).due_minor == 100
    assert priced(amount(20), [card], holder(3), counts={"card": 3}).due_minor == 0


def test_amount_mode_frees_the_nth_at_once_at_its_worth() -> None:
    card = revision("stamp_card", needed=2, mode="every_nth", key="card", amount_mode_value_minor=30)
    got = priced(amount(100), [card], counts={"card": 3})
    assert (got.due_minor, got.book.plain(progress_account("card"))) == (70, MICRO)


def test_a_right_handed_in_on_paper_is_used_before_the_others() -> None:
    card = revision("stamp_card", needed=5, key="card")
    who = member(lot(1, HELD, 1, expires_on="2026-11-22"), lot(2, HELD, 1))
    got = priced(basket(line(10)), [card], who, vouchers=frozenset({2}))
    assert [move.lot for move in got.book.movements if move.account == HELD] == [2]


def test_a_right_handed_in_that_cannot_be_used_refuses_the_sale() -> None:
    card = revision("stamp_card", needed=5, key="card", groups=["tea"])
    with pytest.raises(Rejection, match="voucher_not_usable"):
        priced(basket(line(10)), [card], holder(), vouchers=frozenset({1}))


def test_of_many_rights_the_first_that_finds_no_unit_speaks_for_all_but_one_handed_in_must_be_used() -> None:
    tea = revision("stamp_card", needed=5, key="card", groups=["tea"])
    who = member(*[lot(number, HELD, 1) for number in range(1, 100)])
    got = priced(basket(line(10)), [tea], who)
    refused = [one for one in got.trace if one.code == "no_free_unit"]
    assert (len(refused), got.free_units, got.book.balance(HELD)) == (1, (0,), 99)
    with pytest.raises(Rejection, match="voucher_not_usable"):
        priced(basket(line(10)), [tea], who, vouchers=frozenset({99}))


def test_a_reserved_right_says_nothing_of_the_next_one() -> None:
    card = revision("stamp_card", needed=5, key="card")
    who = member(lot(1, HELD, 1), lot(2, HELD, 1))
    held = replace(who, holdings=replace(who.holdings, reserved_lots={1: 1}))
    got = priced(basket(line(10)), [card], held)
    assert [move.lot for move in got.book.movements if move.account == HELD] == [2]


def test_rewards_go_before_percents_and_percents_see_what_is_left() -> None:
    card, percent = revision("stamp_card", 1, needed=5, key="card"), revision("percent_off", 2, rate_bp=5000)
    got = priced(basket(line(10, 2)), [card, percent], holder())
    assert (
        got.due_minor,
        {told.code: told.benefit_minor for told in got.trace if told.applied}["reward_used"],
    ) == (5, 10)


def test_an_imported_sale_uses_nothing_and_keeps_what_it_earned() -> None:
    card = revision("stamp_card", needed=2, mode="every_nth", key="card")
    got = priced(basket(line(10, 2)), [card], holder(), at=NOON, earn_only=True)
    assert (got.due_minor, got.book.balance(HELD)) == (20, 2)


def test_a_reward_that_would_leave_the_bill_as_it_is_stays_held() -> None:
    card = revision("stamp_card", 1, needed=5)
    everything_off = revision("percent_off", 2, rate_bp=10_000)
    held = member(lot(1, ("reward", card.key), 1))
    got = priced(basket(line(100, 2)), [card, everything_off], held)
    assert (got.net_minor, got.rewarded) == (0, ())
    assert not [move for move in got.book.movements if move.kind == "redemption"]
    assert "saves_nothing" in {told.code for told in got.trace}


def test_a_reward_is_used_when_it_saves_more_than_the_percent_on_the_same_unit() -> None:
    card = revision("stamp_card", 1, needed=5)
    half_off = revision("percent_off", 2, rate_bp=5_000)
    held = member(lot(1, ("reward", card.key), 1))
    got = priced(basket(line(100, 2)), [card, half_off], held)
    assert (got.net_minor, got.rewarded) == (50, (card.key,))


def test_one_cards_free_unit_does_not_lower_another_cards_count_in_a_typed_amount() -> None:
    drinks = revision(
        "stamp_card", 1, needed=5, groups=["drinks"], amount_mode_default=1, amount_mode_value_minor=40
    )
    cakes = revision("stamp_card", 2, needed=5, groups=["cakes"], amount_mode_default=1)
    held = member(lot(1, ("reward", drinks.key), 1))
    got = priced(amount(100), [drinks, cakes], held)
    counted = {given.programme: given.measured for given in got.contributions}
    assert (got.net_minor, counted) == (60, {cakes.key: 1})
