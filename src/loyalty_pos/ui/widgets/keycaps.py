"""Keycaps and the bar of key hints."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme


class Keycap(theme.Dressed, QLabel):
    """Draw a key as it stands on the keyboard; never mirrored."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.dress_now()

    def set_key(self, key: str) -> None:
        """Change the key shown."""
        self._key = key
        self.setAccessibleName(key)
        self.dress_now()
        self.update()

    def dress(self) -> None:
        self.setFixedSize(*paint.keycap_size(self._key))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.keycap(paint.begin(self), QRectF(self.rect()), self._key)


class KeyBar(theme.Dressed, QFrame):
    """Show the keys that work here: pairs of key and short label; what finds no room is left out.

    A tap on a pair is as good as its key; touch makes the bar as high as a finger.
    """

    pressed = Signal(str)  # the key

    def __init__(self, hints: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[tuple[str, str], ...] = ()
        self.setProperty("k", "foot")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_hints(hints)
        self.dress_now()

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these (key, label) pairs, the most important first and the way out last."""
        if tuple(hints) == self._hints:
            return
        self._hints = tuple(hints)
        self.setAccessibleName(", ".join(f"{key} {bidi.strip(label)}" for key, label in self._hints))
        self.update()

    def dress(self) -> None:
        self.setFixedHeight(self._height())

    @staticmethod
    def _height() -> int:
        return theme.px(48 if theme.look().touch else 32)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), self._height())

    def place_of(self, key: str) -> QRectF:
        """Return where a key and its label stand; nothing when there was no room."""
        return next((cap.united(text) for known, _, cap, text in self._places() if known == key), QRectF())

    def _places(self) -> list[tuple[str, str, QRectF, QRectF]]:
        """Return key, label, and where both stand, of every pair that has room; the last one, the way out,
        has it before the others."""
        font, gap = theme.font("secondary"), theme.px(6)
        between = theme.px(24 if theme.look().touch else 16)
        area = QRectF(self.rect()).adjusted(theme.px(16), 0, -theme.px(16), 0)
        row = paint.Row(area, paint.is_rtl(self))
        pairs = [
            (key, label, paint.keycap_size(key)[0], paint.width_of(label, font)) for key, label in self._hints
        ]
        while pairs and sum(c + gap + w + between for *_, c, w in pairs) - between > area.width():
            fits = pairs[-1][2] + gap + pairs[-1][3] <= area.width()
            pairs.pop(-2 if fits and len(pairs) > 1 else -1)
        return [(key, label, row.start(c, gap), row.start(w, between)) for key, label, c, w in pairs]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a tap as the key; the room between two pairs belongs to both."""
        reach = theme.px(8)
        for key, _, cap, label in self._places():
            if cap.united(label).adjusted(-reach, 0, reach, 0).contains(QPointF(event.position())):
                self.pressed.emit(key)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, font = paint.begin(self), theme.font("secondary")
        for key, label, cap, text in self._places():
            height = paint.keycap_size(key)[1]
            place = QRectF(cap.left(), (self.height() - height) / 2, cap.width(), height)
            paint.keycap(painter, place, key)
            paint.text(painter, text, label, font, "text2")
