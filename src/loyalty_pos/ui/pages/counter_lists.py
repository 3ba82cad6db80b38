"""The list of recent sales, of sales on hold or of prizes, and the form for paying."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.app.language import N_, Language
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.state import CounterState, Listing, PayForm
from loyalty_pos.ui.pages import list_words as words
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.widgets import AmountField, Btn, Candidate, CandidateList, KeyBar, Tx
from loyalty_pos.ui.widgets.text_line import TextLine

MOST_DIGITS, MOST_LETTERS = 9, 80
_FROM_CREDIT = N_("From the credit")
_MONEY = {"gift": N_("On the gift card"), "account": N_("Paid now")}
_USE = {"gift": N_("Put on the sale"), "account": N_("Take in"), "contact": N_("Note")}


class ListPart(QWidget):
    """Sales or prizes to choose from; a tap on one takes it."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self)
        self._title = Tx("", "section", wrap=True)
        self._text = Tx("", "body", "text2", wrap=True)
        self.rows = CandidateList()
        self.rows.picked.connect(self.picked)
        self._keys = KeyBar()
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(self.rows, 1)
        self._gap = QWidget()
        layout.addWidget(self._gap, 1)
        layout.addWidget(self._keys)
        self._shown: tuple[Candidate, ...] | None = None

    def show_state(self, listing: Listing, language: Language) -> None:
        """Show the list with its highlighted row."""
        title, text = words.list_title(listing, language)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        rows = words.listed(listing, language)
        if rows != self._shown:
            self._shown = rows
            self.rows.set_candidates(rows, title)
        at = next((i for i, one in enumerate(rows) if one.key == self.rows.current_key()), 0)
        if listing.chosen != at:
            self.rows.move_by(listing.chosen - at)
        self.rows.setVisible(bool(rows))
        self._gap.setVisible(not rows)
        self._keys.set_hints(words.list_keys(listing, language))


class PayPart(QFrame):
    """Ask how much of the credit, or how many points, shall pay."""

    edited = Signal(object)  # int
    written = Signal(str)
    used = Signal()
    most_asked = Signal()
    cancelled = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "inset")
        layout = column(self, 8)
        theme.space(layout, 8, (12, 10, 12, 10))
        self._title = Tx("", "section")
        self._limits = Tx("", "secondary", "text2", wrap=True)
        self.money = AmountField(language, minor_per_unit=language.minor_per_unit, decimals=language.decimals)
        self.points = TextLine()
        self._words = False  # the line takes words, not a number
        self.points.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.points.setMaxLength(MOST_DIGITS)
        self.points.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        buttons = row(8)
        self.use = Btn("", "primary", icon="check", keycap="Enter")
        self.most = Btn("", "soft", keycap="F6")
        self.cancel = Btn("", "outline", keycap="Esc")
        for button, share in ((self.use, 2), (self.most, 2), (self.cancel, 1)):
            buttons.addWidget(button, share)
        for widget in (self._title, self._limits, self.money, self.points):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addStretch(1)
        self.money.edited.connect(self.edited)
        self.points.textEdited.connect(self._points_typed)
        self.use.clicked.connect(self.used)
        self.most.clicked.connect(self.most_asked)
        self.cancel.clicked.connect(self.cancelled)

    @property
    def field(self) -> QWidget:
        """Where the keyboard belongs."""
        return self.money if self.money.isVisibleTo(self) else self.points

    def show_state(self, state: CounterState, language: Language) -> None:
        """Show the form when it is open."""
        pay, t = state.pay, language.t
        self.setVisible(pay is not None)
        if pay is None:
            return
        title, limits = words.pay_words(state, language)
        self._title.setText(title)
        self._limits.setText(limits)
        credit = pay.what in ("credit", "gift", "account")
        self.money.setVisible(credit)
        self.points.setVisible(not credit)
        self.most.setVisible(pay.what in ("points", "account"))
        self.money.set_unit(language.minor_per_unit, language.decimals)
        self.money.set_texts(language, t(_MONEY.get(pay.what, _FROM_CREDIT)))
        self.points.setAccessibleName(title)
        if credit and self.money.value_minor != pay.amount:
            self.money.value_minor = pay.amount
        self._show_typed(pay, language)
        use = t("Use") if pay.amount else t("Use none")
        self.use.set_content(t(_USE[pay.what]) if pay.what in _USE else use)
        self.most.set_content(t("All of it") if pay.sale else t("All that may"))
        self.cancel.set_content(t("Close"))

    def _show_typed(self, pay: PayForm, language: Language) -> None:
        """Show the points as they are typed, or the words."""
        words_wanted = pay.what == "contact"
        self.points.setMaxLength(MOST_LETTERS if words_wanted else MOST_DIGITS)
        direction = Qt.LayoutDirection.LeftToRight
        if words_wanted and language.rtl:
            direction = Qt.LayoutDirection.RightToLeft
        self.points.setLayoutDirection(direction)
        shown = language.digits(str(pay.amount)) if pay.amount else ""
        if words_wanted and self.points.text() != pay.text:
            self.points.setText(pay.text)
        elif not words_wanted and latin_digits(self.points.text()) != latin_digits(shown):
            self.points.setText(shown)
        if not words_wanted:
            self.points.write_digits(language)
        self._words = words_wanted

    def _points_typed(self, text: str) -> None:
        if self._words:
            self.written.emit(text)
            return
        digits = "".join(letter for letter in latin_digits(text) if letter.isdecimal())
        self.edited.emit(int(digits or 0))
