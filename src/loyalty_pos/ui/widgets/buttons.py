"""Push buttons and the keycaps they wear."""

from typing import Literal

from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

BtnKind = Literal["primary", "soft", "outline", "ghost", "danger"]
BtnSize = Literal["small", "normal", "confirm"]


class Btn(QPushButton):
    """Offer one action: icon, verb and the key that does the same."""

    def __init__(
        self,
        text: str = "",
        kind: BtnKind = "outline",
        *,
        icon: str = "",
        keycap: str = "",
        size: BtnSize = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_content(self, text: str, *, icon: str | None = None, keycap: str | None = None) -> None:
        """Change text, and icon or keycap when given."""


class IconBtn(QToolButton):
    """Offer one action by icon alone; `name` is what a screen reader and the tooltip say."""

    def __init__(self, icon: str, name: str, *, keycap: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_content(self, icon: str, name: str) -> None:
        """Change icon and name."""
