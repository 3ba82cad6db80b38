"""A stamp card, drawn."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.speech import Speech
from loyalty_pos.ui.widgets.flash import Flash

_ROW_MAX = 10


class Stamps(theme.Dressed, QFrame):
    """Draw a card of `needed` stamps.

    Filled are had, outlined in green come with this sale, dashed are missing; the last is the gift.
    """

    def __init__(
        self,
        speech: Speech,
        title: str = "",
        have: int = 0,
        pending: int = 0,
        needed: int = 5,
        symbol: str = "cup",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = self._count = ""
        self._flash = Flash(self)
        self.set_content(speech, title, have, pending, needed, symbol, note)
        self.dress_now()

    def set_content(
        self, speech: Speech, title: str, have: int, pending: int, needed: int, symbol: str, note: str = ""
    ) -> None:
        """Show this card; `note` is the line under it, green when this sale fills the card."""
        before = self._title, self._count
        self._title, self._symbol, self._note = title, symbol, note
        self._needed = max(1, needed)
        self._have = min(max(0, have), self._needed)
        self._pending = min(max(0, pending), self._needed - self._have)
        have_said = speech.digits(str(self._have + self._pending))
        self._count = speech.t("{have}/{needed}", have=have_said, needed=speech.digits(str(self._needed)))
        if title and before[0] == title and before[1] != self._count:
            self._flash.light()
        self.setAccessibleName(self._said(speech))
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def _said(self, speech: Speech) -> str:
        numbers = {
            "title": self._title,
            "have": speech.digits(str(self._have)),
            "needed": speech.digits(str(self._needed)),
            "pending": speech.digits(str(self._pending)),
        }
        if self._pending:
            said = speech.t("{title}: {have} of {needed} stamps, {pending} more with this sale", **numbers)
        else:
            said = speech.t("{title}: {have} of {needed} stamps", **numbers)
        return bidi.strip(f"{said}. {self._note}" if self._note else said)

    def calm(self) -> None:
        """Put out the light of a change: this is somebody else's card."""
        self._flash.stop()

    def full(self) -> bool:
        """Return whether the card is full with this sale."""
        return self._have + self._pending == self._needed

    def dress(self) -> None:
        self.setFixedHeight(self.sizeHint().height())

    def _rows(self) -> int:
        return -(-self._needed // _ROW_MAX)

    def _pitch(self, width: float) -> float:
        """Return the distance between two stamps' middles."""
        in_row = min(self._needed, -(-self._needed // self._rows()))
        return min(theme.px(44), (width + theme.px(6)) / in_row)

    def sizeHint(self) -> QSize:
        height = 34 + self._rows() * 40 + (26 if self._note else 6)
        return QSize(theme.px(240), theme.px(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(180), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area, rtl = QRectF(self.rect()), paint.is_rtl(self)
        paint.box(painter, area, theme.px(12), "inset", "line")
        left, width = theme.px(14), area.width() - 2 * theme.px(14)
        row = paint.Row(QRectF(left, theme.px(6), width, theme.px(24)), rtl)
        font = theme.font("body", 600)
        count = row.end(paint.width_of(self._count, font), theme.px(8))
        if self._flash.isActive():
            paint.box(painter, count.adjusted(-theme.px(4), 0, theme.px(4), 0), theme.px(6), "gain_soft")
        paint.text(
            painter, count, self._count, font, "gain" if self._pending or self.full() else "text2", "end"
        )
        paint.text(painter, row.rest(), self._title, font, "text")
        self._draw_stamps(painter, left, width, rtl)
        under = QRectF(left, area.height() - theme.px(29), width, theme.px(22))
        if self._note:
            ink = "gain" if self.full() else "text2"
            paint.text(painter, under, self._note, theme.font("secondary"), ink)

    def _draw_stamps(self, painter: QPainter, left: float, width: float, rtl: bool) -> None:
        pitch, rows = self._pitch(width), self._rows()
        radius = min(theme.px(16), (pitch - theme.px(4)) / 2)
        in_row = -(-self._needed // rows)
        for place in range(self._needed):
            along = radius + (place % in_row) * pitch
            x = left + width - along if rtl else left + along
            y = theme.px(34 + 18 + 40 * (place // in_row))
            self._draw_stamp(painter, QPointF(x, y), radius, place)

    def _draw_stamp(self, painter: QPainter, middle: QPointF, radius: float, place: int) -> None:
        gift = place == self._needed - 1
        if place < self._have:
            paint.disc(painter, middle, radius, "primary")
            ink = "on_primary"
        elif place < self._have + self._pending:
            paint.disc(painter, middle, radius, "gain_soft", "gain", width=2)
            ink = "gain"
        elif gift:
            paint.disc(painter, middle, radius, "reward_soft", "reward_text", width=1.4, dashed=True)
            ink = "reward_text"
        else:
            paint.disc(painter, middle, radius, None, "line_strong", width=1.4, dashed=True)
            ink = "line_strong"
        side = radius * 1.15
        symbol = "gift" if gift else self._symbol
        paint.icon(painter, symbol, middle.x() - side / 2, middle.y(), side, ink)
