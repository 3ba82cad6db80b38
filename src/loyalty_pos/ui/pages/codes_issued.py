"""What was issued of a programme's codes, how it stands, and the way to take it out of use."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.code_views import CodeIssueView, CodeView, ProgrammeCodesView
from loyalty_pos.app.commands import VoidCode, VoidCodes
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Codes, Identify
from loyalty_pos.app.views import IdentifyView
from loyalty_pos.ui import bidi
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import codes_words as words
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.side_rows import lay_row
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Btn, Card, Chip, Elide, IconBtn, Tx
from loyalty_pos.ui.widgets.banner import BannerKind
from loyalty_pos.ui.widgets.text_line import TextLine
from loyalty_pos.ui.worker import Problem

PAGE, MOST = 50, 200
CHIPS = 5


class IssueRow(QWidget):
    """Codes issued together, on two lines."""

    void_asked = Signal(object)  # CodeIssueView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.issue: CodeIssueView | None = None
        self._title, self._line = Elide("", "input", weight=600), Tx("", "secondary", "text2", wrap=True)
        self._state = Chip()
        self.void = IconBtn("cross", "", kind="ghost", size=36)
        lay_row(self, self._title, self._line, self._state, self.void)
        self.void.clicked.connect(lambda: self.void_asked.emit(self.issue))

    def show_issue(self, issue: CodeIssueView, language: Language) -> None:
        """Show one issue in the language of now."""
        self.issue = issue
        title, line = words.issued_title(issue, language), words.issued_line(issue, language)
        state, kind = words.STATES[issue.state]
        self._title.setText(title)
        self._line.setText(line)
        self._state.set_content(language.t(state), kind)
        self.void.set_content(
            "cross", language.t("Take out of use: {what}", what=bidi.strip(f"{title}, {line}"))
        )
        self.void.setVisible(issue.state == "open")
        self.void.setToolTip(language.t("Take out of use"))


class IssuedCard(Card):
    """Count and list what was issued, look at one code; a void is for good, so it is asked about once."""

    def __init__(self, dispatcher: Dispatcher, language: Language, make_id: Callable[[], str]) -> None:
        super().__init__(padding=14)
        self._courier, self._make_id, self._language = Courier(dispatcher, self), make_id, language
        self._programme = ""
        self.view: ProgrammeCodesView | None = None
        self._issues: tuple[CodeIssueView, ...] = ()
        self._wanted: VoidCode | VoidCodes | None = None
        self.title = Tx("", "section")
        self.chips = [Chip() for _ in range(CHIPS)]
        self.look_up, self.look = TextLine(), Btn("", "soft", icon="search", keycap="F7", size="small")
        self.question, self.told = Banner("danger"), Banner("info")
        self.rows: list[IssueRow] = []
        self._none = Tx("", "body", "text2", wrap=True)
        self.more = Btn("", "outline", keycap="Ctrl PgDn", size="small")
        self._lay()
        self.look_up.returnPressed.connect(self.look_now)
        self.look_up.textEdited.connect(lambda text: self._hush())
        self.look.clicked.connect(self.look_now)
        self.question.acted.connect(self._answered)
        self.more.clicked.connect(self._ask_more)
        self._hush()
        self.show_texts(language)

    def open_for(self, programme: str) -> None:
        """Show the codes of a programme."""
        self._programme, self.view, self._issues = programme, None, ()
        self.look_up.clear()
        self._hush()
        self.ask()

    def ask(self) -> None:
        """Ask for what was issued, as much of it as is shown."""
        shown = min(MOST, max(PAGE, len(self._issues)))
        query = Codes(programme=self._programme, limit=shown)
        self._courier.ask_latest("codes.issued", query, self._came, self._failed)

    def look_now(self) -> None:
        """Say what the code in the field is."""
        text = self.look_up.text().strip()
        if text:
            self._hush()
            self._courier.ask_latest("codes.look", Identify(text=text), self._looked, self._failed)

    def step_back(self) -> bool:
        """Take a question or an answer away; False when there was none."""
        if self.question.isHidden() and self.told.isHidden():
            return False
        self._hush()
        self.look_up.clear()
        return True

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        if language.code != self._language.code:
            self._hush()
        self._language = language
        self.title.setText(t("Issued so far"))
        self.look_up.setPlaceholderText(t("Scan or type a code"))
        self.look_up.setAccessibleName(t("Scan or type a code"))
        self.look.set_content(t("Look it up"))
        self.more.set_content(t("Show more"))
        self._none.setText(t("No codes yet"))
        self._show()

    def _lay(self) -> None:
        self.body.addWidget(self.title)
        chips = row(6)
        for chip in self.chips:
            chips.addWidget(chip)
        chips.addStretch(1)
        self.body.addLayout(chips)
        looking = row(8)
        looking.addWidget(self.look_up, 1)
        looking.addWidget(self.look)
        self.body.addLayout(looking)
        for banner in (self.question, self.told):
            self.body.addWidget(banner)
        inside = QWidget()
        self._lines = column(inside, 8)
        self._lines.addWidget(self._none)
        self._lines.addWidget(self.more)
        self._lines.addStretch(1)
        self.body.addWidget(scroller(inside), 1)

    def _came(self, view: ProgrammeCodesView) -> None:
        self.view, self._issues = view, view.issues
        self._show()

    def _ask_more(self) -> None:
        if self.view is not None and self.view.next is not None:
            query = Codes(programme=self._programme, before=self.view.next, limit=PAGE)
            self._courier.ask_latest("codes.issued", query, self._more_came, self._failed)

    def _more_came(self, view: ProgrammeCodesView) -> None:
        self.view, self._issues = view, (*self._issues, *view.issues)
        self._show()

    def _looked(self, found: IdentifyView) -> None:
        t, code = self._language.t, found.code
        if code is None:
            self._tell("danger", t("This is no code of this shop"))
            return
        what, stands = words.code_in_hand(code, self._language)
        if code.state in ("void", "used"):
            self._tell("info", what, stands)
        else:
            self._question(VoidCode(posting_id=self._make_id(), code=self.look_up.text()), what, stands)

    def _ask_void(self, issue: CodeIssueView) -> None:
        t, count = self._language.t, issue.counts.open
        title = t("Take out of use: {what}?", what=words.issued_title(issue, self._language))
        left = self._language.n("{count} open code ends.", "{count} open codes end.", count)
        said = t("Nobody can use the word any more.") if issue.word else left
        self._question(VoidCodes(posting_id=self._make_id(), issue=issue.issue), title, said)

    def _question(self, command: VoidCode | VoidCodes, title: str, said: str) -> None:
        t = self._language.t
        self._hush()
        self._wanted = command
        actions = (
            Action("void", t("Take out of use"), "danger", icon="cross", keycap="F9"),
            Action("stay", t("Leave it"), "outline", keycap="Esc"),
        )
        text = said + "\n" + t("This is for good; sales of before keep what it took off.")
        self.question.set_content("info" if isinstance(command, VoidCode) else "danger", title, text, actions)
        self.question.show()
        self.question.buttons["stay"].setFocus()

    def _answered(self, key: str) -> None:
        command = self._wanted
        self._hush()
        self.look_up.setFocus()
        if key == "void" and command is not None:
            self._courier.do(command, self._voided, self._failed)

    def _voided(self, view: CodeView | CodeIssueView) -> None:
        self.look_up.clear()
        self._tell("gain", self._language.t("It is out of use"))

    def _failed(self, problem: Problem) -> None:
        self._tell("danger", say_problem(problem, self._language))

    def _tell(self, kind: BannerKind, title: str, text: str = "") -> None:
        self.told.set_content(kind, title, text)
        self.told.show()

    def _hush(self) -> None:
        self._wanted = None
        self.question.hide()
        self.told.hide()

    def _show(self) -> None:
        view, language = self.view, self._language
        said = words.counted(view.counts, language) if view is not None else ()
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < len(said))
            if number < len(said):
                chip.set_content(*said[number])
        while len(self.rows) > len(self._issues):
            gone = self.rows.pop()
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(self._issues):
            made = IssueRow()
            made.void_asked.connect(self._ask_void)
            self._lines.insertWidget(len(self.rows) + 1, made)
            self.rows.append(made)
        for line, issue in zip(self.rows, self._issues, strict=True):
            line.show_issue(issue, language)
        self._none.setVisible(view is not None and not self._issues)
        self.more.setVisible(view is not None and view.next is not None)
