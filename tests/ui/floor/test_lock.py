"""The lock covers the window and the customer's screen; the sale waits under it as it was."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.eyes import look_at
from tests.ui.hands import heard

SARA = "4410339108"


def priced(make_rig: MakeRig, **choices: object) -> Rig:
    rig = make_rig(code="en", **choices)
    rig.scan(SARA)
    rig.settle()
    rig.keys("469.")
    rig.settle()
    return rig


def locked(rig: Rig) -> bool:
    return rig.window.lock.on


def read(rig: Rig) -> str:
    return " ".join(text.said for text in look_at(rig.window).texts)


def test_a_locked_till_shows_nobody_obeys_nothing_and_keeps_its_sale(make_rig: MakeRig) -> None:
    rig = priced(make_rig, customer_screen=True)
    before, stood = rig.state, QApplication.focusWidget()
    assert before.member is not None and before.member.name in read(rig)
    rig.keys("Ctrl+l")
    assert locked(rig) and "The till is locked" in read(rig)
    assert before.member.name not in read(rig)
    customer = rig.program.customer
    assert customer is not None and customer.screen is not None
    shown = " ".join(text.said for text in look_at(customer.screen).texts)
    assert "Welcome" in shown and before.member.name.split()[0] not in shown
    under = heard(rig.window.page.sale.amount)
    assert under.state().invisible  # no screen reader reads what is covered
    assert heard(rig.window.lock.panel.open).role() == QAccessible.Role.Button
    rig.keys("F9 Esc 7 F2 Ctrl+2 Ctrl+z F1 Tab")
    rig.scan("4410339306")
    rig.settle()
    assert locked(rig) and rig.state == before and not rig.window.help.isVisible()
    assert rig.window.stack.currentWidget() is rig.page
    rig.keys("Enter")
    assert not locked(rig) and rig.state == before
    assert QApplication.focusWidget() is stood
    assert before.member.name.split()[0] in " ".join(text.said for text in look_at(customer.screen).texts)


def test_the_rail_locks_and_a_till_nobody_touches_locks_itself_when_that_is_chosen(make_rig: MakeRig) -> None:
    rig = priced(make_rig, lock_minutes=5)
    rig.window.rail.button("lock").click()
    assert locked(rig)
    rig.window.lock.panel.open.click()
    assert not locked(rig)
    rig.steady += 4 * 60_000
    rig.keys("1")
    rig.steady += 4 * 60_000
    rig.window.lock.look()
    assert not locked(rig)
    rig.steady += 60_000
    rig.window.lock.look()
    assert locked(rig)
    rig.window.lock.lock()  # a second time changes nothing
    rig.window.lock.opens = lambda typed: typed == "1234"
    rig.keys("Enter")
    assert locked(rig)
    rig.window.lock.ask_open("1234")
    assert not locked(rig)
