"""Beside a programme's form: what the draft would have cost over the shop's own past sales."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.office_port import Office
from loyalty_pos.app.queries import DraftProgramme
from loyalty_pos.app.queries_reports import Simulate
from loyalty_pos.app.report_views import SimulationView
from loyalty_pos.app.simulation_words import simulation_head, simulation_lines
from loyalty_pos.domain.dates import add_days
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Card, Tx
from loyalty_pos.ui.worker import Problem, Worker

DAYS = 365


class CostCard(Card):
    """A button, and what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self.title = Tx("", "secondary", weight=600)
        self.found, self.lines = Tx("", "input", weight=600, wrap=True), Tx("", "caption", "text2", wrap=True)
        self.try_it = Btn("", "soft", icon="chart", size="small")
        for part in (self.title, self.found, self.lines, self.try_it):
            self.body.addWidget(part)
        self.say("", "")
        self.hide()

    def say(self, found: str, lines: str) -> None:
        """Say what was found; empty takes it away."""
        for part, said in ((self.found, found), (self.lines, lines)):
            part.setText(said)
            part.setVisible(bool(said))


class Costing(QObject):
    """Ask the office, on a thread of its own; a change of the form makes an answer old."""

    def __init__(
        self, card: CostCard, asked: Callable[[], DraftProgramme | None], today: Callable[[], str]
    ) -> None:
        super().__init__(card)
        self._card, self._asked, self._today = card, asked, today
        self._office: Callable[[], Office] | None = None
        self._worker: Worker | None = None
        self._language: Language | None = None
        self._found: SimulationView | None = None
        self._serial = 0
        card.try_it.clicked.connect(self.try_it)

    def equip(self, office: Callable[[], Office] | None) -> None:
        """Learn who replays sales; without anybody the card is not there."""
        self._office = office
        self._card.setVisible(office is not None)

    def close(self) -> None:
        """Finish what is under way."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    @property
    def idle(self) -> bool:
        """Whether nothing is being replayed."""
        return self._worker is None or self._worker.idle

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        self._card.title.setText(language.t("What would it have cost?"))
        self._card.try_it.set_content(language.t("Try it on past sales"))
        self._show()

    def forget(self) -> None:
        """Drop an answer to a form that has changed."""
        self._serial += 1
        self._found = None
        self._show()

    def try_it(self) -> None:
        """Replay the last year through what is written now."""
        asked, office = self._asked(), self._office
        if asked is None or office is None or self._language is None:
            return
        self.forget()
        today, serial = self._today(), self._serial
        query = Simulate(
            kind=asked.kind,
            params=asked.params,
            when=asked.when,
            key=asked.key,
            from_=add_days(today, -DAYS),
            to=today,
        )
        self._card.say("", self._language.t("Past sales are being replayed; the counter goes on meanwhile"))
        self._worker = self._worker or Worker("replay", self)
        self._worker.submit(
            lambda: office().ask(query),
            lambda view: self._came(view, serial),
            lambda problem: self._failed(problem, serial),
            self,
            subject="simulation",
            slot="simulation",
        )

    def _came(self, view: SimulationView, serial: int) -> None:
        if serial == self._serial:
            self._found = view
            self._show()

    def _failed(self, problem: Problem, serial: int) -> None:
        if serial == self._serial and self._language is not None:
            self._card.say("", say_problem(problem, self._language))

    def _show(self) -> None:
        view, language = self._found, self._language
        if view is None or language is None:
            self._card.say("", "")
        else:
            self._card.say(simulation_head(view, language), "\n".join(simulation_lines(view, language)))
