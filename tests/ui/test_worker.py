"""Jobs run on one thread of their own; answers come back on the main one, and only to the living."""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from loyalty_pos.app.mishaps import Mishap
from loyalty_pos.app.queries import RecentSales, Shop
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.worker import Problem, Worker
from tests.ui.fake_service import FakeService


def _note(came: list[object], what: object, view: object) -> None:
    came.append(what)


ExpectLog = Callable[[int, str], AbstractContextManager[None]]


def test_one_thread_owns_the_service_and_answers_come_on_the_main_one(qtbot: QtBot) -> None:
    service = FakeService()
    made: list[str] = []

    def factory() -> FakeService:
        made.append(threading.current_thread().name)
        return service

    dispatcher = Dispatcher(factory)
    came: list[str] = []
    for _ in range(3):
        dispatcher.ask(Shop(), lambda view: came.append(threading.current_thread().name))
    qtbot.waitUntil(lambda: dispatcher.idle)
    dispatcher.close()
    assert made == ["ledger"] and service.thread_names == {"ledger"}
    assert came == ["MainThread"] * 3
    assert service.closed


def test_an_answer_for_a_parent_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    service = FakeService()
    dispatcher = Dispatcher(lambda: service)
    parent = QObject()
    came: list[object] = []
    service.gate.clear()
    dispatcher.ask(Shop(), came.append, None, parent)
    shiboken6.delete(parent)
    service.gate.set()
    qtbot.waitUntil(lambda: dispatcher.idle)
    dispatcher.close()
    assert came == []


def test_stale_questions_of_a_slot_are_skipped_and_their_answers_dropped(qtbot: QtBot) -> None:
    service = FakeService()
    dispatcher = Dispatcher(lambda: service)
    came: list[object] = []
    service.gate.clear()
    for limit in (1, 2, 3, 4):
        dispatcher.ask_latest("recent", RecentSales(limit=limit), partial(_note, came, limit))
    service.gate.set()
    qtbot.waitUntil(lambda: dispatcher.idle)
    dispatcher.close()
    assert came == [4]
    assert len(service.log) <= 2  # the first may have been under way


@pytest.mark.parametrize("problem", [Rejection("no"), Fault("disk_full")])
def test_refusals_and_faults_come_as_they_are(qtbot: QtBot, problem: Exception) -> None:
    worker = Worker("test")
    told: list[Problem] = []

    def refuse() -> None:
        raise problem

    worker.submit(refuse, None, told.append)
    qtbot.waitUntil(lambda: worker.idle)
    worker.close()
    assert told == [problem]


def test_our_mistake_is_logged_without_numbers_and_the_thread_goes_on(
    qtbot: QtBot, expect_log: ExpectLog, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker("test")
    told: list[Problem] = []
    came: list[object] = []

    def stumble() -> None:
        raise KeyError("+98 912 345 6789")

    with expect_log(logging.ERROR, "KeyError"):
        worker.submit(stumble, None, told.append, subject="RecordSale s1")
        worker.submit(lambda: 7, came.append)
        qtbot.waitUntil(lambda: worker.idle)
    worker.close()
    assert isinstance(told[0], Mishap) and told[0].mark in caplog.text
    assert "RecordSale s1" in caplog.text and "6789" not in caplog.text
    assert came == [7]


def test_after_closing_nothing_is_taken_and_nothing_told(qtbot: QtBot) -> None:
    worker = Worker("test")
    came: list[object] = []
    worker.submit(lambda: 1, came.append)
    worker.close()
    worker.submit(lambda: 2, came.append)
    qtbot.wait(1)
    assert came == []
