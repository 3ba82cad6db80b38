"""Every page and the main states of the counter, over one shop with people, goods and programmes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QScrollArea

from loyalty_pos.app.commands import PutProduct
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages.members import MembersPage
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from loyalty_pos.ui.pages.reports import ReportsPage
from loyalty_pos.ui.pages.sales import SalesPage
from tests.ui.counter.goods_shop import CAKE, CROISSANT, GOODS, LATTE
from tests.ui.counter.rig import Rig
from tests.ui.pages import people
from tests.ui.pages.people import LEILA, SARA
from tests.ui.studio import codes_shop


def build(path: Path) -> None:
    """Make the shop."""
    people.build(path)
    service = open_shop(path)
    try:
        for sku, name, price, group, barcode in GOODS:
            service.do(PutProduct(sku=sku, name=name, price_minor=price, group=group, barcode=barcode))
    finally:
        service.close()
    codes_shop.add(path)


def idle(rig: Rig) -> None:
    """Nobody stands here."""


def amount(rig: Rig) -> None:
    rig.scan(SARA)
    rig.settle()
    rig.keys("469.")


def credit(rig: Rig) -> None:
    rig.scan(LEILA)
    rig.settle()
    rig.keys("469.")
    rig.settle()
    rig.keys("Shift+F6 3.")


def items(rig: Rig) -> None:
    for code in (SARA, LATTE, CAKE, CROISSANT, CROISSANT):
        rig.scan(code)
        rig.settle()


def several(rig: Rig) -> None:
    rig.keys("6789 Enter")


def unknown_card(rig: Rig) -> None:
    rig.scan("4499887766")


def join(rig: Rig) -> None:
    rig.keys("F3")


def why(rig: Rig) -> None:
    amount(rig)
    rig.settle()
    rig.keys("F7")


def keys(rig: Rig) -> None:
    rig.keys("F1")


def recorded(rig: Rig) -> None:
    amount(rig)
    rig.settle()
    rig.keys("Enter")


def recent(rig: Rig) -> None:
    recorded(rig)
    rig.settle()
    rig.keys("Shift+F10")


def members(rig: Rig) -> None:
    rig.keys("Ctrl+2")
    page = members_page(rig)
    rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.person)


def members_why(rig: Rig) -> None:
    """The why of a sale in a member's history."""
    _sara(rig)
    page = members_page(rig)
    rig.keys("F7")
    rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.why)


def members_refund(rig: Rig) -> None:
    """A part of a sale to be taken back."""
    _sara(rig)
    page = members_page(rig)
    page.pane.refund.ask("paid-1", print)
    rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.refund)


def members_adjust(rig: Rig) -> None:
    _sara(rig)
    members_page(rig).pane.correct("adjust")


def members_merge(rig: Rig) -> None:
    _sara(rig)
    members_page(rig).pane.correct("merge")


def members_details(rig: Rig) -> None:
    _sara(rig)
    members_page(rig).pane.person.turn_to("about")


def members_rewards(rig: Rig) -> None:
    _sara(rig)
    members_page(rig).pane.person.turn_to("holdings")


def _sara(rig: Rig) -> None:
    members(rig)
    page = members_page(rig)
    page.people.search.line.setText(SARA)
    page.people.ask()
    rig.settle()
    rig.qtbot.waitUntil(lambda: page.pane.member is not None and SARA in page.pane.member.cards)
    rig.settle()


def members_edit(rig: Rig) -> None:
    members(rig)
    members_page(rig).pane.person.edit.click()


def members_new(rig: Rig) -> None:
    members(rig)
    rig.keys("F3")


def programmes(rig: Rig) -> None:
    rig.keys("Ctrl+3")


def programme_edit(rig: Rig) -> None:
    programmes(rig)
    rig.settle()
    programmes_page(rig)._choose("drinks")


def programme_new(rig: Rig) -> None:
    programmes(rig)
    rig.settle()
    rig.keys("Ctrl+n")
    rig.settle()
    rig.keys("Ctrl+s")


def programme_codes(rig: Rig) -> None:
    """The desk of a programme's codes."""
    programmes(rig)
    rig.settle()
    programmes_page(rig)._choose("spring")
    rig.keys("Ctrl+k")


def codes_shown(rig: Rig) -> None:
    """Codes just issued, shown once."""
    programme_codes(rig)
    rig.settle()
    rig.keys("Ctrl+s")


def segment_list(rig: Rig) -> None:
    """The desk of a segment's list made by hand."""
    programmes(rig)
    rig.settle()
    programmes_page(rig)._choose("friends")
    rig.keys("Ctrl+k")


def programme_history(rig: Rig) -> None:
    """What a programme was before."""
    programme_edit(rig)
    rig.settle()
    rig.keys("Ctrl+h")


def first_steps(rig: Rig) -> None:
    """Setting up a club, where ready-made programmes are chosen."""
    rig.window.go_to("club")
    rig.settle()
    rig.keys("Esc Esc")


def partners(rig: Rig) -> None:
    """The desk of partners, before there is one."""
    programmes(rig)
    rig.settle()
    rig.keys("Ctrl+b")


def news(rig: Rig) -> None:
    """The desk of news for an interest."""
    programmes(rig)
    rig.settle()
    rig.keys("Ctrl+i")


def member_lists(rig: Rig) -> None:
    """The lists a member is on."""
    members(rig)
    rig.keys("Ctrl+k")


def settings(rig: Rig) -> None:
    rig.keys("Ctrl+5")


def settings_low(rig: Rig) -> None:
    """The lower end of the settings."""
    settings(rig)
    rig.settle()
    area = rig.window.others[3].findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def reports(rig: Rig) -> None:
    rig.keys("Ctrl+4")


def reports_promises(rig: Rig) -> None:
    reports(rig)
    rig.settle()
    page = rig.window.others[2]
    assert isinstance(page, ReportsPage)
    page.which.segments()[1].setChecked(True)


def sales(rig: Rig) -> None:
    rig.keys("Ctrl+6")
    page = sales_page(rig)
    rig.qtbot.waitUntil(lambda: page.pane.ready)


def sales_refund(rig: Rig) -> None:
    sales(rig)
    rig.keys("Enter")
    page = sales_page(rig)
    rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.refund)


def sales_move(rig: Rig) -> None:
    sales(rig)
    rig.keys("Ctrl+e")


def sales_void(rig: Rig) -> None:
    """The question before a whole sale is taken back."""
    sales(rig)
    rig.keys("Ctrl+z")


def sales_nothing(rig: Rig) -> None:
    sales(rig)
    rig.keys("999999")


def day(rig: Rig) -> None:
    rig.keys("Ctrl+7")


def day_closed(rig: Rig) -> None:
    day(rig)
    rig.settle()
    rig.keys("Ctrl+s")


def locked(rig: Rig) -> None:
    amount(rig)
    rig.settle()
    rig.keys("Ctrl+l")


def sales_page(rig: Rig) -> SalesPage:
    return next(page for page in rig.window.others if isinstance(page, SalesPage))


def members_page(rig: Rig) -> MembersPage:
    return next(page for page in rig.window.others if isinstance(page, MembersPage))


def programmes_page(rig: Rig) -> ProgrammesPage:
    return next(page for page in rig.window.others if isinstance(page, ProgrammesPage))


STOPS: dict[str, Callable[[Rig], None]] = {
    each.__name__: each
    for each in (
        idle, amount, credit, items, several, unknown_card, join, why, keys, recorded, recent,
        members, members_edit, members_new, member_lists, programmes, programme_edit, programme_new,
        programme_codes, codes_shown, segment_list, partners, news, settings, settings_low,
        members_why, members_refund, members_adjust, members_merge, members_details, members_rewards,
        reports, reports_promises, sales, sales_refund, sales_move, sales_void, sales_nothing,
        day, day_closed, locked, programme_history, first_steps,
    )
}  # fmt: skip
MAIN = ("idle", "amount", "items", "members", "programme_edit", "settings", "reports", "sales", "day")
"""One state of every page, and three of the counter."""
