"""The lines of a sale: what, how many, how much, and what a reward makes of it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.rows import DrawnRows, Index, RowsModel
from loyalty_pos.ui.widgets.surfaces import CHIP, ChipKind

ROW = 54


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, every text formatted."""

    number: str
    name: str
    detail: str
    quantity: str
    amount: str
    off: str = ""  # what comes off this line
    chip: str = ""
    chip_kind: ChipKind = "gain"
    stamps: str = ""  # what these goods bring


def _said(row: LineRow, role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return row.name
    if role == Qt.ItemDataRole.ToolTipRole:
        return bidi.strip(row.name)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        said = (row.number, row.name, row.quantity, row.amount, row.off, row.chip, row.stamps)
        return bidi.strip(", ".join(part for part in said if part))
    return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: RowsModel[LineRow], parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area, state = self._model.rows[index.row()], QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if state & QStyle.StateFlag.State_Selected:
            box = area.adjusted(1, 2, -1, -2)
            paint.box(painter, box, theme.px(10), "primary_soft")
            if state & QStyle.StateFlag.State_HasFocus:
                paint.focus(painter, box, theme.px(10))
        else:
            painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.color("line"))
        self._draw_row(painter, area, row)
        painter.restore()

    def _draw_row(self, painter: QPainter, area: QRectF, row: LineRow) -> None:
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle, half = area.center().y(), theme.px(21)
        places = paint.Row(area.adjusted(theme.px(8), 0, -theme.px(8), 0), rtl)
        paint.text(
            painter, places.start(theme.px(20), theme.px(8)), row.number, theme.font("caption"), "text3"
        )
        sums = places.end(theme.px(92), theme.px(10))
        top = QRectF(sums.left(), middle - half, sums.width(), half)
        under = QRectF(sums.left(), middle + 1, sums.width(), theme.px(19))
        paint.text(painter, top if row.off else sums, row.amount, theme.font("input", 700), "text", "number")
        paint.text(painter, under, row.off, theme.font("secondary", 600), "gain", "number")
        paint.text(
            painter,
            places.end(theme.px(46), theme.px(6)),
            row.quantity,
            theme.font("body"),
            "text2",
            "center",
        )
        rest = places.rest()
        names = paint.Row(QRectF(rest.left(), middle - half, rest.width(), half), rtl)
        below = paint.Row(QRectF(rest.left(), middle + 1, rest.width(), theme.px(19)), rtl)
        name_font = theme.font("input", 600)
        wanted, beside = paint.width_of(row.name, name_font), _chips(row)
        while len(beside) > 1 and wanted + _wide(beside) > rest.width():
            _draw_chip(painter, below.end(_chip_width(beside[-1][0]), theme.px(6)), *beside.pop())
        # The chips follow the name, the last ones under it; a name too long even so is cut, never a chip.
        place = names.start(min(wanted, rest.width() - _wide(beside)), theme.px(6))
        paint.text(painter, place, row.name, name_font, "text")
        for text, kind in beside:
            _draw_chip(painter, names.start(_chip_width(text), theme.px(6)), text, kind)
        paint.text(painter, below.rest(), row.detail, theme.font("secondary"), "text2")


def _chips(row: LineRow) -> list[tuple[str, ChipKind]]:
    both: tuple[tuple[str, ChipKind], ...] = ((row.chip, row.chip_kind), (row.stamps, "primary"))
    return [each for each in both if each[0]]


def _wide(chips: list[tuple[str, ChipKind]]) -> int:
    return sum(_chip_width(text) + theme.px(6) for text, _ in chips)


def _draw_chip(painter: QPainter, place: QRectF, text: str, kind: ChipKind) -> None:
    ink, ground = CHIP[kind]
    shape = QRectF(place.left(), place.top() + 1, place.width(), theme.px(20))
    paint.box(painter, shape, shape.height() / 2, ground)
    paint.text(painter, shape, text, theme.font("caption", 600), ink, "center")


def _chip_width(text: str) -> int:
    return paint.width_of(text, theme.font("caption", 600)) + theme.px(12)


class LineList(theme.Dressed, DrawnRows[RowsModel[LineRow]]):
    """Show the lines of a sale; a tap or the arrows highlight one, keys of the page change it."""

    chosen = Signal(int)  # the line, from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RowsModel(_said), _Delegate, parent)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.dress_now()

    def dress(self) -> None:
        self.setMinimumHeight(theme.px(ROW))
        self.doItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(ROW) * max(2, min(6, self._model.rowCount())) + 2)

    @property
    def rows(self) -> tuple[LineRow, ...]:
        """What is shown."""
        return self._model.rows

    def set_rows(self, rows: Sequence[LineRow], chosen: int, name: str) -> None:
        """Show these lines with one highlighted."""
        self.setAccessibleName(bidi.strip(name))
        if tuple(rows) != self._model.rows:
            self._model.fill(rows)
        if chosen != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.go_to(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrows and counts are the page's, letters belong to the search
