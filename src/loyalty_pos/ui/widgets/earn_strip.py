"""What this sale will earn."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.buttons import Btn

MOST = 4
_MARK = 20 + 8
_TALL, _ROW, _EDGE, _GAP = 74, 40, 14, 10


@dataclass(frozen=True, slots=True)
class EarnItem:
    icon: str
    amount: str  # formatted, sign included: "+971 points"
    label: str = ""


class EarnStrip(theme.Dressed, QFrame):
    """List what the member gets with this sale, and offer the why."""

    why_asked = Signal()

    def __init__(
        self, title: str = "", why: str = "", keycap: str = "F7", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._items: tuple[EarnItem, ...] = ()
        self._empty = ""
        self.why = Btn(why, "ghost", keycap=keycap, size="link", parent=self)
        self.why.clicked.connect(self._ask)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texts(title, why)
        self.dress_now()

    def set_texts(self, title: str, why: str) -> None:
        """Speak another language."""
        self._title = title
        self.why.set_content(why)
        self._say()

    def _ask(self) -> None:
        self.why_asked.emit()

    def set_items(self, items: Sequence[EarnItem], empty: str = "") -> None:
        """Show the first MOST items; `empty` is said when there is none. At no cost when it is so already."""
        if (tuple(items[:MOST]), empty) == (self._items, self._empty):
            return
        self._items, self._empty = tuple(items[:MOST]), empty
        self._say()

    def _say(self) -> None:
        parts = [f"{item.amount} {item.label}".strip() for item in self._items] or [self._empty]
        self.setAccessibleName(bidi.strip(f"{self._title}: {', '.join(parts)}"))
        self._grow()
        self._place()
        self.update()

    def dress(self) -> None:
        self._grow()
        self._place()

    def _grow(self) -> None:
        """Take a second row where one is too narrow."""
        tall = theme.px(_TALL + _ROW * (len(self._rows()) - 1))
        if self.height() != tall or self.minimumHeight() != tall:
            self.setFixedHeight(tall)

    def _place(self) -> None:
        size = self.why.sizeHint()
        x = theme.px(6) if paint.is_rtl(self) else self.width() - size.width() - theme.px(6)
        self.why.setGeometry(x, theme.px(3), size.width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._grow()
        self._place()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Under fingers the small link is not the only place to ask."""
        if theme.look().touch and self._items:
            self.why_asked.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), self.minimumHeight())

    def cut_texts(self) -> tuple[str, ...]:
        """Return the texts that have no room."""
        found = []
        for item, column in zip(self._items, self._columns(), strict=False):
            room = column.width() - theme.px(_MARK)
            if paint.width_of(item.amount, theme.font("body", 700)) > room + 3:
                found.append(item.amount)
            if paint.width_of(item.label, theme.font("caption")) > room + 3:
                found.append(item.label)
        return tuple(found)

    def _rows(self) -> list[tuple[EarnItem, ...]]:
        """Split what does not fit beside each other into two rows."""
        items, room = self._items, self.width() - 2 * theme.px(_EDGE)
        needs = sum(self._need(item) for item in items) + theme.px(_GAP) * (len(items) - 1)
        if len(items) < 3 or needs <= room:
            return [items]
        half = (len(items) + 1) // 2
        return [items[:half], items[half:]]

    def _columns(self) -> list[QRectF]:
        """Return a place for each item: its own width and an equal share of what is left of its row."""
        edge, gap, rtl = theme.px(_EDGE), theme.px(_GAP), paint.is_rtl(self)
        area = QRectF(self.rect()).adjusted(edge, theme.px(31), -edge, -theme.px(5))
        rows, found = self._rows(), list[QRectF]()
        for number, items in enumerate(rows):
            tall = area.height() / len(rows)
            row = paint.Row(QRectF(area.left(), area.top() + number * tall, area.width(), tall), rtl)
            needs = [self._need(item) for item in items]
            room = area.width() - gap * (len(needs) - 1)
            share = max(0.0, room - sum(needs)) / max(1, len(needs))
            squeeze = min(1.0, room / max(1, sum(needs)))
            found += [row.start(need * squeeze + share, gap) for need in needs]
        return found or [area]

    @staticmethod
    def _need(item: EarnItem) -> int:
        amount = paint.width_of(item.amount, theme.font("body", 700))
        return max(amount, paint.width_of(item.label, theme.font("caption"))) + theme.px(_MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        paint.box(painter, area, theme.px(12), "gain_soft")
        head = paint.Row(area.adjusted(theme.px(14), theme.px(5), -theme.px(14), 0), paint.is_rtl(self))
        head.end(self.why.width())
        title = head.rest()
        title.setHeight(theme.px(26))
        paint.text(painter, title, self._title, theme.font("body", 600), "on_gain_soft")
        columns = self._columns()
        if not self._items:
            paint.text(painter, columns[0], self._empty, theme.font("body"), "text2")
        for item, place in zip(self._items, columns, strict=False):
            self._draw_item(painter, item, place)

    def _draw_item(self, painter: QPainter, item: EarnItem, place: QRectF) -> None:
        row, side = paint.Row(place, paint.is_rtl(self)), theme.px(20)
        mark = row.start(side, theme.px(8))
        paint.icon(painter, item.icon, mark.left(), place.center().y(), side, "gain")
        rest = row.rest()
        half = rest.height() / 2
        upper = QRectF(rest.left(), rest.top(), rest.width(), half) if item.label else rest
        lower = QRectF(rest.left(), rest.top() + half, rest.width(), half)
        paint.text(painter, upper, item.amount, theme.font("body", 700), "text")
        paint.text(painter, lower, item.label, theme.font("caption"), "text2")
