"""Code 128 bars and QR codes in whole dots of the printer."""

from itertools import groupby
from typing import Any

from barcode.codex import Code128

from loyalty_pos.domain.lazy import dataclass

QUIET_MODULES = 10
_MODULE_DOTS = (3, 2)  # one dot doesn't scan, fractions of dots don't either
_QR_MODULE_DOTS = 8  # 1 mm at 203 dpi: read from an arm's length and from crumpled paper
_QR_QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class Bars:
    """Black bars as (left, width) in dots from the first bar; `quiet` dots stay white on both sides."""

    bars: tuple[tuple[int, int], ...]
    width: int
    module: int

    @property
    def quiet(self) -> int:
        return QUIET_MODULES * self.module


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as black runs (left, top, width) in dots; `quiet` dots stay white all round."""

    runs: tuple[tuple[int, int, int], ...]
    side: int
    module: int

    @property
    def quiet(self) -> int:
        return _QR_QUIET_MODULES * self.module


def code128(digits: str, room: int, module_dots: tuple[int, ...] = _MODULE_DOTS) -> Bars:
    """Lay out a digit string with the first of `module_dots` that fits into `room` dots with quiet zones.

    Raises `ValueError` for anything but ASCII digits, and when even the last doesn't fit.
    """
    _refuse_all_but_digits(digits)
    modules: str = Code128(digits).build()[0]
    for module in module_dots:
        if (len(modules) + 2 * QUIET_MODULES) * module <= room:
            return Bars(_runs(modules, module), len(modules) * module, module)
    raise ValueError(f"{len(digits)} digits don't fit into {room} dots")


def qr(digits: str) -> Square:
    """Lay out a digit string as a QR code that still reads when a seventh of it is spoilt.

    Raises `ValueError` for anything but ASCII digits.
    """
    from reportlab.graphics.barcode import qrencoder  # a quarter of a second that wide paper never needs

    _refuse_all_but_digits(digits)
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QRNumber(digits))
    return _square(code, _QR_MODULE_DOTS)


def qr_of_letters(text: str, room: int) -> Square:
    """Lay out capital letters and digits as a QR code, as large as it fits into `room` dots.

    Raises `ValueError` for anything else, and when even two dots for each module do not fit.
    """
    from reportlab.graphics.barcode import qrencoder

    if not (text.isascii() and text.isalnum() and text == text.upper()):
        raise ValueError("a voucher's code on paper carries A-Z and 0-9 only")
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QRAlphaNum(text))
    code.make()
    module = min(_QR_MODULE_DOTS, room // (code.getModuleCount() + 2 * _QR_QUIET_MODULES))
    if module < _MODULE_DOTS[-1]:
        raise ValueError(f"{len(text)} letters don't fit into {room} dots")
    return _square(code, module)


def _square(code: Any, module: int) -> Square:
    code.make()
    runs = tuple(
        (left, row * module, width)
        for row, line in enumerate(code.modules)
        for left, width in _runs("".join("1" if dark else "0" for dark in line), module)
    )
    return Square(runs, code.getModuleCount() * module, module)


def _refuse_all_but_digits(text: str) -> None:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("a barcode on paper carries digits 0-9 only")


def _runs(modules: str, module: int) -> tuple[tuple[int, int], ...]:
    bars, at = [], 0
    for bit, run in groupby(modules):
        length = len(list(run))
        if bit == "1":
            bars.append((at * module, length * module))
        at += length
    return tuple(bars)
