"""A surrounding that is as high as what stands in it, and scrolls beyond a height."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from loyalty_pos.ui import theme


class LowArea(QScrollArea):
    """Show something whole while it is low, else scroll it up and down; `most` is a length at 100 %."""

    def __init__(self, inside: QWidget, most: int) -> None:
        super().__init__()
        self._most, self._inside = most, inside
        inside.setProperty("k", "clear")
        self.setProperty("k", "clear")
        mine = inside.sizePolicy()
        mine.setVerticalPolicy(QSizePolicy.Policy.Ignored)  # else it is as high as at its least width
        inside.setSizePolicy(mine)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        inside.installEventFilter(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = self._inside
        high = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        return min(high, theme.px(self._most))

    def sizeHint(self) -> QSize:
        inside = self._inside.sizeHint()
        return QSize(inside.width(), min(inside.height(), theme.px(self._most)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width() + self._bar(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()
