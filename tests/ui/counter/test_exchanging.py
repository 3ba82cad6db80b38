"""Exchanging goods at the counter, key for key over the real shop."""

from loyalty_pos.app import commands as c
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.counter.state import Recorded, Undone, Unexchanged
from loyalty_pos.ui.pages.counter_words import toast_words
from loyalty_pos.ui.pages.said_words import said_words
from tests.languages import language
from tests.ui.counter.goods_shop import CAKE, CROISSANT, LEILA, Counter, built_with_goods, counter
from tests.ui.counter.test_refunds import bought, opened

__all__ = ["built_with_goods", "counter"]


def chosen(counter: Counter) -> int:
    """One croissant of the last sale comes back, for something else; returns its money."""
    bought(counter)
    opened(counter)
    counter.do("Ctrl+E")
    counter.do("Tab Up")
    form = counter.rig.state.refund
    assert form is not None and form.view is not None
    counter.do("Ctrl+E")
    assert (counter.rig.state.refund, counter.rig.state.exchange) == (None, form)
    return form.view.refund_minor


def test_something_dearer_is_taken_and_only_the_difference_is_paid(counter: Counter) -> None:
    back = chosen(counter)
    state = counter.rig.state
    assert state.member is not None and LEILA in state.member.cards
    for _ in range(3):
        counter.scan(CAKE)
    both = counter.rig.state.difference
    assert both is not None and both.to_pay_minor == both.sale.due_minor - back > 0
    counter.do("F8")  # an exchange does not wait
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "finish_first"
    counter.do("Enter")
    toast = counter.rig.state.toast
    assert isinstance(toast, Recorded) and toast.exchanged is not None
    assert toast.exchanged.to_pay_minor == both.to_pay_minor
    assert counter.rig.tray.refunds == [toast.exchanged.back]
    new, old = counter.sales()[:2]
    assert (old.refunded_minor, new.due_minor) == (back, both.sale.due_minor)
    assert counter.rig.state.exchange is None


def test_something_cheaper_is_taken_twice_over_and_what_changed_is_shown_first(counter: Counter) -> None:
    back = chosen(counter)
    counter.scan(CROISSANT)
    both = counter.rig.state.difference
    assert both is not None
    assert both.to_pay_minor - both.to_return_minor == both.sale.due_minor - back
    counter.rig.page.flow.desk.change(exchanged=None)
    counter.do("Esc Esc Esc")
    assert counter.rig.state.exchange is None
    assert counter.sales()[0].refunded_minor == 0  # cleared: nothing came back


def test_ctrl_z_after_an_exchange_undoes_both_halves_and_once_more_nothing(counter: Counter) -> None:
    back = chosen(counter)
    before = counter.sales()[0]
    for _ in range(3):
        counter.scan(CAKE)
    counter.do("Enter")
    exchanged = counter.sales()[0]
    counter.do("Ctrl+Z")
    toast = counter.rig.state.toast
    assert isinstance(toast, Unexchanged)
    assert toast.view.to_return_minor == exchanged.due_minor - back
    again, gone, first = counter.sales()[:3]
    assert (gone.sale_id, gone.voided, first.voided) == (exchanged.sale_id, True, True)
    assert (again.due_minor, again.refunded_minor, again.lines) == (before.due_minor, 0, before.lines)
    title, more = toast_words(toast, language("en"), paper="")
    assert title == f"Exchange undone: sale {gone.number}"
    assert "to pay back" in more and f"now sale {again.number}" in more
    counter.do("Ctrl+Z")
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "already_undone"
    assert not counter.sales()[0].voided


def test_where_the_first_sale_cannot_stand_again_ctrl_z_says_so_and_offers_the_new_one(
    counter: Counter,
) -> None:
    chosen(counter)
    counter.scan(CAKE)
    counter.do("Enter")
    new, first = counter.sales()[:2]
    back = c.RefundSale(
        refund_id="more", sale_id=str(first.sale_id), lines=(c.RefundLine(line=1, quantity=1),)
    )
    service = open_shop(counter.path)
    service.do(back)
    service.close()
    counter.do("Ctrl+Z")
    said = counter.rig.state.said
    assert said is not None and isinstance(said.problem, Rejection)
    assert said_words(said, language("en"))[1] == "Ctrl Z once more takes back the new sale alone"
    assert not counter.sales()[0].voided
    counter.do("Ctrl+Z")
    toast = counter.rig.state.toast
    assert isinstance(toast, Undone) and toast.alone and toast.taken_back.sale_id == new.sale_id
    assert toast_words(toast, language("en"), paper="")[1] == "What came back for it stays returned"
