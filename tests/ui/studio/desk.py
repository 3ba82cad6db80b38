"""Short words for what an owner does."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.queries import Audit, Programmes
from loyalty_pos.app.views import AuditView
from loyalty_pos.bootstrap import open_shop
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.day import DayPage
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.programmes import ProgrammesPage
from loyalty_pos.ui.pages.sales import SalesPage
from loyalty_pos.ui.pages.settings import SettingsPage
from tests.ui.counter.rig import Rig

_P = TypeVar("_P", bound=Page)


class Desk:
    """The rig with an owner's hands, and the shop's file for what was really kept."""

    def __init__(self, rig: Rig, path: Path) -> None:
        self.rig, self.path = rig, path

    @property
    def programmes(self) -> ProgrammesPage:
        return self._page(ProgrammesPage)

    @property
    def settings(self) -> SettingsPage:
        return self._page(SettingsPage)

    @property
    def day(self) -> DayPage:
        return self._page(DayPage)

    @property
    def sales(self) -> SalesPage:
        return self._page(SalesPage)

    def go(self, page: Page) -> None:
        """Go to a page with its key."""
        self.press(f"Ctrl+{list(self.rig.window.page_keys).index(page.key) + 1}")

    def press(self, keys: str) -> None:
        self.rig.keys(keys)
        self.rig.settle()

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until the widget has the keyboard."""
        for _ in range(200):
            focused = QApplication.focusWidget()
            if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
                return
            self.rig.keys("Tab")
        raise AssertionError(f"Tab never came to {widget.accessibleName() or widget}")

    def sentence(self) -> str:
        return bidi.strip(self.programmes.editor.side.sentence.said())

    def errors(self) -> dict[str, str]:
        """The errors on screen, by field."""
        editor = self.programmes.editor
        rows = {**editor.params.rows, **{f"when.{path}": row for path, row in editor.when.rows.items()}}
        return {path: row.error.said() for path, row in rows.items() if row.error.isVisible()}

    def kept(self) -> tuple[ProgrammeDetailView, ...]:
        """What the shop's file says, and that its books prove."""
        service = open_shop(self.path)
        try:
            audit: AuditView = service.ask(Audit())
            assert audit.ok, audit.findings
            view = service.ask(Programmes())
            return tuple(view.programmes)
        finally:
            service.close()

    def _page(self, kind: type[_P]) -> _P:
        page = self.rig.window.page_of(kind.key)
        assert isinstance(page, kind)
        return page
