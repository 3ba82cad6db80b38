"""The counter page: draws the flow's state and turns keys, scans and touches into its intents."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from loyalty_pos.app.drafts import DraftStore
from loyalty_pos.app.language import Language
from loyalty_pos.app.sounds import Loudness, Speaker
from loyalty_pos.app.views import SaleView
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.finding import look_ahead
from loyalty_pos.ui.counter.flow import CounterFlow
from loyalty_pos.ui.counter.state import CounterState, Place, cleared
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.draft_keeper import DraftKeeper
from loyalty_pos.ui.keymap import Pressed
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages.counter_goods import GoodsPart
from loyalty_pos.ui.pages.counter_keys import CounterKeys, typed_amount
from loyalty_pos.ui.pages.counter_lists import ListPart, PayPart
from loyalty_pos.ui.pages.counter_member import MemberPane
from loyalty_pos.ui.pages.counter_parts import JoinPart, NobodyPart, SeveralPart
from loyalty_pos.ui.pages.counter_sale import SalePane
from loyalty_pos.ui.pages.counter_touch import CounterTouch
from loyalty_pos.ui.pages.counter_unfinished import UnfinishedPanel
from loyalty_pos.ui.pages.gift_card_words import FIRST_SOLD, FIRST_SWITCH
from loyalty_pos.ui.pages.refund_part import RefundPart, connect_refund
from loyalty_pos.ui.pages.warranty_words import SWITCH as CONTACT
from loyalty_pos.ui.paper import Paper, Printing
from loyalty_pos.ui.problem_words import support_mark
from loyalty_pos.ui.sounds import Sounds
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import Keypad, SearchField, WhyPanel

MEMBER_WIDTH = 388
WIDE = 1180  # from here on the goods have a column of their own


class CounterPage(QWidget):
    """Hold the widgets and the last state; money is never computed here.

    `search` lives in the window's top bar but belongs to this page. `receipts` says whether a receipt
    follows every sale; `drafts` keeps the sale on the counter over a crash.
    """

    changed = Signal()

    def __init__(
        self,
        dispatcher: Dispatcher,
        language: Language,
        printing: Printing | None,
        *,
        new_id: Callable[[], str],
        now_ms: Callable[[], int],
        wall_ms: Callable[[], int],
        receipts: bool = True,
        drafts: DraftStore | None = None,
        speaker: Speaker | None = None,
        loudness: Loudness = "soft",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._language, self._wall_ms = language, wall_ms
        self.flow = CounterFlow(Courier(dispatcher, self), new_id, now_ms)
        self.paper = Paper(printing, self, receipts=receipts)
        self.sounds = Sounds(speaker, loudness, self)
        self.drafts = DraftKeeper(drafts, self) if drafts else None
        self._focus_serial = 0
        self.support = ""  # the mark of the last mishap
        self.search = SearchField()
        self.who, self.sale = MemberPane(language), SalePane(language)
        self._keys = CounterKeys(self)
        self.touch = CounterTouch(self)
        self.unfinished = UnfinishedPanel(self)
        self.unfinished.hide()
        layout = QHBoxLayout(self)
        theme.space(layout, 12, 12)
        theme.hold(self.who, width=MEMBER_WIDTH)
        layout.addWidget(self.who)
        layout.addWidget(self.sale, 1)
        self._connect()
        self.set_language(language)

    def start(self) -> None:
        """Read what the counter needs and put the keyboard into the member box."""
        self.flow.start()
        self.put_focus(Place.SEARCH)

    def begin_anew(self) -> None:
        """Forget who stood here and what they bought: the shop itself is another one now."""
        self.flow.desk.change(**cleared(), toast=None, listing=None)
        self.flow.start()

    @property
    def state(self) -> CounterState:
        """What the counter shows."""
        return self.flow.state

    def set_language(self, language: Language) -> None:
        """Speak another language at once, in whatever state the counter is."""
        self._language = language
        t = language.t
        self.sale.set_wide(self.width() >= px(WIDE))
        self.search.set_texts(t("Scan a card, or type phone or name"), t("Find a member"))
        self.sale.set_language(language)
        self._show(self.state)

    def scanned(self, code: str) -> None:
        """Take a scan from the window."""
        self.flow.scanned(code)

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        return self._keys.act(pressed)

    def typed_elsewhere(self) -> None:
        """Put the keyboard where a digit makes sense, when it stands on a button."""
        if self.state.unfinished or self.state.refund:
            return
        if self._keys.where() is None and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.put_focus(Place.AMOUNT if self.state.member else Place.SEARCH)

    def put_focus(self, place: Place) -> None:
        """Put the keyboard somewhere on the counter."""
        field: QWidget = self.search
        if place is Place.PAY:
            field = self.sale.pay.field
        elif place is Place.REFUND:
            field = self.who.refund.field
        elif place is Place.JOIN:
            field = self.who.join.refused
        elif place in (Place.AMOUNT, Place.CONFIRM, Place.ITEMS):
            field = self.sale.goods.search if self.state.mode == "items" else self.sale.amount
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> Place | None:
        """Tell in which of the counter's fields the keyboard is."""
        return self._keys.where()

    def draw(self) -> None:
        """Draw the state again, because what surrounds it has changed."""
        self._show(self.state)

    def take_amount(self, text: str) -> None:
        """Let typed text be the amount, as if it had been typed there."""
        self.flow.finding.edited("")
        self.flow.items.set_mode("amount")
        self.sale.amount.clear()
        self.sale.amount.type_text(text)
        self.put_focus(Place.AMOUNT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the goods a column of their own where there is room."""
        self.sale.set_wide(self.width() >= px(WIDE))
        self.unfinished.setGeometry(self.rect())

    def close_paper(self) -> None:
        """Finish printing, keep the sale that lies here, and stop."""
        self.paper.close()
        self.sounds.close()
        if self.drafts:
            self.drafts.close()

    def _connect(self) -> None:
        flow, who, sale = self.flow, self.who, self.sale
        flow.desk.changed, flow.desk.sound = self._show, self.sounds.play
        drafting = flow.drafting
        drafting.wall_ms = self._wall_ms
        if self.drafts:
            drafting.load, drafting.keep, drafting.sure = (
                self.drafts.load, self.drafts.keep, self.drafts.sure,
            )  # fmt: skip
        self.unfinished.continued.connect(drafting.go_on)
        self.unfinished.left.connect(drafting.drop)
        flow.closing.print_sale = self.paper.sale
        flow.lists.reprint, flow.selling.print_cards = self._reprint, self.paper.voucher
        flow.closing.print_voucher = self.paper.voucher
        flow.closing.print_refund = self.paper.refund
        self.paper.failed = flow.closing.paper_failed
        self.paper.recovered = flow.closing.paper_came
        self.paper.changed = self.draw
        self.search.edited.connect(self._search_edited)
        self.search.expected.connect(lambda text: look_ahead(flow.desk.courier, text))
        sale.amount_edited.connect(flow.amount_edited)
        sale.mode_chosen.connect(flow.items.set_mode)
        sale.resized.connect(self.draw)
        sale.counted.connect(flow.pricing.set_count)
        sale.switched.connect(self._switch)
        sale.hold_asked.connect(flow.holding.hold)
        sale.doubt.acted.connect(
            lambda key: flow.escape(None) if key == "same" else flow.closing.confirm_new()
        )
        sale.why_asked.connect(flow.pricing.toggle_why)
        sale.confirmed.connect(self._confirmed)
        who.idle.picked.connect(flow.finding.pick)
        who.toast.undone.connect(flow.undoing.take_back)
        who.toast.expired.connect(flow.toast_ended)
        who.voucher_asked.connect(flow.closing.print_reward)
        who.print_again_asked.connect(self.paper.again)
        who.kept.again_asked.connect(self.paper.retry)
        who.kept.done_with.connect(self.paper.drop)
        who.trouble_closed.connect(lambda: flow.escape(None))
        who.idle.join_asked.connect(flow.finding.open_join)
        who.idle.nobody_asked.connect(flow.without_member)
        who.made = sale.made = self._connect_part

    def _connect_part(self, part: QWidget) -> None:
        """Connect a part that is there from now on."""
        flow = self.flow
        if isinstance(part, SeveralPart):
            part.picked.connect(flow.finding.pick)
        elif isinstance(part, NobodyPart):
            part.link_asked.connect(flow.linking.start)
            part.join_asked.connect(flow.finding.open_join)
            part.nobody_asked.connect(flow.without_member)
        elif isinstance(part, JoinPart):
            part.edited.connect(flow.finding.edit_join)
            part.submitted.connect(flow.finding.submit_join)
            part.cancelled.connect(lambda: flow.escape(None))
        elif isinstance(part, ListPart):
            part.picked.connect(flow.lists.pick)
        elif isinstance(part, WhyPanel):
            part.closed.connect(flow.pricing.toggle_why)
        elif isinstance(part, GoodsPart):
            part.search.edited.connect(flow.items.edited)
            part.found.picked.connect(flow.items.pick)
            part.lines.chosen.connect(flow.items.choose)
            part.stepped.connect(flow.items.step)
            part.free_asked.connect(flow.items.free_here)
        elif isinstance(part, PayPart):
            part.edited.connect(flow.paying.edited)
            part.written.connect(flow.paying.written)
            part.used.connect(flow.paying.enter)
            part.most_asked.connect(flow.paying.most)
            part.cancelled.connect(flow.paying.close)
        elif isinstance(part, Keypad):
            part.typed.connect(self.touch.typed)
        elif isinstance(part, RefundPart):
            connect_refund(part, flow.refunding)

    def _show(self, state: CounterState) -> None:
        language = self._language
        problem = state.said.problem if state.said else None
        self.support = (support_mark(problem) if problem else "") or self.support
        if self.search.text() != state.search:
            self.search.set_text(state.search)
        paper = self.paper
        said = {"printing": language.t("printing the receipt"), "printed": language.t("receipt printed")}
        today = words.business_day(self._wall_ms(), language)
        told = said.get(paper.last, "")
        self.who.show_state(state, today, language, printing=paper.ready, paper=told, kept=paper.kept)
        self.sale.show_state(
            state,
            today,
            language,
            printing=paper.receipts,
            pad=self.touch.shows_pad(state),
            finding=self.touch.looks_up(state),
        )
        self.unfinished.show_state(state.unfinished, today, language)
        if state.focus.serial != self._focus_serial and not state.unfinished:
            self._focus_serial = state.focus.serial
            self.put_focus(state.focus.place)
        self.changed.emit()

    def _confirmed(self) -> None:
        finding = self.touch.looks_up(self.state)
        self.flow.enter(Place.SEARCH if finding else Place.CONFIRM)

    def _reprint(self, sale: SaleView) -> None:
        """Print a sale again, and the gift cards it sold when they were never made."""
        self.paper.copy(sale)
        self.flow.selling.make(sale)

    def _switch(self, number: int) -> None:
        pricing = self.flow.pricing
        if number > 0:
            pricing.toggle(number)
        elif number == 0:
            pricing.toggle_credit()
        elif number <= FIRST_SOLD:
            self.flow.selling.keep(FIRST_SOLD - number)
        elif number == CONTACT:
            self.flow.paying.open("contact")
        elif number <= FIRST_SWITCH:
            self.flow.codes.keep_card(FIRST_SWITCH - number)
        elif self.state.points is not None:
            pricing.drop_points()
        else:
            self.flow.paying.open("points")

    def _search_edited(self, text: str) -> None:
        if text.endswith((".", "\u066b")) and (amount := typed_amount(text[:-1])):
            self.take_amount(amount + ".")
        else:
            self.flow.finding.edited(text)
