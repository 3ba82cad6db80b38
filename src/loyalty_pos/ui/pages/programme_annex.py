"""What an owner does with a published programme beside its form: its codes, its list, its pledges."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.ui.keymap import Pressed
from loyalty_pos.ui.pages.cause_desk import CauseDesk
from loyalty_pos.ui.pages.codes_desk import CodesDesk
from loyalty_pos.ui.pages.list_desk import ListDesk
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.programme_history import HistoryDesk
from loyalty_pos.ui.paper import Paper


class Annex(QWidget):
    """Hold the desk of one programme at a time; `moved` says that one was opened or closed."""

    moved = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.programme: ProgrammeDetailView | None = None
        self.codes = CodesDesk(page.dispatcher, page.language, self._new_key)
        self.list = ListDesk(page.dispatcher, page.language)
        self.cause = CauseDesk(page.dispatcher, page.language, self._new_key)
        self._stack = QStackedLayout(self)
        self.history = HistoryDesk(page.dispatcher, page.language)
        for desk in (self.codes, self.list, self.cause, self.history):
            self._stack.addWidget(desk)
            desk.closed.connect(self.close_desk)
        self._desk: CodesDesk | ListDesk | CauseDesk | HistoryDesk | None = None

    @property
    def on(self) -> bool:
        """Whether a desk is open."""
        return self._desk is not None

    def equip(self, paper: Paper) -> None:
        """Learn where slips are printed."""
        self.codes.paper = self.cause.paper = paper

    def open_for(self, programme: ProgrammeDetailView | None) -> None:
        """Open the desk of a programme that has one."""
        if programme is None or not (programme.by_code or programme.cause or programme.listed is not None):
            return
        self.programme = programme
        self._desk = self.codes if programme.by_code else self.cause if programme.cause else self.list
        self._desk.open_for(programme)
        self._stack.setCurrentWidget(self._desk)
        self.moved.emit()
        self._desk.put_focus()

    def open_history(self, programme: ProgrammeDetailView | None) -> None:
        """Open the history of a published programme."""
        if programme is not None:
            self.programme, self._desk = programme, self.history
            self.history.open_for(programme)
            self._stack.setCurrentWidget(self.history)
            self.moved.emit()
            self.history.put_focus()

    def title(self, language: Language) -> str:
        """Say what the open desk is of its programme."""
        names = {
            self.codes: language.t("Its codes"),
            self.cause: language.t("Its pledges"),
            self.history: language.t("Its history"),
        }
        return names.get(self._desk, language.t("Its list by hand")) if self._desk is not None else ""

    def close_desk(self) -> None:
        """Go back to the form."""
        if self._desk is not None:
            self._desk = self.programme = None
            self.moved.emit()

    def refresh(self, programmes: Sequence[ProgrammeDetailView]) -> None:
        """Ask again for what is shown; a programme that works by code no more has no desk either."""
        if self.programme is None or self._desk is None:
            return
        found = next((each for each in programmes if each.key == self.programme.key), None)
        if found is None or (found.by_code, found.cause, found.listed is None) != (
            self.programme.by_code,
            self.programme.cause,
            self.programme.listed is None,
        ):
            self.close_desk()
            return
        self.programme = found
        self._desk.refresh(found)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self.codes.show_texts(language)
        self.list.show_texts(language)
        self.cause.show_texts(language)
        self.history.show_texts(language)

    def put_focus(self) -> None:
        """Put the keyboard where work begins."""
        if self._desk is not None:
            self._desk.put_focus()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        return self._desk is not None and self._desk.act(pressed)

    def takes_scan(self, code: str) -> bool:
        """Take a scan while a desk is open."""
        return self._desk is not None and self._desk.takes_scan(code)

    def _new_key(self) -> str:
        """Make a key for a posting, the way the page does by then."""
        return self._page.make_id()
