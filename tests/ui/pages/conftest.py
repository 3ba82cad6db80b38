"""The members page in the real window, over the real service and a file of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from loyalty_pos.ui.pages.members import MembersPage
from tests.ui.counter.rig import Rig
from tests.ui.pages import people
from tests.ui.pages.people import Moody

_SCREENLESS = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "desk" in getattr(item, "fixturenames", ()) or "make_desk" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.qt_log_ignore(_SCREENLESS))


class PageDesk:
    """A window with the members page in front."""

    def __init__(self, qtbot: QtBot, path: Path, code: str) -> None:
        self.path = path
        make, self._made = people.moody(path)
        self.rig = Rig(qtbot, code, factory=make)
        page = self.rig.window.page_of(MembersPage.key)
        assert isinstance(page, MembersPage)
        self.page = page
        self.people, self.pane = self.page.people, self.page.pane
        self.person, self.form = self.pane.person, self.pane.form
        self._qtbot = qtbot

    @property
    def shop(self) -> Moody:
        return self._made[-1]

    def until(self, there: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(there)
        self.rig.settle()

    def keys(self, typed: str) -> None:
        self.rig.keys(typed)
        self.rig.settle()

    def open(self) -> None:
        self.keys("Ctrl+2")
        self.until(lambda: self.pane.showing is self.person)

    def search(self, text: str) -> None:
        """Put a text into the field as an input method does: the keyboard here has no Persian."""
        self.people.search.line.setText(text)
        self.people.search.edited.emit(text)
        self.until(lambda: not self.people.waiting)

    def show(self, text: str) -> None:
        """Find somebody and let them be read."""
        self.search(text)
        wanted = self.people.table.current_key()
        self.until(lambda: self.shown() == wanted)

    def shown(self) -> str:
        return self.pane.member.member if self.pane.member else ""

    def names(self) -> list[str]:
        return [row.name for row in self.people.table.shown()]


MakeDesk = Callable[..., PageDesk]


@pytest.fixture(scope="session")
def built_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    people.build(folder / "shop.db")
    return folder


@pytest.fixture
def make_desk(built_people: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[MakeDesk]:
    made: list[PageDesk] = []

    def make(code: str = "fa") -> PageDesk:
        folder = tmp_path / "shop"
        shutil.copytree(built_people, folder)
        made.append(PageDesk(qtbot, folder / "shop.db", code))
        return made[-1]

    yield make
    for each in made:
        each.shop.gate.set()
        each.rig.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> PageDesk:
    made = make_desk()
    made.open()
    return made
