"""A strip of receipt paper: drawn from the top in whole dots, as long as its content."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.app.papers import NARROW_DOTS
from loyalty_pos.printing.barcodes import Square, code128, qr, qr_of_letters
from loyalty_pos.printing.direction import clean
from loyalty_pos.printing.shaped import Line, Style, Weight, fit, font, wrap

DOT_PT = 72 / 203
MIN_TEXT = 19  # smaller letters fill with ink
_ASCENT = 0.98  # of the size: from the top of a line to its baseline
_OPTICAL = 0.06  # of the size: digits and capitals stand high in their line
_LEADING = 1.42  # of the size: from one baseline to the next

_Mark = Callable[[Any, int], None]


class Sheet:
    """Collects marks at places counted from the top, then makes the page as long as they reach.

    "Start" is where reading starts: the right edge of a Persian sheet, the left edge of an English
    one; "end" is the other side. `y` is where the next thing goes.
    """

    def __init__(self, language: str, margin: int, width: int) -> None:
        self.rtl = language == "fa"
        self.margin = margin
        self.width = width
        self.room = width - 2 * margin
        self.y = 0
        self._marks: list[_Mark] = []

    @property
    def narrow(self) -> bool:
        """Whether this is the paper of a 58 mm printer."""
        return narrow(self.width)

    def style(self, size: float, weight: Weight = Weight.MEDIUM) -> Style:
        return Style(weight, size, self.rtl)

    def space(self, dots: int) -> None:
        self.y += dots

    def place(self, set_: Line, left: float, top: float, white: bool = False) -> None:
        """Put one line with its left edge and the top of its letters' room at the given dots."""
        baseline = round(top + set_.style.size * _ASCENT)

        def draw(canvas: Any, height: int) -> None:
            canvas.setFillGray(1 if white else 0)
            set_.draw(canvas, round(left), height - baseline)

        self._marks.append(draw)

    def at_start(self, set_: Line, top: float, inset: float = 0, white: bool = False) -> None:
        edge = self.margin + inset
        self.place(set_, self.width - edge - set_.width if self.rtl else edge, top, white)

    def at_end(self, set_: Line, top: float, inset: float = 0, white: bool = False) -> None:
        edge = self.margin + inset
        self.place(set_, edge if self.rtl else self.width - edge - set_.width, top, white)

    def number(self, set_: Line, column: float, top: float, inset: float = 0) -> None:
        """Right-align a line in a column of the given width at the end side: units stand under units."""
        right = self.margin + inset + column if self.rtl else self.width - self.margin - inset
        self.place(set_, right - set_.width, top)

    def block(self, lines: Iterable[Line], align: str = "start", inset: float = 0) -> None:
        """Stack lines below each other at the start or in the centre."""
        for set_ in lines:
            if align == "centre":
                self.place(set_, (self.width - set_.width) / 2, self.y)
            else:
                self.at_start(set_, self.y, inset)
            self.y += leading(set_.style.size)

    def paragraph(
        self,
        text: str,
        size: float,
        weight: Weight = Weight.MEDIUM,
        align: str = "start",
        most: int | None = None,
    ) -> None:
        """Wrap a text over the whole width."""
        self.block(wrap(text, self.style(size, weight), self.room, most), align)

    def rule(self, dashed: bool = False) -> None:
        """Draw a line across, two dots thick."""
        y = self.y

        def draw(canvas: Any, height: int) -> None:
            canvas.setStrokeGray(0)
            canvas.setLineWidth(2)
            canvas.setDash([8, 5] if dashed else [])
            canvas.line(self.margin, height - y - 1, self.width - self.margin, height - y - 1)
            canvas.setDash([])

        self._marks.append(draw)
        self.y += 2

    def box(self, left: int, top: int, width: int, height: int, fill: bool = True, radius: int = 0) -> None:
        """Draw a black or a framed box; a frame is three dots thick and lies inside the box."""
        inset = 0 if fill else 1.5

        def draw(canvas: Any, page: int) -> None:
            canvas.setFillGray(0)
            canvas.setStrokeGray(0)
            canvas.setLineWidth(3)
            corner = (left + inset, page - top - height + inset, width - 2 * inset, height - 2 * inset)
            if radius:
                canvas.roundRect(*corner, radius, stroke=not fill, fill=fill)
            else:
                canvas.rect(*corner, stroke=not fill, fill=fill)

        self._marks.append(draw)

    def inverse(self, set_: Line, height: int) -> None:
        """Draw one centred line in white on a black bar across."""
        self.box(self.margin, self.y, self.room, height)
        self.place(set_, (self.width - set_.width) / 2, self.y + middle(height, set_.style.size), white=True)
        self.y += height

    def drawing(self, mark: Callable[[Any], None], left: float, top: float) -> None:
        """Let `mark` draw with the origin at the given place and y growing upwards, in dots."""

        def draw(canvas: Any, height: int) -> None:
            canvas.saveState()
            canvas.translate(left, height - top)
            mark(canvas)
            canvas.restoreState()

        self._marks.append(draw)

    def barcode(self, digits: str, height: int) -> None:
        """Draw a centred Code 128 with its quiet zones."""
        symbol = code128(digits, self.width)
        left, top = (self.width - symbol.width) // 2, self.y

        def draw(canvas: Any, page: int) -> None:
            canvas.setFillGray(0)
            for at, width in symbol.bars:
                canvas.rect(left + at, page - top - height, width, height, stroke=0, fill=1)

        self._marks.append(draw)
        self.y += height

    def square_code(self, digits: str) -> None:
        """Draw a centred QR code with its quiet zone."""
        self._square(qr(digits))

    def square_letters(self, text: str) -> None:
        """Draw capital letters and digits as a centred QR code as large as the paper allows."""
        self._square(qr_of_letters(text, self.width))

    def _square(self, symbol: Square) -> None:
        left, top = (self.width - symbol.side) // 2, self.y + symbol.quiet

        def draw(canvas: Any, page: int) -> None:
            canvas.setFillGray(0)
            for x, y, width in symbol.runs:
                canvas.rect(left + x, page - top - y - symbol.module, width, symbol.module, stroke=0, fill=1)

        self._marks.append(draw)
        self.y += symbol.side + 2 * symbol.quiet

    def pdf(self, title: str, author: str) -> bytes:
        """Make the one-page document; the same marks always give the same bytes."""
        return document([self], title, author)

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height in points: a hair less than the dots, so that rounding up adds no empty column."""
        return self.width * DOT_PT - 1e-4, self.y * DOT_PT - 1e-4

    def draw(self, canvas: Any) -> None:
        """Put every mark on a page and end it."""
        canvas.setPageSize(self.page_size)
        canvas.scale(DOT_PT, DOT_PT)
        for mark in self._marks:
            mark(canvas, self.y)
        canvas.showPage()


def document(sheets: Sequence[Sheet], title: str, author: str) -> bytes:
    """Make a document with a page for each sheet; the same marks always give the same bytes."""
    font(Weight.MEDIUM)
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=sheets[0].page_size,
        lang="fa-IR" if sheets[0].rtl else "en",
        initialFontName=Weight.MEDIUM.value,
        invariant=1,
    )
    canvas.setTitle(clean(title))
    canvas.setAuthor(clean(author))
    canvas.setSubject(clean(title))
    canvas.setCreator("Loyalty POS")
    canvas.setViewerPreference("PrintScaling", "None")  # whole dots stay whole
    for sheet in sheets:
        sheet.draw(canvas)
    canvas.save()
    return buffer.getvalue()


def narrow(width: int) -> bool:
    """Say whether so many dots are the paper of a 58 mm printer."""
    return width <= NARROW_DOTS


def leading(size: float) -> int:
    return round(size * _LEADING)


def middle(height: float, size: float) -> float:
    """Say how far below a bar's top a line begins to look centred in it."""
    return (height - leading(size)) / 2 + size * _OPTICAL


def shrunk(text: str, style: Style, width: float, least: int = MIN_TEXT) -> Line | None:
    """Set a text on one line as large as fits, from its own size down to `least`."""
    return fit(text, style, range(int(style.size), least - 1, -1), width)


def widest(lines: Iterable[Line]) -> float:
    return max((set_.width for set_ in lines), default=0)
