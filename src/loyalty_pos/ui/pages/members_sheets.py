"""The cards and labels of the members listed, on A4: asked where, made beside the window, and told."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.papers import CardSheetKind
from loyalty_pos.app.queries import MemberChoice
from loyalty_pos.ui.pages.report_saving import breakable
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.worker import Problem

Said = Callable[[str, bool], None]
"""Tell how it went, and whether it went well."""


class CardSheets(QObject):
    """Save what is cut out for all members of one choice; `tell` hears how it went."""

    def __init__(self, parent: QWidget, tell: Said) -> None:
        super().__init__(parent)
        self._window, self._tell = parent, tell
        self._paper: Paper | None = None
        self.ask_file: Callable[[Language], tuple[str, CardSheetKind]] = self._ask_file

    def use(self, paper: Paper) -> None:
        """Learn who makes them."""
        self._paper = paper

    @property
    def there(self) -> bool:
        """Whether anybody makes them."""
        return self._paper is not None and self._paper.saving.makes_card_sheets

    def save(self, only: MemberChoice, language: Language) -> None:
        """Ask for a file, and make it."""
        if self._paper is None or not self.there:
            return
        chosen, kind = self.ask_file(language)
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.casefold() == ".pdf" else path.with_name(f"{path.name}.pdf")

        def saved(count: object) -> None:
            said = language.n(
                "{count} member is on {where}", "{count} members are on {where}", int(str(count)),
                where=breakable(path, language),
            )  # fmt: skip
            self._tell(said, True)

        def failed(problem: Problem) -> None:
            self._tell(say_problem(problem, language), False)

        self._tell(language.t("The sheets are being drawn"), True)
        self._paper.saving.card_sheets(only, path, kind, saved, failed, self)

    def _ask_file(self, language: Language) -> tuple[str, CardSheetKind]:
        t = language.t
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        cards, labels = t("Cards, ten to a sheet of A4"), t("Labels, 24 to a sheet of A4")
        kinds = f"{cards} (*.pdf);;{labels} (*.pdf)"
        title = t("Save the cards of the members listed")
        chosen, kind = QFileDialog.getSaveFileName(self._window, title, f"{folder}/cards.pdf", kinds)
        return chosen, "labels" if kind.startswith(labels) else "cards"
