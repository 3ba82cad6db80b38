"""One choice out of few."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme


class _Segment(theme.Dressed, QRadioButton):
    """A radio button in another dress: role, state, Space and arrows come with it."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dress_now()

    def dress(self) -> None:
        self.setFont(theme.font("secondary", 600))
        self.setFixedHeight(theme.target(40) - theme.px(6))

    def sizeHint(self) -> QSize:
        width = paint.width_of(self.text(), self.font()) + theme.px(24)
        return QSize(width, theme.target(40) - theme.px(6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        if self.isChecked():
            paint.box(painter, area, theme.px(8), "surface", "line")
        ink = "text" if self.isChecked() else "text2"
        paint.text(painter, area, self.text(), self.font(), ink, "center")
        if self.hasFocus():
            paint.focus(painter, area, theme.px(8))


class Segmented(theme.Dressed, QFrame):
    """Choose one of a few."""

    chosen = Signal(str)  # the key, only when a person changed it

    def __init__(self, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._quiet = False
        self._name = ""
        self._segments: list[_Segment] = []
        self._row = QHBoxLayout(self)
        self.setProperty("k", "track")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.buttonToggled.connect(self._toggled)
        self.dress_now()
        self.set_texts(choices)

    def dress(self) -> None:
        edge = theme.px(3)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(theme.px(2))
        self.setFixedHeight(theme.target(40))

    def set_texts(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these (key, text) pairs; the choice stays when its key does."""
        current = self.current()
        if [segment.key for segment in self._segments] != [key for key, _ in choices]:
            self._rebuild([key for key, _ in choices])
        for segment, (_, text) in zip(self._segments, choices, strict=True):
            segment.setText(text)
            segment.setAccessibleName(bidi.strip(text))
            segment.updateGeometry()
        if choices:
            self.set_current(current if current in dict(choices) else choices[0][0])

    def set_name(self, name: str) -> None:
        """Say what is chosen; every segment tells it, as a reader comes to one of them only."""
        self._name = bidi.strip(name)
        self.setAccessibleName(self._name)
        for segment in self._segments:
            segment.setAccessibleDescription(self._name)

    def _rebuild(self, keys: Sequence[str]) -> None:
        for segment in self._segments:
            self._group.removeButton(segment)
            self._row.removeWidget(segment)
            segment.deleteLater()
        self._segments = [_Segment(key, self) for key in keys]
        self.set_name(self._name)
        for segment in self._segments:
            self._group.addButton(segment)
            self._row.addWidget(segment)

    def _toggled(self, segment: _Segment, on: bool) -> None:
        if on and not self._quiet:
            self.chosen.emit(segment.key)

    def current(self) -> str:
        """Return the chosen key, or "" when there is nothing to choose."""
        return next((segment.key for segment in self._segments if segment.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose without a signal."""
        self._quiet = True
        for segment in self._segments:
            if segment.key == key:
                segment.setChecked(True)
        self._quiet = False

    def segments(self) -> tuple[QRadioButton, ...]:
        """Return the buttons in reading order."""
        return tuple(self._segments)
