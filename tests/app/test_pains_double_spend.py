"""Pains of other systems: the same value spent twice. Each is a test here, named after it (product 4)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.gift_card_views import GiftCardView
from loyalty_pos.app.service import Service
from loyalty_pos.app.views import MemberView
from loyalty_pos.domain.errors import Rejection
from tests.shop import SeededChance, Shop, T, goods, open_file


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path / "shop.db")
    opened.enrol()
    yield opened
    opened.proved()
    opened.close()


@pytest.fixture
def other_till(shop: Shop) -> Iterator[Service]:
    """A second till over the same file, with a connection of its own."""
    till = open_file(shop.path, shop.clock, SeededChance(2))
    yield till
    till.close()


def test_pain_two_tills_use_one_reward_and_only_one_of_them_gets_it(shop: Shop, other_till: Service) -> None:
    shop.publish("card", "stamp_card", needed=2)
    shop.sell(None, goods("tea", 100 * T, 2))
    code = shop.print_voucher("card").code
    quoted = shop.quote(None, goods("tea", 100 * T), vouchers=(code,))
    request: dict[str, Any] = {
        "member": "A",
        "lines": (goods("tea", 100 * T),),
        "use": c.Use(vouchers=(code,)),
    }
    seen = other_till.ask(c.QuoteSale(**request))
    assert (quoted.due_minor, seen.due_minor) == (0, 0)
    shop.sell(None, goods("tea", 100 * T), vouchers=(code,), fingerprint=quoted.fingerprint)
    with pytest.raises(Rejection) as refused:
        other_till.do(c.RecordSale(sale_id="twice", fingerprint=seen.fingerprint, **request))
    assert refused.value.code == "voucher_used"
    assert shop.rewards() == 0


def test_pain_a_gift_card_that_was_spent_stays_valid_nowhere(shop: Shop, other_till: Service) -> None:
    issued = shop.service.do(c.IssueGiftCard(posting_id="card", face_minor=100 * T))
    code = issued.codes[0].code
    held: GiftCardView = other_till.ask(q.GiftCard(code=code))
    assert held.left_minor == 100 * T
    shop.sell(100 * T, gift_cards=(code,))
    with pytest.raises(Rejection) as refused:
        use = c.Use(gift_cards=(code,))
        other_till.do(c.RecordSale(sale_id="again", member="A", amount_minor=100 * T, use=use))
    assert refused.value.code == "gift_card_empty"


def test_pain_a_stale_balance_is_refused_and_the_fresh_one_is_said(shop: Shop, other_till: Service) -> None:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.sell(100 * T)
    stale: MemberView = other_till.ask(q.Member(member="A"))
    shop.sell(60 * T, points=60)
    assert stale.points == 100
    with pytest.raises(Rejection) as refused:
        use = c.Use(points=60)
        other_till.do(c.RecordSale(sale_id="stale", member="A", amount_minor=60 * T, use=use))
    assert (refused.value.code, refused.value.facts["have"]) == ("not_enough_points", 40)
    assert other_till.ask(q.Member(member="A")).points == 40


def test_pain_retries_after_a_lost_answer_never_double_points(shop: Shop, other_till: Service) -> None:
    shop.publish("points", "points", step_minor=T)
    sale = c.RecordSale(sale_id="once", member="A", amount_minor=100 * T)
    first = shop.service.do(sale)
    for till in (shop.service, other_till, shop.service):
        assert till.do(sale).number == first.number
    assert (shop.member().points, shop.member().visits) == (100, 1)


def test_pain_paying_one_open_sale_changes_no_other_one(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.enrol("B")
    for member in ("A", "B"):
        shop.sell(100 * T, member=member)
    of_b = shop.quote(80 * T, member="B", points=50)
    shop.service.do(c.HoldSale(posting_id="held", member="B", amount_minor=30 * T))
    shop.sell(80 * T, points=80)
    assert shop.quote(80 * T, member="B", points=50) == of_b
    sold = shop.sell(80 * T, member="B", points=50, fingerprint=of_b.fingerprint)
    assert (sold.due_minor, shop.member("B").points) == (30 * T, 80)
    (held,) = shop.service.ask(q.Holds()).holds
    assert held.request.amount_minor == 30 * T


def test_pain_what_is_redeemed_is_deducted_in_the_same_step(shop: Shop) -> None:
    shop.publish("points", "points", step_minor=T, point_value_minor=T)
    shop.publish("credit", "spend_credit", rate_bp=1_000)
    shop.publish("card", "stamp_card", needed=2)
    shop.sell(None, goods("tea", 50 * T, 2))
    sale = shop.sell(None, goods("tea", 100 * T), goods("cake", 150 * T), points=40, credit_minor=5 * T)
    assert sale.due_minor == 150 * T - 40 * T - 5 * T
    earned = sale.earned
    assert shop.member().points == 100 - 40 + earned.points
    assert shop.member().credit_minor == 10 * T - 5 * T + earned.credit_minor
    assert (shop.rewards(), shop.member().progress["card"].have) == (0, 1)
