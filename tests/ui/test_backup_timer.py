"""The window's backups: when due and at exit, on a thread of their own, never before a shop is open."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos.app.backup_schedule import EVERY_MS, RETRY_MS, BackupSchedule
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.pacing import Tell
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.application import Program
from loyalty_pos.ui.backup_timer import BackupPlan, BackupTimer
from tests.languages import language
from tests.ui.counter.rig import MemorySettings
from tests.ui.fake_service import FakeService

ExpectLog = Callable[[int, str], AbstractContextManager[None]]


class Rig:
    """A timer over a file and a clock that are moved by hand."""

    def __init__(self) -> None:
        self.now_ms, self.file = 0, 0
        self.made: list[tuple[int, str]] = []
        self.fault: Fault | None = None
        schedule = BackupSchedule(lambda: self.now_ms, lambda: self.file)
        self.timer = BackupTimer(BackupPlan(schedule, self.make), look_ms=5)
        self.kept: list[object] = []
        self.failed: list[object] = []
        self.timer.done.connect(self.kept.append)
        self.timer.failed.connect(self.failed.append)

    def make(self, tell: Tell) -> object:
        self.made.append((self.file, threading.current_thread().name))
        if self.fault:
            raise self.fault
        return f"copy of {self.file}"


@pytest.fixture
def rig(qapp: object) -> Iterator[Rig]:
    made = Rig()
    yield made
    made.timer.close()
    made.timer.deleteLater()


def test_a_backup_is_made_when_it_is_due_on_a_thread_of_its_own(rig: Rig, qtbot: QtBot) -> None:
    rig.timer.start()
    rig.timer.look()
    assert rig.made == []
    rig.now_ms += EVERY_MS
    qtbot.waitUntil(lambda: rig.kept == ["copy of 0"])
    assert rig.made == [(0, "backup")]


def test_closing_makes_the_last_one_and_waits_for_it(rig: Rig) -> None:
    rig.timer.start()
    rig.file = 7
    rig.timer.close()
    assert rig.made == [(7, "backup")]


def test_closing_makes_none_when_nothing_changed(rig: Rig, qtbot: QtBot) -> None:
    rig.timer.start()
    rig.now_ms += EVERY_MS
    qtbot.waitUntil(lambda: rig.kept == ["copy of 0"])
    rig.timer.close()
    assert len(rig.made) == 1


def test_a_window_that_never_opened_a_shop_makes_none(rig: Rig) -> None:
    rig.now_ms += EVERY_MS
    rig.timer.look()
    rig.timer.close()
    assert rig.made == []


def test_a_fault_is_told_logged_and_tried_again(rig: Rig, qtbot: QtBot, expect_log: ExpectLog) -> None:
    rig.timer.start()
    rig.fault = Fault("no_room_for_backup", path="x")
    rig.now_ms += EVERY_MS
    with expect_log(logging.WARNING, "no backup: no_room_for_backup"):
        qtbot.waitUntil(lambda: rig.failed == [rig.fault])
    rig.fault = None
    rig.timer.look()
    assert len(rig.made) == 1
    rig.now_ms += RETRY_MS
    qtbot.waitUntil(lambda: rig.kept == ["copy of 0"])


class ClosingShop(FakeService):
    """A shop that notes when it is closed."""

    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self.happened = happened

    def close(self) -> None:
        self.happened.append("shop closed")


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without a screen says it of every window
def test_the_window_backs_up_after_it_has_closed_the_shop(qapp: QApplication, qtbot: QtBot) -> None:
    happened: list[str] = []
    service = ClosingShop(happened)
    schedule = BackupSchedule(lambda: 0, lambda: "changed")
    languages: dict[LanguageCode, Language] = {"fa": language("fa"), "en": language("en")}
    program = Program(
        qapp, lambda: service, languages, MemorySettings(UiSettings(language="en")),
        backups=BackupPlan(schedule, lambda tell: happened.append("backup")),
    )  # fmt: skip
    program.start()
    qtbot.waitUntil(lambda: program.window is not None)
    program.close()
    assert happened == ["shop closed", "backup"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
