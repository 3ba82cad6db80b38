"""What was just published or paused, and the way back: a toast over the page."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from loyalty_pos.app.commands import Command, PublishProgramme, ResumeProgramme, RetireProgramme
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.widgets import Toast
from loyalty_pos.ui.worker import Failed


class Undoing:
    """Say what was done to a programme, and undo it while the toast stands: versions only ever grow."""

    def __init__(self, page: Page, failed: Failed) -> None:
        self._page, self._failed = page, failed
        self._back: Sequence[Command] = ()
        self.toast = Toast(page.language, page, floating=True)
        self.toast.undone.connect(self._undo)

    def set_language(self, language: Language) -> None:
        """Speak another language; what was said goes."""
        self.toast.set_speech(language)
        self.toast.dismiss()

    def published(self, key: str, revision: int, before: ProgrammeDetailView | None) -> None:
        """Say that a revision was published; the way back publishes what ran before, or lets it rest."""
        language = self._page.language
        rest = RetireProgramme(key=key)
        if before is None:
            self._back = (rest,)
        else:
            again = PublishProgramme(
                key=key,
                kind=before.kind,
                name=before.name,
                params=dict(before.params),
                when=dict(before.when),
            )
            self._back = (again,) if before.live else (again, rest)
        self._say(language.t("Published as version {number}", number=language.number(revision)))

    def switched(self, key: str, *, live: bool) -> None:
        """Say that a programme rests or runs again."""
        t = self._page.language.t
        self._back = (RetireProgramme(key=key) if live else ResumeProgramme(key=key),)
        self._say(t("It runs again") if live else t("Paused; what members hold stays theirs"))

    def obey(self, throw: QAbstractButton) -> bool:
        """Undo what the toast says, else drop a draft; a field that was typed in takes back its own."""
        focused = QApplication.focusWidget()
        if not self.toast.isHidden():
            self.toast.undo.click()
        elif throw.isVisible() and not (isinstance(focused, QLineEdit) and focused.isUndoAvailable()):
            throw.click()
        else:
            return False
        return True

    def _say(self, said: str) -> None:
        self.toast.show_message(said, undo=self._page.language.t("Take back"))

    def _undo(self) -> None:
        back, self._back = self._back, ()
        for command in back:
            self._page.dispatcher.do(command, None, self._failed, self._page)
        self.toast.show_message(self._page.language.t("Taken back"), icon="undo", seconds=4)
