"""A refund from a member's history: the sale is read, then the same form as on the counter."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Sale
from loyalty_pos.app.views import SaleView, ShopView, TakenBackView
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.refund_part import RefundPart, connect_refund
from loyalty_pos.ui.refunding import RefundForm, Refunding
from loyalty_pos.ui.worker import Failed


class RefundSide(QWidget):
    """Ask for a sale and refund a part of it."""

    came = Signal()
    closed = Signal()
    refunded = Signal(str)  # the member

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        self._courier = Courier(dispatcher, self)
        self._language = language
        self._shop: ShopView | None = None
        self.printed: Callable[[TakenBackView], None] = lambda view: None
        self.part = RefundPart(language)
        column(self, 0).addWidget(self.part)
        self.refunding = Refunding(self._courier, lambda: secrets.token_hex(8))
        self.refunding.changed, self.refunding.done = self._changed, self._done
        self._member = ""
        connect_refund(self.part, self.refunding)

    def ask(self, sale_id: str, failed: Failed) -> None:
        """Read the sale; `came` tells that its form shows."""

        def came(sale: SaleView) -> None:
            if sale.voided:
                failed(Rejection("refund_voided", number=sale.number))
            else:
                self._sale_came(sale)

        self._courier.ask_latest("refund.sale", Sale(sale_id=sale_id), came, failed)

    def show_texts(self, language: Language, shop: ShopView | None) -> None:
        """Speak a language, whatever is shown."""
        self._language, self._shop = language, shop
        self.part.show_texts(language)
        if self.refunding.form is not None:
            self.part.show_form(self.refunding.form, shop, language)

    def _sale_came(self, sale: SaleView) -> None:
        self._member = sale.member or ""
        self.refunding.open(sale)
        self.came.emit()
        self.part.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, form: RefundForm | None) -> None:
        if form is None:
            self.closed.emit()
        else:
            self.part.show_form(form, self._shop, self._language)

    def _done(self, view: TakenBackView) -> None:
        self.printed(view)
        self.refunded.emit(self._member)
