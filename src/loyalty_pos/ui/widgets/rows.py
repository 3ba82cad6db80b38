"""Lists whose rows are drawn: their ground, and what they have in common where all their rows are there."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QWidget

from loyalty_pos.ui import theme

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
Model = TypeVar("Model", bound="RowsModel[Any]")


def opaque(rows: QAbstractItemView) -> None:
    """Let a list bring its own ground, so that no key has to paint the card and the page under it again.

    A ground of ours: to say what Qt's own is, Python would first load every kind of widget there is.
    """
    ground = QWidget()
    rows.setViewport(ground)
    ground.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def paint_ground(rows: QAbstractItemView, event: QPaintEvent) -> None:
    """Paint the ground of the card a list lies on."""
    ground = QPainter(rows.viewport())
    ground.fillRect(event.rect(), theme.color("surface"))
    ground.end()


class Rows(QListView):
    """Bring the ground of the card it lies on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        opaque(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_ground(self, event)
        super().paintEvent(event)


class RowsModel(QAbstractListModel, Generic[Row]):
    """Hold the rows of a list; `said` tells what is said of one by role, None where nothing is."""

    def __init__(self, said: Callable[[Row, int], str | None]) -> None:
        super().__init__()
        self._said = said
        self.rows: tuple[Row, ...] = ()

    def fill(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._said(self.rows[index.row()], role)


class DrawnRows(Rows, Generic[Model]):
    """Show the rows of a model, all of one height, one of them current; each is drawn by a delegate."""

    def __init__(
        self,
        model: Model,
        delegate: Callable[[Model, QObject], QStyledItemDelegate],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        model.setParent(self)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(delegate(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def go_to(self, row: int) -> None:
        """Choose a row and see to it that it shows; past an end, the row there."""
        if self._model.rows:
            index = self._model.index(max(0, min(len(self._model.rows) - 1, row)))
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def middle_of(self, row: int) -> QPointF:
        """Return where a tap on a row would land."""
        return QPointF(self.visualRect(self._model.index(row)).center())
