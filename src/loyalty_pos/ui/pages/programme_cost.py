"""What a programme would have cost over the shop's own sales: a card with progress and a way to stop."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.office_port import Office
from loyalty_pos.app.queries import DraftProgramme
from loyalty_pos.app.queries_reports import Simulate
from loyalty_pos.app.report_views import SimulationView
from loyalty_pos.app.simulation_words import simulation_head, simulation_lines
from loyalty_pos.domain.dates import add_days
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.office_work import OfficeWork
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Card, Tx
from loyalty_pos.ui.widgets.progress import Progress
from loyalty_pos.ui.widgets.sight import bring_into_sight
from loyalty_pos.ui.worker import Problem

DAYS = 365


class CostCard(Card):
    """A button, how far it is, and what was found."""

    key = "F7"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self.title = Tx("", "secondary", weight=600)
        self.found, self.lines = Tx("", "input", weight=600, wrap=True), Tx("", "caption", "text2", wrap=True)
        self.progress = Progress()
        self.try_it = Btn("", "soft", icon="chart", keycap=self.key, size="small")
        for part in (self.title, self.found, self.lines, self.progress):
            self.body.addWidget(part)
        buttons = row(8)
        buttons.addWidget(self.try_it)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.say("", "")
        self.hide()

    def say(self, found: str, lines: str) -> None:
        """Say what was found; empty takes it away."""
        for part, said in ((self.found, found), (self.lines, lines)):
            part.setText(said)
            part.setVisible(bool(said))


class Costing(QObject):
    """Ask the office, on a thread of its own; a change of the form stops it and makes an answer old."""

    def __init__(
        self, card: CostCard, asked: Callable[[], DraftProgramme | None], today: Callable[[], str]
    ) -> None:
        super().__init__(card)
        self._card, self._asked, self._today = card, asked, today
        self._work = OfficeWork("replay", self)
        self._language: Language | None = None
        self._found: SimulationView | None = None
        self._serial = 0
        card.try_it.clicked.connect(self.try_it)
        card.progress.stopped.connect(self._stopped)

    def equip(self, office: Callable[[], Office] | None) -> None:
        """Learn who replays sales; without anybody the card is not there."""
        self._work.use(office)
        self._card.setVisible(office is not None)

    def close(self) -> None:
        """Stop what is under way."""
        self._card.progress.abandon()
        self._work.close()

    @property
    def idle(self) -> bool:
        """Whether nothing is being replayed."""
        return self._work.idle

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        self._card.title.setText(language.t("What would it have cost?"))
        self._card.try_it.set_content(language.t("Try it on past sales"))
        self._card.progress.show_texts(language)
        self._show()

    def _stopped(self) -> None:
        """Nothing of what was being replayed is kept."""
        self.forget()
        if self._language is not None:
            self._card.say("", self._language.t("Stopped. Nothing was recorded."))
        self._card.try_it.setFocus()

    def forget(self) -> None:
        """Drop an answer to a form that has changed."""
        self._serial += 1
        self._found = None
        self._card.progress.end()
        self._card.try_it.show()
        self._show()

    def try_it(self) -> None:
        """Replay the last year through what is written now."""
        asked = self._asked()
        if asked is None or not self._work.there or self._language is None:
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
        self._card.try_it.hide()
        what = N_("Past sales are being replayed; the counter goes on meanwhile")
        tell = self._card.progress.begin(what, after_ms=0)
        bring_into_sight(self._card)
        self._work.run(
            lambda office: office.simulate(query, tell),
            lambda view: self._came(view, serial),
            lambda problem: self._failed(problem, serial),
            "simulation",
            slot="simulation",
        )

    def _came(self, view: SimulationView, serial: int) -> None:
        if serial == self._serial:
            self._found = view
            self._show()
            self._end()

    def _failed(self, problem: Problem, serial: int) -> None:
        stopped = isinstance(problem, Rejection) and problem.code == "stopped"
        if serial == self._serial and self._language is not None and not stopped:
            self._card.say("", say_problem(problem, self._language))
            self._end()

    def _end(self) -> None:
        self._card.progress.end()
        self._card.try_it.show()
        bring_into_sight(self._card)

    def _show(self) -> None:
        view, language = self._found, self._language
        if view is None or language is None:
            self._card.say("", "")
        else:
            self._card.say(simulation_head(view, language), "\n".join(simulation_lines(view, language)))
