"""A day's work leaves nothing behind: after the first rounds the window holds no more than before."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.pages.conftest import PageDesk
from tests.ui.pages.people import SARA

ROUNDS, WARM = 5, 3
PAGES = 7
SALES = 2


def work_through(desk: PageDesk) -> None:
    """Sell and undo, go to every page, in both languages and both looks."""
    rig = desk.rig
    for _ in range(2):
        rig.keys("Ctrl+1")
        for _ in range(SALES):
            rig.scan(SARA)
            rig.settle()
            rig.keys("469. Enter")
            rig.settle()
            rig.keys("F9")
            rig.settle()
        rig.keys("Ctrl+z")
        rig.settle()
        for page in range(1, PAGES + 1):
            rig.keys(f"Ctrl+{page}")
            rig.settle()
        rig.program.choose("language")
        rig.program.choose("theme")
        rig.settle()


def alive(desk: PageDesk) -> tuple[int, int, int]:
    """Count what lives: Python's own objects, widgets, and what Qt keeps for the program."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    everything = sum(not isinstance(each, QObject) for each in gc.get_objects())
    program = desk.rig.program
    others = len([each for each in program.findChildren(QObject) if not isinstance(each, QWidget)])
    return everything, len(QApplication.allWidgets()), others


@pytest.mark.screens
def test_round_after_round_nothing_more_is_held(desk: PageDesk) -> None:
    found = []
    for _ in range(ROUNDS):
        work_through(desk)
        found.append(alive(desk))
    objects, widgets, others = zip(*found[WARM:], strict=True)
    assert len(set(others)) == 1, others
    assert max(widgets) - min(widgets) <= 8, widgets  # a toast may stand there or not
    # What is kept of each sale, an undo or a line in a list, is bounded; tens of objects are noise.
    assert objects[-1] - objects[0] < 400, objects
