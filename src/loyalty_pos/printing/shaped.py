"""Lines of shaped, searchable text: measured, wrapped, fitted and drawn."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any
from unicodedata import category

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr

from loyalty_pos.app.resources import resources_dir
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.printing.direction import Resolved, drawing_order, resolve
from loyalty_pos.printing.fonts import ShapedFont

_JOINERS = {"\u200c", "\u200d"}
_LONGEST_WORD = 400  # letters; more never fit on one line of paper, so they need no measuring


class Weight(StrEnum):
    REGULAR = "Vazirmatn-UI-Regular"
    MEDIUM = "Vazirmatn-UI-Medium"
    SEMIBOLD = "Vazirmatn-UI-SemiBold"
    BOLD = "Vazirmatn-UI-Bold"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: weight, size in the unit of the page, and the paragraph's base direction."""

    weight: Weight
    size: float
    rtl: bool

    def sized(self, size: float) -> "Style":
        return Style(self.weight, size, self.rtl)


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to draw; `width` in the unit of the page."""

    style: Style
    glyphs: Any
    width: float

    def draw(self, canvas: Any, left: float, baseline: float) -> None:
        if self.glyphs:
            canvas.setFont(self.style.weight.value, self.style.size)
            canvas.drawString(left, baseline, self.glyphs)


_fonts: dict[Weight, ShapedFont] = {}


def font(weight: Weight) -> ShapedFont:
    """Load a weight once and make it known to reportlab."""
    known = _fonts.get(weight)
    if known is None:
        path = resources_dir() / "fonts" / f"{weight.value}.ttf"
        known = _fonts[weight] = ShapedFont(weight.value, path)
        pdfmetrics.registerFont(known)
    return known


def forget_crowded_fonts() -> None:
    """Start afresh with fonts that met too many different letters; only between two documents."""
    for weight in [weight for weight, known in _fonts.items() if known.crowded]:
        _fonts.pop(weight).unregister()


def line(text: str, style: Style) -> Line:
    """Set a text on one line, however long."""
    resolved = resolve(text.strip(), style.rtl)
    return _set(resolved.chars, resolved.levels, style)


def wrap(text: str, style: Style, width: float, most: int | None = None) -> list[Line]:
    """Break a text into lines no wider than `width`, at spaces where possible.

    With `most`, what doesn't fit in so many lines ends in an ellipsis. An empty text has no lines.
    """
    resolved = resolve(text, style.rtl)
    spans = _broken(resolved, style, width)
    if most is not None and len(spans) > most:
        spans, last = spans[: most - 1], spans[most - 1]
        return [*_lines(resolved, spans, style), _shortened(resolved, last, style, width)]
    return _lines(resolved, spans, style)


def fit(text: str, style: Style, sizes: Iterable[float], width: float) -> Line | None:
    """Set a text on one line in the first of `sizes` that is narrow enough; `None` if none is."""
    for size in sizes:
        set_ = line(text, style.sized(size))
        if set_.width <= width:
            return set_
    return None


def _lines(resolved: Resolved, spans: Sequence[tuple[int, int]], style: Style) -> list[Line]:
    return [_set(resolved.chars[a:b], resolved.levels[a:b], style) for a, b in spans]


def _set(chars: str, levels: Sequence[int], style: Style) -> Line:
    face = font(style.weight)
    shaped = [face.shape(text, rtl) for text, rtl in drawing_order(chars, levels, style.rtl)]
    places = [place for part in shaped for place in part.places]
    glyphs = ShapedStr("".join(part.codes for part in shaped), shapeData=places)
    return Line(style, glyphs, sum(part.width for part in shaped) * style.size / 1000)


def _measured(resolved: Resolved, start: int, end: int, style: Style) -> float:
    face = font(style.weight)
    parts = drawing_order(resolved.chars[start:end], resolved.levels[start:end], style.rtl)
    return sum(face.shape(text, rtl).width for text, rtl in parts) * style.size / 1000


def _broken(resolved: Resolved, style: Style, width: float) -> list[tuple[int, int]]:
    """Find where lines begin and end; the spaces at their ends belong to no line."""
    spans: list[tuple[int, int]] = []
    start = end = -1
    for word_start, word_end in _words(resolved.chars):
        if start >= 0 and _measured(resolved, start, word_end, style) <= width:
            end = word_end
            continue
        if start >= 0:
            spans.append((start, end))
        start, end = word_start, word_end
        while end - start > _LONGEST_WORD or _measured(resolved, start, end, style) > width:
            cut = _cut(resolved, start, end, style, width)
            if cut >= end:
                break
            spans.append((start, cut))
            start = cut
    if start >= 0:
        spans.append((start, end))
    return spans


def _words(chars: str) -> list[tuple[int, int]]:
    words, at = [], 0
    for word in chars.split(" "):
        if word:
            words.append((at, at + len(word)))
        at += len(word) + 1
    return words


def _cut(resolved: Resolved, start: int, end: int, style: Style, width: float) -> int:
    """Find the last place where a word too long for any line may be broken; at least one letter on."""
    low, high = start + 1, min(end, start + _LONGEST_WORD)
    while low < high:
        middle = (low + high + 1) // 2
        if _measured(resolved, start, middle, style) <= width:
            low = middle
        else:
            high = middle - 1
    cut = low
    while cut > start + 1 and not _breakable(resolved.chars, cut):
        cut -= 1
    if not _breakable(resolved.chars, cut):
        cut = low  # nothing but marks: break anywhere rather than overflow
    return cut


def _breakable(chars: str, at: int) -> bool:
    if at >= len(chars):
        return True
    return not category(chars[at]).startswith("M") and chars[at] not in _JOINERS


def _shortened(resolved: Resolved, span: tuple[int, int], style: Style, width: float) -> Line:
    start, end = span
    base = int(style.rtl)
    while True:
        short = _set(resolved.chars[start:end] + "…", (*resolved.levels[start:end], base), style)
        space = resolved.chars.rfind(" ", start, end)
        if short.width <= width or end <= start:
            return short
        end = space if space > start else end - 1
