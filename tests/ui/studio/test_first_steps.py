"""An owner's first day: from nothing to the first voucher, and every step skippable with the keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loyalty_pos.app.commands import EnrolMember, PublishProgramme
from loyalty_pos.app.queries import Audit, Programmes
from loyalty_pos.app.settings import ASKS
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui.pages.first_steps import STEPS, FirstStepsPage
from loyalty_pos.ui.pages.members import MembersPage
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.studio.desk import Desk

OpenDesk = Callable[..., Desk]
CARD = "4410339108"
MOST_ACTIONS = 12


class Owner:
    """Somebody new who does things in the real window; counts what is decided."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.did = rig, 0

    def key(self, keys: str) -> None:
        self.did += 1
        self.rig.keys(keys)
        self.rig.settle()

    def type(self, text: str) -> None:
        self.key(text)

    def scan(self, code: str) -> None:
        self.did += 1
        self.rig.scan(code)
        self.rig.settle()

    def first(self, key: Qt.Key, text: str = "") -> None:
        """Press a key, or type a text, in the window that asks which shop."""
        self.did += 1
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text) if text else QTest.keyClick(focused, key)
        self.rig.settle()


def steps(rig: Rig) -> FirstStepsPage:
    return next(page for page in rig.window.made if isinstance(page, FirstStepsPage))


def live(path: Path) -> set[str]:
    service = open_shop(path)
    try:
        assert service.ask(Audit()).ok
        return {one.key for one in service.ask(Programmes()).programmes if one.live}
    finally:
        service.close()


def opened(open_desk: OpenDesk, code: str = "en") -> tuple[Desk, FirstStepsPage]:
    desk = open_desk(empty=True, code=code)
    desk.rig.window.go_to("club")
    desk.rig.settle()
    return desk, steps(desk.rig)


def test_a_new_owner_comes_to_the_first_voucher_in_twelve_actions(make_rig: MakeRig, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    rig = make_rig(first=True, factory=lambda: open_shop(path))
    owner, first = Owner(rig), rig.program.first
    assert first is not None
    owner.first(Qt.Key.Key_Return)  # Persian
    first.own.setFocus()  # Tab; the decision is the key that follows
    owner.first(Qt.Key.Key_Return)  # a shop of one's own
    owner.first(Qt.Key.Key_unknown, "Firuze")  # its name
    owner.first(Qt.Key.Key_Return)  # open
    assert steps(rig).step == "printer" and steps(rig).isVisible()
    owner.scan(CARD)  # the scanner works
    assert steps(rig).step == "scan" and CARD in steps(rig).scan.code.said()
    owner.key("Enter")  # the first member
    assert steps(rig).step == "goals"
    owner.key("7")  # a voucher for the next visit
    assert live(path) == {"come_back"}
    owner.key("F9")  # to the counter, with the first member
    assert rig.state.member is not None and not steps(rig).isVisible()
    owner.type("469.")  # the first sale
    owner.key("Enter")
    (voucher,) = rig.tray.vouchers  # the first voucher
    assert voucher.programme == "come_back" and len(rig.tray.sales) == 1
    assert owner.did == 10 <= MOST_ACTIONS


def test_every_step_can_be_skipped_with_the_keyboard_and_nothing_happens(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk)
    seen = []
    for _ in STEPS[:-1]:
        seen.append(page.step)
        focused = QApplication.focusWidget()
        assert focused is not None and page.isAncestorOf(focused)
        desk.press("Esc")
    assert (*seen, page.step) == STEPS and page.skip.isHidden()
    desk.press("Enter")
    assert not page.isVisible() and live(desk.path) == set()


def test_ready_made_ones_are_switched_by_number_and_stand_on_the_terms(
    open_desk: OpenDesk,
) -> None:
    desk, page = opened(open_desk)
    page.go_to("goals")
    desk.press("1")
    desk.press("4")
    desk.press("1")
    assert live(desk.path) == {"cashback"}
    assert page.goals.rows[3].button.accessibleName().endswith("On")
    page.go_to("membership")
    desk.press("5")
    assert live(desk.path) == {"cashback", "welcome"}
    page.go_to("terms")
    desk.press("Ctrl+p")
    assert desk.rig.tray.terms == ["2026-11-21"]
    assert "It went to" in page.terms.answer.accessibleName()
    desk.rig.program.choose("language")
    assert "Tray" in page.terms.answer.accessibleName() and "went" not in page.terms.answer.accessibleName()
    desk.rig.program.choose("language")
    said = {name.said() for name, _ in page.terms.rows if name.isVisible()}
    assert len(said) == 2


def test_a_name_that_something_else_has_is_left_to_it(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    service = open_shop(desk.path)
    service.do(PublishProgramme(key="welcome", kind="percent_off", name="Hello", params={"rate_bp": 500}))
    service.close()
    desk.rig.window.go_to("club")
    desk.rig.settle()
    page = steps(desk.rig)
    page.go_to("membership")
    desk.press("5")
    assert live(desk.path) == {"welcome", "welcome_1"}
    desk.press("5")
    assert live(desk.path) == {"welcome"}


def test_a_printer_in_trouble_is_told_at_once_and_the_steps_go_on(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk)
    desk.rig.tray.empty = True
    desk.press("Ctrl+p")
    assert page.told.isVisible() and page.printer.answer.isHidden()
    desk.rig.tray.empty = False
    desk.press("Ctrl+p")
    assert "Tray" in page.printer.answer.accessibleName()
    desk.press("Enter")
    assert page.step == "scan" and page.told.isHidden()


def test_a_known_card_and_what_is_no_card_are_told_apart(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk)
    service = open_shop(desk.path)
    service.do(EnrolMember(card=CARD, name="Sara"))
    service.close()
    desk.rig.scan(CARD)
    desk.rig.settle()
    assert "Sara" in page.scan.answer.accessibleName() and page.scan.name.isHidden()
    desk.rig.program.choose("language")
    assert "اسکنر" in page.scan.answer.accessibleName() and "Sara" in page.scan.answer.accessibleName()
    desk.rig.program.choose("language")
    desk.press("F9")
    assert desk.rig.state.member is not None and desk.rig.state.member.name == "Sara"
    desk.rig.window.go_to("club")
    desk.rig.scan("4410339207")
    desk.rig.settle()
    desk.press("Leila")
    desk.press("Enter")
    assert page.step == "goals" and "Leila is a member now" in page.told.accessibleName()


def test_what_is_asked_of_a_new_member_is_what_the_form_has(open_desk: OpenDesk) -> None:
    desk, page = opened(open_desk)
    page.go_to("communication")
    for key in ("birthday", "city", "referred_by", "tags", "interests", "gender"):
        page.communication.checks[key].click()
    page.communication.checks["print_receipts"].click()
    assert desk.rig.settings.kept.asks == ("name", "gender") and not desk.rig.settings.kept.print_receipts
    page.go_to("monitoring")
    page.monitoring.checks["month_reminder"].click()
    kept = desk.rig.settings.kept
    assert not kept.month_reminder and kept.budget_warning and kept.asks == ("name", "gender")
    desk.press("Ctrl+2")
    desk.press("F3")
    members = next(each for each in desk.rig.window.made if isinstance(each, MembersPage))
    form = members.pane.form
    shown = {key for key in ASKS if key in form.fields and form.fields[key].isVisible()}
    assert shown == {"name"} and form.fields["phone"].isVisible() and form.gender.isVisible()


def test_an_empty_list_of_programmes_leads_to_the_steps(open_desk: OpenDesk) -> None:
    desk = open_desk(empty=True, code="en")
    desk.go(desk.programmes)
    desk.press("Ctrl+e")
    desk.rig.settle()
    assert steps(desk.rig).isVisible()


@pytest.mark.parametrize(("seen", "reminded"), [("1405-06", True), ("1405-07", False), ("", False)])
def test_last_months_report_is_offered_once(make_rig: MakeRig, seen: str, reminded: bool) -> None:
    from loyalty_pos.ui.widgets import Toast

    rig = make_rig(code="en", month_seen=seen)
    toasts = [one for one in rig.window.findChildren(Toast) if "report" in one.accessibleName()]
    assert bool(toasts) is reminded
    assert rig.settings.kept.month_seen == "1405-07"
