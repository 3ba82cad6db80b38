"""Partners with the keyboard alone: put one in, issue a bundle, take theirs, settle, print the sheet."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from loyalty_pos.app.partner_views import PartnerVouchersView, SettlementView
from loyalty_pos.app.queries import GiftCard
from loyalty_pos.app.queries_games import Partners, Settlement
from loyalty_pos.domain.text import strip_isolates
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.partners_desk import PartnersDesk
from tests.ui.counter.rig import MakeRig
from tests.ui.studio import games_shop
from tests.ui.studio.desk import Desk
from tests.ui.studio.games_shop import HAMID
from tests.ui.studio.test_side_desks import Saves, ask, make_rig, played, rows, told

__all__ = ["make_rig", "played"]


class Prints(Saves):
    """Stands where paper goes."""

    def __init__(self) -> None:
        super().__init__()
        self.printed: list[Any] = []

    def voucher(self, slip: Any) -> None:
        self.printed.append(slip)


@pytest.fixture
def desk(played: Path, tmp_path: Path, make_rig: MakeRig) -> Desk:
    folder = tmp_path / "shop"
    shutil.copytree(played, folder)
    path = folder / "shop.db"
    opened = Desk(make_rig(code="en", factory=lambda: games_shop.opened(path)), path)
    opened.go(opened.programmes)
    opened.rig.settle()
    opened.press("Ctrl+b")
    return opened


def partners(desk: Desk) -> PartnersDesk:
    found = desk.programmes.annex.desk("partners")
    assert isinstance(found, PartnersDesk)
    return found


def turn(desk: Desk, mode: str) -> PartnersDesk:
    found = partners(desk)
    next(one for one in found.mode.segments() if one.key == mode).setChecked(True)  # type: ignore[attr-defined]
    desk.rig.settle()
    return found


def test_a_partner_is_put_in_changed_and_our_own_card_is_copied(desk: Desk) -> None:
    side = partners(desk)
    assert [title for title, _, _ in rows(side)] == ["عکاسی مهتاب", "گل‌فروشی نسترن"]
    side.firm.editor("name").put("Bakery")
    side.firm.editor("card").put("no card")
    desk.press("Ctrl+s")
    assert told(side) == "This is no whole card: it has a shop and a key"
    side.firm.editor("card").put("SHOP " + "0A" * 8 + ", key " + "b1" * 32)
    desk.press("Ctrl+s")
    assert told(side) == "Saved: Bakery"
    found = next(one for one in ask(desk, Partners()).partners if one.name == "Bakery")
    assert (found.key, found.shop, found.cap_minor, found.live) == ("partner-0a0a0a0a", "0a" * 8, None, True)
    next(row for row in side.listed.rows if row.title.said().endswith("Bakery\u2069")).button.click()
    assert side.firm.editor("card").findChildren(QLineEdit)[0].cursorPosition() == 0, "its beginning shows"
    side.firm.editor("cap").put(500_000)
    side.firm.editor("live").put(False)
    desk.press("Ctrl+s")
    found = next(one for one in ask(desk, Partners()).partners if one.name == "Bakery")
    assert (found.cap_minor, found.live) == (500_000, False)
    assert ("Paused", True) in [(chip, "50,000 T" in line) for _, line, chip in rows(side)]
    desk.press("Alt+1")
    own = ask(desk, Partners())
    assert QApplication.clipboard().text() == f"{own.shop} {own.public_key}"
    desk.press("F3")
    assert side.firm.partner is None and not side.takes_scan("x") and not side.act(Pressed(Action.WHY))


def test_a_bundle_is_issued_for_a_member_and_printed_and_theirs_is_taken_once(desk: Desk) -> None:
    side, prints = turn(desk, "issue"), Prints()
    side.paper = prints  # type: ignore[assignment]
    side.listed.rows[0].button.click()
    assert told(side) == "Write worth and last day first"
    side.bundle.editor("value").put(700_000)
    side.bundle.editor("expires").put("2027-03-01")
    for one in side.listed.rows:
        one.button.click()
    side.takes_scan(HAMID)
    desk.rig.settle()
    desk.press("Ctrl+s")
    assert told(side) == "2 vouchers issued"
    desk.press("Ctrl+p")
    (made,) = prints.printed
    assert isinstance(made, PartnerVouchersView)
    assert (made.member_name, [one.value_minor for one in made.vouchers]) == ("حمید رضایی", [700_000] * 2)
    desk.press("Ctrl+s")  # nothing is left to issue
    assert [one.issued for one in ask(desk, Partners()).partners] == [2, 2]

    turn(desk, "honour")
    token = games_shop.a_token_of_theirs(desk.path)
    middle = "A" if token[60] != "A" else "B"
    for text, said in (
        (token[:60] + middle + token[61:], "This voucher is not as its issuer signed it; it is not honoured"),
        (token, "Honoured: 80,000 T from گل‌فروشی نسترن; it pays as a gift card"),
        (token, "This voucher was presented before, on 30 Aban 1405"),
    ):
        side.takes_scan(text)
        desk.rig.settle()
        assert told(side).startswith(said[:60])
    assert ask(desk, GiftCard(code=token)).left_minor == 800_000
    desk.press("Esc")
    assert not desk.programmes.annex.on


def test_vouchers_are_settled_each_once_and_the_sheet_is_printed_saved_and_listed(
    desk: Desk, tmp_path: Path
) -> None:
    side, prints = turn(desk, "settle"), Prints()
    side.paper = prints  # type: ignore[assignment]
    place = next(n for n, row in enumerate(side.listed.rows) if "نسترن" in row.title.said())
    side.listed.rows[place].button.click()
    desk.rig.settle()
    assert [chip for _, _, chip in rows(side)] == ["honoured here", "not presented yet"]
    first, second = games_shop.our_tokens(desk.path)
    for token in (first, first, second):
        side.takes_scan(token)
    assert strip_isolates(side.settling.sums.said()).splitlines()[0] == "2 vouchers taken in"
    desk.press("Ctrl+s")
    assert told(side).startswith("1 voucher accepted: 150,000 T · not number 2: This voucher is for another")
    sheet = ask(desk, Settlement(partner="firm0"))
    assert (sheet.we_owe_minor, sheet.they_owe_minor, sheet.open_minor) == (1_500_000, 800_000, 0)
    assert [chip for _, _, chip in rows(side)] == ["honoured here", "presented"]
    desk.press("Ctrl+p")
    assert isinstance(prints.printed[0], SettlementView) and prints.printed[0].partner == "firm0"
    side.ask_file = lambda stem, endings: str(tmp_path / stem)
    desk.press("Alt+1")
    side.save.click()
    assert [(type(what), path.name) for what, path in prints.saved] == [
        (SettlementView, "settlement.pdf"),
        (Settlement, "settlement.xlsx"),
    ]
    desk.press("Esc")
    assert len(rows(side)) == 2 and desk.programmes.annex.on
