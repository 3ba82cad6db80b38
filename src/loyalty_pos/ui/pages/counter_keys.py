"""The counter's keys: what each one means where the keyboard stands."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.widgets import CandidateList

if TYPE_CHECKING:
    from loyalty_pos.ui.pages.counter import CounterPage

_FAR = 10_000
_MOST_DIGITS = 11


class CounterKeys:
    """Turn key actions into the flow's intents."""

    def __init__(self, page: "CounterPage") -> None:
        self._page = page

    def where(self) -> Place | None:
        """Tell in which of the counter's fields the keyboard is; None when in none."""
        page, focused = self._page, QApplication.focusWidget()
        if focused is None:
            return None
        fields: list[tuple[Place, QWidget]] = [(Place.SEARCH, page.search), (Place.AMOUNT, page.sale.amount)]
        if "pay" in vars(page.sale):  # in what is not even made nothing can be typed
            fields.append((Place.PAY, page.sale.pay))
        if "goods" in vars(page.sale):
            fields.append((Place.ITEMS, page.sale.goods.search))
        if "join" in vars(page.who):
            fields.append((Place.JOIN, page.who.join))
        for place, field in fields:
            if focused is field or field.isAncestorOf(focused):
                return place
        return None

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        page, action = self._page, pressed.action
        if page.state.unfinished:
            return self._answer(action)
        if page.state.refund:
            return self._refund(action)
        if action is Action.ENTER:
            return self._enter()
        if action in (Action.UP, Action.DOWN, Action.FIRST):
            return self._move(action)
        if action in (Action.STAMP_FIRST, Action.STAMP_SECOND, Action.STAMP_BACK):
            return self._step(action)
        if action is Action.TO_AMOUNT:
            return self._to_amount()
        return self._plain(action, pressed.number)

    def _answer(self, action: Action) -> bool:
        """Take an answer to the question about an unfinished sale; nothing else goes past it."""
        drafting, focused = self._page.flow.drafting, QApplication.focusWidget()
        if action is Action.ESCAPE or (action is Action.ENTER and focused is self._page.unfinished.leave):
            drafting.drop()
        elif action is Action.ENTER:
            drafting.go_on()
        elif action in (Action.UP, Action.DOWN, Action.TO_AMOUNT):
            return False
        return True

    def _refund(self, action: Action) -> bool:
        """Take what the form of a refund asks; arrows and digits belong to its fields."""
        refunding, focused = self._page.flow.refunding, QApplication.focusWidget()
        if action is Action.ESCAPE:
            refunding.close()
        elif action is Action.ENTER and isinstance(focused, QAbstractButton):
            focused.click()
        elif action in (Action.ENTER, Action.CONFIRM):
            refunding.confirm()
        elif action is Action.EDIT:
            refunding.exchange()
        else:
            return False
        return True

    def _enter(self) -> bool:
        focused, where = QApplication.focusWidget(), self.where()
        # A button reached with Tab does its own work on Enter, whatever else is open.
        if isinstance(focused, QAbstractButton) and focused is not self._page.sale.confirm:
            focused.click()
        elif isinstance(focused, CandidateList) and focused.current_key():
            focused.pick_current()
        else:
            self._page.flow.enter(where)
        return True

    def _move(self, action: Action) -> bool:
        state, rows = self._page.state, {Action.UP: -1, Action.DOWN: 1, Action.FIRST: -_FAR}[action]
        if state.candidates:
            self._page.flow.finding.move(rows)
        elif state.listing:
            self._page.flow.lists.move(rows)
        elif state.mode == "items" and (state.items or state.found):
            self._page.flow.items.move(rows)
        else:
            return False
        return True

    def _step(self, action: Action) -> bool:
        state, where = self._page.state, self.where()
        writes = state.pay is not None and state.pay.what == "contact"
        if writes or where is Place.JOIN or (where is Place.SEARCH and state.search):
            return False
        pricing, items = self._page.flow.pricing, self._page.flow.items
        if state.mode == "items":
            if state.item_search or not state.items:
                return False
            if action is not Action.STAMP_SECOND:
                items.step(-1 if action is Action.STAMP_BACK else 1)
        elif action is Action.STAMP_BACK:
            pricing.step_back()
        else:
            pricing.step(0 if action is Action.STAMP_FIRST else 1)
        return True

    def _to_amount(self) -> bool:
        amount = typed_amount(self._page.state.search)
        if self.where() is not Place.SEARCH or not amount:
            return False
        self._page.take_amount(amount)
        return True

    def _plain(self, action: Action, number: int) -> bool:
        page, flow = self._page, self._page.flow
        match action:
            case Action.CONFIRM:
                flow.enter(self.where(), plainly=True)
            case Action.SEARCH:
                page.put_focus(Place.SEARCH)
            case Action.NEW_MEMBER:
                flow.finding.open_join()
            case Action.MODE:
                flow.items.toggle_mode()
            case Action.ITEMS:
                flow.items.open_search()
            case Action.FREE_HERE:
                flow.items.free_here()
            case Action.CREDIT:
                pay = page.state.pay
                counts = pay is not None and pay.what in ("points", "account")
                (flow.paying.most if counts else flow.pricing.toggle_credit)()
            case Action.CREDIT_PART:
                flow.paying.open("credit")
            case Action.POINTS:
                flow.paying.open("points")
            case Action.SELL_CARD:
                flow.paying.open("gift")
            case Action.CONTACT:
                flow.paying.open("contact")
            case Action.HOLD:
                flow.holding.hold()
            case Action.HELD:
                flow.holding.open_held()
            case Action.REPRINT:
                trouble = None if page.state.listing else page.state.print_trouble
                (page.paper.again if trouble and trouble.sale else flow.lists.print_again)()
            case Action.RECENT:
                flow.lists.open_recent()
            case Action.ON_ACCOUNT:
                flow.paying.on_account(flow.lists.sale)
            case Action.CLAIMS:
                flow.claiming.open()
            case Action.WHY:
                flow.pricing.toggle_why()
            case Action.UNDO:
                flow.undoing.undo()
            case Action.ESCAPE:
                flow.escape(self.where())
            case Action.BENEFIT:
                if not flow.asking.rate(number):
                    flow.pricing.toggle(number)
            case _:
                return False
        return True


def typed_amount(text: str) -> str:
    """The digits of an amount typed into the member box; empty when they are none.

    Phones begin with 0, and what is longer than money may be is a card.
    """
    digits = latin_digits(text.strip())
    money = digits.isdecimal() and not digits.startswith("0") and len(digits) <= _MOST_DIGITS
    return digits if money else ""
