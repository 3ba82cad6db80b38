"""The sales page's other side: one sale with its why, and what can still be done with it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from loyalty_pos.app.commands import VoidSale
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Sale
from loyalty_pos.app.views import SaleView, ShopView, TakenBackView
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import sales_words as words
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.members_refund import RefundSide
from loyalty_pos.ui.pages.sales_move import MoveSide
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Action, Banner, Btn, Card, Elide, Skeleton, Tx, WhyPanel
from loyalty_pos.ui.widgets.banner import BannerKind
from loyalty_pos.ui.worker import Problem

PATIENCE_MS, REST_MS = 150, 40


class SaleDetail(QWidget):
    """Show a sale: when, whose, what became of it, its lines, its why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 8)
        self.name, self.when = Tx("", "name"), Elide("", "secondary", "text2")
        self.who = Elide("", "body", weight=600)
        self.state, self.told = Banner("info"), Banner("gain")
        self.question = Banner("reward")
        self.why = WhyPanel()
        self.why.setProperty("k", "clear")
        self.why.close_button.hide()
        self.refund = Btn("", "soft", icon="undo", keycap="Enter")
        self.again = Btn("", "outline", icon="printer", keycap="F10")
        self.whose = Btn("", "outline", keycap="Ctrl E")
        self.void = Btn("", "outline", keycap="Ctrl Z")
        for widget in (self.name, self.when, self.who, self.state, self.question, self.told):
            layout.addWidget(widget)
        for pair in ((self.refund, self.again), (self.whose, self.void)):
            buttons = row(8)
            for button in pair:
                buttons.addWidget(button, 1)
            layout.addLayout(buttons)
        layout.addWidget(self.why, 1)
        for banner in (self.state, self.question, self.told):
            banner.hide()

    def show_sale(self, sale: SaleView, language: Language, *, prints: bool) -> None:
        """Say everything about a sale; what can no longer be done is switched off."""
        t = language.t
        self.name.setText(words.title(sale, language))
        self.when.setText(words.under(sale, language))
        self.who.setText(words.who(sale, language))
        said = words.state(sale, language)
        self.state.set_content("info", said)
        self.state.setVisible(bool(said))
        self.why.set_content(t("This sale"), "", words.sections(sale, language))
        self.refund.set_content(t("Refund…"))
        self.again.set_content(t("Print"))
        self.again.setAccessibleName(t("Print the receipt again"))
        self.whose.set_content(t("Whose?"))
        self.whose.setAccessibleName(t("Give this sale to a member"))
        self.void.set_content(t("Take back"))
        for button in (self.refund, self.whose, self.void):
            button.setEnabled(not sale.voided)
        self.again.setEnabled(prints)

    def say(self, kind: BannerKind, said: str) -> None:
        """Answer above the buttons; empty takes the answer away."""
        self.told.set_content(kind, said)
        self.told.setVisible(bool(said))

    def ask_void(self, sale: SaleView, language: Language) -> None:
        """Ask once before a whole sale is taken back: that is on record for good."""
        t = language.t
        number = language.digits(str(sale.number))
        self.question.set_content(
            "reward",
            t("Take back sale {number} as a whole?", number=number),
            t("Everything it gave and used goes back too."),
            (
                Action("void", t("Take back"), "outline", keycap="Enter"),
                Action("keep", t("Leave it"), "soft", keycap="Esc"),
            ),
        )
        self.say("info", "")
        self.question.show()
        self.question.buttons["void"].setFocus()


class SalePane(Card):
    """Ask for one sale and show it; what is done here is told by `changed`, with the sale it is now."""

    changed = Signal(str)
    closed = Signal()  # a form: the keyboard is free again

    def __init__(self, dispatcher: Dispatcher, language: Language, make_id: Callable[[], str]) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language = language
        self._shop: ShopView | None = None
        self._paper: Paper | None = None
        self.sale: SaleView | None = None
        self.wanted = ""
        self.detail = SaleDetail()
        self.refund = RefundSide(dispatcher, language)
        self.whose = MoveSide(dispatcher, language, make_id)
        self.skeleton, self.nothing = Skeleton(), Tx("", "body", "text2", align="center", wrap=True)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack)
        for part in (self.nothing, self.detail, self.refund, self.whose, self.skeleton):
            self._stack.addWidget(part)
        self._rest, self._patience = QTimer(self), QTimer(self)
        for timer, after in ((self._rest, REST_MS), (self._patience, PATIENCE_MS)):
            timer.setSingleShot(True)
            timer.setInterval(after)
        self._rest.timeout.connect(self.ask)
        self._patience.timeout.connect(lambda: self._stack.setCurrentWidget(self.skeleton))
        detail = self.detail
        detail.refund.clicked.connect(self.open_refund)
        detail.again.clicked.connect(self.print_again)
        detail.whose.clicked.connect(self.open_move)
        detail.void.clicked.connect(self.ask_void)
        detail.question.acted.connect(self._answered)
        self.refund.came.connect(lambda: self._stack.setCurrentWidget(self.refund))
        self.refund.closed.connect(self.step_back)
        self.refund.refunded.connect(lambda member: self._done(language_key="refunded"))
        self.whose.moved.connect(self._moved)
        self.whose.closed.connect(self.step_back)

    @property
    def showing(self) -> QWidget:
        """What is in front: nothing, detail, refund, move or skeleton."""
        return self._stack.currentWidget() or self.nothing

    @property
    def asking(self) -> bool:
        """Whether the question about taking the whole sale back is open."""
        return self.showing is self.detail and not self.detail.question.isHidden()

    @property
    def ready(self) -> bool:
        """Whether the sale in front is the one that is wanted: another one is never touched."""
        return self.showing is self.detail and self.sale is not None and self.sale.sale_id == self.wanted

    def equip(self, paper: Paper) -> None:
        """Learn where receipts and refunds are printed."""
        self._paper = paper
        self.refund.printed = paper.refund

    def set_shop(self, shop: ShopView | None) -> None:
        """Learn which programmes there are."""
        self._shop = shop

    def show_texts(self, language: Language) -> None:
        """Speak a language, whatever is shown or asked."""
        self._language = language
        self.skeleton.set_name(language.t("Reading…"))
        self.nothing.setText(language.t("Choose a sale to see its why"))
        self.refund.show_texts(language, self._shop)
        self.whose.show_texts(language)
        asking = self.asking
        self.detail.question.hide()
        self.detail.say("info", "")
        if self.sale is not None:
            self._show(self.sale)
        if asking:
            self.ask_void()

    def follow(self, sale_id: str) -> None:
        """Show a sale as soon as the list rests."""
        if sale_id == self.wanted or self.showing in (self.refund, self.whose):
            return
        self.wanted = sale_id
        self.detail.question.hide()
        self.detail.say("info", "")
        self._rest.start()

    def ask(self) -> None:
        """Ask for the sale wanted; only the newest question is answered."""
        self._rest.stop()
        if not self.wanted:
            return
        if self.sale is None:
            self._patience.start()
        self._courier.ask_latest("sales.sale", Sale(sale_id=self.wanted), self._came, self._failed)

    def open_refund(self) -> None:
        """Open the form for a refund of this sale."""
        if self.ready and self.sale is not None and not self.sale.voided:
            self.refund.ask(self.wanted, self._failed)

    def open_move(self) -> None:
        """Ask whose this sale is."""
        if self.ready and self.sale is not None and not self.sale.voided:
            self.whose.open(self.sale)
            self._stack.setCurrentWidget(self.whose)
            self.whose.start()

    def print_again(self) -> None:
        """Print the receipt once more, marked as a copy."""
        if self.ready and self._paper is not None and self.sale is not None and self._paper.ready:
            self._paper.copy(self.sale)
            self.detail.say("info", self._language.t("The receipt is on its way"))

    def ask_void(self) -> None:
        """Ask whether the whole sale shall be taken back."""
        if self.ready and self.sale is not None and not self.sale.voided:
            self.detail.ask_void(self.sale, self._language)

    def step_back(self) -> bool:
        """Close a form or a question; False when there was none."""
        if self.asking:
            self.detail.question.hide()
        elif self.showing in (self.refund, self.whose):
            self._stack.setCurrentWidget(self.detail)
        else:
            return False
        self.closed.emit()
        return True

    def _came(self, sale: SaleView) -> None:
        self._patience.stop()
        self.sale = sale
        self._show(sale)
        if self.showing not in (self.refund, self.whose):
            self._stack.setCurrentWidget(self.detail)

    def _show(self, sale: SaleView) -> None:
        ready = self._paper is not None and self._paper.ready
        self.detail.show_sale(sale, self._language, prints=ready)

    def _answered(self, key: str) -> None:
        if key == "void" and self.ready:
            self.detail.question.hide()
            self._courier.do(VoidSale(sale_id=self.wanted), self._voided, self._failed)
        else:
            self.step_back()

    def _voided(self, view: TakenBackView) -> None:
        self._done(language_key="voided")

    def _moved(self, sale: SaleView) -> None:
        self.wanted = sale.sale_id or ""
        self._done(language_key="moved")

    def _done(self, *, language_key: str) -> None:
        """Go back to the sale as it is now, and say what was done."""
        t = self._language.t
        said = {
            "refunded": t("The refund is on record"),
            "voided": t("The sale is taken back"),
            "moved": t("The sale has its member now"),
        }
        self._stack.setCurrentWidget(self.detail)
        self.detail.say("gain", said[language_key])
        self.ask()
        self.changed.emit(self.wanted)
        self.closed.emit()

    def _failed(self, problem: Problem) -> None:
        self._patience.stop()
        if self.showing not in (self.refund, self.whose):
            self._stack.setCurrentWidget(self.detail if self.sale else self.nothing)
        said = say_problem(problem, self._language)
        if self.sale is None:
            self.nothing.setText(said)
        self.detail.say("danger", said)
