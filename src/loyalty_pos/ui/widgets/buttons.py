"""Push buttons, with the key that does the same."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from loyalty_pos.ui import bidi, paint, theme

BtnKind = Literal["primary", "soft", "outline", "ghost", "danger", "toast", "key", "key2"]
BtnSize = Literal["link", "small", "normal", "confirm"]

_INK: dict[str, str] = {
    "primary": "on_primary",
    "soft": "on_primary_soft",
    "outline": "text",
    "ghost": "primary",
    "danger": "on_danger",
    "toast": "on_toast",
    "key": "text",
    "key2": "text",
}
_RING: dict[str, str] = {"primary": "on_primary", "danger": "on_danger", "toast": "on_toast"}
# size: height, font role, weight, icon, side padding
_SIZES: dict[str, tuple[int, str, int, int, int]] = {
    "link": (28, "secondary", 600, 16, 8),
    "small": (36, "secondary", 600, 16, 10),
    "normal": (46, "input", 600, 20, 14),
    "confirm": (60, "section", 700, 24, 18),
}


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()


class Btn(theme.Dressed, QPushButton):
    """Offer one action: icon, verb and the key that does the same.

    A tap leaves the focus where it was, so that typing goes on; Tab and Space reach it.
    """

    def __init__(
        self,
        text: str = "",
        kind: BtnKind = "outline",
        *,
        icon: str = "",
        keycap: str = "",
        size: BtnSize = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._keycap, self._size = icon, keycap, size
        self._kind: str = kind
        self.setProperty("k", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()
        self.dress_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, as Space does."""
        if _is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def set_content(self, text: str, *, icon: str | None = None, keycap: str | None = None) -> None:
        """Change text, and icon or keycap when given; at no cost when it is so already."""
        content = (text, self._icon if icon is None else icon, self._keycap if keycap is None else keycap)
        if content == (self.text(), self._icon, self._keycap):
            return
        _, self._icon, self._keycap = content
        self.setText(text)
        self._name()
        self.updateGeometry()
        self.update()

    @property
    def keycap(self) -> str:
        """The key that does the same; empty where none does."""
        return self._keycap

    def set_kind(self, kind: BtnKind) -> None:
        """Change what the button stands for."""
        self._kind = kind
        theme.set_prop(self, "k", kind)

    def _name(self) -> None:
        self.setAccessibleName(bidi.strip(self.text()))
        self.setAccessibleDescription(self._keycap)

    def dress(self) -> None:
        height, role, weight, _, _ = _SIZES[self._size]
        self.setFont(theme.font(role, weight))
        self.setFixedHeight(theme.target(height))

    def _icon_side(self) -> int:
        return theme.px(_SIZES[self._size][3])

    def _content_width(self) -> int:
        gap = theme.px(8)
        parts = [self._icon_side()] if self._icon else []
        if self.text():
            parts.append(paint.width_of(self.text(), self.font()))
        if self._keycap:
            parts.append(paint.keycap_size(self._keycap)[0])
        return sum(parts) + gap * max(0, len(parts) - 1)

    def sizeHint(self) -> QSize:
        padding = theme.px(_SIZES[self._size][4])
        height = theme.target(_SIZES[self._size][0])
        return QSize(max(self._content_width() + 2 * padding, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._draw_content(painter)
        if self.hasFocus():
            inset = 3 if self._kind in _RING else 0
            ring = _RING.get(self._kind, "primary")
            paint.focus(painter, QRectF(self.rect()), theme.px(12), ring, inset)

    def _draw_content(self, painter: QPainter) -> None:
        ink = _INK[self._kind] if self.isEnabled() else "text3"
        gap, icon = theme.px(8), self._icon_side()
        width = min(self._content_width(), self.width() - theme.px(8))
        left = (self.width() - width) / 2
        row = paint.Row(QRectF(left, 0, width, self.height()), paint.is_rtl(self))
        if self._icon:
            place = row.start(icon, gap)
            paint.icon(painter, self._icon, place.left(), self.height() / 2, icon, ink)
        if self._keycap:
            cap_width, cap_height = paint.keycap_size(self._keycap)
            place = row.end(cap_width, gap)
            cap = QRectF(place.left(), (self.height() - cap_height) / 2, cap_width, cap_height)
            self._draw_keycap(painter, cap)
        if self.text():
            paint.text(painter, row.rest(), self.text(), self.font(), ink, "center")

    def _draw_keycap(self, painter: QPainter, place: QRectF) -> None:
        if self._kind in ("primary", "danger") and self.isEnabled():
            ink = _INK[self._kind]
            painter.setOpacity(0.12)  # more would leave the letters under 4.5 to 1
            paint.box(painter, place, theme.px(5), ink)
            painter.setOpacity(1)
            paint.keycap(painter, place, self._keycap, ink, None, None)
        elif self._kind == "toast":
            paint.keycap(painter, place, self._keycap, "on_toast", None, "toast_text2")
        else:
            paint.keycap(painter, place, self._keycap)


class IconBtn(theme.Dressed, QPushButton):
    """Offer one action by icon alone; `name` is what a screen reader and the tooltip say."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        keycap: str = "",
        kind: BtnKind = "ghost",
        ink: str = "text2",
        size: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keycap, self._ink, self._size = icon, keycap, ink, size
        self.setProperty("k", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.set_content(icon, name)
        self.dress_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, as Space does."""
        if _is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    @property
    def keycap(self) -> str:
        """The key that does the same; empty where none does."""
        return self._keycap

    def set_content(self, icon: str, name: str) -> None:
        """Change icon and name."""
        self._icon = icon
        self.setAccessibleName(bidi.strip(name))
        self.setAccessibleDescription(self._keycap)
        self.setToolTip(f"{name}  {self._keycap}".strip())
        self.update()

    def dress(self) -> None:
        self.setFixedSize(theme.target(self._size), theme.target(self._size))

    def sizeHint(self) -> QSize:
        return QSize(theme.target(self._size), theme.target(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        side = theme.px(min(22, self._size * 0.5))
        ink = self._ink if self.isEnabled() else "line_strong"
        paint.icon(painter, self._icon, (self.width() - side) / 2, self.height() / 2, side, ink)
        if self.hasFocus():
            paint.focus(painter, QRectF(self.rect()), theme.px(12))
