"""The sales page's list: found by what somebody has in hand, a page at a time."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from loyalty_pos.app.floor_views import FoundSalesView, FoundSaleView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_floor import FindSales, SalesChoice
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import sales_words as words
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Card, SearchField, Segmented, Timeline, Tx
from loyalty_pos.ui.worker import Problem

PAGE = 50
STRETCHES = 20
"""So many stretches are looked through by themselves; then somebody says whether to go on."""
PATIENCE_MS = 150


class SaleList(Card):
    """Ask for sales and list them, the newest first; the pane beside follows the chosen row."""

    current_changed = Signal(str)  # the sale
    came = Signal()
    counter_asked = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, today: Callable[[], str]) -> None:
        super().__init__(padding=12)
        self._courier = Courier(dispatcher, self)
        self._language, self._today = language, today
        self._asked = FindSales()
        self._sales: list[FoundSaleView] = []
        self._next: int | None = None
        self._kept, self._stretches = "", 0
        self._known = self.waiting = False
        self._problem: Problem | None = None
        self.search = SearchField(icon="search", keycap="F2")
        self.choices = Segmented([(key, "") for key in words.CHOICES])
        self.rows, self.message = Timeline(), Banner("info")
        self._reading = Tx("", "body", "text2", align="center")
        below = QWidget()
        empty = column(below)
        empty.addWidget(self.message)
        empty.addStretch(1)
        self._stack = QStackedWidget()
        for part in (self.rows, below, self._reading):
            self._stack.addWidget(part)
        for widget in (self.search, self.choices):
            self.body.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._stack.setCurrentWidget(self._reading))
        self.search.edited.connect(lambda text: self.ask())
        self.choices.chosen.connect(lambda key: self.ask())
        self.rows.current_changed.connect(self._moved)
        self.rows.more_wanted.connect(self._ask_more)
        self.message.acted.connect(self._acted)

    def show_texts(self, language: Language) -> None:
        """Speak a language, whatever is shown."""
        self._language = language
        t = language.t
        self.search.set_texts(t("Number, receipt, amount or member"), t("Search sales"))
        self.choices.set_texts([(key, t(said)) for key, said in words.CHOICES.items()])
        self.choices.set_name(t("Which sales"))
        self._reading.setText(t("Reading…"))
        if self._known:
            self._fill(self.rows.current_key())
        self._show_message()

    def ask(self) -> None:
        """Ask anew for what is typed and chosen; only the newest question is answered."""
        chosen = self.choices.current()
        kinds: dict[str, SalesChoice] = {"unnamed": "unnamed", "taken_back": "taken_back"}
        self._asked = FindSales(
            text=self.search.text().strip(),
            day=self._today() if chosen == "today" else None,
            only=kinds.get(chosen, "all"),
            limit=PAGE,
        )
        self.waiting, self._stretches = True, 0
        if not self._known:
            self._patience.start()
        self._courier.ask_latest("sales.list", self._asked, self._came, self._failed)

    def look_for(self, text: str) -> None:
        """Look for a text as if it were typed, among all sales."""
        self.choices.set_current("all")
        self.search.set_text(text)
        self.ask()

    def clear(self) -> None:
        """Show all sales again."""
        self.search.clear()
        self.choices.set_current("all")
        self.ask()

    def keep(self, sale_id: str) -> None:
        """Choose this sale as soon as the next list comes."""
        self._kept = sale_id

    @property
    def narrowed(self) -> bool:
        """Whether a text or a choice keeps a sale out of the list."""
        return bool(self.search.text()) or self.choices.current() != "all"

    @property
    def sales(self) -> tuple[FoundSaleView, ...]:
        """Every sale that has come."""
        return tuple(self._sales)

    def _moved(self, key: str) -> None:
        if key:
            self.current_changed.emit(key)

    def _came(self, view: FoundSalesView) -> None:
        self._patience.stop()
        kept = self._kept or self.rows.current_key()
        self._sales, self._next, self._kept = list(view.sales), view.next, ""
        self._known, self.waiting, self._problem = True, False, None
        self._fill(kept)
        self._show_message()
        self._look_on()
        self.came.emit()

    def _fill(self, kept: str) -> None:
        t, today = self._language.t, self._today()
        rows = [words.row(sale, today, self._language) for sale in self._sales]
        self.rows.set_rows(rows, more=self._next is not None, name=t("Sales, newest first"))
        ids = [sale.sale_id for sale in self._sales]
        if ids:
            self.rows.go_to(ids.index(kept) if kept in ids else 0)

    def _ask_more(self) -> None:
        if self._next is None:
            return
        asked = self._asked
        more = FindSales(text=asked.text, day=asked.day, only=asked.only, before=self._next, limit=PAGE)
        self._courier.ask_latest("sales.list", more, self._more_came, self._failed)

    def _more_came(self, view: FoundSalesView) -> None:
        first = not self._sales
        self._sales += view.sales
        self._next = view.next
        today = self._today()
        rows = [words.row(sale, today, self._language) for sale in view.sales]
        self.rows.append(rows, more=view.next is not None)
        if first:
            self.rows.go_to(0)
        self._show_message()
        self._look_on()

    def _look_on(self) -> None:
        """Go on by itself for a while when little was found: one answer looks through a part only."""
        self._stretches += 1
        if len(self._sales) < PAGE and self._stretches < STRETCHES:
            self._ask_more()

    def _failed(self, problem: Problem) -> None:
        self._problem, self.waiting = problem, False
        self._patience.stop()
        self._show_message()
        self.came.emit()

    def _acted(self, key: str) -> None:
        if key == "counter":
            self.counter_asked.emit()
        elif key == "on":
            self._stretches = 0
            self._ask_more()
        else:
            (self.clear if key == "all" else self.ask)()

    def _show_message(self) -> None:
        t = self._language.t
        if self._problem is not None:
            again = (Action("again", t("Try again"), "outline", keycap="F5"),)
            self.message.set_content("danger", say_problem(self._problem, self._language), "", again)
        elif not self._known:
            return
        elif self._sales:
            self._stack.setCurrentWidget(self.rows)
            return
        elif self._next is not None and self._stretches >= STRETCHES:
            on = (Action("on", t("Look further back"), "outline", keycap="Ctrl PgDn"),)
            self.message.set_content("info", t("Not among the latest sales"), "", on)
        elif self._next is not None:
            self._stack.setCurrentWidget(self._reading)
            return
        elif self.narrowed:
            everything = (Action("all", t("Show all sales"), "outline", keycap="Esc"),)
            self.message.set_content("info", t("No such sale"), "", everything)
        else:
            sell = (Action("counter", t("To the counter"), "primary", icon="scan", keycap="Ctrl 1"),)
            said = t("What is sold at the counter is listed here, the newest first.")
            self.message.set_content("info", t("No sales yet"), said, sell)
        self._stack.setCurrentIndex(1)
