"""Golden figures of causes, memberships and contracts (product P5, P6, P12; rules 9 case 2, rules 38)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands_standing as cs
from loyalty_pos.app import queries_standing as qs
from loyalty_pos.app.cause_views import CauseView
from loyalty_pos.app.commands import AttachMember, VoidSale
from loyalty_pos.app.commands_people import MergeMembers
from loyalty_pos.app.term_views import EndedContractView, SoldMembershipView, TermView
from loyalty_pos.domain.text import strip_isolates
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


def cause(shop: Shop, name: str = "school") -> CauseView:
    (found,) = shop.service.ask(qs.Causes(cause=name)).causes
    assert isinstance(found, CauseView)
    return found


def settle(shop: Shop, key: str = "settle-1", **more: Any) -> Any:
    return shop.service.do(
        cs.SettlePledges(posting_id=key, **{"cause": "school", "receipt_no": "R-1", **more})
    )


def sell_vip(shop: Shop, key: str = "vip-1", member: str = "A", programme: str = "vip") -> SoldMembershipView:
    sold = shop.service.do(cs.SellMembership(posting_id=key, member=member, programme=programme))
    assert isinstance(sold, SoldMembershipView)
    return sold


def contract(shop: Shop, key: str = "deal-1") -> TermView:
    begun = shop.service.do(cs.StartContract(posting_id=key, member="A", programme="deal"))
    assert isinstance(begun, TermView)
    return begun


def progress(shop: Shop) -> TermView:
    found = shop.service.ask(qs.QuoteEndContract(member="A", programme="deal"))
    assert isinstance(found, TermView)
    return found


def end(shop: Shop, key: str = "end-1", **more: Any) -> EndedContractView:
    ended = shop.service.do(cs.EndContract(posting_id=key, member="A", programme="deal", **more))
    assert isinstance(ended, EndedContractView)
    return ended


def test_golden_2_and_p6_a_tenth_of_500_000_is_pledged_and_the_member_has_no_more_than_before(
    shop: Shop,
) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    before = shop.member()
    sale = shop.sell(500_000 * T)
    assert sale.earned.pledged_minor == 50_000 * T
    assert (sale.earned.points, sale.earned.credit_minor) == (0, 0)
    after = shop.member()
    assert (after.points, after.credit_minor, after.lots, after.progress) == (0, 0, (), before.progress)
    assert cause(shop).open_minor == 50_000 * T
    back = shop.refund(sale, 500_000 * T)
    assert [(one.account, one.amount) for one in back.moved] == [("pledge:school", -50_000 * T)]
    assert (cause(shop).pledged_minor, cause(shop).purchases) == (0, 0)


def test_a_part_that_comes_back_takes_its_part_of_the_pledge_and_a_void_all_of_it(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    one = shop.sell(None, goods("a", 30_000 * T, 3), goods("b", 10_000 * T))
    shop.sell(200_000 * T)
    assert cause(shop).pledged_minor == 30_000 * T
    shop.refund(one, None, (1, 1))
    assert cause(shop).pledged_minor == 27_000 * T
    shop.void(one)
    assert (cause(shop).pledged_minor, cause(shop).purchases) == (20_000 * T, 1)


def test_whoever_buys_the_shop_pledges_and_naming_the_member_later_changes_nothing(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    shop.publish("points", "points", step_minor=1_000 * T)
    sale = shop.sell(100_000 * T, member=None)
    assert sale.earned.pledged_minor == 10_000 * T
    named = shop.service.do(AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert (named.earned.pledged_minor, named.earned.points) == (10_000 * T, 100)
    assert cause(shop).pledged_minor == 10_000 * T
    shop.void(sale)
    assert (cause(shop).pledged_minor, shop.member().points) == (0, 0)


def test_a_settlement_takes_what_is_open_and_never_more(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    shop.sell(500_000 * T)
    with shop.refuses("more_than_open", open_minor=50_000 * T):
        settle(shop, amount_minor=50_001 * T)
    first = settle(shop, amount_minor=20_000 * T)
    assert (first.open_before_minor, first.amount_minor, first.open_minor) == (
        50_000 * T,
        20_000 * T,
        30_000 * T,
    )
    assert settle(shop, amount_minor=20_000 * T) == first
    with shop.refuses("key_taken"):
        settle(shop, amount_minor=10_000 * T)
    rest = settle(shop, "settle-2", receipt_no="R-2")
    assert (rest.amount_minor, rest.settled_minor, rest.open_minor) == (30_000 * T, 50_000 * T, 0)
    assert [one.receipt_no for one in cause(shop).settlements] == ["R-2", "R-1"]
    with shop.refuses("nothing_to_settle"):
        settle(shop, "settle-3")
    with shop.refuses("unknown_cause"):
        settle(shop, "settle-3", cause="nobody")


def test_what_a_cause_got_for_a_purchase_taken_back_comes_off_its_next_pledges(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    sale = shop.sell(500_000 * T)
    settle(shop)
    shop.void(sale)
    assert (cause(shop).open_minor, cause(shop).ahead_minor) == (0, 50_000 * T)
    shop.sell(600_000 * T)
    assert (cause(shop).open_minor, cause(shop).ahead_minor) == (10_000 * T, 0)


def test_golden_p5_a_vip_fee_earns_nothing_and_benefits_stop_after_term_and_grace(
    shop: Shop,
) -> None:
    shop.publish("points", "points", step_minor=1_000 * T)
    shop.publish("vip", "vip", fee_minor=500_000 * T, term_months=1, grace_days=5)
    shop.publish("tenth", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1000)
    assert shop.quote(100_000 * T).due_minor == 100_000 * T
    sold = sell_vip(shop)
    assert (sold.due_minor, sold.renewed) == (500_000 * T, False)
    # 30 Aban, one month on: 30 Azar, that day included; five days more are grace.
    assert (sold.term.from_day, sold.term.until_day) == ("2026-11-21", "2026-12-21")
    assert sold.term.good_until == "2026-12-26"
    assert (shop.member().points, shop.member().visits) == (0, 0)
    assert shop.sell(100_000 * T).due_minor == 90_000 * T
    for day, due, state in (
        ("2026-12-21", 90_000, "running"),
        ("2026-12-26", 90_000, "grace"),
        ("2026-12-27", 100_000, None),
    ):
        shop.clock.at(f"{day}T12:00")
        assert shop.quote(100_000 * T).due_minor == due * T
        assert [one.state for one in shop.member().terms] == ([state] if state else [])


def test_a_vip_statement_says_what_was_paid_and_what_was_saved_since(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=50_000 * T, term_months=12, grace_days=0)
    shop.publish("tenth", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1000)
    shop.publish("now", "amount_off", {"basket": {"min_minor": 1}}, amount_minor=1_000 * T)
    shop.sell(100_000 * T)
    sell_vip(shop)
    sale = shop.sell(None, goods("a", 100_000 * T, 4))
    (term,) = shop.member().terms
    assert (term.fee_minor, term.given_minor) == (50_000 * T, 40_000 * T)
    shop.refund(sale, None, (1, 1))
    assert shop.member().terms[0].given_minor == 30_000 * T
    shop.void(sale)
    assert shop.member().terms[0].given_minor == 0


def test_a_renewal_goes_on_from_the_end_and_a_late_one_from_today(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=1, grace_days=5)
    sell_vip(shop)
    second = sell_vip(shop, "vip-2")
    assert (second.term.from_day, second.term.until_day) == ("2026-12-22", "2027-01-20")  # 30 Dey
    assert (second.renewed, second.term.state) == (True, "coming")
    shop.clock.at("2027-01-25T12:00")  # the last day of grace
    third = sell_vip(shop, "vip-3")
    assert (third.term.from_day, third.term.until_day) == ("2027-01-21", "2027-02-19")  # 30 Bahman
    shop.clock.at("2027-03-01T12:00")
    late = sell_vip(shop, "vip-4")
    assert (late.renewed, late.term.from_day) == (False, "2027-03-01")


def test_taking_the_fee_back_takes_the_standing_and_gives_the_whole_fee_back(shop: Shop) -> None:
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=1, grace_days=5)
    shop.publish("tenth", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1000)
    sell_vip(shop)
    sell_vip(shop, "vip-2")
    with shop.refuses("renewed_since"):
        shop.service.do(cs.UndoMembership(posting_id="vip-1"))
    undone = shop.service.do(cs.UndoMembership(posting_id="vip-2"))
    assert (undone.refund_minor, undone.term.state) == (10_000 * T, "ended")
    assert shop.service.do(cs.UndoMembership(posting_id="vip-2")) == undone
    assert shop.quote(100_000 * T).due_minor == 90_000 * T
    back = shop.service.do(VoidSale(sale_id="vip-1"))
    assert (back.refund_minor, back.sale_id) == (10_000 * T, "vip-1")
    assert shop.quote(100_000 * T).due_minor == 100_000 * T
    assert shop.member().terms == ()


def test_whose_membership_ran_out_is_on_the_list_to_win_back(shop: Shop) -> None:
    shop.enrol("B", name="Leila")
    shop.enrol("C")
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=1, grace_days=5)
    sell_vip(shop)
    sell_vip(shop, "vip-b", "B")
    sell_vip(shop, "vip-c", "C")
    shop.service.do(cs.UndoMembership(posting_id="vip-c"))
    shop.clock.at("2026-12-27T12:00")
    sell_vip(shop, "vip-2")
    lapsed = shop.service.ask(qs.LapsedMembers(programme="vip"))
    assert [(one.name, one.term.good_until) for one in lapsed.members] == [("Leila", "2026-12-26")]


@pytest.mark.parametrize("keep", ["A", "B"])
def test_after_a_merge_the_survivor_is_on_the_list_unless_a_term_of_either_holds(
    shop: Shop, keep: str
) -> None:
    shop.enrol("B", name="Leila")
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=12)
    shop.publish("short", "vip", fee_minor=10_000 * T, term_months=1)
    sell_vip(shop)
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=1)
    sell_vip(shop, "vip-b", "B")
    sell_vip(shop, "short-b", "B", "short")
    shop.service.do(MergeMembers(keep=keep, drop="B" if keep == "A" else "A"))
    shop.clock.at("2027-03-01T12:00")
    assert shop.service.ask(qs.LapsedMembers(programme="vip")).members == ()
    (lapsed,) = shop.service.ask(qs.LapsedMembers(programme="short")).members
    assert lapsed.member == shop.member("A").member


def test_golden_p12_of_12_visits_ended_after_7_five_twelfths_of_the_difference_are_owed(
    shop: Shop,
) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=1000)
    contract(shop)
    for _ in range(7):
        assert shop.sell(120_000 * T).due_minor == 108_000 * T
    now = progress(shop)
    assert (now.visits, now.given_minor, now.extra_minor) == (7, 84_000 * T, 84_000 * T)
    assert now.claw_back_minor == 35_000 * T
    ended = end(shop, paid_minor=35_000 * T)
    assert (ended.owed_minor, ended.paid_minor, ended.left_owed_minor) == (35_000 * T, 35_000 * T, 0)
    assert end(shop, paid_minor=35_000 * T) == ended
    assert shop.sell(120_000 * T).due_minor == 120_000 * T
    assert shop.member().owed.credit_minor == 0


def test_what_ordinary_benefits_would_have_given_is_not_clawed_back(shop: Shop) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=1000)
    shop.publish("member", "percent_off", rate_bp=400)
    contract(shop)
    for _ in range(7):
        shop.sell(100_000 * T)
    now = progress(shop)
    assert (now.given_minor, now.extra_minor) == (70_000 * T, 42_000 * T)
    assert now.claw_back_minor == 42_000 * T * 5 // 12


def test_what_is_not_paid_is_taken_from_credit_and_the_rest_is_owed(shop: Shop) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=12, discount_bp=1000)
    shop.publish("back", "spend_credit", {"audience": {"visits_max": 1}}, rate_bp=1000)
    contract(shop)
    for _ in range(7):
        shop.sell(120_000 * T)
    assert shop.member().credit_minor == 10_800 * T
    with shop.refuses("contract_owes_less"):
        end(shop, paid_minor=35_001 * T)
    ended = end(shop, paid_minor=4_200 * T)
    assert (ended.from_credit_minor, ended.left_owed_minor) == (10_800 * T, 20_000 * T)
    assert (shop.member().credit_minor, shop.member().owed.credit_minor) == (0, 20_000 * T)


def test_a_kept_promise_ends_without_owing_anything(shop: Shop) -> None:
    shop.publish("deal", "contract", months=6, promised_visits=2, discount_bp=1000)
    contract(shop)
    with shop.refuses("contract_open"):
        contract(shop, "deal-2")
    shop.sell(120_000 * T)
    shop.sell(120_000 * T)
    assert progress(shop).fulfilled
    assert shop.sell(120_000 * T).due_minor == 108_000 * T  # it still runs
    assert end(shop).owed_minor == 0
    assert contract(shop, "deal-2").state == "running"


def test_a_purchase_of_a_contract_that_comes_back_no_longer_counts_in_it(shop: Shop) -> None:
    shop.product("x", 60_000 * T)
    shop.publish("deal", "contract", months=6, promised_spend_minor=1_000_000 * T, discount_bp=1000)
    contract(shop)
    sale = shop.sell(None, item("x", 2))
    assert (progress(shop).spend_minor, progress(shop).given_minor) == (108_000 * T, 12_000 * T)
    shop.refund(sale, None, (1, 1))
    half = progress(shop)
    assert (half.visits, half.spend_minor, half.given_minor, half.extra_minor) == (
        1,
        54_000 * T,
        6_000 * T,
        6_000 * T,
    )
    shop.void(sale)
    none = progress(shop)
    assert (none.visits, none.spend_minor, none.given_minor, none.extra_minor) == (0, 0, 0, 0)


def test_every_pledge_and_standing_is_told_with_its_reason(shop: Shop) -> None:
    shop.publish("good", "charity", rate_bp=1000, cause="school")
    shop.publish("vip", "vip", fee_minor=10_000 * T, term_months=1, grace_days=5)
    shop.publish("tenth", "percent_off", {"audience": {"standings": ["vip"]}}, rate_bp=1000)
    told = {one.programme: strip_isolates(one.short.en) for one in shop.quote(100_000 * T).trace}
    assert told == {
        "good": "10,000 T to school",
        "vip": "this member has not bought it",
        "tenth": "only with vip",
    }
    sell_vip(shop)
    told = {one.programme: strip_isolates(one.short.en) for one in shop.quote(100_000 * T).trace}
    assert (told["vip"], told["good"]) == ("holds until 30 Azar 1405", "9,000 T to school")
