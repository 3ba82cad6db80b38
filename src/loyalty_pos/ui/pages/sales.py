"""The sales page: find a sale of any day, see its why, print, refund, move or take it back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLineEdit, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.identifiers import read_receipt_barcode
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages import counter_words
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.page_title import PageTitle
from loyalty_pos.ui.pages.sales_list import SaleList
from loyalty_pos.ui.pages.sales_pane import SalePane
from loyalty_pos.ui.paper import Paper

WIDE = 392
_MOVES = {Action.UP: -1, Action.DOWN: 1}


class SalesPage(Page):
    """The list leads; the sale shown follows its chosen row."""

    key = "sales"
    icon = "receipt"
    title = N_("Sales")
    concerns = Changes.SHOP | Changes.LEDGER | Changes.MEMBERS
    guide = "floor"

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self._courier = Courier(dispatcher, self)
        self.bar = PageTitle()
        self.head = self.bar
        self.list = SaleList(dispatcher, language, self._today)
        self.pane = SalePane(dispatcher, language, self._new_id)
        across = QHBoxLayout(self)
        theme.space(across, 14, 14)
        across.addWidget(self.list, 1)
        across.addWidget(self.pane)
        theme.hold(self.pane, width=WIDE)
        self.list.current_changed.connect(self.pane.follow)
        self.list.counter_asked.connect(self.left)
        self.pane.changed.connect(self._changed)
        self.pane.closed.connect(self._pane_free)
        self.show_texts()

    def equip(self, paper: Paper) -> None:
        """Learn where paper goes."""
        self.pane.equip(paper)

    def show_texts(self) -> None:
        """Set every text in the language of now."""
        t = self.language.t
        self.bar.set_texts(t("Sales"), t("Print again, refund, give to a member, take back"))
        self.list.show_texts(self.language)
        self.pane.show_texts(self.language)

    def refresh(self) -> None:
        """Ask for the shop, the list, and the sale shown."""
        self._courier.ask_latest("sales.shop", Shop(), self._shop_came, lambda problem: None)
        self.list.ask()
        self.pane.ask()

    def put_focus(self) -> None:
        """Put the keyboard into the search field, unless a form is open."""
        pane = self.pane
        if pane.showing not in (pane.refund, pane.whose) and not pane.asking:
            self.list.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed_elsewhere(self) -> None:
        """Let a letter typed on the list or a button search."""
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self.put_focus()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        action, pane = pressed.action, self.pane
        on_button = isinstance(QApplication.focusWidget(), QAbstractButton)
        if action is Action.ESCAPE:
            self._step_back()
        elif action is Action.SEARCH and pane.showing is not pane.whose:
            pane.step_back()
            self.put_focus()
            self.list.search.line.selectAll()
        elif pane.showing is pane.refund:
            if action is not Action.ENTER or on_button:
                return False
            pane.refund.refunding.confirm()
        elif pane.showing is pane.whose or (
            isinstance(QApplication.focusWidget(), QAbstractButton) and action is Action.ENTER
        ):
            return False
        else:
            return self._act_on_sale(action)
        return True

    def _act_on_sale(self, action: Action) -> bool:
        pane = self.pane
        if action is Action.ENTER:
            if not self.list.waiting:  # right after typing nobody knows which sale is meant
                pane.open_refund()
        elif action in _MOVES:
            self.list.rows.move_by(_MOVES[action])
        elif action is Action.FIRST:
            self.list.rows.go_to(0)
        elif action is Action.REPRINT:
            pane.print_again()
        elif action is Action.EDIT:
            pane.open_move()
        elif action is Action.UNDO:
            pane.ask_void()
        elif action is Action.WHY:
            pane.detail.why.take_keyboard()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        """Take a receipt's barcode, or the card of whose sale it is; any other scan means the counter."""
        if self.pane.showing is self.pane.whose:
            self.pane.whose.picker.take(code)
        elif read_receipt_barcode(latin_digits(code).strip()) is not None:
            self.pane.step_back()
            self.list.look_for(code)
        else:
            return False
        return True

    def _changed(self, sale_id: str) -> None:
        """Keep the sale that was changed in front; the list is asked again by what changed."""
        self.list.keep(sale_id)

    def _pane_free(self) -> None:
        self.put_focus()

    def _step_back(self) -> None:
        if self.pane.step_back():
            return
        if self.list.narrowed:
            self.list.clear()
        else:
            self.left.emit()

    def _shop_came(self, shop: ShopView) -> None:
        self.pane.set_shop(shop)

    def _new_id(self) -> str:
        return self.make_id()

    def _today(self) -> str:
        return counter_words.business_day(self.wall_ms(), self.language)
