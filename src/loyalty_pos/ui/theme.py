"""One look for the whole program: tokens, type scale, palette and the only style sheet."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Look:
    """What a person may choose about the screen."""

    dark: bool = False
    rtl: bool = True
    scale_percent: int = 100
    touch: bool = False
    motion: bool = True


def apply(app: QApplication, look: Look) -> None:
    """Dress the whole program, now and again whenever the look changes."""


def look() -> Look:
    """Return the look that is on."""
    return Look()


def color(token: str) -> QColor:
    """Return the colour a token has now; read it while painting, never keep it."""
    return QColor()


def px(value: float) -> int:
    """Scale a length given at 100 %."""
    return round(value)


def font(role: str, weight: int | None = None) -> QFont:
    """Return the font of a type-scale role: caption secondary body input section name tile kpi amount total."""
    return QFont()
