"""What a key will ask is asked while it is held; an answer that may be wrong by then is never given."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from loyalty_pos.app.commands import VoidSale
from loyalty_pos.app.queries import Identify, Query, RecentSales
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import AHEAD_S, Dispatcher
from tests.ui.fake_service import FakeService

SARA, LEILA = Identify(text="sa"), Identify(text="le")


class Desk:
    """A shop in memory behind a dispatcher whose clock stands still."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.service, self.now_s = FakeService(), 0.0
        self.dispatcher = Dispatcher(lambda: self.service, lambda: self.now_s)
        self.came: list[Any] = []

    def ask(self, query: Query) -> Any:
        """Ask, and return the answer."""
        self.dispatcher.ask_latest("found", query, self.came.append)
        self.settle()
        return self.came[-1]

    def look_ahead(self, query: Query) -> None:
        self.dispatcher.ask_ahead(query)
        self.settle()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.dispatcher.idle)

    def asked(self, query: Query) -> int:
        return self.service.log.count(query)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.dispatcher.close()


def test_what_was_looked_up_ahead_is_answered_once_without_asking_again(desk: Desk) -> None:
    right = desk.ask(SARA)
    desk.look_ahead(SARA)
    assert desk.ask(SARA) == right and desk.asked(SARA) == 2
    desk.ask(SARA)
    assert desk.asked(SARA) == 3


def test_what_was_looked_up_ahead_is_there_before_the_window_is_drawn_again(desk: Desk) -> None:
    desk.look_ahead(SARA)
    desk.dispatcher.ask_latest("found", SARA, desk.came.append)
    assert len(desk.came) == 1


def test_an_older_question_is_not_answered_after_one_whose_answer_was_at_hand(desk: Desk) -> None:
    right = desk.ask(SARA)
    desk.look_ahead(SARA)
    desk.came.clear()
    desk.dispatcher.ask_latest("found", LEILA, desk.came.append)
    desk.dispatcher.ask_latest("found", SARA, desk.came.append)
    desk.settle()
    assert desk.came == [right]


def test_another_question_is_answered_for_itself_and_takes_nothing_away(desk: Desk) -> None:
    desk.look_ahead(SARA)
    desk.ask(LEILA)
    desk.ask(SARA)
    assert desk.asked(LEILA) == desk.asked(SARA) == 1


def test_the_newest_of_what_was_looked_up_ahead_counts(desk: Desk) -> None:
    desk.look_ahead(SARA)
    desk.look_ahead(LEILA)
    desk.ask(LEILA)
    desk.ask(SARA)
    assert desk.asked(LEILA) == 1 and desk.asked(SARA) == 2


def _command(desk: Desk) -> None:
    desk.service.trouble[VoidSale] = Rejection("unknown_sale")  # it may have changed something all the same
    desk.dispatcher.do(VoidSale(sale_id="none"), None, desk.came.append)


def _job(desk: Desk) -> None:
    desk.dispatcher.run(lambda service: None)


def _a_moment(desk: Desk) -> None:
    desk.now_s += AHEAD_S + 0.01


@pytest.mark.parametrize("happens", [_command, _job, _a_moment])
def test_after_a_command_a_job_or_a_moment_it_is_asked_anew(
    desk: Desk, happens: Callable[[Desk], None]
) -> None:
    desk.look_ahead(SARA)
    happens(desk)
    desk.ask(SARA)
    assert desk.asked(SARA) == 2


@pytest.mark.parametrize("happens", [_command, _job])
def test_what_is_being_looked_up_when_something_is_changed_is_not_kept(
    desk: Desk, happens: Callable[[Desk], None]
) -> None:
    desk.dispatcher.ask_ahead(SARA)
    happens(desk)
    desk.settle()
    desk.ask(SARA)
    assert desk.asked(SARA) == 2


def test_what_is_refused_ahead_is_said_by_the_question_itself(desk: Desk) -> None:
    said: list[object] = []
    desk.service.trouble[RecentSales] = Rejection("no")
    desk.look_ahead(RecentSales(limit=1))
    desk.dispatcher.ask(RecentSales(limit=1), said.append, said.append)
    desk.settle()
    assert len(said) == 1 and desk.asked(RecentSales(limit=1)) == 2
