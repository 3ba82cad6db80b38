"""Rows that break where they end, as words do."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget

from loyalty_pos.ui import theme


class _Flow(QLayout):
    """Put items side by side from the start side, on as many lines as it takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width: Qt asks a dozen times for every layout

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._put(QRect(0, 0, width, 0), moving=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._put(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def widgets(self) -> list[QWidget]:
        """Return what stands here, in reading order."""
        return [widget for item in self._items if (widget := item.widget()) is not None]

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _put(self, area: QRect, *, moving: bool) -> int:
        """Place the items, or only measure; returns the height they need."""
        gap, left, top, high = theme.px(8), 0, 0, 0
        parent = self.parentWidget()
        reading = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        for item in self._shown():
            size = item.sizeHint()
            if left and left + size.width() > area.width():
                left, top, high = 0, top + high + gap, 0
            if moving:
                place = QRect(area.left() + left, area.top() + top, size.width(), size.height())
                item.setGeometry(QStyle.visualRect(reading, area, place))
            left, high = left + size.width() + gap, max(high, size.height())
        return top + high


class FlowRow(QWidget):
    """A place for chips; `show_all` puts others there, in reading order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self._flow = _Flow(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_all(self, widgets: list[QWidget]) -> None:
        """Hold exactly these; who is no more among them is hidden, and its owner's to delete."""
        old = self._flow.widgets()
        if old == widgets:
            return
        while self._flow.takeAt(0) is not None:
            pass
        for widget in old:
            if widget not in widgets:
                widget.hide()
        for widget in widgets:
            self._flow.addWidget(widget)
            widget.show()
        self.updateGeometry()
