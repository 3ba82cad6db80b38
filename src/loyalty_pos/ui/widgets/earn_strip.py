"""What this sale will earn."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


@dataclass(frozen=True, slots=True)
class EarnItem:
    icon: str
    amount: str  # formatted, sign included: "+971 points"
    label: str = ""


class EarnStrip(QFrame):
    """List what the member gets with this sale, and offer the why."""

    why_asked = Signal()

    def __init__(
        self, title: str = "", why: str = "", keycap: str = "F7", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)

    def set_texts(self, title: str, why: str) -> None:
        """Speak another language."""

    def set_items(self, items: Sequence[EarnItem], empty: str = "") -> None:
        """Show at most four items; `empty` is said when there is none."""
