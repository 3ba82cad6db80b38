"""The counter under fingers: a keypad, and where its digits go."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from loyalty_pos.ui import theme
from loyalty_pos.ui.counter.state import CounterState, Place

if TYPE_CHECKING:
    from loyalty_pos.ui.pages.counter import CounterPage

BACKSPACE = "\b"


class CounterTouch:
    """Say when the keypad is there, and type its digits into what was pointed at, by itself the amount.

    Before a member or an amount is there the keypad is; then what applies takes its place, and a tap on
    the amount brings it back.
    """

    def __init__(self, page: "CounterPage") -> None:
        self._page = page
        self._to = Place.AMOUNT
        self._called = False
        self._whose = ""
        page.search.tapped.connect(lambda: self._point(Place.SEARCH))
        page.sale.amount.tapped.connect(lambda: self._point(Place.AMOUNT))
        page.sale.pad_wanted.connect(self._toggle)

    def shows_pad(self, state: CounterState) -> bool:
        """Whether the keypad stands on the sale's side now."""
        self._follow(state)
        if not theme.look().touch or state.doubt or (state.mode == "items" and not state.pay):
            return False
        return bool(self._called or state.pay or state.member is None or not state.amount_minor)

    def looks_up(self, state: CounterState) -> bool:
        """Whether the large button finds who was typed: fingers have no Enter."""
        answered = state.lookup or state.candidates or state.nobody or state.join or state.receipt
        return theme.look().touch and bool(state.search.strip()) and not answered

    def typed(self, letter: str) -> None:
        """Type one key of the keypad."""
        field = self._field()
        if field is None:
            return
        key = Qt.Key.Key_Backspace if letter == BACKSPACE else Qt.Key(ord(letter))
        text = "" if letter == BACKSPACE else letter
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _field(self) -> QWidget | None:
        """Find what the digits go into, and put the keyboard there."""
        page, state = self._page, self._page.state
        if state.unfinished:
            return None
        place = self._to
        if state.pay:
            place = Place.PAY
        elif state.join:
            place = Place.JOIN
        elif state.candidates:
            place = Place.SEARCH
        if place is Place.AMOUNT:
            self._called = True
        focused = QApplication.focusWidget()
        if not (isinstance(focused, QLineEdit) and page.where() is place):
            page.put_focus(place)
            focused = QApplication.focusWidget()
        return focused

    def _point(self, place: Place) -> None:
        self._to = place
        if place is Place.AMOUNT:
            self._called = True
        self._page.draw()

    def _toggle(self) -> None:
        self._called = not self._called
        self._page.draw()

    def _follow(self, state: CounterState) -> None:
        """Forget what was pointed at once it is done with."""
        whose = state.member.member if state.member else ""
        if whose != self._whose:
            self._whose, self._called = whose, False
        if not state.sells:
            self._called = False
        if self._to is Place.SEARCH and not state.search and self._page.where() is not Place.SEARCH:
            self._to = Place.AMOUNT
