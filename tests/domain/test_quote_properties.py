"""A whole bill with every kind at once: parts add up, nothing below zero, whatever is used (rules 9-16)."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.basket import Basket, Line
from loyalty_pos.domain.bill import Snapshot
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import Revision
from loyalty_pos.domain.ledger import CREDIT, POINTS, owed_account, progress_account, reward_account
from loyalty_pos.domain.money import MICRO
from tests.domain.pieces import lot, member, priced, revision

LIVE: list[Revision] = [
    revision("points", 1, step_minor=10, point_value_minor=3),
    revision("spend_credit", 2, rate_bp=750),
    revision("stamp_card", 3, needed=4, key="card"),
    revision("stamp_card", 4, needed=3, mode="every_nth", groups=["g"], key="nth"),
    revision("percent_off", 5, rate_bp=1500),
    revision("percent_off", 6, rate_bp=4000, groups=["g"], max_discount_minor=60),
]
line = st.builds(
    lambda quantity, price, off, group: Line(
        "x", quantity, price, quantity * price * off // 100, group=group
    ),
    st.integers(1, 7),
    st.integers(0, 900),
    st.sampled_from([0, 0, 7, 33, 100]),
    st.sampled_from([None, "g", "h"]),
)
baskets = st.lists(line, min_size=1, max_size=5).map(lambda found: Basket(tuple(found)))
members = st.builds(
    lambda points, credit, rewards, have, nth: member(
        *[lot(1, POINTS, points)] * bool(points),
        *[lot(2, CREDIT, credit)] * bool(credit),
        *[lot(3, reward_account("card"), rewards, revision=3)] * bool(rewards),
        plain={progress_account("card"): have * MICRO, progress_account("nth"): nth * MICRO},
    ),
    st.integers(0, 200),
    st.integers(0, 500),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 2),
)


@given(
    goods=baskets,
    who=members,
    points=st.integers(0, 50),
    credit=st.one_of(st.none(), st.just("all"), st.integers(0, 300)),
    decline=st.sets(st.sampled_from(["card", "nth", "percent_off5"])),
    step=st.sampled_from([1, 10, 1000]),
)
def test_benefits_sum_to_the_discount_lines_to_the_bill_and_nothing_is_below_zero(
    goods: Basket, who: Snapshot, points: int, credit: Any, decline: set[str], step: int
) -> None:
    got = priced(
        goods,
        LIVE,
        who,
        step=step,
        points=points,
        credit_minor=credit,
        decline=frozenset(decline),
        lenient=True,
    )
    till = sum(one.till_discount_minor for one in goods.lines)
    assert got.discount_minor - till == sum(told.benefit_minor for told in got.trace)
    assert all(net >= 0 for net in got.nets_minor)
    assert got.due_minor >= 0
    assert got.net_minor + got.discount_minor == got.gross_minor
    assert all(free <= one.quantity for free, one in zip(got.free_units, goods.lines, strict=True))
    base = got.due_minor
    for one in got.contributions:
        if one.programme in ("points1", "spend_credit2"):
            assert one.measured <= base
    paid = -sum(m.amount for m in got.book.movements if m.account == CREDIT and m.kind == "redemption")
    assert paid == got.paid.credit_minor
    gained: dict[tuple[str, str], int] = {}
    for move in got.book.movements:
        if move.kind == "accrual" and move.lot is not None:
            gained[move.account] = gained.get(move.account, 0) + move.amount
    promised: dict[tuple[str, str], int] = {}
    for one in got.contributions:
        if one.yielded:
            promised[one.account] = promised.get(one.account, 0) + one.yielded
    assert gained == promised
    for account in got.book.accounts():
        assert got.book.plain(account) >= 0
        assert not (got.book.balance(account) and got.book.owed(account))


@given(goods=baskets, who=members, points=st.integers(0, 50), credit=st.integers(0, 300))
def test_a_strict_sale_is_refused_or_takes_exactly_what_was_asked(
    goods: Basket, who: Snapshot, points: int, credit: int
) -> None:
    try:
        got = priced(goods, LIVE, who, points=points, credit_minor=credit)
    except Rejection as no:
        assert no.code in ("not_enough_points", "not_enough_credit", "more_than_due")
        return
    assert (got.paid.credit_minor, got.paid.points) == (credit, points)


@given(goods=baskets, who=members)
def test_what_is_owed_is_repaid_before_anything_may_be_used(goods: Basket, who: Snapshot) -> None:
    debtor = member(plain={owed_account(POINTS): 40, owed_account(progress_account("card")): 6 * MICRO})
    got = priced(goods, LIVE, debtor)
    earned = sum(one.yielded for one in got.contributions if one.account == POINTS)
    assert got.book.owed(POINTS) == max(0, 40 - earned)
    assert got.book.balance(POINTS) == max(0, earned - 40)
    stamps = sum(one.micros for one in got.contributions if one.programme == "card")
    held = sum(one.left for one in got.book.lots(reward_account("card")))
    balance = held * 4 * MICRO + got.book.plain(progress_account("card"))
    assert balance - got.book.owed(progress_account("card")) == stamps - 6 * MICRO
