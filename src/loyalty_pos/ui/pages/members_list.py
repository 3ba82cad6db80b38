"""The members page's starting side: whom the shop knows, searched as you type."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loyalty_pos.app.floor_views import MemberFiltersView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import MembersList
from loyalty_pos.app.queries_floor import MemberFilters
from loyalty_pos.app.views import MemberLineView, MembersListView, ShopView
from loyalty_pos.domain.identifiers import LAST_DIGITS
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import members_words as words
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.members_anywhere import Anywhere
from loyalty_pos.ui.pages.members_filters import FilterBar, Key
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import (
    Action,
    Banner,
    Btn,
    Card,
    IconBtn,
    MemberRow,
    MemberTable,
    SearchField,
    Tx,
)
from loyalty_pos.ui.worker import Problem

PAGE, FOUND = 50, 20
"""A typed text is answered with about two screens: whoever needs more types more."""
PATIENCE_MS = 150
SAID_KEPT = 500


class PageHead(QWidget):
    """The page's name, how many members there are, and the way to a new one: for the top bar."""

    new_asked = Signal()
    twice_asked = Signal()
    cards_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._sub = Tx("", "name"), Tx("", "caption", "text2")
        self.new = Btn("", "primary", icon="plus", keycap="F3")
        self.new.clicked.connect(self.new_asked)
        self.twice = Btn("", "outline", icon="people", keycap="Ctrl D")
        self.twice.clicked.connect(self.twice_asked)
        self.cards = IconBtn("ticket", "", keycap="Ctrl S", kind="outline", ink="text", size=46)
        self.cards.clicked.connect(self.cards_asked)
        self.cards.hide()  # until there is somebody to draw them
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        for widget in (self._title, self._sub):
            texts.addWidget(widget)
        texts.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addLayout(texts, 1)
        across.addWidget(self.cards)
        across.addWidget(self.twice)
        across.addWidget(self.new)

    def show_texts(self, total: int | None, language: Language) -> None:
        """Speak a language."""
        self._title.setText(language.t("Members"))
        self.tell_total(total, language)
        self.new.set_content(language.t("New member"))
        self.twice.set_content(language.t("Twice?"))
        self.cards.set_content("ticket", language.t("Save the cards of the members listed"))

    def tell_total(self, total: int | None, language: Language) -> None:
        """Say how many members there are; `total` None is not known yet."""
        said = "" if total is None else language.n("{count} member", "{count} members", total)
        self._sub.setText(said)


class ListPart(Card):
    """Ask for members and list them: all by name, or those the typed text may mean."""

    current_changed = Signal(str)  # the member
    opened = Signal(str)
    new_asked = Signal()
    came = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, today: Callable[[], str]) -> None:
        super().__init__(padding=12)
        self._courier = Courier(dispatcher, self)
        self._language, self._today = language, today
        self._day = today()
        self._shop: ShopView | None = None
        self.view: MembersListView | None = None
        self._asked = ""
        self._answered: tuple[str, tuple[Key, ...]] = "", ()
        self._listed = 0
        self._said: dict[str, tuple[MemberLineView, MemberRow]] = {}
        self.waiting = False
        self._problem: Problem | None = None
        self.search = SearchField(icon="search", keycap="F2")
        self.filters = FilterBar()
        self.table = MemberTable()
        self.message = Banner("info")
        self._reading = Tx("", "body", "text2", align="center")
        self.note = Tx("", "caption", "text2", wrap=True)
        self.note.hide()
        below = QWidget()
        empty = column(below)
        empty.addWidget(self.message)
        empty.addStretch(1)
        self._stack = QStackedWidget()
        for part in (self.table, below, self._reading):
            self._stack.addWidget(part)
        self.body.addWidget(self.search)
        self.body.addWidget(self.filters)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.note)
        self.anywhere = Anywhere(dispatcher, self.table)
        self.anywhere.moved.connect(self.ask)
        self.anywhere.failed.connect(self._failed)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._stack.setCurrentWidget(self._reading))
        self.search.edited.connect(lambda text: self.ask())
        self.search.expected.connect(lambda text: self._courier.ask_ahead(self._query(text.strip())))
        self.search.backed.connect(self.filters.drop_last)
        self.search.far.connect(self.table.take_key)
        self.filters.changed.connect(self.ask)
        self.table.current_changed.connect(self.current_changed)
        self.table.opened.connect(self.opened)
        self.table.more_wanted.connect(self._ask_more)
        self.message.acted.connect(self._acted)

    def set_shop(self, shop: ShopView) -> None:
        """Learn which stamp card has a column."""
        self._shop = shop
        self.show_texts(self._language)

    def show_texts(self, language: Language) -> None:
        """Speak a language, whatever is shown."""
        self._language = language
        t = language.t
        self._day = self._today()
        self._said = {}
        self.search.set_texts(t("Name, phone or card number"), t("Search members"))
        self._reading.setText(t("Reading…"))
        self.note.setText(t("Only the first who were found are looked through; type more of the name"))
        self.filters.show_texts(language)
        self.table.set_texts(words.heads(self._shop, language), t("Members"), self._row)
        self._show_message()

    def ask(self) -> None:
        """Ask for whom the text means among those the filters keep; only the newest text is answered."""
        self._asked, self.waiting = self.search.text().strip(), True
        self.anywhere.end()
        if self.view is None:
            self._patience.start()
        self._courier.ask_latest("members.list", self._query(self._asked), self._came, self._failed)

    def _query(self, text: str) -> MembersList:
        return self.filters.query(text, limit=FOUND if text else PAGE)

    def ask_filters(self) -> None:
        """Ask what the list may be narrowed by."""
        self._courier.ask_latest("members.filters", MemberFilters(), self._filters_came, lambda problem: None)

    def clear(self) -> None:
        """Show everybody again."""
        self.search.clear()
        self.filters.clear()
        self.ask()

    @property
    def shown(self) -> MembersList:
        """Ask for whoever is listed now."""
        return self.filters.query(self._asked)

    @property
    def narrowed(self) -> bool:
        """Whether a text or a filter keeps somebody out of the list."""
        return bool(self.search.text() or self.filters.keys)

    def step_back(self) -> bool:
        """Close the panel, else take the text away, else the filters; False when there is none of them."""
        if self.filters.panel_open:
            self.filters.open_panel(on=False)
        elif self.search.text():
            self.search.clear()
            self.ask()
        elif self.filters.keys:
            self.clear()
        else:
            return False
        return True

    def _filters_came(self, view: MemberFiltersView) -> None:
        self.filters.offer(view)

    @property
    def showing_reading(self) -> bool:
        """Whether the list says that it is being read."""
        return self._stack.currentWidget() is self._reading

    def choose(self, member: str) -> None:
        """Keep this member current whenever it is listed, without a signal."""
        self.table.keep(member)

    def nobody_found(self) -> str:
        """Return the text that found nobody, or ""."""
        return self._asked if self.view is not None and not self._listed else ""

    def _acted(self, key: str) -> None:
        if key == "all":
            self.filters.clear()
        {"new": self.new_asked.emit}.get(key, self.ask)()

    def _came(self, view: MembersListView) -> None:
        self.view, self._problem, self.waiting = view, None, False
        if self._day != self._today():
            self._day, self._said = self._today(), {}
        self._patience.stop()
        answered = self._asked, self.filters.keys
        anew = answered != self._answered
        self._listed = len(view.members)
        whole = not any(answered) and view.next is not None
        if whole:
            self.table.fill(view.members, anew=anew, count=view.total)
            self.anywhere.begin(view.total)
        else:
            self.table.fill(view.members, more=view.next is not None, anew=anew)
        self._answered = answered
        self.note.setVisible(view.more_meant)
        self._show_message()
        self._look_on()
        self.came.emit()

    def _failed(self, problem: Problem) -> None:
        self._problem, self.waiting = problem, False
        self._patience.stop()
        self._show_message()

    def _ask_more(self) -> None:
        if self.view is not None and self.view.next is not None:
            query = self.filters.query(after=self.view.next, limit=PAGE)
            self._courier.ask_latest("members.list", query, self._more_came, self._failed)

    def _more_came(self, view: MembersListView) -> None:
        self.view = view
        first, self._listed = not self._listed, self._listed + len(view.members)
        self.table.append(view.members, more=view.next is not None)
        if first and self._listed:
            self.table.go_to(0)
        self._show_message()
        self._look_on()

    def _look_on(self) -> None:
        """Go on by itself until a screenful of a choice was found: one answer looks through a part only."""
        if self.filters.keys and self._listed < PAGE:
            self._ask_more()

    def _show_message(self) -> None:
        t, view = self._language.t, self.view
        if self._problem is not None:
            again = (Action("again", t("Try again"), "outline", keycap="F5"),)
            self.message.set_content("danger", say_problem(self._problem, self._language), "", again)
        elif view is not None and not self._listed and view.next is not None:
            self._stack.setCurrentWidget(self._reading)
            return
        elif view is not None and not self._listed and self.filters.keys:
            everybody = (Action("all", t("Without filters"), "outline", icon="cross", keycap="Esc"),)
            said = t("Nobody found for {text} among these", text=self._language.name(self._asked))
            self.message.set_content(
                "info", said if self._asked else t("Nobody is in this list now"),
                t("Who meets all the filters that are on is listed here."), everybody,
            )  # fmt: skip
        elif view is not None and not self._listed:
            new = (Action("new", t("New member"), "primary", icon="plus", keycap="F3"),)
            if not self._asked:
                self.message.set_content("info", t("Nobody is a member yet"), t("A phone is enough."), new)
            elif view.looks_like == "digits" and len(self._asked) < LAST_DIGITS:
                self.message.set_content("info", t("Type at least four digits of the phone"))
            else:
                said = t("Nobody found for {text}", text=self._language.name(self._asked))
                self.message.set_content("info", said, t("Another spelling, or a new member?"), new)
        elif view is not None:
            self._stack.setCurrentWidget(self.table)
            return
        else:
            return
        self._stack.setCurrentIndex(1)

    def _row(self, record: MemberLineView) -> MemberRow:
        """Put somebody into words, once while a text is typed that means them."""
        known = self._said.get(record.member)
        if known is None or known[0] != record:
            if len(self._said) >= SAID_KEPT:
                self._said.clear()
            row = words.row(record, words.first_card(self._shop), self._day, self._language)
            known = self._said[record.member] = record, row
        return known[1]
