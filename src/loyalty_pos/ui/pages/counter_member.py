"""The starting side of the counter: who stands here."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.papersink import PaperJob
from loyalty_pos.app.views import NewReward, SaleView
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.state import Begun, Claimed, CounterState, Place, Recorded, Undone, Unexchanged
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages.counter_lists import ListPart
from loyalty_pos.ui.pages.counter_parts import (
    IdlePart,
    JoinPart,
    MemberPart,
    NobodyPart,
    ReadingPart,
    ReceiptPart,
    SeveralPart,
)
from loyalty_pos.ui.pages.kept_paper import KeptPaper, in_doubt
from loyalty_pos.ui.pages.refund_part import RefundPart
from loyalty_pos.ui.pages.said_words import said_words
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Btn, Card, Toast, WhyPanel

PATIENCE_MS = 150
PRINT = "Ctrl P"
W = TypeVar("W", bound=QWidget)


class MemberPane(Card):
    """Show one of: idle, reading, several, nobody, a receipt, the new member's form, the member, the why.

    Under it stands what has just happened: the toast, a completed card, trouble with paper, a remark.
    A part is made when it is first shown, and told to `made`: a start has only the first to show.
    """

    voucher_asked = Signal(str, str)  # member, programme
    print_again_asked = Signal()
    trouble_closed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.made: Callable[[QWidget], None] = lambda part: None
        self._language = language
        self._stack = QStackedLayout()
        self.idle = self._add(IdlePart())
        self.body.addLayout(self._stack, 1)
        self.toast = Toast(language)
        self.completed = Banner("reward", icon="gift")
        self.trouble = Banner("reward", icon="printer")
        self.remark = Banner("info")
        self.linking = Banner("reward", icon="scan")
        self.kept = KeptPaper()
        self.take_back = Btn("", "outline", icon="undo", keycap="Ctrl Z")
        self.take_back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take_back.clicked.connect(self.toast.undone)
        below = QVBoxLayout()
        theme.space(below, 8)
        for widget in (
            self.linking,
            self.remark,
            self.completed,
            self.trouble,
            self.kept,
            self.toast,
            self.take_back,
        ):
            widget.hide()
            below.addWidget(widget)
        self.body.addLayout(below)
        self._state = CounterState()
        self._toast_said = ("", "")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_skeleton)
        self.completed.acted.connect(self._ask_completed_voucher)
        self.trouble.acted.connect(
            lambda key: self.print_again_asked.emit() if key == "again" else self.trouble_closed.emit()
        )

    @cached_property
    def several(self) -> SeveralPart:
        return self._add(SeveralPart())

    @cached_property
    def nobody(self) -> NobodyPart:
        return self._add(NobodyPart())

    @cached_property
    def receipt(self) -> ReceiptPart:
        return self._add(ReceiptPart())

    @cached_property
    def join(self) -> JoinPart:
        return self._add(JoinPart())

    @cached_property
    def member(self) -> MemberPart:
        member = self._add(MemberPart())
        member.voucher_asked.connect(self._ask_voucher)
        return member

    @cached_property
    def skeleton(self) -> ReadingPart:
        return self._add(ReadingPart())

    @cached_property
    def why(self) -> WhyPanel:
        why = self._add(WhyPanel())
        theme.set_prop(why, "k", "clear")
        return why

    @cached_property
    def listing(self) -> ListPart:
        return self._add(ListPart())

    @cached_property
    def refund(self) -> RefundPart:
        return self._add(RefundPart(self._language))

    def _add(self, part: W) -> W:
        self._stack.addWidget(part)
        self.made(part)
        return part

    def show_state(
        self,
        state: CounterState,
        today: str,
        language: Language,
        *,
        printing: bool,
        paper: str,
        kept: Sequence[PaperJob] = (),
    ) -> None:
        """Show the state in a language.

        `today` is the business day, `paper` how the last receipt fared, `kept` what may not be printed.
        """
        toast_is_new = state.toast is not self._state.toast
        self._state, self._language = state, language
        reading = state.lookup is not None and not state.lookup.live
        said = isinstance(self._stack.currentWidget(), ReadingPart)
        if said:
            self.skeleton.set_language(language)
        if reading and not self._patience.isActive() and not said:
            self._patience.start()
        elif not reading:
            self._patience.stop()
        crowded = state.print_trouble is not None or self._completed(state) is not None
        busy = crowded or state.member is not None or state.join is not None
        self.kept.show_jobs(() if busy else kept, language)  # a customer comes before an old paper
        part = self._part(state)
        if part is self.idle:
            self.idle.show_state(state.recent, language, crowded=crowded or in_doubt(kept) is not None)
        if state.candidates:
            self.several.show_state(state.candidates, today, language)
        if state.listing:
            self.listing.show_state(state.listing, language)
        if state.nobody:
            self.nobody.show_state(state.nobody, state.member, language)
        if state.receipt:
            self.receipt.show_state(state.receipt, language)
        if state.join:
            self.join.show_state(state.join, state.said, language)
        if state.member:
            key = "" if self._completed(state) else PRINT  # what was just earned comes first
            self.member.show_state(state, today, language, printing=printing, key=key)
        if state.refund:
            self.refund.show_form(state.refund, state.shop, language)
        if state.why_open and state.quote:
            sections = words.counter_why(state.quote, language)
            self.why.set_content(language.t("Why this total?"), language.t("Close"), sections)
        if not (reading and part is not self.why):
            self._stack.setCurrentWidget(part)
        self._show_below(state, language, printing=printing)
        self._show_toast(state, language, paper, fresh=toast_is_new)

    def _part(self, state: CounterState) -> QWidget:
        if state.refund:
            return self.refund
        if state.why_open and state.quote:
            return self.why
        if state.join:
            return self.join
        if state.candidates:
            return self.several
        if state.nobody:
            return self.nobody
        if state.listing:
            return self.listing
        if state.receipt:
            return self.receipt
        return self.member if state.member else self.idle

    def _show_skeleton(self) -> None:
        if self._state.lookup is not None:
            self.skeleton.set_language(self._language)
            self._stack.setCurrentWidget(self.skeleton)
            self.skeleton.show()

    def _show_below(self, state: CounterState, language: Language, *, printing: bool) -> None:
        t = language.t
        said = (
            state.said
            if state.said and state.said.place in (Place.MEMBER, Place.SEARCH, Place.TOAST)
            else None
        )
        self.remark.setVisible(said is not None)
        if said is not None:
            title, text = said_words(said, language)
            self.remark.set_content("danger" if said.problem else "info", title, text)
        self.linking.setVisible(bool(state.link_card))
        if state.link_card:
            ask = t("Type their phone or name; Esc leaves it.")
            title = t("Whose card is {card}?", card=language.isolate(state.link_card))
            self.linking.set_content("reward", title, ask, icon="scan")
        trouble = state.print_trouble
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            why = say_problem(trouble.problem, language)
            what = (
                t("Receipt not printed: {why}", why=why)
                if trouble.sale
                else t("Voucher not printed: {why}", why=why)
            )
            reassured = t("The sale is recorded.") if trouble.sale else t("The right stays with the member.")
            again = (Action("again", t("Print again"), "primary", keycap="F10"),) if trouble.sale else ()
            actions = (*again, Action("close", t("Go on without"), "outline", keycap="Esc"))
            self.trouble.set_content("reward", what, reassured, actions, icon="printer")
        completed = self._completed(state)
        self.completed.setVisible(completed is not None)
        if completed is not None:
            count = sum(reward.count for reward in _waiting(completed.sale))
            title = language.n("This sale earned {count} reward", "This sale earned {count} rewards", count)
            actions = (
                (Action("print", t("Print voucher"), "soft", icon="printer", keycap=PRINT),)
                if printing
                else ()
            )
            self.completed.set_content(
                "reward", title, language.name(completed.sale.member_name), actions, icon="gift"
            )

    def _show_toast(self, state: CounterState, language: Language, paper: str, *, fresh: bool) -> None:
        self.toast.set_speech(language)
        handed_over = isinstance(state.toast, Claimed) and not state.toast.claim.undone
        begun = isinstance(state.toast, Begun) and state.toast.back
        self.take_back.setVisible(handed_over or begun or isinstance(state.toast, Recorded))
        self.take_back.set_content(language.t("Take back"))
        if state.toast is None:
            self.toast.dismiss()
            return
        message, sub = words.toast_words(state.toast, language, paper=paper)
        # Saying the same again would start the countdown anew.
        if fresh or (message, sub) != self._toast_said:
            self._toast_said = (message, sub)
            back = isinstance(state.toast, Undone | Unexchanged) or (
                isinstance(state.toast, Claimed) and not handed_over
            )
            self.toast.show_message(message, sub, icon="undo" if back else "check")

    def _completed(self, state: CounterState) -> Recorded | None:
        toast = state.toast
        if isinstance(toast, Recorded) and toast.sale.member and _waiting(toast.sale):
            return toast
        return None

    def _ask_voucher(self, programme: str) -> None:
        if self._state.member:
            self.voucher_asked.emit(self._state.member.member, programme)

    def _ask_completed_voucher(self) -> None:
        completed = self._completed(self._state)
        if completed and completed.sale.member:
            self.voucher_asked.emit(completed.sale.member, _waiting(completed.sale)[0].programme)


def _waiting(sale: SaleView) -> list[NewReward]:
    """What a sale gave that may be put on paper; a voucher it made is on its way there already."""
    return [reward for reward in sale.earned.rewards if reward.yield_ == "free_item"]
