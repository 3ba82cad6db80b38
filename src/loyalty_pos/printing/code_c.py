"""Code 128 of digits as one path of rectangles, pair by pair: each pair is worked out once."""

from functools import cache

from barcode.charsets import code128 as tables
from barcode.codex import Code128

_START_C, _STOP = 105, 106
_SYMBOL = 11
_STOP_MODULES: str = tables.STOP + "11"


def bars_of(digits: str) -> tuple[str, int]:
    """Return the bars of a digit string as operators of a path one unit high, and its width in modules.

    Raises ValueError for anything but ASCII digits. An odd number of digits is worked out the long way.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("a barcode on paper carries digits 0-9 only")
    if len(digits) % 2:
        modules: str = Code128(digits).build()[0]
        return _path(modules, 0), len(modules)
    values = [int(digits[at : at + 2]) for at in range(0, len(digits), 2)]
    check = (_START_C + sum([place * value for place, value in enumerate(values, 1)])) % 103
    symbols = (_START_C, *values, check, _STOP)
    path = " ".join([_symbol(value, place) for place, value in enumerate(symbols)])
    return path, _SYMBOL * (len(symbols) - 1) + len(_STOP_MODULES)


@cache
def _symbol(value: int, place: int) -> str:
    modules = _STOP_MODULES if value == _STOP else tables.CODES[value]
    return _path(modules, place * _SYMBOL)


def _path(modules: str, start: int) -> str:
    """Write the black runs as rectangles."""
    found, at = [], 0
    while at < len(modules):
        end = at
        while end < len(modules) and modules[end] == modules[at]:
            end += 1
        if modules[at] == "1":
            found.append(f"{start + at} 0 {end - at} 1 re")
        at = end
    return " ".join(found)
