"""The counter's fixtures: real windows that are closed again, and no thread left behind."""

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.counter.rig import MakeRig, Rig

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def make_rig(qtbot: QtBot) -> Iterator[MakeRig]:
    before = set(threading.enumerate())
    made: list[Rig] = []

    def make(**choices: Any) -> Rig:
        made.append(Rig(qtbot, **choices))
        return made[-1]

    yield make
    for rig in made:
        rig.close()
    assert set(threading.enumerate()) <= before, "a thread was left behind"


@pytest.fixture
def rig(make_rig: MakeRig) -> Rig:
    return make_rig()
