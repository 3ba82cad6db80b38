"""One balance of a member."""

from PySide6.QtWidgets import QFrame, QWidget


class BalanceTile(QFrame):
    """Show what a member has: one big figure, its unit, one line under it."""

    def __init__(
        self,
        icon: str,
        title: str = "",
        big: str = "",
        unit: str = "",
        sub: str = "",
        *,
        sub_color: str = "text2",
        icon_color: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)

    def set_content(
        self,
        title: str,
        big: str,
        unit: str = "",
        sub: str = "",
        *,
        sub_color: str = "text2",
        flash: bool = False,
    ) -> None:
        """Change all texts; `flash` marks once that the figure has just changed."""
