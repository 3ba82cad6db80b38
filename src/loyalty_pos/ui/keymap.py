"""One table of keys: what the counter obeys, what the key bar and F1 show."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from loyalty_pos.app.language import N_
from loyalty_pos.domain.keyboards import repair_layout
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui.keycodes import physical


class Action(StrEnum):
    """What a key asks for."""

    ENTER = "enter"
    CONFIRM = "confirm"
    HELP = "help"
    SEARCH = "search"
    NEW_MEMBER = "new_member"
    MODE = "mode"
    ITEMS = "items"
    CREDIT = "credit"
    CREDIT_PART = "credit_part"
    POINTS = "points"
    WHY = "why"
    HOLD = "hold"
    HELD = "held"
    REPRINT = "reprint"
    RECENT = "recent"
    ON_ACCOUNT = "on_account"
    CLAIMS = "claims"
    SELL_CARD = "sell_card"
    CONTACT = "contact"
    UNDO = "undo"
    ESCAPE = "escape"
    BENEFIT = "benefit"
    UP = "up"
    DOWN = "down"
    FIRST = "first"
    FREE_HERE = "free_here"
    STAMP_FIRST = "stamp_first"
    STAMP_SECOND = "stamp_second"
    STAMP_BACK = "stamp_back"
    TO_AMOUNT = "to_amount"
    FULL_SCREEN = "full_screen"
    PAGE = "page"
    NEW = "new"
    PUBLISH = "publish"
    PAUSE = "pause"
    EDIT = "edit"
    CODES = "codes"
    PARTNERS = "partners"
    NEWS = "news"
    PRINT = "print"
    NEXT = "next"
    HISTORY = "history"
    LOCK = "lock"
    TWICE = "twice"
    EARLIER = "earlier"
    LATER = "later"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Binding:
    """One row: the action, how its key is written, what F1 says, and a short hint for the key bar."""

    action: Action
    cap: str
    help: str
    hint: str = ""


BINDINGS = (
    Binding(Action.ENTER, "Enter", N_("Confirm and print; before that, answer what is asked")),
    Binding(Action.CONFIRM, "F9", N_("Confirm as it stands, also without a member; yes to a question")),
    Binding(Action.HELP, "F1", N_("This map of keys"), N_("Help")),
    Binding(
        Action.SEARCH, "F2", N_("Member: phone, last digits or name; a scan works anywhere"), N_("Member")
    ),
    Binding(
        Action.NEW_MEMBER,
        "F3",
        N_("New member, with what was typed; a new partner, a new seed of draws"),
        N_("New member"),
    ),
    Binding(Action.MODE, "F4", N_("A typed amount, or goods"), N_("Goods")),
    Binding(Action.ITEMS, "F5", N_("Find goods by name, code or barcode; elsewhere: try again")),
    Binding(
        Action.CREDIT, "F6", N_("Use all store credit, or leave it; in a refund: all of it"), N_("Credit")
    ),
    Binding(Action.CREDIT_PART, "Shift F6", N_("Use a part of the store credit")),
    Binding(Action.POINTS, "Ctrl F6", N_("Pay with points")),
    Binding(Action.WHY, "F7", N_("Why: the arithmetic of this sale"), N_("Why?")),
    Binding(Action.HOLD, "F8", N_("Put the sale on hold"), N_("Hold")),
    Binding(Action.HELD, "Shift F8", N_("Sales on hold")),
    Binding(Action.REPRINT, "F10", N_("Print the last receipt again; a member's card; a closed day")),
    Binding(Action.RECENT, "Shift F10", N_("Recent sales: name a member, print, take back")),
    Binding(Action.ON_ACCOUNT, "Shift F9", N_("On account, paid later; in recent sales: take in a payment")),
    Binding(Action.CLAIMS, "F12", N_("Prizes and rewards: hand one over without a sale"), N_("Prizes")),
    Binding(Action.SELL_CARD, "Ctrl G", N_("Sell a gift card on this sale; programmes: those given away")),
    Binding(Action.CONTACT, "Ctrl W", N_("Whose warranty it is, when they are no member")),
    Binding(
        Action.UNDO, "Ctrl Z", N_("Bring back the last change, else take back the last sale"), N_("Take back")
    ),
    Binding(
        Action.ESCAPE,
        "Esc",
        N_("Clear the field; again: release the member; again: clear the sale"),
        N_("Clear"),
    ),
    Binding(
        Action.BENEFIT,
        "Alt 1…9, A…Z",
        N_("Switch the benefit with that number; elsewhere: press the button with it"),
    ),
    Binding(Action.UP, "↑ ↓", N_("Move in a list")),
    Binding(Action.FIRST, "Home", N_("First in the list")),
    Binding(Action.TO_AMOUNT, ".", N_("Three zeros; after digits in the member box: they are the amount")),
    Binding(Action.STAMP_FIRST, "*", N_("One more stamp on the first card, or of the marked goods")),
    Binding(Action.STAMP_SECOND, "/", N_("One more stamp on the second card")),
    Binding(Action.STAMP_BACK, "-", N_("One stamp less, or one less of the marked goods")),
    Binding(Action.FREE_HERE, "Ctrl F", N_("Make the marked goods the free ones; members: all filters")),
    Binding(Action.PAGE, "Ctrl 1…9", N_("Go to a page of the rail")),
    Binding(Action.NEW, "Ctrl N", N_("On the programmes: a new one")),
    Binding(Action.PUBLISH, "Ctrl S", N_("Publish or save; issue or save codes; save cards; close the day")),
    Binding(
        Action.PAUSE,
        "Ctrl R",
        N_("Programmes: pause this one, or let it run; reports: try one on past sales"),
    ),
    Binding(
        Action.CODES,
        "Ctrl K",
        N_("A programme's codes, list, draws or guests; a member's lists; test the scanner"),
    ),
    Binding(Action.PARTNERS, "Ctrl B", N_("On the programmes: partners and their vouchers")),
    Binding(Action.NEWS, "Ctrl I", N_("On the programmes: whom a piece of news is for")),
    Binding(
        Action.PRINT,
        "Ctrl P",
        N_("Print what is in front: vouchers, codes, a report, a statement, a day"),
    ),
    Binding(Action.HISTORY, "Ctrl H", N_("Programmes: what this one was before; shift: the cashiers")),
    Binding(Action.EDIT, "Ctrl E", N_("Members: edit the details; sales: whose it is; a refund: exchange")),
    Binding(Action.NEXT, "Tab", N_("To the next field or button; Space presses it")),
    Binding(Action.TWICE, "Ctrl D", N_("Members: who is there twice; a paper that came out: done with")),
    Binding(Action.EARLIER, "Ctrl PgUp", N_("Reports: the month before")),
    Binding(Action.LATER, "Ctrl PgDn", N_("Reports: the month after; in a list: show more")),
    Binding(Action.TRAINING, "Ctrl T", N_("Practise in a shop of its own; again: back to the real one")),
    Binding(Action.LOCK, "Ctrl L", N_("Lock: the sale waits, Enter opens again")),
    Binding(Action.FULL_SCREEN, "F11", N_("Full screen, or back")),
)

_PLAIN: dict[int, Action] = {
    Qt.Key.Key_Return: Action.ENTER,
    Qt.Key.Key_Enter: Action.ENTER,
    Qt.Key.Key_F1: Action.HELP,
    Qt.Key.Key_F2: Action.SEARCH,
    Qt.Key.Key_F3: Action.NEW_MEMBER,
    Qt.Key.Key_F4: Action.MODE,
    Qt.Key.Key_F5: Action.ITEMS,
    Qt.Key.Key_F6: Action.CREDIT,
    Qt.Key.Key_F7: Action.WHY,
    Qt.Key.Key_F8: Action.HOLD,
    Qt.Key.Key_F9: Action.CONFIRM,
    Qt.Key.Key_F10: Action.REPRINT,
    Qt.Key.Key_F12: Action.CLAIMS,
    Qt.Key.Key_F11: Action.FULL_SCREEN,
    Qt.Key.Key_Escape: Action.ESCAPE,
    Qt.Key.Key_Up: Action.UP,
    Qt.Key.Key_Down: Action.DOWN,
    Qt.Key.Key_Home: Action.FIRST,
    Qt.Key.Key_Tab: Action.TO_AMOUNT,
}
_SHIFTED: dict[int, Action] = {
    Qt.Key.Key_F6: Action.CREDIT_PART,
    Qt.Key.Key_F8: Action.HELD,
    Qt.Key.Key_F9: Action.ON_ACCOUNT,
    Qt.Key.Key_F10: Action.RECENT,
}
_TYPED = {
    "*": Action.STAMP_FIRST,
    "/": Action.STAMP_SECOND,
    "-": Action.STAMP_BACK,
    "\u00d7": Action.STAMP_FIRST,  # what some Persian layouts type on the keypad
    "\u00f7": Action.STAMP_SECOND,
}
_CONTROLLED = {
    "z": Action.UNDO,
    "f": Action.FREE_HERE,
    "g": Action.SELL_CARD,
    "w": Action.CONTACT,
    "n": Action.NEW,
    "s": Action.PUBLISH,
    "r": Action.PAUSE,
    "e": Action.EDIT,
    "k": Action.CODES,
    "b": Action.PARTNERS,
    "i": Action.NEWS,
    "p": Action.PRINT,
    "h": Action.HISTORY,
    "l": Action.LOCK,
    "d": Action.TWICE,
    "t": Action.TRAINING,
}
_CONTROLLED_KEYS: dict[int, Action] = {
    Qt.Key.Key_F6: Action.POINTS,
    Qt.Key.Key_PageUp: Action.EARLIER,
    Qt.Key.Key_PageDown: Action.LATER,
}
_CAPS = {binding.action: binding.cap for binding in BINDINGS}
_NUMBERED = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The keys that press something by its place, with Alt: the tenth is A."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """An action and, for benefits and pages, its number."""

    action: Action
    number: int = 0


def cap(pressed: Pressed) -> str:
    """Write a key as a button bears it; empty for Enter and what is typed: these are the field's."""
    if pressed.action is Action.ENTER or pressed.action in _TYPED.values():
        return ""
    if pressed.action is Action.BENEFIT:
        return numbered(pressed.number)
    return _CAPS.get(pressed.action, "").replace("1…9", str(pressed.number))


def numbered(place: int) -> str:
    """Write the key of what stands at a place, counted from 1: Alt 1 to Alt 9, then Alt A; empty after Z."""
    return f"Alt {_NUMBERED[place - 1]}" if 0 < place <= len(_NUMBERED) else ""


def _with_control(character: str) -> Pressed | None:
    if character in set("123456789"):
        return Pressed(Action.PAGE, int(character))
    action = _CONTROLLED.get(character)
    return Pressed(action) if action else None


def read(event: QKeyEvent) -> Pressed | None:
    """Tell what a key press asks for, whatever layout is on; None when it is only typing."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    if held == Qt.KeyboardModifier.ControlModifier:
        action = _CONTROLLED_KEYS.get(event.key())
        return Pressed(action) if action else _with_control(_character(event))
    if held == Qt.KeyboardModifier.AltModifier:
        place = _NUMBERED.find(_character(event).upper() or " ") + 1
        return Pressed(Action.BENEFIT, place) if place else None
    if held & ~Qt.KeyboardModifier.ShiftModifier:
        return None
    action = (_SHIFTED if held else _PLAIN).get(event.key())
    if action is None:
        action = _TYPED.get(event.text())
    return Pressed(action) if action else None


def _character(event: QKeyEvent) -> str:
    """The Latin character of a key pressed together with Ctrl or Alt."""
    found = physical(event)
    if found is None:
        key = event.key()
        found = chr(key) if 0x20 <= key < 0x110000 else ""
        if not found.isascii():
            found = repair_layout(latin_digits(found))
    return found.lower()
