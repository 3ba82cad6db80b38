"""Exchanging goods is one step: what comes back pays for what is sold, to the unit (rules 8, 26)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app.people_views import ExchangedView
from loyalty_pos.app.views import SaleView
from tests.shop import Shop, T, goods


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    opened.publish("points", "points", step_minor=T, point_value_minor=T)
    yield opened
    opened.proved()
    opened.close()


def asked(sale: SaleView, price: int, units: int = 1, **more: Any) -> dict[str, Any]:
    """One unit back, something at a price instead."""
    back = {"sale_id": sale.sale_id or "", "lines": (c.RefundLine(line=1, quantity=units),)}
    new = {"member": "A", "lines": (goods("new", price),), **more}
    return {"back": back, "sale": new}


def quoted(shop: Shop, request: dict[str, Any]) -> ExchangedView:
    back, sale = c.QuoteRefund(**request["back"]), c.QuoteSale(**request["sale"])
    view: ExchangedView = shop.service.ask(c.QuoteExchange(back=back, sale=sale))
    return view


def command(request: dict[str, Any], key: str = "x", fingerprint: str | None = None) -> c.Exchange:
    back = c.RefundSale(refund_id=f"{key}-back", **request["back"])
    sale = c.RecordSale(sale_id=f"{key}-new", **request["sale"])
    return c.Exchange(back=back, sale=sale, fingerprint=fingerprint)


@pytest.mark.parametrize(("price", "pay", "back"), [(150, 50, 0), (100, 0, 0), (30, 0, 70)])
def test_only_the_difference_is_paid_or_returned_and_the_preview_says_exactly_that(
    shop: Shop, price: int, pay: int, back: int
) -> None:
    sale = shop.sell(None, goods("tea", 100 * T, 3))
    request = asked(sale, price * T)
    before = shop.audit().figures
    preview = quoted(shop, request)
    assert shop.audit().figures == before and shop.member().points == 300
    done: ExchangedView = shop.service.do(command(request, fingerprint=preview.fingerprint))
    assert (done.to_pay_minor, done.to_return_minor) == (pay * T, back * T)
    assert (preview.to_pay_minor, preview.to_return_minor) == (pay * T, back * T)
    assert (preview.sale.number, preview.sale.sale_id, preview.back.refund_id) == (0, None, None)
    assert replace(preview.back, refund_id="x-back") == done.back
    assert (preview.sale.due_minor, preview.sale.earned) == (done.sale.due_minor, done.sale.earned)
    assert shop.member().points == 200 + price


def test_the_same_exchange_again_gets_the_first_answer_and_half_of_one_is_refused(shop: Shop) -> None:
    request = asked(shop.sell(None, goods("tea", 100 * T, 3)), 150 * T)
    first = shop.service.do(command(request))
    again = shop.service.do(command(request, fingerprint="whatever it was"))
    assert (again.to_pay_minor, again.sale.number) == (first.to_pay_minor, first.sale.number)
    assert shop.member().visits == 2
    half = command(request)
    with shop.refuses("key_taken", sale_id="x-back"):
        shop.service.do(replace(half, sale=replace(half.sale, sale_id="other")))
    with shop.refuses("key_taken", sale_id="x-new"):
        shop.service.do(replace(half, back=replace(half.back, refund_id="other")))


def test_an_exchange_of_which_a_half_is_refused_leaves_nothing_behind(shop: Shop) -> None:
    sale = shop.sell(None, goods("tea", 100 * T))
    with shop.refuses("not_enough_points"):
        shop.service.do(command(asked(sale, 50 * T, use=c.Use(points=50))))
    with shop.refuses("more_than_bought"):
        shop.service.do(command(asked(sale, 50 * T, units=2)))
    assert not shop.stored(sale).voided


def test_what_comes_back_counts_before_the_new_goods_are_priced(shop: Shop) -> None:
    levels = [{"key": "silver", "from": 300 * T, "discount_bp": 1_000}]
    shop.publish("club", "tiers", levels=levels)
    sale = shop.sell(None, goods("tea", 100 * T, 3))
    assert shop.quote(100 * T).due_minor == 90 * T
    assert quoted(shop, asked(sale, 100 * T)).to_pay_minor == 0  # silver no more
    spent = shop.sell(None, goods("cup", 300 * T), points=270)
    back = quoted(shop, asked(spent, 80 * T, use=c.Use(points=72)))
    assert (back.back.to_points, back.sale.paid_by.points_minor) == (270, 72 * T)


def test_an_exchange_that_comes_to_something_else_by_now_is_refused_and_another_members_sale_is_none(
    shop: Shop,
) -> None:
    shop.enrol("B")
    sale = shop.sell(None, goods("tea", 100 * T, 3))
    request = asked(sale, 150 * T)
    shown = quoted(shop, request).fingerprint
    shop.sell(10 * T, member="B")
    assert quoted(shop, request).fingerprint == shown
    shop.publish("tenth", "percent_off", rate_bp=1_000, lane="member")
    with shop.refuses("stale_quote", due_minor=135 * T):
        shop.service.do(command(request, fingerprint=shown))
    done = shop.service.do(command(request, fingerprint=quoted(shop, request).fingerprint))
    assert done.to_pay_minor == 35 * T


def test_a_voucher_the_new_goods_make_has_its_code_only_when_they_are_sold(shop: Shop) -> None:
    shop.publish("next", "next_visit_voucher", rate_bp=1_000, expires={"days": 30})
    request = asked(shop.sell(None, goods("tea", 100 * T, 3)), 200 * T)
    preview = quoted(shop, request)
    assert (preview.sale.vouchers, preview.back.remade) == ((), ())
    assert [one.voucher for one in preview.sale.earned.rewards] == [None]
    done = shop.service.do(command(request, fingerprint=preview.fingerprint))
    assert len(done.sale.vouchers) == 1 and len(done.back.remade) == 1


def test_the_money_of_an_exchange_goes_nowhere_else_and_nothing_is_left_to_pay(shop: Shop) -> None:
    sale = shop.sell(None, goods("tea", 100 * T, 3))
    request = asked(sale, 50 * T)
    with shop.refuses_field("back.refund_to"):
        shop.service.do(command({**request, "back": {**request["back"], "refund_to": "credit"}}))
    with shop.refuses_field("sale.on_account"):
        quoted(shop, asked(sale, 50 * T, on_account=True))


def test_a_sale_without_a_member_is_exchanged_too(shop: Shop) -> None:
    sale = shop.sell(None, goods("tea", 100 * T, 2), member=None)
    done = shop.service.do(command(asked(sale, 40 * T, member=None)))
    assert (done.to_return_minor, done.sale.member) == (60 * T, None)
