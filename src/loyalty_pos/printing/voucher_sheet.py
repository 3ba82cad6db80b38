"""Vouchers by the thousand on A4, eight to a page: what repeats is drawn once, what is shaped is kept."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.app.papers import VoucherPaper
from loyalty_pos.printing.barcodes import QUIET_MODULES
from loyalty_pos.printing.code_c import bars_of
from loyalty_pos.printing.direction import clean
from loyalty_pos.printing.shaped import Line, Style, Weight, fit, font, line, wrap

WIDTH, HEIGHT = A4
COLUMNS, ROWS = 2, 4
EACH = COLUMNS * ROWS
MARGIN, GUTTER, FOOT = 28.0, 10.0, 26.0
CELL_WIDTH = (WIDTH - 2 * MARGIN - GUTTER) / COLUMNS
CELL_HEIGHT = (HEIGHT - MARGIN - FOOT - ROWS * GUTTER) / ROWS
PAD = 12.0
ROOM = CELL_WIDTH - 2 * PAD
_BARS_HIGH, _BARS_UP, _CODE_UP = 34.0, 46.0, 33.0
_MODULES = (1.2, 1.1, 1.0, 0.9, 0.8, 0.71)
"""Widths of the thinnest bar in points, widest first; the last is a quarter of a millimetre."""
_SHAPED_KEPT, _PLANS_KEPT = 4_096, 512
_LATIN = Style(Weight.BOLD, 11, rtl=False)


def voucher_sheets(
    papers: Iterable[VoucherPaper],
    path: Path,
    page_text: str,
    count: int,
    numerals: str = "0123456789",
    told: Callable[[int], object] = lambda drawn: None,
) -> None:
    """Write vouchers on as many pages as they need; the same records always give the same bytes.

    `count` says how many there are and `page_text` has places for {page} and {pages}; `told` hears how
    many are drawn. Raises ValueError
    for a barcode of anything but digits, and for one that is too long for its place.
    """
    for weight in Weight:
        font(weight)
    canvas = Canvas(str(path), pagesize=A4, initialFontName=Weight.MEDIUM.value, invariant=1)
    canvas.setCreator("Loyalty POS")
    pages, digits = max(1, -(-count // EACH)), str.maketrans("0123456789", numerals)
    drawing = _Drawing(canvas)
    for number, few in enumerate(_by_page(papers), 1):
        if number == 1:
            canvas.setTitle(clean(few[0].value_text))
            canvas.setAuthor(clean(few[0].shop_name))
        for place, paper in enumerate(few):
            drawing.voucher(paper, place)
        page = page_text.format(page=str(number).translate(digits), pages=str(pages).translate(digits))
        drawing.foot(few[0].language, page)
        pack(canvas)
        told(number * EACH)
    canvas.save()


def pack(canvas: Any) -> None:
    """End a page and keep it compressed: a thousand pages wait for the last one."""
    name = canvas._doc.thisPageName()
    canvas.showPage()
    page = canvas._doc.idToObject[name]
    content = zlib.compress(page.stream.encode())
    page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), content)
    page.stream = ""


def _by_page(papers: Iterable[VoucherPaper]) -> Iterator[list[VoucherPaper]]:
    rest = iter(papers)
    while few := list(islice(rest, EACH)):
        yield few


class _Drawing:
    """One document being drawn: what was shaped and drawn before is put there again."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._forms = 0
        self._plans: dict[tuple[object, ...], str] = {}
        self._shaped: dict[tuple[str, Style], tuple[str, float]] = {}
        self._letters: dict[str, tuple[int, bytes, float] | None] = {}

    def voucher(self, paper: VoucherPaper, place: int) -> None:
        """Draw a voucher in one of a page's places, in reading order."""
        rtl = paper.language == "fa"
        column = place % COLUMNS
        if rtl:
            column = COLUMNS - 1 - column
        left = MARGIN + column * (CELL_WIDTH + GUTTER)
        bottom = HEIGHT - MARGIN - (place // COLUMNS + 1) * (CELL_HEIGHT + GUTTER) + GUTTER
        plan = self._plan(paper, rtl=rtl)
        code = self._canvas._code
        code.append(f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm")
        self._canvas.doForm(plan)
        self._whose(paper.for_text, rtl=rtl)
        code.append(_bars(paper.barcode))
        if paper.code_text:
            self._code(paper.code_text)
        code.append("Q")

    def foot(self, language: str, text: str) -> None:
        """Say under a page which one it is."""
        set_ = line(text, Style(Weight.REGULAR, 8.5, language == "fa"))
        self._canvas.setFillGray(0.25)
        set_.draw(self._canvas, (WIDTH - set_.width) / 2, FOOT - 12)
        self._canvas.setFillGray(0)

    def _plan(self, paper: VoucherPaper, *, rtl: bool) -> str:
        """Draw what a voucher shares with others of its kind, once for all of them."""
        name = (
            paper.language,
            paper.shop_name,
            paper.value_text,
            paper.condition_text,
            paper.expiry_text,
            paper.copy_text,
            *paper.terms,
        )
        found = self._plans.get(name)
        if found is None:
            if len(self._plans) >= _PLANS_KEPT:
                self._plans.clear()
            self._forms += 1
            form = f"voucher{self._forms}"
            self._canvas.beginForm(form, 0, 0, CELL_WIDTH, CELL_HEIGHT)
            _frame(self._canvas, paper, rtl=rtl)
            self._canvas.endForm()
            found = self._plans[name] = form
        return found

    def _whose(self, text: str, *, rtl: bool) -> None:
        style = Style(Weight.SEMIBOLD, 9.5, rtl)
        name = (text, style)
        found = self._shaped.get(name)
        if found is None:
            if len(self._shaped) >= _SHAPED_KEPT:
                self._shaped.clear()
            found = self._shaped[name] = self._operators(_one_line(text, style, ROOM * 0.6))
        drawn, width = found
        left = CELL_WIDTH - PAD - width if rtl else PAD
        self._canvas._code.append(f"q 1 0 0 1 {left:.2f} {CELL_HEIGHT - 21:.2f} cm {drawn} Q")

    def _operators(self, set_: Line) -> tuple[str, float]:
        """Take what drawing a line adds to a page, as seen from where the line begins."""
        code = self._canvas._code
        before = len(code)
        set_.draw(self._canvas, 0, 0)
        drawn = " ".join(code[before:])
        del code[before:]
        return drawn, set_.width

    def _code(self, text: str) -> None:
        """Set a code letter by letter: no two are alike, but their letters are."""
        face, document = font(_LATIN.weight), self._canvas._doc
        subset, codes, width = -1, b"", 0.0
        for letter in text:
            known = self._letters.get(letter)
            if known is None:
                shaped = face.shape(letter, False)
                ((number, encoded),) = face.splitString(shaped.codes, document)
                known = self._letters[letter] = (number, bytes(encoded), shaped.width)
            if subset not in (-1, known[0]):
                set_ = line(text, _LATIN)  # letters of two subsets: as any other line
                set_.draw(self._canvas, (CELL_WIDTH - set_.width) / 2, _CODE_UP)
                return
            subset, codes, width = known[0], codes + known[1], width + known[2]
        left = (CELL_WIDTH - width * _LATIN.size / 1000) / 2
        name = face.getSubsetInternalName(subset, document)
        said = self._canvas._escape(codes)
        self._canvas._code.append(
            f"BT 1 0 0 1 {left:.2f} {_CODE_UP} Tm {name} {_LATIN.size} Tf ({said}) Tj ET"
        )


def _bars(digits: str) -> str:
    """Draw bars as rectangles a module wide at least, in one path."""
    bars, modules = bars_of(digits)
    for module in _MODULES:
        if (modules + 2 * QUIET_MODULES) * module <= CELL_WIDTH:
            break
    else:
        raise ValueError(f"{len(digits)} digits don't fit on a voucher")
    left = (CELL_WIDTH - modules * module) / 2
    return f"q {module} 0 0 {_BARS_HIGH} {left:.2f} {_BARS_UP} cm {bars} f Q"


def _frame(canvas: Any, paper: VoucherPaper, *, rtl: bool) -> None:
    """Draw everything but for whom it is, the bars and the code."""
    canvas.setStrokeGray(0.35)
    canvas.setLineWidth(0.8)
    canvas.setDash(3, 3)
    canvas.roundRect(0.5, 0.5, CELL_WIDTH - 1, CELL_HEIGHT - 1, 9, stroke=1, fill=0)
    canvas.setDash()
    canvas.setFillGray(0)
    shop = _one_line(paper.shop_name, Style(Weight.MEDIUM, 8.5, rtl), ROOM * 0.38)
    shop.draw(canvas, PAD if rtl else CELL_WIDTH - PAD - shop.width, CELL_HEIGHT - 21)
    top = CELL_HEIGHT - 50
    value = _one_line(paper.value_text, Style(Weight.BOLD, 22, rtl), ROOM)
    value.draw(canvas, (CELL_WIDTH - value.width) / 2, top)
    small = Style(Weight.REGULAR, 8.5, rtl)
    top -= 18
    for set_ in wrap(paper.condition_text, small, ROOM, most=3):
        set_.draw(canvas, (CELL_WIDTH - set_.width) / 2, top)
        top -= 12
    under = " · ".join(text for text in (paper.copy_text, paper.expiry_text, *paper.terms) if text)
    for number, set_ in enumerate(wrap(under, Style(Weight.REGULAR, 7, rtl), ROOM, most=2)):
        set_.draw(canvas, (CELL_WIDTH - set_.width) / 2, 20 - 10 * number)


def _one_line(text: str, style: Style, width: float) -> Line:
    """Set a text on one line, smaller or cut short where it must be."""
    sizes = [style.size * part / 10 for part in (10, 9, 8, 7)]
    found = fit(text, style, sizes, width)
    if found is None:
        found = next(iter(wrap(text, style.sized(sizes[-1]), width, most=1)), line("", style))
    return found
