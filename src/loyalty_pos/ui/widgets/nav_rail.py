"""The rail on the starting side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


@dataclass(frozen=True, slots=True)
class NavItem:
    key: str
    icon: str
    label: str
    enabled: bool = True


class NavRail(QFrame):
    """Go between pages; tools (look, language) stand at the bottom."""

    page_chosen = Signal(str)
    tool_chosen = Signal(str)

    def __init__(
        self,
        pages: Sequence[NavItem] = (),
        tools: Sequence[NavItem] = (),
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_texts(self, pages: Sequence[NavItem], tools: Sequence[NavItem], name: str) -> None:
        """Show these again, in another language; same keys in the same order keep their buttons."""

    def set_current(self, key: str) -> None:
        """Mark the page that is open."""
