"""What a manager decides about a member: a level, what ended, what is owed, what a refund lost."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.lifetime_views import AmountView, DecisionsView
from loyalty_pos.app.queries_lifetime import Decisions
from loyalty_pos.app.views import MemberView, ShopView
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import counter_words
from loyalty_pos.ui.pages import decide_words as words
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.members_words import read_day
from loyalty_pos.ui.pages.named_line import NamedLine
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import AmountField, Banner, Btn, Tx
from loyalty_pos.ui.widgets.pick_list import PickList
from loyalty_pos.ui.worker import Problem


class DecideSide(QWidget):
    """Choose one of what there is, say until when and why, read what that does; Enter does it once."""

    decided = Signal(str)  # the member
    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, today: Callable[[], str]) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language, self._today = language, today
        self._shop: ShopView | None = None
        self._member: MemberView | None = None
        self._what: words.Deciding = "level"
        self._key, self.saving = "", False
        self.view: DecisionsView | None = None
        self._title, self._who = Tx("", "section"), Tx("", "secondary", "text2", wrap=True)
        self._asked = Tx("", "secondary", "text2", weight=600)
        self.options = PickList()
        self._asked.setBuddy(self.options)
        self.amount = AmountField(
            language, minor_per_unit=language.minor_per_unit, decimals=language.decimals
        )
        self.day, self.reason = NamedLine(40), NamedLine()
        self.effect = Banner("info")
        self.trouble = Banner("danger")
        self.save, self.cancel = (
            Btn("", "primary", icon="check", keycap="Enter"),
            Btn("", "outline", keycap="Esc"),
        )
        self._lay()
        self.options.currentIndexChanged.connect(lambda index: self._choose())
        self.amount.edited.connect(lambda amount: self._tell())
        self.day.told.connect(self._tell)
        self.reason.told.connect(self._tell)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        self._show()

    def open(self, member: MemberView, what: words.Deciding) -> None:
        """Ask what may be decided about a member."""
        self._member, self._what, self.view = member, what, None
        self._key, self.saving = secrets.token_hex(8), False
        self.reason.line.clear()
        self.day.line.setText(self._language.day_short(words.first_day(what, self._today()) or "2026-03-21"))
        self._forgive()
        self._show()
        query = Decisions(member=member.member)
        self._courier.ask_latest("members.decisions", query, self._came, self._refused)

    def show_texts(self, language: Language, shop: ShopView | None) -> None:
        """Speak a language; what was chosen and typed stays."""
        day = read_day(self.day.line.text(), self._language)
        changed = language.code != self._language.code
        self._language, self._shop = language, shop or self._shop
        if changed and words.day_label(self._what, language):
            self.day.line.setText(language.day_short(day) if len(day) == 10 else day)
        self.day.line.write_digits(language)
        self._show()

    def submit(self) -> None:
        """Do what is shown; the same key again never does it twice."""
        one = self._chosen()
        if one is None or self.saving:
            return
        self._forgive()
        self.saving = True
        self._show_buttons()
        self._courier.do(words.request(one, self._said()), self._done, self._refused)

    def _lay(self) -> None:
        buttons = row(8)
        buttons.addWidget(self.save, 2)
        buttons.addWidget(self.cancel, 1)
        layout = column(self, 8)
        parts = (
            self._title, self._who, self._asked, self.options, self.amount, self.day, self.reason,
            self.effect, self.trouble,
        )  # fmt: skip
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _came(self, view: DecisionsView) -> None:
        self.view = view
        self._show()
        self._choose()
        field: QWidget = self.reason if self._chosen() is not None else self.cancel
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> words.Choice | None:
        found = words.choices(self._what, self.view) if self.view is not None else ()
        place = self.options.currentIndex()
        return found[place] if 0 <= place < len(found) else None

    def _said(self) -> words.Asked:
        return words.Asked(
            key=self._key,
            member=self._member.member if self._member is not None else "",
            amount=self.amount.value_minor,
            day=read_day(self.day.line.text(), self._language),
            reason=self.reason.line.text(),
        )

    def _choose(self) -> None:
        """Begin with all of a debt; it is counted in what is owed."""
        one = self._chosen()
        if isinstance(one, AmountView):
            money, language = one.unit == "credit", self._language
            self.amount.set_unit(*((language.minor_per_unit, language.decimals) if money else (1, 0)))
            self.amount.value_minor = one.amount
        self._show_amount()
        self._tell()

    def _show_amount(self) -> None:
        one, t = self._chosen(), self._language.t
        money = isinstance(one, AmountView) and one.unit == "credit"
        self.amount.set_texts(self._language, t("How much") if money else t("How many"), money=money)

    def _tell(self) -> None:
        """Say what Enter would do; another request needs a key of its own."""
        self._key = secrets.token_hex(8)
        self._forgive()
        one = self._chosen()
        if one is not None:
            said = words.effect(self._what, one, self._said(), self._today(), self._shop, self._language)
            self.effect.set_content("info", said)
        self.effect.setVisible(one is not None)

    def _show(self) -> None:
        language, t = self._language, self._language.t
        self._title.setText(t(words.TITLES[self._what]))
        name = (
            counter_words.called(self._member.name, self._member.phone, language)
            if self._member is not None
            else ""
        )
        found = words.choices(self._what, self.view) if self.view is not None else ()
        none = self.view is not None and not found
        self._who.setText(words.nothing(self._what, language) if none else name)
        place = max(0, self.options.currentIndex())
        self.options.blockSignals(True)
        self.options.clear()
        for one in found:
            self.options.addItem(words.named(one, self._shop, language))
        self.options.setCurrentIndex(min(place, len(found) - 1))
        self.options.blockSignals(False)
        self._asked.setText(words.asked(self._what, language))
        self.options.setAccessibleName(words.asked(self._what, language))
        self.options.view().setAccessibleName(words.asked(self._what, language))
        self._show_amount()
        self.amount.setVisible(bool(found) and self._what == "debt")
        for part in (self._asked, self.options, self.reason):
            part.setVisible(bool(found))
        label = words.day_label(self._what, language)
        self.day.set_texts(label, language)
        self.day.setVisible(bool(found and label))
        self.reason.set_texts(t("Reason"), language)
        self._tell()
        self._show_buttons()

    def _show_buttons(self) -> None:
        t = self._language.t
        self.save.set_content(t("Saving…") if self.saving else t("Do it"))
        self.save.setEnabled(self._chosen() is not None and not self.saving)
        self.cancel.set_content(t("Close"))

    def _forgive(self) -> None:
        self.trouble.hide()
        self.day.mark("")
        self.reason.mark("")

    def _done(self, view: MemberView) -> None:
        self.saving = False
        self.decided.emit(view.member)
        self.closed.emit()

    def _refused(self, problem: Problem) -> None:
        self.saving = False
        self._show_buttons()
        field, said = words.field_problem(problem, self._language)
        lines = {"day": self.day, "reason": self.reason}
        if field in lines:
            lines[field].mark(said)
            lines[field].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if field == "amount":
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.trouble.set_content("danger", said or say_problem(problem, self._language))
        self.trouble.show()
