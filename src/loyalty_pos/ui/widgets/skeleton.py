"""Where something will stand that is still being read."""

from PySide6.QtWidgets import QWidget


class Skeleton(QWidget):
    """Draw a member card's shape; shown only when reading takes more than 150 ms (`show_later`)."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def show_later(self, after_ms: int = 150) -> None:
        """Appear unless `hide` comes first."""
