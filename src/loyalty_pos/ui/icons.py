"""Icons: strokes on a 24-grid, painted in token colours."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QPainter


def names() -> frozenset[str]:
    """Return every icon's name."""
    return frozenset()


def paint(
    painter: QPainter, name: str, rect: QRectF, color: QColor, *, mirror: bool = False, stroke: float = 1.7
) -> None:
    """Paint an icon into a rectangle."""


def icon(name: str, token: str, size: int = 20, *, mirror: bool = False) -> QIcon:
    """Return an icon in a token's colour of now."""
    return QIcon()
