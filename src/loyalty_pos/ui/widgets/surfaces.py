"""Card and chip: the surfaces other widgets stand on."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from loyalty_pos.ui import bidi, paint, theme

ChipKind = Literal["plain", "primary", "reward", "gain", "danger", "info", "bronze", "silver", "gold", "vip"]
Surface = Literal["card", "inset", "reward", "gain", "danger", "info", "primary"]

CHIP: dict[str, tuple[str, str]] = {
    "plain": ("text2", "sunken"),
    "primary": ("on_primary_soft", "primary_soft"),
    "reward": ("reward_text", "reward_soft"),
    "gain": ("on_gain_soft", "gain_soft"),
    "danger": ("on_danger_soft", "danger_soft"),
    "info": ("on_info_soft", "info_soft"),
    "bronze": ("bronze", "sunken"),
    "silver": ("silver", "sunken"),
    "gold": ("gold", "reward_soft"),
    "vip": ("vip", "sunken"),
}


class Card(theme.Dressed, QFrame):
    """Group what belongs together: one line around, no shadow. Put content into `body`."""

    body: QVBoxLayout

    def __init__(
        self, surface: Surface = "card", *, padding: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._padding = padding
        self.setProperty("k", surface)
        self.body = QVBoxLayout(self)
        self.dress_now()

    def dress(self) -> None:
        room = theme.px(self._padding)
        self.body.setContentsMargins(room, room, room, room)
        self.body.setSpacing(theme.px(10))


class Chip(theme.Dressed, QLabel):
    """Say one word about its neighbour, with an icon when colour alone would not tell."""

    def __init__(
        self,
        text: str = "",
        kind: ChipKind = "plain",
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word, self._kind, self._icon = text, kind, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_content(text)
        self.dress_now()

    def set_content(self, text: str, kind: ChipKind | None = None, icon: str | None = None) -> None:
        """Change word, and kind or icon when given."""
        self._word = text
        self._kind = self._kind if kind is None else kind
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(bidi.strip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = theme.font("secondary", 600)
        icon = theme.px(16 + 5) if self._icon else 0
        return QSize(paint.width_of(self._word, font) + icon + theme.px(18), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        ink, ground = CHIP[self._kind]
        area = QRectF(self.rect())
        paint.box(painter, area, area.height() / 2, ground)
        row = paint.Row(area.adjusted(theme.px(9), 0, -theme.px(9), 0), paint.is_rtl(self))
        if self._icon:
            side = theme.px(16)
            paint.icon(painter, self._icon, row.start(side, theme.px(5)).left(), area.height() / 2, side, ink)
        paint.text(painter, row.rest(), self._word, theme.font("secondary", 600), ink, "center")
