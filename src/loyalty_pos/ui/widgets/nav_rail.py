"""The rail on the starting side."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme

WIDTH = 88
TALL, LOW, GAP = 64, 44, 4
"""Buttons are as tall as they are drawn best, and lower where there are many or the window is low."""


@dataclass(frozen=True, slots=True)
class NavItem:
    key: str
    icon: str
    label: str
    enabled: bool = True


class _RailButton(theme.Dressed, QToolButton):
    """Icon over label; the current page has a pill and a saffron bar at the window's edge."""

    def __init__(self, item: NavItem, checkable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = item.key
        self._icon = item.icon
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_item(item)
        self.dress_now()

    def show_item(self, item: NavItem) -> None:
        self._icon = item.icon
        self.setText(item.label)
        self.setAccessibleName(bidi.strip(item.label))
        self.setEnabled(item.enabled)
        self.update()

    def dress(self) -> None:
        self.setFont(theme.font("caption", 600))
        self.setFixedSize(theme.px(WIDTH), theme.px(TALL))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(LOW))

    def nextCheckState(self) -> None:
        return  # the window says which page is current, after it has changed

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        pill = QRectF(self.rect()).adjusted(theme.px(6), 1, -theme.px(6), -1)
        if self.isChecked() or self.isDown() or self.underMouse():
            painter.setOpacity(1 if self.isChecked() or self.isDown() else 0.5)
            paint.box(painter, pill, theme.px(12), "rail_active")
            painter.setOpacity(1)
        if self.isChecked():
            wide = theme.px(4)
            x = self.width() - wide if paint.is_rtl(self) else 0
            tall = min(theme.px(36), pill.height() - theme.px(8))
            bar = QRectF(x, pill.center().y() - tall / 2, wide, tall)
            paint.box(painter, bar, wide / 2, "reward")
        if not self.isEnabled():
            painter.setOpacity(0.45)
        ink = "on_rail_active" if self.isChecked() else "rail_text"
        side, line = theme.px(24), theme.px(20)
        spare = max(0.0, self.height() - side - line)
        top = spare / 2
        paint.icon(painter, self._icon, (self.width() - side) / 2, top + side / 2, side, ink)
        label = QRectF(0, top + side + min(spare / 6, theme.px(3)), self.width(), line)
        paint.text(painter, label, self.text(), self.font(), ink, "center")
        painter.setOpacity(1)
        if self.hasFocus():
            paint.focus(painter, pill, theme.px(12), "rail_focus")


class _Logo(theme.Dressed, QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dress_now()

    def dress(self) -> None:
        self.setFixedSize(theme.px(WIDTH), theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        side = theme.px(40)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint.box(painter, box, theme.px(11), "reward")
        mark = theme.px(24)
        paint.icon(painter, "heart", box.center().x() - mark / 2, box.center().y(), mark, "on_reward")


class NavRail(theme.Dressed, QFrame):
    """Go between pages; tools (look, language) stand at the bottom."""

    page_chosen = Signal(str)
    tool_chosen = Signal(str)

    def __init__(
        self,
        pages: Sequence[NavItem] = (),
        tools: Sequence[NavItem] = (),
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("k", "rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._logo = _Logo(self)
        self._pages = [self._button(item, checkable=True) for item in pages]
        self._tools = [self._button(item, checkable=False) for item in tools]
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.addWidget(self._logo)
        for button in self._pages:
            self._column.addWidget(button)
        self._column.addStretch(1)
        for button in self._tools:
            self._column.addWidget(button)
        self.setAccessibleName(bidi.strip(name))
        self.dress_now()

    def _button(self, item: NavItem, *, checkable: bool) -> _RailButton:
        button = _RailButton(item, checkable, self)
        chosen = self.page_chosen if checkable else self.tool_chosen
        button.clicked.connect(lambda: chosen.emit(button.key))
        return button

    def dress(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
        self._column.setContentsMargins(0, 0, 0, theme.px(8))
        self._column.setSpacing(theme.px(GAP))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make every button fit."""
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), 0)

    def _fit(self) -> None:
        buttons = [*self._pages, *self._tools]
        room = self.height() - self._logo.height() - theme.px(8)
        each = int(room / max(1, len(buttons))) - theme.px(GAP)
        for button in buttons:
            button.setFixedHeight(max(theme.px(LOW), min(theme.px(TALL), each)))

    def set_texts(self, pages: Sequence[NavItem], tools: Sequence[NavItem], name: str) -> None:
        """Show the same pages and tools in another language or state; keys and order stay."""
        for button, item in zip((*self._pages, *self._tools), (*pages, *tools), strict=True):
            if button.key != item.key:
                raise ValueError(item.key)
            button.show_item(item)
        self.setAccessibleName(bidi.strip(name))

    def set_current(self, key: str) -> None:
        """Mark the page that is open."""
        for button in self._pages:
            button.setChecked(button.key == key)

    def button(self, key: str) -> QToolButton:
        """Return a page's or tool's button."""
        return next(button for button in (*self._pages, *self._tools) if button.key == key)
