"""Find a member by typing what identifies them, anywhere a page asks for one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import MembersList
from loyalty_pos.app.views import MemberLineView, MembersListView
from loyalty_pos.ui import bidi
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.counter_words import called, initial
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Candidate, CandidateList, SearchField, Tx
from loyalty_pos.ui.worker import Problem

SHOWN = 6


class MemberPicker(QWidget):
    """Search as the members page does; Enter takes the first, arrows another one."""

    picked = Signal(object)  # MemberLineView
    emptied = Signal()  # what was typed no longer names the one picked

    def __init__(self, dispatcher: Dispatcher, language: Language, slot: str) -> None:
        super().__init__()
        self._courier, self._slot, self._language = Courier(dispatcher, self), slot, language
        self._found: dict[str, MemberLineView] = {}
        self._waiting = self._pick_next = False
        self.search = SearchField(icon="search", keycap="F2")
        self.people = CandidateList()
        self.told = Tx("", "secondary", "text2", wrap=True)
        layout = column(self, 6)
        for part in (self.search, self.people, self.told):
            layout.addWidget(part)
        self.setFocusProxy(self.search)
        self.search.edited.connect(self._ask)
        self.search.moved.connect(self.people.move_by)
        self.search.submitted.connect(self._enter)
        self.people.picked.connect(self._pick)
        self.show_texts(language)
        self._show({})

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        self.search.set_texts(language.t("Name, phone or card number"), language.t("Search members"))
        self.people.setAccessibleName(language.t("Members"))
        self._show(self._found)

    def clear(self) -> None:
        """Empty without a signal."""
        self.search.clear()
        self._show({})

    def take(self, text: str) -> None:
        """Look for a scanned card, and take whom it names."""
        self.search.set_text(text)
        self._ask(text)
        self._enter(text)

    def _ask(self, text: str) -> None:
        self.emptied.emit()
        self._pick_next = False
        self._waiting = bool(text.strip())
        if not self._waiting:
            self._show({})
            return
        query = MembersList(text=text.strip(), limit=SHOWN)
        self._courier.ask_latest(self._slot, query, self._came, self._failed)

    def _came(self, view: MembersListView) -> None:
        if not self._waiting:
            return
        self._waiting = False
        self._show({each.member: each for each in view.members})
        self.told.setVisible(not view.members)
        self.told.setText(self._language.t("Nobody found"))
        if self._pick_next:
            self._enter(self.search.text())

    def _failed(self, problem: Problem) -> None:
        self._waiting = False
        self._show({})
        self.told.setText(say_problem(problem, self._language))
        self.told.show()

    def _enter(self, text: str) -> None:
        """Take the current one; Enter right after typing waits for whom the text means."""
        self._pick_next = self._waiting
        if not self._waiting:
            self.people.pick_current()

    def _pick(self, member: str) -> None:
        chosen = self._found[member]
        self.search.set_text(bidi.strip(called(chosen.name, chosen.phone, self._language)))
        self._show({})
        self.search.setFocus()
        self.picked.emit(chosen)

    def _show(self, found: dict[str, MemberLineView]) -> None:
        self._found = found
        self.people.setVisible(bool(found))
        self.told.hide()
        self.people.set_candidates([self._candidate(each) for each in found.values()])

    def _candidate(self, member: MemberLineView) -> Candidate:
        phone = self._language.phone(member.phone, masked=True) if member.phone and member.name else ""
        named = called(member.name, member.phone, self._language)
        return Candidate(member.member, named, initial(member.name) or "+", phone)
