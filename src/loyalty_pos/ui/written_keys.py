"""The key that is written on a button presses it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from loyalty_pos.ui.keymap import Action, Pressed, cap
from loyalty_pos.ui.widgets import Btn, IconBtn


def press_bearer(places: Iterable[QWidget | None], pressed: Pressed) -> bool:
    """Press the button in these places that bears the key; False where none can be pressed.

    A field that was typed in takes back its own.
    """
    focused = QApplication.focusWidget()
    if pressed.action is Action.UNDO and isinstance(focused, QLineEdit) and focused.isUndoAvailable():
        return False
    key = cap(pressed)
    if not key:
        return False
    for place in places:
        for button in place.findChildren(QPushButton) if place is not None else ():
            bears = isinstance(button, Btn | IconBtn) and button.keycap == key
            if bears and button.isVisible() and button.isEnabled():
                button.click()
                return True
    return False
