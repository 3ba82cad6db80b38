"""Card and chip: the surfaces other widgets stand on."""

from typing import Literal

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

ChipKind = Literal["plain", "primary", "reward", "gain", "danger", "info", "bronze", "silver", "gold", "vip"]
Surface = Literal["card", "inset", "reward", "gain", "danger", "info", "primary"]


class Card(QFrame):
    """Group what belongs together: one line around, no shadow. Put content into `body`."""

    body: QVBoxLayout

    def __init__(
        self, surface: Surface = "card", *, padding: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)


class Chip(QFrame):
    """Say one word about its neighbour, with an icon when colour alone would not tell."""

    def __init__(
        self, text: str = "", kind: ChipKind = "plain", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)

    def set_content(self, text: str, kind: ChipKind | None = None, icon: str | None = None) -> None:
        """Change word, and kind or icon when given."""
