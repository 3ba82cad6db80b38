"""An exchange is undone whole: the new sale goes and what came back for it stands again (rules 7, 30, 33)."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app.commands_games import RevealDraw
from loyalty_pos.app.commands_people import Settle, UndoExchange
from loyalty_pos.app.people_views import UnexchangedView
from loyalty_pos.app.queries import Programmes
from loyalty_pos.app.queries_games import Draws
from loyalty_pos.app.queries_standing import Causes
from loyalty_pos.app.views import MemberView, SaleView
from tests.shop import Shop, T, goods, item


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.product("tea", 100 * T, "drinks")
    opened.publish("points", "points", step_minor=30 * T, point_value_minor=T)
    opened.publish("back", "spend_credit", rate_bp=1_000)
    opened.publish("card", "stamp_card", needed=5)
    opened.publish("club", "tiers", levels=[{"key": "bronze", "from": 0}, {"key": "silver", "from": 300 * T}])
    yield opened
    opened.proved()
    opened.close()


def exchange(shop: Shop, sale: SaleView, units: int, price: int, member: str | None = "A") -> SaleView:
    back = c.RefundLine(line=1, quantity=units)
    refund = c.RefundSale(refund_id="back", sale_id=sale.sale_id or "", lines=(back,))
    new = c.RecordSale(sale_id="new", member=member, lines=(goods("cup", price),))
    sold: SaleView = shop.service.do(c.Exchange(back=refund, sale=new)).sale
    assert sold.exchange_for == sale.sale_id
    return sold


def undo(shop: Shop, sale_id: str = "new") -> UnexchangedView:
    view: UnexchangedView = shop.service.do(UndoExchange(sale_id=sale_id))
    shop.proved()
    return view


def held(shop: Shop) -> tuple[Any, ...]:
    one: MemberView = shop.member()
    return one.points, one.credit_minor, one.progress, one.owed, one.tier, one.visits, one.spend_minor


@pytest.mark.parametrize(
    ("units", "price", "pay", "back"), [(1, 250, 0, 150), (3, 250, 50, 0), (1, 100, 0, 0)]
)
def test_everything_a_member_holds_is_as_if_the_exchange_had_never_been(
    shop: Shop, units: int, price: int, pay: int, back: int
) -> None:
    shop.sell(70 * T)
    sale = shop.sell(None, item("tea", 3))
    before = held(shop)
    shop.clock.on(days=1)
    exchange(shop, sale, units, price * T)
    assert held(shop) != before or (units, price) == (1, 100)
    view = undo(shop)
    assert held(shop) == before
    assert (view.to_pay_minor, view.to_return_minor) == (pay * T, back * T)
    assert (view.taken_back.sale_id, shop.stored("new").voided) == ("new", True)
    again = view.sale
    assert (again.number, again.business_day, again.due_minor) == (4, sale.business_day, 300 * T)
    assert (again.earned, [line.text for line in again.lines]) == (sale.earned, ["tea"])
    assert shop.stored(sale).voided
    shop.void(again)


def test_the_same_undoing_asked_again_answers_the_same_and_moves_once(shop: Shop) -> None:
    exchange(shop, shop.sell(None, item("tea", 3)), 1, 250 * T)
    first = undo(shop)
    before = shop.audit().figures
    assert undo(shop) == first
    assert shop.audit().figures == before


def test_a_key_that_means_something_else_already_is_refused(shop: Shop) -> None:
    exchange(shop, shop.sell(None, item("tea", 3)), 1, 250 * T)
    key = f"again-{blake2b(b'new', digest_size=16).hexdigest()}"
    shop.sell(10 * T, sale_id=key)
    with shop.refuses("key_taken", sale_id=key):
        undo(shop)


def test_a_new_sale_that_went_alone_before_is_followed_by_the_rest(shop: Shop) -> None:
    sale = shop.sell(None, item("tea", 3))
    before = held(shop)
    exchange(shop, sale, 1, 250 * T)
    shop.void("new")
    assert undo(shop).to_return_minor == 150 * T
    assert held(shop) == before


def test_a_new_sale_that_came_back_in_parts_before_is_followed_by_the_rest(shop: Shop) -> None:
    before = held(shop)
    exchange(shop, shop.sell(None, item("tea", 3)), 3, 100 * T)
    shop.refund("new", None, (1, 1))
    view = undo(shop)
    assert view.to_pay_minor == 200 * T
    shop.void(view.sale)
    assert held(shop) == before


def test_a_sale_of_nobodys_stands_again_with_its_pledge_and_its_warranty(shop: Shop) -> None:
    shop.publish("trees", "charity", cause="trees", rate_bp=1_000)
    shop.publish("durable", "warranty", groups=["drinks"], months=12)
    sale = shop.sell(None, item("tea", 2), member=None, contact="09123456789")
    exchange(shop, sale, 1, 40 * T, None)
    view = undo(shop)
    (cause,) = shop.service.ask(Causes()).causes
    assert (cause.pledged_minor, view.sale.member, view.sale.due_minor) == (20 * T, None, 200 * T)
    assert (view.to_pay_minor, len(view.sale.warranties)) == (60 * T, 1)
    shop.service.do(c.AttachMember(sale_id=str(view.sale.sale_id), member="A"))
    assert shop.member().points == 6


def test_a_price_a_benefit_lowered_and_the_bill_it_was_limited_to_stand_again(shop: Shop) -> None:
    shop.publish("tenth", "percent_off", {"limits": {"total": 1}}, rate_bp=1_000, lane="member")
    sale = shop.sell(None, item("tea", 2))
    exchange(shop, sale, 2, 40 * T)
    again = undo(shop).sale
    assert (again.gross_minor, again.discount_minor, again.due_minor) == (200 * T, 20 * T, 180 * T)
    assert shop.quote(100 * T).discount_minor == 0


def test_what_could_not_stand_again_as_it_was_stays_and_nothing_is_undone_by_half(shop: Shop) -> None:
    plain = shop.sell(None, item("tea", 3))
    with shop.refuses("not_an_exchange", number=plain.number):
        undo(shop, str(plain.sale_id))
    exchange(shop, plain, 1, 40 * T)
    shop.refund(plain, None, (1, 1))
    with shop.refuses("exchange_not_the_only_one", number=plain.number):
        undo(shop)
    assert not shop.stored("new").voided


def test_a_refund_before_the_exchange_keeps_it_from_being_undone(shop: Shop) -> None:
    sale = shop.sell(None, item("tea", 3))
    shop.refund(sale, None, (1, 1))
    exchange(shop, sale, 1, 40 * T)
    with shop.refuses("exchange_not_the_only_one"):
        undo(shop)


def test_an_exchange_of_what_credit_paid_is_not_undone_by_half(shop: Shop) -> None:
    shop.sell(1_000 * T)
    sale = shop.sell(None, item("tea", 3), credit_minor=50 * T)
    exchange(shop, sale, 1, 40 * T)
    with shop.refuses("exchange_spent", number=sale.number):
        undo(shop)


def test_an_exchange_of_what_was_partly_paid_later_is_not_undone_by_half(shop: Shop) -> None:
    sale = shop.sell(None, item("tea", 3), on_account=True)
    shop.service.do(Settle(posting_id="p", sale_id=str(sale.sale_id), amount_minor=150 * T))
    exchange(shop, sale, 1, 40 * T)
    with shop.refuses("exchange_settled"):
        undo(shop)


def test_what_a_limit_had_left_without_points_stands_again_without_them(shop: Shop) -> None:
    limits = {"limits": {"per_member_day": 1, "per_member": 5}}
    shop.publish("points", "points", limits, step_minor=30 * T, point_value_minor=T)
    first = shop.sell(300 * T)
    sale = shop.sell(None, item("tea", 3))
    assert (first.earned.points, sale.earned.points) == (10, 0)
    shop.void(first)
    before = held(shop)
    exchange(shop, sale, 1, 250 * T)
    assert undo(shop).sale.earned.points == 0
    assert held(shop) == before


@pytest.mark.parametrize("later", [None, {"total": 9, "budget_minor": 90 * T}, {}])
def test_what_a_budget_had_cut_stands_again_as_it_was(shop: Shop, later: dict[str, int] | None) -> None:
    shop.publish("back", "spend_credit", {"limits": {"budget_minor": 40 * T}}, rate_bp=1_000)
    free = {"value_cap_minor": 5 * T}
    shop.publish("card", "stamp_card", {"limits": {"per_member": 2}}, needed=3, reward=free)
    first = shop.sell(None, item("tea", 3))
    sale = shop.sell(None, item("tea", 6), decline=("card",))
    assert (first.earned.credit_minor, sale.earned.credit_minor) == (30 * T, 10 * T)
    assert (shop.rewards(), shop.member().progress["card"].have) == (2, 0)
    shop.void(first)
    before = held(shop), shop.rewards()
    if later is not None:
        shop.publish("back", "spend_credit", {"limits": later}, rate_bp=1_000)
        shop.publish("card", "stamp_card", {}, needed=3, reward=free)
    exchange(shop, sale, 1, 250 * T)
    again = undo(shop).sale
    assert again.earned.credit_minor == 10 * T
    assert (held(shop), shop.rewards()) == before
    shop.void(again)


def test_a_level_that_later_purchases_reached_does_not_rate_the_first_one_anew(shop: Shop) -> None:
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 500 * T, "coefficient_milli": 2_000}]
    shop.publish("club", "tiers", levels=levels)
    sale = shop.sell(None, item("tea", 3))
    shop.sell(400 * T)
    before = held(shop)
    exchange(shop, sale, 1, 250 * T)
    assert undo(shop).sale.earned.points == 10
    assert held(shop) == before


def test_a_level_that_went_meanwhile_rates_the_first_one_all_the_same(shop: Shop) -> None:
    levels = [{"key": "bronze", "from": 0}, {"key": "silver", "from": 350 * T, "coefficient_milli": 2_000}]
    shop.publish("club", "tiers", metric="spend", levels=levels)
    first = shop.sell(360 * T)
    sale = shop.sell(None, item("tea", 3))
    assert sale.earned.points == 20
    shop.void(first)
    before = held(shop)
    exchange(shop, sale, 1, 250 * T)
    assert undo(shop).sale.earned.points == 20
    assert held(shop) == before


def test_a_gift_for_the_first_purchase_stays_its_own_and_is_given_once(shop: Shop) -> None:
    shop.publish("first", "event_gift", event="first_purchase", points=7)
    sale = shop.sell(None, item("tea", 3))
    assert sale.earned.points == 17
    shop.sell(50 * T)
    before = held(shop)
    exchange(shop, sale, 1, 250 * T)
    again = undo(shop).sale
    assert (again.earned.points, held(shop)) == (17, before)
    exchange_again(shop, again)
    shop.sell(60 * T)  # now this one is not the first either
    undo(shop, "newer")
    shop.enrol("B")
    other = shop.sell(None, item("tea", 3), member="B")
    exchange_again(shop, other, "newest", member=None)
    later = shop.sell(60 * T, member="B")
    assert (later.earned.points, undo(shop, "newest").sale.earned.points) == (9, 10)


def exchange_again(
    shop: Shop, sale: SaleView, key: str = "newer", member: str | None = "A", units: int = 3
) -> None:
    back = (c.RefundLine(line=1, quantity=units),)
    refund = c.RefundSale(refund_id=f"back-{key}", sale_id=str(sale.sale_id), lines=back)
    new = c.RecordSale(sale_id=key, member=member, lines=(goods("cup", 40 * T),))
    shop.service.do(c.Exchange(back=refund, sale=new))


def test_what_others_had_of_a_budget_meanwhile_is_not_given_twice(shop: Shop) -> None:
    shop.publish("back", "spend_credit", {"limits": {"budget_minor": 40 * T}}, rate_bp=1_000)
    shop.publish("points", "points", {"limits": {"total": 1}}, step_minor=30 * T, point_value_minor=T)
    shop.publish("card", "stamp_card", needed=5, max_per_day=3)
    shop.enrol("B")
    sale = shop.sell(None, item("tea", 3))
    assert (sale.earned.credit_minor, sale.earned.points, sale.earned.stamps) == (30 * T, 10, {"card": 3})
    exchange_again(shop, sale, member=None)
    shop.sell(None, item("tea", 2), member="B")
    shop.sell(None, goods("cake", T))
    again = undo(shop, "newer").sale
    assert (again.earned.credit_minor, again.earned.points) == (199 * T // 10, 0)
    assert again.earned.stamps == {"card": 2}
    assert {line.code for line in again.trace if line.programme == "points"} == {"limit_total"}


def lots(shop: Shop) -> list[tuple[Any, ...]]:
    return sorted((one.unit, one.left, one.available_from, one.expires_on) for one in shop.member().lots)


def prizes(*gives: str) -> list[dict[str, Any]]:
    return [{"name": one, "chances": 1, "gives": one, "amount": 9, "worth_minor": 9} for one in gives]


@pytest.mark.parametrize("units", [1, 3])
def test_a_sale_that_stands_again_keeps_what_it_drew_and_nothing_is_drawn_for_it(
    shop: Shop, units: int
) -> None:
    expires = {"expiry": {"days": 30}, "limits": {"per_member_day": 9}}
    shop.publish("draw", "draw", expires, out_of=4, prizes=prizes("points", "credit"))
    sales = [shop.sell(None, item("tea", 3), decline=("card",)) for _ in range(9)]
    shop.clock.on(days=1)
    before = held(shop), lots(shop)
    for number, sale in enumerate(sales):
        exchange_again(shop, sale, f"x{number}", member=None, units=units)
        again = undo(shop, f"x{number}").sale
        assert again.won == sale.won
        exchange_again(shop, again, f"y{number}", member=None, units=units)
        again = undo(shop, f"y{number}").sale
        assert again.won == sale.won
    assert {one.won[0].prize for one in sales} == {"", "points", "credit"}
    assert (held(shop), lots(shop)) == before
    draws = shop.service.ask(Draws(programme="draw")).seeds[0].draws
    assert [(one.number, one.taken_back) for one in draws] == [(n, False) for n in range(1, 10)]
    (programme,) = [one for one in shop.service.ask(Programmes()).programmes if one.key == "draw"]
    assert programme.limits and programme.limits.times == 9
    shop.void(again)
    assert shop.service.ask(Draws(programme="draw")).seeds[0].draws[-1].taken_back


def test_a_sale_that_drew_nothing_then_draws_nothing_when_it_stands_again(shop: Shop) -> None:
    shop.publish("draw", "draw", {"limits": {"total": 1}}, out_of=2, prizes=prizes("points", "credit"))
    first, sale = shop.sell(30 * T), shop.sell(None, item("tea", 3))
    assert (len(first.won), sale.won) == (1, ())
    shop.void(first)
    exchange(shop, sale, 1, 250 * T, None)
    assert undo(shop).sale.won == ()


def test_a_draw_stands_again_though_its_seed_was_told(shop: Shop) -> None:
    shop.publish("draw", "draw", {"limits": {"total": 1}}, out_of=2, prizes=prizes("points", "credit"))
    sale = shop.sell(None, item("tea", 3))
    exchange_again(shop, sale, member=None)
    shop.service.do(RevealDraw(posting_id="told", programme="draw"))
    assert undo(shop, "newer").sale.won == sale.won


def test_a_prize_that_others_won_meanwhile_is_not_given_twice(shop: Shop) -> None:
    shop.publish("draw", "draw", {"limits": {"total": 1}}, out_of=2, prizes=prizes("points", "credit"))
    sale = shop.sell(None, item("tea", 3))
    assert len(sale.won) == 1
    exchange_again(shop, sale, member=None)
    shop.enrol("B")
    assert len(shop.sell(30 * T, member="B").won) == 1
    again = undo(shop, "newer").sale
    assert again.won == () and "limit_total" in {line.code for line in again.trace}


def test_all_that_may_be_earned_stands_again(shop: Shop) -> None:
    expires = {"days": 30}
    shop.publish("next", "next_visit_voucher", amount_minor=50 * T, per_minor=300 * T, expires=expires)
    shop.publish("money", "stamp_card", needed=5, count="amount", step_minor=150 * T)
    shop.publish("hunt", "challenge", group="drinks", times=2, within_days=30, gives="points", points=4)
    sale = shop.sell(None, item("tea", 3), on_account=True)
    before = held(shop)
    exchange(shop, sale, 1, 250 * T)
    again = undo(shop).sale
    assert held(shop) == before
    assert (again.earned.stamps, len(again.trace)) == (sale.earned.stamps, len(sale.trace))
    assert [one.worth_minor for one in again.earned.rewards] == [50 * T]
    shop.service.do(Settle(posting_id="p", sale_id=str(again.sale_id), amount_minor=300 * T))
    assert (shop.member().points, shop.member().credit_minor) == (10, 30 * T)


def test_whoever_brought_the_buyer_keeps_their_gift_and_has_it_once(shop: Shop) -> None:
    shop.publish("brought", "event_gift", event="referrer", points=9)
    shop.enrol("C", referred_by="A")
    sale = shop.sell(None, item("tea", 3), member="C")
    shop.sell(50 * T, member="C")
    assert shop.member().points == 9
    exchange(shop, sale, 1, 250 * T, "C")
    again = undo(shop).sale
    assert shop.member().points == 9
    exchange_again(shop, again, member=None)
    assert shop.member().points == 0
    undo(shop, "newer")
    assert shop.member().points == 9
