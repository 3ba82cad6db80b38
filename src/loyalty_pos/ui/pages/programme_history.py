"""What a programme was before: every revision with who, when, and what it changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_studio import ProgrammeHistory
from loyalty_pos.app.studio_views import ChangeView, ProgrammeHistoryView, RevisionView
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.counter_words import day_and_time
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Card, Chip, Skeleton, Tx
from loyalty_pos.ui.worker import Problem

NOBODY_BY_NAME = "counter"
"""Who acts where nobody signed in."""


class RevisionCard(Card):
    """One revision: its number, who and when, what it changed, and what it said."""

    def __init__(self) -> None:
        super().__init__("inset", padding=14)
        head = row()
        self.number, self.when = Tx("", "input", weight=600), Tx("", "secondary", "text2")
        self.state = Chip()
        head.addWidget(self.number)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.when)
        self.body.addLayout(head)
        self.changes = Tx("", "body", wrap=True)
        self.sentence = Tx("", "secondary", "text2", wrap=True)
        self.body.addWidget(self.changes)
        self.body.addWidget(self.sentence)

    def show_revision(self, view: RevisionView, language: Language, *, newest: bool) -> None:
        """Say one revision in the language of now."""
        t = language.t
        self.number.setText(t("version {number}", number=language.number(view.number)))
        when, till = day_and_time(view.at_ms, language), language.digits(view.till)
        if view.actor == NOBODY_BY_NAME:
            said = t("{when}, at till {till}", when=when, till=till)
        else:
            said = t("{when}, by {who} at till {till}", when=when, who=language.name(view.actor), till=till)
        self.when.setText(said)
        self.state.set_content(t("Newest"), "gain", "check")
        self.state.setVisible(newest)
        self.changes.setText("\n".join(change_words(one, language) for one in view.changes))
        self.changes.setVisible(bool(view.changes))
        self.sentence.setText(view.sentence.said(language.code))
        self.setAccessibleName(self.number.said())


def change_words(one: ChangeView, language: Language) -> str:
    """Say what a field was and what it became."""
    code = language.code
    return language.t(
        "{field}: {before} → {after}",
        field=one.label.said(code),
        before=one.before.said(code),
        after=one.after.said(code),
    )


class HistoryDesk(QWidget):
    """List the revisions of one programme; Esc goes back to the form."""

    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dispatcher, self._language = dispatcher, language
        self._view: ProgrammeHistoryView | None = None
        self._key = ""
        self.cards: list[RevisionCard] = []
        outer, card = column(self), Card()
        outer.addWidget(card)
        self.title = Tx("", "section")
        self.about = Tx("", "secondary", "text2", wrap=True)
        self.trouble, self.skeleton = Banner("danger"), Skeleton()
        self.trouble.hide()
        inside = QWidget()
        self._rows = column(inside, 10)
        self._rows.addStretch(1)
        self.area = scroller(inside)
        for part in (self.title, self.about, self.trouble, self.skeleton):
            card.body.addWidget(part)
        card.body.addWidget(self.area, 1)
        self.show_texts(language)

    def open_for(self, programme: ProgrammeDetailView) -> None:
        """Show the history of a programme."""
        self._key, self._view = programme.key, None
        self.refresh(programme)

    def refresh(self, programme: ProgrammeDetailView) -> None:
        """Ask for the revisions again."""
        self.trouble.hide()
        if self._view is None:
            self.skeleton.show_later()
        self._show()
        self._dispatcher.ask(ProgrammeHistory(key=programme.key), self._came, self._failed, self)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        t = language.t
        self.title.setText(t("History"))
        self.about.setText(t("Versions are never changed: what members got follows the one of its day."))
        self.skeleton.set_name(t("The history is being read"))
        self._show()

    def put_focus(self) -> None:
        """Let the keys scroll."""
        self.area.setFocus()

    def act(self, pressed: Pressed) -> bool:
        """Scroll, or close."""
        bar = self.area.verticalScrollBar()
        if pressed.action is Action.ESCAPE:
            self.closed.emit()
        elif pressed.action in (Action.UP, Action.DOWN):
            bar.setValue(bar.value() + (60 if pressed.action is Action.DOWN else -60))
        elif pressed.action is Action.FIRST:
            bar.setValue(0)
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Take no scan: it belongs to the counter."""
        return False

    def _came(self, view: ProgrammeHistoryView) -> None:
        if view.key == self._key:
            self.skeleton.cancel()
            self._view = view
            self._show()

    def _failed(self, problem: Problem) -> None:
        self.skeleton.cancel()
        self.trouble.set_content("danger", say_problem(problem, self._language))
        self.trouble.show()

    def _show(self) -> None:
        revisions = self._view.revisions if self._view is not None else ()
        while len(self.cards) < len(revisions):
            made = RevisionCard()
            self._rows.insertWidget(len(self.cards), made)
            self.cards.append(made)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(revisions))
            if place < len(revisions):
                card.show_revision(revisions[place], self._language, newest=place == 0)
