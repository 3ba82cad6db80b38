"""The framed voucher for one right."""

from collections.abc import Callable
from typing import Any

from loyalty_pos.app.papers import VoucherPaper
from loyalty_pos.printing.receipt import copy_mark, heading
from loyalty_pos.printing.shaped import Line, Style, Weight, wrap
from loyalty_pos.printing.sheet import MIN_TEXT, Sheet, document, leading, middle, narrow, shrunk

_FRAME = 6
_MARGIN, _NARROW_MARGIN = 42, 26
_ICON = 58
_VALUE_SIZES = ((64, 40, 1), (46, 32, 2))  # from, down to, lines at most


def voucher_pdf(*papers: VoucherPaper, told: Callable[[int], object] | None = None) -> bytes:
    """Draw vouchers, a page each: for whom, what it is worth, its code as bars and text, until when.

    `told` hears how many are drawn.
    """
    pages = []
    for number, paper in enumerate(papers):
        if told is not None:
            told(number)
        pages.append(_voucher(paper))
    return document(pages, papers[0].value_text, papers[0].shop_name)


def _voucher(paper: VoucherPaper) -> Sheet:
    sheet = Sheet(paper.language, _NARROW_MARGIN if narrow(paper.width_dots) else _MARGIN, paper.width_dots)
    sheet.space(30)
    if paper.copy_text:
        copy_mark(sheet, paper.copy_text)
        sheet.space(8)
    sheet.drawing(_gift, (sheet.width - _ICON) / 2, sheet.y)
    sheet.space(_ICON + 10)
    heading(sheet, paper.for_text, 26, Weight.SEMIBOLD)
    sheet.space(4)
    sheet.block(_value(sheet, paper.value_text), "centre")
    sheet.space(4)
    sheet.paragraph(paper.condition_text, 24, align="centre")
    sheet.space(8)
    sheet.rule(dashed=True)
    if paper.letters:
        sheet.square_letters(paper.letters)
    elif sheet.narrow:  # 28 digits as bars would be wider than the paper (rules 34)
        sheet.square_code(paper.barcode)
    else:
        sheet.space(18)
        sheet.barcode(paper.barcode, 112)
        sheet.space(2)
    if paper.code_text:
        _code(sheet, paper.code_text)
    sheet.space(14)
    _expiry(sheet, paper.expiry_text)
    sheet.space(10)
    for text in paper.terms:
        sheet.paragraph(text, 20, align="centre")
    sheet.paragraph(paper.shop_name, 21, Weight.SEMIBOLD, align="centre")
    sheet.space(26)
    sheet.box(_FRAME, _FRAME, sheet.width - 2 * _FRAME, sheet.y - 2 * _FRAME, fill=False, radius=24)
    return sheet


def _value(sheet: Sheet, text: str) -> list[Line]:
    """Set what the voucher is worth as large as it fits; a long sentence takes more lines, uncut."""
    style = sheet.style(64, Weight.BOLD)
    lines: list[Line] = []
    for largest, smallest, most in _VALUE_SIZES:
        for size in range(largest, smallest - 1, -2):
            lines = wrap(text, style.sized(size), sheet.room)
            if len(lines) <= most:
                return lines
    return lines


def _code(sheet: Sheet, text: str) -> None:
    """Set the code in Latin letters, in one line however long; it must survive being typed off."""
    latin = Style(Weight.BOLD, 44, rtl=False)
    set_ = shrunk(text, latin, sheet.room)
    sheet.block([set_] if set_ else wrap(text, latin.sized(MIN_TEXT), sheet.room), "centre")


def _expiry(sheet: Sheet, text: str) -> None:
    if not text:
        return
    style = sheet.style(26, Weight.SEMIBOLD)
    set_ = shrunk(text, style, sheet.room - 24)
    if set_:
        sheet.inverse(set_, 48)
        return
    lines = wrap(text, style.sized(MIN_TEXT), sheet.room - 24)
    height = 12 + leading(MIN_TEXT) * len(lines)
    sheet.box(sheet.margin, sheet.y, sheet.room, height)
    top = sheet.y + middle(height, MIN_TEXT) - leading(MIN_TEXT) * (len(lines) - 1) / 2
    for set_ in lines:
        sheet.place(set_, (sheet.width - set_.width) / 2, top, white=True)
        top += leading(MIN_TEXT)
    sheet.space(height)


def _gift(canvas: Any) -> None:
    """Draw a wrapped present, `_ICON` dots square."""
    canvas.setStrokeGray(0)
    canvas.setLineWidth(4)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    canvas.roundRect(2, -32, 54, 15, 3, stroke=1, fill=0)
    canvas.roundRect(7, -56, 44, 24, 2, stroke=1, fill=0)
    canvas.line(29, -17, 29, -56)
    for side in (-1, 1):
        bow = canvas.beginPath()
        bow.moveTo(29, -17)
        bow.curveTo(29 + side * 4, -3, 29 + side * 12, -1, 29 + side * 16, -5)
        bow.curveTo(29 + side * 20, -10, 29 + side * 16, -17, 29, -17)
        canvas.drawPath(bow, stroke=1, fill=0)
