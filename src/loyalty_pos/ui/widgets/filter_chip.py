"""A chip that narrows a list while it is on."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme

_HIGH, _SIDE, _CROSS = 36, 12, 14
_OFF = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterChip(theme.Dressed, QPushButton):
    """Switch one filter: Space, Enter or a tap; Delete takes one away that is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "ghost")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda on: self.updateGeometry())
        self.dress_now()

    def set_texts(self, text: str, name: str) -> None:
        """Say what is kept, and for ears what kind of thing that is."""
        self.setText(text)
        self.setAccessibleName(bidi.strip(name))
        self.updateGeometry()

    def dress(self) -> None:
        self.setFont(theme.font("secondary", 600))
        self.setFixedHeight(theme.target(_HIGH))

    def sizeHint(self) -> QSize:
        cross = theme.px(_CROSS + 6) if self.isChecked() else 0
        width = paint.width_of(self.text(), self.font()) + cross + 2 * theme.px(_SIDE)
        return QSize(width, theme.target(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in _PRESS or (event.key() in _OFF and self.isChecked())
        if pressed and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = paint.begin(self), QRectF(self.rect())
        on = self.isChecked()
        ink = "on_primary_soft" if on else "text2"
        ground = "primary_soft" if on else "inset" if self.underMouse() else "surface"
        paint.box(painter, area, area.height() / 2, ground, "primary" if on else "line_strong")
        side = theme.px(_SIDE)
        row = paint.Row(area.adjusted(side, 0, -side, 0), paint.is_rtl(self))
        if on:
            cross = row.end(theme.px(_CROSS), theme.px(6))
            paint.icon(painter, "cross", cross.left(), area.height() / 2, cross.width(), ink)
        paint.text(painter, row.rest(), self.text(), self.font(), ink, "center")
        if self.hasFocus():
            paint.focus(painter, area, area.height() / 2)
