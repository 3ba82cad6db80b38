"""The reports page: a month by levels, and what is promised; on paper with one key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.office_port import Office
from loyalty_pos.app.promises_paper import promised_figures, promised_tables
from loyalty_pos.app.queries_reports import Promises, TierReport
from loyalty_pos.app.report_views import PromisesView, TierReportView
from loyalty_pos.app.tier_report_paper import tier_report_paper
from loyalty_pos.domain.dates import add_days, month_key, read_month
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.page import Page, shop_day
from loyalty_pos.ui.pages.report_parts import ReportBody
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Btn, Elide, Segmented
from loyalty_pos.ui.widgets.banner import BannerKind
from loyalty_pos.ui.worker import Problem, Worker

ENDINGS = (".pdf", ".xlsx", ".csv")


class ReportsPage(Page):
    """Show what the office finds out; it works on a thread of its own, so that no sale waits."""

    key = "reports"
    icon = "chart"
    title = N_("Reports")
    concerns = Changes.PROGRAMMES | Changes.SHOP | Changes.LEDGER | Changes.MEMBERS
    guide = "reports"

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self._office: Callable[[], Office] | None = None
        self._worker: Worker | None = None
        self.ask_file: Callable[[str], str] = self._ask_file
        self.month = ""
        self.report: TierReportView | None = None
        self.promised: PromisesView | None = None
        self._name, self._line = Elide("", "name"), Elide("", "secondary", "text2")
        self.which = Segmented()
        self.back, self.next = (
            Btn("", "outline", icon="chevron-back"),
            Btn("", "outline", icon="chevron-next"),
        )
        self.save = Btn("", "outline", icon="copy", keycap="Ctrl S")
        self.print = Btn("", "primary", icon="printer", keycap="Ctrl P")
        self.told, self.body = Banner("gain"), ReportBody()
        self._lay()
        self.which.chosen.connect(lambda key: self.refresh())
        self.back.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(1))
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)
        self.show_texts()

    def equip(self, office: Callable[[], Office] | None) -> None:
        """Learn who reads and writes reports."""
        self._office = office

    def close_office(self) -> None:
        """Finish what is under way."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, written or printed."""
        return self._worker is None or self._worker.idle

    @property
    def on_promises(self) -> bool:
        """Whether it is the promises that are shown."""
        return self.which.current() == "promises"

    def show_texts(self) -> None:
        t = self.language.t
        self.which.set_name(t("Report"))
        self.which.set_texts([("tiers", t("By level")), ("promises", t("Promises"))])
        self.back.setAccessibleName(t("The month before"))
        self.next.setAccessibleName(t("The month after"))
        self.save.set_content(t("Save"))
        self.print.set_content(t("Print"))
        self._show()

    def refresh(self) -> None:
        if not self.month and self.language.shop is not None:
            shop = self.language.shop
            self.month = month_key(shop_day(self.wall_ms(), self.language), shop.calendar)
        if self._office is None:
            return
        if self.on_promises:
            self._ask(Promises(), self._show_promises)
        else:
            self._ask(TierReport(month=self.month), self._show_report)
        self._show()

    def put_focus(self) -> None:
        (self.print if self.print.isVisible() else self.which.segments()[0]).setFocus()

    def act(self, pressed: Pressed) -> bool:
        """Ctrl P prints, Ctrl S saves, Esc goes back to the counter."""
        if pressed.action is Action.PRINT and self.print.isVisible():
            self.print.click()
        elif pressed.action is Action.PUBLISH and self.save.isVisible():
            self.save.click()
        elif pressed.action is Action.ESCAPE:
            self.left.emit()
        else:
            return False
        return True

    def _ask(self, query: Any, done: Callable[[Any], None]) -> None:
        office = self._office
        if office is not None:
            self._work(lambda: office().ask(query), done, "report", slot="report")

    def _work(
        self, job: Callable[[], object], done: Callable[[Any], None], subject: str, slot: str | None = None
    ) -> None:
        self._worker = self._worker or Worker("office", self)
        self._worker.submit(job, done, self._failed, self, subject=subject, slot=slot)

    def _show_report(self, view: TierReportView) -> None:
        self.report = view
        self.month = view.month
        self._tell("gain", "")
        self._show()

    def _show_promises(self, view: PromisesView) -> None:
        self.promised = view
        self._tell("gain", "")
        self._show()

    def _failed(self, problem: Problem) -> None:
        self._tell("danger", say_problem(problem, self.language))

    def _go(self, months: int) -> None:
        known = read_month(self.month)
        if known is not None:
            day = add_days(known.first_day, -1) if months < 0 else add_days(known.last_day, 1)
            self.month = month_key(day, known.calendar)
            self.refresh()

    def _print(self) -> None:
        office, month, code = self._office, self.month, self.language.code
        if office is not None:
            self._work(lambda: office().print(month, code), self._printed, "report on paper")

    def _printed(self, where: object) -> None:
        path = self.language.isolate(str(where).replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self._tell("gain", self.language.t("The report went to {where}", where=path))

    def _save(self) -> None:
        office, month, code = self._office, self.month, self.language.code
        chosen = self.ask_file(f"tiers-{month}") if office is not None else ""
        if office is None or not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.casefold() in ENDINGS else path.with_name(path.name + ENDINGS[0])
        self._work(lambda: office().save(month, path, code), self._printed, "report file")

    def _ask_file(self, stem: str) -> str:
        t = self.language.t
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = ((t("PDF, for paper"), "pdf"), (t("Excel table"), "xlsx"), (t("CSV table"), "csv"))
        filters = ";;".join(f"{name} (*.{ending})" for name, ending in kinds)
        return QFileDialog.getSaveFileName(self, t("Save the report"), f"{folder}/{stem}.pdf", filters)[0]

    def _tell(self, kind: BannerKind, said: str) -> None:
        self.told.set_content(kind, said)
        self.told.setVisible(bool(said))

    def _show(self) -> None:
        language, shop = self.language, self.language.shop
        months = not self.on_promises
        for each in (self.back, self.next, self.save, self.print):
            each.setVisible(months)
        ready = self.report is not None if months else self.promised is not None
        self.body.setVisible(ready and shop is not None)
        if shop is None or not ready:
            self._name.setText(language.t("Reports"))
            self._line.setText("")
        elif months and self.report is not None:
            paper = tier_report_paper(self.report, shop, language)
            self._name.setText(paper.title)
            self._line.setText(paper.period_text)
            self.body.show_figures(paper.figures)
            self.body.show_tables(paper.tables)
            self.body.bars.show_bars(paper.bars, paper.bars_empty)
            self.body.show_bars(paper.bars_title)
        elif self.promised is not None:
            self._name.setText(language.t("What the shop has promised"))
            self._line.setText(language.day(self.promised.day))
            self.body.show_figures(promised_figures(self.promised, language))
            self.body.show_tables(promised_tables(self.promised, language))
            self.body.show_bars("")

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
        whole.addWidget(self.body, 1)
        whole.addStretch(0)
