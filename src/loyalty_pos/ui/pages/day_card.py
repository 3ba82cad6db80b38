"""A day's card: what the day came to, what closing it will do, and its paper."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_lifetime import CloseDay, ReprintDay
from loyalty_pos.app.day_paper import caught_up_words, day_lines, due_words
from loyalty_pos.app.language import Language
from loyalty_pos.app.lifetime_views import DayView
from loyalty_pos.app.queries_lifetime import Day
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.figure_rows import FigureRows
from loyalty_pos.ui.pages.page import new_id
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Btn, Tx
from loyalty_pos.ui.worker import Problem


class DayCard(FormCard):
    """Show a day; it asks to close it or to print it again, and never does either itself.

    An `earlier` day is closed for good: it can be printed again, and no more.
    """

    close_wanted = Signal(bool)  # whether the clock was said to be right

    def __init__(self, parent: QWidget | None = None, *, earlier: bool = False) -> None:
        super().__init__(parent)
        self._language: Language | None = None
        self._view: DayView | None = None
        self._busy = False
        self._earlier = earlier
        self.told = Tx("", "body", weight=600, wrap=True)
        self.due = Tx("", "secondary", "text2", wrap=True)
        self.figures = FigureRows()
        self.end = Btn("", "primary", icon="check", keycap="Ctrl S")
        self.again = Btn("", "outline", icon="printer", keycap="Ctrl P" if earlier else "F10")
        self.cashiers = Btn("", "outline", icon="people", keycap="Ctrl H")
        self.question = Banner("reward")
        for each in (self.told, self.due):
            self.body.addWidget(each)
        inside = QWidget()
        rows = column(inside)
        rows.addWidget(self.figures)
        rows.addStretch(1)
        self.body.addWidget(scroller(inside), 1)
        buttons = row(8)
        buttons.addWidget(self.end)
        buttons.addWidget(self.again)
        buttons.addWidget(self.cashiers)
        buttons.addStretch(1)
        self.cashiers.hide()  # until there is somebody to make the summary
        if earlier:
            self.end.hide()
        self.body.addLayout(buttons)
        for banner in (self.question, self.answer):
            banner.hide()
            self.body.addWidget(banner)
        self.end.clicked.connect(lambda: self.close_wanted.emit(False))
        self.question.acted.connect(self._answered)

    @property
    def language(self) -> Language:
        """The language of now."""
        assert self._language is not None
        return self._language

    @property
    def view(self) -> DayView | None:
        """The day that is shown."""
        return self._view

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        self.title.setText(language.t("Earlier day") if self._earlier else language.t("This day"))
        self.end.set_content(language.t("Close the day"))
        self.again.set_content(language.t("Print it again"))
        self.cashiers.set_content(language.t("Cashiers"))
        self.cashiers.setAccessibleName(language.t("Save what every cashier did this month up to this day"))
        self.question.hide()
        self._show()

    def show_day(self, view: DayView) -> None:
        """Show what the day came to so far, or as it was closed."""
        self._view = view
        self._show()

    def show_nothing(self, said: str) -> None:
        """Say why no day is shown."""
        self._view = None
        self._show()
        self.told.setText(said)

    def begin(self) -> None:
        """Let the buttons wait until the shop has answered."""
        self._busy = True
        self.question.hide()
        self.say("info", "")
        self._show()

    def finish(self) -> None:
        """Let the buttons work again."""
        self._busy = False
        self._show()

    def ask_clock(self, said: str) -> None:
        """Ask whether the clock is right before anything ends by it."""
        t = self.language.t
        self.question.set_content(
            "reward",
            said,
            t("By a wrong clock value would end too soon."),
            (
                Action("right", t("The clock is right"), "outline", keycap="F9"),
                Action("wrong", t("Leave everything as it is"), "soft", keycap="Esc"),
            ),
        )
        self.question.show()
        self.question.buttons["wrong"].setFocus()

    def _answered(self, key: str) -> None:
        self.question.hide()
        if key == "right":
            self.close_wanted.emit(True)
        else:
            self.end.setFocus()

    def _show(self) -> None:
        language, view = self._language, self._view
        if language is None:
            return
        self.end.setEnabled(not self._busy and view is not None and not view.closed)
        self.again.setVisible(view is not None and view.closed)
        self.again.setEnabled(not self._busy)
        if view is None:
            self.told.setText(language.t("The day is being read"))
            self.due.hide()
            self.figures.show_figures([])
            return
        day = language.day(view.day)
        self.told.setText(
            language.t("{day} is closed. Mark {mark}.", day=day, mark=language.isolate(view.head_short))
            if view.closed
            else language.t("{day} is on.", day=day)
        )
        due = " ".join(caught_up_words(view, language) if view.closed else due_words(view, language))
        self.due.setText(due)
        self.due.setVisible(bool(due))
        money = language.t("Sales of the day"), language.money(view.figures.net_minor)
        self.figures.show_figures([money, *day_lines(view, language)])


class Closing(QObject):
    """Do what the day's card asks for, on the shop's thread, and print what was closed."""

    shown = Signal(object)  # DayView
    unread = Signal(object)  # the problem: nobody knows what the day came to

    def __init__(self, card: DayCard, dispatcher: Dispatcher, slot: str = "day") -> None:
        super().__init__(card)
        self._slot = slot
        self._card, self._dispatcher = card, dispatcher
        self._paper: Paper | None = None
        self._key = ("", "")  # the head of the day printed again, the posting's
        card.close_wanted.connect(self._close)
        card.again.clicked.connect(self._print_again)

    def use(self, paper: Paper) -> None:
        """Learn where paper goes."""
        self._paper = paper

    def read(self, day: str | None = None) -> None:
        """Ask what a day came to, by default the one that is on, so far."""
        self._dispatcher.ask_latest(self._slot, Day(day=day), self._came, self.unread.emit, self)

    def print_again(self) -> None:
        """Print a closed day's paper once more."""
        view = self._card.view
        if view is not None and view.closed and self._card.again.isEnabled():
            self._print_again()

    def _came(self, view: DayView) -> None:
        self._card.show_day(view)
        self.shown.emit(view)

    def _close(self, accept: bool) -> None:
        self._card.begin()
        self._dispatcher.do(CloseDay(accept_clock=accept), self._closed, self._failed, self)

    def _closed(self, view: DayView) -> None:
        self._card.finish()
        self._came(view)
        self._card.say("gain", self._card.language.t("The day is closed"))
        self._print(view)

    def _print_again(self) -> None:
        view = self._card.view
        if view is None:
            return
        if self._key[0] != view.head:
            self._key = (view.head, new_id())
        self._card.begin()
        again = ReprintDay(posting_id=self._key[1], day=view.day)
        self._dispatcher.do(again, self._came_again, self._failed, self)

    def _came_again(self, view: DayView) -> None:
        self._card.finish()
        self._print(view)

    def _print(self, view: DayView) -> None:
        if self._paper is not None:
            self._paper.voucher(view)

    def _failed(self, problem: Problem) -> None:
        self._card.finish()
        said = say_problem(problem, self._card.language)
        if isinstance(problem, Rejection) and problem.code == "clock_ahead":
            self._card.ask_clock(said)
        else:
            self._card.say("danger", said)
