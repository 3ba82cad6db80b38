"""The ending side of the counter: what is sold, what applies, what is to pay."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui.counter.state import CounterState, Place
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages.counter_parts import column, scroller
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import (
    AmountField,
    Banner,
    BenefitRow,
    Btn,
    Card,
    EarnStrip,
    Stepper,
    TotalBar,
)
from loyalty_pos.ui.widgets.banner import BannerKind

_STEP_KEYS = ("*", "/")


class SalePane(Card):
    """Take the amount and the stamps; show benefits, earnings, the total; confirm."""

    amount_edited = Signal(object)  # int, smallest unit
    counted = Signal(str, int)  # card, count
    switched = Signal(int)  # the benefit's Alt number, 0 is the store credit
    why_asked = Signal()
    confirmed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.amount = AmountField(
            language, minor_per_unit=language.minor_per_unit, decimals=language.decimals
        )
        self.amount.edited.connect(self.amount_edited)
        self.body.setSpacing(px(10))
        self.body.addWidget(self.amount)
        self._cards = QWidget()
        self._card_grid = QGridLayout(self._cards)
        self._card_grid.setContentsMargins(0, 0, 0, 0)
        self._card_grid.setSpacing(px(8))
        self.body.addWidget(self._cards)
        self.steppers: dict[str, Stepper] = {}
        self.benefits: list[BenefitRow] = []
        self._switches: list[int | None] = []
        inside = QWidget()
        self._rows = column(inside, 6)
        self.earn = EarnStrip()
        self.earn.why_asked.connect(self.why_asked)
        self._rows.addWidget(self.earn)
        self._rows.addStretch(1)
        self.body.addWidget(scroller(inside), 1)
        self.remark = Banner("info")
        self.body.addWidget(self.remark)
        self.total = TotalBar()
        self.body.addWidget(self.total)
        self.confirm = Btn("", "primary", icon="check", keycap="Enter", size="confirm")
        self.confirm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.confirm.clicked.connect(self.confirmed)
        self.body.addWidget(self.confirm)

    def set_language(self, language: Language) -> None:
        """Speak another language, or of another shop's money."""
        self.amount.set_unit(language.minor_per_unit, language.decimals)
        self.amount.set_texts(language, language.t("Sale amount"))
        self.setAccessibleName(language.t("Sale"))
        self.earn.set_texts(language.t("Earns with this sale"), language.t("Why?"))

    def show_state(self, state: CounterState, today: str, language: Language, *, printing: bool) -> None:
        """Show the state in a language; `printing`: a receipt comes with the confirmation."""
        if self.amount.value_minor != state.amount_minor:
            self.amount.value_minor = state.amount_minor
        self._show_cards(state, language)
        self._show_benefits(words.benefits(state, today, language))
        items = words.earnings(state, language)
        self.earn.setVisible(state.member is not None and state.quote is not None)
        self.earn.set_items(items, language.t("Nothing this time"))
        self._show_remark(state, language)
        self._show_total(state, language)
        self._show_confirm(state, language, printing=printing)

    def _show_cards(self, state: CounterState, language: Language) -> None:
        cards = state.stamp_cards if state.member else ()
        self._cards.setVisible(bool(cards))
        if cards and tuple(self.steppers) != tuple(card.key for card in cards):
            self._build_steppers(state, language)
        for number, card in enumerate(cards):
            stepper = self.steppers[card.key]
            stepper.set_texts(
                language, language.name(card.name), _STEP_KEYS[number] if number < len(_STEP_KEYS) else ""
            )
            stepper.set_value(state.count_of(card))

    def _build_steppers(self, state: CounterState, language: Language) -> None:
        for stepper in self.steppers.values():
            self._card_grid.removeWidget(stepper)
            stepper.deleteLater()
        self.steppers = {}
        for number, card in enumerate(state.stamp_cards):
            stepper = Stepper(language, "cup", card.name)
            stepper.stepped.connect(lambda count, key=card.key: self.counted.emit(key, count))
            self._card_grid.addWidget(stepper, number // 2, number % 2)
            self.steppers[card.key] = stepper

    def _show_benefits(self, rows: tuple[words.BenefitWords, ...]) -> None:
        while len(self.benefits) < len(rows):
            number = len(self.benefits)
            widget = BenefitRow()
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            widget.clicked.connect(lambda checked=False, n=number: self._clicked(n))
            self._rows.insertWidget(number, widget)
            self.benefits.append(widget)
        self._switches = [said.switch for said in rows]
        for widget, said in zip(self.benefits, rows, strict=False):
            widget.set_content(
                said.title, said.reason, said.amount, state=said.state, declinable=said.switch is not None,
                keycap=said.keycap,
            )  # fmt: skip
        for number, widget in enumerate(self.benefits):
            widget.setVisible(number < len(rows))

    def _clicked(self, number: int) -> None:
        switch = self._switches[number] if number < len(self._switches) else None
        if switch is not None:
            self.switched.emit(switch)

    def _show_remark(self, state: CounterState, language: Language) -> None:
        said = state.said if state.said and state.said.place in (Place.AMOUNT, Place.CONFIRM) else None
        lonely = (
            said is None and state.member is None and state.amount_minor > 0 and not _somebody_comes(state)
        )
        self.remark.setVisible(said is not None or lonely)
        if said is not None:
            title, text = words.said_words(said, language)
            changed: BannerKind = "reward" if said.code.startswith("price") else "info"
            self.remark.set_content("danger" if said.problem else changed, title, text)
        elif lonely:
            self.remark.set_content("info", "", language.t("Without a member no points are recorded."))

    def _show_total(self, state: CounterState, language: Language) -> None:
        sale = state.quote
        due = sale.due_minor if sale else state.amount_minor
        saved = sale.discount_minor if sale else 0
        saves = language.t("{money} less", money=language.money(saved)) if saved else ""
        self.total.set_content(
            language.t("To pay"), language.money(due, unit=False), language.money_unit(), saves
        )

    def _show_confirm(self, state: CounterState, language: Language, *, printing: bool) -> None:
        if state.recording:
            text = language.t("Recording…")
        elif state.member is None and not _somebody_comes(state):
            text = language.t("Record without a member")
        else:
            text = language.t("Confirm and print") if printing else language.t("Confirm")
        self.confirm.set_content(text)
        self.confirm.setEnabled(state.amount_minor > 0 and not state.recording)


def _somebody_comes(state: CounterState) -> bool:
    """Whether a member may still come out of what stands open."""
    return bool(state.lookup or state.candidates or state.nobody or state.join or state.receipt)
