"""Code 128 bars in whole dots of a 203 dpi receipt printer."""

from dataclasses import dataclass
from itertools import groupby

from barcode.codex import Code128

QUIET_MODULES = 10
_MODULE_DOTS = (3, 2)  # one dot doesn't scan, fractions of dots don't either


@dataclass(frozen=True, slots=True)
class Bars:
    """Black bars as (left, width) in dots from the first bar; `quiet` dots stay white on both sides."""

    bars: tuple[tuple[int, int], ...]
    width: int
    module: int

    @property
    def quiet(self) -> int:
        return QUIET_MODULES * self.module


def code128(digits: str, room: int) -> Bars:
    """Lay out a digit string with the widest modules that fit into `room` dots, quiet zones included.

    Raises `ValueError` for anything but ASCII digits, and when even narrow modules don't fit.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("a barcode on paper carries digits 0-9 only")
    modules: str = Code128(digits).build()[0]
    for module in _MODULE_DOTS:
        if (len(modules) + 2 * QUIET_MODULES) * module <= room:
            return Bars(_runs(modules, module), len(modules) * module, module)
    raise ValueError(f"{len(digits)} digits don't fit into {room} dots")


def _runs(modules: str, module: int) -> tuple[tuple[int, int], ...]:
    bars, at = [], 0
    for bit, run in groupby(modules):
        length = len(list(run))
        if bit == "1":
            bars.append((at * module, length * module))
        at += length
    return tuple(bars)
