"""The rail on the starting side."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme

WIDTH = 88


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
        self.setFixedSize(theme.px(WIDTH), theme.px(64))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(64))

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
            bar = QRectF(x, pill.center().y() - theme.px(18), wide, theme.px(36))
            paint.box(painter, bar, wide / 2, "reward")
        if not self.isEnabled():
            painter.setOpacity(0.45)
        ink = "on_rail_active" if self.isChecked() else "rail_text"
        side = theme.px(24)
        paint.icon(painter, self._icon, (self.width() - side) / 2, theme.px(22), side, ink)
        label = QRectF(0, theme.px(37), self.width(), theme.px(20))
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
        self._column.setSpacing(theme.px(4))

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
