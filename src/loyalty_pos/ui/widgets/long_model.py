"""The rows of a list of any length: those near what is seen are there, others come when they are seen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi
from loyalty_pos.ui.widgets.surfaces import ChipKind

Index = QModelIndex | QPersistentModelIndex
KEPT = 1_000
"""So many records at most are kept of a list that is brought in stretches."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person as a row says it; every text is formatted. `needed` 0 means no stamp card."""

    key: str
    name: str
    initial: str
    detail: str = ""
    points: str = ""
    credit: str = ""
    have: int = 0
    needed: int = 0
    stamps: str = ""
    last: str = ""
    tier: str = ""
    tone: ChipKind = "plain"
    share: float | None = None  # of the way to the next level; None: no levels here


class LongModel(QAbstractListModel):
    """The records that came, each put into words when it is first seen."""

    more_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.say: Callable[[Any], MemberRow] = lambda record: MemberRow(str(record), str(record), "")
        self.records: dict[int, Any] = {}
        self.count = 0
        self._said: dict[int, MemberRow] = {}
        self._more = False

    def fill(self, records: Sequence[Any], *, more: bool, count: int) -> None:
        """Begin anew with the first records of so many rows."""
        self.beginResetModel()
        self.records, self._said, self._more = dict(enumerate(records)), {}, more
        self.count = count
        self.endResetModel()

    def append(self, records: Sequence[Any], *, more: bool) -> None:
        """Let the list be longer by these."""
        self._more = more
        if records:
            first = self.count
            self.beginInsertRows(QModelIndex(), first, first + len(records) - 1)
            self.records.update(enumerate(records, first))
            self.count += len(records)
            self.endInsertRows()

    def put(self, first: int, records: Sequence[Any]) -> None:
        """Let rows be there that were missing; those farthest from them are let go."""
        self.records.update(enumerate(records, first))
        if len(self.records) > KEPT:
            near = sorted(self.records, key=lambda number: abs(number - first))[: KEPT // 2]
            self.records = {number: self.records[number] for number in near}
            self._said = {number: said for number, said in self._said.items() if number in self.records}
        self.dataChanged.emit(self.index(first), self.index(first + len(records) - 1))

    def speak(self, say: Callable[[Any], MemberRow]) -> None:
        """Put everybody into other words."""
        self.say, self._said = say, {}
        if self.count:
            self.dataChanged.emit(self.index(0), self.index(self.count - 1))

    def row(self, number: int) -> MemberRow | None:
        """Return a row in words, None while it is missing."""
        said = self._said.get(number)
        if said is None and number in self.records:
            said = self._said[number] = self.say(self.records[number])
        return said

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.count

    def canFetchMore(self, parent: Index) -> bool:
        return self._more

    def fetchMore(self, parent: Index) -> None:
        self._more = False
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        said = (row.name, row.tier, row.detail, row.points, row.credit, row.stamps, row.last)
        return bidi.strip(", ".join(part for part in said if part))
