"""One choice out of few."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


class Segmented(QFrame):
    """Choose one of at most four."""

    chosen = Signal(str)  # the key, only when a person changed it

    def __init__(self, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_texts(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these (key, text) pairs; the choice stays when its key does."""

    def current(self) -> str:
        """Return the chosen key."""
        return ""

    def set_current(self, key: str) -> None:
        """Choose without a signal."""
