"""A refund on the counter: its form stands in the state, and the keyboard goes there and back."""

from collections.abc import Callable

from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.refunding import RefundForm, Refunding


def refunding_on(desk: Desk, new_id: Callable[[], str]) -> Refunding:
    """Make what keeps a refund, telling the counter's state of it."""
    refunding = Refunding(desk.courier, new_id)

    def changed(form: RefundForm | None) -> None:
        if form is None:
            desk.change(refund=None, focus=desk.focus(Place.SEARCH))
        elif desk.state.refund is None:
            # What has just happened makes room for what is asked now.
            desk.change(refund=form, toast=None, said=None, focus=desk.focus(Place.REFUND))
        else:
            desk.change(refund=form)

    refunding.changed = changed
    return refunding
