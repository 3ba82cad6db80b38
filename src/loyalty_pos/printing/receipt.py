"""The receipt, on 80 mm or 58 mm paper."""

from collections.abc import Sequence

from loyalty_pos.app.papers import ReceiptPaper
from loyalty_pos.printing.shaped import Line, Style, Weight, line, wrap
from loyalty_pos.printing.sheet import MIN_TEXT, Sheet, leading, middle, narrow, shrunk, widest
from loyalty_pos.printing.stamps import Stamps

_MARGIN, _NARROW_MARGIN = 24, 12
_GAP = 22
_LEAST_NAME = 150  # dots a name needs beside its numbers; with less it gets a line of its own
_WHY_LINES, _NARROW_WHY_LINES = 3, 5


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """Draw a receipt, from the shop's name down to the footer."""
    sheet = Sheet(paper.language, _NARROW_MARGIN if narrow(paper.width_dots) else _MARGIN, paper.width_dots)
    sheet.space(18)
    _header(sheet, paper)
    _lines(sheet, paper.lines)
    _paid(sheet, paper)
    _earned(sheet, paper)
    _stamps(sheet, paper)
    _why(sheet, paper)
    _barcode(sheet, paper)
    for text in paper.footer:
        sheet.paragraph(text, MIN_TEXT, align="centre")
    sheet.space(20)
    return sheet.pdf(f"{paper.title} {paper.sale_text}", paper.shop_name)


def _header(sheet: Sheet, paper: ReceiptPaper) -> None:
    if paper.copy_text:
        copy_mark(sheet, paper.copy_text)
    heading(sheet, paper.shop_name, 38, Weight.BOLD)
    sheet.paragraph(paper.title, 24, align="centre")
    sheet.space(2)
    _pair(sheet, paper.date_text, paper.sale_text, sheet.style(23), sheet.style(23))
    sheet.space(4)
    sheet.rule()
    sheet.space(5)
    if paper.member_text or paper.phone_text:
        _pair(sheet, paper.member_text, paper.phone_text, sheet.style(25, Weight.SEMIBOLD), sheet.style(24))
        sheet.space(4)
        sheet.rule(dashed=True)
        sheet.space(5)


def heading(sheet: Sheet, text: str, size: int, weight: Weight) -> None:
    """Set a centred heading: in one line if a little smaller helps, else wrapped."""
    style = sheet.style(size, weight)
    set_ = shrunk(text, style, sheet.room, least=round(size * 0.75))
    lines = [set_] if set_ else wrap(text, style.sized(round(size * 0.75)), sheet.room)
    sheet.block(lines, "centre")


def copy_mark(sheet: Sheet, text: str) -> None:
    """Say in a black label that this paper is a reprint."""
    set_ = shrunk(text, sheet.style(24, Weight.BOLD), sheet.room - 40)
    if set_ is None:
        sheet.paragraph(text, MIN_TEXT, Weight.BOLD, align="centre")
        return
    width = round(set_.width) + 40
    sheet.box((sheet.width - width) // 2, sheet.y, width, 40, radius=8)
    sheet.place(set_, (sheet.width - set_.width) / 2, sheet.y + middle(40, 24), white=True)
    sheet.space(46)


def _pair(sheet: Sheet, first: str, second: str, first_style: Style, second_style: Style) -> None:
    """Set one text at the start and one at the end; below each other when both are long."""
    end = shrunk(second, second_style, sheet.room)
    if end is None:
        sheet.block(wrap(first, first_style, sheet.room))
        sheet.block(wrap(second, second_style.sized(MIN_TEXT), sheet.room))
        return
    room = sheet.room - end.width - _GAP
    start = shrunk(first, first_style, room, least=int(first_style.size) - 3)
    if start is None and room < sheet.room * 0.45:
        sheet.block(wrap(first, first_style, sheet.room))
        sheet.at_end(end, sheet.y)
        sheet.space(leading(end.style.size))
        return
    top = sheet.y
    sheet.block([start] if start else wrap(first, first_style, room))
    sheet.at_end(end, top)
    sheet.y = max(sheet.y, top + leading(second_style.size))


def _amounts(texts: Sequence[str], style: Style, room: float) -> list[Line]:
    """Set a column of amounts in one size, as large as lets the widest into `room`."""
    lines = [line(text, style) for text in texts]
    size = style.size
    while size > MIN_TEXT and widest(lines) > room:
        size -= 1
        lines = [line(text, style.sized(size)) for text in texts]
    return lines


def _lines(sheet: Sheet, rows: Sequence[tuple[str, str]]) -> None:
    style = sheet.style(25)
    amounts = _amounts([amount for _, amount in rows], style, sheet.room * 0.5)
    column = widest(amount for amount in amounts if amount.width <= sheet.room * 0.62)
    for (what, amount_text), amount in zip(rows, amounts, strict=True):
        if amount.width > column:  # too long for any column: under its name, broken if it must be
            sheet.paragraph(what, style.size)
            for part in wrap(amount_text, amount.style, sheet.room):
                sheet.at_end(part, sheet.y)
                sheet.space(leading(part.style.size))
            continue
        top = sheet.y
        sheet.block(wrap(what, style, sheet.room - column - _GAP))
        sheet.number(amount, column, top + (style.size - amount.style.size))
        sheet.y = max(sheet.y, top + leading(style.size))


def _paid(sheet: Sheet, paper: ReceiptPaper) -> None:
    sheet.space(8)
    inset, inner = 16, sheet.room - 32
    label = shrunk(paper.paid_label, sheet.style(28, Weight.SEMIBOLD), inner * 0.45)
    amount = label and shrunk(
        paper.paid_text, sheet.style(38, Weight.BOLD), inner - label.width - _GAP, least=26
    )
    if label and amount:
        height = 72
        sheet.box(sheet.margin, sheet.y, sheet.room, height)
        sheet.at_start(label, sheet.y + middle(height, label.style.size), inset, white=True)
        sheet.at_end(amount, sheet.y + middle(height, amount.style.size), inset, white=True)
        sheet.space(height)
    else:
        _paid_stacked(sheet, paper, inset, inner)
    if paper.saved_text:
        sheet.space(8)
        sheet.paragraph(paper.saved_text, 25, Weight.SEMIBOLD, align="centre")
    sheet.space(6)


def _paid_stacked(sheet: Sheet, paper: ReceiptPaper, inset: int, inner: float) -> None:
    labels = wrap(paper.paid_label, sheet.style(28, Weight.SEMIBOLD), inner)
    style = sheet.style(38, Weight.BOLD)
    fitting = shrunk(paper.paid_text, style, inner, least=26)
    amounts = [fitting] if fitting else wrap(paper.paid_text, style.sized(26), inner)
    top = sheet.y + 8
    height = 16 + sum(leading(set_.style.size) for set_ in [*labels, *amounts])
    sheet.box(sheet.margin, sheet.y, sheet.room, height)
    for set_ in [*labels, *amounts]:
        put = sheet.at_start if set_ in labels else sheet.at_end
        put(set_, top, inset, white=True)
        top += leading(set_.style.size)
    sheet.space(height)


def _earned(sheet: Sheet, paper: ReceiptPaper) -> None:
    if not (paper.earned or paper.notes):
        return
    sheet.rule(dashed=True)
    sheet.space(5)
    if paper.earned_title:
        sheet.paragraph(paper.earned_title, 24, Weight.SEMIBOLD)
    if paper.earned:
        _earned_rows(sheet, paper.earned)
    for note in paper.notes:
        sheet.paragraph(note, 20)
    sheet.space(6)


def _earned_rows(sheet: Sheet, rows: Sequence[tuple[str, str, str]]) -> None:
    style = sheet.style(24)
    amounts = _amounts([row[1] for row in rows], sheet.style(24, Weight.SEMIBOLD), sheet.room * 0.3)
    # narrow paper has no room for what was there before
    balances = ["" if sheet.narrow else row[2] for row in rows]
    after = _amounts(balances, sheet.style(23), sheet.room * 0.36)
    amount_column, after_column = widest(amounts), widest(after)
    inset = after_column + 28 if after_column else 0
    beside = sheet.room - inset - amount_column - _GAP
    for (what, amount_text, _), after_text, amount, balance in zip(
        rows, balances, amounts, after, strict=True
    ):
        if beside < _LEAST_NAME:
            sheet.paragraph(what, style.size)
            _pair(sheet, amount_text, after_text, amount.style, balance.style)
            continue
        top = sheet.y
        sheet.block(wrap(what, style, beside))
        sheet.number(amount, amount_column, top + (style.size - amount.style.size), inset)
        sheet.at_end(balance, top + (style.size - balance.style.size))
        sheet.y = max(sheet.y, top + leading(style.size))


def _stamps(sheet: Sheet, paper: ReceiptPaper) -> None:
    if not paper.stamps:
        return
    if not (paper.earned or paper.notes):
        sheet.rule(dashed=True)
        sheet.space(5)
    texts = [*paper.stamp_counts, *[""] * len(paper.stamps)][: len(paper.stamps)]
    counts = _amounts(texts, sheet.style(23, Weight.SEMIBOLD), sheet.room * 0.3)
    if widest(counts) > sheet.room * 0.4:  # a sentence instead of a count goes to its name
        named = [f"{row.name} {text}" for row, text in zip(paper.stamps, texts, strict=True)]
        counts = [line("", sheet.style(23)) for _ in texts]
    else:
        named = [row.name for row in paper.stamps]
    inset = round(widest(counts)) + _GAP
    rows = [Stamps.fitting(row.have, row.needed, (sheet.room - inset) * 0.62) for row in paper.stamps]
    circles = max(row.width for row in rows)
    for name, drawn, count in zip(named, rows, counts, strict=True):
        _stamp_row(sheet, name, drawn, count, inset, circles)
    sheet.space(4)


def _stamp_row(sheet: Sheet, name: str, drawn: Stamps, count: Line, inset: int, circles: int) -> None:
    """Draw name, circles and count side by side; the first circles of all rows line up."""
    style = sheet.style(23)
    names = wrap(name, style, sheet.room - inset - circles - _GAP)
    if len(names) > (1 if sheet.narrow else 2):  # a long name gets its own lines, the circles the next
        sheet.paragraph(name, style.size)
        names = []
    names_height = leading(style.size) * len(names)
    height = max(names_height, drawn.height, leading(style.size))
    top = sheet.y + 3
    sheet.y = top + (height - names_height) // 2
    sheet.block(names)
    first = sheet.margin + inset
    left = first + circles - drawn.width if sheet.rtl else sheet.width - first - circles
    sheet.drawing(lambda canvas: drawn.draw(canvas, sheet.rtl), left, top + (height - drawn.height) // 2)
    sheet.at_end(count, top + middle(height, count.style.size))
    sheet.y = top + height + 3


def _why(sheet: Sheet, paper: ReceiptPaper) -> None:
    sheet.rule(dashed=True)
    sheet.space(5)
    for text in paper.why:
        sheet.paragraph(text, 20, most=_NARROW_WHY_LINES if sheet.narrow else _WHY_LINES)
    if paper.why:
        sheet.space(6)


def _barcode(sheet: Sheet, paper: ReceiptPaper) -> None:
    if paper.barcode:
        sheet.space(4)
        sheet.barcode(paper.barcode, 72)
        sheet.space(4)
    if paper.barcode_text:
        sheet.paragraph(paper.barcode_text, 21, align="centre")
        sheet.space(4)
