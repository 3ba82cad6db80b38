"""How much of something is used up."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme

WHOLE = 1_000


class ShareBar(theme.Dressed, QWidget):
    """Fill a bar the way the language reads; the words beside it say the same in numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._milli = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def set_share(self, milli: int, said: str) -> None:
        """Fill so many thousandths; `said` is what a screen reader says."""
        self._milli = max(0, min(WHOLE, milli))
        self.setAccessibleName(bidi.strip(said))
        self.update()

    @property
    def share_milli(self) -> int:
        """Return how much is filled."""
        return self._milli

    def dress(self) -> None:
        self.setFixedHeight(theme.px(8))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        paint.box(painter, area, area.height() / 2, "sunken", "line_strong")
        if self._milli:
            wide = max(area.height(), area.width() * self._milli / WHOLE)
            place = paint.Row(area, paint.is_rtl(self)).start(wide)
            paint.box(painter, place, area.height() / 2, "reward_text" if self._milli == WHOLE else "primary")
