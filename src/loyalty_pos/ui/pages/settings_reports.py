"""The card of the reports that make themselves: where they go, in which form, and how far they are."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.app.tier_report_paper import month_name
from loyalty_pos.domain.dates import read_month
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Tx
from loyalty_pos.ui.worker import Problem


class MonthlyCard(FormCard):
    """Choose a folder and a form; without a folder nothing is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask_folder: Callable[[str], str] = self._ask_folder
        self._language: Language | None = None
        self._choices = UiSettings()
        self.told = Tx("", "secondary", "text2", wrap=True)
        self.body.addWidget(self.told)
        self.add("form", "choice", (("pdf", "PDF"), ("xlsx", "Excel")))
        self.editor("form").put("pdf")
        self.folder = Btn("", "soft", icon="pencil", keycap="Alt 8", size="small")
        self.off = Btn("", "outline", icon="cross", keycap="Alt 9", size="small")
        buttons = row(8)
        for button in (self.folder, self.off):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addWidget(self.answer)
        self.folder.clicked.connect(self._choose)
        self.off.clicked.connect(self._switch_off)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        t = language.t
        self.title.setText(t("Monthly reports"))
        self.word(
            language, "form", t("Kind of file"), (("pdf", t("PDF, for paper")), ("xlsx", t("Excel table")))
        )
        self.folder.set_content(t("Choose a folder"))
        self.off.set_content(t("Make none"))
        self._show()

    def show_choices(self, choices: UiSettings) -> None:
        """Show the choices of the window."""
        self._choices = choices
        self.editor("form").put(choices.reports_form)
        self._show()

    def chosen(self, choices: UiSettings) -> UiSettings:
        """Put this card's choices among the others."""
        form: Literal["pdf", "xlsx"] = "xlsx" if self.editor("form").value() == "xlsx" else "pdf"
        mine = self._choices
        same = mine.reports_folder == choices.reports_folder
        done = choices.reports_done if same else ""  # a new folder begins with the month that ended last
        return replace(choices, reports_form=form, reports_folder=mine.reports_folder, reports_done=done)

    def tell_made(self, count: int) -> None:
        """Say that reports were made."""
        if self._language is not None:
            self.say("gain", self._language.n("{count} report made", "{count} reports made", count))

    def tell_problem(self, problem: Problem) -> None:
        """Say why none could be made; it is tried again."""
        if self._language is not None:
            again = self._language.t("It is tried again every hour.")
            self.say("danger", f"{say_problem(problem, self._language)} {again}")

    def _choose(self) -> None:
        folder = self.ask_folder(self._choices.reports_folder)
        if folder:
            self._decide(folder)

    def _switch_off(self) -> None:
        self._decide("")
        self.folder.setFocus()

    def _decide(self, folder: str) -> None:
        self._choices = replace(self._choices, reports_folder=folder)
        self.say("info", "")
        self.edited.emit()

    def _show(self) -> None:
        language, choices = self._language, self._choices
        if language is None:
            return
        t, on = language.t, bool(choices.reports_folder)
        self.off.setVisible(on)
        if not on:
            self.told.setText(t("When a month has ended, its report can be written to a folder by itself."))
            return
        folder = language.isolate(choices.reports_folder.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        said = t("Every month's report goes to {folder}.", folder=folder)
        known = read_month(choices.reports_done) if choices.reports_done else None
        if known is not None:
            month = month_name(choices.reports_done, known.calendar, language)
            last = t("The last one: {month}.", month=month)
            said = f"{said} {last}"
        self.told.setText(said)

    def _ask_folder(self, now: str) -> str:
        title = self._language.t("Choose a folder") if self._language else ""
        return QFileDialog.getExistingDirectory(self, title, now)
