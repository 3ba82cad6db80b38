"""Painted charts of the owner's first side; what is drawn is also said in numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyalty_pos.app.board_texts import BarChart, DonutText, GridText, Ranking
from loyalty_pos.ui import bidi, paint, theme

_AXIS_GAP, _LABELS, _LEAST_BAR = 8, 22, 2
_RANK, _RANK_BAR = 52, 6
_GRID_ROW, _GRID_HEAD, _GRID_GAP = 34, 40, 4
_TURN, _TOP = 360 * 16, 90 * 16


class _Chart(theme.Dressed, QWidget):
    """Something painted as wide as its place, of a height of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def tall(self) -> float:
        """Give the height at 100 %."""
        raise NotImplementedError

    def dress(self) -> None:
        self.setFixedHeight(theme.px(self.tall()))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(self.tall()))

    def _changed(self, said: str) -> None:
        self.setAccessibleName(bidi.strip(said))
        self.dress()
        self.update()

    def _say_empty(self, painter: QPainter, text: str) -> None:
        where = QRectF(0, 0, self.width(), theme.px(32))
        paint.text(painter, where, text, theme.font("secondary"), "text2")


class BarsView(_Chart):
    """Bars over time, first ones where reading starts; the axis of amounts stands there too."""

    def __init__(self, high: float = 200, parent: QWidget | None = None) -> None:
        self._high = high
        self.chart: BarChart | None = None
        super().__init__(parent)

    def show_chart(self, chart: BarChart) -> None:
        """Show other bars."""
        self.chart = chart
        spoken = [bar.said for bar in chart.bars if bar.main_milli or bar.rest_milli] or [chart.empty]
        self._changed(". ".join([f"{chart.title}, {chart.unit}", chart.note, *spoken]))

    def tall(self) -> float:
        sold = self.chart is not None and any(bar.main_milli or bar.rest_milli for bar in self.chart.bars)
        return self._high if sold else 32

    def paintEvent(self, event: QPaintEvent) -> None:
        chart = self.chart
        if chart is None:
            return
        painter = paint.begin(self)
        if self.tall() < self._high:
            self._say_empty(painter, chart.empty)
            return
        rtl, font = paint.is_rtl(self), theme.font("caption")
        axis = max([paint.width_of(text, font) for text, _ in chart.ticks], default=0) + theme.px(_AXIS_GAP)
        half = paint.height_of(font) / 2
        plot = QRectF(0 if rtl else axis, half, self.width() - axis, self.height() - theme.px(_LABELS) - half)
        edge = plot.right() if rtl else 0.0
        for text, milli in chart.ticks:
            y = plot.bottom() - plot.height() * milli / 1000
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), theme.color("line"))
            paint.text(painter, QRectF(edge, y - half, axis, 2 * half), text, font, "text3", "number")
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), theme.color("line_strong"))
        self._bars(painter, chart, plot)

    def _bars(self, painter: QPainter, chart: BarChart, plot: QRectF) -> None:
        rtl, font = paint.is_rtl(self), theme.font("caption")
        place = plot.width() / len(chart.bars)
        wide = min(place * 0.66, theme.px(26))
        radius = min(theme.px(3), wide / 3)
        for number, bar in enumerate(chart.bars):
            step = len(chart.bars) - 1 - number if rtl else number
            middle = plot.left() + place * (step + 0.5)
            bottom = plot.bottom()
            for milli, token in ((bar.main_milli, "chart1"), (bar.rest_milli, "chart5")):
                if milli:
                    high = max(float(theme.px(_LEAST_BAR)), plot.height() * milli / 1000)
                    where = QRectF(middle - wide / 2, bottom - high, wide, high)
                    paint.box(painter, where, radius, token)
                    bottom -= high + 1
            if bar.label:
                room = max(place, paint.width_of(bar.label, font))
                under = QRectF(middle - room / 2, plot.bottom() + 2, room, theme.px(_LABELS) - 2)
                paint.text(painter, under, bar.label, font, "text3", "center")


class Legend(_Chart):
    """Name the two parts of bars beside their colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parts: Sequence[str] = ()
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[str]) -> None:
        """Name other parts."""
        self._parts = parts
        self._changed(", ".join(parts))
        self.updateGeometry()

    def tall(self) -> float:
        return 20

    def sizeHint(self) -> QSize:
        font = theme.font("caption")
        wide = sum([paint.width_of(part, font) + theme.px(34) for part in self._parts])
        return QSize(wide, theme.px(self.tall()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, font, side = paint.begin(self), theme.font("caption"), theme.px(12)
        row = paint.Row(QRectF(self.rect()), paint.is_rtl(self))
        for part, colour in zip(self._parts, ("chart1", "chart5"), strict=False):
            place = row.start(side, theme.px(6))
            square = QRectF(place.left(), place.center().y() - side / 2, side, side)
            paint.box(painter, square, theme.px(3), colour)
            paint.text(painter, row.start(paint.width_of(part, font), theme.px(16)), part, font, "text2")


class Donut(_Chart):
    """Parts of a whole around the number they add up to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.donut: DonutText | None = None
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_donut(self, donut: DonutText) -> None:
        """Show other parts."""
        self.donut = donut
        self._changed(donut.said)

    def tall(self) -> float:
        return 132

    def dress(self) -> None:
        self.setFixedSize(theme.px(self.tall()), theme.px(self.tall()))

    def paintEvent(self, event: QPaintEvent) -> None:
        donut = self.donut
        if donut is None:
            return
        painter, thick = paint.begin(self), theme.px(16)
        area = QRectF(self.rect()).adjusted(thick / 2 + 1, thick / 2 + 1, -thick / 2 - 1, -thick / 2 - 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("sunken"), thick))
        painter.drawEllipse(area)
        at, way = _TOP, 1 if paint.is_rtl(self) else -1  # Qt turns against the clock
        gap = 24 if len([1 for _, milli in donut.parts if milli]) > 1 else 0
        for token, milli in donut.parts:
            turn = milli * _TURN // 1000
            if turn > gap:
                painter.setPen(QPen(theme.color(token), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
                painter.drawArc(area, at + way * gap // 2, way * (turn - gap))
            at += way * turn
        middle, high = area.center(), theme.px(30)
        inner = area.width() - thick
        upper = QRectF(middle.x() - inner / 2, middle.y() - high + theme.px(4), inner, high)
        paint.text(painter, upper, donut.number, theme.font("tile"), "text", "center")
        under = upper.translated(0, high - theme.px(4))
        paint.text(painter, under, donut.under, theme.font("caption"), "text2", "center")


class RankView(_Chart):
    """Names with bars under them and numbers at the end, the greatest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.ranking: Ranking | None = None
        super().__init__(parent)

    def show_ranking(self, ranking: Ranking) -> None:
        """Show another list."""
        self.ranking = ranking
        spoken = [f"{row.name}: {row.value}, {row.note}" for row in ranking.rows] or [ranking.empty]
        self._changed(". ".join([ranking.title, *spoken]))

    def tall(self) -> float:
        rows = len(self.ranking.rows) if self.ranking else 0
        return _RANK * rows if rows else 32

    def paintEvent(self, event: QPaintEvent) -> None:
        ranking = self.ranking
        if ranking is None:
            return
        painter, rtl = paint.begin(self), paint.is_rtl(self)
        if not ranking.rows:
            self._say_empty(painter, ranking.empty)
        high, line, thin = theme.px(_RANK), theme.px(20), theme.px(_RANK_BAR)
        for number, one in enumerate(ranking.rows):
            top, width = float(number * high), float(self.width())
            bold, small = theme.font("secondary", 700), theme.font("caption")
            upper = paint.Row(QRectF(0, top, width, line), rtl)
            value = upper.end(paint.width_of(one.value, bold), theme.px(8))
            paint.text(painter, value, one.value, bold, "text", "end")
            paint.text(painter, upper.rest(), one.name, theme.font("secondary", 600), "text")
            track = QRectF(0, top + line + 2, width, thin)
            paint.box(painter, track, thin / 2, "sunken")
            if one.milli:
                part = paint.Row(track, rtl).start(max(float(thin), width * one.milli / 1000))
                paint.box(painter, part, thin / 2, one.colour)
            under = QRectF(0, track.bottom() + 1, width, high - line - thin - 5)
            paint.text(painter, under, one.note, small, "text2")


class GridView(_Chart):
    """A row for each month of joining; every cell is filled from below by the part that came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.grid: GridText | None = None
        super().__init__(parent)

    def show_grid(self, grid: GridText) -> None:
        """Show another grid."""
        self.grid = grid
        spoken = [
            f"{month}, {members}: " + ", ".join([text for text, _ in cells])
            for month, members, cells in grid.rows
        ]
        self._changed(". ".join([grid.title, *(spoken or [grid.empty])]))

    def tall(self) -> float:
        rows = len(self.grid.rows) if self.grid else 0
        return _GRID_HEAD + _GRID_ROW * rows if rows else 32

    def paintEvent(self, event: QPaintEvent) -> None:
        grid = self.grid
        if grid is None:
            return
        painter, rtl = paint.begin(self), paint.is_rtl(self)
        if not grid.rows:
            self._say_empty(painter, grid.empty)
            return
        width, gap, high = float(self.width()), theme.px(_GRID_GAP), theme.px(_GRID_ROW)
        firsts = (width * 0.24, width * 0.11)
        cell = (width - sum(firsts)) / max(1, len(grid.heads) - 2)
        row = paint.Row(QRectF(0, 0, width, theme.px(_GRID_HEAD)), rtl)
        for place, head in enumerate(grid.heads):
            where = row.start(firsts[place] if place < 2 else cell)
            font = theme.font("caption", 600)
            paint.text(painter, where, head, font, "text2", "center" if place else "start")
        for number, (month, members, cells) in enumerate(grid.rows):
            top = theme.px(_GRID_HEAD) + number * high
            row = paint.Row(QRectF(0, top, width, high - gap), rtl)
            paint.text(painter, row.start(firsts[0]), month, theme.font("secondary"), "text")
            paint.text(painter, row.start(firsts[1]), members, theme.font("secondary"), "text", "center")
            for text, milli in cells:
                where = row.start(cell).adjusted(gap / 2, 0, -gap / 2, 0)
                paint.box(painter, where, theme.px(6), "sunken")
                part = where.height() * milli / 1000
                if part >= 1:
                    full = where.adjusted(0, where.height() - part, 0, 0)
                    paint.box(painter, full, min(theme.px(6), part / 2), "primary_soft")
                paint.text(painter, where, text, theme.font("secondary", 600), "text", "center")
