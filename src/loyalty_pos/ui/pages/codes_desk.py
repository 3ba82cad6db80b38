"""The codes of one programme: issue some, print or save them, see how they stand, take them out of use."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages import codes_words as words
from loyalty_pos.ui.pages.codes_issue import IssueCard, ShownCodes
from loyalty_pos.ui.pages.codes_issued import IssuedCard
from loyalty_pos.ui.pages.counter_parts import column, desk_of
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets.progress import Progress
from loyalty_pos.ui.worker import Problem

ENDINGS = (".xlsx", ".csv", ".pdf")


class CodesDesk(QWidget):
    """Issuing at the start side, what was issued at the end side."""

    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, make_id: Callable[[], str]) -> None:
        super().__init__()
        self._language = language
        self.paper: Paper | None = None
        self.ask_file: Callable[[str], str] = self._ask_file
        self.issue = IssueCard(dispatcher, language, make_id)
        self.shown = ShownCodes()
        self.progress = Progress()
        self.issued = IssuedCard(dispatcher, language, make_id)
        start, held = QWidget(), QWidget()
        self._stack = QStackedLayout(held)
        begins = column(start)
        begins.addWidget(held, 1)
        begins.addWidget(self.progress)
        self._stack.addWidget(self.issue)
        self._stack.addWidget(self.shown)
        desk_of(self, start, self.issued)
        self.issue.came.connect(self._came)
        self.shown.print_asked.connect(self._print)
        self.shown.save_asked.connect(self._save)
        self.shown.closed.connect(self._back_to_issuing)

    def open_for(self, programme: ProgrammeDetailView) -> None:
        """Begin with a programme."""
        self._stack.setCurrentWidget(self.issue)
        self.issue.open_for(programme.key)
        self.issued.open_for(programme.key)

    def refresh(self, programme: ProgrammeDetailView) -> None:
        """Ask again how the codes stand."""
        self.issued.ask()

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        for part in (self.issue, self.shown, self.issued):
            part.show_texts(language)
        self.progress.show_texts(language, keycap="Esc")

    def put_focus(self) -> None:
        """Put the keyboard where work begins."""
        if self._showing_codes:
            self.shown.list.setFocus()
        else:
            self.issue.focus_first()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        action = pressed.action
        if action is Action.ESCAPE:
            self._step_back()
        elif action is Action.PUBLISH:
            (self.shown.save if self._showing_codes else self.issue.issue).click()
        elif action is Action.PRINT and self._showing_codes:
            self.shown.print.click()
        elif action is Action.SEARCH and self.issue.picker.isVisible():
            self.issue.picker.setFocus()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Look at a scanned code, or take the member whose card was asked for."""
        if self.issue.picker.search.line.hasFocus():
            self.issue.picker.take(code)
        else:
            self.issued.look_up.setText(code)
            self.issued.look_now()
        return True

    @property
    def _showing_codes(self) -> bool:
        return self._stack.currentWidget() is self.shown

    def _step_back(self) -> None:
        if self.progress.running:
            self.progress.call_off()
        elif self.issued.step_back():
            self.put_focus()
        elif self._showing_codes:
            self.shown.leave()
        else:
            self.closed.emit()

    def _came(self, codes: CodesView) -> None:
        self.shown.show_codes(codes, self._language)
        ready = self.paper is not None and self.paper.ready
        self.shown.print.setEnabled(ready)
        self.shown.save.setEnabled(ready)
        self._stack.setCurrentWidget(self.shown)
        self.shown.list.setFocus()

    def _back_to_issuing(self) -> None:
        self._stack.setCurrentWidget(self.issue)
        self.issue.focus_first()

    def _print(self) -> None:
        if self.paper is not None and self.shown.codes is not None:
            tell = self.progress.begin(N_("The slips are being drawn; the counter goes on"))
            self.paper.codes(self.shown.codes, None, self._printed, self._not_printed, self, tell)

    def _printed(self, where: object) -> None:
        self.progress.end()
        self.shown.tell(self._language.t("The slips are printed"), kept=True)

    def _not_printed(self, problem: Problem) -> None:
        if self._ended(problem):
            return
        waits = self._language.t("The slips wait and come out by themselves")
        self.shown.tell(f"{say_problem(problem, self._language)}. {waits}", kept=False)

    def _save(self) -> None:
        codes = self.shown.codes
        if self.paper is None or codes is None or not (chosen := self.ask_file(words.file_stem(codes))):
            return
        path = Path(chosen)
        path = path if path.suffix.casefold() in ENDINGS else path.with_name(path.name + ENDINGS[0])
        tell = self.progress.begin(N_("The file is being written"))
        self.paper.codes(codes, path, lambda count: self._saved(path), self._not_saved, self, tell)

    def _saved(self, path: Path) -> None:
        self.progress.end()
        where = self._language.isolate(str(path).replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.shown.tell(self._language.t("Saved: {path}", path=where), kept=True)

    def _ended(self, problem: Problem) -> bool:
        """Take the progress away; say whether it was called off, which left no slip and no file."""
        self.progress.end()
        stopped = isinstance(problem, Rejection) and problem.code == "stopped"
        if stopped:
            self.shown.tell(self._language.t("Stopped: nothing was printed or written"), kept=False)
        return stopped

    def _not_saved(self, problem: Problem) -> None:
        if self._ended(problem):
            return
        self.shown.tell(say_problem(problem, self._language), kept=False)

    def _ask_file(self, stem: str) -> str:
        t = self._language.t
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        tables = ((t("Excel table"), "xlsx"), (t("CSV table"), "csv"), (t("A4 sheets with bars"), "pdf"))
        kinds = ";;".join(f"{name} (*.{ending})" for name, ending in tables)
        asked = QFileDialog.getSaveFileName(self, t("Save as a table"), f"{folder}/{stem}{ENDINGS[0]}", kinds)
        return asked[0]
