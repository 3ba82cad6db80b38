"""Members' cards and labels by the thousand on A4, to be cut out: fronts, and backs that lie behind them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.app.papers import CardPaper
from loyalty_pos.printing.card import DOT_PT, HEIGHT, WIDTH, CardSide, draw_back, draw_ground, write_front
from loyalty_pos.printing.code_c import bars_of
from loyalty_pos.printing.direction import clean
from loyalty_pos.printing.shaped import Style, Weight, fit, font, line, wrap
from loyalty_pos.printing.voucher_sheet import pack

SHEET_WIDTH, SHEET_HEIGHT = A4
CARD_COLUMNS, CARD_ROWS = 2, 5
CARDS = CARD_COLUMNS * CARD_ROWS
LABEL_COLUMNS, LABEL_ROWS = 3, 8
LABELS = LABEL_COLUMNS * LABEL_ROWS
_CARD = (WIDTH * DOT_PT, HEIGHT * DOT_PT)
_LABEL = (SHEET_WIDTH / LABEL_COLUMNS, SHEET_HEIGHT / LABEL_ROWS)
_PAD, _BARS_HIGH = 14.0, 34.0
_MODULES = (1.2, 1.0, 0.85, 0.71)
"""Widths of the thinnest bar in points; the last is a quarter of a millimetre."""


def card_sheets(papers: Iterable[CardPaper], path: Path) -> None:
    """Draw ten cards to a page, and on the page after it their backs, mirrored for printing on both sides."""
    canvas = _canvas(path)
    canvas.beginForm("ground", 0, 0, *_CARD)
    canvas.scale(DOT_PT, DOT_PT)
    draw_ground(canvas, plain=True)
    canvas.endForm()
    for few in _by_page(papers, CARDS):
        _begin(canvas, few[0])
        for place, paper in enumerate(few):
            _on_card(canvas, paper, place, _front, mirrored=False)
        pack(canvas)
        for place, paper in enumerate(few):
            _on_card(canvas, paper, place, _back, mirrored=True)
        pack(canvas)
    canvas.save()


def label_sheets(papers: Iterable[CardPaper], path: Path) -> None:
    """Draw 24 labels to a page, 70 by 37 mm without a margin: whose it is, the bars, and the number."""
    canvas = _canvas(path)
    for few in _by_page(papers, LABELS):
        _begin(canvas, few[0])
        for place, paper in enumerate(few):
            row, column = divmod(place, LABEL_COLUMNS)
            if paper.language == "fa":
                column = LABEL_COLUMNS - 1 - column
            canvas.saveState()
            canvas.translate(column * _LABEL[0], SHEET_HEIGHT - (row + 1) * _LABEL[1])
            _label(canvas, paper)
            canvas.restoreState()
        pack(canvas)
    canvas.save()


def _canvas(path: Path) -> Any:
    font(Weight.MEDIUM)
    canvas = Canvas(str(path), pagesize=A4, initialFontName=Weight.MEDIUM.value, invariant=1)
    canvas.setCreator("Loyalty POS")
    return canvas


def _begin(canvas: Any, first: CardPaper) -> None:
    canvas.setTitle(clean(first.club_text))
    canvas.setAuthor(clean(first.club_text))


def _by_page(papers: Iterable[CardPaper], each: int) -> Iterator[list[CardPaper]]:
    rest = iter(papers)
    while few := list(islice(rest, each)):
        yield few


def _on_card(
    canvas: Any, paper: CardPaper, place: int, draw: Callable[[CardSide, CardPaper], None], *, mirrored: bool
) -> None:
    """Draw a side in its place: a back lies where its front is when the sheet is turned over."""
    rtl = paper.language == "fa"
    row, column = divmod(place, CARD_COLUMNS)
    if rtl != mirrored:
        column = CARD_COLUMNS - 1 - column
    left = (SHEET_WIDTH - CARD_COLUMNS * _CARD[0]) / 2 + column * _CARD[0]
    bottom = SHEET_HEIGHT - (SHEET_HEIGHT - CARD_ROWS * _CARD[1]) / 2 - (row + 1) * _CARD[1]
    canvas.saveState()
    canvas.translate(left, bottom)
    edge = canvas.beginPath()
    edge.rect(0, 0, *_CARD)
    canvas.clipPath(edge, stroke=0, fill=0)
    canvas.saveState()
    draw(CardSide(canvas, rtl), paper)
    canvas.restoreState()
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.6)  # where it is cut
    canvas.rect(0, 0, *_CARD, stroke=1, fill=0)
    canvas.restoreState()


def _front(side: CardSide, paper: CardPaper) -> None:
    side.canvas.doForm("ground")
    side.canvas.scale(DOT_PT, DOT_PT)
    write_front(side, paper)


def _back(side: CardSide, paper: CardPaper) -> None:
    side.canvas.scale(DOT_PT, DOT_PT)
    draw_back(side, paper)


def _label(canvas: Any, paper: CardPaper) -> None:
    rtl, (width, height) = paper.language == "fa", _LABEL
    room = width - 2 * _PAD
    style = Style(Weight.SEMIBOLD, 11, rtl)
    sizes = [11 - step / 2 for step in range(7)]
    whose = paper.member_text or paper.club_text
    name = fit(whose, style, sizes, room) or next(
        iter(wrap(whose, style.sized(8), room, most=1)), line("", style)
    )
    canvas.setFillGray(0)
    name.draw(canvas, (width - name.width) / 2, height - 26)
    bars, modules = bars_of(paper.barcode)
    module = next((one for one in _MODULES if modules * one <= room), room / modules)
    canvas.saveState()
    canvas.translate((width - modules * module) / 2, 34)
    canvas.scale(module, _BARS_HIGH)
    canvas._code.append(f"{bars} f")
    canvas.restoreState()
    latin = Style(Weight.MEDIUM, 10, rtl=False)
    number = fit(paper.number_text, latin, [10 - step / 2 for step in range(10)], room) or line(
        paper.number_text, latin.sized(5)
    )
    number.draw(canvas, (width - number.width) / 2, 20)
