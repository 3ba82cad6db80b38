"""Gift cards that were given away, on their desk: given, found by code, printed anew, taken out of use."""

from collections.abc import Callable

from loyalty_pos.app.commands import IssueGiftCard
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.gift_cards_desk import GiftCardsDesk
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]


def opened(desk: Desk) -> GiftCardsDesk:
    desk.go(desk.programmes)
    desk.press("Ctrl+g")
    desk.rig.settle()
    side = desk.programmes.annex.desk("gift_cards")
    assert isinstance(side, GiftCardsDesk)
    return side


def titles(side: GiftCardsDesk) -> list[str]:
    return [f"{bidi.strip(row.title.said())} {row.chip.accessibleName()}" for row in side.listed.rows]


def test_a_card_is_given_found_by_its_code_printed_anew_and_taken_out_of_use(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    side = opened(desk)
    assert side.look_up.hasFocus() and "No gift card" in side.listed.none.said()
    desk.press("Ctrl+s")
    assert "amount" in side.told.accessibleName() and desk.rig.tray.gift_cards == []
    side.amount.put(500_000)
    desk.press("Ctrl+s")
    desk.rig.settle()
    assert titles(side) == ["Gift card 1 \u00b7 50,000 T Good"]
    code = desk.rig.tray.gift_cards[0].codes[0].code
    side.look_up.setText(code)
    side.look_up.returnPressed.emit()
    desk.rig.settle()
    assert side.one.isVisible() and side.giving.isHidden() and side.reason.line.hasFocus()
    desk.press("Ctrl+p")
    assert side.reason.wrong.isVisible() and len(desk.rig.tray.gift_cards) == 1, "a reason is asked for"
    side.reason.line.setText("lost")
    desk.press("Ctrl+p")
    desk.rig.settle()
    assert [one.codes[0].card for one in desk.rig.tray.gift_cards] == [1, 2]
    assert titles(side) == ["Gift card 2 \u00b7 50,000 T Good", "Gift card 1 \u00b7 50,000 T Out of use"]
    side.listed.rows[0].button.click()
    side.take_out()
    side.reason.line.setText("given by mistake")
    desk.press("Alt+1")
    desk.rig.settle()
    assert titles(side)[0].endswith("Out of use") and "out of use" in side.told.accessibleName()
    side.takes_scan("not a code")
    desk.rig.settle()
    assert side.one.isHidden() and side.told.isVisible()
    side.listed.rows[0].button.click()
    assert side.again.isHidden() and side.void.isHidden() and side.reason.isHidden()
    desk.press("Esc")
    assert side.giving.isVisible()
    desk.press("Esc")
    assert not desk.programmes.annex.on


def test_more_cards_are_read_on_and_a_shop_without_a_printer_gives_none(open_desk: OpenDesk) -> None:
    desk = open_desk(code="en")
    desk.rig.program.dispatcher.do(IssueGiftCard(posting_id="many", face_minor=10_000, count=60))
    side = opened(desk)
    assert len(side.listed.rows) == 50
    desk.press("Ctrl+PageDown")
    desk.rig.settle()
    assert len(side.listed.rows) == 60 and not side.listed.more.isVisible()
    side.paper = None
    side.amount.put(10)
    side.give.click()
    assert "printer" in side.told.accessibleName()
