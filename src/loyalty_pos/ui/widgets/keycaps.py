"""Keycaps and the bar of key hints."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
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
    """Show the keys that work here: pairs of key and short label; what finds no room is left out."""

    def __init__(self, hints: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[tuple[str, str], ...] = ()
        self.setProperty("k", "foot")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_hints(hints)
        self.dress_now()

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these (key, label) pairs, the most important first."""
        self._hints = tuple(hints)
        self.setAccessibleName(", ".join(f"{key} {bidi.strip(label)}" for key, label in self._hints))
        self.update()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(32))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = paint.begin(self)
        font, gap = theme.font("secondary"), theme.px(6)
        area = QRectF(self.rect()).adjusted(theme.px(16), 0, -theme.px(16), 0)
        row = paint.Row(area, painter.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        for key, label in self._hints:
            cap_width, cap_height = paint.keycap_size(key)
            label_width = paint.width_of(label, font)
            if cap_width + gap + label_width > row.rest().width():
                return
            place = row.start(cap_width, gap)
            cap = QRectF(place.left(), (self.height() - cap_height) / 2, cap_width, cap_height)
            paint.keycap(painter, cap, key)
            paint.text(painter, row.start(label_width, theme.px(16)), label, font, "text2")
