"""Giving a sale to a member: one that had none gets one, one on the wrong member moves."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import AttachMember
from loyalty_pos.app.commands_people import MoveSale
from loyalty_pos.app.language import Language
from loyalty_pos.app.people_views import MovedSaleView
from loyalty_pos.app.views import MemberLineView, SaleView
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Banner, Btn, Tx
from loyalty_pos.ui.worker import Problem


class MoveSide(QWidget):
    """Ask whose a sale is; the one picked gets it at once, under one key for one sale and member."""

    moved = Signal(object)  # SaleView, as it stands now
    closed = Signal()

    def __init__(self, dispatcher: Dispatcher, language: Language, make_id: Callable[[], str]) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language, self._make_id = language, make_id
        self._sale: SaleView | None = None
        self._key = ("", "", "")  # the sale, the member, the posting's
        self.saving = False
        self._title, self._text = Tx("", "section", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.picker = MemberPicker(dispatcher, language, "sales.whose")
        self.trouble = Banner("danger")
        self.trouble.hide()
        self.cancel = Btn("", "outline", keycap="Esc")
        layout = column(self, 10)
        for part in (self._title, self._text, self.picker, self.trouble, self.cancel):
            layout.addWidget(part)
        layout.addStretch(1)
        self.picker.picked.connect(self._picked)
        self.picker.emptied.connect(self.trouble.hide)
        self.cancel.clicked.connect(self.closed)

    def open(self, sale: SaleView) -> None:
        """Begin with a sale."""
        self._sale = sale
        self.picker.clear()
        self.trouble.hide()
        self.show_texts(self._language)

    def start(self) -> None:
        """Put the keyboard where the member is named."""
        self.picker.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        t, sale = language.t, self._sale
        self.picker.show_texts(language)
        self.cancel.set_content(t("Leave it as it is"))
        if sale is None:
            return
        number = language.digits(str(sale.number))
        if sale.member is None:
            self._title.setText(t("Whose is sale {number}?", number=number))
            self._text.setText(t("They get what it would have given them."))
        else:
            self._title.setText(t("Whose is sale {number} really?", number=number))
            self._text.setText(t("What it gave goes back, and the other one gets what it gives them."))

    def _picked(self, member: MemberLineView) -> None:
        sale = self._sale
        if sale is None or sale.sale_id is None or self.saving:
            return
        self.saving = True
        if sale.member is None:
            command = AttachMember(sale_id=sale.sale_id, member=member.member)
            self._courier.do(command, self._done, self._failed)
            return
        if self._key[:2] != (sale.sale_id, member.member):
            self._key = (sale.sale_id, member.member, self._make_id())
        move = MoveSale(posting_id=self._key[2], sale_id=sale.sale_id, member=member.member)
        self._courier.do(move, self._moved, self._failed)

    def _moved(self, view: MovedSaleView) -> None:
        self._done(view.sale)

    def _done(self, sale: SaleView) -> None:
        self.saving = False
        self.moved.emit(sale)

    def _failed(self, problem: Problem) -> None:
        self.saving = False
        self.trouble.set_content("danger", say_problem(problem, self._language))
        self.trouble.show()
