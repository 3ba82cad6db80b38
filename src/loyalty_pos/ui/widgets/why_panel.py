"""The arithmetic behind a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


@dataclass(frozen=True, slots=True)
class WhyRow:
    label: str
    value: str = ""
    kind: Literal["plain", "total", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class WhySection:
    title: str
    icon: str = "question"
    rows: Sequence[WhyRow] = ()
    note: str = ""
    muted: bool = False  # a programme that did not take part


class WhyPanel(QFrame):
    """Open the arithmetic of every programme that did or did not take part (F7)."""

    closed = Signal()  # Esc or the cross

    def __init__(
        self, title: str = "", close: str = "", keycap: str = "F7", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)

    def set_content(self, title: str, close: str, sections: Sequence[WhySection]) -> None:
        """Show these sections."""
