"""Draw the desks beside the programmes: `python -m tests.gallery_sides [state …]`.

Pictures go to build/gallery; exit status 1 when text is cut.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from loyalty_pos.app.commands import IssueGiftCard
from loyalty_pos.app.commands_cards import VoidGiftCard
from loyalty_pos.ui.pages.gift_cards_desk import GiftCardsDesk
from loyalty_pos.ui.pages.news_desk import NewsDesk
from loyalty_pos.ui.pages.partners_desk import PartnersDesk
from tests.gallery import Waiter, begin, draw, leave, tour
from tests.gallery_owner import listed, open_annex, programmes
from tests.ui.counter import real_shop
from tests.ui.counter.rig import Rig
from tests.ui.studio import games_shop


def beside(key: str) -> Callable[[Rig], None]:
    def opened(rig: Rig) -> None:
        open_annex(rig, key)

    return opened


def leaving(rig: Rig) -> None:
    """The question why a guest is invited no more."""
    page = open_annex(rig, "tasting")
    page.annex.desk("invitation").listed.rows[0].undo.click()
    rig.settle()


def told(rig: Rig) -> None:
    """The question before a seed is told."""
    open_annex(rig, "wheel")
    rig.keys("F3")
    rig.settle()


def news(rig: Rig) -> None:
    listed(rig)
    rig.keys("Ctrl+i")
    rig.settle()
    desk = programmes(rig).annex.desk("news")
    assert isinstance(desk, NewsDesk)
    desk.interest.setText("چای")
    desk.ask()
    rig.settle()


def partners(rig: Rig) -> PartnersDesk:
    listed(rig)
    rig.keys("Ctrl+b")
    rig.settle()
    desk = programmes(rig).annex.desk("partners")
    assert isinstance(desk, PartnersDesk)
    return desk


def mode(rig: Rig, place: int) -> PartnersDesk:
    desk = partners(rig)
    desk.mode.segments()[place].setChecked(True)
    rig.settle()
    return desk


def edited(rig: Rig) -> None:
    desk = partners(rig)
    desk.listed.rows[0].button.click()
    rig.settle()


def bundled(rig: Rig) -> None:
    desk = mode(rig, 1)
    desk.bundle.editor("value").put(1_200_000)
    desk.bundle.editor("expires").put("2027-09-30")
    for one in desk.listed.rows:
        one.button.click()
    rig.settle()


def honoured(rig: Rig) -> None:
    desk = mode(rig, 2)
    desk.honouring.take("A" * 167)
    rig.settle()


def settled(rig: Rig) -> None:
    desk = mode(rig, 3)
    desk.listed.rows[0].button.click()
    rig.settle()
    desk.settling.presenting.take("B" * 167)
    rig.settle()


def given_cards(rig: Rig) -> GiftCardsDesk:
    """Gift cards that were given away, one of them out of use."""
    do = rig.program.dispatcher.do
    for number, face in enumerate((500_000, 1_000_000, 250_000)):
        expires = "2027-03-20" if number else None
        do(IssueGiftCard(posting_id=f"gift-{number}", face_minor=face, expires=expires))
    do(VoidGiftCard(posting_id="gone", card=3, reason="گم شد"))
    return no_cards(rig)


def no_cards(rig: Rig) -> GiftCardsDesk:
    listed(rig)
    rig.keys("Ctrl+g")
    rig.settle()
    desk = programmes(rig).annex.desk("gift_cards")
    assert isinstance(desk, GiftCardsDesk)
    return desk


def given_card(rig: Rig) -> None:
    """One of them, and what may be done with it."""
    desk = given_cards(rig)
    desk.listed.rows[1].button.click()
    rig.keys("Ctrl+p")
    rig.settle()


STATES: dict[str, Callable[[Rig], object]] = {
    "sides_challenge": beside("cake3"),
    "sides_draw": beside("wheel"),
    "sides_draw_told": told,
    "sides_guests": beside("tasting"),
    "sides_guests_leaving": leaving,
    "sides_answers": beside("stars"),
    "sides_ideas": beside("idea"),
    "sides_queue": beside("mug"),
    "sides_lapsed": beside("vip"),
    "sides_news": news,
    "sides_gift_cards": given_cards,
    "sides_gift_card": given_card,
    "sides_gift_cards_empty": no_cards,
    "sides_partners": edited,
    "sides_partners_issue": bundled,
    "sides_partners_honour": honoured,
    "sides_partners_settle": settled,
    "sides_partners_empty": partners,
}


def draw_side(name: str, path: Path) -> list[str]:
    """Bring the page to a desk once, then switch language, look and size live."""
    rig = Rig(cast(QtBot, Waiter()), factory=lambda: games_shop.opened(path))
    found: list[str] = []
    try:
        STATES[name](rig)
        for stop in tour(rig):
            rig.settle()
            found += draw(rig.window, f"{name}_{stop}")
    finally:
        leave(rig)
    return found


def main(wanted: list[str]) -> int:
    app = begin()
    found: list[str] = []
    for name in STATES:
        if not wanted or name in wanted:
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                path = Path(folder) / "shop.db"
                real_shop.build(path)
                if name != "sides_partners_empty":
                    games_shop.add(path)
                found += draw_side(name, path)
    for line in found:
        print(f"cut: {line}")
    app.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
