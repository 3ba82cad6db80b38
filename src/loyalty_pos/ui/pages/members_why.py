"""The why of one stored sale, asked for when somebody wants to know."""

from PySide6.QtCore import Signal

from loyalty_pos.app.language import Language
from loyalty_pos.app.queries import Why
from loyalty_pos.app.views import WhyView
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages import counter_words
from loyalty_pos.ui.widgets import Btn, WhyPanel
from loyalty_pos.ui.worker import Failed


class SaleWhy(WhyPanel):
    """Ask for a sale's trace and show its sentences."""

    came = Signal()
    refund_asked = Signal(str)  # the sale
    move_asked = Signal(str)

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        theme.set_prop(self, "k", "clear")
        self._courier = Courier(dispatcher, self)
        self._language = language
        self._view: WhyView | None = None
        self.refund = Btn("", "outline", icon="undo", keycap="Alt 1")
        self.move_on = Btn("", "outline", icon="people", keycap="Alt 2")
        for button, asked in ((self.refund, self.refund_asked), (self.move_on, self.move_asked)):
            button.clicked.connect(
                lambda _=False, asked=asked: asked.emit(self._view.sale_id if self._view else "")
            )
            self._column.addWidget(button)

    def ask(self, sale_id: str, failed: Failed) -> None:
        """Ask for the sale; `came` tells that it shows."""
        self._courier.ask_latest("members.why", Why(sale_id=sale_id), self._came, failed)

    def show_texts(self, language: Language) -> None:
        """Speak a language, whatever is shown."""
        self._language = language
        sections = counter_words.why_sections(self._view, language) if self._view else ()
        self.set_content(language.t("Why this total?"), language.t("Close"), sections)
        self.refund.set_content(language.t("Refund…"))
        self.move_on.set_content(language.t("To another member…"))

    def _came(self, view: WhyView) -> None:
        self._view = view
        self.show_texts(self._language)
        self.came.emit()
