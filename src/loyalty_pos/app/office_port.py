"""What a manager's page asks for beside the till: answers, files and paper, on a connection of their own."""

from pathlib import Path
from typing import Any, Literal, Protocol

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.pacing import Tell
from loyalty_pos.app.queries_reports import ReportQuery, Simulate
from loyalty_pos.app.report_views import SimulationView

ReportName = Literal["tiers", "month"]
"""The month by levels, or the month at a glance."""


class Office(Protocol):
    """Every call opens the shop for itself, on the thread it is made on; no sale waits for it."""

    def ask(self, query: ReportQuery, tell: Tell | None = None) -> Any:
        """Answer a query; raises Rejection, `stopped` when told to stop, or Fault."""
        ...

    def simulate(self, query: Simulate, tell: Tell) -> SimulationView:
        """Try a draft on past sales and tell how far it is; raises Rejection `stopped` when told to stop."""
        ...

    def save(
        self,
        month: str,
        path: Path,
        language: LanguageCode,
        what: ReportName = "tiers",
        tell: Tell | None = None,
    ) -> str:
        """Write a month's report to a .pdf, .xlsx or .csv file and return where it is.

        Told to stop before the file is written, it raises Rejection `stopped` and writes none.
        """
        ...

    def print(
        self, month: str, language: LanguageCode, what: ReportName = "tiers", tell: Tell | None = None
    ) -> str:
        """Print a month's report on the system's own printer, or save it where papers go; return where.

        Told to stop before it is on its way, it raises Rejection `stopped` and prints nothing.
        """
        ...
