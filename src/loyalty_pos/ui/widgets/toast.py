"""What has just happened, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.ui.speech import Speech


class Toast(QFrame):
    """Say what happened, offer undo while a ring runs out; never takes the focus, hides itself."""

    undone = Signal()
    expired = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def show_message(
        self,
        message: str,
        sub: str = "",
        *,
        undo: str = "",
        keycap: str = "Ctrl Z",
        icon: str = "check",
        seconds: int = 10,
    ) -> None:
        """Show; `undo` empty leaves the button out."""

    def set_speech(self, speech: Speech) -> None:
        """Count down in another language's digits."""
