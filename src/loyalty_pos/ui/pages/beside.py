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
    from loyalty_pos.ui.pages.programme_cost import Costing
    from loyalty_pos.ui.pages.programme_drafts import Drafts
    from loyalty_pos.ui.pages.reports import ReportsPage
    from loyalty_pos.ui.pages.settings import SettingsPage


class PagesBeside(QObject):
    """Make every page with what it needs of the window; the drafts of programmes outlive the window."""

    language: Callable[[], Language]
    choices: Callable[[], UiSettings]
    decided: Callable[[UiSettings], None]
    paper: Paper
    shop_file: Path | None = None
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

    def places(self) -> list[Place]:
        """Return the places in the order of the rail and of Ctrl 2 … 5."""
        return [
            Place("members", "people", N_("Members"), self._members),
            Place("programmes", "gift", N_("Programmes"), self._programmes),
            Place("reports", "chart", N_("Reports"), self._make_reports),
            Place("settings", "sliders", N_("Settings"), self._make_settings),
            Place("club", "gift", N_("Setting up"), self._make_first_steps, on_rail=False),
        ]

    @property
    def idle(self) -> bool:
        """Whether the office has nothing to do."""
        return all(each is None or each.idle for each in (self._reports, self._costing))

    def show_choices(self, choices: UiSettings) -> None:
        """Show choices made elsewhere."""
        if self._settings is not None:
            self._settings.show_choices(choices)

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
        page.equip(self.office)
        return self._timed(page)

    def _make_settings(self) -> Page:
        from loyalty_pos.ui.pages.settings import SettingsPage

        page = self._settings = SettingsPage(self._dispatcher, self.language())
        page.equip(self.paper, self.shop_file, self.backups, self.exchange)
        page.show_choices(self.choices())
        page.decided.connect(self.decided)
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
