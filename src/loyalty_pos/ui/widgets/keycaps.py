"""Keycaps and the bar of key hints."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget


class Keycap(QWidget):
    """Draw a key as it stands on the keyboard; never mirrored."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_key(self, key: str) -> None:
        """Change the key shown."""


class KeyBar(QFrame):
    """Show the keys that work here: pairs of key and short label."""

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these (key, label) pairs."""
