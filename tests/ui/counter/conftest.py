"""The counter's fixtures: real windows that are closed again."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.counter.rig import MakeRig, Rig

# A window with a smallest size says this on the screenless platform, and on no other.
_SCREENLESS = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "rig" in getattr(item, "fixturenames", ()) or "make_rig" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.qt_log_ignore(_SCREENLESS))


@pytest.fixture
def make_rig(qtbot: QtBot) -> Iterator[MakeRig]:
    made: list[Rig] = []

    def make(**choices: Any) -> Rig:
        made.append(Rig(qtbot, **choices))
        return made[-1]

    yield make
    for rig in made:
        rig.close()


@pytest.fixture
def rig(make_rig: MakeRig) -> Rig:
    return make_rig()
