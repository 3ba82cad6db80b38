"""The first scan: what the scanner sent, and whose card it is or becomes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import EnrolMember
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Identify
from loyalty_pos.app.views import IdentifyView, MemberView
from loyalty_pos.ui import theme
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.settings_scanner import burst_words
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.scanner import Burst
from loyalty_pos.ui.widgets import Banner, ScanTarget, Tx
from loyalty_pos.ui.widgets.banner import BannerKind
from loyalty_pos.ui.widgets.text_line import TextLine
from loyalty_pos.ui.worker import Problem

_MEMBERS = ("card", "digits", "phone")


class ScanStep(QWidget):
    """Show that the scanner works, and make a member of whoever gets the card.

    `moved` says that there is something else to do now, `made` what was done.
    """

    moved = Signal()
    made = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.card, self._member = "", ""
        self._burst: Burst | None = None
        self._answer: Callable[[], None] = lambda: None
        layout = column(self, 10)
        self.target = ScanTarget()
        self.code, self.facts = Tx("", "name", align="center"), Tx("", "secondary", "text2", align="center")
        self.answer = Banner("info")
        self.name = TextLine()
        self.name.setMaxLength(80)
        theme.hold(self.name, height=48)
        self._label = Tx("", "secondary", "text2", weight=600)
        self._label.setBuddy(self.name)
        layout.addWidget(self.target, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.code, self.facts, self.answer, self._label, self.name):
            layout.addWidget(part)
        layout.addStretch(1)
        self.forget()

    def forget(self) -> str:
        """Wait for a scan; return the card of the member met or made last."""
        member, self._member, self.card, self._burst = self._member, "", "", None
        self._answer = lambda: None
        for part in (self.code, self.facts, self.answer, self._label, self.name):
            part.hide()
        self.name.clear()
        return member

    def seen(self, burst: Burst) -> None:
        """Show what the scanner sent."""
        language = self._page.language
        self._burst = burst
        self.code.setText(language.isolate(burst.code))
        self.facts.setText(burst_words(burst, language))
        for part in (self.code, self.facts):
            part.show()

    def take(self, code: str) -> None:
        """Find out whose card it is."""
        page = self._page
        page.dispatcher.ask(Identify(text=code), lambda view: self._found(code, view), self._refused, self)

    def enrol(self) -> bool:
        """Make a member with the card that was scanned; False when there is nobody to make."""
        if not self.card:
            return False
        command = EnrolMember(card=self.card, name=self.name.text().strip() or None)
        self._page.dispatcher.do(command, self._enrolled, self._refused, self)
        return True

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        self.target.set_name(t("Scan a member's card"))
        self._label.setText(t("Name (can wait)"))
        self.name.setAccessibleName(t("Name (can wait)"))
        if self._burst is not None:
            self.seen(self._burst)
            self._answer()

    def _found(self, code: str, view: IdentifyView) -> None:
        known = view.kind == "member" and view.member is not None
        self._member = code if known else self._member
        self.card = code if not known and view.looks_like in _MEMBERS else ""
        self._answer = partial(self._say_found, view)
        self._answer()
        self.moved.emit()

    def _say_found(self, view: IdentifyView) -> None:
        language = self._page.language
        t = language.t
        if view.kind == "member" and view.member is not None:
            name = language.name(view.member.name)
            self._tell("gain", t("The scanner works. This is the card of {name}", name=name))
        elif self.card:
            self._tell("info", t("The scanner works. Nobody has this card yet"), t("Who gets it?"))
        else:
            self._tell("gain", t("The scanner works. This is no member's card"))

    def _tell(self, kind: BannerKind, said: str, more: str = "") -> None:
        self.answer.set_content(kind, said, more)
        self.answer.show()
        for part in (self._label, self.name):
            part.setVisible(bool(self.card))

    def _enrolled(self, member: MemberView) -> None:
        language, card = self._page.language, self.card
        name = language.name(member.name) if member.name else language.t("The first member")
        self.forget()
        self._member = card
        self.made.emit(language.t("{name} is a member now", name=name))

    def _refused(self, problem: Problem) -> None:
        self._answer = lambda: self._tell("danger", say_problem(problem, self._page.language))
        self._answer()
