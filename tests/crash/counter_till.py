"""A window that sells and is killed: `python -m tests.crash.counter_till SHOP built|before|after`.

`built`: with the sale priced on the counter; `before` and `after`: confirmed, just before the shop
records it and just after the commit, when nobody has heard of it yet.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos.app.commands import Command, RecordSale
from loyalty_pos.app.queries import Query
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.devices.draft_file import DraftFile
from tests.ui.counter.goods_shop import LEILA
from tests.ui.counter.rig import Rig


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Deadly:
    """The shop's service, until the moment comes."""

    def __init__(self, shop: Path, when: str) -> None:
        self._service, self._when = open_shop(shop), when

    def do(self, command: Command) -> Any:
        recording = isinstance(command, RecordSale)
        if recording and self._when == "before":
            die()
        answer = self._service.do(command)
        if recording and self._when == "after":
            die()
        return answer

    def ask(self, query: Query) -> Any:
        return self._service.ask(query)


class Waiter:
    """What the rig needs of pytest-qt's bot."""

    def waitUntil(self, rests: Callable[[], bool], *, timeout: int = 3000) -> None:  # noqa: N802
        end = time.monotonic() + 30
        while not rests() and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.002)


def main(shop: Path, when: str) -> None:
    app = QApplication(sys.argv[:1])
    rig = Rig(cast(QtBot, Waiter()), factory=lambda: Deadly(shop, when), drafts=DraftFile(shop))
    rig.scan(LEILA)
    rig.settle()
    rig.keys("469.")
    if when == "built":
        rig.settle()
        die()
    rig.keys("Enter")
    rig.settle()
    app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
