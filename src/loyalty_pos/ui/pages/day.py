"""The shift page: the day that is on and its closing, and the days closed before."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.floor_views import ClosedDaysView, ClosedDayView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.lifetime_views import DayView
from loyalty_pos.app.queries_floor import ClosedDays
from loyalty_pos.app.queries_sheets import Shifts
from loyalty_pos.domain.dates import add_days, month_end
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.day_card import Closing, DayCard
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.page_title import PageTitle
from loyalty_pos.ui.pages.report_saving import ask_report_file, breakable, with_ending
from loyalty_pos.ui.pages.unread import Unread
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Amount, BalanceTile, Card, Timeline, TimelineRow, Tx
from loyalty_pos.ui.widgets.empty import Empty
from loyalty_pos.ui.worker import Problem

PAGE = 30
LIST_HIGH = 210


class EarlierDays(Card):
    """List the days closed before, a page at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        self.title, self.rows = Tx("", "section"), Timeline()
        self.empty = Empty("calendar")
        self._days: list[ClosedDayView] = []
        self.next: str | None = None
        self._read = False  # until then nobody knows that none was closed
        for widget in (self.title, self.empty):
            self.body.addWidget(widget)
        self.body.addWidget(self.rows, 1)
        self.body.addStretch(0)

    def show_days(self, view: ClosedDaysView, language: Language, *, older: bool = False) -> None:
        """Show a page of days, or add the one before; the chosen day stays so."""
        chosen = self.rows.current_key()
        self.next, self._read = view.next, True
        if older:
            self._days += view.days
            self.rows.append([_row(day, language) for day in view.days], more=view.next is not None)
            return
        self._days = list(view.days)
        self.show_texts(language)
        keys = [day.day for day in self._days]
        if keys:
            self.rows.go_to(keys.index(chosen) if chosen in keys else 0)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        self.title.setText(t("Earlier days"))
        hint = t("Closed days are listed here with what they came to. Ctrl S closes the one that is on.")
        self.empty.set_content(t("No day was closed yet."), hint)
        self.empty.setVisible(self._read and not self._days)
        self.rows.setVisible(bool(self._days))
        rows = [_row(day, language) for day in self._days]
        chosen = self.rows.current_key()
        self.rows.set_rows(rows, more=self.next is not None, name=t("Days closed, newest first"))
        if chosen:
            self.rows.go_to([day.day for day in self._days].index(chosen))


def _row(day: ClosedDayView, language: Language) -> TimelineRow:
    t = language.t
    times = t("closing {number}", number=language.number(day.number)) if day.number > 1 else ""
    parts = [language.n("{count} sale", "{count} sales", day.sales), times]
    parts.append(t("mark {mark}", mark=language.isolate(day.head_short)))
    return TimelineRow(
        icon="calendar",
        title=language.day(day.day),
        sub=" · ".join(part for part in parts if part),
        amounts=(Amount(language.money(day.net_minor)),),
        key=day.day,
    )


class DayPage(Page):
    """What the running day came to, its close with paper and mark, and earlier days printed again."""

    key = "day"
    icon = "calendar"
    title = N_("Shift")
    concerns = Changes.SHOP | Changes.LEDGER | Changes.MEMBERS | Changes.PROGRAMMES
    guide = "floor"

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self._courier = Courier(dispatcher, self)
        self.bar = PageTitle()
        self.head = self.bar
        self.tiles = [BalanceTile(icon) for icon in ("wallet", "people", "user-plus", "tag")]
        self.card, self.before = DayCard(), DayCard(earlier=True)
        self.earlier = EarlierDays()
        self.closing = Closing(self.card, dispatcher)
        self.printing = Closing(self.before, dispatcher, "day.before")
        self._day: DayView | None = None
        self._paper: Paper | None = None
        self.ask_file: Callable[[str], str] = lambda stem: ask_report_file(self, self.language, stem)
        self._spoken, self._homeless = "", False
        self.unread = Unread()
        self.unread.again.connect(self.refresh)
        self._lay()
        self.closing.shown.connect(self._show_day)
        self.closing.unread.connect(self._not_read)
        self.printing.unread.connect(self._not_read)
        self.earlier.rows.current_changed.connect(self._choose)
        self.earlier.rows.more_wanted.connect(self._ask_older)
        self.before.cashiers.clicked.connect(self._save_cashiers)
        self.show_texts()

    def equip(self, paper: Paper) -> None:
        """Learn where paper goes."""
        self._paper = paper
        self.before.cashiers.setVisible(paper.saving.makes_sheets)
        self.closing.use(paper)
        self.printing.use(paper)

    def show_texts(self) -> None:
        """Set every text in the language of now."""
        t = self.language.t
        if self._spoken != self.language.code:  # what was answered was said in the other language
            self._spoken = self.language.code
            for card in (self.card, self.before):
                card.say("info", "")
        self.bar.set_texts(t("Shift"), t("The day that is on, its close, and the days before"))
        self.card.set_language(self.language)
        self.before.set_language(self.language)
        self.earlier.show_texts(self.language)
        if self.before.view is None:
            self.before.show_nothing(t("Choose a day to print it again."))
        self.unread.show_texts(self.language)
        self._show_tiles()

    def refresh(self) -> None:
        """Ask for the day that is on, and for the days before."""
        self.unread.clear()
        self.closing.read()
        self._courier.ask_latest("days", ClosedDays(limit=PAGE), self._days_came, self._not_read)

    def put_focus(self) -> None:
        """Put the keyboard on what ends the day, or on the days before when it has ended."""
        for each in (self.card.end, self.earlier.rows, self.card.again):
            if each.isEnabled() and each.isVisible():
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                self._homeless = False
                return
        self._homeless = True  # until the day has come

    def act(self, pressed: Pressed) -> bool:
        """Ctrl S closes the day, Ctrl P prints the chosen one again, Esc goes back to the counter."""
        action, rows = pressed.action, self.earlier.rows
        if action is Action.PUBLISH:
            if self.card.end.isEnabled():
                self.card.end.click()
        elif action is Action.PRINT:
            (self.printing if self.before.view is not None else self.closing).print_again()
        elif action is Action.HISTORY:
            self.before.cashiers.click()
        elif action is Action.ESCAPE and self.card.question.isVisible():
            self.card.question.acted.emit("wrong")
        elif action is Action.ESCAPE:
            self.left.emit()
        elif action in (Action.UP, Action.DOWN):
            rows.move_by(-1 if action is Action.UP else 1)
        elif action is Action.FIRST:
            rows.go_to(0)
        elif action is Action.ENTER and not isinstance(QApplication.focusWidget(), QAbstractButton):
            self.printing.print_again()
        else:
            return False
        return True

    def _save_cashiers(self) -> None:
        """Save what every cashier did from the first of the month up to the day shown."""
        day = (self.before.view or self._day) if self._paper is not None else None
        if day is None or self._paper is None or self.language.shop is None:
            return
        first = add_days(month_end(day.day, self.language.shop.calendar, -1), 1)
        chosen = self.ask_file(f"cashiers-{day.day}")
        if chosen:
            query = Shifts(from_=first, to=day.day)
            self._paper.saving.sheet(query, with_ending(chosen), self._saved, self._failed, self)

    def _saved(self, where: object) -> None:
        where = breakable(where, self.language)
        self.before.say("gain", self.language.t("The summary is in {where}", where=where))

    def _show_day(self, view: DayView) -> None:
        self._day = view
        self._show_tiles()
        if self._homeless and self.isVisible():
            self.put_focus()

    def _show_tiles(self) -> None:
        language, t = self.language, self.language.t
        figures = self._day.figures if self._day is not None else None
        money = language.money(figures.net_minor, unit=False) if figures else ""
        sales, with_member = (figures.sales, figures.member_sales) if figures else (0, 0)
        new, discount = (figures.new_members, figures.discount_minor) if figures else (0, 0)
        count = language.n("{count} sale", "{count} sales", sales)
        share = t("of {count}", count=language.number(sales))
        unit = language.money_unit() if figures else ""
        told = (
            (t("Sales of the day"), money, count if figures else ""),
            (t("With a member"), language.number(with_member) if figures else "", share if figures else ""),
            (t("New members"), language.number(new) if figures else "", ""),
            (t("Discounts"), language.money(discount, unit=False) if figures else "", unit),
        )
        for tile, (title, big, sub) in zip(self.tiles, told, strict=True):
            tile.set_content(title, big, "", sub)

    def _choose(self, day: str) -> None:
        if day:
            self.printing.read(day)

    def _days_came(self, view: ClosedDaysView) -> None:
        self.earlier.show_days(view, self.language)
        self.before.setVisible(bool(view.days))  # there is a day to choose

    def _ask_older(self) -> None:
        if self.earlier.next is not None:
            older = ClosedDays(before=self.earlier.next, limit=PAGE)
            self._courier.ask_latest("days", older, self._older_came, self._not_read)

    def _older_came(self, view: ClosedDaysView) -> None:
        self.earlier.show_days(view, self.language, older=True)

    def _not_read(self, problem: Problem) -> None:
        self.unread.show_problem(problem, self.language)
        if self._day is None:
            self.card.show_nothing(self.language.t("The day could not be read"))

    def _failed(self, problem: Problem) -> None:
        self.before.say("danger", say_problem(problem, self.language))

    def _lay(self) -> None:
        whole, across = QVBoxLayout(self), QHBoxLayout()
        theme.space(whole, 14, 14)
        theme.space(across, 14)
        tiles = row(14)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        side = QVBoxLayout()
        theme.space(side, 14)
        side.addWidget(self.earlier)
        theme.hold(self.earlier, height=LIST_HIGH)
        side.addWidget(self.before, 1)
        across.addWidget(self.card, 1)
        across.addLayout(side, 1)
        whole.addWidget(self.unread)
        whole.addLayout(tiles)
        whole.addLayout(across, 1)
