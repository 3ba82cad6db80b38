"""A line that says what to do and leads to where it is done."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from loyalty_pos.app.board_texts import TaskText
from loyalty_pos.ui import bidi, paint, theme

_HIGH, _ICON = 48, 32


class TaskLine(theme.Dressed, QPushButton):
    """Offer one way: an icon, what to do, what stands under it, and an arrow."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = TaskText("info", "", "", "")
        self.setProperty("k", "ghost")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.wanted.emit(self._task.page))
        self.dress_now()

    def show_task(self, task: TaskText) -> None:
        """Show another task."""
        self._task = task
        self.setAccessibleName(bidi.strip(f"{task.text}. {task.note}"))
        self.setToolTip(f"{task.text}\n{task.note}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def dress(self) -> None:
        self.setFixedHeight(theme.target(_HIGH))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.target(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.target(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, task, area = paint.begin(self), self._task, QRectF(self.rect())
        if self.underMouse():
            paint.box(painter, area, theme.px(10), "inset")
        row, side = paint.Row(area, paint.is_rtl(self)), theme.px(_ICON)
        place = row.start(side, theme.px(10))
        square = QRectF(place.left(), area.center().y() - side / 2, side, side)
        ink, ground = ("danger", "danger_soft") if task.urgent else ("on_primary_soft", "primary_soft")
        paint.box(painter, square, theme.px(8), ground)
        glyph = theme.px(18)
        paint.icon(painter, task.icon, square.center().x() - glyph / 2, square.center().y(), glyph, ink)
        arrow = row.end(theme.px(16), theme.px(6))
        paint.icon(painter, "chevron-next", arrow.left(), area.center().y(), arrow.width(), "text3")
        rest, half = row.rest(), area.height() / 2
        upper = QRectF(rest.left(), area.top() + theme.px(3), rest.width(), half - theme.px(3))
        paint.text(painter, upper, task.text, theme.font("secondary", 600), "text")
        under = QRectF(rest.left(), half, rest.width(), half - theme.px(4))
        paint.text(painter, under, task.note, theme.font("caption"), "text2")
        if self.hasFocus():
            paint.focus(painter, area, theme.px(10))
