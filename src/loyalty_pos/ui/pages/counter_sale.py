"""The ending side of the counter: what is sold, what applies, what is to pay."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.state import CounterState, Place
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages import list_words
from loyalty_pos.ui.pages.counter_goods import GoodsPart
from loyalty_pos.ui.pages.counter_lists import PayPart
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.gift_card_words import with_gift_cards
from loyalty_pos.ui.pages.refund_words import exchange_words
from loyalty_pos.ui.pages.said_words import said_words
from loyalty_pos.ui.pages.warranty_words import with_contact
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import (
    Action,
    AmountField,
    Banner,
    BenefitRow,
    Btn,
    EarnStrip,
    Keycap,
    Keypad,
    Segmented,
    Stepper,
    TotalBar,
    Tx,
)
from loyalty_pos.ui.widgets.banner import BannerKind

_STEP_KEYS = ("*", "/")


class SalePane(theme.Dressed, QFrame):
    """Take the amount and the stamps, or the goods; show benefits, earnings, the total; confirm.

    One card; with goods on a wide screen two: the goods, and what applies. The goods, the form for paying
    and the keypad are made when they are first shown, and told to `made`.
    """

    amount_edited = Signal(object)  # int, smallest unit
    mode_chosen = Signal(str)
    counted = Signal(str, int)  # card, count
    switched = Signal(
        int
    )  # the benefit's Alt number, 0 is the store credit, -1 the points, below that the gift cards
    why_asked = Signal()
    confirmed = Signal()
    resized = Signal()
    hold_asked = Signal()
    pad_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows: tuple[object, ...] | None = None  # what it shows now
        self.made: Callable[[QWidget], None] = lambda part: None
        self._language = language
        self._wide = self._apart = False
        self.steppers: dict[str, Stepper] = {}
        self.benefits: list[BenefitRow] = []
        self._switches: list[int | None] = []
        self._sold, self._ending = QFrame(), QFrame()
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.addWidget(self._sold)
        self._box.addWidget(self._ending, 1)
        self._build_sold(language)
        self._build_ending()
        self._part(apart=False)
        self.dress_now()

    @cached_property
    def goods(self) -> GoodsPart:
        goods = GoodsPart()
        goods.set_language(self._language)
        self._top.insertWidget(self._top.indexOf(self._cards), goods, 1)
        self.made(goods)
        return goods

    @cached_property
    def pay(self) -> PayPart:
        pay = PayPart(self._language)
        pay.hide()
        self._bottom.insertWidget(self._bottom.indexOf(self._benefit_rows) + 1, pay, 1)
        self.made(pay)
        return pay

    @cached_property
    def pad(self) -> Keypad:
        pad = Keypad(self._language, decimals=self._language.decimals)
        self._bottom.insertWidget(self._bottom.indexOf(self.doubt), pad, 1)
        self.made(pad)
        return pad

    def _build_sold(self, language: Language) -> None:
        self._top = column(self._sold)
        head = row(8)
        self._title = Tx("", "section")
        self._mode_key = Keycap("F4")
        self.mode = Segmented((("amount", ""), ("items", "")))
        self.mode.chosen.connect(self.mode_chosen)
        self.pad_toggle = Btn("", "soft", size="small")
        self.pad_toggle.clicked.connect(self.pad_wanted)
        head.addWidget(self._title)
        head.addWidget(self._mode_key)
        head.addWidget(self.pad_toggle)
        head.addStretch(1)
        head.addWidget(self.mode)
        self._top.addLayout(head)
        self.amount = AmountField(
            language, minor_per_unit=language.minor_per_unit, decimals=language.decimals
        )
        self.amount.edited.connect(self.amount_edited)
        self._top.addWidget(self.amount)
        self._cards = QWidget()
        self._card_grid = QGridLayout(self._cards)
        theme.space(self._card_grid, 8)
        self._top.addWidget(self._cards)

    def _build_ending(self) -> None:
        self._bottom = column(self._ending)
        self._applies = Tx("", "section")
        self._bottom.addWidget(self._applies)
        inside = QWidget()
        self._rows = column(inside, 6)
        self.earn = EarnStrip()
        self.earn.why_asked.connect(self.why_asked)
        self._rows.addWidget(self.earn)
        self._rows.addStretch(1)
        self._benefit_rows = scroller(inside)
        self._bottom.addWidget(self._benefit_rows, 1)
        self.doubt = Banner("info", icon="note")
        self._bottom.addWidget(self.doubt)
        self.remark = Banner("info")
        self._bottom.addWidget(self.remark)
        self.total = TotalBar()
        self._bottom.addWidget(self.total)
        self.confirm = Btn("", "primary", icon="check", keycap="Enter", size="confirm")
        self.confirm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.confirm.clicked.connect(self.confirmed)
        self.hold = Btn("", "outline", icon="pause", keycap="F8", size="confirm")
        self.hold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hold.clicked.connect(self.hold_asked)
        foot = row(10)
        foot.addWidget(self.confirm, 1)
        foot.addWidget(self.hold)
        self._bottom.addLayout(foot)

    def dress(self) -> None:
        room, none = px(16), 0
        own, parts = (none, room) if self._apart else (room, none)
        self._box.setContentsMargins(own, own, own, own)
        self._box.setSpacing(px(12) if self._apart else px(10))
        for layout in (self._top, self._bottom):
            layout.setContentsMargins(parts, parts, parts, parts)
            layout.setSpacing(px(10))

    def set_wide(self, wide: bool) -> None:
        """Say whether there is room for a column of goods."""
        if wide == self._wide:
            return
        self._wide, self._shows = wide, None
        self._part(apart=wide and self.mode.current() == "items")
        self.resized.emit()

    def _part(self, *, apart: bool) -> None:
        """Be one card, or two beside each other."""
        if apart == self._apart and self.property("k"):
            return
        self._apart = apart
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if apart else down)
        for frame, look in ((self, not apart), (self._sold, apart), (self._ending, apart)):
            theme.set_prop(frame, "k", "card" if look else "clear")
        self._applies.setVisible(apart)
        self.dress()

    def set_language(self, language: Language) -> None:
        """Speak another language, or of another shop's money."""
        self._shows = None
        self._language = language
        self.amount.set_unit(language.minor_per_unit, language.decimals)
        self.amount.set_texts(language, language.t("Sale amount"))
        self.setAccessibleName(language.t("Sale"))
        self._title.setText(language.t("Sale"))
        self.mode.set_texts((("amount", language.t("Amount only")), ("items", language.t("With goods"))))
        if "goods" in vars(self):
            self.goods.set_language(language)
        self._applies.setText(language.t("What applies"))
        if "pad" in vars(self):
            self.pad.set_texts(language, language.decimals)
        self.earn.set_texts(language.t("Earns with this sale"), language.t("Why?"))

    def show_state(
        self,
        state: CounterState,
        today: str,
        language: Language,
        *,
        printing: bool,
        pad: bool = False,
        finding: bool = False,
    ) -> None:
        """Show the state in a language.

        `printing`: a receipt comes with the confirmation; `pad`: the keypad stands where the benefits do;
        `finding`: the large button finds the member that was typed. A key that only looks somebody up
        says nothing new here.
        """
        looked_up = replace(state, search="", lookup=None, candidates=None)
        shows = (looked_up, _somebody_comes(state), today, language, printing, pad, finding, theme.look())
        if shows == self._shows:
            return
        self._shows = shows
        if self.amount.value_minor != state.amount_minor:
            self.amount.value_minor = state.amount_minor
        self._show_mode(state, language, alone=pad and state.pay is not None)
        self._show_cards(state, language, pad=pad)
        rows = with_gift_cards(words.benefits(state, today, language), state, language)
        self._show_benefits(with_contact(rows, state, language))
        items = words.earnings(state, language)
        self.earn.setVisible(bool(items) or (state.member is not None and state.quote is not None))
        self.earn.set_items(items, language.t("Nothing this time"))
        if state.pay or "pay" in vars(self):
            self.pay.show_state(state, language)
        self._show_pad(state, language, pad=pad)
        _say_doubt(self.doubt, state, language)
        _say_remark(self.remark, state, language)
        self._show_total(state, language, pad=pad)
        self._show_confirm(state, language, printing=printing, finding=finding)

    def _show_pad(self, state: CounterState, language: Language, *, pad: bool) -> None:
        """Put the keypad where the benefits stand, and under a form for paying in place of all else."""
        if pad or "pad" in vars(self):
            self.pad.setVisible(pad)
        self._benefit_rows.setVisible(state.pay is None and not pad)
        fingers = theme.look().touch
        self._mode_key.setVisible(not fingers)
        self.pad_toggle.setVisible(
            fingers and state.mode == "amount" and state.member is not None and state.sells and not state.pay
        )
        self.pad_toggle.set_content(language.t("What applies") if pad else language.t("Keypad"))
        alone = pad and state.pay is not None
        self.confirm.setVisible(not alone)

    def _show_mode(self, state: CounterState, language: Language, *, alone: bool) -> None:
        with_items = state.mode == "items"
        self.mode.set_current(state.mode)
        self.amount.setVisible(not with_items and not alone)
        goods = with_items and (self._wide or not alone)
        if self._box.stretch(0) != goods:  # setting it lays everything out anew
            self._box.setStretch(0, int(goods))
        self._part(apart=self._wide and with_items)
        if goods or "goods" in vars(self):
            self.goods.setVisible(goods)
            self.goods.show_state(state, language, roomy=self._apart)

    def _show_cards(self, state: CounterState, language: Language, *, pad: bool) -> None:
        cards = state.stamp_cards if state.member and state.mode == "amount" and not pad else ()
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

    def _show_total(self, state: CounterState, language: Language, *, pad: bool) -> None:
        sale = state.quote
        due = sale.due_minor if sale else state.amount_minor if state.mode == "amount" else 0
        saved = sale.discount_minor if sale else 0
        label = language.t("On account") if sale and sale.on_account else language.t("To pay")
        if (both := state.difference) is not None:
            due = both.to_return_minor or both.to_pay_minor
            label = language.t("To pay back") if both.to_return_minor else label
        twice = pad and (state.pay is not None or (state.member is None and due == state.amount_minor))
        self.total.setVisible(not twice)
        saves = language.t("{money} less", money=language.money(saved)) if saved else ""
        self.total.set_content(
            label,
            language.money(due, unit=False),
            language.money_unit(),
            saves,
        )

    def _show_confirm(
        self, state: CounterState, language: Language, *, printing: bool, finding: bool
    ) -> None:
        if state.recording:
            text = language.t("Recording…")
        elif finding:
            text = language.t("Find the member")
        elif state.member is None and not _somebody_comes(state):
            text = language.t("Record without a member")
        else:
            text = language.t("Confirm and print") if printing else language.t("Confirm")
        # While a form asks how much pays, Enter is the form's.
        self.confirm.set_content(text, keycap="" if state.pay else "Enter")
        self.hold.set_content(language.t("Hold"))
        self.hold.setVisible(state.sells and not self.confirm.isHidden())
        self.hold.setEnabled(not state.recording)
        possible = finding or (state.doubt is None and state.sells and state.pay is None)
        self.confirm.setEnabled(possible and not state.recording)


def _somebody_comes(state: CounterState) -> bool:
    """Whether a member may still come out of what stands open."""
    return bool(state.lookup or state.candidates or state.nobody or state.join or state.receipt)


def _say_remark(remark: Banner, state: CounterState, language: Language) -> None:
    said = state.said if state.said and state.said.place in (Place.AMOUNT, Place.CONFIRM) else None
    lonely = said is None and state.member is None and state.sells and not _somebody_comes(state)
    remark.setVisible(said is not None or lonely or state.exchange is not None)
    if said is not None:
        title, text = said_words(said, language)
        changed: BannerKind = "reward" if said.code.startswith("price") else "info"
        remark.set_content("danger" if said.problem else changed, title, text)
    elif state.exchange is not None:
        remark.set_content("reward", *exchange_words(state.exchange, language))
    elif lonely:
        remark.set_content("info", "", language.t("Without a member no points are recorded."))


def _say_doubt(banner: Banner, state: CounterState, language: Language) -> None:
    doubt = state.doubt
    banner.setVisible(doubt is not None)
    if doubt is None:
        return
    name = state.member.name if state.member else ""
    title, text = list_words.duplicate_words(doubt, name, language)
    actions = (
        Action("same", language.t("It is the same; don't record"), "primary", keycap="Esc"),
        Action("new", language.t("A new sale"), "outline", keycap="F9"),
    )
    banner.set_content("info", title, text, actions, icon="note")
