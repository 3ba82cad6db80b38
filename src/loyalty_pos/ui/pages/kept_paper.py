"""The question about a paper that nobody knows to be printed."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.papersink import PaperJob
from loyalty_pos.ui.widgets import Action, Banner

_RECEIPT = re.compile(r"receipt-(\d+)(-copy)?")


class KeptPaper(Banner):
    """Ask about the oldest paper in doubt; what only waits for the printer needs no word."""

    again_asked = Signal(object)  # PaperJob
    done_with = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", icon="printer", parent=parent)
        self._job: PaperJob | None = None
        self.acted.connect(self._answer)
        self.hide()

    def show_jobs(self, jobs: Sequence[PaperJob], language: Language) -> None:
        """Ask about the first of `jobs` that waits for somebody's word, or hide."""
        self._job = in_doubt(jobs)
        self.setVisible(self._job is not None)
        if self._job is None:
            return
        t, paper = language.t, _paper(self._job.name, language)
        again = Action("again", t("Print again"), "outline", keycap="Ctrl P")
        if self._job.state == "unprintable":
            title, text, done = t("{paper} cannot be printed", paper=paper), "", t("Leave it")
        else:
            title = t("{paper} may be printed already", paper=paper)
            text, done = t("Printing was cut off. Look whether it came out."), t("It came out")
        self.set_content(
            "info", title, text, (Action("done", done, "soft", keycap="Ctrl D"), again), icon="printer"
        )

    def _answer(self, key: str) -> None:
        if self._job is not None:
            (self.again_asked if key == "again" else self.done_with).emit(self._job)


def in_doubt(jobs: Sequence[PaperJob]) -> PaperJob | None:
    """Find the oldest paper that waits for somebody's word."""
    return next((job for job in jobs if job.state in ("maybe_printed", "unprintable")), None)


def _paper(name: str, language: Language) -> str:
    known = _RECEIPT.fullmatch(name)
    if known is None:
        if name.startswith("codes"):
            return language.t("A strip of code slips")
        return language.t("A voucher") if name.startswith("voucher") else language.isolate(name)
    number = language.digits(known[1])
    if known[2]:
        return language.t("The copy of receipt {number}", number=number)
    return language.t("Receipt {number}", number=number)
