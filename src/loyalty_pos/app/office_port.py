"""What a manager's page asks for beside the till: answers, files and paper, on a connection of their own."""

from pathlib import Path
from typing import Any, Protocol

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.app.queries_reports import ReportQuery


class Office(Protocol):
    """Every call opens the shop for itself, on the thread it is made on; no sale waits for it."""

    def ask(self, query: ReportQuery) -> Any:
        """Answer a query; raises Rejection or Fault."""
        ...

    def save(self, month: str, path: Path, language: LanguageCode) -> str:
        """Write a month's report to a .pdf, .xlsx or .csv file and return where it is."""
        ...

    def print(self, month: str, language: LanguageCode) -> str:
        """Print a month's report on the system's own printer, or save it where papers go; return where."""
        ...
