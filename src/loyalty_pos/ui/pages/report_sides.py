"""The sides of the reports page, one of them shown at a time, each with its title."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.board_paper import board_paper
from loyalty_pos.app.dashboard_views import DashboardView
from loyalty_pos.app.language import Language
from loyalty_pos.app.promises_paper import promised_figures, promised_tables
from loyalty_pos.app.report_views import PromisesView, TierReportView
from loyalty_pos.app.tier_report_paper import month_name, tier_report_paper
from loyalty_pos.app.views import ShopView
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.report_board import Board, BoardSkeleton
from loyalty_pos.ui.pages.report_parts import ReportBody


class ReportSides(QWidget):
    """Show the newest view of a side; while there is none, its shape."""

    def __init__(self, today: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.glance: DashboardView | None = None
        self.report: TierReportView | None = None
        self.promised: PromisesView | None = None
        self.board, self.body, self.skeleton = Board(today), ReportBody(), BoardSkeleton()
        whole = column(self, 0)
        for part in (self.skeleton, self.board, self.body):
            part.hide()
            whole.addWidget(part, 1)

    def keep(self, view: DashboardView | TierReportView | PromisesView) -> None:
        """Take what the office answered."""
        if isinstance(view, DashboardView):
            self.glance, self.report = view, view.report
        elif isinstance(view, TierReportView):
            self.report = view
        else:
            self.promised = view

    def show_side(self, side: str, language: Language, *, asked: bool) -> tuple[str, str]:
        """Show a side and return its title and the line under it; `asked` when an answer will come."""
        view = {"board": self.glance, "tiers": self.report, "promises": self.promised}.get(side)
        shop = language.shop
        self.board.setVisible(isinstance(view, DashboardView) and shop is not None)
        self.body.setVisible(isinstance(view, TierReportView | PromisesView) and shop is not None)
        if view is not None or not asked:
            self.skeleton.cancel()
        else:
            self.skeleton.set_name(language.t("The report is being made"))
            self.skeleton.show_later()
        if view is None or shop is None:
            return language.t("Reports"), ""
        if isinstance(view, DashboardView):
            paper = board_paper(view, shop, language)
            self.board.show_board(view, language)
            # The button beside it says that this is the month at a glance.
            return month_name(view.report.month, view.report.calendar, language), paper.period_text
        if isinstance(view, TierReportView):
            return self._show_tiers(view, shop, language)
        self.body.show_figures(promised_figures(view, language))
        self.body.show_tables(promised_tables(view, language))
        self.body.show_bars("")
        return language.t("What the shop has promised"), language.day(view.day)

    def _show_tiers(self, view: TierReportView, shop: ShopView, language: Language) -> tuple[str, str]:
        paper = tier_report_paper(view, shop, language)
        self.body.show_figures(paper.figures)
        self.body.show_tables(paper.tables)
        self.body.bars.show_bars(paper.bars, paper.bars_empty)
        self.body.show_bars(paper.bars_title)
        return paper.title, paper.period_text
