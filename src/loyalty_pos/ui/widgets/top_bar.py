"""The bar above every page."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.text import Elide
from loyalty_pos.ui.widgets.tier_ring import TierRing

DotState = Literal["ok", "warn", "off"]
HEIGHT = 64
WHO_WIDTH = 220
"""However long a shop is called, the search keeps its room."""


class StatusDot(theme.Dressed, QLabel):
    """A device's icon with its state: a tick-green disc, a saffron ring, or a red bar."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._state = icon, "off"
        self.dress_now()

    def set_state(self, state: DotState, name: str) -> None:
        """Show a state; `name` says it in words. At no cost when it is so already."""
        if (state, name) == (self._state, self.toolTip()):
            return
        self._state = state
        self.setAccessibleName(bidi.strip(name))
        self.setToolTip(name)
        self.update()

    def dress(self) -> None:
        self.setFixedSize(theme.px(40), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        side, radius = theme.px(22), theme.px(6)
        middle = QPointF(self.rect().center())
        paint.icon(painter, self._icon, middle.x() - side / 2, middle.y(), side, "text2")
        away = -1 if paint.is_rtl(self) else 1
        dot = QPointF(middle.x() + away * side * 0.45, middle.y() + side * 0.42)
        paint.disc(painter, dot, radius, "surface")
        if self._state == "ok":
            paint.disc(painter, dot, radius - 1.5, "gain")
        elif self._state == "warn":
            paint.disc(painter, dot, radius - 1, "surface", "reward_text", width=2)
        else:
            paint.disc(painter, dot, radius, "danger")
            bar = QRectF(dot.x() - radius * 0.55, dot.y() - 1, radius * 1.1, 2)
            painter.fillRect(bar, theme.color("on_danger"))


class TopBar(theme.Dressed, QFrame):
    """Hold the page's search field, the devices' state and who works where."""

    def __init__(self, slot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._devices: dict[str, StatusDot] = {}
        self._row, self._dots, texts = QHBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        self._slot = QHBoxLayout()
        self._rule = QFrame(self)
        self._rule.setProperty("k", "rule")
        self._rule.setFixedWidth(1)
        self._name = Elide("", "body", weight=600, parent=self)
        self._detail = Elide("", "caption", "text2", parent=self)
        self._face = TierRing("", None, size=36, parent=self)
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._name)
        texts.addWidget(self._detail)
        texts.addStretch(1)
        self._row.addLayout(self._slot, 1)
        self._row.addLayout(self._dots)
        self._row.addWidget(self._rule)
        self._row.addLayout(texts)
        self._row.addWidget(self._face)
        if slot is not None:
            self.set_slot(slot)
        self.dress_now()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT))
        for text in (self._name, self._detail):
            text.setMaximumWidth(theme.px(WHO_WIDTH))
        self._row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self._row.setSpacing(theme.px(12))

    def set_slot(self, slot: QWidget) -> None:
        """Put a widget (the search field) where reading starts."""
        while self._slot.count():
            item = self._slot.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not slot:
                widget.hide()
        self._slot.addWidget(slot, 1)
        slot.show()

    def set_device(self, icon: str, state: DotState, name: str) -> None:
        """Show a device ("scan", "printer") by its icon; `name` says its state in words."""
        if icon not in self._devices:
            self._devices[icon] = StatusDot(icon, self)
            self._dots.addWidget(self._devices[icon])
        self._devices[icon].set_state(state, name)

    def set_who(self, name: str, detail: str, initial: str) -> None:
        """Show who works at which till, and the date line."""
        self._name.setText(name)
        self._detail.setText(detail)
        self._face.set_content(initial, None, name=name)
