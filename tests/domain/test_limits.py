"""Limits and budgets: never overshot whatever the order, cut in the open,
exactly reversible (rules 12, 31)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket, Choices, HandedIn
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.errors import InvalidRequest, Rejection
from loyalty_pos.domain.families import UNLIMITED, Revision
from loyalty_pos.domain.keeping import everything_of, nothing_of
from loyalty_pos.domain.ledger import CREDIT, Book, NewLot, owed_account, progress_account, reward_account
from loyalty_pos.domain.limits import NOTHING_USED, Usage, used_up
from loyalty_pos.domain.money import MICRO
from loyalty_pos.domain.quote import Quote, Rules, quote
from loyalty_pos.domain.take_back import Entry, Step, take_back
from loyalty_pos.domain.uses import Use, uses_of
from tests.domain.pieces import NOON, after, amount, basket, line, lot, member, revision, sold_amount


def limited(kind: str, number: int = 1, more: Any = None, **rest: Any) -> Revision:
    """A programme whose limits are the arguments that limits have; the others are its own."""
    names = ("per_sale", "per_member", "per_member_day", "total", "budget_minor")
    when = {"limits": {name: rest.pop(name) for name in names if name in rest}, **(more or {})}
    return revision(kind, number, when=when, **rest)


def sell(
    goods: Basket,
    live: Sequence[Revision],
    usage: Usage = NOTHING_USED,
    who: Snapshot | None = None,
    *,
    step: int = 1,
    known: Sequence[Revision] = (),
    **choices: Any,
) -> Quote:
    rules = Rules(
        live, {r.id: r for r in [*live, *known]}, step, usage={one.programme: usage for one in live}
    )
    return quote(goods, Choices(**choices), who or member(), rules, NOON)


def used(got: Quote, *live: Revision) -> list[Use]:
    return uses_of(got, {one.id: one for one in live})


def reason(got: Quote, number: int = 1) -> tuple[str, dict[str, Any]]:
    told = next(one for one in got.trace if one.revision == number)
    return told.code, dict(told.facts)


@pytest.mark.parametrize(
    ("limits", "usage", "code"),
    [
        ({"total": 3}, Usage(3), "limit_total"),
        ({"per_member": 2}, Usage(9, 2), "limit_member"),
        ({"per_member_day": 1}, Usage(9, 5, 1), "limit_day"),
    ],
)
def test_a_limit_that_is_reached_gives_nothing_and_says_which(
    limits: dict[str, int], usage: Usage, code: str
) -> None:
    off = limited("percent_off", rate_bp=1000, **limits)
    got = sell(basket(line(100)), [off], usage)
    assert (got.net_minor, reason(got)) == (100, (code, {"limit": next(iter(limits.values()))}))
    assert used(got, off) == []
    less = Usage(*(max(0, count - 1) for count in usage))
    assert sell(basket(line(100)), [off], less).net_minor == 90


def test_the_nearest_of_several_limits_is_the_one_that_counts() -> None:
    offer = limited("set_offer", buy=1, get=1, per_sale=4, per_member=3, total=100)
    got = sell(basket(line(10, 20)), [offer], Usage(50, 1, 0, 0))
    assert (reason(got), used(got, offer)) == (("set_off", {"sets": 2}), [Use(1, 2, 20)])


def test_sets_are_counted_one_by_one_and_the_offers_own_number_still_holds() -> None:
    offer = limited("set_offer", buy=1, get=1, max_sets=1, total=3)
    assert used(sell(basket(line(10, 20)), [offer]), offer) == [Use(1, 1, 10)]
    menu = limited("set_price", parts=[{"units": 2}], price_minor=15, per_sale=2)
    assert used(sell(basket(line(10, 20)), [menu]), menu) == [Use(1, 2, 10)]


def test_a_budget_cuts_the_benefit_that_crosses_it_and_says_what_was_left() -> None:
    off = limited("percent_off", rate_bp=1000, budget_minor=1_000)
    got = sell(basket(line(3_000), line(5_000)), [off], Usage(spent_minor=400))
    assert (got.discount_minor, reason(got)[1]["left_minor"]) == (600, 600)
    assert used(got, off) == [Use(1, 1, 600)]
    assert "left_minor" not in reason(sell(basket(line(100)), [off]))[1]
    over = sell(basket(line(3_000)), [off], Usage(spent_minor=1_000))
    assert (over.discount_minor, reason(over)) == (0, ("budget_spent", {"left_minor": 0}))


def test_a_cap_that_bites_before_the_budget_is_told_as_a_cap() -> None:
    off = limited("percent_off", rate_bp=5000, max_discount_minor=30, budget_minor=1_000)
    assert reason(sell(basket(line(100)), [off]))[1] == {"base_minor": 100, "rate_bp": 5000, "capped": 1}


def test_what_is_left_of_a_budget_floors_to_the_shops_step_and_less_than_a_step_is_nothing() -> None:
    off = limited("percent_off", rate_bp=1000, budget_minor=1_000)
    assert sell(basket(line(9_000)), [off], Usage(spent_minor=385), step=10).discount_minor == 610
    assert reason(sell(basket(line(9_000)), [off], Usage(spent_minor=991), step=10)) == (
        "budget_spent", {"left_minor": 9},
    )  # fmt: skip


def test_a_benefit_its_budget_has_cut_loses_to_a_smaller_one_that_saves_more() -> None:
    poor, plain = (
        limited("percent_off", 1, rate_bp=5000, budget_minor=10),
        revision("percent_off", 2, rate_bp=900),
    )
    got = sell(basket(line(1_000)), [poor, plain])
    assert (got.discount_minor, used(got, poor, plain)) == (90, [Use(2, 1, 90)])


def test_codes_of_one_programme_share_its_limits_within_a_sale() -> None:
    code = limited("amount_off", amount_minor=50, by_code=True, per_sale=1)
    both = (HandedIn(7, 1), HandedIn(8, 1))
    with pytest.raises(Rejection) as caught:
        sell(basket(line(200)), [code], handed_in=both)
    assert (caught.value.code, caught.value.facts["reason"]) == ("code_not_usable", "limit_sale")
    got = sell(basket(line(200)), [code], handed_in=both, lenient=True)
    assert (got.net_minor, len(got.used_codes)) == (150, 1)
    money = limited("amount_off", amount_minor=50, by_code=True, budget_minor=80)
    assert sell(basket(line(200)), [money], handed_in=both).net_minor == 120


def test_credit_is_cut_to_what_the_budget_leaves_and_the_rest_is_not_carried() -> None:
    back = limited("spend_credit", rate_bp=1000, rounding_minor=10, budget_minor=100)
    got = sell(basket(line(1_000)), [back], Usage(spent_minor=55))
    (gave,) = got.contributions
    assert (gave.yielded, gave.micros, got.book.plain(progress_account(back.key))) == (40, 40 * MICRO, 0)
    assert (reason(got)[1]["left_minor"], used(got, back)) == (45, [Use(1, 1, 40)])
    over = sell(basket(line(1_000)), [back], Usage(spent_minor=95))
    assert (over.contributions, reason(over)) == ((), ("budget_spent", {"left_minor": 5}))


def test_points_are_priced_by_what_they_pay_and_given_whole_or_not_at_all() -> None:
    points = limited("points", step_minor=10, point_value_minor=3, budget_minor=30)
    assert used(sell(basket(line(100)), [points]), points) == [Use(1, 1, 30)]
    got = sell(basket(line(110)), [points])
    assert (got.contributions, reason(got)) == ((), ("budget_spent", {"left_minor": 30}))
    assert sell(basket(line(105)), [points]).book.plain(progress_account(points.key)) == 5 * MICRO


def test_in_a_group_a_programme_without_money_leaves_its_lines_to_the_others() -> None:
    group = {"stacking": {"group": "g"}}
    rich = limited("points", 1, group, step_minor=10, point_value_minor=1, budget_minor=9)
    plain = revision("points", 2, step_minor=100, when=group)
    got = sell(basket(line(100)), [rich, plain])
    assert [one.revision for one in got.contributions] == [2]
    assert reason(got) == ("budget_spent", {"left_minor": 9})


@pytest.mark.parametrize(
    ("limits", "usage", "cut"),
    [
        ({"per_sale": 2}, NOTHING_USED, {"at_most": 2}),
        ({"budget_minor": 300}, Usage(spent_minor=80), {"left_minor": 220}),
        ({"total": 9, "budget_minor": 220}, Usage(), {"left_minor": 220}),
    ],
)
def test_a_card_fills_no_more_than_its_limits_allow_and_says_so(
    limits: dict[str, int], usage: Usage, cut: dict[str, int]
) -> None:
    card = limited("stamp_card", needed=3, reward={"value_cap_minor": 100}, **limits)
    got = sell(basket(line(40, 10)), [card], usage)
    (gave,) = got.contributions
    assert (gave.measured, gave.yielded, got.book.plain(progress_account(card.key))) == (6, 2, 0)
    assert used(got, card) == [Use(1, 2, 200)]
    assert cut.items() <= reason(got)[1].items()


def test_a_card_that_frees_every_nth_frees_no_more_than_its_limits_allow() -> None:
    card = limited(
        "stamp_card", needed=3, mode="every_nth", reward={"value_cap_minor": 100}, budget_minor=250
    )
    got = sell(basket(line(40, 12)), [card])
    assert (got.free_units, got.contributions[0].given, used(got, card)) == ((2,), 2, [Use(1, 2, 80)])
    over = sell(basket(line(40, 12)), [card], Usage(spent_minor=151))
    assert (over.discount_minor, {one.code for one in over.trace}) == (0, {"budget_spent"})


def test_stamps_count_only_when_a_card_is_full_and_a_held_reward_counted_when_it_was_given() -> None:
    card = limited("stamp_card", needed=3, reward={"value_cap_minor": 100}, total=1)
    got = sell(basket(line(40, 2)), [card])
    assert (got.contributions[0].micros, used(got, card)) == (2 * MICRO, [])
    holder = member(lot(9, reward_account(card.key), 1))
    free = sell(basket(line(40, 2)), [card], Usage(total=1), holder)
    assert (free.discount_minor, used(free, card)) == (40, [])


def test_a_card_whose_step_has_shrunk_gives_what_the_limit_allows_and_adds_nothing() -> None:
    card = limited("stamp_card", needed=3, per_sale=1)
    got = sell(basket(line(40)), [card], who=member(plain={progress_account(card.key): 8 * MICRO}))
    (gave,) = got.contributions
    assert (gave.micros, gave.yielded, got.book.plain(progress_account(card.key))) == (0, 1, 5 * MICRO)


def test_owed_stamps_are_repaid_before_a_limit_is_asked() -> None:
    card = limited("stamp_card", needed=3, per_sale=1)
    debtor = member(plain={owed_account(progress_account(card.key)): 2 * MICRO})
    got = sell(basket(line(40, 9)), [card], who=debtor)
    assert (got.contributions[0].measured, got.contributions[0].yielded) == (5, 1)
    assert got.book.owed(progress_account(card.key)) == 0


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("points", {"step_minor": 10}),
        ("stamp_card", {"needed": 3}),
        ("stamp_card", {"needed": 3, "amount_mode_value_minor": 50}),
    ],
)
def test_a_budget_over_what_has_no_worth_in_money_is_refused_at_its_field(
    kind: str, params: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        limited(kind, budget_minor=100, **params)
    assert caught.value.facts == {"field": "when.limits.budget_minor", "problem": "no_money_worth"}
    assert limited(kind, total=100, **params).limits.total == 100


@pytest.mark.parametrize("name", ["per_member", "per_member_day"])
def test_who_is_no_member_cannot_be_counted(name: str) -> None:
    everybody: Any = {"audience": {"non_members": True}}
    with pytest.raises(InvalidRequest) as caught:
        limited("percent_off", more=everybody, rate_bp=10, **{name: 1})
    assert caught.value.facts == {"field": f"when.limits.{name}", "problem": "only_for_members"}
    assert limited("percent_off", more=everybody, rate_bp=10, total=1).limits.total == 1


def test_a_multiplier_has_no_limits() -> None:
    with pytest.raises(InvalidRequest) as caught:
        revision("points", step_minor=10, coefficients=[{"milli": 2_000, "when": {"limits": {"total": 1}}}])
    assert caught.value.facts["field"] == "params.coefficients.0.when.limits"


def test_used_up_is_what_gives_nobody_anything_not_what_one_member_has_had() -> None:
    off = limited("percent_off", rate_bp=10, total=2, per_member=1, budget_minor=100)
    assert not used_up(off, Usage(1, 1, 1, 99), 1)
    assert used_up(off, Usage(2, 0, 0, 0), 1) and used_up(off, Usage(1, 0, 0, 100), 1)
    assert used_up(off, Usage(1, 0, 0, 91), 10)


def test_nothing_set_is_no_limit() -> None:
    assert limited("percent_off", rate_bp=10).limits is UNLIMITED


AFTER_N = {"needed": 3, "reward": {"value_cap_minor": 70}, "amount_mode_value_minor": 90}
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("percent_off", {"rate_bp": 1500}),
    ("amount_off", {"amount_minor": 45}),
    ("set_offer", {"buy": 1, "get": 1}),
    ("set_price", {"parts": [{"units": 2}], "price_minor": 50}),
    ("spend_credit", {"rate_bp": 1500, "rounding_minor": 7}),
    ("points", {"step_minor": 13, "point_value_minor": 3, "points_per_step": 2}),
    ("stamp_card", AFTER_N),
    ("stamp_card", {**AFTER_N, "mode": "every_nth"}),
]
bills = st.one_of(
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 6)), min_size=1, max_size=3).map(
        lambda found: basket(*(line(price, quantity) for price, quantity in found))
    ),
    st.integers(0, 900).map(amount),
)


@given(
    chosen=st.sampled_from(KINDS),
    bills=st.lists(bills, min_size=1, max_size=8),
    budget=st.integers(1, 400),
    total=st.integers(1, 12),
    per_sale=st.integers(1, 4),
    step=st.sampled_from([1, 10]),
)
def test_a_budget_and_a_limit_are_never_overshot_whatever_comes_in_which_order(
    chosen: tuple[str, dict[str, Any]], bills: list[Basket], budget: int, total: int, per_sale: int, step: int
) -> None:
    kind, params = chosen
    one = limited(kind, **params, budget_minor=budget, total=total, per_sale=per_sale)
    usage, who, given_away = NOTHING_USED, member(), 0
    for bill in bills:
        got = sell(bill, [one], usage, who, step=step)
        till = sum(told.benefit_minor for told in got.trace)
        assert got.discount_minor == till
        uses = used(got, one)
        assert sum(use.times for use in uses) <= per_sale
        for use in uses:
            usage = usage.more(use.times, use.spent_minor)
        given_away += sum(told.benefit_minor for told in got.trace if told.code != "reward_used")
        given_away += sum(gave.yielded for gave in got.contributions if gave.account == CREDIT)
        who = after(got)
    assert usage.total <= total and given_away <= usage.spent_minor <= budget


@given(
    before=st.integers(0, 2_000),
    price=st.integers(1, 2_000),
    budget=st.integers(1, 300),
    rounding=st.sampled_from([1, 7, 10]),
)
def test_what_a_budget_has_cut_is_taken_back_exactly(
    before: int, price: int, budget: int, rounding: int
) -> None:
    back = limited("spend_credit", rate_bp=1500, rounding_minor=rounding, budget_minor=budget)
    first = sell(basket(line(before)), [replace(back, limits=UNLIMITED)])
    who = after(first)
    got = sell(basket(line(price)), [back], who=who)
    held = after(got)
    book = Book(held.holdings, NOON.at_ms, NOON.business_day)
    opened = {one.id for one in held.holdings.lots} - {one.id for one in who.holdings.lots}
    moves = [move for move in got.book.movements if move.kind in ("accrual", "conversion")]
    entries = [
        Entry(number, move.account, move.amount, move.kind, next(iter(opened)) if move.lot else None)
        for number, move in enumerate(moves, 1)
    ]
    sold = sold_amount(price, got.contributions, {back.id: back})
    whole, step = everything_of(sold), Step(rounding * MICRO, rounding, NewLot(0, None, back.id))
    take_back(book, entries, sold, whole, nothing_of(sold, whole), {back.key: step})
    was = Book(who.holdings, NOON.at_ms, NOON.business_day)
    progress = progress_account(back.key)
    for account in (CREDIT,):
        assert book.balance(account) * MICRO + book.plain(progress) == (
            was.balance(account) * MICRO + was.plain(progress)
        )
