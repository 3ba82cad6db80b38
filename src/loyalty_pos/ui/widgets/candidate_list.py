"""Several people a text may mean."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.rows import DrawnRows, Index, RowsModel
from loyalty_pos.ui.widgets.surfaces import CHIP, ChipKind


@dataclass(frozen=True, slots=True)
class Candidate:
    key: str
    name: str
    initial: str
    detail: str = ""  # "last visit · masked phone", formatted
    chip: str = ""
    chip_kind: ChipKind = "plain"


def _said(row: Candidate, role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return row.name
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return bidi.strip(", ".join(part for part in (row.name, row.detail, row.chip) if part))
    return row.key if role == Qt.ItemDataRole.UserRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: RowsModel[Candidate], parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(56))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        area = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        current = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if current or over:
            box = area.adjusted(1, 2, -1, -2)
            paint.box(painter, box, theme.px(10), "primary_soft" if current else "inset")
            if current and state & QStyle.StateFlag.State_HasFocus:
                paint.focus(painter, box, theme.px(10))
        self._draw_row(painter, area, row, current)
        painter.restore()

    def _draw_row(self, painter: QPainter, area: QRectF, row: Candidate, current: bool) -> None:
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        places = paint.Row(area.adjusted(theme.px(10), 0, -theme.px(10), 0), rtl)
        middle = area.center().y()
        face = places.start(theme.px(40), theme.px(12))
        paint.disc(painter, face.center(), theme.px(19), "surface" if current else "primary_soft")
        paint.text(painter, face, row.initial, theme.font("input", 700), "on_primary_soft", "center")
        if row.chip:
            ink, ground = CHIP[row.chip_kind]
            font = theme.font("secondary", 600)
            chip = places.end(paint.width_of(row.chip, font) + theme.px(18), theme.px(10))
            shape = QRectF(chip.left(), middle - theme.px(13), chip.width(), theme.px(26))
            paint.box(painter, shape, shape.height() / 2, ground)
            paint.text(painter, shape, row.chip, font, ink, "center")
        rest = places.rest()
        half = theme.px(22)
        name = QRectF(rest.left(), middle - half, rest.width(), half)
        detail = QRectF(rest.left(), middle + 1, rest.width(), theme.px(20))
        paint.text(painter, name if row.detail else rest, row.name, theme.font("input", 600), "text")
        paint.text(painter, detail, row.detail, theme.font("secondary"), "text2")


class CandidateList(theme.Dressed, DrawnRows[RowsModel[Candidate]]):
    """Choose a person: arrows move, Enter or a tap chooses, Home is the first."""

    picked = Signal(str)  # the key

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(RowsModel(_said), _Delegate, parent)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.clicked.connect(lambda index: self.picked.emit(self._model.rows[index.row()].key))
        self.dress_now()

    def dress(self) -> None:
        self.setMinimumHeight(theme.px(56))
        self.doItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(56) * max(1, min(6, self._model.rowCount())) + 2)

    def set_candidates(self, candidates: Sequence[Candidate], name: str | None = None) -> None:
        """Show these, the first one current."""
        if name is not None:
            self.setAccessibleName(bidi.strip(name))
        self._model.fill(candidates)
        self.go_to(0)
        self.updateGeometry()

    def move_by(self, rows: int) -> None:
        """Move the current row, for keys pressed in the search field."""
        self.go_to(self.currentIndex().row() + rows)

    def pick_current(self) -> None:
        """Choose the current row, for Enter pressed in the search field."""
        if key := self.current_key():
            self.picked.emit(key)

    def current_key(self) -> str:
        """Return the current row's key, or ""."""
        row = self.currentIndex().row()
        return self._model.rows[row].key if 0 <= row < len(self._model.rows) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pick_current()
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            event.ignore()  # letters belong to the search field, not to a search of the list's own
