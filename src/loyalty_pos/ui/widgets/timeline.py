"""What happened, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.rows import DrawnRows, Index, RowsModel


@dataclass(frozen=True, slots=True)
class Amount:
    """What moved, signed, and the colour token that goes with it."""

    text: str
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event; `key` opens more about it when there is more."""

    icon: str
    title: str
    sub: str
    amounts: tuple[Amount, ...] = ()
    key: str = ""
    muted: bool = False


def _said(row: TimelineRow, role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return row.title
    if role == Qt.ItemDataRole.AccessibleTextRole:
        parts = (row.title, row.sub, *(amount.text for amount in row.amounts))
        return bidi.strip(", ".join(part for part in parts if part))
    return None


class _Model(RowsModel[TimelineRow]):
    more_wanted = Signal()
    more = False

    def __init__(self) -> None:
        super().__init__(_said)
        self.cut: set[str] = set()

    def append(self, rows: Sequence[TimelineRow]) -> None:
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += tuple(rows)
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return self.more

    def fetchMore(self, parent: Index) -> None:
        self.more = False
        self.more_wanted.emit()


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: _Model, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(240), theme.px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area, state = self._model.rows[index.row()], QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        current = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver) and bool(row.key)
        if current or over:
            box = area.adjusted(1, 1, -1, -1)
            paint.box(painter, box, theme.px(10), "primary_soft" if current else "inset")
            if current and state & QStyle.StateFlag.State_HasFocus:
                paint.focus(painter, box, theme.px(10))
        self._draw(painter, area, row, rtl=option.direction == Qt.LayoutDirection.RightToLeft)
        painter.restore()

    def _draw(self, painter: QPainter, area: QRectF, row: TimelineRow, *, rtl: bool) -> None:
        px = theme.px
        places = paint.Row(area.adjusted(px(6), 0, -px(6), 0), rtl)
        sign = places.start(px(32), px(10))
        middle = area.center().y()
        paint.disc(painter, sign.center(), px(16), "sunken")
        side = px(17)
        ink = "text3" if row.muted else "primary"
        paint.icon(painter, row.icon, sign.center().x() - side / 2, middle, side, ink)
        font = theme.font("body", 600)
        amounts = row.amounts[:2]
        rest = places.rest()
        # A line keeps clear of the amount beside it only: a narrow pane has no room for a column.
        lines = [QRectF(rest.left(), middle - px(22), rest.width(), px(22))]
        lines.append(QRectF(rest.left(), middle, rest.width(), px(20)))
        for number, amount in enumerate(amounts):
            beside = paint.Row(lines[number], rtl)
            place = beside.end(paint.width_of(amount.text, font), px(4 if number else 8))
            lines[number] = beside.rest()
            if len(amounts) == 1:
                place.moveTop(middle - place.height() / 2)
                lines[1] = QRectF(lines[0].left(), middle, lines[0].width(), px(20))
            paint.text(painter, place, amount.text, font, amount.ink, "number")
        title, sub = lines
        ink = "text3" if row.muted else "text"
        for said, place, font, token in (
            (row.title, title, theme.font("body", 500), ink),
            (row.sub, sub, theme.font("caption"), "text2"),
        ):
            cut = paint.text(painter, place, said, font, token)
            (self._model.cut.add if cut else self._model.cut.discard)(said)


class Timeline(DrawnRows[_Model]):
    """Tell events in rows; a click or Enter on one with a key opens it."""

    opened = Signal(str)
    current_changed = Signal(str)  # the key of the row that was chosen, "" when none is
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_Model(), _Delegate, parent)
        self.setMouseTracking(True)
        self._model.more_wanted.connect(self.more_wanted)
        self.clicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().selectionChanged.connect(self._tell_current)

    def set_rows(self, rows: Sequence[TimelineRow], *, more: bool, name: str) -> None:
        """Show these, none current."""
        self._model.cut = set()
        self.setAccessibleName(bidi.strip(name))
        self._model.more = more
        self._model.fill(rows)

    def append(self, rows: Sequence[TimelineRow], *, more: bool) -> None:
        """Add an older part."""
        self._model.more = more
        self._model.append(rows)

    def current_key(self) -> str:
        """Return the chosen row's key, or ""."""
        row = self._chosen()
        return self._model.rows[row].key if row >= 0 else ""

    def move_by(self, rows: int) -> None:
        """Choose another row, for keys pressed in a search field."""
        self.go_to(self._chosen() + rows)

    def texts(self) -> tuple[TimelineRow, ...]:
        """Return the rows that have come."""
        return self._model.rows

    def open_current(self) -> None:
        """Open the chosen row; while none is chosen, the newest that opens."""
        row = self._chosen()
        if row < 0:
            row = next((number for number, one in enumerate(self._model.rows) if one.key), -1)
        self._open(row)

    def cut(self) -> list[str]:
        """Return the texts of painted rows that had no room."""
        return sorted(self._model.cut)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_current()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._model.rows:
            self.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            event.ignore()

    def _chosen(self) -> int:
        """Return the chosen row or -1; the stock view makes the first row current by the focus alone."""
        return next((index.row() for index in self.selectedIndexes()), -1)

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_key())

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._model.rows) and (key := self._model.rows[row].key):
            self.opened.emit(key)
