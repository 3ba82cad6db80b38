"""Direction marks for text on screen (rules 1, 2 and 4 of right-to-left Qt).

QLabel and QPainter take a line's direction from its first strong letter, so a number or a Latin name would
stand on the wrong side of a Persian page; a mark in front decides instead.
"""

from PySide6.QtCore import Qt

LRM, RLM = "\u200e", "\u200f"
LRI, PDI = "\u2066", "\u2069"
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def isolate(text: str) -> str:
    """Wrap in LRI…PDI so that phones, codes and signed numbers keep their order; once is enough."""
    if not text or (text.startswith(LRI) and text.endswith(PDI)):
        return text
    return f"{LRI}{text}{PDI}"


def strip(text: str) -> str:
    """Drop every direction mark (not the zero-width non-joiner, a letter of Persian); before storing, copying
    or saying aloud."""
    return text.translate(_MARKS)


def led(text: str, rtl: bool) -> str:
    """Put the page's direction mark in front of every line, for QLabel."""
    mark = RLM if rtl else LRM
    return "\n".join(mark + line if line else line for line in text.split("\n"))


def alignment(align: str, rtl: bool) -> Qt.AlignmentFlag:
    """Return an alignment no direction turns again: start, end, center, or number (right in both)."""
    if align == "center":
        return Qt.AlignmentFlag.AlignHCenter
    right = align == "number" or (align == "start") == rtl
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute
