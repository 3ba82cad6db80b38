"""A cause beside its programme: what was pledged, what is open, and the money handed over."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.cause_views import CausesView, CauseView, SettlementView
from loyalty_pos.app.commands_standing import SettlePledges
from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.app.queries_standing import Causes
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, desk_of, row, scroller
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import AmountField, BalanceTile, Banner, Btn, Card, Tx
from loyalty_pos.ui.widgets.text_line import TextLine
from loyalty_pos.ui.worker import Problem


class CauseDesk(QWidget):
    """Hand over at the start side, what was handed over so far at the end side."""

    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, new_key: Callable[[], str]) -> None:
        super().__init__()
        self._courier, self._language, self._new_key = Courier(dispatcher, self), language, new_key
        self.paper: Paper | None = None
        self._cause, self._key = "", ""
        self._view: CauseView | None = None
        self._last: SettlementView | None = None
        self._pledged, self._open = BalanceTile("gift"), BalanceTile("wallet", icon_color="reward_text")
        self._title, self._help = Tx("", "section"), Tx("", "secondary", "text2", wrap=True)
        self.amount = AmountField(
            language, minor_per_unit=language.minor_per_unit, decimals=language.decimals
        )
        self.receipt = TextLine()
        self.receipt.setMaxLength(64)
        self.give = Btn("", "primary", icon="check", keycap="Ctrl S")
        self.told = Banner("gain")
        self._listed, self._rows = Tx("", "section"), Tx("", "body", wrap=True)
        self._lay()
        self.give.clicked.connect(self._settle)
        self.receipt.textChanged.connect(lambda text: self._ready())
        self.amount.edited.connect(lambda minor: self._ready())
        self.told.acted.connect(lambda key: self._print())
        self.told.hide()
        self.show_texts(language)

    def open_for(self, programme: ProgrammeDetailView) -> None:
        """Show the cause of a programme."""
        self._cause, self._view, self._key = programme.cause, None, self._new_key()
        self.receipt.clear()
        self.told.hide()
        self.refresh(programme)

    def refresh(self, programme: ProgrammeDetailView) -> None:
        """Ask again what is open."""
        self._courier.ask_latest("cause", Causes(cause=self._cause), self._came, self._failed)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        self._language = language
        self._title.setText(t("Hand over"))
        self._help.setText(t("What is handed over is put on record with the number of its receipt."))
        self.amount.set_unit(language.minor_per_unit, language.decimals)
        self.amount.set_texts(language, t("Amount handed over"))
        self.receipt.setPlaceholderText(t("Receipt number"))
        self.receipt.setAccessibleName(t("Receipt number"))
        self.give.set_content(t("Put on record"))
        self._listed.setText(t("Handed over so far"))
        self._show()

    def put_focus(self) -> None:
        """Put the keyboard where the receipt's number goes."""
        self.receipt.setFocus()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        if pressed.action is Action.PUBLISH:
            self._settle()
        elif pressed.action is Action.PRINT:
            self._print()
        elif pressed.action is Action.ESCAPE:
            self.closed.emit()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Take a scanned receipt as its number."""
        self.receipt.setText(code)
        return True

    def _lay(self) -> None:
        hand, so_far = Card(), Card(padding=14)
        tiles = row(8)
        for tile in (self._pledged, self._open):
            tiles.addWidget(tile, 1)
        hand.body.addLayout(tiles)
        for part in (self._title, self._help, self.amount, self.receipt, self.give, self.told):
            hand.body.addWidget(part)
        hand.body.addStretch(1)
        so_far.body.addWidget(self._listed)
        inside = QWidget()
        lines = column(inside, 6)
        lines.addWidget(self._rows)
        lines.addStretch(1)
        so_far.body.addWidget(scroller(inside), 1)
        desk_of(self, hand, so_far)

    def _came(self, view: CausesView) -> None:
        (self._view,) = view.causes
        self.amount.value_minor = self._view.open_minor
        self._show()

    def _settle(self) -> None:
        if not self.give.isEnabled():
            return
        command = SettlePledges(
            posting_id=self._key,
            cause=self._cause,
            receipt_no=self.receipt.text().strip(),
            amount_minor=self.amount.value_minor,
        )
        self._courier.do(command, self._settled, self._failed)

    def _settled(self, view: SettlementView) -> None:
        self._last, self._key = view, self._new_key()
        self.receipt.clear()
        t = self._language.t
        said = t("Handed over: {money}", money=self._language.money(view.amount_minor))
        if self.paper is not None and self.paper.ready:
            printing = t("Ctrl P prints it")
            said = f"{said} · {printing}"
        self.told.set_content("gain", said)
        self.told.show()

    def _print(self) -> None:
        if self._last is not None and self.paper is not None:
            self.paper.voucher(self._last)

    def _failed(self, problem: Problem) -> None:
        self.told.set_content("danger", say_problem(problem, self._language))
        self.told.show()

    def _ready(self) -> None:
        self.give.setEnabled(bool(self.receipt.text().strip()) and bool(self.amount.value_minor))

    def _show(self) -> None:
        view, language = self._view, self._language
        t, money = language.t, language.money
        if view is not None:
            purchases = language.n("{count} purchase", "{count} purchases", view.purchases)
            self._pledged.set_content(t("Pledged"), money(view.pledged_minor, unit=False), "", purchases)
            self._open.set_content(
                t("Still open"), money(view.open_minor, unit=False), "", money_ahead(view, language)
            )
            self._rows.setText("\n".join(_settled_words(one, language) for one in view.settlements))
        self._ready()


def money_ahead(view: CauseView, language: Language) -> str:
    """Say what a cause got for purchases that were taken back since; else the unit of money."""
    if view.ahead_minor:
        return language.t("{money} ahead", money=language.money(view.ahead_minor, unit=False))
    return language.money_unit()


def _settled_words(one: SettlementView, language: Language) -> str:
    number = language.t("receipt {number}", number=language.isolate(one.receipt_no))
    return f"{language.day_short(one.business_day)} · {language.money(one.amount_minor)} · {number}"
