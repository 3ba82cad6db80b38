"""One programme's part in this sale."""

from typing import Literal

from PySide6.QtWidgets import QAbstractButton, QWidget

BenefitState = Literal["on", "available", "not_used"]


class BenefitRow(QAbstractButton):
    """Switch a benefit on or off, with its reason and its money; `clicked(bool)` says the wish.

    A row that is on and not declinable has a tick for a switch; one not used has an information mark and a dashed border.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_content(
        self,
        title: str,
        reason: str = "",
        amount: str = "",
        *,
        state: BenefitState = "on",
        declinable: bool = True,
        keycap: str = "",
    ) -> None:
        """Show this benefit. `amount` comes formatted, sign included."""
