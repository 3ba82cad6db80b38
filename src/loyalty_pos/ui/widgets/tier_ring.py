"""Who this is, with the way to the next level around."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from loyalty_pos.ui import bidi, paint, theme


class TierRing(theme.Dressed, QLabel):
    """Draw an initial; around it the tier's ring, filled by `share` (0..1), or one calm line (None)."""

    def __init__(
        self,
        initial: str = "",
        share: float | None = None,
        *,
        tier: str = "",
        size: int = 64,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.set_content(initial, share, tier=tier, name=name)
        self.dress_now()

    def set_content(
        self, initial: str, share: float | None = None, *, tier: str = "", name: str = ""
    ) -> None:
        """Change person; `tier` is one of bronze silver gold vip, `name` what a screen reader says."""
        self._initial, self._tier = initial, tier
        self._share = None if share is None else min(1.0, max(0.0, share))
        self.setAccessibleName(bidi.strip(name or initial))
        self.update()

    def dress(self) -> None:
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        thick = max(2.0, area.width() / 16)
        gap = thick * 1.9 if self._share is not None else thick
        paint.disc(painter, area.center(), area.width() / 2 - gap, "primary_soft")
        if self._share is None:
            paint.disc(painter, area.center(), area.width() / 2, None, "line")
        else:
            token = f"ring_{self._tier}" if self._tier else "primary"
            radius = (area.width() - thick) / 2
            paint.ring(painter, area.center(), radius, thick, self._share, token, rtl=paint.is_rtl(self))
        font = QFont(theme.font("name"))
        font.setPixelSize(max(theme.px(12), round(area.width() * 0.31)))
        paint.text(painter, area, self._initial, font, "on_primary_soft", "center")
