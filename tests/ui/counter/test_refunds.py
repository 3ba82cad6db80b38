"""Refunding a part of a sale at the counter, key for key over the real shop."""

from dataclasses import replace

from loyalty_pos.ui.counter.state import Undone
from loyalty_pos.ui.refunding import RefundForm
from tests.ui.counter.goods_shop import CAKE, CROISSANT, LEILA, Counter, built_with_goods, counter

__all__ = ["built_with_goods", "counter"]


def bought(counter: Counter) -> None:
    counter.scan(LEILA)
    for code in (CAKE, CROISSANT, CROISSANT):
        counter.scan(code)
    counter.do("Enter")


def opened(counter: Counter) -> RefundForm:
    counter.do("Shift+F10")
    counter.do("Enter")
    return form(counter)


def form(counter: Counter) -> RefundForm:
    found = counter.rig.state.refund
    assert found is not None
    return found


def test_a_unit_comes_back_with_keys_alone_and_enter_does_what_the_preview_said(counter: Counter) -> None:
    bought(counter)
    assert opened(counter).view is None
    counter.do("Tab Up")
    shown = form(counter).view
    assert shown is not None and form(counter).ready
    assert [(line.text, line.quantity) for line in shown.lines] == [("کروسان کره‌ای", 1)]
    counter.do("Enter")
    toast = counter.rig.state.toast
    assert isinstance(toast, Undone) and counter.rig.state.refund is None
    assert (toast.taken_back.refund_minor, toast.taken_back.moved) == (shown.refund_minor, shown.moved)
    assert counter.rig.tray.refunds == [toast.taken_back]
    assert counter.sales()[0].refunded_minor == shown.net_minor


def test_enter_does_nothing_while_nothing_is_chosen_and_escape_leaves_the_sale_alone(
    counter: Counter,
) -> None:
    bought(counter)
    opened(counter)
    counter.do("Enter")
    assert form(counter).view is None
    counter.do("Esc")
    assert counter.rig.state.refund is None
    assert counter.sales()[0].refunded_minor == 0


def test_an_amount_is_typed_and_everything_is_one_key(counter: Counter) -> None:
    counter.do("300. F9")
    opened(counter)
    counter.do("100.")
    view = form(counter).view
    assert view is not None and view.refund_minor == 1_000_000
    counter.do("F6")
    view = form(counter).view
    assert view is not None and (view.refund_minor, view.whole) == (3_000_000, True)
    counter.do("F9")
    assert counter.sales()[0].voided
    counter.do("Shift+F10")
    counter.do("Enter")
    assert counter.rig.state.refund is None
    assert counter.rig.state.said is not None and counter.rig.state.said.code == "already_undone"


def test_of_goods_an_amount_may_come_back_too_and_become_credit(counter: Counter) -> None:
    bought(counter)
    opened(counter)
    part = counter.rig.page.who.refund
    part.way_chosen.emit("amount")
    counter.rig.settle()
    part.amount.setFocus()
    counter.do("50.")
    part.onto.segments()[1].click()
    counter.rig.settle()
    view = form(counter).view
    assert view is not None and (view.refund_minor, form(counter).onto) == (0, "credit")
    counter.do("Enter")
    toast = counter.rig.state.toast
    assert isinstance(toast, Undone) and toast.taken_back.to_credit_minor >= 500_000


def test_what_changed_under_the_preview_is_shown_before_anything_is_posted(counter: Counter) -> None:
    bought(counter)
    opened(counter)
    counter.do("Up")
    refunding = counter.rig.page.flow.refunding
    assert refunding.form is not None and refunding.form.view is not None
    stale = replace(refunding.form.view, fingerprint="another")
    refunding.form = replace(refunding.form, view=stale)
    counter.do("Enter")
    assert form(counter).changed and form(counter).ready
    counter.do("Enter")
    assert counter.sales()[0].refunded_minor > 0


def test_a_refusal_stands_in_the_form(counter: Counter) -> None:
    bought(counter)
    opened(counter)
    counter.rig.page.flow.refunding.set_amount(10**11)
    counter.rig.page.flow.refunding.choose_way("amount")
    counter.rig.settle()
    assert form(counter).problem is not None and not form(counter).ready
    counter.do("Enter")
    assert counter.sales()[0].refunded_minor == 0
