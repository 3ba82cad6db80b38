"""The month's report as a file, made by itself when a month has ended; months missed are caught up."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from loyalty_pos.app.language import Language
from loyalty_pos.app.mishaps import Mishap
from loyalty_pos.app.office_port import Office
from loyalty_pos.app.report_schedule import months_due
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.ui.pages.office_work import OfficeWork
from loyalty_pos.ui.worker import Problem

log = logging.getLogger(__name__)

HOUR_MS = 3_600_000


def report_file(settings: UiSettings, month: str) -> Path:
    """Name the file of a month's report."""
    return Path(settings.reports_folder) / f"monthly-report-{month}.{settings.reports_form}"


class MonthlyReports(QObject):
    """Look at the opening and every hour; a month is made once, told once, and tried again when it failed."""

    made = Signal(int)  # how many reports are there now that were not
    failed = Signal(object)  # Problem; the same one is told once

    def __init__(
        self,
        choices: Callable[[], UiSettings],
        decided: Callable[[UiSettings], None],
        language: Callable[[], Language],
        today: Callable[[], str],
        parent: QObject,
        every_ms: int = HOUR_MS,
    ) -> None:
        super().__init__(parent)
        self._choices, self._decided, self._language, self._today = choices, decided, language, today
        self._work = OfficeWork("monthly", self)
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.look)

    def start(self, office: Callable[[], Office] | None) -> None:
        """Begin to look."""
        self._work.use(office)
        self._timer.start()
        self.look()

    def close(self) -> None:
        """Finish what is under way, and stop."""
        self._timer.stop()
        self._work.close()

    @property
    def idle(self) -> bool:
        """Whether nothing is being made."""
        return self._work.idle

    def look(self) -> None:
        """Make what is due, unless that is under way already."""
        settings, language = self._choices(), self._language()
        if not settings.reports_folder or language.shop is None or not self._work.idle:
            return
        due = months_due(settings.reports_done, self._today(), language.shop.calendar)
        if due:
            self._work.run(
                lambda office: _make(office, settings, due, language), self._came, self._failed, "report"
            )

    def _came(self, answer: tuple[UiSettings, str, int, Problem | None]) -> None:
        """Keep how far it came; what a person chose meanwhile is left alone."""
        asked, last, count, problem = answer
        now = self._choices()
        if last and now.reports_folder == asked.reports_folder:
            self._decided(replace(now, reports_done=last))
        if count:
            self.made.emit(count)
        if problem is None:
            self._told = ""
        else:
            self._failed(problem)

    def _failed(self, problem: Problem) -> None:
        code = "" if isinstance(problem, Mishap) else problem.code
        if code != self._told or not code:
            self._told = code
            log.info("no monthly report: %s", code)
            self.failed.emit(problem)


def _make(
    office: Office, settings: UiSettings, due: list[str], language: Language
) -> tuple[UiSettings, str, int, Problem | None]:
    """Make reports one after the other, up to the first that cannot be written.

    A file that is there already was made before somebody pulled the plug, or by another window.
    """
    last, count = "", 0
    for month in due:
        path = report_file(settings, month)
        try:
            if not path.exists():
                office.save(month, path, language.code)
                count += 1
        except (Fault, Rejection) as no:
            return settings, last, count, no
        last = month
    return settings, last, count, None
