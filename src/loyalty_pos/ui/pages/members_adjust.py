"""Correcting by hand what a member holds: points, credit, or the stamps of a paper card."""

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_people import Adjust
from loyalty_pos.app.language import Language
from loyalty_pos.app.people_views import AdjustedView
from loyalty_pos.app.views import MemberView, ShopView
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import counter_words
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import AmountField, Banner, Btn, Segmented, Tx
from loyalty_pos.ui.widgets.pick_list import PickList
from loyalty_pos.ui.widgets.text_line import TextLine
from loyalty_pos.ui.worker import Problem

OPENING = "opening"
STAMPS = "stamps:"


class AdjustSide(QWidget):
    """Ask for a unit, an amount and a reason; Enter posts it once."""

    adjusted = Signal(str)  # the member
    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language = language
        self._shop: ShopView | None = None
        self._member: MemberView | None = None
        self._key, self._paper = "", False
        self.saving = False
        self._title, self._who = Tx("", "section"), Tx("", "secondary", "text2", wrap=True)
        self.units = PickList()
        self.ways = Segmented()
        self.amount = AmountField(
            language, minor_per_unit=language.minor_per_unit, decimals=language.decimals
        )
        self._because = Tx("", "secondary", "text2", weight=600)
        self.reason = TextLine()
        self.reason.setMaxLength(200)
        theme.hold(self.reason, height=42)
        self._because.setBuddy(self.reason)
        self.trouble = Banner("danger")
        self.trouble.hide()
        self.save, self.cancel = (
            Btn("", "primary", icon="check", keycap="Enter"),
            Btn("", "outline", keycap="Esc"),
        )
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        buttons = row(8)
        buttons.addWidget(self.save, 2)
        buttons.addWidget(self.cancel, 1)
        layout = column(self, 10)
        parts = (
            self._title, self._who, self.units, self.ways, self.amount, self._because, self.reason,
            self.trouble,
        )  # fmt: skip
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.units.currentIndexChanged.connect(lambda index: self._show_unit())
        self.show_texts(language, None)

    def open(self, member: MemberView, *, paper: bool) -> None:
        """Begin a correction of a member; with `paper` of the stamps on a paper card."""
        self._member, self._key, self._paper = member, secrets.token_hex(8), paper
        self.saving = False
        self.trouble.hide()
        self.amount.clear()
        self.reason.setText(self._language.t("paper card") if paper else "")
        self.ways.set_current("give")
        self.show_texts(self._language, self._shop)
        first = next((key for key in self._keys() if key.startswith(STAMPS)), "") if paper else ""
        self.units.setCurrentIndex(max(0, self.units.findData(first)) if first else 0)
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_texts(self, language: Language, shop: ShopView | None) -> None:
        """Speak a language; what was chosen stays."""
        t, chosen = language.t, self.units.currentData()
        self._language, self._shop = language, shop or self._shop
        self._title.setText(t("Paper card") if self._paper else t("Correct by hand"))
        if self._member is not None:
            name = counter_words.called(self._member.name, self._member.phone, language)
            self._who.setText(language.t("What {name} holds, with a reason that stays on record", name=name))
        names = {"points": t("Points"), "credit": t("Credit")}
        programmes = {p.key: p.name for p in self._shop.programmes} if self._shop else {}
        self.units.blockSignals(True)
        self.units.clear()
        for key in self._keys():
            card = programmes.get(key.removeprefix(STAMPS), "")
            said = names.get(key) or t("Stamps of {programme}", programme=language.name(card))
            self.units.addItem(said, key)
        self.units.setCurrentIndex(max(0, self.units.findData(chosen)))
        self.units.blockSignals(False)
        self.units.setAccessibleName(t("What is corrected"))
        self.units.view().setAccessibleName(t("What is corrected"))
        self.ways.set_texts([("give", t("Give")), ("take", t("Take off"))])
        self.ways.set_name(t("Give or take off"))
        self._because.setText(t("Reason"))
        self.reason.setAccessibleName(t("Reason"))
        self.save.set_content(t("Saving…") if self.saving else t("Record it"))
        self.save.setEnabled(not self.saving and self.units.count() > 0)
        self.cancel.set_content(t("Close"))
        self._show_unit()

    def submit(self) -> None:
        """Post what is typed; the same key again never posts twice."""
        if self.saving or self._member is None or not self.units.count():
            return
        sign = -1 if self.ways.current() == "take" else 1
        command = Adjust(
            posting_id=self._key,
            member=self._member.member,
            unit=str(self.units.currentData()),
            amount=sign * self.amount.value_minor,
            reason=OPENING if self._is_opening() else self.reason.text(),
        )
        self.saving = True
        self.show_texts(self._language, None)
        self._courier.do(command, self._done, self._refused)

    def _is_opening(self) -> bool:
        return self._paper and self.reason.text().strip() == self._language.t("paper card")

    def _keys(self) -> list[str]:
        programmes = self._shop.programmes if self._shop else ()
        kinds = {one.kind for one in programmes}
        shared = [("points", {"points"}), ("credit", {"spend_credit", "company_credit"})]
        cards = [f"{STAMPS}{one.key}" for one in programmes if one.kind == "stamp_card"]
        return [key for key, giving in shared if kinds & giving] + cards

    def _show_unit(self) -> None:
        language, money = self._language, self.units.currentData() == "credit"
        unit = (language.minor_per_unit, language.decimals) if money else (1, 0)
        if unit != getattr(self, "_unit", None):
            self._unit = unit
            self.amount.set_unit(*unit)
        asked = language.t("How much") if money else language.t("How many")
        self.amount.set_texts(language, asked, money=money)

    def _done(self, view: AdjustedView) -> None:
        self.saving = False
        self.adjusted.emit(view.member)
        self.closed.emit()

    def _refused(self, problem: Problem) -> None:
        self.saving = False
        self._key = secrets.token_hex(8)
        self.show_texts(self._language, None)
        self.trouble.set_content("danger", say_problem(problem, self._language))
        self.trouble.show()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
