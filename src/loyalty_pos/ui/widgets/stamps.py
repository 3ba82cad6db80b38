"""A stamp card, drawn."""

from PySide6.QtWidgets import QFrame, QWidget

from loyalty_pos.ui.speech import Speech


class Stamps(QFrame):
    """Draw a card of `needed` stamps: filled are had, outlined come with this sale, dashed are missing, the gift is last."""

    def __init__(
        self,
        speech: Speech,
        title: str = "",
        have: int = 0,
        pending: int = 0,
        needed: int = 5,
        symbol: str = "cup",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_content(
        self, speech: Speech, title: str, have: int, pending: int, needed: int, symbol: str, note: str = ""
    ) -> None:
        """Show this card; `note` is the line under it, green when the card is full."""
