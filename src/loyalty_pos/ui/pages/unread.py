"""What stands over a page that could not be read: why, and trying again."""

from PySide6.QtCore import Signal

from loyalty_pos.app.language import Language
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner
from loyalty_pos.ui.worker import Problem


class Unread(Banner):
    """Hidden until something could not be read; `again` asks for another try."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__("danger")
        self._problem: Problem | None = None
        self.hide()
        self.acted.connect(lambda key: self.again.emit())

    def show_problem(self, problem: Problem, language: Language) -> None:
        """Say why the page is not what it should be."""
        self._problem = problem
        self.show_texts(language)
        self.show()

    def show_texts(self, language: Language) -> None:
        """Say the same in a language."""
        if self._problem is not None:
            again = (Action("again", language.t("Try again"), "outline", keycap="F5"),)
            self.set_content("danger", say_problem(self._problem, language), "", again)

    def clear(self) -> None:
        """It was read."""
        self._problem = None
        self.hide()
