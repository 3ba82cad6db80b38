"""The members page: search as you type, one member in full, enrol, edit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLineEdit, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.views import ShopView
from loyalty_pos.ui import theme
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages import counter_words
from loyalty_pos.ui.pages.members_detail import MemberPane, press
from loyalty_pos.ui.pages.members_list import ListPart, PageHead
from loyalty_pos.ui.pages.members_sheets import CardSheets
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import Check

NARROW, ROOMY, ROOMY_FROM = 352, 392, 1200


class MembersPage(Page):
    """The list leads; the member shown follows its current row."""

    key = "members"
    icon = "people"
    title = N_("Members")
    concerns = Changes.SHOP | Changes.PROGRAMMES | Changes.MEMBERS | Changes.LEDGER
    guide = "members"

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self._courier = Courier(dispatcher, self)
        self._sell_next = False
        self.bar = PageHead()
        self.head = self.bar
        self.people = ListPart(dispatcher, language, self._today)
        self.pane = MemberPane(dispatcher, language, self._today)
        across = QHBoxLayout(self)
        theme.space(across, 14, 14)
        across.addWidget(self.people, 1)
        across.addWidget(self.pane)
        person = self.pane.person
        self.bar.new_asked.connect(self.open_new)
        self.cards = CardSheets(self, lambda said, well: person.say(said, "gain" if well else "danger"))
        self.bar.cards_asked.connect(lambda: self.cards.save(self.people.shown, self.language))
        self.bar.twice_asked.connect(lambda: self.pane.correct("all"))
        self.people.new_asked.connect(self.open_new)
        self.people.current_changed.connect(self.pane.follow)
        self.people.opened.connect(self.sell)
        self.people.came.connect(self._list_came)
        person.sell_asked.connect(lambda: self.sell.emit(self.pane.wanted))
        person.edit_asked.connect(lambda: self.pane.open_edit(self.make_id()))
        self.pane.saved.connect(self._saved)
        self.pane.closed.connect(self._pane_free)
        self.show_texts()

    def show_texts(self) -> None:
        """Set every text in the language of now."""
        self.bar.show_texts(self._total(), self.language)
        self.people.show_texts(self.language)
        self.pane.show_texts(self.language)

    def refresh(self) -> None:
        """Ask for the shop, the list, and the member shown."""
        self._courier.ask_latest("members.shop", Shop(), self._shop_came, lambda problem: None)
        self.people.ask()
        self.people.ask_filters()
        self.pane.ask()

    def put_focus(self) -> None:
        """Put the keyboard into the search field, unless something is being filled in or ticked."""
        if not isinstance(QApplication.focusWidget(), Check):
            self._to_search()

    def typed_elsewhere(self) -> None:
        """Let a letter typed on a list or button search."""
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self._to_search()

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        action, pane = pressed.action, self.pane
        if action is Action.SEARCH:
            pane.step_back()
            self._to_search()
            self.people.search.line.selectAll()
        elif action is Action.NEW_MEMBER:
            self.open_new()
        elif action is Action.ESCAPE:
            self._step_back()
        elif action is Action.FREE_HERE:
            self.people.filters.all.click()
        elif action is Action.ENTER and self.people.filters.add_typed():
            pass
        elif pane.showing is pane.refund:
            if action is not Action.ENTER or isinstance(QApplication.focusWidget(), QAbstractButton):
                return False
            pane.refund.refunding.confirm()
        elif pane.showing in (pane.adjust, pane.merge, pane.decide, pane.move_sale):
            return self._correct(action)
        elif action is Action.BENEFIT:
            return press(pane, pressed.number)
        elif pane.showing is pane.form:
            if action is not Action.ENTER:
                return False
            pane.form.submit()
        elif pane.person.timeline.hasFocus() and action in (Action.ENTER, Action.UP, Action.DOWN):
            return False
        elif pane.person.about.card.hasFocus() and action is Action.ENTER:
            pane.person.about.link.click()
        elif action is Action.ENTER and isinstance(QApplication.focusWidget(), QAbstractButton):
            return False
        elif action is Action.ENTER:
            self._sell()
        elif action is Action.EDIT:
            pane.person.edit.click()
        elif action is Action.PUBLISH:
            self.bar.cards.click()
        elif action is Action.PRINT:
            pane.person.statement.click()
        elif action is Action.CODES:
            pane.person.turn_to("about")
            pane.person.about.lists.focus_first()
        elif action in (Action.UP, Action.DOWN):
            self.people.table.move_by(1 if action is Action.DOWN else -1)
        elif action is Action.FIRST:
            self.people.table.go_to(0)
        elif action is Action.WHY:
            pane.person.timeline.open_current()
        else:
            return False
        return True

    def _correct(self, action: Action) -> bool:
        """Take what a correction or a merge asks; the rest belongs to its fields."""
        focused, pane = QApplication.focusWidget(), self.pane
        if action is not Action.ENTER or isinstance(focused, QAbstractButton):
            return False
        if pane.showing in (pane.adjust, pane.decide):
            (pane.adjust if pane.showing is pane.adjust else pane.decide).submit()
            return True
        picking = pane.merge if pane.showing is pane.merge else pane.move_sale
        chosen = pane.merge.view if picking is pane.merge else pane.move_sale.whom
        if focused is not None and picking.picker.isAncestorOf(focused) and chosen is None:
            return False
        picking.enter()
        return True

    def open_new(self) -> None:
        """Open the form for a new member, with the text that found nobody."""
        self.pane.open_new(self.people.nobody_found())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the member more room where there is some."""
        self.pane.setFixedWidth(px(ROOMY if self.width() >= px(ROOMY_FROM) else NARROW))

    def _to_search(self) -> None:
        pane = self.pane
        if pane.showing in (pane.nobody, pane.person, pane.why, pane.skeleton):
            self.people.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sell(self) -> None:
        """Sell to the current row; Enter right after typing waits for whom the text means."""
        self._sell_next = self.people.waiting
        chosen = self.people.table.current_key() or self.pane.wanted
        if chosen and not self._sell_next and not self.people.nobody_found():
            self.sell.emit(chosen)

    def _list_came(self) -> None:
        self.bar.tell_total(self._total(), self.language)
        if self._sell_next:
            self._sell()

    def _pane_free(self) -> None:
        self.pane.follow(self.people.table.current_key())
        self.put_focus()

    def _step_back(self) -> None:
        if not self.pane.step_back() and not self.people.step_back():
            self.left.emit()

    def _saved(self, member: str) -> None:
        """Show whom was saved, and everybody around; the list is asked again by what changed."""
        self.people.search.clear()
        self.people.choose(member)

    def equip(self, paper: Paper) -> None:
        """Learn where cards are printed."""
        self.pane.person.equip(paper)
        self.cards.use(paper)
        self.bar.cards.setVisible(self.cards.there)
        self.pane.refund.printed = paper.refund

    def takes_scan(self, code: str) -> bool:
        """Take the scan of a card that is being linked or written into the form."""
        about, form = self.pane.person.about, self.pane.form
        if about.card.hasFocus():
            about.card.setText(code)
            about.link.click()
        elif form.fields["card"].hasFocus():
            form.fields["card"].setText(code)
        else:
            return False
        return True

    def _shop_came(self, shop: ShopView) -> None:
        self.people.set_shop(shop)
        self.pane.set_shop(shop)

    def _total(self) -> int | None:
        view = self.people.view
        return view.total if view else None

    def _today(self) -> str:
        return counter_words.business_day(self.wall_ms(), self.language)
