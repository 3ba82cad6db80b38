"""Every page says when it could not be read, lets try again, and has its page of the guide."""

from pathlib import Path
from typing import Any

import pytest

from loyalty_pos.app.guide import guide_page
from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.service import Service
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Tx
from tests.languages import language
from tests.ui.counter import real_shop
from tests.ui.counter.rig import MakeRig, Rig
from tests.ui.studio import games_shop

PAGES = {"2": "members", "3": "programmes", "5": "settings", "6": "sales", "7": "day"}
"""The key that goes there, but for reports: those read the file by themselves (test_reports_page)."""
NOTHING = (
    "Nobody is a member yet", "There is no programme yet", "There is no backup yet.", "Nothing was sold yet",
    "No day was closed yet.",
)  # fmt: skip


HELD = Fault("busy_file", path="shop.db")


class Sick:
    """A shop whose file another program holds while it is `ill`."""

    def __init__(self, service: Service) -> None:
        self._service, self.ill = service, False

    def do(self, command: Any) -> Any:
        return self._service.do(command)

    def ask(self, query: Any) -> Any:
        if self.ill:
            raise HELD
        return self._service.ask(query)

    def close(self) -> None:
        self._service.close()


def read(rig: Rig) -> set[str]:
    """What labels and buttons of the window say; a picture of every page would take ten times as long."""
    page = rig.window.stack.currentWidget()
    assert page is not None
    labels = {each.said() for each in page.findChildren(Tx) if each.isVisible()}
    return {
        bidi.strip(said)
        for said in labels | {each.text() for each in page.findChildren(Btn) if each.isVisible()}
    }


def says(rig: Rig, fault: Fault, code: LanguageCode) -> bool:
    return bidi.strip(say_problem(fault, language(code))) in read(rig)


def go(rig: Rig, number: str) -> None:
    rig.keys(f"Ctrl+{number}")
    rig.settle()


@pytest.mark.screens
def test_a_page_that_cannot_be_read_says_why_never_that_there_is_nothing_and_tries_again(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    path, made = tmp_path / "shop.db", list[Sick]()
    real_shop.build(path)

    def opened() -> Sick:
        made.append(Sick(open_shop(path)))
        return made[-1]

    rig, persian, english = make_rig(factory=opened), language("fa"), language("en")
    rig.settle()
    made[-1].ill = True
    for number, key in PAGES.items():
        go(rig, number)
        assert says(rig, HELD, "fa"), key
        assert bidi.strip(persian.t("Try again")) in read(rig), key
        assert not {bidi.strip(persian.t(text)) for text in NOTHING} & read(rig), key
    rig.program.choose("language")
    rig.settle()
    for number, key in PAGES.items():
        go(rig, number)
        assert says(rig, HELD, "en"), key
    made[-1].ill = False
    for number, key in PAGES.items():
        go(rig, number)
        page = rig.window.stack.currentWidget()
        assert page is not None
        buttons = [each for each in page.findChildren(Btn) if each.isVisible()]
        (again,) = [each for each in buttons if each.text() == english.t("Try again")]
        assert again.keycap == "F5"
        rig.keys("F5")
        rig.settle()
        assert not says(rig, HELD, "en") and english.t("Try again") not in read(rig), key


@pytest.mark.screens
def test_f1_opens_the_page_of_the_guide_about_what_is_in_front(make_rig: MakeRig, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    real_shop.build(path)
    games_shop.add(path)
    rig = make_rig(code="en", factory=lambda: games_shop.opened(path))
    rig.settle()

    def helped() -> str:
        rig.keys("F1")
        panel = rig.window.help
        assert panel.isVisible()
        page = panel._page
        assert bool(page) == panel.guide.isVisible()
        rig.keys("Esc")
        assert not panel.isVisible()
        return page

    assert helped() == "", "the counter has its map of keys"
    for number, page in {"2": "members", "4": "reports", "5": "settings", "6": "floor", "7": "floor"}.items():
        rig.keys(f"Ctrl+{number}")
        rig.settle()
        assert helped() == page and guide_page(page, "fa") and guide_page(page, "en")
    rig.keys("Ctrl+3")
    rig.settle()
    assert helped() == "programmes"
    desks = {"Ctrl+b": "games", "Ctrl+g": "rewards"}
    for key, page in desks.items():
        rig.keys(key)
        rig.settle()
        assert helped() == page
        rig.keys("Esc")
        rig.settle()
    programmes = next(each for each in rig.window.made if isinstance(each, ProgrammesPage))
    for programme, page in {"wheel": "games", "vip": "standing"}.items():
        programmes._choose(programme)
        rig.keys("Ctrl+k")
        rig.settle()
        assert helped() == page, programme
        rig.keys("Esc")
        rig.settle()
