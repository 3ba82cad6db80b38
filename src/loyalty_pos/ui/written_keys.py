"""The key that is written on a button presses it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from loyalty_pos.ui.keymap import Action, Pressed, cap
from loyalty_pos.ui.widgets import Btn, IconBtn
from loyalty_pos.ui.widgets.sight import bring_into_sight


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
                _show(button)
                button.click()
                _show(QApplication.focusWidget())
                return True
    return False


def _show(widget: QWidget | None) -> None:
    """Scroll to what was pressed, and to what asks back, where it is out of sight."""
    if widget is not None and widget.visibleRegion().boundingRect().size() != widget.size():
        bring_into_sight(widget)
