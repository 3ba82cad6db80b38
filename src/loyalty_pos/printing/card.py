"""The member card: front and back in the size of a bank card (CR80), at 300 dpi."""

import io
from collections.abc import Iterable
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.app.papers import CardPaper
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.printing.barcodes import code128
from loyalty_pos.printing.direction import clean
from loyalty_pos.printing.shaped import Line, Style, Weight, fit, font, wrap

DOT_PT = 72 / 300
WIDTH, HEIGHT = 1011, 638  # 85.6 mm x 54 mm
BLEED = 36  # 3 mm on every side
_SAFE = 66  # nothing to read lies nearer to the edge
_MODULE_DOTS = (6, 5, 4, 3)
_BARS_TOP, _BARS_HEIGHT = 118, 190
_LEADING = 1.4
_LEAST = 25  # 6 points
_EMBLEM = 112
_GROUND, _DEEP, _RING = HexColor("#0B6B66"), HexColor("#07403D"), HexColor("#147570")
_WHITE, _GOLD, _ON_GOLD, _INK = (
    HexColor("#FFFFFF"),
    HexColor("#F2A71B"),
    HexColor("#3A2103"),
    HexColor("#000000"),
)
_PALE, _TIER = HexColor("#DCF0ED"), HexColor("#F7C768")


@dataclass
class CardSide:
    """One side of the card; places are dots from its top left corner, the bleed lies outside of them."""

    canvas: Any
    rtl: bool

    def place(self, set_: Line, left: float, top: float, colour: Any) -> None:
        self.canvas.setFillColor(colour)
        set_.draw(self.canvas, round(left), HEIGHT - round(top + set_.style.size))

    def at_start(self, set_: Line, inset: float, top: float, colour: Any) -> None:
        self.place(set_, WIDTH - inset - set_.width if self.rtl else inset, top, colour)

    def at_end(self, set_: Line, inset: float, top: float, colour: Any) -> None:
        self.place(set_, inset if self.rtl else WIDTH - inset - set_.width, top, colour)

    def centred(self, set_: Line, top: float, colour: Any) -> None:
        self.place(set_, (WIDTH - set_.width) / 2, top, colour)


def card_pdf(paper: CardPaper) -> bytes:
    """Draw both sides: club, name and number in front, the number as bars behind."""
    font(Weight.MEDIUM)
    edge = BLEED if paper.bleed else 0
    size = ((WIDTH + 2 * edge) * DOT_PT - 1e-4, (HEIGHT + 2 * edge) * DOT_PT - 1e-4)
    trim = (edge * DOT_PT, edge * DOT_PT, (edge + WIDTH) * DOT_PT, (edge + HEIGHT) * DOT_PT)
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=size,
        lang="fa-IR" if paper.language == "fa" else "en",
        initialFontName=Weight.MEDIUM.value,
        invariant=1,
        trimBox=trim if edge else None,
        bleedBox=(0, 0, *size) if edge else None,
    )
    canvas.setTitle(clean(f"{paper.club_text} {paper.member_text}"))
    canvas.setAuthor(clean(paper.club_text))
    canvas.setCreator("Loyalty POS")
    canvas.setViewerPreference("PrintScaling", "None")
    for draw in (_front, draw_back):
        canvas.scale(DOT_PT, DOT_PT)
        canvas.translate(edge, edge)
        draw(CardSide(canvas, paper.language == "fa"), paper)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _front(side: CardSide, paper: CardPaper) -> None:
    draw_ground(side.canvas)
    write_front(side, paper)


def write_front(side: CardSide, paper: CardPaper) -> None:
    """Write what is one member's own, and the club's, upon the ground."""
    room = WIDTH - 2 * _SAFE
    beside = _SAFE + _EMBLEM + 28
    _emblem(side.canvas, WIDTH - _SAFE - _EMBLEM if side.rtl else _SAFE, HEIGHT - _SAFE - _EMBLEM)
    club = _fitted(paper.club_text, side, Weight.BOLD, (56, 36), 2, WIDTH - beside - _SAFE)
    under = _fitted(paper.under_text, side, Weight.MEDIUM, (32, _LEAST), 1, WIDTH - beside - _SAFE)
    top = _SAFE + (_EMBLEM - _height([*club, *under])) // 2
    for set_ in club:
        side.at_start(set_, beside, top, _WHITE)
        top += _height([set_])
    for set_ in under:
        side.at_start(set_, beside, top, _PALE)
    tier = _fitted(paper.tier_text, side, Weight.BOLD, (38, _LEAST), 1, room * 0.4)
    number = _latin(paper.number_text, 46, room * 0.56 if tier else room)
    bottom = HEIGHT - _SAFE
    last = bottom - _height(number or tier)
    for set_ in tier:
        side.at_end(set_, _SAFE, last, _TIER)
    name = _fitted(paper.member_text, side, Weight.SEMIBOLD, (52, 36), 2, room)
    top = bottom - _height([*name, *number])
    for set_, colour in [*((one, _WHITE) for one in name), *((one, _TIER) for one in number)]:
        side.at_start(set_, _SAFE, top, colour)
        top += _height([set_])


def draw_back(side: CardSide, paper: CardPaper) -> None:
    symbol = code128(paper.barcode, WIDTH - 2 * _SAFE, _MODULE_DOTS)
    left, top = (WIDTH - symbol.width) // 2, _BARS_TOP
    side.canvas.setFillColor(_INK)
    for at, width in symbol.bars:
        side.canvas.rect(left + at, HEIGHT - top - _BARS_HEIGHT, width, _BARS_HEIGHT, stroke=0, fill=1)
    top += _BARS_HEIGHT + 14
    for set_ in _latin(paper.number_text, 46, WIDTH - 2 * _SAFE):
        side.centred(set_, top, _INK)
        top += _height([set_])
    lines = _fitted(paper.return_text, side, Weight.MEDIUM, (32, 28), 3, WIDTH - 2 * _SAFE)
    top = HEIGHT - _SAFE - _height(lines)
    for set_ in lines:
        side.centred(set_, top, _INK)
        top += _height([set_])


def _fitted(
    text: str, side: CardSide, weight: Weight, sizes: tuple[int, int], most: int, room: float
) -> list[Line]:
    """Set a text on one line as large as fits, else on more lines in the smaller size, else cut short."""
    style = Style(weight, sizes[0], side.rtl)
    set_ = fit(text, style, range(sizes[0], sizes[1] - 1, -2), room)
    if set_ is not None:
        return [set_] if text else []
    return wrap(text, style.sized(sizes[1]), room, most)


def _latin(text: str, size: int, room: float) -> list[Line]:
    """Set a number; it is read from left to right in every language, and never cut."""
    style = Style(Weight.SEMIBOLD, size, rtl=False)
    set_ = fit(text, style, range(size, _LEAST - 1, -1), room)
    return [set_] if set_ and text else wrap(text, style.sized(_LEAST), room)


def _height(lines: Iterable[Line]) -> int:
    return sum(round(set_.style.size * _LEADING) for set_ in lines)


def draw_ground(canvas: Any, *, plain: bool = False) -> None:
    """Fill the side to the edge of its bleed, rings like stamps upon it.

    A `plain` one is of one colour: what a sheet draws once for all its cards can hold nothing else.
    """
    left, bottom, width, height = -BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED
    canvas.saveState()
    edge = canvas.beginPath()
    edge.rect(left, bottom, width, height)
    canvas.clipPath(edge, stroke=0, fill=0)
    if plain:
        canvas.setFillColor(_GROUND)
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    else:
        canvas.linearGradient(left, bottom + height, left + width, bottom, (_GROUND, _DEEP))
        canvas.setStrokeAlpha(0.55)
    canvas.setStrokeColor(_RING)
    canvas.setLineWidth(3)
    for row in range(6):
        for column in range(9):
            canvas.circle(column * 136 + row % 2 * 68 - 40, row * 118 + 24, 38, stroke=1, fill=0)
    canvas.restoreState()


def _emblem(canvas: Any, left: float, bottom: float) -> None:
    """Draw a heart on a golden tile, `_EMBLEM` dots square."""
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.setFillColor(_GOLD)
    canvas.roundRect(0, 0, _EMBLEM, _EMBLEM, 26, stroke=0, fill=1)
    canvas.setStrokeColor(_ON_GOLD)
    canvas.setLineWidth(7)
    canvas.setLineJoin(1)
    heart = canvas.beginPath()
    heart.moveTo(56, 28)
    heart.curveTo(68, 38, 86, 48, 86, 66)
    heart.curveTo(86, 88, 62, 90, 56, 72)
    heart.curveTo(50, 90, 26, 88, 26, 66)
    heart.curveTo(26, 48, 44, 38, 56, 28)
    heart.close()
    canvas.drawPath(heart, stroke=1, fill=0)
    canvas.restoreState()
