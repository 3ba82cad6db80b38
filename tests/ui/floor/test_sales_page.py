"""The sales page in the real window: a sale is found by what is in hand, and set right with keys."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from loyalty_pos.app.commands import RecordSale
from loyalty_pos.app.queries import Audit, Sale
from loyalty_pos.app.views import SaleView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.identifiers import receipt_barcode
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages import sales_list
from loyalty_pos.ui.pages.sales import SalesPage
from tests.ui.counter.rig import MakeRig
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]
SARA, HAMID, LEILA = "4410339108", "4410339207", "4410339306"


def ready(open_desk: OpenDesk) -> tuple[Desk, SalesPage]:
    """The page open over ten sales, the last one nobody's."""
    desk = open_desk(code="en")
    service = open_shop(desk.path)
    service.do(RecordSale(sale_id="nobody", amount_minor=7_770_000))
    service.close()
    desk.go(desk.sales)
    page = desk.sales
    desk.rig.qtbot.waitUntil(lambda: page.pane.ready)
    return desk, page


def stored(desk: Desk, sale_id: str) -> SaleView:
    service = open_shop(desk.path)
    try:
        view: SaleView = service.ask(Sale(sale_id=sale_id))
        assert service.ask(Audit()).ok
        return view
    finally:
        service.close()


def numbers(page: SalesPage) -> list[int]:
    """The numbers of the sales listed."""
    return [sale.number for sale in page.list.sales]


def until_shown(desk: Desk, page: SalesPage, sale_id: str) -> None:
    desk.rig.settle()
    desk.rig.qtbot.waitUntil(lambda: page.pane.ready and page.pane.wanted == sale_id)


def test_a_sale_is_printed_again_named_refunded_and_taken_back_with_keys_alone(open_desk: OpenDesk) -> None:
    desk, page = ready(open_desk)
    pane, detail = page.pane, page.pane.detail
    assert (pane.wanted, detail.name.said()) == ("nobody", "Sale 10")
    desk.press("F10")
    assert desk.rig.tray.sales == ["nobody"] and "on its way" in detail.told.accessibleName()
    desk.press("Ctrl+e")
    assert pane.showing is pane.whose
    desk.rig.scan(SARA)
    desk.rig.settle()
    until_shown(desk, page, "nobody")
    assert stored(desk, "nobody").member is not None and "its member now" in detail.told.accessibleName()
    desk.press("Enter")
    desk.rig.qtbot.waitUntil(lambda: pane.showing is pane.refund)
    desk.press("100.")
    desk.press("Enter")
    until_shown(desk, page, "nobody")
    assert stored(desk, "nobody").refunded_minor > 0 and desk.rig.tray.refunds != []
    assert "refunded" in detail.state.accessibleName()
    desk.press("Ctrl+z Esc")
    assert not pane.asking and not stored(desk, "nobody").voided
    desk.press("Ctrl+z Enter")
    until_shown(desk, page, "nobody")
    assert stored(desk, "nobody").voided and not detail.refund.isEnabled() and not detail.void.isEnabled()
    desk.press("Ctrl+z Ctrl+e Enter")
    assert not pane.asking and detail.isVisible()  # what was taken back is left alone


def test_a_sale_on_the_wrong_member_moves_to_the_right_one_and_a_refusal_is_said(open_desk: OpenDesk) -> None:
    desk, page = ready(open_desk)
    desk.press("7770000")
    desk.press("Esc")
    service = open_shop(desk.path)
    service.do(RecordSale(sale_id="wrong", member=HAMID, amount_minor=50_000))
    service.close()
    desk.rig.program.dispatcher.changed.emit(page.concerns)
    until_shown(desk, page, "nobody")
    desk.press("Home")
    until_shown(desk, page, "wrong")
    desk.press("Ctrl+e")
    assert "really" in page.pane.whose._title.said()
    desk.rig.scan(HAMID)  # that is whose it is already
    desk.rig.settle()
    assert page.pane.showing is page.pane.whose and page.pane.whose.trouble.isVisible()
    desk.rig.scan(LEILA)
    desk.rig.settle()
    assert page.pane.sale is not None
    assert not page.pane.whose.trouble.isVisible(), page.pane.whose.trouble.accessibleName()
    moved = page.pane.wanted
    until_shown(desk, page, moved)
    assert moved != "wrong" and stored(desk, "wrong").voided
    assert page.list.rows.current_key() == moved


def test_the_list_follows_what_is_typed_scanned_and_chosen(open_desk: OpenDesk) -> None:
    desk, page = ready(open_desk)
    rows = page.list.rows
    assert len(numbers(page)) == 10
    desk.press("777000")
    assert numbers(page) == [10]
    desk.press("99")
    assert numbers(page) == [] and "No such sale" in page.list.message.accessibleName()
    desk.rig.scan(receipt_barcode(3))
    desk.rig.settle()
    assert numbers(page) == [3]
    desk.press("Esc")
    assert len(numbers(page)) == 10 and not page.list.narrowed
    desk.press("Home Down Down Up")
    assert rows.current_key() == page.list.sales[1].sale_id
    page.list.choices.segments()[2].click()
    desk.rig.settle()
    assert numbers(page) == [10]
    page.list.message.acted.emit("all")
    desk.rig.settle()
    page.list.choices.segments()[1].click()
    desk.rig.settle()
    desk.press("Esc F7")
    assert QApplication.focusWidget() is page.pane.detail.why._scroll
    desk.press("Esc")
    assert desk.rig.window.stack.currentWidget() is desk.rig.page  # back at the counter
    desk.rig.keys("Ctrl+6")
    desk.rig.scan(LEILA)  # a member's card means the counter
    desk.rig.settle()
    assert desk.rig.window.stack.currentWidget() is desk.rig.page
    assert desk.rig.state.member is not None


class Moody:
    """The real shop, out of order while `faulty` where sales are looked for."""

    def __init__(self, service: object) -> None:
        self._service, self.faulty = service, True

    def do(self, command: object) -> object:
        return self._service.do(command)  # type: ignore[attr-defined]

    def ask(self, query: object) -> object:
        if self.faulty and type(query).__name__ in ("FindSales", "Sale"):
            raise Fault("busy_file", path="shop.db")
        return self._service.ask(query)  # type: ignore[attr-defined]

    def close(self) -> None:
        self._service.close()  # type: ignore[attr-defined]


def test_trouble_is_said_and_tried_again_and_a_page_comes_when_the_end_is_near(
    open_desk: OpenDesk, make_rig: MakeRig
) -> None:
    desk, _ = ready(open_desk)
    desk.rig.close()
    made: list[Moody] = []

    def factory() -> Moody:
        made.append(Moody(open_shop(desk.path)))
        return made[-1]

    rig = make_rig(code="en", factory=factory)
    other = Desk(rig, desk.path)
    kept, sales_list.PAGE = sales_list.PAGE, 4
    try:
        other.go(other.sales)
        rig.settle()
        shown = other.sales.list
        assert "Try again" in shown.message.buttons["again"].text()
        made[-1].faulty = False
        other.press("F5")
        assert len(shown.sales) > 4  # the first page does not fill the list, so the next one came too
        assert bidi.strip(shown.rows.texts()[0].sub).startswith("sale 10")
    finally:
        sales_list.PAGE = kept


def test_a_question_stays_asked_when_the_window_speaks_another_language(open_desk: OpenDesk) -> None:
    desk, page = ready(open_desk)
    desk.press("Ctrl+z")
    desk.rig.program.choose("language")
    assert page.pane.asking and "۱۰" in page.pane.detail.question.accessibleName()
    desk.press("Esc")
    assert page.pane.detail.question.isHidden() and not stored(desk, "nobody").voided
