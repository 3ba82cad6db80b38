"""Nothing here yet: what will be here, and the one way to it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.banner import Action
from loyalty_pos.ui.widgets.buttons import Btn
from loyalty_pos.ui.widgets.text import Tx

_SIDE, _GLYPH = 56, 28


class _Sign(theme.Dressed, QLabel):
    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon = icon
        self.dress_now()

    def dress(self) -> None:
        self.setFixedSize(theme.px(_SIDE), theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area, side = paint.begin(self), QRectF(self.rect()), theme.px(_GLYPH)
        paint.box(painter, area, theme.px(14), "primary_soft")
        left = area.center().x() - side / 2
        paint.icon(painter, self.icon, left, area.center().y(), side, "on_primary_soft")


class Empty(QWidget):
    """Say that there is nothing, what will stand here, and offer the next step with its key."""

    acted = Signal(str)  # the action's key

    def __init__(self, icon: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self._action = ""
        self._sign = _Sign(icon, self)
        self.title = Tx("", "input", weight=600, wrap=True, align="center")
        self.text = Tx("", "secondary", "text2", wrap=True, align="center")
        self.button = Btn("", "soft")
        column, below = QVBoxLayout(self), QHBoxLayout()
        theme.space(column, 10, (16, 24, 16, 16))
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.title, self.text):
            column.addWidget(part)
        below.addStretch(1)
        below.addWidget(self.button)
        below.addStretch(1)
        column.addLayout(below)
        self.button.clicked.connect(lambda: self.acted.emit(self._action))

    def set_content(
        self, title: str, text: str = "", action: Action | None = None, *, icon: str = ""
    ) -> None:
        """Say something else; without an action there is no button."""
        self._sign.icon = icon or self._sign.icon
        self._sign.update()
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleName(bidi.strip(f"{title}. {text}" if text else title))
        self.button.setVisible(action is not None)
        if action is not None:
            self._action = action.key
            self.button.set_content(action.text, icon=action.icon, keycap=action.keycap)
