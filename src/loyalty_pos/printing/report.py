"""A report on A4: figures in frames, tables whose headings repeat, bars, and a line to sign."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from loyalty_pos.app.report_papers import ReportBar, ReportColumn, ReportFigure, ReportPaper, ReportTable
from loyalty_pos.printing.direction import clean
from loyalty_pos.printing.shaped import Line, Style, Weight, fit, font, line, wrap

WIDTH, HEIGHT = A4
MARGIN, FOOT = 42.0, 64.0
ROOM = WIDTH - 2 * MARGIN
_ROW, _HEAD, _PAD = 19.0, 21.0, 5.0
_CELL, _TITLE = 9.5, 8.5
_TEXT_AT_MOST = 1.3
"""So many times its own part a column of texts may take: they can be cut short, numbers cannot."""
_SAID = 13.0
_WHOLE, _TOGETHER = 10, 2
"""So few rows stay whole; of more, so many stay with the title, and with total and note."""
_BAR_ROW = 17.0
_LEAST = 5.0
"""A number is set as small as this before any of it is left out."""
_SHADE, _RULE = 0.92, 0.65

_Mark = Callable[[Any], None]


def report_pdf(paper: ReportPaper) -> bytes:
    """Draw a report; the same record always gives the same bytes."""
    font(Weight.MEDIUM)
    sheets = _Sheets(paper.language == "fa")
    _head(sheets, paper)
    _figures(sheets, paper.figures)
    for table in paper.tables[: paper.bars_after]:
        _table(sheets, table)
    _bars(sheets, paper)
    for table in paper.tables[paper.bars_after :]:
        _table(sheets, table)
    _sign(sheets, paper)
    return _document(sheets, paper)


class _Sheets:
    """Pages being filled from the top: `y` counts downwards in points, `start` from where reading starts."""

    def __init__(self, rtl: bool) -> None:
        self.rtl = rtl
        self.pages: list[list[_Mark]] = [[]]
        self.y = MARGIN

    def style(self, size: float, weight: Weight = Weight.REGULAR) -> Style:
        return Style(weight, size, self.rtl)

    def holds(self, height: float) -> bool:
        return bool(self.y + height <= HEIGHT - FOOT)

    def turn(self) -> None:
        self.pages.append([])
        self.y = MARGIN

    def left(self, start: float, width: float) -> float:
        """Give the left edge of something that begins so far from the start and is so wide."""
        return WIDTH - start - width if self.rtl else start

    def put(self, set_: Line, start: float, top: float, grey: float = 0) -> None:
        """Put a line with its reading start so far from the start edge of the page."""
        self.at(set_, self.left(start, set_.width), top, grey)

    def at(self, set_: Line, left: float, top: float, grey: float = 0) -> None:
        baseline = HEIGHT - top - set_.style.size

        def draw(canvas: Any) -> None:
            canvas.setFillGray(grey)
            set_.draw(canvas, left, baseline)

        self.pages[-1].append(draw)

    def box(self, start: float, top: float, width: float, height: float, **how: float) -> None:
        """Draw a box: `fill` is how grey it is, `line` how thick its frame, `round` its corners."""
        left, fill, frame = self.left(start, width), how.get("fill"), how.get("line", 0)

        def draw(canvas: Any) -> None:
            canvas.setStrokeGray(how.get("grey", _RULE))
            canvas.setLineWidth(frame)
            if fill is not None:
                canvas.setFillGray(fill)
            bottom = HEIGHT - top - height
            painted = {"stroke": int(frame > 0), "fill": int(fill is not None)}
            canvas.roundRect(left, bottom, width, height, how.get("round", 0), **painted)

        self.pages[-1].append(draw)

    def rule(self, top: float, thick: float = 0.5, grey: float = _RULE) -> None:
        def draw(canvas: Any) -> None:
            canvas.setStrokeGray(grey)
            canvas.setLineWidth(thick)
            canvas.line(MARGIN, HEIGHT - top, WIDTH - MARGIN, HEIGHT - top)

        self.pages[-1].append(draw)


def _one_line(text: str, style: Style, width: float, least: float = 0) -> Line:
    """Set a text on one line, smaller, down to a size, or else cut short where it must be."""
    steps = 6 if not least else int((style.size - least) * 2) + 1
    sizes = [style.size - step / 2 for step in range(steps)]
    found = fit(text, style, sizes, width)
    if found is None:
        found = next(iter(wrap(text, style.sized(sizes[-1]), width, most=1)), line("", style))
    return found


def _head(sheets: _Sheets, paper: ReportPaper) -> None:
    half = ROOM / 2 - _PAD
    sheets.put(_one_line(paper.title, sheets.style(17, Weight.BOLD), ROOM * 0.66), MARGIN, sheets.y)
    _at_end(sheets, _one_line(paper.period_text, sheets.style(9.5), ROOM * 0.32), sheets.y + 5)
    sheets.y += 27
    sheets.put(_one_line(paper.under_text, sheets.style(10.5), half), MARGIN, sheets.y)
    _at_end(sheets, _one_line(paper.made_text, sheets.style(9.5), half), sheets.y + 1)
    sheets.y += 21
    sheets.rule(sheets.y, 1.2, 0)
    sheets.y += 12


def _at_end(sheets: _Sheets, set_: Line, top: float) -> None:
    sheets.put(set_, WIDTH - MARGIN - set_.width, top)


def _figures(sheets: _Sheets, figures: Sequence[ReportFigure]) -> None:
    gap, height = 9.0, 60.0
    width = (ROOM - gap * (len(figures) - 1)) / len(figures)
    for number, one in enumerate(figures):
        start, inner = MARGIN + number * (width + gap), width - 16
        sheets.box(start, sheets.y, width, height, line=0.8, round=5)
        sheets.put(_one_line(one.label, sheets.style(9), inner), start + 8, sheets.y + 6)
        value = _one_line(one.value, sheets.style(13.5, Weight.BOLD), inner, _LEAST)
        sheets.put(value, start + 8, sheets.y + 20)
        sheets.put(_one_line(one.note, sheets.style(8.5), inner), start + 8, sheets.y + 42, 0.25)
    sheets.y += height + 16


def _section(sheets: _Sheets, title: str, at_least: float) -> None:
    if not sheets.holds(24 + at_least):
        sheets.turn()
    sheets.put(_one_line(title, sheets.style(11.5, Weight.SEMIBOLD), ROOM), MARGIN, sheets.y)
    sheets.y += 24


def _table(sheets: _Sheets, table: ReportTable) -> None:
    if not table.rows:
        _section(sheets, table.title, _said_height(sheets, table.empty))
        _say(sheets, table.empty)
        sheets.y += 8
        return
    count = len(table.rows)
    below = _ROW * bool(table.total) + _said_height(sheets, table.note)
    whole = count <= _WHOLE
    _section(sheets, table.title, _HEAD + (count * _ROW + below if whole else _TOGETHER * _ROW))
    widths = _widths(sheets, table)
    _heading(sheets, table.columns, widths)
    for number, row in enumerate(table.rows):
        last = not whole and number == count - _TOGETHER
        if not sheets.holds(_TOGETHER * _ROW + below if last else _ROW):
            sheets.turn()
            _heading(sheets, table.columns, widths)
        _cells(sheets, table.columns, widths, row, sheets.style(_CELL))
        sheets.y += _ROW
        sheets.rule(sheets.y - 2)
    if table.total:
        sheets.box(MARGIN, sheets.y - 1.5, ROOM, _ROW, fill=0.965)
        _cells(sheets, table.columns, widths, table.total, sheets.style(_CELL, Weight.SEMIBOLD))
        sheets.y += _ROW
        sheets.rule(sheets.y - 2, 1.2, 0)
    if table.note:
        _say(sheets, table.note)
    sheets.y += 12


def _said(sheets: _Sheets, text: str) -> list[Line]:
    return wrap(text, sheets.style(8.5), ROOM)


def _said_height(sheets: _Sheets, text: str) -> float:
    return _SAID * len(_said(sheets, text)) if text else 0


def _say(sheets: _Sheets, text: str) -> None:
    for set_ in _said(sheets, text):
        sheets.put(set_, MARGIN, sheets.y + 1, 0.25)
        sheets.y += _SAID
    sheets.y += 5


def _widths(sheets: _Sheets, table: ReportTable) -> list[float]:
    """Give every column its weight's part, but lend what some can spare to those that need more.

    Where all need more than there is, all give way alike; a long text asks for no more than numbers leave.
    """
    rows = [([column.title for column in table.columns], sheets.style(_TITLE, Weight.MEDIUM))]
    rows += [(list(row), sheets.style(_CELL)) for row in table.rows]
    rows += [(list(table.total), sheets.style(_CELL, Weight.SEMIBOLD))] if table.total else []
    whole = sum(column.weight for column in table.columns)
    parts = [ROOM * column.weight / whole for column in table.columns]
    needs = []
    for place, (column, part) in enumerate(zip(table.columns, parts, strict=True)):
        need = max(line(row[place], style).width for row, style in rows) + 2 * _PAD
        needs.append(need if column.number else min(need, part * _TEXT_AT_MOST))
    if sum(needs) >= ROOM:
        return [need * ROOM / sum(needs) for need in needs]
    lack = sum(max(0.0, need - part) for need, part in zip(needs, parts, strict=True))
    spare = ROOM - sum(needs) + lack
    return [
        need if need > part else part - (part - need) * lack / spare
        for need, part in zip(needs, parts, strict=True)
    ]


def _heading(sheets: _Sheets, columns: Sequence[ReportColumn], widths: Sequence[float]) -> None:
    sheets.box(MARGIN, sheets.y - 3, ROOM, _HEAD - 1, fill=_SHADE)
    titles = [column.title for column in columns]
    _cells(sheets, columns, widths, titles, sheets.style(_TITLE, Weight.MEDIUM))
    sheets.y += _HEAD


def _cells(
    sheets: _Sheets,
    columns: Sequence[ReportColumn],
    widths: Sequence[float],
    row: Sequence[str],
    style: Style,
) -> None:
    start = MARGIN
    for column, width, text in zip(columns, widths, row, strict=True):
        set_ = _one_line(text, style, width - 2 * _PAD, _LEAST if column.number else 0)
        top = sheets.y + style.size - set_.style.size  # smaller letters stand on the same line
        if column.number:  # units under units, whatever direction is read
            sheets.at(set_, sheets.left(start, width) + width - _PAD - set_.width, top)
        else:
            sheets.put(set_, start + _PAD, top)
        start += width


def _bars(sheets: _Sheets, paper: ReportPaper) -> None:
    if not paper.bars_title:
        return
    _section(sheets, paper.bars_title, _BAR_ROW if paper.bars else _said_height(sheets, paper.bars_empty))
    if not paper.bars:
        _say(sheets, paper.bars_empty)
    for bar in paper.bars:
        if not sheets.holds(_BAR_ROW):
            sheets.turn()
        _bar(sheets, bar)
    sheets.y += 14


def _bar(sheets: _Sheets, bar: ReportBar) -> None:
    begin, longest = ROOM * 0.36, ROOM * 0.44
    sheets.put(_one_line(bar.text, sheets.style(9.5), begin - _PAD), MARGIN, sheets.y)
    length = max(6.0, longest * bar.milli / 1000)
    how = {"fill": 0.15} if bar.filled else {"line": 1.0, "grey": 0.15}
    sheets.box(MARGIN + begin, sheets.y + 1, length, 9, **how)
    value = _one_line(bar.value_text, sheets.style(9, Weight.SEMIBOLD), ROOM - begin - length - 8)
    sheets.put(value, MARGIN + begin + length + 8, sheets.y)
    sheets.y += _BAR_ROW


def _sign(sheets: _Sheets, paper: ReportPaper) -> None:
    if not paper.signature_text:
        return
    if not sheets.holds(46):
        sheets.turn()
    sheets.y += 26
    sign = _one_line(paper.signature_text, sheets.style(9), ROOM * 0.3)
    sheets.put(sign, MARGIN, sheets.y)
    start, top = MARGIN + sign.width + 8, sheets.y + 11
    left = sheets.left(start, 150)

    def draw(canvas: Any) -> None:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.7)
        canvas.line(left, HEIGHT - top, left + 150, HEIGHT - top)

    sheets.pages[-1].append(draw)


def _document(sheets: _Sheets, paper: ReportPaper) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=A4,
        lang="fa-IR" if sheets.rtl else "en",
        initialFontName=Weight.MEDIUM.value,
        invariant=1,
    )
    canvas.setTitle(clean(paper.title))
    canvas.setAuthor(clean(paper.under_text))
    canvas.setSubject(clean(paper.title))
    canvas.setCreator("Loyalty POS")
    for number, marks in enumerate(sheets.pages, 1):
        for mark in (*marks, *_foot(sheets, paper, number)):
            mark(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _foot(sheets: _Sheets, paper: ReportPaper, number: int) -> list[_Mark]:
    """Draw what stands under every page: where the figures come from, and which page it is."""
    foot = _Sheets(sheets.rtl)
    top = HEIGHT - FOOT + 22
    foot.rule(top - 6, 0.8)
    foot.put(_one_line(paper.footer_text, foot.style(8.5), ROOM * 0.74), MARGIN, top, 0.25)
    numerals = str.maketrans("0123456789", paper.numerals)
    of = [str(one).translate(numerals) for one in (number, len(sheets.pages))]
    page = paper.page_text.format(page=of[0], pages=of[1])
    _at_end(foot, _one_line(page, foot.style(8.5), ROOM * 0.24), top)
    return foot.pages[0]
