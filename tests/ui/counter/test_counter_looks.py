"""Language and look switch live in every state; nothing of the state is lost."""

from dataclasses import replace

import pytest

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


def test_every_key_of_the_bar_is_in_the_map(rig: Rig) -> None:
    rig.keys("F1")
    assert rig.window.help.isVisible()
    assert all(binding.help for binding in BINDINGS)
    rig.keys("F1")
    assert not rig.window.help.isVisible()


def test_the_rail_offers_the_pages_that_there_are(rig: Rig) -> None:
    pages = [button.key for button in rig.window.rail._pages]
    assert pages == ["counter", "members", "programmes", "reports", "settings", "sales", "day"]
