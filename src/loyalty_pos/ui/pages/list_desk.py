"""A segment's list made by hand: who is on it, put somebody on it, take somebody off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import AddToSegment, RemoveFromSegment
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import SegmentMembers
from loyalty_pos.app.segment_views import SegmentListView, SegmentMembersView
from loyalty_pos.app.views import CandidateView, MemberLineView
from loyalty_pos.ui import bidi
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, desk_of, row, scroller
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action as Offer
from loyalty_pos.ui.widgets import Banner, Btn, Card, Elide, Tx
from loyalty_pos.ui.worker import Problem

PAGE, MOST = 50, 200


class ListedRow(QWidget):
    """Somebody on the list."""

    remove_asked = Signal(object)  # CandidateView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self.member: CandidateView | None = None
        self._name, self._phone = Elide("", "input", weight=600), Tx("", "secondary", "text2")
        self.remove = Btn("", "ghost", icon="cross", size="small")
        across = row(8)
        across.addWidget(self._name, 1)
        across.addWidget(self._phone)
        across.addWidget(self.remove)
        column(self).addLayout(across)
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self.member))

    def show_member(self, member: CandidateView, language: Language) -> None:
        """Show somebody in the language of now."""
        self.member = member
        named = called(member.name, member.phone, language)
        self._name.setText(named)
        self._phone.setText(language.phone(member.phone, masked=True) if member.phone and member.name else "")
        self.remove.set_content(language.t("Take off"))
        self.remove.setAccessibleName(bidi.strip(language.t("Take {name} off the list", name=named)))


class ListDesk(QWidget):
    """The search at the start side, the list at the end side; every change can be taken back at once."""

    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        self._courier, self._language = Courier(dispatcher, self), language
        self._segment, self._count = "", 0
        self._members: tuple[CandidateView, ...] = ()
        self._next: int | None = None
        self._back: AddToSegment | RemoveFromSegment | None = None
        self.picker = MemberPicker(dispatcher, language, "segment.member")
        self._title, self._help = Tx("", "section"), Tx("", "secondary", "text2", wrap=True)
        self.told = Banner("gain")
        self._listed, self._none = Tx("", "section"), Tx("", "body", "text2", wrap=True)
        self.more = Btn("", "outline", keycap="Ctrl PgDn", size="small")
        self.rows: list[ListedRow] = []
        self._lay()
        self.picker.picked.connect(self._add)
        self.told.acted.connect(lambda key: self._take_back())
        self.more.clicked.connect(self._ask_more)
        self._tell("")
        self.show_texts(language)

    def open_for(self, programme: ProgrammeDetailView) -> None:
        """Show a segment's list."""
        self._segment, self._members, self._next = programme.key, (), None
        self.picker.clear()
        self._tell("")
        self.refresh(programme)

    def refresh(self, programme: ProgrammeDetailView) -> None:
        """Ask again who is on the list, for as many as are shown."""
        self._count = programme.listed or 0
        limit = min(MOST, max(PAGE, len(self._members)))
        query = SegmentMembers(segment=self._segment, limit=limit)
        self._courier.ask_latest("segment.list", query, self._came, self._failed)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        if language.code != self._language.code:
            self._tell("")
        self._language = language
        self._title.setText(t("Put on the list"))
        self._help.setText(t("Whoever is on the list belongs to the segment, whatever its numbers say."))
        self._none.setText(t("Nobody is on the list yet"))
        self.more.set_content(t("Show more"))
        self.picker.show_texts(language)
        self._show()

    def put_focus(self) -> None:
        """Put the keyboard into the search field."""
        self.picker.setFocus()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        if pressed.action is Action.SEARCH:
            self.put_focus()
        elif pressed.action is Action.UNDO and self._back is not None:
            self._take_back()
        elif pressed.action is Action.ESCAPE and self.picker.search.text():
            self.picker.clear()
        elif pressed.action is Action.ESCAPE:
            self.closed.emit()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Put the member of a scanned card on the list."""
        self.picker.take(code)
        return True

    def _lay(self) -> None:
        add, listed = Card(), Card(padding=14)
        for part in (self._title, self._help, self.picker, self.told):
            add.body.addWidget(part)
        add.body.addStretch(1)
        listed.body.addWidget(self._listed)
        inside = QWidget()
        self._lines = column(inside, 6)
        self._lines.addWidget(self._none)
        self._lines.addWidget(self.more)
        self._lines.addStretch(1)
        listed.body.addWidget(scroller(inside), 1)
        desk_of(self, add, listed)

    def _came(self, view: SegmentMembersView) -> None:
        self._members, self._next = view.members, view.next
        self._show()

    def _ask_more(self) -> None:
        query = SegmentMembers(segment=self._segment, after=self._next or 0, limit=PAGE)
        self._courier.ask_latest("segment.list", query, self._more_came, self._failed)

    def _more_came(self, view: SegmentMembersView) -> None:
        self._members, self._next = (*self._members, *view.members), view.next
        self._show()

    def _add(self, member: MemberLineView) -> None:
        named = called(member.name, member.phone, self._language)
        command = AddToSegment(segment=self._segment, members=(member.member,))

        def done(view: SegmentListView) -> None:
            t = self._language.t
            self.picker.clear()
            if not view.changed:
                self._tell(t("{name} is on the list already", name=named))
                return
            self._changed(t("{name} is on the list now", name=named), t("Take off again"))
            self._back = RemoveFromSegment(segment=command.segment, members=command.members)

        self._courier.do(command, done, self._failed)

    def _remove(self, member: CandidateView) -> None:
        named = called(member.name, member.phone, self._language)
        command = RemoveFromSegment(segment=self._segment, members=(member.member,))

        def done(view: SegmentListView) -> None:
            t = self._language.t
            self._changed(t("{name} is off the list", name=named), t("Put back"))
            self._back = AddToSegment(segment=command.segment, members=command.members)

        self._courier.do(command, done, self._failed)

    def _changed(self, said: str, back: str) -> None:
        self._tell(said, back)
        self.put_focus()

    def _take_back(self) -> None:
        command, self._back = self._back, None
        if command is not None:
            said = self._language.t("The list is as it was")
            self._courier.do(command, lambda view: self._tell(said), self._failed)

    def _failed(self, problem: Problem) -> None:
        self.told.set_content("danger", say_problem(problem, self._language))
        self.told.show()

    def _tell(self, said: str, back: str = "") -> None:
        self._back = None
        actions = (Offer("back", back, "outline", icon="undo", keycap="Ctrl Z"),) if back else ()
        self.told.set_content("gain", said, "", actions)
        self.told.setVisible(bool(said))

    def _show(self) -> None:
        language = self._language
        self._listed.setText(language.n("{count} on the list", "{count} on the list", self._count))
        while len(self.rows) > len(self._members):
            gone = self.rows.pop()
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(self._members):
            made = ListedRow()
            made.remove_asked.connect(self._remove)
            self._lines.insertWidget(len(self.rows) + 1, made)
            self.rows.append(made)
        for line, member in zip(self.rows, self._members, strict=True):
            line.show_member(member, language)
        self._none.setVisible(not self._members)
        self.more.setVisible(self._next is not None)
