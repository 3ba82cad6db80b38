"""Which key of the board was pressed, whatever layout is switched on."""

import sys

from PySide6.QtGui import QKeyEvent

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (55, "*", "*"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (98, "/", "/"),
)
# X11 and Wayland number keys as the kernel does, plus 8; Windows uses the same numbers without it.
_OFFSET = 0 if sys.platform == "win32" else 8


def _table() -> dict[int, tuple[str, str]]:
    table: dict[int, tuple[str, str]] = {}
    for first, plain, shifted in _ROWS:
        for step, pair in enumerate(zip(plain, shifted, strict=True)):
            table[first + step + _OFFSET] = pair
    return table


_KEYS = _table()


def physical(event: QKeyEvent, *, shifted: bool = False) -> str | None:
    """The US character on the pressed key; None when the system gave no scan code."""
    pair = _KEYS.get(event.nativeScanCode())
    return pair[shifted] if pair else None


def scan_code(character: str) -> tuple[int, bool]:
    """The scan code of a US character and whether Shift goes with it; (0, False) when it has none."""
    for code, (plain, shifted) in _KEYS.items():
        if character == plain:
            return code, False
        if character == shifted:
            return code, True
    return 0, False
