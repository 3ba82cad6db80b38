"""The reports page: the month at a glance, by levels, what is promised; on paper with one key."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.office_port import Office, ReportName
from loyalty_pos.app.queries import Programmes
from loyalty_pos.app.queries_reports import Dashboard, Promises, ReportQuery, TierReport
from loyalty_pos.app.report_views import PromisesView
from loyalty_pos.domain.dates import add_days, month_key, read_month
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.office_work import OfficeWork
from loyalty_pos.ui.pages.page import Page, shop_day
from loyalty_pos.ui.pages.report_saving import PICTURE, ask_report_file, breakable, with_ending
from loyalty_pos.ui.pages.report_sides import ReportSides
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action as Act
from loyalty_pos.ui.widgets import Banner, Btn, Elide, IconBtn, Segmented
from loyalty_pos.ui.widgets.banner import BannerKind
from loyalty_pos.ui.widgets.progress import Progress
from loyalty_pos.ui.worker import Problem

SIDES = ("board", "tiers", "promises")


class ReportsPage(Page):
    """Show what the office finds out; it works on a thread of its own, so that no sale waits."""

    key = "reports"
    icon = "chart"
    title = N_("Reports")
    concerns = Changes.PROGRAMMES | Changes.SHOP | Changes.LEDGER | Changes.MEMBERS
    guide = "reports"

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self._work = OfficeWork("office", self)
        self._backups: Callable[[], str] = str
        self.ask_file: Callable[[str], str] = lambda stem: ask_report_file(
            self, self.language, stem, picture=self.side == SIDES[0]
        )
        self.month = ""
        self._problem: Problem | None = None
        self._name, self._line = Elide("", "name"), Elide("", "secondary", "text2")
        self.which = Segmented()
        self.back, self.next = (
            IconBtn("chevron-back", "", keycap="Ctrl PgUp", kind="outline", ink="text", size=46),
            IconBtn("chevron-next", "", keycap="Ctrl PgDn", kind="outline", ink="text", size=46),
        )
        self.save = Btn("", "outline", icon="copy", keycap="Ctrl S")
        self.print = Btn("", "primary", icon="printer", keycap="Ctrl P")
        self.told = Banner("gain")
        self.progress = Progress()
        self.shown = ReportSides(lambda: shop_day(self.wall_ms(), self.language))
        self._lay()
        self.which.chosen.connect(lambda key: self.refresh())
        self.shown.board.wanted.connect(self._follow)
        self.back.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(1))
        self.told.acted.connect(lambda key: self.refresh())
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)
        self.show_texts()

    def equip(self, office: Callable[[], Office] | None, backups: Callable[[], str] = str) -> None:
        """Learn who reads and writes reports, and where the window's copies of the shop go."""
        self._work.use(office)
        self.shown.board.trying.equip(office)
        self._backups = backups

    def close_office(self) -> None:
        """Call off what is under way."""
        self.progress.abandon()
        self.shown.board.trying.costing.close()
        self._work.close()

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, written or printed."""
        return self._work.idle and self.shown.board.trying.costing.idle

    @property
    def side(self) -> str:
        """Which of SIDES is shown."""
        return self.which.current() or SIDES[0]

    def turn_to(self, side: str) -> None:
        """Show another side."""
        self.which.set_current(side)
        self.refresh()

    def show_texts(self) -> None:
        t = self.language.t
        self.which.set_name(t("Report"))
        names = (t("At a glance"), t("By level"), t("Promises"))
        self.which.set_texts(list(zip(SIDES, names, strict=True)))
        self.back.set_content("chevron-back", t("The month before"))
        self.next.set_content("chevron-next", t("The month after"))
        self.save.set_content(t("Save"))
        self.print.set_content(t("Print"))
        self.progress.show_texts(self.language, keycap="Esc")
        if self._problem is not None:
            self._tell_problem(self._problem)
        self.shown.board.trying.show_texts(self.language)
        self._show()

    def refresh(self) -> None:
        if not self.month and self.language.shop is not None:
            shop = self.language.shop
            self.month = month_key(shop_day(self.wall_ms(), self.language), shop.calendar)
        query = self._query()
        trying = self.shown.board.trying
        self.dispatcher.ask_latest(
            "reports.programmes",
            Programmes(),
            lambda view: trying.show_programmes(view.programmes),
            self._failed,
            self,
        )
        tell = self.progress.begin(N_("The report is being read; the counter goes on"))
        self._work.run(
            lambda office: office.ask(query, tell), self._came, self._failed, "report", slot="report"
        )
        self._show()

    def put_focus(self) -> None:
        (self.print if self.print.isVisible() else self.which.segments()[0]).setFocus()

    def act(self, pressed: Pressed) -> bool:
        """Ctrl P prints, Ctrl S saves, Esc goes back to the counter."""
        if pressed.action is Action.PRINT and self.print.isVisible():
            self.print.click()
        elif pressed.action is Action.PUBLISH and self.save.isVisible():
            self.save.click()
        elif pressed.action is Action.ESCAPE and self.progress.running:
            self.progress.call_off()
        elif pressed.action is Action.ESCAPE:
            self.left.emit()
        else:
            return False
        return True

    def _query(self) -> ReportQuery:
        if self.side == "promises":
            return Promises()
        if self.side == "tiers":
            return TierReport(month=self.month, measured=True)
        return Dashboard(month=self.month, backup_folder=self._backups() or None)

    def _came(self, view: Any) -> None:
        self.progress.end()
        self.shown.keep(view)
        if not isinstance(view, PromisesView) and self.shown.report is not None:
            self.month = self.shown.report.month
        self._tell("gain", "")
        self._show()

    def _failed(self, problem: Problem) -> None:
        self.progress.end()
        self.shown.skeleton.cancel()
        self._tell_problem(problem)

    def _tell_problem(self, problem: Problem) -> None:
        stopped = isinstance(problem, Rejection) and problem.code == "stopped"
        self._tell("info" if stopped else "danger", say_problem(problem, self.language))
        self._problem = problem

    def _follow(self, page: str) -> None:
        """Go where a task is done: to a side of this page, or to another page."""
        if page in SIDES:
            self.turn_to(page)
        else:
            self.went.emit(page)

    def _go(self, months: int) -> None:
        known = read_month(self.month)
        if known is not None:
            day = add_days(known.first_day, -1) if months < 0 else add_days(known.last_day, 1)
            self.month = month_key(day, known.calendar)
            self.refresh()

    def _print(self) -> None:
        month, code, what = self.month, self.language.code, _paper_of(self.side)
        tell = self.progress.begin(N_("The report is being drawn; the counter goes on"))
        self._work.run(
            lambda office: office.print(month, code, what, tell),
            self._printed,
            self._failed,
            "report on paper",
        )

    def _printed(self, where: object) -> None:
        self.progress.end()
        where = breakable(where, self.language)
        self._tell("gain", self.language.t("The report went to {where}", where=where))

    def _save(self) -> None:
        month, code, what = self.month, self.language.code, _paper_of(self.side)
        chosen = self.ask_file(f"{what}-{month}") if self._work.there else ""
        if not chosen:
            return
        path = with_ending(chosen)
        if path.suffix.casefold() == PICTURE and self.side == SIDES[0]:
            if self.shown.board.save_picture(path):
                self._printed(path)
            else:
                self._failed(Fault("not_written", path=str(path)))
            return
        tell = self.progress.begin(N_("The report is being written; the counter goes on"))
        self._work.run(
            lambda office: office.save(month, path, code, what, tell),
            self._printed,
            self._failed,
            "report file",
        )

    def _tell(self, kind: BannerKind, said: str) -> None:
        self._problem = None
        again = (
            (Act("again", self.language.t("Try again"), "outline", keycap="F5"),) if kind == "danger" else ()
        )
        self.told.set_content(kind, said, "", again)
        self.told.setVisible(bool(said))

    def _show(self) -> None:
        for each in (self.back, self.next, self.save, self.print):
            each.setVisible(self.side != "promises")
        title, line = self.shown.show_side(self.side, self.language, asked=not self._work.idle)
        self._name.setText(title)
        self._line.setText(line)

    def _lay(self) -> None:
        whole = QVBoxLayout(self)
        theme.space(whole, 10, (14, 10, 14, 14))
        head, lines = row(8), QVBoxLayout()
        theme.space(lines)
        for line in (self._name, self._line):
            lines.addWidget(line)
        head.addLayout(lines, 1)
        for each in (self.which, self.back, self.next, self.save, self.print):
            head.addWidget(each)
        whole.addLayout(head)
        self.told.hide()
        whole.addWidget(self.told)
        whole.addWidget(self.progress)
        whole.addWidget(self.shown, 1)


def _paper_of(side: str) -> ReportName:
    return "tiers" if side == "tiers" else "month"
