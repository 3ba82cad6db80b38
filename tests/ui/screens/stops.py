"""Every page and the main states of the counter, over one shop with people, goods and programmes."""

from collections.abc import Callable
from pathlib import Path

from loyalty_pos.app.commands import PutProduct
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages.members import MembersPage
from loyalty_pos.ui.pages.programmes import ProgrammesPage
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
    rig.qtbot.waitUntil(lambda: page.pane.showing is page.pane.person, timeout=5000)


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


def members_page(rig: Rig) -> MembersPage:
    return next(page for page in rig.window.others if isinstance(page, MembersPage))


def programmes_page(rig: Rig) -> ProgrammesPage:
    return next(page for page in rig.window.others if isinstance(page, ProgrammesPage))


STOPS: dict[str, Callable[[Rig], None]] = {
    each.__name__: each
    for each in (
        idle, amount, credit, items, several, unknown_card, join, why, keys, recorded, recent,
        members, members_edit, members_new, member_lists, programmes, programme_edit, programme_new,
        programme_codes, codes_shown, segment_list, partners, news, settings,
    )
}  # fmt: skip
MAIN = ("idle", "amount", "items", "members", "programme_edit", "settings")
"""One state of every page, and three of the counter."""
