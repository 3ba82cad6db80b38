"""The program from its start to its end, over the shop in memory."""

import gc
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from loyalty_pos.app.language import Languages
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.ui import application
from tests.languages import language
from tests.ui.counter.rig import MemorySettings
from tests.ui.fake_service import FakeService


class Closing(FakeService):
    """A shop that looks about when it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[bool, bool]] = []

    def close(self) -> None:
        self.seen.append((threading.current_thread() is threading.main_thread(), gc.isenabled()))


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_the_thread_that_closes_the_shop_collects_no_garbage_of_the_window(qapp: QApplication) -> None:
    shop = Closing()
    end = QTimer()
    end.timeout.connect(qapp.exit)  # `quit` gives in to any other window that refuses to close
    end.start()
    said: Languages = {"fa": language("fa"), "en": language("en")}
    assert application.run(lambda: shop, said, MemorySettings(UiSettings(language="en"))) == 0
    end.stop()
    assert shop.seen == [(False, False)]
    assert not gc.isenabled()  # the widgets that go now must not meet a collection
