"""A bare stage for widgets: the platform without a screen complains about windows that have a layout."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from collections.abc import Iterator
from functools import partial
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.ui import theme
from tests.ui.samples import Sample, sample

PATIENCE_MS = 20_000
"""As long as `Rig.settle` waits: a busy machine is slow, not wrong."""
_W = TypeVar("_W", bound=QWidget)


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Wait long for what must come; what is there at once costs nobody anything."""
    for wait in ("waitUntil", "waitSignal"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(autouse=True)
def _garbage_waits_for_the_end_of_the_test() -> Iterator[None]:
    """Collect as the window does (ui/collector.py): never on another thread, never inside Qt's own work."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect(1)


class Stage:
    """Show widgets in one language; `put` lays one out at a size and shows it."""

    def __init__(self, app: QApplication, code: LanguageCode) -> None:
        self._app = app
        self.sample: Sample = sample(code)
        self.language = self.sample.language
        self.look(rtl=code == "fa")
        self.window = QWidget()
        self.window.resize(1000, 800)
        self.window.show()

    def look(
        self, *, rtl: bool, dark: bool = False, scale: int = 100, touch: bool = False, motion: bool = True
    ) -> None:
        """Dress everything on stage anew."""
        theme.apply(
            self._app, theme.Look(dark=dark, rtl=rtl, scale_percent=scale, touch=touch, motion=motion)
        )

    def put(self, widget: _W, width: int = 420, height: int | None = None) -> _W:
        widget.setParent(self.window)
        tall = widget.sizeHint().height() if height is None else height
        widget.setGeometry(20, 20, width, max(tall, widget.minimumHeight()))
        widget.show()
        self._app.processEvents()
        return widget

    def clear(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(params=["fa", "en"])
def stage(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Stage]:
    """A stage in each language in turn."""
    made = Stage(qapp, request.param)
    yield made
    made.clear()


@pytest.fixture
def persian(qapp: QApplication) -> Iterator[Stage]:
    made = Stage(qapp, "fa")
    yield made
    made.clear()


@pytest.fixture
def english(qapp: QApplication) -> Iterator[Stage]:
    made = Stage(qapp, "en")
    yield made
    made.clear()
