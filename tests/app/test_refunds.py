"""Taking back parts of sales: what is asked, what is refused, and what must come out (rules 26-31)."""

from typing import Any

import pytest

from loyalty_pos.app.commands import AttachMember, RefundLine, RefundSale
from loyalty_pos.app.queries import MemberHistory
from loyalty_pos.app.views import MemberView
from tests.shop import Shop, T, goods, item


def state(shop: Shop, member: str = "A") -> dict[str, Any]:
    """Everything a refund may move of a member."""
    view: MemberView = shop.member(member)
    return {
        "points": view.points,
        "credit": view.credit_minor,
        "owed": view.owed,
        "progress": dict(view.progress),
        "rewards": shop.rewards(member),
        "visits": view.visits,
        "spend": view.spend_minor,
        "tier": view.tier,
    }


# What is refused, and how clearly.


def test_a_refund_asked_twice_answers_the_same_and_moves_once(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(100 * T)
    first = shop.refund(sale, 50 * T, refund_id="till-r-1")
    before = shop.audit().figures
    again = RefundSale(refund_id="till-r-1", sale_id="s1", amount_minor=50 * T)
    assert shop.service.do(again) == first
    assert shop.audit().figures == before
    assert shop.member().points == 5


@pytest.mark.parametrize("other", [{"amount_minor": 51}, {"amount_minor": 50, "refund_to": "credit"}])
def test_the_same_key_for_another_refund_is_refused(shop: Shop, other: dict[str, Any]) -> None:
    shop.enrol()
    sale = shop.sell(100)
    shop.refund(sale, 50, refund_id="r")
    with shop.refuses("key_taken", sale_id="r"):
        shop.service.do(RefundSale(refund_id="r", sale_id="s1", **other))


def test_the_key_of_a_sale_is_no_key_for_its_refund(shop: Shop) -> None:
    shop.sell(100, member=None)
    with shop.refuses("key_taken"):
        shop.service.do(RefundSale(refund_id="s1", sale_id="s1", amount_minor=50))


def test_what_makes_no_sense_is_refused_by_field(shop: Shop) -> None:
    shop.sell(None, goods("tea", 100, 2), member=None)

    def ask(**more: Any) -> None:
        shop.service.do(RefundSale(**{"refund_id": "r", "sale_id": "s1", **more}))

    with shop.refuses_field("amount_minor", "amount_or_lines"):
        ask()
    with shop.refuses_field("amount_minor", "amount_or_lines"):
        ask(amount_minor=10, lines=(RefundLine(line=1),))
    with shop.refuses_field("amount_minor", "out_of_range"):
        ask(amount_minor=0)
    with shop.refuses_field("lines.0.line", "out_of_range"):
        ask(lines=(RefundLine(line=0),))
    with shop.refuses_field("lines.1.quantity", "out_of_range"):
        ask(lines=(RefundLine(line=1), RefundLine(line=1, quantity=0)))
    with shop.refuses_field("lines", "too_many"):
        ask(lines=(RefundLine(line=1),) * 501)
    with shop.refuses_field("refund_id", "not_valid"):
        ask(refund_id="void:s1", amount_minor=10)
    with shop.refuses("unknown_line", line=2, lines=1):
        ask(lines=(RefundLine(line=2),))
    with shop.refuses_field("refund_to", "not_a_choice"):
        ask(amount_minor=10, refund_to="the moon")


def test_more_than_was_bought_more_than_is_left_and_what_came_back_already_are_refused(shop: Shop) -> None:
    sale = shop.sell(None, goods("tea", 100, 3), member=None)
    with shop.refuses("more_than_bought", line=1, bought=3, left=3):
        shop.refund(sale, None, (1, 4))
    with shop.refuses("more_than_bought", bought=3):
        shop.refund(sale, None, (1, 2), (1, 2))
    shop.refund(sale, None, (1, 2))
    with shop.refuses("already_refunded", line=1, asked=2, left=1):
        shop.refund(sale, None, (1, 2))
    with shop.refuses("more_than_left", left_minor=100, asked_minor=101):
        shop.refund(sale, 101)
    shop.refund(sale, 100)
    with shop.refuses("already_refunded", sale_id="s1"):
        shop.refund(sale, 1)
    with shop.refuses("already_refunded", sale_id="s1"):
        shop.void(sale)


def test_an_unknown_and_a_voided_sale_are_refused(shop: Shop) -> None:
    with shop.refuses("unknown_sale", sale_id="nothing"):
        shop.refund("nothing", 1)
    sale = shop.sell(100, member=None)
    shop.void(sale)
    with shop.refuses("refund_voided", number=1):
        shop.refund(sale, 1)


def test_a_sale_that_cost_nothing_has_no_amount_to_give_back_and_its_units_come_back_for_nothing(
    shop: Shop,
) -> None:
    sale = shop.sell(None, goods("gift", 0, 2), member=None)
    with shop.refuses("already_refunded", left_minor=0):
        shop.refund(sale, 1)
    assert shop.refund(sale, None, (1, 1)).refund_minor == 0
    assert shop.refund(sale, None, (1, 1)).whole


def test_a_refund_that_moves_something_else_than_was_shown_is_refused(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    sale = shop.sell(100 * T)
    shown = shop.quote_refund(sale, 100 * T)
    shop.sell(50 * T, points=50)
    ask = {"refund_id": "r", "sale_id": "s1", "amount_minor": 100 * T}
    with shop.refuses("stale_refund", refund_minor=100 * T):
        shop.service.do(RefundSale(**ask, fingerprint=shown.fingerprint))  # type: ignore[arg-type]
    fresh = shop.quote_refund(sale, 100 * T)
    shop.service.do(RefundSale(**ask, fingerprint=fresh.fingerprint))  # type: ignore[arg-type]
    assert shop.member().owed.points == 50


def test_money_becomes_credit_when_that_is_asked(shop: Shop) -> None:
    shop.enrol()
    sale = shop.sell(100 * T)
    with shop.refuses("credit_not_offered"):
        shop.refund(sale, 40 * T, refund_to="credit")
    shop.publish("points", "points", step_minor=10 * T)
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    back = shop.refund(sale, 40 * T, refund_to="credit")
    assert (back.refund_minor, back.to_credit_minor, back.net_minor) == (0, 40 * T, 40 * T)
    assert shop.member().credit_minor == 40 * T
    assert shop.sell(60 * T, credit_minor="all").due_minor == 20 * T
    shop.proved()


def test_a_sale_without_a_member_gives_money_and_no_credit(shop: Shop) -> None:
    sale = shop.sell(100, member=None)
    with shop.refuses("no_member_to_credit", number=1):
        shop.refund(sale, 40, refund_to="credit")
    back = shop.refund(sale, 40)
    assert (back.refund_minor, back.moved, back.tier.before) == (40, (), None)
    assert shop.refund(sale, 60).whole
    shop.proved()


def test_a_sale_of_which_a_part_came_back_gets_no_member_any_more(shop: Shop) -> None:
    shop.enrol()
    sale = shop.sell(100, member=None)
    shop.refund(sale, 40)
    with shop.refuses("attach_refunded", number=1):
        shop.service.do(AttachMember(sale_id="s1", member="A"))


# What it says.


def test_the_sale_and_the_history_tell_what_came_back(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(None, goods("tea", 30 * T, 3), goods("cake", 60 * T))
    back = shop.refund(sale, None, (1, 2))
    came = [(one.line, one.text, one.quantity, one.net_minor) for one in back.lines]
    assert came == [(1, "tea", 2, 60 * T)]
    assert (back.net_minor, back.left_minor, back.whole) == (60 * T, 90 * T, False)
    view = shop.stored(sale)
    assert (view.refunded_minor, view.voided) == (60 * T, False)
    assert [line.returned_quantity for line in view.lines] == [2, 0]
    items = shop.service.ask(MemberHistory(member="A")).items
    assert [(one.kind, one.sale_id, one.due_minor) for one in items[:2]] == [
        ("refund", "s1", 60 * T),
        ("sale", "s1", 150 * T),
    ]
    assert [(one.unit, one.amount) for one in items[0].moved] == [("points", -6)]


def test_the_preview_names_the_lots_by_the_day_they_end(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", {"expiry": {"days": 3}}, step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(50 * T)
    spent = shop.sell(120 * T, points=120)
    lots = shop.quote_refund(spent, 60 * T).lots
    assert [(one.unit, one.expires_on, one.amount) for one in lots] == [
        ("points", None, 10),
        ("points", "2026-11-24", 50),
    ]


def test_the_last_visit_stays_while_something_is_kept(shop: Shop) -> None:
    shop.enrol()
    sale = shop.sell(None, goods("tea", 100, 2))
    shop.refund(sale, None, (1, 1))
    member = shop.member()
    assert (member.visits, member.spend_minor, member.last_visit_day) == (1, 100, "2026-11-21")
    shop.refund(sale, None, (1, 1))
    member = shop.member()
    assert (member.visits, member.spend_minor, member.last_visit_day) == (0, 0, None)
    shop.proved()


# What a part is worth.


def test_units_of_a_line_that_does_not_divide_add_up_to_what_was_paid(shop: Shop) -> None:
    shop.publish("off", "amount_off", {"audience": {"non_members": True}}, amount_minor=10)
    sale = shop.sell(None, goods("tea", 36, 3), member=None)
    assert sale.due_minor == 98
    assert [shop.refund(sale, None, (1, 1)).refund_minor for _ in range(3)] == [32, 33, 33]


def test_an_amount_off_a_bill_of_goods_lowers_what_its_units_bring_later(shop: Shop) -> None:
    sale = shop.sell(None, goods("tea", 100, 2), goods("cake", 200), goods("salt", 0), member=None)
    assert shop.refund(sale, 100).refund_minor == 100
    assert shop.refund(sale, None, (1, 1)).refund_minor == 75  # half of what was left of the line
    assert shop.refund(sale, None, (3, 1), (2, 1)).refund_minor == 150
    last = shop.refund(sale, None, (1, 1))
    assert (last.refund_minor, shop.stored(sale).voided) == (75, True)


def test_the_minimum_of_an_earning_is_tested_again_on_what_is_kept(shop: Shop) -> None:
    shop.enrol()
    when = {"basket": {"min_minor": 100 * T}}
    shop.publish("points", "points", when, step_minor=10 * T)
    sale = shop.sell(None, goods("tea", 50 * T), goods("cake", 60 * T))
    assert shop.member().points == 11
    shop.refund(sale, 10 * T)
    assert shop.member().points == 10
    shop.refund(sale, None, (1, 1))
    assert (shop.member().points, shop.member().progress["points"].have) == (0, 0)
    shop.proved()


def test_a_coefficient_falls_with_its_minimum_and_the_level_of_that_sale_stays(shop: Shop) -> None:
    shop.enrol()
    gold = [{"key": "gold", "from": 0, "coefficient_milli": 1_500}]
    shop.publish("club", "tiers", levels=gold)
    many = [{"milli": 2_000, "when": {"basket": {"min_quantity": 3}}}]
    shop.publish("points", "points", step_minor=10 * T, coefficients=many)
    sale = shop.sell(None, goods("tea", 100 * T, 3))
    assert shop.member().points == 90
    shop.publish("club", "tiers", levels=[{"key": "plain", "from": 0}])
    shop.refund(sale, None, (1, 1))
    assert shop.member().points == 30  # 200 by one and a half, and no more by two
    shop.proved()


def test_a_programme_of_some_goods_loses_only_what_came_back_of_them(shop: Shop) -> None:
    shop.enrol()
    shop.product("tea", 100 * T, "hot")
    shop.product("cake", 100 * T, "cold")
    shop.publish("points", "points", {"basket": {"groups_in": ["hot"]}}, step_minor=10 * T)
    sale = shop.sell(None, item("tea", 2), item("cake"))
    shop.refund(sale, None, (2, 1))
    assert shop.member().points == 20
    shop.refund(sale, None, (1, 1))
    assert shop.member().points == 10


def test_a_programme_of_a_group_loses_what_came_back_of_the_lines_it_had_won(shop: Shop) -> None:
    shop.enrol()
    shop.product("tea", 100 * T, "hot")
    shop.product("cake", 100 * T, "cold")
    group = {"stacking": {"group": "back"}}
    shop.publish("all", "spend_credit", group, rate_bp=1_000)
    shop.publish("cold", "spend_credit", {**group, "basket": {"groups_in": ["cold"]}}, rate_bp=500)
    sale = shop.sell(None, item("tea"), item("cake"))
    assert shop.member().credit_minor == 15 * T
    shop.refund(sale, None, (1, 1))
    assert shop.member().credit_minor == 5 * T


def test_goods_that_do_not_count_towards_levels_change_no_level_when_they_come_back(shop: Shop) -> None:
    shop.enrol()
    shop.product("cup", 100, earns=False)
    shop.product("tea", 100)
    shop.publish("club", "tiers", levels=[{"key": "low", "from": 0}, {"key": "high", "from": 100}])
    sale = shop.sell(None, item("cup"), item("tea"))
    back = shop.refund(sale, None, (1, 1))
    assert (back.tier.before, back.tier.after) == ("high", "high")
    assert shop.refund(sale, 1).tier.after == "low"
    shop.proved()


def test_a_day_limit_counts_only_what_is_kept(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=9, max_per_day=2)
    sale = shop.sell(None, goods("tea", 10 * T, 2))
    shop.sell(None, goods("tea", 10 * T))
    assert shop.member().progress["card"].have == 2
    shop.refund(sale, None, (1, 1))
    shop.sell(None, goods("tea", 10 * T))
    assert shop.member().progress["card"].have == 2


# Free units (rules 29).


def every_fifth(shop: Shop, before: int) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5, mode="every_nth")
    if before:
        shop.sell(None, goods("tea", 10 * T, before))


def test_paid_units_come_back_first_and_the_price_of_a_free_one_is_withheld_when_its_card_un_completes(
    shop: Shop,
) -> None:
    every_fifth(shop, 3)
    sale = shop.sell(None, goods("tea", 10 * T, 2))
    assert sale.due_minor == 10 * T
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, back.withheld_minor) == (0, 10 * T)
    assert (shop.member().progress["card"].have, shop.member().owed.stamps, shop.rewards()) == (4, {}, 0)
    shop.proved()
    last = shop.refund(sale, None, (1, 1))
    assert (last.refund_minor, last.withheld_minor) == (10 * T, -10 * T)
    assert (shop.member().progress["card"].have, shop.rewards()) == (3, 0)
    shop.proved()


def test_a_free_unit_stays_free_while_its_card_is_still_full(shop: Shop) -> None:
    every_fifth(shop, 0)
    sale = shop.sell(None, goods("tea", 10 * T, 7))
    back = shop.refund(sale, None, (1, 2))
    assert (back.refund_minor, back.withheld_minor) == (20 * T, 0)
    assert shop.member().progress["card"].have == 0
    assert shop.refund(sale, None, (1, 1)).refund_minor == 0
    assert shop.member().progress["card"].have == 4
    shop.proved()


@pytest.mark.parametrize("parts", [((1, 3), (2, 3), (3, 1)), ((3, 1), (2, 1), (1, 3), (2, 2)), ()])
def test_an_nth_free_card_loses_every_stamp_also_of_units_a_set_made_free_afterwards(
    shop: Shop, parts: tuple[tuple[int, int], ...]
) -> None:
    every_fifth(shop, 1)
    shop.publish("set", "set_offer", buy=2, get=1, groups=["hot"])
    shop.product("tea", 10 * T, "hot")
    sale = shop.sell(None, item("tea", 3), item("tea", 3), item("tea"))
    assert (sale.due_minor, shop.member().progress["card"].have) == (40 * T, 3)
    back = sum(shop.refund(sale, None, part).refund_minor for part in parts)
    if not parts:
        back = shop.void(sale).refund_minor
    assert (back, shop.member().progress["card"].have, shop.rewards()) == (40 * T, 1, 0)
    shop.proved()


def test_a_free_unit_dearer_than_what_comes_back_is_owed_as_stamps(shop: Shop) -> None:
    shop.enrol()
    shop.product("tea", 10 * T, "hot")
    shop.product("cake", 50 * T, "cold")
    free = {"groups": ["cold"]}
    shop.publish("card", "stamp_card", needed=2, mode="every_nth", groups=["hot"], reward=free)
    sale = shop.sell(None, item("tea", 2), item("cake"))
    assert sale.due_minor == 20 * T
    assert shop.refund(sale, None, (1, 1)).refund_minor == 10 * T
    assert shop.member().owed.stamps == {"card": 1}
    shop.proved()
    assert shop.refund(sale, None, (2, 1)).refund_minor == 0
    assert (shop.member().owed.stamps, shop.member().progress["card"].have) == ({}, 1)
    shop.void(sale)
    assert (shop.member().owed.stamps, shop.member().progress["card"].have) == ({}, 0)
    shop.proved()


def test_a_held_reward_comes_back_only_with_its_own_unit(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5)
    shop.sell(None, goods("tea", 10 * T, 5))
    sale = shop.sell(None, goods("tea", 10 * T, 3))
    assert (sale.due_minor, shop.rewards(), shop.member().progress["card"].have) == (20 * T, 0, 2)
    shop.refund(sale, None, (1, 2))
    assert (shop.rewards(), shop.member().progress["card"].have) == (0, 0)
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, [(one.programme, one.count) for one in back.rewards]) == (0, [("card", 1)])
    assert shop.rewards() == 1
    shop.proved()


def test_what_a_cap_left_of_a_free_unit_comes_back_with_that_unit(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5, reward={"value_cap_minor": 6 * T})
    shop.sell(None, goods("tea", 10 * T, 5))
    sale = shop.sell(None, goods("tea", 10 * T, 2))
    assert sale.due_minor == 14 * T
    assert shop.refund(sale, None, (1, 1)).refund_minor == 10 * T
    assert shop.refund(sale, None, (1, 1)).refund_minor == 4 * T


def test_a_set_goes_with_its_goods_and_its_limit_with_the_last_of_them(shop: Shop) -> None:
    shop.enrol()
    shop.publish("pair", "set_offer", {"limits": {"per_member": 1}}, buy=1, groups=["hot"])
    shop.product("tea", 10 * T, "hot")
    sale = shop.sell(None, item("tea", 2))
    assert sale.due_minor == 10 * T
    assert shop.refund(sale, None, (1, 1)).refund_minor == 10 * T
    assert shop.quote(None, item("tea", 2)).due_minor == 20 * T
    assert shop.refund(sale, None, (1, 1)).refund_minor == 0
    assert shop.quote(None, item("tea", 2)).due_minor == 10 * T
    shop.proved()


def test_of_a_typed_amount_a_stamp_goes_when_all_of_its_share_came_back(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=9)
    sale = shop.sell(100 * T, counts={"card": 2})
    kept = []
    for amount in (49, 1, 49):
        shop.refund(sale, amount * T)
        kept.append(shop.member().progress["card"].have)
    assert kept == [2, 1, 1]
    shop.refund(sale, T)
    assert shop.member().progress["card"].have == 0


def test_of_a_typed_amount_the_free_one_comes_back_with_the_last_of_it(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5, amount_mode_value_minor=10 * T)
    shop.sell(None, goods("tea", 10 * T, 5))
    sale = shop.sell(30 * T, counts={"card": 3})
    assert (sale.due_minor, shop.rewards()) == (20 * T, 0)
    shop.refund(sale, 19 * T)
    assert shop.rewards() == 0
    shop.refund(sale, T)
    assert shop.rewards() == 1
    shop.proved()


def test_a_visit_paid_by_a_reward_alone_comes_back_as_a_whole(shop: Shop) -> None:
    shop.enrol()
    shop.publish("card", "stamp_card", needed=5, amount_mode_value_minor=10 * T)
    shop.publish("visits", "stamp_card", needed=9, count="visit_days", amount_mode_value_minor=10 * T)
    shop.sell(None, goods("tea", 10 * T, 5))
    sale = shop.sell(10 * T, counts={"card": 1})
    assert sale.due_minor == 0
    assert shop.refund(sale, None, (1, 1)).whole
    assert shop.rewards() == 1


def test_a_step_lowered_meanwhile_turns_what_comes_back_into_points_again(shop: Shop) -> None:
    shop.enrol()
    shop.publish("points", "points", step_minor=100)
    sale = shop.sell(270)
    shop.publish("points", "points", step_minor=10)
    assert (shop.member().points, shop.member().progress["points"].have) == (2, 70)
    shop.refund(sale, 71)
    # By its own step it had 2 points and 70, now 1 and 99: that is 9 of the new steps more, and 9.
    assert (shop.member().points, shop.member().progress["points"].have) == (10, 9)
    shop.void(sale)
    assert shop.member().points == 0
    shop.proved()
