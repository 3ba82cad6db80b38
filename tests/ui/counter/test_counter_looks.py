"""Language and look switch live in every state; nothing of the state is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui import theme
from loyalty_pos.ui.keymap import BINDINGS
from tests.examples import ALL
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.counter.states import STATES, STILL


@pytest.mark.parametrize("name", list(STATES)[:: 1 if ALL else 4])
def test_language_and_look_switch_live(make_rig: MakeRig, name: str) -> None:
    rig = make_rig()
    STATES[name](rig)
    if name not in STILL:
        rig.settle()
    before = replace(rig.state)
    rig.program.choose("language")
    assert rig.page.sale.amount._label == "Sale amount"
    assert not theme.look().rtl
    rig.program.choose("theme")
    assert theme.look().dark
    assert rig.state == before
    rig.program.choose("language")
    assert theme.look().rtl
    assert (rig.settings.kept.language, rig.settings.kept.dark) == ("fa", True)


def test_the_first_start_asks_language_then_shop_and_opens_it(make_rig: MakeRig) -> None:
    from tests.ui.fake_service import FakeService

    rig = make_rig(first=True, service=FakeService(shop=None))
    first = rig.program.first
    assert first is not None and rig.program.window is None
    first.english.click()
    rig.settle()
    assert rig.settings.kept.language == "en"
    first.own.click()
    first.name.setText("Corner café")
    first.name.textEdited.emit("Corner café")
    first.open.click()
    rig.settle()
    assert rig.window.windowTitle() == "Corner café"


def test_a_shop_that_could_not_be_opened_is_tried_again_and_no_other_is_offered(make_rig: MakeRig) -> None:
    from tests.ui.fake_service import FakeService

    there: list[FakeService] = []

    def opened() -> FakeService:
        if not there:
            raise Fault("second_window")
        return there[0]

    rig = make_rig(first=True, factory=opened)
    first = rig.program.first
    assert first is not None
    first.english.click()
    rig.settle()
    assert first.again.isVisible() and not first.demo.isVisible() and not first.own.isVisible()
    assert first._why.accessibleName() == "This shop is open in another window; go on there"
    there.append(FakeService())
    first.again.click()
    rig.settle()
    assert rig.program.window is not None and rig.program.first is None


@pytest.mark.parametrize("persian_layout", [False, True])
def test_the_first_start_is_answered_by_the_keys_on_its_buttons(
    make_rig: MakeRig, *, persian_layout: bool
) -> None:
    from tests.ui.fake_service import FakeService

    rig = make_rig(first=True, service=FakeService(shop=None))
    first = rig.program.first
    assert first is not None
    one, two = ("\u06f1", "\u06f2") if persian_layout else ("1", "2")

    def press(key: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.AltModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        code = Qt.Key.Key_Escape if key == "Esc" else Qt.Key(ord(key))
        QApplication.sendEvent(
            focused, QKeyEvent(QEvent.Type.KeyPress, code, held, "" if key == "Esc" else key)
        )
        rig.settle()

    press(two)
    assert rig.settings.kept.language == "en"
    press(two)
    assert first.name.isVisible()
    press("Esc", Qt.KeyboardModifier.NoModifier)
    assert first.demo.isVisible() and not first.name.isVisible()
    press("Esc", Qt.KeyboardModifier.NoModifier)
    assert first.persian.isVisible() and not first.demo.isVisible()
    press(two)
    wanted: list[str] = []
    first.demo_chosen.connect(lambda: wanted.append("demo"))
    press(one)
    assert wanted == ["demo"]


def test_every_key_of_the_bar_is_in_the_map(rig: Rig) -> None:
    rig.keys("F1")
    assert rig.window.help.isVisible()
    assert all(binding.help for binding in BINDINGS)
    rig.keys("F1")
    assert not rig.window.help.isVisible()


def test_the_rail_offers_the_pages_that_there_are(rig: Rig) -> None:
    pages = [button.key for button in rig.window.rail._pages]
    assert pages == ["counter", "members", "programmes", "reports", "settings", "sales", "day"]


def test_the_map_of_keys_is_leafed_through_by_pages(rig: Rig) -> None:
    rig.keys("F1")
    bar = rig.window.help._bar
    assert bar.maximum() > 0
    seen = []
    for key in ("PageDown", "PageUp", "End", "Home"):
        rig.keys(key)
        seen.append(bar.value())
    assert seen[0] > seen[1] == 0 and seen[2] == bar.maximum() and seen[3] == 0


def test_a_key_in_the_guide_never_breaks_over_two_lines(rig: Rig) -> None:
    rig.keys("F1")
    rig.window.help.guide.show_page("# Sales\n\n<kbd>Ctrl P</kbd> prints it.", rtl=False)
    assert "Ctrl\u00a0P" in rig.window.help.guide.document().toRawText()
