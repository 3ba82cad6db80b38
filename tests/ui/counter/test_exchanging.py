"""Exchanging goods at the counter, key for key over the real shop."""

from loyalty_pos.ui.counter.state import Recorded
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
