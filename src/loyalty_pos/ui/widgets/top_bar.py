"""The bar above every page."""

from typing import Literal

from PySide6.QtWidgets import QFrame, QWidget

DotState = Literal["ok", "warn", "off"]


class TopBar(QFrame):
    """Hold the page's search field, the devices' state and who works where."""

    def __init__(self, slot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_slot(self, slot: QWidget) -> None:
        """Put a widget (the search field) at the starting side."""

    def set_device(self, icon: str, state: DotState, name: str) -> None:
        """Show a device ("scan", "printer") by its icon; `name` says its state in words."""

    def set_who(self, name: str, detail: str, initial: str) -> None:
        """Show who works at which till, and the date line."""
