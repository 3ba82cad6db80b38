"""Making two members one: who, what that brings together, and back again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_people import Duplicates, MergeMembers, Merges, QuoteMerge, UndoMerge
from loyalty_pos.app.language import Language
from loyalty_pos.app.people_views import DuplicatesView, MergesView, MergeView, PairView
from loyalty_pos.app.views import MemberLineView, MemberView, ShopView
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import merge_words as words
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Btn, CandidateList, Tx, WhyPanel
from loyalty_pos.ui.worker import Problem


class MergeSide(QWidget):
    """Choose whom to merge with, look at what comes together, then do exactly that; or take it back."""

    merged = Signal(str)  # the survivor
    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language = language
        self._shop: ShopView | None = None
        self._keep: str = ""
        self._name = ""
        self._pairs: dict[str, PairView] = {}
        self.view: MergeView | None = None
        self._title, self._text = Tx("", "section", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.picker = MemberPicker(dispatcher, language, "merge.whom")
        self.pairs = CandidateList()
        self.moves = WhyPanel()
        theme.set_prop(self.moves, "k", "clear")
        self.trouble = Banner("danger")
        self.confirm = Btn("", "primary", icon="check", keycap="Enter")
        self.undo, self.cancel = (
            Btn("", "outline", icon="undo", keycap="Ctrl Z"),
            Btn("", "outline", keycap="Esc"),
        )
        buttons = row(8)
        buttons.addWidget(self.confirm, 2)
        buttons.addWidget(self.undo, 2)
        buttons.addWidget(self.cancel, 1)
        layout = column(self, 10)
        for part in (self._title, self._text, self.picker, self.pairs):
            layout.addWidget(part)
        layout.addWidget(self.moves, 1)
        layout.addWidget(self.trouble)
        layout.addStretch(0)
        layout.addLayout(buttons)
        self.picker.picked.connect(self._picked)
        self.picker.emptied.connect(self._forget)
        self.pairs.picked.connect(self._chose)
        self.moves.closed.connect(self._forget)
        self.confirm.clicked.connect(self.enter)
        self.undo.clicked.connect(self.take_back)
        self.cancel.clicked.connect(self.closed)
        self._show()

    def open(self, member: MemberView) -> None:
        """Ask whom a member shall be merged with, beginning with those who may be the same person."""
        self._begin(member.member, member.name)
        self._courier.ask_latest("merge.done", Merges(member=member.member), self._done_before, self._failed)
        query = Duplicates(member=member.member, limit=8)
        self._courier.ask_latest("merge.pairs", query, self._pairs_came, self._failed)
        self.picker.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_all(self) -> None:
        """List every pair that may be one person."""
        self._begin("", "")
        self._courier.ask_latest("merge.pairs", Duplicates(), self._pairs_came, self._failed)
        self.pairs.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_texts(self, language: Language, shop: ShopView | None) -> None:
        """Speak a language, whatever is shown."""
        self._language, self._shop = language, shop or self._shop
        self.picker.show_texts(language)
        self._show()

    def enter(self) -> None:
        """Do what is shown; while nothing is shown take the marked pair."""
        view = self.view
        if view is None:
            self.pairs.pick_current()
        elif view.posting_id is None:
            self._courier.do(MergeMembers(keep=view.keep, drop=view.drop), self._made, self._failed)

    def take_back(self) -> None:
        """Undo the merge shown."""
        if self.view is not None and self.view.undoable:
            command = UndoMerge(keep=self.view.keep, drop=self.view.drop)
            self._courier.do(command, self._made, self._failed)

    def _begin(self, keep: str, name: str) -> None:
        self._keep, self._name, self.view, self._pairs = keep, name, None, {}
        self.picker.clear()
        self.trouble.hide()
        self._show()

    def _forget(self) -> None:
        self.view = None
        self.trouble.hide()
        self._show()

    def _done_before(self, view: MergesView) -> None:
        last = view.merges[0] if view.merges else None
        if last is not None and last.undoable and self.view is None:
            self.view = last
            self._show()

    def _pairs_came(self, view: DuplicatesView) -> None:
        self._pairs = {f"{one.keep.member} {one.drop.member}": one for one in view.pairs}
        self._show()

    def _picked(self, member: MemberLineView) -> None:
        self._quote(self._keep, member.member)

    def _chose(self, key: str) -> None:
        pair = self._pairs[key]
        # Of one member the finder names the other one first; whoever is looked at stays.
        keep, drop = (self._keep, pair.keep) if self._keep else (pair.keep.member, pair.drop)
        self._quote(keep, drop.member)

    def _quote(self, keep: str, drop: str) -> None:
        self.trouble.hide()
        query = QuoteMerge(keep=keep, drop=drop)
        self._courier.ask_latest("merge.quote", query, self._quoted, self._failed)

    def _quoted(self, view: MergeView) -> None:
        self.view = view
        self._show()
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, view: MergeView) -> None:
        self.view = view
        self.merged.emit(view.keep)
        self._show()
        (self.undo if view.undoable else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, problem: Problem) -> None:
        self.trouble.set_content("danger", say_problem(problem, self._language))
        self.trouble.show()

    def _show(self) -> None:
        language, view = self._language, self.view
        title, text = words.title(view, self._name, self._language, everybody=not self._keep)
        self._title.setText(title)
        self._text.setText(text)
        self.picker.setVisible(bool(self._keep) and view is None)
        rows = [words.pair(key, one, language, both=not self._keep) for key, one in self._pairs.items()]
        self.pairs.set_candidates(rows, language.t("Perhaps the same person"))
        self.pairs.setVisible(view is None and bool(rows))
        self.moves.setVisible(view is not None)
        sections = words.sections(view, self._shop, language) if view is not None else ()
        self.moves.set_content(language.t("What comes together"), language.t("Close"), sections)
        self.confirm.setVisible(view is not None and view.posting_id is None)
        self.undo.setVisible(view is not None and view.undoable)
        self.confirm.set_content(language.t("Merge"))
        self.undo.set_content(language.t("Undo the merge"))
        self.cancel.set_content(language.t("Close"))
