"""A report's table and bars, painted: hundreds of cells, one widget each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyalty_pos.app.report_papers import ReportBar, ReportColumn, ReportTable
from loyalty_pos.ui import bidi, paint, theme

_ROW, _HEAD, _PAD, _BAR_ROW = 32, 44, 8, 30


class ReportTableView(theme.Dressed, QWidget):
    """Show a table as wide as its place; a screen reader hears it row by row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: ReportTable | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def show_table(self, table: ReportTable) -> None:
        """Show another table."""
        self.table = table
        rows = [*table.rows, *([table.total] if table.total else [])]
        spoken = [", ".join(row) for row in rows] or [table.empty]
        self.setAccessibleName(bidi.strip(". ".join([table.title, *spoken])))
        self.dress()
        self.update()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(self._tall()))

    def _tall(self) -> int:
        if self.table is None or not self.table.rows:
            return _ROW
        return _HEAD + _ROW * (len(self.table.rows) + bool(self.table.total))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(self._tall()))

    def paintEvent(self, event: QPaintEvent) -> None:
        table = self.table
        if table is None:
            return
        painter = paint.begin(self)
        width, high = float(self.width()), theme.px(_ROW)
        if not table.rows:
            where = QRectF(0, 0, width, high)
            paint.text(painter, where, table.empty, theme.font("secondary"), "text2")
            return
        top = float(theme.px(_HEAD))
        paint.box(painter, QRectF(0, 0, width, top - theme.px(4)), theme.px(8), "sunken")
        self._heading(painter, table.columns)
        for row in table.rows:
            self._cells(painter, table.columns, row, top, 400)
            top += high
            painter.fillRect(QRectF(0, top - 1, width, 1), theme.color("line"))
        if table.total:
            self._cells(painter, table.columns, table.total, top, 700)

    def _heading(self, painter: QPainter, columns: Sequence[ReportColumn]) -> None:
        """Write titles, what stands in brackets on a line of its own."""
        font, half = theme.font("caption", 600), (theme.px(_HEAD) - theme.px(4)) / 2
        for column, place in zip(columns, self._places(columns), strict=True):
            title, bracket, unit = column.title.partition(" (")
            align = "number" if column.number else "start"
            tall = half if bracket else 2 * half
            paint.text(painter, QRectF(place[0], 0, place[1], tall), title, font, "text2", align)
            if bracket:
                under = QRectF(place[0], half, place[1], half)
                paint.text(painter, under, unit.removesuffix(")"), font, "text2", align)

    def _cells(
        self, painter: QPainter, columns: Sequence[ReportColumn], row: Sequence[str], top: float, weight: int
    ) -> None:
        usual, small, high = theme.font("secondary", weight), theme.font("caption", weight), theme.px(_ROW)
        for column, text, place in zip(columns, row, self._places(columns), strict=True):
            align = "number" if column.number else "start"
            font = usual if paint.width_of(text, usual) <= place[1] else small
            paint.text(painter, QRectF(place[0], top, place[1], high), text, font, "text", align)

    def _places(self, columns: Sequence[ReportColumn]) -> list[tuple[float, float]]:
        """Give each column's left edge and width, the first one where reading starts."""
        whole, start, pad = sum([column.weight for column in columns]), 0.0, theme.px(_PAD)
        found = []
        for column in columns:
            width = self.width() * column.weight / whole
            left = self.width() - start - width if paint.is_rtl(self) else start
            found.append((left + pad, width - 2 * pad))
            start += width
        return found


class ReportBars(theme.Dressed, QWidget):
    """Show who moved, one bar a way: filled up, outlined down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[ReportBar] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def show_bars(self, bars: Sequence[ReportBar], empty: str) -> None:
        """Show other bars, or say that there are none."""
        self._bars, self._empty = bars, empty
        spoken = [f"{one.text}: {one.value_text}" for one in bars] or [empty]
        self.setAccessibleName(bidi.strip(". ".join(spoken)))
        self.dress()
        self.update()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(_BAR_ROW) * max(1, len(self._bars)))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, high = paint.begin(self), theme.px(_BAR_ROW)
        font = theme.font("secondary")
        if not self._bars:
            paint.text(painter, QRectF(self.rect()), self._empty, font, "text2")
        for number, bar in enumerate(self._bars):
            row = paint.Row(QRectF(0, number * high, self.width(), high), paint.is_rtl(self))
            paint.text(painter, row.start(self.width() * 0.34, theme.px(_PAD)), bar.text, font, "text")
            long = max(theme.px(8), self.width() * 0.42 * bar.milli / 1000)
            place = row.start(long, theme.px(_PAD))
            thin = place.adjusted(0, high * 0.28, 0, -high * 0.28)
            fill = "primary" if bar.filled else None
            if bar.milli:
                paint.box(painter, thin, theme.px(4), fill, None if bar.filled else "primary", width=1.5)
            paint.text(painter, row.rest(), bar.value_text, theme.font("secondary", 600), "text")
