"""The one number that rules."""

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.flash import Flash

ANNOUNCE_MS = 400


class TotalBar(theme.Dressed, QFrame):
    """Show what is to pay, its unit and what was saved; a screen reader hears it once per pause."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = self._total = self._unit = self._saves = ""
        self._flash = Flash(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(ANNOUNCE_MS)
        self._pause.timeout.connect(self._announce)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def set_content(self, label: str, total: str, unit: str, saves: str = "") -> None:
        """Show a formatted total; `saves` empty hides its line. At no cost when it is so already."""
        if (label, total, unit, saves) == (self._label, self._total, self._unit, self._saves):
            return
        changed = bool(self._total) and total != self._total
        self._label, self._total, self._unit, self._saves = label, total, unit, saves
        self.setAccessibleName(bidi.strip(f"{label}: {total} {unit}" + (f", {saves}" if saves else "")))
        if changed:
            self._pause.start()
            self._flash.light()
        self.update()

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def dress(self) -> None:
        self.setFixedHeight(theme.px(62))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(62))

    def cut_texts(self) -> tuple[str, ...]:
        """Return the texts that have no room beside the total, which itself only shrinks."""
        room = self._places()[0].width()
        return tuple(said for said, need in self._words().items() if said and need > room + 3)

    def _words(self) -> dict[str, int]:
        """Return the words beside the total and the room they need."""
        saves = paint.width_of(self._saves, theme.font("secondary", 600)) + theme.px(22)
        return {self._label: paint.width_of(self._label, theme.font("input", 600)), self._saves: saves}

    def _total_font(self) -> QFont:
        """Return the total's font, smaller only when a very long total needs it."""
        unit = paint.width_of(self._unit, theme.font("section", 500)) + theme.px(8)
        words = max(need if said else 0 for said, need in self._words().items()) + theme.px(12)
        font, room = theme.font("total"), self.width() - unit - words
        while paint.width_of(self._total, font) > room and font.pixelSize() > theme.px(24):
            font = QFont(font)
            font.setPixelSize(font.pixelSize() - 2)
        return font

    def _places(self) -> tuple[QRectF, QRectF, QRectF]:
        """Return where the words, the total and the unit stand."""
        row = paint.Row(QRectF(self.rect()), paint.is_rtl(self))
        unit = row.end(paint.width_of(self._unit, theme.font("section", 500)), theme.px(8))
        total = row.end(paint.width_of(self._total, self._total_font()), theme.px(12))
        return row.rest(), total, unit

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        words, total, unit = self._places()
        if self._flash.isActive():
            paint.box(painter, total.adjusted(-theme.px(6), 0, theme.px(6), 0), theme.px(10), "gain_soft")
        paint.text(painter, total, self._total, self._total_font(), "text", "number")
        paint.text(
            painter, unit.adjusted(0, theme.px(8), 0, 0), self._unit, theme.font("section", 500), "text2"
        )
        middle = words.center().y()
        upper = QRectF(words.left(), middle - theme.px(25), words.width(), theme.px(26))
        if not self._saves:
            upper = words
        paint.text(painter, upper, self._label, theme.font("input", 600), "text2")
        if self._saves:
            lower = QRectF(words.left(), middle + theme.px(1), words.width(), theme.px(24))
            row, side = paint.Row(lower, paint.is_rtl(self)), theme.px(16)
            place = row.start(side, theme.px(6))
            paint.icon(painter, "tag", place.left(), lower.center().y(), side, "gain")
            paint.text(painter, row.rest(), self._saves, theme.font("secondary", 600), "gain")
