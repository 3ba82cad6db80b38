"""The pages beside the counter: made, and loaded, when somebody goes to one for the first time."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.app.unpublished import ShelfStore
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.page import Page, Place, new_id, wall_clock_ms
from loyalty_pos.ui.paper import Paper

if TYPE_CHECKING:
    from loyalty_pos.app.exchange import Exchange
    from loyalty_pos.app.office_port import Office
    from loyalty_pos.ui.backup_timer import BackupTimer
    from loyalty_pos.ui.monthly_reports import MonthlyReports
    from loyalty_pos.ui.pages.programme_cost import Costing
    from loyalty_pos.ui.pages.programme_drafts import Drafts
    from loyalty_pos.ui.pages.reports import ReportsPage
    from loyalty_pos.ui.pages.settings import SettingsPage
    from loyalty_pos.ui.worker import Problem

_PAGES = "loyalty_pos.ui.pages"


class PagesBeside(QObject):
    """Make every page with what it needs of the window; the drafts of programmes outlive the window."""

    language: Callable[[], Language]
    choices: Callable[[], UiSettings]
    decided: Callable[[UiSettings], None]
    paper: Paper
    shop_file: Path | None = None
    training = False
    swap: Callable[[], None] = staticmethod(lambda: None)
    backups: "BackupTimer | None" = None
    exchange: "Callable[[], Exchange] | None" = None
    office: "Callable[[], Office] | None" = None
    make_id: Callable[[], str] = staticmethod(new_id)
    wall_ms: Callable[[], int] = staticmethod(wall_clock_ms)

    def __init__(self, dispatcher: Dispatcher, shelf: ShelfStore | None, parent: QObject) -> None:
        super().__init__(parent)
        self._dispatcher, self._shelf = dispatcher, shelf
        self._drafts: Drafts | None = None
        self._settings: SettingsPage | None = None
        self._reports: ReportsPage | None = None
        self._costing: Costing | None = None
        self.monthly: MonthlyReports | None = None

    def places(self) -> list[Place]:
        """Return the places in the order of the rail and of Ctrl 2 … 9."""
        return [
            Place("members", "people", N_("Members"), self._members, module=f"{_PAGES}.members"),
            Place("programmes", "gift", N_("Programmes"), self._programmes, module=f"{_PAGES}.programmes"),
            Place("reports", "chart", N_("Reports"), self._make_reports, module=f"{_PAGES}.reports"),
            Place("settings", "sliders", N_("Settings"), self._make_settings, module=f"{_PAGES}.settings"),
            Place("sales", "receipt", N_("Sales"), self._make_sales, module=f"{_PAGES}.sales"),
            Place("day", "calendar", N_("Shift"), self._make_day, module=f"{_PAGES}.day"),
            Place("club", "gift", N_("Setting up"), self._make_first_steps, on_rail=False),
        ]

    @property
    def idle(self) -> bool:
        """Whether the office has nothing to do."""
        return all(each is None or each.idle for each in (self._reports, self._costing, self.monthly))

    def report_months(self, tell: "Callable[[Problem | None, int], None]", today: Callable[[], str]) -> None:
        """Write the reports of months that have ended, now and as they end; `tell` hears of it."""
        from loyalty_pos.ui.monthly_reports import MonthlyReports

        if self.monthly is not None:
            return
        monthly = self.monthly = MonthlyReports(self.choices, self.decided, self.language, today, self)
        monthly.made.connect(lambda count: self._tell_months(tell, None, count))
        monthly.failed.connect(lambda problem: self._tell_months(tell, problem, 0))
        monthly.start(self.office)

    def _tell_months(
        self, tell: "Callable[[Problem | None, int], None]", problem: "Problem | None", count: int
    ) -> None:
        tell(problem, count)
        if self._settings is None:
            return
        if problem is not None:
            self._settings.monthly.tell_problem(problem)
        else:
            self._settings.monthly.tell_made(count)

    def show_choices(self, choices: UiSettings) -> None:
        """Show choices made elsewhere."""
        if self._settings is not None:
            self._settings.show_choices(choices)
        if self.monthly is not None:
            self.monthly.look()

    def close(self) -> None:
        """Write down what was put aside since the last time, and let no file be read any longer."""
        if self._drafts is not None:
            self._drafts.write()
        if self._settings is not None:
            self._settings.exchanging.close()
        if self._reports is not None:
            self._reports.close_office()
        if self._costing is not None:
            self._costing.close()
        if self.monthly is not None:
            self.monthly.close()

    def _members(self) -> Page:
        from loyalty_pos.ui.pages.members import MembersPage

        page = MembersPage(self._dispatcher, self.language())
        page.equip(self.paper)
        page.pane.form.asks = lambda: self.choices().asks
        return self._timed(page)

    def _programmes(self) -> Page:
        from loyalty_pos.ui.pages.programme_drafts import Drafts
        from loyalty_pos.ui.pages.programmes import ProgrammesPage

        self._drafts = self._drafts or Drafts(self._shelf, self)
        page = ProgrammesPage(self._dispatcher, self.language())
        page.keeping.drafts = self._drafts
        page.annex.equip(self.paper)
        page.list.warns = lambda: self.choices().budget_warning
        page.costing.equip(self.office)
        self._costing = page.costing
        return self._timed(page)

    def _make_reports(self) -> Page:
        from loyalty_pos.ui.pages.reports import ReportsPage

        page = self._reports = ReportsPage(self._dispatcher, self.language())
        page.equip(self.office, lambda: self.choices().backup_folder)
        return self._timed(page)

    def _make_settings(self) -> Page:
        from loyalty_pos.ui.pages.settings import SettingsPage

        page = self._settings = SettingsPage(self._dispatcher, self.language())
        page.equip(self.paper, self.shop_file, self.backups, self.exchange)
        page.show_choices(self.choices())
        page.training.training = self.training
        page.training.set_language(self.language())
        page.decided.connect(self.decided)
        page.swapped.connect(self.swap)
        return self._timed(page)

    def _make_sales(self) -> Page:
        from loyalty_pos.ui.pages.sales import SalesPage

        page = SalesPage(self._dispatcher, self.language())
        page.equip(self.paper)
        return self._timed(page)

    def _make_day(self) -> Page:
        from loyalty_pos.ui.pages.day import DayPage

        page = DayPage(self._dispatcher, self.language())
        page.equip(self.paper)
        return self._timed(page)

    def _make_first_steps(self) -> Page:
        from loyalty_pos.ui.pages.first_steps import FirstStepsPage

        page = FirstStepsPage(self._dispatcher, self.language())
        page.equip(self.paper, self.choices)
        page.decided.connect(self.decided)
        return self._timed(page)

    def _timed(self, page: Page) -> Page:
        page.make_id, page.wall_ms = self.make_id, self.wall_ms
        return page
