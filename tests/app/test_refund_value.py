"""Refunds of a part: gift cards, vouchers a bill made, points given, gifts, warranties (adr 11)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.gift_card_views import GiftCardView
from tests.shop import Shop, T, goods, item, raw


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.enrol("B", referred_by="A")
    yield opened
    opened.proved()
    opened.close()


def given(shop: Shop, face: int, key: str = "given", **more: str | None) -> str:
    command = c.IssueGiftCard(posting_id=key, face_minor=face, **more)  # type: ignore[arg-type]
    code: str = shop.service.do(command).codes[0].code
    return code


def card(shop: Shop, code: str) -> GiftCardView:
    view: GiftCardView = shop.service.ask(q.GiftCard(code=code))
    return view


def test_a_gift_card_gets_back_its_part_of_what_comes_back_and_a_void_the_rest(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    code = given(shop, 60 * T)
    sale = shop.sell(None, goods("a", 50 * T), goods("b", 50 * T), gift_cards=(code,))
    assert (sale.due_minor, shop.member().points) == (40 * T, 4)
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, back.to_gift_cards_minor, back.net_minor) == (20 * T, 30 * T, 50 * T)
    assert (card(shop, code).left_minor, shop.member().points) == (30 * T, 2)
    shop.proved()
    rest = shop.void(sale)
    assert (rest.refund_minor, rest.to_gift_cards_minor) == (20 * T, 30 * T)
    assert [(one.kind, one.amount_minor, one.number) for one in card(shop, code).moves] == [
        ("accrual", 60 * T, 0),
        ("redemption", -60 * T, 1),
        ("reversal", 30 * T, 1),
        ("reversal", 30 * T, 1),
    ]


@pytest.mark.parametrize("parts", [(10, 20, 30, 40), (1, 1, 98), (97, 2, 1), (33, 33, 34)])
def test_two_cards_get_back_all_they_paid_in_whatever_parts(shop: Shop, parts: tuple[int, ...]) -> None:
    codes = given(shop, 33, "one"), given(shop, 17, "two")
    sale = shop.sell(100, gift_cards=codes)
    paid = 0
    for part in parts:
        back = shop.refund(sale, part)
        paid += back.refund_minor
        assert back.refund_minor >= 0
        shop.proved()
    assert [card(shop, code).left_minor for code in codes] == [33, 17] and paid == 50


def test_gift_cards_sold_come_back_with_the_whole_sale_alone(shop: Shop) -> None:
    sells = (c.SellGiftCards(face_minor=100 * T),)
    sale = shop.sell(None, goods("a", 50 * T), sells=sells)
    code = given(shop, 100 * T, sale_id=sale.sale_id)
    back = shop.refund(sale, None, (1, 1))
    assert (back.refund_minor, back.whole, shop.stored(sale).voided) == (50 * T, False, False)
    assert (shop.member().visits, shop.member().spend_minor, card(shop, code).left_minor) == (1, 0, 100 * T)
    with shop.refuses("already_refunded"):
        shop.refund(sale, 1)
    spent = shop.sell(10 * T, gift_cards=(code,))
    with shop.refuses("gift_card_was_spent", number=spent.number):
        shop.void(sale)
    shop.void(spent)
    rest = shop.void(sale)
    assert (rest.refund_minor, rest.whole, card(shop, code).state) == (100 * T, True, "void")
    assert shop.member().visits == 0


def test_what_a_card_paid_for_cards_comes_back_with_those(shop: Shop) -> None:
    first = shop.sell(None, member=None, sells=(c.SellGiftCards(face_minor=130 * T),))
    code = given(shop, 130 * T, sale_id=first.sale_id)
    sells = (c.SellGiftCards(face_minor=100 * T),)
    sale = shop.sell(50 * T, sells=sells, gift_cards=(code,))
    assert sale.due_minor == 20 * T
    back = shop.refund(sale, 25 * T)
    assert (back.refund_minor, back.to_gift_cards_minor) == (10 * T, 15 * T)
    back = shop.refund(sale, 25 * T)
    assert (back.refund_minor, back.to_gift_cards_minor) == (10 * T, 15 * T)
    rest = shop.void(sale)
    assert (rest.refund_minor, rest.to_gift_cards_minor) == (0, 100 * T)
    assert card(shop, code).left_minor == 130 * T


def test_the_file_itself_refuses_to_put_more_onto_a_card_than_was_taken(shop: Shop) -> None:
    code = given(shop, 60 * T)
    sale = shop.sell(100 * T, gift_cards=(code,))
    shop.refund(sale, 50 * T)
    connection = raw(shop.path)
    with pytest.raises(Exception, match="append-only"):
        connection.execute(
            "INSERT INTO gift_card_entry SELECT id + 1, posting, card, ?, kind, reverses"
            " FROM gift_card_entry WHERE kind = 'reversal'",
            (30 * T + 1,),
        )
    connection.close()


def test_an_unspent_voucher_is_made_anew_with_the_worth_of_what_is_kept(shop: Shop) -> None:
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 30})
    sale = shop.sell(None, goods("a", 300 * T), goods("b", 200 * T))
    code = sale.vouchers[0].code
    asked = shop.quote_refund(sale, None, (2, 1))
    assert (asked.vouchers, asked.remade_minor, asked.remade) == (("next",), 30 * T, ())
    back = shop.refund(sale, None, (2, 1), refund_id="part")
    anew = back.remade[0]
    assert (anew.sentence.en, anew.from_day, anew.expires_on) == (
        "30 T off a purchase",
        "2026-11-22",
        sale.vouchers[0].expires_on,
    )
    line = c.RefundLine(line=2, quantity=1)
    again = shop.service.do(c.RefundSale(refund_id="part", sale_id=sale.sale_id or "", lines=(line,)))
    assert (again.remade, again.remade_minor) == ((), 30 * T)
    shop.clock.on(days=1)
    with shop.refuses("code_void"):
        shop.sell(100 * T, codes=(code,))
    assert shop.sell(100 * T, codes=(anew.code,)).due_minor == 70 * T


def test_goods_a_voucher_was_not_made_of_leave_it_as_it_is(shop: Shop) -> None:
    shop.product("tea", 100 * T, "drinks")
    when = {"basket": {"groups_in": ["drinks"]}}
    shop.publish("next", "next_visit_voucher", when, rate_bp=1000, expires={"days": 30})
    sale = shop.sell(None, item("tea"), goods("cup", 50 * T))
    back = shop.refund(sale, None, (2, 1))
    assert (back.vouchers, back.remade) == ((), ())
    assert shop.refund(sale, None, (1, 1)).vouchers == ("next",)


def test_of_a_spent_voucher_the_difference_is_withheld_until_it_is_unspent(shop: Shop) -> None:
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 30})
    sale = shop.sell(500 * T)
    shop.clock.on(days=1)
    spent = shop.sell(100 * T, codes=(sale.vouchers[0].code,))
    back = shop.refund(sale, 100 * T)
    assert (back.refund_minor, back.held_minor, back.net_minor) == (90 * T, 10 * T, 100 * T)
    back = shop.refund(sale, 100 * T)
    assert (back.refund_minor, back.held_minor) == (90 * T, 10 * T)
    with shop.refuses("voucher_was_spent", worth_minor=50 * T, number=spent.number):
        shop.void(sale)
    with shop.refuses("voucher_was_spent", worth_minor=50 * T, number=spent.number):
        shop.refund(sale, 300 * T)
    shop.void(spent)
    back = shop.refund(sale, 100 * T)
    assert (back.refund_minor, back.held_minor, back.remade_minor) == (120 * T, -20 * T, 20 * T)
    shop.proved()
    assert shop.void(sale).refund_minor == 200 * T


def test_a_refund_with_less_money_than_a_spent_voucher_asks_for_is_refused(shop: Shop) -> None:
    for_month = {"days": 30}
    shop.publish("full", "next_visit_voucher", amount_minor=50 * T, per_minor=300 * T, expires=for_month)
    sale = shop.sell(300 * T)
    shop.clock.on(days=1)
    shop.sell(100 * T, codes=(sale.vouchers[0].code,))
    with shop.refuses("voucher_asks_more", held_minor=50 * T):
        shop.refund(sale, 10 * T)
    assert shop.refund(sale, 50 * T).refund_minor == 0


def test_a_voucher_that_has_ended_is_not_made_anew(shop: Shop) -> None:
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 3})
    sale = shop.sell(500 * T)
    shop.clock.on(days=9)
    back = shop.refund(sale, 100 * T)
    assert (back.vouchers, back.remade_minor, back.remade, back.refund_minor) == (("next",), 0, (), 100 * T)
    assert shop.void(sale).vouchers == ()


def test_a_voucher_of_a_limited_programme_frees_its_limit_with_its_last_worth(shop: Shop) -> None:
    when = {"limits": {"total": 1}}
    full: dict[str, Any] = {"amount_minor": 50 * T, "per_minor": 300 * T, "expires": {"days": 30}}
    shop.publish("full", "next_visit_voucher", when, **full)
    sale = shop.sell(600 * T)
    assert shop.refund(sale, 300 * T).remade_minor == 50 * T
    assert shop.sell(300 * T).vouchers == ()
    assert shop.refund(sale, 10 * T).remade_minor == 0
    assert len(shop.sell(300 * T).vouchers) == 1


def test_points_given_for_a_benefit_come_back_with_its_goods_in_proportion(shop: Shop) -> None:
    shop.product("cake", 60_000 * T, "cakes")
    shop.publish("club", "points", step_minor=1_000 * T, point_value_minor=100 * T)
    shop.publish("treat", "percent_off", rate_bp=3000, groups=["cakes"], price_points=200)
    shop.sell(300_000 * T)
    sale = shop.sell(None, item("cake", 2), goods("tea", 40_000 * T), accept=("treat",), points=12)
    # 84,000 for the cakes and 40,000 for the tea, of which points pay 1,200.
    assert (sale.points_given, shop.member().points) == (200, 300 - 212 + 122)
    back = shop.refund(sale, None, (2, 1))
    assert back.to_points == 12 * 40_000 // 124_000
    back = shop.refund(sale, None, (1, 1))
    assert back.to_points == 100 + 12 * 82_000 // 124_000 - 3
    assert shop.void(sale).to_points == 100 + 12 - 7
    assert (shop.member().points, shop.member().owed.points) == (300, 0)


def test_lines_are_weighed_again_on_what_is_kept(shop: Shop) -> None:
    shop.product("tea", 40 * T, "drinks")
    double = {"milli": 2_000, "when": {"basket": {"groups_in": ["drinks"]}}}
    shop.publish("points", "points", step_minor=10 * T, coefficients=[double])
    sale = shop.sell(None, item("tea", 2), goods("cup", 60 * T))
    assert shop.member().points == 22
    shop.refund(sale, None, (1, 1))
    assert shop.member().points == 14
    shop.refund(sale, None, (2, 1))
    assert shop.member().points == 8


def test_a_gift_for_some_goods_ends_with_them_and_may_be_earned_again(shop: Shop) -> None:
    shop.product("tea", 40 * T, "drinks")
    shop.publish("gift", "event_gift", event="first_of_group", groups=["drinks"], points=50)
    sale = shop.sell(None, item("tea", 2), goods("cup", 60 * T))
    assert shop.member().points == 50
    shop.refund(sale, None, (1, 1))
    shop.refund(sale, None, (2, 1))
    assert shop.member().points == 50
    other = shop.sell(None, item("tea"), goods("cup", 60 * T))
    assert shop.member().points == 50
    shop.void(other)
    third = shop.sell(None, goods("cup", 60 * T))
    shop.void(sale)
    assert shop.member().points == 0
    fourth = shop.sell(None, item("tea"), goods("cup", 60 * T))
    assert shop.member().points == 50
    shop.refund(fourth, None, (1, 1))
    assert shop.member().points == 0
    shop.sell(None, item("tea"))
    assert shop.member().points == 50
    assert shop.stored(third).number == 3


def test_who_brought_a_member_keeps_the_gift_while_something_of_the_purchase_is_kept(shop: Shop) -> None:
    shop.publish("gift", "event_gift", event="referrer", points=100)
    sale = shop.sell(100 * T, member="B")
    shop.refund(sale, 99 * T)
    assert shop.member("A").points == 100
    shop.refund(sale, 1 * T)
    assert shop.member("A").points == 0


def test_a_warranty_ends_with_its_units_and_the_contact_with_the_last_one(shop: Shop) -> None:
    shop.product("grinder", 500 * T, "machines")
    shop.publish("machines", "warranty", months=24, groups=["machines"])
    sale = shop.sell(None, item("grinder", 2), goods("cup", 10 * T), contact="Reza Karimi")

    def told(text: str) -> list[int]:
        return [one.quantity for one in shop.service.ask(q.Warranties(text=text)).warranties]

    def history() -> list[int]:
        items = shop.service.ask(q.MemberHistory(member="A")).items
        return [one.quantity for row in items if row.kind == "sale" for one in row.warranties]

    assert told("Reza Karimi") == history() == [2]
    shop.refund(sale, None, (1, 1))
    assert told("Reza Karimi") == history() == [1]
    assert [one.quantity for one in shop.stored(sale).warranties] == [1]
    shop.refund(sale, None, (1, 1))
    assert told("Reza Karimi") == told("A") == history() == []
    assert shop.stored(sale).warranties == ()


def test_goods_that_came_back_were_not_bought(shop: Shop) -> None:
    shop.product("beans", 100 * T, "coffee")
    shop.publish("roasters", "segment", bought_groups=["coffee"])
    shop.publish("news", "percent_off", {"audience": {"segments": ["roasters"]}}, rate_bp=1_000)
    sale = shop.sell(None, item("beans"), goods("tea", 50 * T))
    assert shop.quote(100 * T).due_minor == 90 * T
    shop.refund(sale, None, (1, 1))
    assert shop.quote(100 * T).due_minor == 100 * T


def test_a_tax_that_did_not_earn_does_not_come_off_either(shop: Shop) -> None:
    shop.product("book", 110 * T, tax_bp=0)
    shop.product("cup", 125 * T, tax_bp=2_500)
    shop.publish("points", "points", step_minor=T, tax="out")
    sale = shop.sell(None, item("book"), item("cup", 2))
    assert shop.member().points == 110 + 200
    shop.refund(sale, None, (2, 1))
    assert shop.member().points == 110 + 100
    shop.refund(sale, None, (1, 1))
    assert shop.member().points == 100


def test_a_sale_named_later_gives_back_its_part_of_the_voucher_it_made(shop: Shop) -> None:
    shop.publish("next", "next_visit_voucher", rate_bp=1000, expires={"days": 30})
    sale = shop.sell(500 * T, member=None)
    shop.service.do(c.AttachMember(sale_id=sale.sale_id or "", member="A"))
    assert shop.refund(sale, 100 * T).remade_minor == 40 * T


@pytest.mark.parametrize("member", ["A", None])
def test_the_money_of_a_refund_goes_onto_a_new_gift_card_that_earns_when_it_is_spent(
    shop: Shop, member: str | None
) -> None:
    shop.publish("points", "points", step_minor=10 * T)
    sale = shop.sell(100 * T, member=member)
    back = shop.refund(sale, 40 * T, refund_to="gift_card", refund_id="onto")
    assert (back.refund_minor, back.to_credit_minor) == (0, 0)
    assert (back.to_gift_cards_minor, back.new_card_minor) == (40 * T, 40 * T)
    assert back.new_card is not None
    code = back.new_card.codes[0].code
    found = card(shop, code)
    assert (found.left_minor, found.bought, found.member, found.expires_on) == (40 * T, True, None, None)
    again = shop.service.do(
        c.RefundSale(refund_id="onto", sale_id=sale.sale_id or "", amount_minor=40 * T, refund_to="gift card")
    )
    assert (again.new_card, again.new_card_minor) == (None, 40 * T)
    assert shop.sell(40 * T, gift_cards=(code,)).earned.points == 4
    rest = shop.void(sale)
    assert (rest.refund_minor, card(shop, code).left_minor) == (60 * T, 0)


def test_what_a_card_paid_goes_back_to_that_card_first_and_only_the_money_onto_a_new_one(shop: Shop) -> None:
    code = given(shop, 60 * T)
    sale = shop.sell(100 * T, gift_cards=(code,))
    back = shop.refund(sale, 50 * T, refund_to="gift_card")
    assert (back.to_gift_cards_minor, back.new_card_minor) == (50 * T, 20 * T)
    assert back.new_card is not None
    assert (card(shop, code).left_minor, back.new_card.face_minor) == (30 * T, 20 * T)


def test_a_refund_without_money_makes_no_gift_card(shop: Shop) -> None:
    code = given(shop, 60 * T)
    sale = shop.sell(60 * T, gift_cards=(code,))
    back = shop.refund(sale, 60 * T, refund_to="gift_card")
    assert (back.to_gift_cards_minor, back.new_card_minor, back.new_card) == (60 * T, 0, None)


def test_a_card_that_exists_keeps_its_worth(shop: Shop) -> None:
    code, sale = given(shop, 60 * T), shop.sell(100 * T)
    with shop.refuses("gift_card_keeps_its_worth", card=1):
        shop.refund(sale, 10 * T, refund_to=code)


def test_a_card_a_refund_was_put_on_is_none_the_sale_sold(shop: Shop) -> None:
    sells = (c.SellGiftCards(face_minor=40 * T),)
    sale = shop.sell(None, goods("a", 50 * T), sells=sells)
    sold = given(shop, 40 * T, sale_id=sale.sale_id)
    back = shop.refund(sale, 40 * T, refund_to="gift_card")
    assert back.new_card is not None
    mine = back.new_card.codes[0].code
    shop.sell(40 * T, gift_cards=(mine,))
    assert shop.void(sale).refund_minor == 50 * T
    assert (card(shop, sold).state, card(shop, mine).state) == ("void", "empty")


def test_the_audit_finds_a_refund_card_that_is_not_the_refunds_money(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "damaged.db")
    sale = shop.sell(100 * T, member=None)
    shop.refund(sale, 40 * T, refund_to="gift_card")
    shop.proved()
    connection = raw(shop.path, unguarded=True)
    connection.execute("UPDATE posting SET kind = 'gift_cards' WHERE kind = 'refund_card'")
    connection.close()
    found = {one.code for one in shop.audit().findings}
    assert {"gift_card_of_a_refund_is_not_its_money", "gift_cards_are_more_than_were_sold"} <= found
    shop.close()
