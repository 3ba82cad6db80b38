"""The form for a refund: goods or an amount, and under it everything that would move."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.views import ShopView
from loyalty_pos.ui import theme
from loyalty_pos.ui.pages import refund_words as words
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.refunding import RefundForm, Refunding
from loyalty_pos.ui.widgets import AmountField, Banner, Btn, Segmented, Stepper, Tx, WhyPanel

LINES_HIGH = 150
"""The goods of a long bill scroll; what moves must stay in sight."""


class RefundPart(QFrame):
    """Ask what shall come back and show what that moves; Enter does it."""

    units_chosen = Signal(int, int)  # line, units
    amount_edited = Signal(object)  # int, smallest unit
    way_chosen = Signal(str)
    onto_chosen = Signal(str)
    all_asked = Signal()
    confirmed = Signal()
    exchange_asked = Signal()
    cancelled = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        layout = column(self, 8)
        self._title, self._left = Tx("", "section", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self._ways = Segmented()
        inside = QWidget()
        inside.setProperty("k", "clear")
        self._rows = column(inside, 6)
        self._lines = scroller(inside)
        theme.hold(self._lines, height=LINES_HIGH)
        places = language.decimals
        self.amount = AmountField(language, minor_per_unit=language.minor_per_unit, decimals=places)
        self.onto = Segmented()
        self.moves = WhyPanel()
        theme.set_prop(self.moves, "k", "clear")
        self._banner = Banner("danger")
        self.all, self.confirm = (
            Btn("", "outline", keycap="F6"),
            Btn("", "primary", icon="check", keycap="Enter"),
        )
        self._buttons = row(8)
        self._buttons.addWidget(self.confirm, 2)
        self._buttons.addWidget(self.all, 1)
        self.exchange = Btn("", "soft", icon="scan", keycap="Ctrl E")
        self.exchange.hide()
        for widget in (self._title, self._left, self._ways, self._lines, self.amount, self.onto):
            layout.addWidget(widget)
        layout.addWidget(self.moves, 1)
        layout.addWidget(self._banner)
        layout.addWidget(self.exchange)
        layout.addLayout(self._buttons)
        self.steppers: dict[int, Stepper] = {}
        self._of = ""
        self._unit = (language.minor_per_unit, language.decimals)
        self._ways.chosen.connect(self.way_chosen)
        self.amount.edited.connect(self.amount_edited)
        self.onto.chosen.connect(self.onto_chosen)
        self.all.clicked.connect(self.all_asked)
        self.confirm.clicked.connect(self.confirmed)
        self.exchange.clicked.connect(self.exchange_asked)
        self.moves.closed.connect(self.cancelled)
        self.show_texts(language)

    @property
    def field(self) -> QWidget:
        """Where the keyboard belongs."""
        if self.amount.isVisibleTo(self) or not self.steppers:
            return self.amount
        return next(iter(self.steppers.values()))

    def show_texts(self, language: Language) -> None:
        """Speak a language; what takes the keyboard has its name before it is shown."""
        t = language.t
        self._ways.set_texts([("lines", t("Goods")), ("amount", t("An amount"))])
        self._ways.set_name(t("What comes back"))
        if (unit := (language.minor_per_unit, language.decimals)) != self._unit:
            self._unit = unit  # setting it anew would forget a decimal mark just typed
            self.amount.set_unit(*unit)
        self.amount.set_texts(language, t("Refund"))
        self.onto.set_name(t("Where the money goes"))
        self._lines.setAccessibleName(t("What comes back"))
        self.moves.set_content(t("This moves"), t("Close"), ())
        self.all.set_content(t("All of it"))
        self.exchange.set_content(t("Exchange for something else…"))
        self.confirm.set_content(t("Refund"))

    def show_form(self, form: RefundForm, shop: ShopView | None, language: Language) -> None:
        """Show what is chosen and what it would move."""
        t = language.t
        self.show_texts(language)
        self._title.setText(words.title(form, language))
        self._left.setText(words.left(form, language))
        self._ways.setVisible(not form.sale.amount_mode)
        self._ways.set_current(form.way)
        self._show_lines(form, language)
        self._lines.setVisible(form.way == "lines")
        self.amount.setVisible(form.way == "amount")
        if self.amount.value_minor != form.amount_minor:
            self.amount.value_minor = form.amount_minor
        onto = [("", t("As money")), ("credit", t("Credit")), ("gift_card", t("Gift card"))]
        self.onto.set_texts([one for one in onto if form.sale.member is not None or one[0] != "credit"])
        self.onto.set_current(form.onto)
        if form.view is not None:
            self.moves.set_content(t("This moves"), t("Close"), words.sections(form.view, shop, language))
            self.confirm.set_content(t("Refund {money}", money=language.money(form.view.refund_minor)))
        title, text = words.trouble(form, language)
        self._banner.setVisible(bool(title))
        self._banner.set_content("danger" if form.problem else "info", title, text)
        self.confirm.setEnabled(form.ready)
        self.exchange.setEnabled(form.exchangeable)
        self._place_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep both buttons whole."""
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Put the buttons side by side, or one below the other where the amount is too long for that."""
        wide = self.confirm.sizeHint().width() + self._buttons.spacing() + self.all.sizeHint().width()
        beside = wide <= self.width()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(way)

    def _show_lines(self, form: RefundForm, language: Language) -> None:
        kept = [line for line in form.sale.lines if line.quantity > line.returned_quantity]
        if self._of != form.refund_id:
            self._of = form.refund_id
            self._make_lines([line.line for line in kept], language)
        for line in kept:
            stepper = self.steppers[line.line]
            stepper.set_texts(language, words.line(line, language))
            stepper.set_range(0, line.quantity - line.returned_quantity)
            stepper.set_value(form.units.get(line.line, 0))

    def _make_lines(self, lines: list[int], language: Language) -> None:
        for stepper in self.steppers.values():
            self._rows.removeWidget(stepper)
            stepper.hide()
            stepper.deleteLater()
        self.steppers = {}
        for line in lines:
            stepper = self.steppers[line] = Stepper(language)
            stepper.stepped.connect(lambda units, line=line: self.units_chosen.emit(line, units))
            self._rows.addWidget(stepper)


def connect_refund(part: RefundPart, refunding: Refunding) -> None:
    """Let the form's choices reach what keeps them."""
    part.units_chosen.connect(refunding.set_units)
    part.amount_edited.connect(refunding.set_amount)
    part.way_chosen.connect(lambda key: refunding.choose_way("amount" if key == "amount" else "lines"))
    part.onto_chosen.connect(
        lambda key: refunding.put_onto("credit" if key == "credit" else "gift_card" if key else "")
    )
    part.all_asked.connect(refunding.everything)
    part.confirmed.connect(refunding.confirm)
    part.exchange_asked.connect(refunding.exchange)
    part.exchange.setVisible(refunding.to_exchange is not None)
    part.cancelled.connect(refunding.close)
