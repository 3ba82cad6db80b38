"""Giving a sale that was booked on the wrong member to another one, and back again."""

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_people import MoveSale
from loyalty_pos.app.language import Language
from loyalty_pos.app.people_views import MovedSaleView
from loyalty_pos.app.queries import Sale
from loyalty_pos.app.views import MemberLineView, SaleView, ShopView
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Btn, Tx
from loyalty_pos.ui.worker import Failed, Problem


class MoveSide(QWidget):
    """Choose whose sale it was, read what goes along, then Enter moves it; one key moves it back."""

    came = Signal()
    moved = Signal(str)  # whose it is now
    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language = language
        self.sale: SaleView | None = None
        self.whom: MemberLineView | None = None
        self.done: MovedSaleView | None = None
        self._key, self.saving = "", False
        self._title, self._text = Tx("", "section", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.picker = MemberPicker(dispatcher, language, "move.whom")
        self.effect, self.trouble = Banner("info"), Banner("danger")
        self.confirm = Btn("", "primary", icon="check", keycap="Enter")
        self.undo, self.cancel = (
            Btn("", "outline", icon="undo", keycap="Ctrl Z"),
            Btn("", "outline", keycap="Esc"),
        )
        buttons = row(8)
        for button, share in ((self.confirm, 2), (self.undo, 2), (self.cancel, 1)):
            buttons.addWidget(button, share)
        layout = column(self, 10)
        for part in (self._title, self._text, self.picker, self.effect, self.trouble):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.picker.picked.connect(self._picked)
        self.picker.emptied.connect(lambda: self._take(None))
        self.confirm.clicked.connect(self.enter)
        self.undo.clicked.connect(self.take_back)
        self.cancel.clicked.connect(self.closed)
        self._show()

    def ask(self, sale_id: str, failed: Failed) -> None:
        """Read the sale; `came` tells that it shows."""
        self._courier.ask_latest("move.sale", Sale(sale_id=sale_id), self._came, failed)

    def show_texts(self, language: Language, shop: ShopView | None) -> None:
        """Speak a language, whatever is shown."""
        self._language = language
        self.picker.show_texts(language)
        self._show()

    def enter(self) -> None:
        """Move the sale to whom is shown; once it is moved, nothing."""
        if self.sale is not None and self.whom is not None and self.done is None:
            self._send(self.sale.sale_id or "", self.whom.member)

    def take_back(self) -> None:
        """Give the sale back to whom it was booked on."""
        if self.sale is not None and self.done is not None:
            self._send(self.done.sale.sale_id or "", self.sale.member or "")

    def _send(self, sale_id: str, member: str) -> None:
        if not self.saving:
            self.saving = True
            self.trouble.hide()
            self._courier.do(
                MoveSale(posting_id=self._key, sale_id=sale_id, member=member), self._made, self._failed
            )

    def _came(self, sale: SaleView) -> None:
        self.sale, self.whom, self.done = sale, None, None
        self._key, self.saving = secrets.token_hex(8), False
        self.picker.clear()
        self.trouble.hide()
        self._show()
        self.came.emit()
        self.picker.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, whom: MemberLineView) -> None:
        self._take(whom)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, whom: MemberLineView | None) -> None:
        self.whom, self._key = whom, secrets.token_hex(8)
        self.trouble.hide()
        self._show()

    def _made(self, view: MovedSaleView) -> None:
        self.saving, self._key = False, secrets.token_hex(8)
        back_home = self.sale is not None and view.sale.member == self.sale.member
        self.sale = view.sale if back_home else self.sale
        self.done = None if back_home else view
        self.whom = None
        self.picker.clear()
        self.moved.emit(view.sale.member or "")
        self._show()
        (self.picker.search if back_home else self.undo).setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, problem: Problem) -> None:
        self.saving = False
        self.trouble.set_content("danger", say_problem(problem, self._language))
        self.trouble.show()
        self.picker.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        language, t, sale = self._language, self._language.t, self.sale
        number = language.digits(str(sale.number)) if sale is not None else ""
        self._title.setText(t("Sale {number} to another member", number=number))
        money = language.money(sale.due_minor) if sale is not None else ""
        name = language.name(sale.member_name) if sale is not None else ""
        self._text.setText(f"{name} · {money}" if name else money)
        self.picker.setVisible(self.done is None)
        self.effect.setVisible(self.done is not None or self.whom is not None)
        if self.done is not None:
            new = self.done.sale
            said = t(
                "It is sale {number} of {name} now. What it had earned went along.",
                number=language.digits(str(new.number)),
                name=language.name(new.member_name),
            )
            self.effect.set_content("gain", said)
        elif self.whom is not None:
            whom = called(self.whom.name, self.whom.phone, language)
            said = t(
                "It is taken back here and recorded anew for {name}, as of its own time:"
                " points, credit, stamps and level move by what it comes to there.",
                name=whom,
            )
            self.effect.set_content("info", said)
        self.confirm.setVisible(self.done is None)
        self.confirm.setEnabled(self.whom is not None)
        self.undo.setVisible(self.done is not None)
        self.confirm.set_content(t("Move it"))
        self.undo.set_content(t("Move it back"))
        self.cancel.set_content(t("Close"))
