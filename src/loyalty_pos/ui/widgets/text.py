"""Labels that keep their side and order whatever script stands in them."""

from typing import Literal

from PySide6.QtWidgets import QLabel, QWidget

Align = Literal["start", "end", "center", "number"]


class Tx(QLabel):
    """Show text in a role of the type scale and a colour token, safe in both directions."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        color: str = "text",
        *,
        weight: int | None = None,
        align: Align = "start",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_color(self, token: str) -> None:
        """Change the colour token."""

    def set_role(self, role: str, weight: int | None = None) -> None:
        """Change the role in the type scale."""

    def said(self) -> str:
        """Return the text as it was given, without direction marks added for display. Set it with setText."""
        return ""


class Elide(Tx):
    """Cut the text with an ellipsis when there is no room; tooltip and accessible name keep all of it."""
