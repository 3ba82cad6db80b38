"""One balance of a member."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.flash import Flash

_EDGE = 10
_SMALLEST = 18


class BalanceTile(theme.Dressed, QFrame):
    """Show what a member has: one big figure, its unit, one line under it."""

    def __init__(
        self,
        icon: str,
        title: str = "",
        big: str = "",
        unit: str = "",
        sub: str = "",
        *,
        sub_color: str = "text2",
        icon_color: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._icon_color = icon, icon_color
        self._title = self._keycap = self._big = ""
        self._flash = Flash(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_content(title, big, unit, sub, sub_color=sub_color)
        self.dress_now()

    def set_content(
        self,
        title: str,
        big: str,
        unit: str = "",
        sub: str = "",
        *,
        sub_color: str = "text2",
        keycap: str = "",
        flash: bool = False,
    ) -> None:
        """Change all texts; `flash` marks once that the figure changed, `keycap` is the key that uses it."""
        if flash and title == self._title and big != self._big:
            self._flash.light()
        self._keycap = keycap
        self._title, self._big, self._unit, self._sub, self._sub_color = title, big, unit, sub, sub_color
        said = f"{title}: {big} {unit}".strip() + (f", {sub}" if sub else "")
        self.setAccessibleName(bidi.strip(said))
        self.updateGeometry()
        self.update()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(90))

    def cut_texts(self) -> tuple[str, ...]:
        """Return the texts that have no room."""
        room = self.width() - 2 * theme.px(_EDGE)
        needs = self._needs(self._figure_font(room))
        return tuple(text for text, need in needs.items() if text and need > room + 2)

    def _needs(self, figure: QFont) -> dict[str, int]:
        unit = paint.width_of(self._unit, theme.font("secondary")) + theme.px(5) if self._unit else 0
        return {
            self._title: paint.width_of(self._title, theme.font("secondary"))
            + theme.px(16 + 6)
            + self._cap(),
            self._big: paint.width_of(self._big, figure) + unit,
            self._sub: paint.width_of(self._sub, theme.font("caption")),
        }

    def _cap(self) -> int:
        return paint.keycap_size(self._keycap)[0] + theme.px(4) if self._keycap else 0

    def _figure_font(self, room: float) -> QFont:
        """Return the figure's font, smaller only when figure and unit need it."""
        font = theme.font("tile")
        while font.pixelSize() > theme.px(_SMALLEST) and self._needs(font)[self._big] > room:
            font = QFont(font)
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def sizeHint(self) -> QSize:
        needs = self._needs(theme.font("tile"))
        return QSize(max(needs.values()) + 2 * theme.px(_EDGE), theme.px(90))

    def minimumSizeHint(self) -> QSize:
        needs = self._needs(self._figure_font(0))
        return QSize(max(needs.values()) + 2 * theme.px(_EDGE), theme.px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area, rtl = QRectF(self.rect()), paint.is_rtl(self)
        paint.box(painter, area, theme.px(12), "gain_soft" if self._flash.isActive() else "inset", "line")
        left, width = theme.px(_EDGE), area.width() - 2 * theme.px(_EDGE)
        top = QRectF(left, theme.px(8), width, theme.px(20))
        row, side = paint.Row(top, rtl), theme.px(16)
        place = row.start(side, theme.px(6))
        paint.icon(painter, self._icon, place.left(), top.center().y(), side, self._icon_color)
        if self._keycap:
            cap = row.end(paint.keycap_size(self._keycap)[0], theme.px(4))
            paint.keycap(painter, cap, self._keycap)
        paint.text(painter, row.rest(), self._title, theme.font("secondary"), "text2")
        middle = paint.Row(QRectF(left, theme.px(28), width, theme.px(34)), rtl)
        font = self._figure_font(width)
        big = middle.start(min(paint.width_of(self._big, font), width), theme.px(5))
        paint.text(painter, big, self._big, font, "text")
        unit = middle.rest().adjusted(0, theme.px(5), 0, 0)
        paint.text(painter, unit, self._unit, theme.font("secondary"), "text2")
        under = QRectF(left, theme.px(63), width, theme.px(20))
        paint.text(painter, under, self._sub, theme.font("caption"), self._sub_color)
