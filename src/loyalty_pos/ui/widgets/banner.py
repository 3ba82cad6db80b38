"""A state that stays until somebody acts."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.buttons import Btn, BtnKind
from loyalty_pos.ui.widgets.text import Tx

BannerKind = Literal["info", "reward", "gain", "danger"]
_LOOKS: dict[str, tuple[str, str]] = {
    "info": ("info", "on_info_soft"),
    "reward": ("note", "reward_text"),
    "gain": ("check", "on_gain_soft"),
    "danger": ("warning", "on_danger_soft"),
}


@dataclass(frozen=True, slots=True)
class Action:
    key: str
    text: str
    kind: BtnKind = "outline"
    icon: str = ""
    keycap: str = ""


class _Sign(theme.Dressed, QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon, self.ink = "info", "text2"
        self.dress_now()

    def dress(self) -> None:
        self.setFixedSize(theme.px(22), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon(paint.begin(self), self.icon, 0, self.height() / 2, self.width(), self.ink)


class Banner(theme.Dressed, QFrame):
    """Say what is the case, then what to do, inside the card it concerns."""

    acted = Signal(str)  # the action's key

    def __init__(
        self,
        kind: BannerKind = "info",
        title: str = "",
        text: str = "",
        actions: Sequence[Action] = (),
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sign = _Sign(self)
        self._title = Tx("", "input", weight=600, wrap=True, parent=self)
        self._text = Tx("", "secondary", wrap=True, parent=self)
        self.buttons: dict[str, Btn] = {}
        self._head, self._column, self._foot = QHBoxLayout(), QVBoxLayout(self), QHBoxLayout()
        self._lay()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_content(kind, title, text, actions, icon=icon)
        self.dress_now()

    def _lay(self) -> None:
        texts = QVBoxLayout()
        theme.space(texts, 2)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        self._head.addWidget(self._sign)
        self._head.addLayout(texts, 1)
        self._column.addLayout(self._head)
        self._column.addLayout(self._foot)

    def dress(self) -> None:
        self._column.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        self._column.setSpacing(theme.px(10) if self.buttons else 0)
        self._head.setSpacing(theme.px(12))
        self._foot.setSpacing(theme.px(10))

    def set_content(
        self,
        kind: BannerKind,
        title: str,
        text: str = "",
        actions: Sequence[Action] = (),
        *,
        icon: str = "",
    ) -> None:
        """Say something else. `icon` empty takes the kind's own."""
        own, ink = _LOOKS[kind]
        theme.set_prop(self, "k", kind)
        self._sign.icon, self._sign.ink = icon or own, ink
        self._sign.update()
        self._title.set_color(ink)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.set_color("text2" if title else ink)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(bidi.strip(f"{title}. {text}" if title and text else title or text))
        self._set_actions(actions)

    def _set_actions(self, actions: Sequence[Action]) -> None:
        for button in self.buttons.values():
            self._foot.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for action in actions:
            button = Btn(action.text, action.kind, icon=action.icon, keycap=action.keycap, parent=self)
            button.clicked.connect(lambda _=False, key=action.key: self.acted.emit(key))
            self._foot.addWidget(button, 1)
            self.buttons[action.key] = button
        self.dress_now()
