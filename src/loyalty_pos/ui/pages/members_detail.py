"""The members page's other side: one member, the form, or the why of one of their sales."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from loyalty_pos.app import commands
from loyalty_pos.app.commands import (
    AddToSegment,
    LinkCard,
    RemoveFromSegment,
    UnlinkCard,
)
from loyalty_pos.app.eligible_views import EligibleForView
from loyalty_pos.app.floor_views import MemberValueView
from loyalty_pos.app.history_views import MemberHistoryView
from loyalty_pos.app.language import Language
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.queries import Member, MemberHistory, MemberRecord
from loyalty_pos.app.queries_floor import MemberValue
from loyalty_pos.app.queries_standing import EligibleFor
from loyalty_pos.app.views import MemberView, ShopView
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.decide_words import DECISIONS
from loyalty_pos.ui.pages.members_adjust import AdjustSide
from loyalty_pos.ui.pages.members_decide import DecideSide
from loyalty_pos.ui.pages.members_form import PersonForm
from loyalty_pos.ui.pages.members_merge import MergeSide
from loyalty_pos.ui.pages.members_move import MoveSide
from loyalty_pos.ui.pages.members_person import PersonPart
from loyalty_pos.ui.pages.members_refund import RefundSide
from loyalty_pos.ui.pages.members_why import SaleWhy
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Card, Skeleton, Tx
from loyalty_pos.ui.worker import Problem

HISTORY = 40
PATIENCE_MS, REST_MS = 150, 40


class MemberPane(Card):
    """Ask for one member and show them; what is changed here is told by `saved`."""

    saved = Signal(str)  # the member
    closed = Signal()  # a form or a why: the keyboard is free again

    def __init__(self, dispatcher: Dispatcher, language: Language, today: Callable[[], str]) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language, self._today = language, today
        self._shop: ShopView | None = None
        self.member: MemberView | None = None
        self._record: MemberRecordView | None = None
        self._history: MemberHistoryView | None = None
        self._value: MemberValueView | None = None
        self._open: EligibleForView | None = None
        self.wanted = ""
        self.person, self.form, self.why = (
            PersonPart(),
            PersonForm(language),
            SaleWhy(dispatcher, language),
        )
        self.refund = RefundSide(dispatcher, language)
        self.adjust, self.merge = AdjustSide(dispatcher, language), MergeSide(dispatcher, language)
        self.decide, self.move_sale = (
            DecideSide(dispatcher, language, today),
            MoveSide(dispatcher, language),
        )
        self._sides = (self.refund, self.adjust, self.merge, self.decide, self.move_sale)
        self.skeleton, self.nobody = Skeleton(), Tx("", "body", "text2", align="center", wrap=True)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack)  # first: a stack that is in no widget yet shows its first part alone
        for part in (self.nobody, self.person, self.form, self.why, *self._sides, self.skeleton):
            self._stack.addWidget(part)
        self._rest, self._patience = QTimer(self), QTimer(self)
        for timer, after in ((self._rest, REST_MS), (self._patience, PATIENCE_MS)):
            timer.setSingleShot(True)
            timer.setInterval(after)
        self._rest.timeout.connect(self.ask)
        self._patience.timeout.connect(lambda: self._turn(self.skeleton))
        person = self.person
        person.timeline.opened.connect(lambda sale_id: self.why.ask(sale_id, self._failed))
        self.why.came.connect(lambda: self._turn(self.why))
        self.why.refund_asked.connect(lambda sale_id: self.refund.ask(sale_id, self._failed))
        self.refund.came.connect(lambda: self._turn(self.refund))
        self.refund.closed.connect(self.step_back)
        self.refund.refunded.connect(self.saved)
        person.about.correction_asked.connect(self.correct)
        for side in self._sides[1:]:
            side.closed.connect(self.step_back)
        self.adjust.adjusted.connect(self.saved)
        self.merge.merged.connect(self.saved)
        self.decide.decided.connect(self.saved)
        self.why.move_asked.connect(lambda sale_id: self.move_sale.ask(sale_id, self._failed))
        self.move_sale.came.connect(lambda: self._turn(self.move_sale))
        self.move_sale.moved.connect(self.saved)
        person.timeline.more_wanted.connect(self._ask_older)
        person.about.unlink_asked.connect(lambda card: self._send(UnlinkCard(member=self.wanted, card=card)))
        person.about.link_asked.connect(lambda card: self._send(LinkCard(member=self.wanted, card=card)))
        person.about.lists.wanted.connect(self._put_on_list)
        self.form.submitted.connect(lambda command: self._courier.do(command, self._kept, self.form.refused))
        self.form.cancelled.connect(self.step_back)
        self.why.closed.connect(self.step_back)

    @property
    def showing(self) -> QWidget:
        """What is in front: nobody, person, form, why or skeleton."""
        return self._stack.currentWidget() or self.nobody

    def set_shop(self, shop: ShopView) -> None:
        """Learn which programmes there are."""
        self._shop = shop
        self.show_texts(self._language)

    def show_texts(self, language: Language) -> None:
        """Speak a language, whatever is shown."""
        self._language = language
        self.skeleton.set_name(language.t("Reading…"))
        self.nobody.setText(language.t("Choose somebody, or start with a new member"))
        self.form.show_texts(language)
        self._show_person()
        if self._history is not None:
            self.person.show_history(self._history, self._today(), language)
        self.why.show_texts(language)
        for side in self._sides:
            side.show_texts(language, self._shop)

    def follow(self, member: str) -> None:
        """Show a member as soon as the list rests: who holds an arrow down asks for nobody in between."""
        if not member or self.showing in (self.form, self.merge, self.move_sale) or member == self.wanted:
            return
        if self.showing in (self.why, self.refund, self.adjust, self.decide):
            self._turn(self.person)
        self.wanted = member
        self._rest.start()

    def ask(self) -> None:
        """Ask for everything about the member wanted; only the newest is answered."""
        self._rest.stop()
        if not self.wanted:
            return
        if self.member is None:
            self._patience.start()
        courier, member = self._courier, self.wanted
        courier.ask_latest("members.member", Member(member=member), self._came, self._failed)
        courier.ask_latest("members.record", MemberRecord(member=member), self._came, self._failed)
        courier.ask_latest("members.value", MemberValue(member=member), self._came, self._failed)
        courier.ask_latest("members.open", EligibleFor(member=member), self._came, self._failed)
        history = MemberHistory(member=member, limit=HISTORY)
        courier.ask_latest("members.history", history, self._all_came, self._failed)

    def open_new(self, typed: str) -> None:
        """Open the form for a new member."""
        self.form.open_new(typed, self._language)
        self._turn(self.form)
        self.form.start()

    def open_edit(self, posting_id: str) -> None:
        """Open the form for the member shown, to be changed under one key."""
        if self._record is not None and self.showing is self.person:
            self.form.open_known(self._record, posting_id, self._language)
            self._turn(self.form)
            self.form.start()

    def correct(self, what: str) -> None:
        """Open a correction, a merge or a decision about the member shown; "all": who may be one person."""
        deciding = DECISIONS.get(what)
        if deciding is not None and self.member is not None:
            self._turn(self.decide)
            self.decide.open(self.member, deciding)
            return
        self._turn(self.adjust if what in ("adjust", "paper") else self.merge)
        if what == "all":
            self.merge.open_all()
        elif self.member is not None and what == "merge":
            self.merge.open(self.member)
        elif self.member is not None:
            self.adjust.open(self.member, paper=what == "paper")

    def step_back(self) -> bool:
        """Close a form, a why or a refund; False when there was none."""
        if self.showing not in (self.form, self.why, *self._sides):
            return False
        self._turn(self.person if self.member else self.nobody)
        self.closed.emit()
        return True

    def _came(self, view: MemberView | MemberRecordView | MemberValueView | EligibleForView) -> None:
        if isinstance(view, MemberView):
            self.member = view
        elif isinstance(view, MemberValueView):
            self._value = view
        elif isinstance(view, EligibleForView):
            self._open = view
        else:
            self._record = view

    def _all_came(self, view: MemberHistoryView) -> None:
        self._patience.stop()
        self._history = view
        self.person.said.hide()
        self._show_person()
        self.person.show_history(view, self._today(), self._language)
        if self.showing in (self.nobody, self.skeleton):
            self._turn(self.person)

    def _failed(self, problem: Problem) -> None:
        self._patience.stop()
        if self.member is None:
            self.nobody.setText(say_problem(problem, self._language))
            self._turn(self.nobody)
        else:
            self.person.say(say_problem(problem, self._language))

    def _ask_older(self) -> None:
        if self._history is not None and self._history.next is not None:
            query = MemberHistory(member=self._history.member, before=self._history.next, limit=HISTORY)
            self._courier.ask_latest("members.history", query, self._older_came, self._failed)

    def _older_came(self, view: MemberHistoryView) -> None:
        self._history = view
        self.person.append_history(view, self._today(), self._language)

    def _send(self, command: commands.Command) -> None:
        self._courier.do(command, self._kept, self._failed)

    def _put_on_list(self, command: AddToSegment | RemoveFromSegment) -> None:
        """Change a list made by hand; what was refused is unticked again."""

        def refused(problem: Problem) -> None:
            self.person.about.lists.again()
            self._failed(problem)

        self._courier.do(command, lambda view: self.person.said.hide(), refused)

    def _kept(self, view: MemberView | MemberRecordView) -> None:
        self.form.done()
        self.step_back()
        self.wanted = view.member
        self.saved.emit(view.member)

    def _show_person(self) -> None:
        if self.member is not None and self._record is not None:
            self.person.show_member(
                self.member, self._record, self._shop, self._today(), self._language, self._value, self._open
            )

    def _turn(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)


def press(pane: MemberPane, number: int) -> bool:
    """Press the button with that number beside a member or a sale; False where there is none."""
    buttons: Sequence[Btn] = ()
    if pane.showing is pane.person:
        buttons = list(pane.person.about.corrections.values())
    elif pane.showing is pane.why:
        buttons = (pane.why.refund, pane.why.move_on)
    there = 1 <= number <= len(buttons)
    if there:
        buttons[number - 1].click()
    return there
