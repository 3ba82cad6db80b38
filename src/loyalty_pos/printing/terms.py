"""The club's terms on A4: one page as long as it can be read, in smaller letters before a second one."""

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.app.terms_paper import TermsPaper, TermsRow
from loyalty_pos.printing.direction import clean
from loyalty_pos.printing.shaped import Line, Style, Weight, font, wrap

WIDTH, HEIGHT = A4
MARGIN, FOOT = 54.0, 58.0
ROOM = WIDTH - 2 * MARGIN
SIZES = (12.5, 11.5, 10.5, 9.5, 8.5, 7.5)


def terms_pdf(paper: TermsPaper) -> bytes:
    """Draw the sheet; the same record always gives the same bytes."""
    font(Weight.MEDIUM)
    laid = _Sheet(paper.language == "fa", SIZES[-1])
    for size in SIZES:
        laid = _laid(paper, size)
        if len(laid.pages) == 1:
            break
    return _document(paper, laid)


class _Sheet:
    """Pages filled from the top in one size of letters; `y` counts downwards in points."""

    def __init__(self, rtl: bool, size: float) -> None:
        self.rtl, self.size = rtl, size
        self.pages: list[list[tuple[Line, float, float]]] = [[]]
        self.y = MARGIN

    def write(
        self, text: str, scale: float = 1.0, weight: Weight = Weight.REGULAR, indent: float = 0
    ) -> None:
        """Write a text in as many lines as it needs."""
        style = Style(weight, self.size * scale, self.rtl)
        for line in wrap(text, style, ROOM - indent):
            tall = style.size * 1.62
            if self.y + tall > HEIGHT - FOOT - 12:
                self.pages.append([])
                self.y = MARGIN
            left = WIDTH - MARGIN - indent - line.width if self.rtl else MARGIN + indent
            self.pages[-1].append((line, left, HEIGHT - self.y - style.size))
            self.y += tall

    def gap(self, lines: float) -> None:
        self.y += self.size * lines


def _laid(paper: TermsPaper, size: float) -> _Sheet:
    sheet = _Sheet(paper.language == "fa", size)
    sheet.write(paper.title, 1.9, Weight.BOLD)
    sheet.write(paper.under_text, 1.05, Weight.MEDIUM)
    sheet.write(paper.made_text, 0.85)
    sheet.gap(1.2)
    for section in paper.sections:
        sheet.write(section.title, 1.2, Weight.SEMIBOLD)
        sheet.gap(0.25)
        for row in section.rows:
            _row(sheet, row)
        sheet.gap(1.0)
    return sheet


def _row(sheet: _Sheet, row: TermsRow) -> None:
    if row.name:
        sheet.write(row.name, 1.0, Weight.SEMIBOLD, indent=sheet.size)
    sheet.write(row.sentence, 1.0, indent=sheet.size)
    sheet.gap(0.45)


def _document(paper: TermsPaper, sheet: _Sheet) -> bytes:
    buffer = io.BytesIO()
    canvas: Any = Canvas(
        buffer,
        pagesize=A4,
        lang="fa-IR" if sheet.rtl else "en",
        initialFontName=Weight.MEDIUM.value,
        invariant=1,
    )
    canvas.setTitle(clean(paper.title))
    canvas.setSubject(clean(paper.under_text))
    canvas.setCreator("Loyalty POS")
    for page in sheet.pages:
        canvas.setFillGray(0)
        for line, left, bottom in page:
            line.draw(canvas, left, bottom)
        _foot(canvas, paper, sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _foot(canvas: Any, paper: TermsPaper, sheet: _Sheet) -> None:
    canvas.setStrokeGray(0.5)
    canvas.setLineWidth(0.7)
    canvas.line(MARGIN, FOOT, WIDTH - MARGIN, FOOT)
    for line in wrap(paper.footer_text, Style(Weight.REGULAR, 8.5, sheet.rtl), ROOM, most=1):
        canvas.setFillGray(0.25)
        line.draw(canvas, WIDTH - MARGIN - line.width if sheet.rtl else MARGIN, FOOT - 16)
