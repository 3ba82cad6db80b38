"""The arithmetic behind a row."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.buttons import Btn
from loyalty_pos.ui.widgets.text import Tx


@dataclass(frozen=True, slots=True)
class WhyRow:
    label: str
    value: str = ""
    kind: Literal["plain", "total", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class WhySection:
    title: str
    icon: str = "question"
    rows: Sequence[WhyRow] = ()
    note: str = ""
    muted: bool = False  # a programme that did not take part


class _Head(theme.Dressed, QLabel):
    """A section's icon."""

    def __init__(self, icon: str, ink: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._ink = icon, ink
        self.dress_now()

    def dress(self) -> None:
        self.setFixedSize(theme.px(22), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.px(20)
        paint.icon(
            paint.begin(self), self._icon, (self.width() - side) / 2, self.height() / 2, side, self._ink
        )


class _Section(theme.Dressed, QFrame):
    def __init__(self, section: WhySection, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid, self._rows = QGridLayout(self), section.rows
        self._grid.setColumnStretch(1, 1)
        ink = "text3" if section.muted else "gain"
        self._grid.addWidget(_Head(section.icon, ink, self), 0, 0, Qt.AlignmentFlag.AlignTop)
        title = Tx(
            section.title, "input", "text2" if section.muted else "text", weight=600, wrap=True, parent=self
        )
        self._grid.addWidget(title, 0, 1, 1, 2)
        for row in section.rows:
            self._add(row)
        if section.note:
            note = Tx(section.note, "caption", "text3", wrap=True, parent=self)
            self._grid.addWidget(note, self._grid.rowCount(), 1, 1, 2)
        said = [section.title, *(f"{row.label} {row.value}".strip() for row in section.rows), section.note]
        self.setAccessibleName(bidi.strip(". ".join(part for part in said if part)))
        self.dress_now()

    def _add(self, row: WhyRow) -> None:
        at = self._grid.rowCount()
        if row.kind == "total":
            rule = QFrame(self)
            rule.setProperty("k", "rule")
            rule.setFixedHeight(1)
            self._grid.addWidget(rule, at, 1, 1, 2)
            at += 1
        color = {"plain": "text2", "total": "gain", "note": "text3"}[row.kind]
        weight = 600 if row.kind == "total" else 500
        span = 1 if row.value else 2
        label = Tx(row.label, "body", color, weight=weight, wrap=True, parent=self)
        self._grid.addWidget(label, at, 1, 1, span)
        if row.value:
            ink = "text" if row.kind == "plain" else color
            value = Tx(row.value, "body", ink, weight=700, align="number", parent=self)
            self._grid.addWidget(value, at, 2)

    def dress(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, theme.px(10))
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(6))

    def values_width(self) -> int:
        """Return how much room the figures take."""
        font = theme.font("body", 700)
        return max((paint.width_of(row.value, font) for row in self._rows if row.value), default=0)

    def hold_values(self, width: int) -> None:
        """Give the figures so much room, so that they stand under those of the other sections."""
        self._grid.setColumnMinimumWidth(2, width if self.values_width() else 0)


class WhyPanel(theme.Dressed, QFrame):
    """Open the arithmetic of every programme that did or did not take part (F7)."""

    closed = Signal()  # Esc or the button

    def __init__(
        self, title: str = "", close: str = "", keycap: str = "Esc", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("k", "card")
        self._title = Tx(title, "section", parent=self)
        self.close_button = Btn(close, "outline", icon="cross", keycap=keycap, size="small", parent=self)
        self.close_button.clicked.connect(self._close)
        self._scroll = QScrollArea(self)
        self._scroll.setProperty("k", "clear")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sections: list[_Section] = []
        self._column, head = QVBoxLayout(self), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self._column.addLayout(head)
        self._column.addWidget(self._scroll, 1)
        self.set_content(title, close, ())
        self.dress_now()

    def dress(self) -> None:
        room = theme.px(16)
        self._column.setContentsMargins(room, theme.px(12), room, theme.px(12))
        self._column.setSpacing(theme.px(10))
        self._line_up()

    def set_content(self, title: str, close: str, sections: Sequence[WhySection]) -> None:
        """Show these sections."""
        self._title.setText(title)
        self.close_button.set_content(close)
        self.setAccessibleName(bidi.strip(title))
        self._scroll.setAccessibleName(bidi.strip(title))
        inside = QWidget(self)
        inside.setProperty("k", "clear")
        column = QVBoxLayout(inside)
        theme.space(column, 8)
        self._sections = [_Section(section, inside) for section in sections]
        for made in self._sections:
            column.addWidget(made)
        column.addStretch(1)
        self._line_up()
        self._scroll.setWidget(inside)

    def _line_up(self) -> None:
        width = max((section.values_width() for section in self._sections), default=0)
        for section in self._sections:
            section.hold_values(width)

    def _close(self) -> None:
        self.closed.emit()

    def take_keyboard(self) -> None:
        """Let the arrows scroll what is said."""
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def natural_height(self) -> int:
        """Return the height that shows everything without scrolling."""
        inside = self._scroll.widget()
        width = self._scroll.viewport().width()
        layout = inside.layout() if inside is not None else None
        tall = layout.totalHeightForWidth(width) if layout is not None else 0
        return tall + self.close_button.height() + theme.px(12 + 10 + 12) + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()
