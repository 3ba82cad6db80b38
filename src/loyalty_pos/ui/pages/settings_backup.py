"""The backup card: when the last copy was made, where copies lie, a copy now, and the way back to one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from loyalty_pos.app.backup_views import BackupsView, BackupView, RestoredView
from loyalty_pos.app.changes import changed_by
from loyalty_pos.app.commands import Backup, Command, Restore
from loyalty_pos.app.commands_journal import KeepJournal
from loyalty_pos.app.journal_views import JournalView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.pacing import Tell
from loyalty_pos.app.queries import Audit, Backups
from loyalty_pos.app.sentences import WARNINGS
from loyalty_pos.app.views import AuditView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.backup_timer import BackupTimer
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.counter_words import business_day, day_and_time
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Btn, Tx
from loyalty_pos.ui.widgets.flow import FlowRow
from loyalty_pos.ui.widgets.progress import Progress
from loyalty_pos.ui.worker import Problem

_KB, _MB, _GB = 2**10, 2**20, 2**30


def size_words(count: int, language: Language) -> str:
    """Say a number of bytes in the unit a person would choose."""
    if count >= 10 * _GB:
        return language.t("{size} GB", size=language.number(count // _GB))
    if count >= _MB:
        return language.t("{size} MB", size=language.number(count // _MB))
    return language.t("{size} KB", size=language.number(-(-count // _KB)))


def journal_words(view: JournalView | None, language: Language) -> str:
    """Say whether a sales journal is kept, where, and what is not in it yet."""
    t = language.t
    if view is None:
        return t("No sales journal is kept: if this disk dies, what came after the last copy is lost.")
    folder = language.isolate(view.folder.replace("/", "/\u200b").replace("\\", "\\\u200b"))
    said = t("Every sale is also written to the sales journal in {folder}.", folder=folder)
    if not view.waiting:
        return said
    waits = language.n("{count} line waits for its disk.", "{count} lines wait for its disk.", view.waiting)
    return f"{said} {waits}"


def journal_brought(done: RestoredView, language: Language) -> list[str]:
    """Say what the sales journal brought back."""
    count = done.journal_lines
    if not count:
        return []
    return [
        language.n(
            "{count} line of the sales journal was brought back.",
            "{count} lines of the sales journal were brought back.",
            count,
        )
    ]


class BackupCard(FormCard):
    """Show the copies of the shop; it asks for a copy, or to go back to one, and never does either itself."""

    back_wanted = Signal(str, bool)  # the path of a copy, and whether to that copy alone, after the question

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: BackupsView | None = None
        self._language: Language | None = None
        self._busy = False
        self.progress = Progress()
        self.last = Tx("", "body", weight=600, wrap=True)
        self.place = Tx("", "secondary", "text2", wrap=True)
        self.journal = Tx("", "secondary", "text2", wrap=True)
        self.keep = Btn("", "outline", icon="copy", keycap="Alt 5", size="small")
        self.warning = Banner("reward")
        self.make = Btn("", "soft", icon="copy", keycap="Alt 1", size="small")
        self.back = Btn("", "outline", icon="undo", keycap="Alt 2", size="small")
        self.elsewhere = Btn("", "outline", icon="pencil", keycap="Alt 3", size="small")
        self.prove = Btn("", "outline", icon="check", keycap="Alt 4", size="small")
        self.question = Banner("danger")
        for widget in (self.last, self.place, self.warning):
            self.body.addWidget(widget)
        self.add("copies", "choice", listed=True)
        buttons, beside = FlowRow(), FlowRow()
        buttons.show_all([self.make, self.back, self.elsewhere])
        beside.show_all([self.prove, self.keep])
        self.body.addWidget(buttons)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.journal)
        self.body.addWidget(beside)
        for banner in (self.question, self.answer):
            banner.hide()
            self.body.addWidget(banner)
        self.warning.hide()
        self.back.clicked.connect(self._ask)
        self.question.acted.connect(self._answered)
        self.edited.connect(self.question.hide)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        t = language.t
        self.title.setText(t("Safety copies"))
        self.make.set_content(t("Make a copy now"))
        self.back.set_content(t("Go back to this copy"))
        self.elsewhere.set_content(t("Another folder"))
        self.prove.set_content(t("Check the books"))
        self.progress.show_texts(language, keycap="Esc")
        self.keep.set_content(t("Sales journal on another disk"))
        self.question.hide()
        self._show()

    def show_copies(self, view: BackupsView) -> None:
        """Show what there is; the chosen copy stays chosen."""
        self._view = view
        self._show()

    def show_unread(self) -> None:
        """Say that it is not known which copies there are."""
        if self._view is None:
            self.last.setText(self.language.t("The copies could not be read"))

    def begin(self, what: str, *, can_stop: bool = True) -> Tell:
        """Say that something is under way; the buttons wait. Returns what hears how far it is."""
        self._busy = True
        self.question.hide()
        self.say("info", "")
        self._show()
        return self.progress.begin(what, after_ms=0, can_stop=can_stop)

    def end(self) -> None:
        """Let the buttons work again."""
        self._busy = False
        self.progress.end()
        self._show()

    def chosen(self) -> BackupView | None:
        """Return the copy that is chosen in the list."""
        path = self.editor("copies").value()
        return next((each for each in self._copies() if each.path == path), None)

    @property
    def language(self) -> Language:
        """The language of now."""
        assert self._language is not None
        return self._language

    def _copies(self) -> tuple[BackupView, ...]:
        return self._view.backups if self._view else ()

    def _show(self) -> None:
        language, view = self._language, self._view
        if language is None:
            return
        t, copies = language.t, self._copies()
        pairs = [(each.path, self._called(each, language)) for each in copies]
        self.word(language, "copies", t("Copies"), pairs)
        self.rows["copies"].setVisible(bool(copies))
        self.back.setVisible(bool(copies))
        for button in (self.make, self.back, self.elsewhere, self.keep, self.prove):
            button.setEnabled(not self._busy)
        self.warning.hide()
        if view is None:
            self.last.setText(t("The copies are being read"))
            return
        nothing = WARNINGS["no_backup"]
        self.last.setText(
            t("Last copy: {when}. Checked and sound.", when=day_and_time(copies[0].at_ms, language))
            if copies
            else t(nothing)
        )
        folder = language.isolate(view.folder.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        room = t("{size} free", size=size_words(view.free_bytes, language))
        every = t("Every half hour, and when the program closes.")
        self.place.setText(f"{every}\n{folder}\n{room}")
        self.place.setAccessibleName(f"{every} {view.folder} {room}")
        self.journal.setText(journal_words(view.journal, language))
        told = [t(WARNINGS[code]) for code in view.warnings if code != "no_backup"]
        self.warning.set_content("reward", " ".join(told))
        self.warning.setVisible(bool(told))

    def _called(self, copy: BackupView, language: Language) -> str:
        """Say when; the day in its short form, for it stands in a narrow list."""
        return f"{language.day_short(business_day(copy.at_ms, language))} · {language.clock(copy.at_ms)}"

    def _ask(self) -> None:
        copy, language = self.chosen(), self._language
        if copy is None or language is None:
            return
        t = language.t
        self.answer.hide()
        self.question.set_content(
            "danger",
            t("Go back to {when}?", when=day_and_time(copy.at_ms, language)),
            t("What was recorded since then leaves the books; the file as it is now is kept beside."),
            self._ways(language),
        )
        self.question.show()
        self.question.buttons["stay"].setFocus()

    def _ways(self, language: Language) -> tuple[Action, ...]:
        """Offer what the journal brings back as well, where one is kept."""
        t, kept = language.t, self._view is not None and self._view.journal is not None
        forward = Action(
            "forward",
            t("Go back, and bring back what the sales journal has"),
            "soft",
            icon="undo",
            keycap="Ctrl Z",
        )
        return (
            *([forward] if kept else []),
            Action("back", t("Go back to this copy"), "danger", icon="undo", keycap="F9"),
            Action("stay", t("Leave everything as it is"), "outline", keycap="Esc"),
        )

    def _answered(self, key: str) -> None:
        copy = self.chosen()
        self.question.hide()
        if key in ("back", "forward") and copy is not None:
            self.back_wanted.emit(copy.path, key == "back")
        else:
            self.back.setFocus()


class Copying(QObject):
    """Do what the card asks for: copies on the backup's own thread, the way back on the shop's."""

    moved = Signal(str)  # the folder copies go to from now on
    unread = Signal(object)  # the problem: nobody knows which copies there are

    def __init__(self, card: BackupCard, dispatcher: Dispatcher) -> None:
        super().__init__(card)
        self.folder = ""
        self.ask_folder: Callable[[str], str] = self._ask_folder
        self._card, self._dispatcher = card, dispatcher
        self._timer: BackupTimer | None = None
        card.make.clicked.connect(self._make)
        card.elsewhere.clicked.connect(self._move)
        card.back_wanted.connect(self._go_back)
        card.keep.clicked.connect(self._keep)
        card.prove.clicked.connect(self._prove)

    def use(self, timer: BackupTimer | None) -> None:
        """Let the window's own backups make the copies; without them the shop's thread does."""
        self._timer = timer
        if timer is not None:
            timer.done.connect(self._made)
            timer.failed.connect(self._failed)

    def read(self) -> None:
        """Ask which copies there are."""
        query = Backups(path=self.folder or None)
        self._dispatcher.ask_latest("copies", query, self._card.show_copies, self._not_read, self)

    def _not_read(self, problem: Problem) -> None:
        self._card.show_unread()
        self.unread.emit(problem)

    def _make(self) -> None:
        tell = self._card.begin(N_("The copy is being made and checked; the counter goes on meanwhile"))
        if self._timer is not None:
            self._timer.make_now(tell)
        else:
            self._watch(Backup(path=self.folder or None), tell, self._made)

    def _watch(self, command: Command, tell: Tell, done: Callable[[Any], None]) -> None:
        """Let the shop's own thread do something long that can be called off."""

        def did(result: Any) -> None:
            done(result)
            self._dispatcher.changed.emit(changed_by(command))

        self._dispatcher.run(lambda shop: shop.do_watched(command, tell), did, self._failed, self)

    def _prove(self) -> None:
        tell = self._card.begin(N_("Every entry is being checked; the counter goes on"))
        done, failed = self._proved, self._failed
        if self._timer is not None:
            self._timer.prove(tell, done, failed, self)
        else:
            self._dispatcher.run(lambda shop: shop.ask_watched(Audit(), tell), done, failed, self)

    def _proved(self, view: AuditView) -> None:
        self._card.end()
        language, count = self._card.language, view.figures["postings"]
        if view.ok:
            said = language.n("{count} record checked", "{count} records checked", count)
            sound = language.t("All is sound")
            self._card.say("gain", f"{said}. {sound}")
        else:
            self._card.say("danger", language.t("The books do not prove. Go back to the last safety copy"))

    def _made(self, copy: BackupView) -> None:
        self._card.end()
        self._card.say("gain", self._card.language.t("A copy is there, checked and sound"))
        self.read()

    def _move(self) -> None:
        folder = self.ask_folder(self.folder)
        if folder:
            self.moved.emit(folder)
            self.read()

    def _keep(self) -> None:
        folder = self.ask_folder(self.folder)
        if folder:
            what = N_("The sales journal begins with a copy of the shop")
            tell = self._card.begin(what, can_stop=False)
            self._watch(KeepJournal(folder=folder), tell, self._kept)

    def _kept(self, view: JournalView) -> None:
        self._card.end()
        self._card.say("gain", self._card.language.t("Every sale is written there as well from now on"))
        self.read()

    def _go_back(self, path: str, alone: bool) -> None:
        tell = self._card.begin(N_("The copy is being checked and put in place"))
        self._watch(Restore(path=path, without_journal=alone), tell, self._went_back)

    def _went_back(self, done: RestoredView) -> None:
        self._card.end()
        language = self._card.language
        t, lost = language.t, done.postings_lost
        said = [
            t("The shop is as it was then.") if not done.journal_lines else t("The shop is back."),
            language.n("{count} entry left the books.", "{count} entries left the books.", lost),
            *journal_brought(done, language),
            t(
                "The file as it was: {path}",
                path=language.isolate((done.old_file or "").replace("/", "/\u200b")),
            ),
        ]
        self._card.say("gain", " ".join(said))

    def _failed(self, problem: Problem) -> None:
        self._card.end()
        stopped = isinstance(problem, Rejection) and problem.code == "stopped"
        self._card.say("info" if stopped else "danger", say_problem(problem, self._card.language))

    def _ask_folder(self, now: str) -> str:
        return QFileDialog.getExistingDirectory(self._card, self._card.language.t("Where the copies go"), now)
