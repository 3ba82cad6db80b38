"""Refunding a part of a sale from a member's history, over the real service."""

from loyalty_pos.app.queries import Sale
from tests.ui.pages import people
from tests.ui.pages.conftest import PageDesk
from tests.ui.pages.people import SARA


def opened(desk: PageDesk, sale_id: str) -> None:
    """Open the why of a sale and ask there for a refund."""
    desk.show(SARA)
    desk.person.timeline.opened.emit(sale_id)
    desk.until(lambda: desk.pane.showing is desk.pane.why)
    desk.pane.why.refund.click()


def test_a_part_of_a_sale_is_refunded_from_the_history_and_the_member_shows_it(desk: PageDesk) -> None:
    opened(desk, "paid-1")
    desk.until(lambda: desk.pane.showing is desk.pane.refund)
    before = desk.pane.member
    desk.keys("100.")
    form = desk.pane.refund.refunding.form
    assert form is not None and form.ready and form.view is not None
    desk.keys("Enter")
    desk.until(lambda: desk.pane.showing is desk.person)
    desk.until(lambda: desk.pane.member != before)
    assert people.ask(desk.path, Sale(sale_id="paid-1")).refunded_minor == 1_000_000
    assert [back.refund_minor for back in desk.rig.tray.refunds] == [form.view.refund_minor]


def test_escape_leaves_a_refund_and_nothing_moved(desk: PageDesk) -> None:
    opened(desk, "paid-1")
    desk.until(lambda: desk.pane.showing is desk.pane.refund)
    desk.keys("100.")
    desk.keys("Esc")
    assert desk.pane.showing is desk.person
    assert people.ask(desk.path, Sale(sale_id="paid-1")).refunded_minor == 0


def test_a_sale_taken_back_already_is_not_offered(desk: PageDesk) -> None:
    opened(desk, "wrong-1")
    desk.until(lambda: desk.person.said.isVisibleTo(desk.person))
    assert desk.pane.showing is not desk.pane.refund


def test_a_long_amount_leaves_both_buttons_of_a_refund_whole(desk: PageDesk) -> None:
    opened(desk, "paid-1")
    desk.until(lambda: desk.pane.showing is desk.pane.refund)
    part = desk.pane.refund.part
    desk.keys("10")
    desk.rig.settle()
    for width in (700, 300):
        part.setFixedWidth(width)
        desk.rig.settle()
        assert all(button.width() >= button.sizeHint().width() for button in (part.confirm, part.all))
        assert (part.confirm.y() == part.all.y()) is (width == 700)
