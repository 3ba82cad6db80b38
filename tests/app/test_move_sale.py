"""A sale booked on the wrong member is taken back there and posted here; both stay visible (rules 33)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import queries as q
from loyalty_pos.app.commands import AddToSegment, AttachMember, SellGiftCards
from loyalty_pos.app.commands_people import MoveSale, Settle
from loyalty_pos.app.commands_standing import SellMembership
from loyalty_pos.app.people_views import MovedSaleView
from loyalty_pos.app.queries_standing import Causes
from tests.shop import Shop, T, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.product("tea", 100 * T, "drinks")
    for card in "AB":
        opened.enrol(card, name=card)
    yield opened
    opened.proved()
    opened.close()


def with_all(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T, point_value_minor=T)
    shop.publish("back", "spend_credit", rate_bp=1_000)
    shop.publish(
        "card", "stamp_card", count="units", groups=["drinks"], needed=5, mode="after_n_paid",
        amount_mode_default=1, amount_mode_value_minor=100 * T,
    )  # fmt: skip
    shop.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, {"key": "silver", "from": 300 * T}])


def move(shop: Shop, sale: Any, member: str = "B", key: str = "m1") -> MovedSaleView:
    view: MovedSaleView = shop.service.do(MoveSale(posting_id=key, sale_id=sale.sale_id, member=member))
    shop.proved()
    return view


def test_pain_a_sale_booked_on_the_wrong_member_goes_to_the_right_one_whole(shop: Shop) -> None:
    with_all(shop)
    sale = shop.sell(None, item("tea", 3), receipt_no="77")
    nothing = shop.member("B")
    shop.clock.on(days=2)
    view = move(shop, sale)
    new, wrong, right = view.sale, shop.member("A"), shop.member("B")
    assert (new.sale_id, new.member_name, new.number, new.business_day) == ("m1", "B", 2, sale.business_day)
    assert (new.due_minor, new.receipt_no, new.earned) == (sale.due_minor, "77", sale.earned)
    assert (wrong.points, wrong.credit_minor, wrong.visits, wrong.tier) == (0, 0, 0, "bronze")
    assert (right.points, right.credit_minor, right.visits, right.tier) == (30, 30 * T, 1, "silver")
    assert (right.progress["card"].have, wrong.progress["card"].have) == (3, 0)
    assert (nothing.visits, view.taken_back.number, shop.stored(sale).voided) == (0, 1, True)
    told = [[one.kind for one in shop.service.ask(q.MemberHistory(member=who)).items] for who in "AB"]
    assert (told[0][:2], told[1][0]) == (["void", "sale"], "sale")


def test_the_same_key_is_answered_again_and_moves_once(shop: Shop) -> None:
    with_all(shop)
    sale = shop.sell(100 * T)
    first = move(shop, sale)
    assert move(shop, sale) == first
    assert shop.member("B").points == 10
    with shop.refuses("key_taken"):
        move(shop, sale, "A")
    with shop.refuses("key_taken"):
        move(shop, sale, "B", str(sale.sale_id))


def test_what_the_customer_paid_stays_and_the_level_of_the_right_member_rates_it(shop: Shop) -> None:
    levels = [{"key": "bronze", "from": 0, "discount_bp": 1_000}, {"key": "gold", "from": 500 * T}]
    shop.publish("club", "tiers", levels=levels)
    shop.publish("points", "points", {"audience": {"tiers": ["gold"]}}, step_minor=10 * T)
    shop.publish("full", "spend_credit", {"basket": {"no_discounted": True}}, rate_bp=1_000)
    shop.sell(600 * T, member="B")
    sale = shop.sell(100 * T)
    assert (sale.discount_minor, sale.earned.points) == (10 * T, 0)
    moved = move(shop, sale).sale
    assert (moved.gross_minor, moved.discount_minor, moved.due_minor) == (100 * T, 10 * T, 90 * T)
    assert (moved.earned.points, moved.earned.credit_minor) == (9, 0)
    shop.refund(moved, 45 * T)
    shop.void(moved)


def test_a_typed_amount_keeps_what_the_steppers_said(shop: Shop) -> None:
    with_all(shop)
    three, none = shop.sell(300 * T, counts={"card": 3}), shop.sell(300 * T, counts={"card": 0})
    assert move(shop, three).sale.earned.stamps == {"card": 3}
    assert move(shop, none, "B", "m2").sale.earned.stamps == {}


def test_limits_vouchers_lists_and_warranties_go_along(shop: Shop) -> None:
    with_all(shop)
    shop.publish("next", "next_visit_voucher", rate_bp=1_000, expires={"days": 30})
    shop.publish("durable", "warranty", groups=["drinks"], months=12)
    shop.publish("regulars", "segment")
    shop.service.do(AddToSegment(segment="regulars", members=("B",)))
    shop.publish("few", "spend_credit", {"limits": {"per_member": 1}}, rate_bp=100)
    sale = shop.sell(None, item("tea"), contact="09123456789")
    view = move(shop, sale)
    assert [one.programme for one in view.sale.vouchers] == ["next"]
    assert view.sale.segments == ("regulars",)
    assert view.sale.warranties and view.taken_back.vouchers == ("next",)
    (covered,) = shop.service.ask(q.Warranties(text="09123456789")).warranties
    assert covered.sale_id == "m1"
    assert "few" in {one.programme for one in shop.quote(T).trace if one.applied}
    assert "few" not in {one.programme for one in shop.quote(T, member="B").trace if one.applied}


def test_a_sale_keeps_what_it_drew_whoever_it_is_moved_to(shop: Shop) -> None:
    prize = {"name": "nine", "chances": 1, "gives": "points", "amount": 9, "worth_minor": 9}
    shop.enrol("C", name="C", member_kind="company")
    shop.publish("draw", "draw", {"audience": {"member_kinds": ["individual"]}}, out_of=2, prizes=[prize])
    for number in range(6):
        sale = shop.sell(100 * T)
        there = move(shop, sale, "B", f"b{number}").sale
        assert there.won == sale.won
        away = move(shop, there, "C", f"c{number}").sale
        assert away.won == ()
        assert move(shop, away, "A", f"a{number}").sale.won == sale.won


def test_a_sale_attached_later_moves_like_any_other(shop: Shop) -> None:
    with_all(shop)
    sale = shop.sell(100 * T, member=None)
    with shop.refuses("move_without_member"):
        move(shop, sale)
    shop.service.do(AttachMember(sale_id=str(sale.sale_id), member="A"))
    assert move(shop, sale).sale.earned.points == 10


def test_a_sale_on_account_moves_until_something_of_it_was_paid(shop: Shop) -> None:
    with_all(shop)
    sale, other = shop.sell(100 * T, on_account=True), shop.sell(100 * T, on_account=True)
    move(shop, sale)
    assert (shop.member("A").on_account_minor, shop.member("B").on_account_minor) == (100 * T, 100 * T)
    shop.service.do(Settle(posting_id="p", sale_id="m1", amount_minor=100 * T))
    assert (shop.member("A").points, shop.member("B").points) == (0, 10)
    shop.service.do(Settle(posting_id="p2", sale_id=str(other.sale_id), amount_minor=T))
    with shop.refuses("move_settled"):
        move(shop, other, "B", "m2")


def test_what_used_something_of_its_member_or_is_gone_stays_where_it_is(shop: Shop) -> None:
    with_all(shop)
    first = shop.sell(500 * T)
    with shop.refuses("move_same_member"):
        move(shop, first, "A")
    for use in ({"points": 5}, {"credit_minor": 5 * T}):
        spent = shop.sell(100 * T, **use)  # type: ignore[arg-type]
        with shop.refuses("move_spent", number=spent.number):
            move(shop, spent)
    cards = shop.sell(100 * T, sells=(SellGiftCards(face_minor=T, count=1),))
    with shop.refuses("move_spent"):
        move(shop, cards)
    shop.refund(first, T)
    with shop.refuses("move_refunded"):
        move(shop, first)
    shop.void(first)
    with shop.refuses("refund_voided"):
        move(shop, first)


def test_a_sale_whose_unit_was_free_stays_where_it_is(shop: Shop) -> None:
    shop.publish("fifth", "stamp_card", count="units", groups=["drinks"], needed=2, mode="every_nth")
    sale = shop.sell(None, item("tea", 2))
    assert sale.lines[0].free_quantity == 1
    with shop.refuses("move_spent"):
        move(shop, sale)


def test_the_referrer_of_the_right_member_is_paid_and_of_the_wrong_one_gives_back(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    shop.publish("brought", "event_gift", event="referrer", points=20)
    for card in "CD":
        shop.enrol(card, referred_by="AB"[card == "D"])
    sale = shop.sell(100 * T, member="C")
    move(shop, sale, "D")
    assert (shop.member("A").points, shop.member("B").points) == (0, 20)


def test_what_a_sale_pledged_stays_pledged_and_what_lowered_its_prices_is_still_counted(shop: Shop) -> None:
    shop.publish("trees", "charity", cause="trees", rate_bp=1_000)
    shop.publish("tenth", "percent_off", {"limits": {"total": 1}}, rate_bp=1_000, lane="member")
    sale = shop.sell(None, item("tea"))
    (before,) = shop.service.ask(Causes()).causes
    moved = move(shop, sale).sale
    (after,) = shop.service.ask(Causes()).causes
    assert (moved.discount_minor, after.pledged_minor) == (10 * T, before.pledged_minor)
    assert [line.code for line in moved.trace] == [line.code for line in sale.trace]
    assert shop.quote(None, item("tea")).discount_minor == 0
    shop.void(moved)
    (gone,) = shop.service.ask(Causes()).causes
    assert (gone.pledged_minor, shop.quote(None, item("tea")).discount_minor) == (0, 10 * T)


def test_a_moved_sale_counts_in_the_challenge_and_the_membership_of_the_right_member(shop: Shop) -> None:
    shop.publish("two", "challenge", sku="tea", times=2, within_days=9, gives="points", points=50)
    shop.publish("vip", "vip", fee_minor=T, term_months=12)
    for who in "AB":
        shop.service.do(SellMembership(posting_id=f"vip-{who}", member=who, programme="vip"))
    first, wrong = shop.sell(None, item("tea"), member="B"), shop.sell(None, item("tea"))
    assert first.won == ()
    moved = move(shop, wrong).sale
    assert [one.points for one in moved.won] == [50]
    assert (shop.member("A").points, shop.member("B").points) == (0, 50)
    visits = [one.terms[0].visits for one in (shop.member("A"), shop.member("B"))]
    assert visits == [0, 2]


def test_units_a_set_made_free_bring_the_right_member_no_stamp_either_and_come_back_last(shop: Shop) -> None:
    everybody = {"audience": {"non_members": True}, "limits": {"total": 9}}
    shop.publish("set", "set_offer", everybody, buy=2, get=1, groups=["drinks"])
    shop.publish("card", "stamp_card", needed=9)
    shop.publish("fifth", "stamp_card", needed=9, mode="every_nth")
    sale = shop.sell(None, item("tea", 3))
    assert (sale.earned.stamps, sale.due_minor) == ({"card": 2, "fifth": 3}, 200 * T)
    new = move(shop, sale).sale
    assert (new.earned, new.lines[0].free_quantity) == (sale.earned, 1)
    assert [shop.refund(new, None, (1, 1)).refund_minor for _ in range(3)] == [100 * T, 100 * T, 0]
    unnamed = str(shop.sell(None, item("tea", 3), member=None).sale_id)
    later = shop.service.do(AttachMember(sale_id=unnamed, member="B"))
    assert later.earned == sale.earned
    shop.void(later)
    assert {key: one.have for key, one in shop.member("B").progress.items()} == {"card": 0, "fifth": 0}
