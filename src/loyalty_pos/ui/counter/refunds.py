"""A refund on the counter: its form stands in the state, and the keyboard goes there and back."""

from collections.abc import Callable

from loyalty_pos.ui.counter.desk import Desk
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.refunding import RefundForm, Refunding


def refunding_on(desk: Desk, new_id: Callable[[], str]) -> Refunding:
    """Make what keeps a refund, telling the counter's state of it."""
    refunding = Refunding(desk.courier, new_id)

    def changed(form: RefundForm | None) -> None:
        opens = (form is None) != (desk.state.refund is None)
        place = Place.REFUND if form else Place.SEARCH
        desk.change(refund=form, focus=desk.focus(place) if opens else desk.state.focus)

    refunding.changed = changed
    return refunding
