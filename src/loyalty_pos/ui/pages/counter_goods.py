"""The goods of a sale: finding them, the lines, their sum."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.items import gives_free
from loyalty_pos.ui.counter.state import CounterState, Place
from loyalty_pos.ui.pages import goods_words
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.said_words import said_words
from loyalty_pos.ui.widgets import Banner, Btn, Candidate, CandidateList, LineList, SearchField, Tx


class GoodsPart(QWidget):
    """Find goods and count them; the sum before benefits stands under the lines."""

    stepped = Signal(int)
    free_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 8)
        self.search = SearchField(icon="search", keycap="F5")
        self.found = CandidateList()
        self.lines = LineList()
        self.remark = Banner("info")
        self.empty = Tx("", "body", "text2", align="center", wrap=True)
        layout.addWidget(self.search)
        layout.addWidget(self.remark)
        layout.addWidget(self.found, 1)
        layout.addWidget(self.lines, 1)
        layout.addWidget(self.empty, 1)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        theme.space(tools, 8)
        self.more = Btn("", "outline", icon="plus", keycap="*", size="small")
        self.less = Btn("", "outline", icon="minus", keycap="-", size="small")
        self.free = Btn("", "soft", icon="gift", keycap="Ctrl F", size="small")
        self.more.clicked.connect(lambda: self.stepped.emit(1))
        self.less.clicked.connect(lambda: self.stepped.emit(-1))
        self.free.clicked.connect(self.free_asked)
        for button, share in ((self.more, 3), (self.less, 3), (self.free, 4)):
            tools.addWidget(button, share)
        layout.addWidget(self._tools)
        self._sum = QFrame()
        self._sum.setProperty("k", "inset")
        across = QHBoxLayout(self._sum)
        theme.space(across, 8, (14, 6, 14, 6))
        self._sum_label = Tx("", "body", "text2")
        self.subtotal = Tx("", "section", align="number")
        across.addWidget(self._sum_label, 1)
        across.addWidget(self.subtotal, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._sum)
        self._shown: tuple[Candidate, ...] = ()

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        t = language.t
        self.search.set_texts(t("Name, code or barcode"), t("Find goods"))
        self.more.set_content(t("More"))
        self.less.set_content(t("Less"))
        self.free.set_content(t("Free"))
        self._sum_label.setText(t("Sum"))
        self.empty.setText(t("Scan goods, or type two letters of their name."))

    def show_state(self, state: CounterState, language: Language, *, roomy: bool) -> None:
        """Show the goods of the sale; what was found for a typed text stands over the lines meanwhile."""
        if self.search.text() != state.item_search:
            self.search.set_text(state.item_search)
        found = state.found if state.found and state.found.products else None
        nothing = state.found is not None and found is None
        self._show_found(state, language)
        self.found.setVisible(found is not None)
        self.lines.setVisible(found is None and bool(state.items))
        self.empty.setVisible(found is None and not state.items)
        self._tools.setVisible(bool(state.items) and found is None)
        giving = any(gives_free(line) for line in state.quote.trace) if state.quote else False
        self.free.setVisible(giving and len(state.items) > 1)
        self.lines.set_rows(goods_words.line_rows(state, language), state.item_chosen, language.t("Goods"))
        sale = state.quote if state.items else None
        self._sum.setVisible(sale is not None and roomy)
        self.subtotal.setText(language.money(sale.gross_minor) if sale else "")
        said = state.said if state.said and state.said.place is Place.ITEMS else None
        self.remark.setVisible(said is not None or nothing)
        if said is not None:
            title, text = said_words(said, language)
            self.remark.set_content("danger" if said.problem else "info", title, text)
        elif nothing:
            self.remark.set_content("info", language.t("There are no such goods"))

    def _show_found(self, state: CounterState, language: Language) -> None:
        if state.found is None:
            self._shown = ()
            return
        rows = tuple(goods_words.found_goods(product, language) for product in state.found.products)
        if rows != self._shown:
            self._shown = rows
            self.found.set_candidates(rows, language.t("Find goods"))
        ahead = state.found.chosen - next(
            (i for i, one in enumerate(rows) if one.key == self.found.current_key()), 0
        )
        if ahead:
            self.found.move_by(ahead)
