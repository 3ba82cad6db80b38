"""Scans that arrived as Persian letters because a Persian keyboard layout was on.

A scanner presses keys; the layout decides what they type. Two layouts are in use: the standard one
(ISIRI 9147), whose digit keys type Persian digits, and the older one of Windows, whose digit keys
type Latin ones. A few letters lie on different keys in the two.
"""

from collections.abc import Callable
from typing import TypeVar

from loyalty_pos.domain.text import latin_digits

_T = TypeVar("_T")


def _row(keys: str, *typed: int) -> dict[str, str]:
    return {chr(char): key for key, char in zip(keys, typed, strict=True)}


# Unshifted letters that both layouts share.
_LETTERS = (
    _row(
        "qwertyuiop[]",
        0x636, 0x635, 0x62B, 0x642, 0x641, 0x63A, 0x639, 0x647, 0x62E, 0x62D, 0x62C, 0x686,
    )
    | _row("asdfghjkl;'", 0x634, 0x633, 0x6CC, 0x628, 0x644, 0x627, 0x62A, 0x646, 0x645, 0x6A9, 0x6AF)
    | _row("zxcvbn,", 0x638, 0x637, 0x632, 0x631, 0x630, 0x62F, 0x648)
)  # fmt: skip

_STANDARD = _LETTERS | (
    _row("m`", 0x67E, 0x200D)
    | _row(
        "QWERTYUIOP{}",
        0x652, 0x64C, 0x64D, 0x64B, 0x64F, 0x650, 0x64E, 0x651, 0x5D, 0x5B, 0x7D, 0x7B,
    )
    | _row('ASDFGHJKL"', 0x624, 0x626, 0x64A, 0x625, 0x623, 0x622, 0x629, 0xBB, 0xAB, 0x61B)
    | _row("ZXCVBNM<>?", 0x643, 0x653, 0x698, 0x670, 0x200C, 0x654, 0x621, 0x3E, 0x3C, 0x61F)
    | _row("~@#$%^&()_", 0xF7, 0x66C, 0x66B, 0xFDFC, 0x66A, 0xD7, 0x60C, 0x29, 0x28, 0x640)
)  # fmt: skip

_OLDER = _LETTERS | (
    _row("m\\;", 0x626, 0x67E, 0x643)
    | _row("QWETYUIOP{}", 0x64B, 0x64C, 0x64D, 0x60C, 0x61B, 0x2C, 0x5D, 0x5B, 0x5C, 0x7D, 0x7B)
    | _row("ASDFGHJKL", 0x64E, 0x64F, 0x650, 0x651, 0x6C0, 0x622, 0x640, 0xAB, 0xBB)
    | _row("ZXCVBNM?<>", 0x629, 0x64A, 0x698, 0x624, 0x625, 0x623, 0x621, 0x61F, 0x3E, 0x3C)
    | _row("`~()", 0xF7, 0xD7, 0x29, 0x28)
)
_RIAL = "\u0631\u06cc\u0627\u0644", "\u0631\u064a\u0627\u0644"  # one key of the older layout types a word
_ONLY_PERSIAN = frozenset(char for char in _STANDARD | _OLDER if not char.isascii())
_PERSIAN_DIGITS = frozenset(map(chr, range(0x6F0, 0x6FA)))
_STANDARD_KEYS, _OLDER_KEYS = str.maketrans(_STANDARD), str.maketrans(_OLDER)


def repair_layout(text: str) -> str:
    """Give what the same keys type under the US layout; text with nothing Persian in it stays as it is.

    It is another reading of the text, not a better one: a Persian name also "repairs" into nonsense.
    """
    mixed = any(char.isascii() and char.isalpha() for char in text)
    if mixed or (_ONLY_PERSIAN | _PERSIAN_DIGITS).isdisjoint(text):
        return latin_digits(text)
    if any(char.isascii() and char.isdigit() for char in text):
        for word in _RIAL:
            text = text.replace(word, "R")
        return text.translate(_OLDER_KEYS)
    return latin_digits(text.translate(_STANDARD_KEYS))


def in_either_layout(text: str, find: Callable[[str], _T | None]) -> _T | None:
    """Find what a text names as it stands, else as the same keys type it under the US layout."""
    found = find(text)
    if found is None and (other := repair_layout(text)) != text:
        return find(other)
    return found
