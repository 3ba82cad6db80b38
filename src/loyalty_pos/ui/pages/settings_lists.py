"""The lists card: bring in what another program wrote, after a look at it; write the shop's own lists."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.exchange import Exchange, ExchangeView, ListName
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.pacing import Tell
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Btn, Tx
from loyalty_pos.ui.widgets.progress import Progress
from loyalty_pos.ui.worker import Problem, Worker

Step = Literal["choose", "reading", "seen", "taking", "writing"]

_NAMES: dict[ListName, str] = {"members": N_("Members"), "products": N_("Goods"), "sales": N_("Past sales")}
_HINTS: dict[ListName, str] = {
    "members": N_("Phone or card, name, birthday, gender, city. Whoever is a member already is skipped."),
    "products": N_("Code, name, price, group, barcode. Those that differ are changed."),
    "sales": N_("Day, amount, card or phone, goods. What is there already is skipped."),
}


class ListsCard(FormCard):
    """Choose a list, look at what a file would bring, then bring it in; or write the list to a file."""

    answered = Signal(bool)  # to the question whether to bring it in

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: Language | None = None
        self.step: Step = "choose"
        self.add("what", "choice", [(name, "") for name in get_args(ListName)])
        self.add("enrol", "yes_no")
        self.hint = Tx("", "secondary", "text2", wrap=True)
        self.read = Btn("", "soft", icon="plus", keycap="Alt 6", size="small")
        self.write = Btn("", "outline", icon="copy", keycap="Alt 7", size="small")
        self.progress = Progress()
        self.told = Tx("", "body", wrap=True)
        self.question = Banner("info")
        buttons = row(8)
        buttons.addWidget(self.read)
        buttons.addWidget(self.write)
        buttons.addStretch(1)
        self.body.addWidget(self.hint)
        self.body.addLayout(buttons)
        self.body.addWidget(self.progress)
        for each in (self.question, self.answer, self.told):  # what is asked stands above the rows
            each.hide()
            self.body.addWidget(each)
        self.editor("what").put("members")
        self.edited.connect(self._chose)
        self.question.acted.connect(lambda key: self.answered.emit(key == "take"))

    @property
    def what(self) -> ListName:
        """The list that is chosen."""
        chosen = self.editor("what").value()
        return next((name for name in get_args(ListName) if name == chosen), "members")

    @property
    def language(self) -> Language:
        """The language of now."""
        assert self._language is not None
        return self._language

    def set_language(self, language: Language) -> None:
        """Speak another language; what a file was found to hold is asked for again."""
        spoken, self._language = self._language, language
        t = language.t
        self.title.setText(t("Lists in and out"))
        self.word(language, "what", t("List"), [(name, t(word)) for name, word in _NAMES.items()])
        self.word(language, "enrol", t("Enrol unknown cards"))
        self.read.set_content(t("Bring in a file"))
        self.write.set_content(t("Save as a file"))
        self.progress.show_texts(language, keycap="Esc")
        if spoken is not None and spoken.code != language.code and self.step in ("choose", "seen"):
            self.show_step("choose")
        self._show()

    def show_step(self, step: Step, view: ExchangeView | None = None) -> None:
        """Show how far it is; `view` is what was found or done."""
        self.step = step
        self.progress.end()
        self.say("info", "")
        lines = "\n".join(view.lines) if view and not view.broken else ""
        self.told.setText(lines)
        self.told.setVisible(bool(lines))
        if view and view.broken:
            self.say("danger", " ".join(view.lines))
        self._show()

    def begin(self, step: Step) -> Tell:
        """Show what is being done with a file, and return what hears how many rows it has got to."""
        self.show_step(step)
        words = {
            "reading": N_("The file is being read; nothing is recorded yet"),
            "taking": N_("The file is being brought in; the counter goes on meanwhile"),
            "writing": N_("The file is being written"),
        }
        return self.progress.begin(words[step], after_ms=0)

    def ask(self, view: ExchangeView) -> None:
        """Show what a file holds, and ask whether to bring it in."""
        self.show_step("seen", view)
        if view.broken or not view.rows:
            self.step = "choose"
            self._show()
            self.read.setFocus()
            return
        language = self.language
        self.question.set_content(
            "info",
            language.n("Bring in {count} row?", "Bring in {count} rows?", view.rows),
            language.t("Nothing is recorded yet."),
            (
                Action("take", language.t("Bring in"), "primary", keycap="Ctrl N"),
                Action("leave", language.t("Leave it"), "outline", keycap="Esc"),
            ),
        )
        self.question.buttons["take"].setFocus()

    def _chose(self) -> None:
        if self.step == "seen":  # another list, or other owners: what was seen counts no more
            self.show_step("choose")
        self._show()

    def _show(self) -> None:
        if self._language is None:
            return
        busy = self.step in ("reading", "taking", "writing")
        self.hint.setText(self._language.t(_HINTS[self.what]))
        self.rows["enrol"].setVisible(self.what == "sales")
        for each in (self.read, self.write, self.editor("what"), self.editor("enrol")):
            each.setEnabled(not busy)
        self.question.setVisible(self.step == "seen")


class Exchanging(QObject):
    """Do what the card asks for, on a thread and a connection of their own: no sale waits for a file."""

    def __init__(self, card: ListsCard, dispatcher: Dispatcher) -> None:
        super().__init__(card)
        self.ask_file: Callable[[], str] = self._ask_file
        self.ask_place: Callable[[str], str] = self._ask_place
        self._card, self._dispatcher = card, dispatcher
        self._exchange: Callable[[], Exchange] | None = None
        self._worker: Worker | None = None
        self._file = Path()
        card.read.clicked.connect(self._read)
        card.write.clicked.connect(self._write)
        card.answered.connect(self._answered)
        card.progress.stopped.connect(self._stopping)

    def use(self, exchange: Callable[[], Exchange] | None) -> None:
        """Learn who reads and writes files, made on their thread; without anybody the card is not there."""
        self._exchange = exchange
        self._card.setVisible(exchange is not None)

    def close(self) -> None:
        """Stop after the batch that is under way, and wait for it."""
        self._card.progress.abandon()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._worker is None or self._worker.idle

    def _read(self) -> None:
        file = self.ask_file()
        if file:
            self._file = Path(file)
            self._begin("reading", self._bring_in(trial=True), self._card.ask)

    def _answered(self, yes: bool) -> None:
        if yes:
            self._begin("taking", self._bring_in(trial=False), self._taken)
        else:
            self._card.show_step("choose")
            self._card.read.setFocus()

    def _taken(self, view: ExchangeView) -> None:
        self._done(view)
        self._dispatcher.changed.emit(~Changes.NOTHING)

    def _write(self) -> None:
        place, exchange = self.ask_place(self._card.what), self._exchange
        if place and exchange:
            file = Path(place)
            file = file if file.suffix else file.with_suffix(".xlsx")
            what, code = self._card.what, self._card.language.code
            self._begin(
                "writing", lambda tell: exchange().write(what, file, language=code, tell=tell), self._done
            )

    def _bring_in(self, *, trial: bool) -> Callable[[Tell], ExchangeView]:
        exchange, card, file = self._exchange, self._card, self._file
        assert exchange is not None
        what, enrol, code = card.what, bool(card.editor("enrol").value()), card.language.code
        return lambda tell: exchange().bring_in(
            what, file, trial=trial, enrol=enrol, language=code, tell=tell
        )

    def _begin(
        self, step: Step, work: Callable[[Tell], ExchangeView], done: Callable[[ExchangeView], None]
    ) -> None:
        self._worker = self._worker or Worker("lists", self)
        tell = self._card.begin(step)
        self._worker.submit(lambda: work(tell), done, self._failed, self, subject="lists")

    def _stopping(self) -> None:
        """What is in stays, whole rows all of them; how many that is comes with the answer."""
        self._card.say("info", self._card.language.t("It stops with the rows that are under way"))

    def _done(self, view: ExchangeView) -> None:
        self._card.show_step("choose", view)
        if not view.broken:
            self._card.say("gain", self._card.language.t("Finished"))
        self._card.read.setFocus()

    def _failed(self, problem: Problem) -> None:
        self._card.show_step("choose")
        self._card.say("danger", say_problem(problem, self._card.language))

    def _ask_file(self) -> str:
        t = self._card.language.t
        files = t("Lists (*.csv *.xlsx *.txt)")
        return QFileDialog.getOpenFileName(self._card, t("Bring in a file"), _documents(), files)[0]

    def _ask_place(self, name: str) -> str:
        start = str(Path(_documents()) / f"{name}.xlsx")
        return QFileDialog.getSaveFileName(
            self._card, self._card.language.t("Save as a file"), start, "Excel (*.xlsx);;CSV (*.csv)"
        )[0]


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
