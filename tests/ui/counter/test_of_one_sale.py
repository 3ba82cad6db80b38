"""What belongs to one sale goes with it, comes back with it, and is never left to the next customer."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from loyalty_pos.app.commands import PrintRewardVoucher, PublishProgramme, RecordSale, VoidSale
from loyalty_pos.app.drafts import Draft
from loyalty_pos.app.queries import Member, Warranties
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.counter.of_one_sale import (
    ASKED,
    FOR_MEMBER,
    HANDED,
    MADE,
    OF_ONE_SALE,
    PRICE,
    SOLD,
    SOUGHT,
)
from loyalty_pos.ui.counter.state import CounterState, Recorded
from tests.ui.counter.goods_shop import CAKE, HAMID, LEILA, SARA, Counter, built_with_goods, counter
from tests.ui.counter.test_drafts import Reopen, crash, draft, reopen, said
from tests.ui.counter.test_exchanging import chosen

__all__ = ["built_with_goods", "counter", "reopen"]

OF_THE_TILL = {
    "shop", "mode", "recording", "toast", "listing", "refund", "held_count", "print_trouble", "recent",
    "unfinished", "focus",
}  # fmt: skip
PHONE = "09121110000"


def on_account(till: Counter) -> None:
    """Cake for Leila, to be paid later."""
    till.scan(LEILA)
    till.scan(CAKE)
    till.do("Shift+F9")
    assert till.rig.state.quote is not None and till.rig.state.quote.on_account is not None


def publish(path: Path, kind: str, when: dict[str, object], **params: object) -> None:
    service = open_shop(path)
    service.do(PublishProgramme(key="more", kind=kind, name="بیشتر", params=params, when=when))
    service.close()


def warranted(till: Counter) -> None:
    """A cake under warranty, for somebody who is no member."""
    publish(till.path, "warranty", {}, months=24, skus=["cake"])
    till.do("F4")
    till.scan(CAKE)
    till.do("Ctrl+w")
    till.rig.keys(PHONE)
    till.do("Enter")
    assert till.rig.state.contact == PHONE


def test_every_field_of_the_counter_belongs_to_one_group_or_to_the_till() -> None:
    groups = (ASKED, ("member",), SOLD, SOUGHT, FOR_MEMBER, HANDED, PRICE)
    named = [name for group in groups for name in group]
    assert sorted(named) == sorted(OF_ONE_SALE) and len(set(named)) == len(named)
    assert {field.name for field in fields(CounterState)} == {*named, *OF_THE_TILL}


def test_ctrl_z_brings_back_whatever_a_cashier_chooses() -> None:
    assert {*SOLD, *FOR_MEMBER, *HANDED, "member", "mode"} <= set(MADE)


def test_a_draft_keeps_whatever_is_sold_and_chosen_or_says_that_it_must_be_said_again() -> None:
    kept = {field.name for field in fields(Draft)}
    renamed = {"items": "lines", "codes": "vouchers", "gift_cards": "vouchers"}
    assert {renamed.get(name, name) for name in (*SOLD, *FOR_MEMBER, *HANDED)} - kept == {"item_chosen"}


def test_the_next_customer_pays_at_once(counter: Counter) -> None:
    on_account(counter)
    counter.do("Esc Esc Esc Esc")
    assert not counter.rig.state.selling
    before = len(counter.sales())
    counter.scan(HAMID)
    counter.scan(CAKE)
    counter.do("Enter")
    sales = counter.sales()
    assert len(sales) == before + 1 and sales[0].due_minor > 0 and sales[0].on_account is None


def test_another_card_takes_nothing_over_that_was_chosen_for_the_last_one(counter: Counter) -> None:
    on_account(counter)
    counter.scan(SARA)
    state = counter.rig.state
    assert state.member is not None and state.member.name.startswith("سارا") and len(state.items) == 1
    assert not state.on_account and state.quote is not None and state.quote.on_account is None
    counter.do("Ctrl+z")
    assert counter.rig.state.on_account


def test_ctrl_z_takes_back_that_it_is_paid_later_and_nothing_else(counter: Counter) -> None:
    on_account(counter)
    counter.do("Ctrl+z")
    assert (counter.rig.state.on_account, len(counter.rig.state.items)) == (False, 1)


def test_a_sale_taken_off_hold_is_paid_later_as_it_was_going_to_be(counter: Counter) -> None:
    on_account(counter)
    counter.do("F8")
    counter.do("Shift+F8")
    counter.do("Enter")
    assert counter.rig.state.on_account
    counter.do("Enter")
    assert counter.sales()[0].on_account is not None


def test_a_phone_noted_for_a_warranty_goes_with_the_goods(counter: Counter) -> None:
    warranted(counter)
    counter.do("Esc Esc Esc")
    assert not counter.rig.state.selling
    counter.do("Ctrl+z")
    assert (len(counter.rig.state.items), counter.rig.state.contact) == (1, PHONE)
    counter.do("Esc Esc Esc")
    counter.scan(CAKE)
    counter.do("Enter")
    service = open_shop(counter.path)
    try:
        assert not service.ask(Warranties(text=PHONE)).warranties
    finally:
        service.close()


def test_whose_warranty_it_is_comes_back_with_the_sale_on_hold(counter: Counter) -> None:
    warranted(counter)
    counter.do("F8")
    assert counter.rig.state.contact == ""
    counter.do("Shift+F8")
    counter.do("Enter")
    assert counter.rig.state.contact == PHONE


def test_a_benefit_switched_off_without_a_member_is_on_again_for_the_next_one(counter: Counter) -> None:
    publish(counter.path, "amount_off", {"audience": {"non_members": True}}, amount_minor=100_000)
    counter.do("F4")
    counter.scan(CAKE)
    counter.do("Alt+1")
    assert counter.rig.state.declined
    counter.do("Esc Esc Esc")
    counter.scan(CAKE)
    quote = counter.rig.state.quote
    assert not counter.rig.state.declined and quote is not None and quote.discount_minor == 100_000


@pytest.fixture
def voucher(counter: Counter) -> Iterator[str]:
    """A reward of Leila's on paper."""
    service = open_shop(counter.path)
    leila = service.ask(Member(member=LEILA))
    number = 0
    while not service.ask(Member(member=LEILA)).rewards:
        number += 1
        service.do(RecordSale(sale_id=f"more-{number}", member=leila.member, amount_minor=1_280_000))
    reward = service.ask(Member(member=LEILA)).rewards[0]
    paper = service.do(
        PrintRewardVoucher(posting_id="paper", member=leila.member, programme=reward.programme)
    )
    service.close()
    yield paper.code


def test_a_paper_voucher_goes_with_its_member(counter: Counter, voucher: str) -> None:
    counter.scan(voucher)
    assert counter.rig.state.vouchers
    counter.do("469.")
    counter.scan(SARA)
    state = counter.rig.state
    assert not state.vouchers and state.fresh and state.quote is not None
    counter.scan(voucher)
    state = counter.rig.state
    assert state.member is not None and state.member.name.startswith("لیلا") and len(state.vouchers) == 1


def test_after_a_crash_it_is_still_paid_later(reopen: Reopen) -> None:
    till = reopen()
    on_account(till)
    before = till.rig.state.request()
    crash(till)
    till = reopen()
    till.do("Enter")
    assert till.rig.state.request() == before


def test_after_a_crash_the_gift_cards_sold_are_there(reopen: Reopen) -> None:
    till = reopen()
    till.do("Ctrl+g")
    till.rig.keys("500.")
    till.do("Enter")
    before = till.rig.state
    assert before.cards_sold and before.amount_minor == 0
    crash(till)
    till = reopen()
    assert "کارت هدیه" in till.rig.page.unfinished._what.accessibleName()
    till.do("Enter")
    assert till.rig.state.request() == before.request()
    assert till.rig.state.quote is not None and till.rig.state.quote.due_minor == 5_000_000


def test_after_a_crash_an_exchange_is_still_one(reopen: Reopen) -> None:
    till = reopen()
    chosen(till)
    for _ in range(3):
        till.scan(CAKE)
    both = till.rig.state.difference
    assert both is not None
    crash(till)
    till = reopen()
    assert "تعویض" in till.rig.page.unfinished._what.accessibleName()
    till.do("Enter")
    again = till.rig.state.difference
    assert again is not None and again.to_pay_minor == both.to_pay_minor
    till.do("Enter")
    toast = till.rig.state.toast
    assert isinstance(toast, Recorded) and toast.exchanged is not None
    assert toast.exchanged.to_pay_minor == both.to_pay_minor
    assert len(till.sales()) and till.rig.state.exchange is None


def test_an_exchange_that_cannot_be_any_more_is_said_and_left(reopen: Reopen) -> None:
    till = reopen()
    chosen(till)
    till.scan(CAKE)
    crash(till)
    service = open_shop(till.path)
    kept = draft(till)
    assert kept is not None and kept.exchange is not None
    service.do(VoidSale(sale_id=kept.exchange.sale_id))
    service.close()
    till = reopen()
    state = till.rig.state
    assert state.unfinished is None and state.said is not None and state.said.problem is not None
    assert draft(till) is None and not state.selling


def test_after_a_crash_somebody_must_be_named_for_the_warranty_again(reopen: Reopen) -> None:
    till = reopen()
    warranted(till)
    assert PHONE not in (till.path.parent / "shop.db.draft").read_text("utf-8")
    crash(till)
    till = reopen()
    till.do("Enter")
    assert (said(till.rig), till.rig.state.contact) == ("name_warranty_again", "")
