"""The idle counter's target."""

from PySide6.QtWidgets import QWidget


class ScanTarget(QWidget):
    """Draw the scan sign in its rings."""

    def __init__(self, icon: str = "scan", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
