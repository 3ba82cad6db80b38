"""The manager's office: reports read, drawn and written away from the till, each over its own connection."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loyalty_pos.app.dashboard_views import DashboardView
    from loyalty_pos.app.front import Service
    from loyalty_pos.app.language import Language, LanguageCode
    from loyalty_pos.app.office_port import ReportName
    from loyalty_pos.app.pacing import Tell
    from loyalty_pos.app.papersink import PaperSink
    from loyalty_pos.app.queries_reports import ReportQuery, Simulate
    from loyalty_pos.app.queries_sheets import SheetQuery
    from loyalty_pos.app.report_papers import ReportPaper
    from loyalty_pos.app.report_views import SimulationView, TierReportView
    from loyalty_pos.app.views import ShopView


def draw_report(paper: "ReportPaper") -> bytes:
    """Draw a report on A4."""
    from loyalty_pos.printing.papers import render_report

    return render_report(paper)


class ShopOffice:
    """Answers for one shop's file (app.office_port.Office); nothing in it is kept open."""

    def __init__(
        self,
        shop_file: Path,
        open_shop: "Callable[..., Service]",
        languages: "Callable[[], dict[LanguageCode, Language]]",
        place: "Callable[[], PaperSink]",
    ) -> None:
        self._open = partial(open_shop, shop_file, actor="office")
        self._languages, self._place = languages, place

    def ask(self, query: "ReportQuery") -> Any:
        """Answer a query."""
        with closing(self._open()) as service:
            return service.ask(query)

    def simulate(self, query: "Simulate", tell: "Tell") -> "SimulationView":
        """Try a draft on past sales and tell how far it is; raises Rejection `stopped` when told to stop."""
        with closing(self._open()) as service:
            view: SimulationView = service.ask_watched(query, tell)
            return view

    def save(self, month: str, path: Path, language: "LanguageCode", what: "ReportName" = "tiers") -> str:
        """Write a month's report to a .pdf, .xlsx or .csv file and return where it is."""
        from loyalty_pos.cli.board_file import write_board
        from loyalty_pos.cli.report_file import write_tier_report

        view, shop = self._read(month, what)
        said = self._languages()[language].with_shop(shop)
        write: Callable[..., None] = write_tier_report if what == "tiers" else write_board
        write(path, view, shop, said, draw_report)
        return str(path)

    def print(self, month: str, language: "LanguageCode", what: "ReportName" = "tiers") -> str:
        """Print a month's report, or save it where papers go; returns where it is."""
        from loyalty_pos.app.board_paper import board_paper
        from loyalty_pos.app.tier_report_paper import tier_report_paper

        view, shop = self._read(month, what)
        made: Callable[..., ReportPaper] = tier_report_paper if what == "tiers" else board_paper
        paper = made(view, shop, self._languages()[language].with_shop(shop))
        return self._place().put(f"{what}-{month}", draw_report(paper))

    def sheet(self, query: "SheetQuery", path: Path | None = None) -> str:
        """Print a statement or the cashiers' summary, or write it into a file; return where it is."""
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.cli.sheet_file import sheet_name, sheet_paper, write_sheet_file

        with closing(self._open()) as service:
            view, shop = service.ask(query), service.ask(Shop())
        said = self._languages()[shop.language].with_shop(shop)
        if path is None:
            return self._place().put(sheet_name(view), draw_report(sheet_paper(view, shop, said)))
        write_sheet_file(path, view, shop, said, draw_report)
        return str(path)

    def _read(self, month: str, what: "ReportName") -> "tuple[TierReportView | DashboardView, ShopView]":
        from loyalty_pos.app.queries import Shop
        from loyalty_pos.app.queries_reports import Dashboard, TierReport

        query = TierReport(month=month, measured=True) if what == "tiers" else Dashboard(month=month)
        with closing(self._open()) as service:
            return service.ask(query), service.ask(Shop())
