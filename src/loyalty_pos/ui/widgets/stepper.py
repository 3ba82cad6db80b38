"""A small whole number that fingers and keys move."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.ui.speech import Speech


class Stepper(QFrame):
    """Step a count between bounds: minus, value, plus in reading order."""

    stepped = Signal(int)  # the new value, only when a person changed it

    def __init__(
        self,
        speech: Speech,
        icon: str = "",
        label: str = "",
        keycap: str = "",
        *,
        minimum: int = 0,
        maximum: int = 99,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def value(self) -> int:
        return 0

    def set_value(self, value: int) -> None:
        """Set without a signal, held inside the bounds."""

    def set_range(self, minimum: int, maximum: int) -> None:
        """Change the bounds; the value follows."""

    def step(self, by: int) -> None:
        """Step as a person would: `stepped` fires when the value changed."""

    def set_texts(self, speech: Speech, label: str, keycap: str | None = None) -> None:
        """Speak another language."""
