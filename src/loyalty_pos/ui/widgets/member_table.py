"""Many people, one row each, drawn as pictures: a million rows cost what a screenful costs."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.long_model import LongModel, MemberRow
from loyalty_pos.ui.widgets.rows import opaque
from loyalty_pos.ui.widgets.surfaces import CHIP

ROW, HEADER, WIDE = 56, 34, 640
PICTURES_KEPT = 100
DOTS_AT_MOST = 8
MISSING = MemberRow("", "", "")


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands above the columns."""

    member: str = ""
    points: str = ""
    credit: str = ""
    stamps: str = ""
    last: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class _Places:
    face: QRectF
    who: QRectF
    tier: QRectF | None
    points: QRectF
    credit: QRectF
    stamps: QRectF | None
    last: QRectF | None


@lru_cache(maxsize=8)
def _places(left: int, size: QSize, rtl: bool, look: theme.Look, *, tiers: bool) -> _Places:
    """Lay the columns out: stamps and last visit only where there is room, levels where there are any."""
    px = theme.px
    area = QRectF(left, 0, size.width(), size.height())
    row = paint.Row(area.adjusted(px(10), 0, -px(10), 0), rtl)
    face = row.start(px(38), px(10))
    wide = size.width() >= px(WIDE)
    last = row.end(px(108), px(12)) if wide else None
    stamps = row.end(px(136), px(18)) if wide else None
    credit = row.end(px(88), px(14))
    points = row.end(px(68), px(8))
    tier = row.end(px(84), px(10)) if tiers else None
    return _Places(face, row.rest(), tier, points, credit, stamps, last)


def _points_are_whole(painter: QPainter) -> bool:
    """Say whether a picture put anywhere falls on points of the screen, and not between two."""
    return painter.device().devicePixelRatioF() == 1


class _State(NamedTuple):
    """How a row stands there."""

    rtl: bool
    current: bool
    over: bool
    focused: bool


class _Pictures:
    """Bring a row's picture: half of those found are found by the next letter, too."""

    def __init__(self, model: LongModel) -> None:
        self._model = model
        self._pictures: dict[object, tuple[QPixmap, set[str]]] = {}
        self._cut: set[str] = set()
        self.cut: dict[str, set[str]] = {}
        """The texts that found no room, by the key of their row."""
        self.tiers = False

    def bring(self, painter: QPainter, number: int, rect: QRect, state: _State) -> None:
        """Draw a row into its place."""
        row, size = self._model.row(number) or MISSING, rect.size()
        if not _points_are_whole(painter):
            painter.save()
            painter.translate(rect.topLeft())
            self._draw_row(painter, row, size, state)
            painter.restore()
            self.cut[row.key], self._cut = self._cut, set()
            return
        key = (row, size, state, theme.look(), self.tiers)
        if key not in self._pictures:
            if len(self._pictures) == PICTURES_KEPT:
                self._pictures.clear()
            picture = QPixmap(size)
            picture.fill(theme.color("surface"))
            on_picture = QPainter(picture)
            self._draw_row(on_picture, row, size, state)
            on_picture.end()
            self._pictures[key], self._cut = (picture, self._cut), set()
        picture, self.cut[row.key] = self._pictures[key]
        painter.drawPixmap(rect.topLeft(), picture)

    def _draw_row(self, painter: QPainter, row: MemberRow, size: QSize, state: _State) -> None:
        rtl, current = state.rtl, state.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reading = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        painter.setLayoutDirection(reading)
        area = QRectF(0, 0, size.width(), size.height())
        if current or state.over:
            box = area.adjusted(1, 1, -1, -2)
            paint.box(painter, box, theme.px(10), "primary_soft" if current else "inset")
            if state.focused:
                paint.focus(painter, box, theme.px(10))
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), theme.color("line"))
        places = _places(0, size, rtl, theme.look(), tiers=self.tiers)
        if row is MISSING:
            self._draw_missing(painter, places, rtl=rtl)
        else:
            self._draw(painter, places, row, current=current, rtl=rtl)

    def _draw_missing(self, painter: QPainter, places: _Places, *, rtl: bool) -> None:
        """Draw the shape of somebody who is still being read."""
        middle, high = places.face.center(), theme.px(12)
        paint.disc(painter, middle, theme.px(18), "inset")
        name = paint.Row(places.who, rtl).start(places.who.width() * 0.6)
        for place in (name, places.credit):
            top = middle.y() - high / 2
            paint.box(painter, QRectF(place.left(), top, place.width(), high), high / 2, "inset")

    def _draw(self, painter: QPainter, places: _Places, row: MemberRow, *, current: bool, rtl: bool) -> None:
        middle = places.face.center()
        if row.share is None:
            paint.disc(painter, middle, theme.px(18), "surface" if current else "primary_soft", "line")
        else:
            paint.disc(painter, middle, theme.px(14), "surface" if current else "primary_soft")
            paint.ring(painter, middle, theme.px(17), theme.px(2.5), row.share, f"ring_{row.tone}", rtl=rtl)
        paint.text(painter, places.face, row.initial, theme.font("body", 700), "on_primary_soft", "center")
        half, top = theme.px(22), middle.y()
        who = places.who
        name = QRectF(who.left(), top - half, who.width(), half) if row.detail else who
        self._text(painter, name, row.name, theme.font("body", 600), "text")
        under = QRectF(who.left(), top, who.width(), theme.px(20))
        self._text(painter, under, row.detail, theme.font("caption"), "text2")
        if places.tier is not None and row.tier:
            self._draw_tier(painter, places.tier, row, rtl)
        figures = theme.font("body", 600)
        self._text(painter, places.points, row.points, figures, "text", "number")
        self._text(painter, places.credit, row.credit, figures, "text", "number")
        if places.stamps is not None and row.needed:
            self._draw_stamps(painter, places.stamps, row, rtl)
        if places.last is not None:
            self._text(painter, places.last, row.last, theme.font("secondary"), "text2")

    def _draw_tier(self, painter: QPainter, place: QRectF, row: MemberRow, rtl: bool) -> None:
        font, (ink, ground) = theme.font("caption", 600), CHIP[row.tone]
        width = min(place.width(), paint.width_of(row.tier, font) + theme.px(18))
        left = place.right() - width if rtl else place.left()
        chip = QRectF(left, place.center().y() - theme.px(13), width, theme.px(26))
        paint.box(painter, chip, chip.height() / 2, ground)
        self._text(painter, chip.adjusted(theme.px(6), 0, -theme.px(6), 0), row.tier, font, ink, "center")

    def _draw_stamps(self, painter: QPainter, place: QRectF, row: MemberRow, rtl: bool) -> None:
        if row.needed > DOTS_AT_MOST:
            self._text(painter, place, row.stamps, theme.font("secondary"), "text2")
            return
        pitch, radius = place.width() / DOTS_AT_MOST, theme.px(6.5)
        for number in range(row.needed):
            along = radius + number * pitch
            middle = QPointF(place.right() - along if rtl else place.left() + along, place.center().y())
            if number < row.have:
                paint.disc(painter, middle, radius, "primary")
            elif number == row.needed - 1:
                paint.disc(painter, middle, radius, "reward_soft", "reward_text", dashed=True)
            else:
                paint.disc(painter, middle, radius, None, "line_strong", dashed=True)

    def _text(
        self, painter: QPainter, place: QRectF, said: str, font: QFont, ink: str, align: str = "start"
    ) -> None:
        if paint.text(painter, place, said, font, ink, align):
            self._cut.add(said)


class _Header(theme.Dressed, QLabel):
    """The names of the columns, above them exactly."""

    def __init__(self, rows: QTableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self.heads = rows, Heads()
        rows.verticalScrollBar().rangeChanged.connect(self.update)
        self.dress_now()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(HEADER))

    def cut(self) -> list[str]:
        font, places = theme.font("caption", 500), self._columns()
        heads = self.heads
        pairs = [(heads.points, places.points), (heads.credit, places.credit)]
        extra = ((heads.tier, places.tier), (heads.stamps, places.stamps), (heads.last, places.last))
        pairs += [(said, at) for said, at in extra if at]
        return [said for said, at in pairs if paint.width_of(said, font) > at.width() + 2]

    def _columns(self) -> _Places:
        view = self._rows.viewport()
        left = view.mapTo(self.window(), QPoint(0, 0)).x() - self.mapTo(self.window(), QPoint(0, 0)).x()
        size = QSize(view.width(), self.height())
        return _places(left, size, paint.is_rtl(self), theme.look(), tiers=bool(self.heads.tier))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, places, heads = paint.begin(self), self._columns(), self.heads
        font = theme.font("caption", 500)
        start = places.face.united(places.who)
        for said, place, align in (
            (heads.member, start, "start"),
            (heads.tier, places.tier, "start"),
            (heads.points, places.points, "number"),
            (heads.credit, places.credit, "number"),
            (heads.stamps, places.stamps, "start"),
            (heads.last, places.last, "start"),
        ):
            if place is not None:
                paint.text(painter, place, said, font, "text2", align)


class _Rows(QTableView):
    """The rows; keys that mean nothing to a list are left to the page. A list view lays out every row.

    It draws its rows itself: asking a delegate for each takes Python longer than bringing their pictures.
    """

    keyed = Signal(object)
    seen = Signal()  # other rows than before stand in sight

    def __init__(self, model: LongModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.pictures, self._people, self._over = _Pictures(model), model, -1
        opaque(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalScrollBar().valueChanged.connect(self.seen)

    def in_sight(self) -> tuple[int, int]:
        """Return the numbers of the first and the last row that shows, if only in part."""
        high = self.verticalHeader().defaultSectionSize()
        top = self.verticalScrollBar().value()
        return top // high, (top + max(0, self.viewport().height() - 1)) // high

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.keyed.emit(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self.viewport()), event.rect()
        painter.fillRect(area, theme.color("surface"))
        high, top = self.verticalHeader().defaultSectionSize(), self.verticalScrollBar().value()
        wide, rtl = self.viewport().width(), paint.is_rtl(self)
        chosen, focused = self.currentIndex().row(), self.hasFocus()
        first, last = (top + area.top()) // high, (top + area.bottom()) // high
        for number in range(first, min(last + 1, self._people.count)):
            current = number == chosen
            state = _State(rtl, current, number == self._over, current and focused)
            self.pictures.bring(painter, number, QRect(0, number * high - top, wide, high), state)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.seen.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), theme.px(400))


class MemberTable(theme.Dressed, QFrame):
    """List people under named columns; `more_wanted` asks for the next page when the end comes near.

    A list told how many rows it has is as long from the start: `missing` names one to read, `put` brings it.
    """

    current_changed = Signal(str)  # the key, when a person or a new list moves it
    opened = Signal(str)  # double click
    more_wanted = Signal()
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self._model = LongModel(self)
        self.rows = _Rows(self._model, self)
        self._pictures = self.rows.pictures
        self._header = _Header(self.rows, self)
        self._kept = self._told = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.rows, 1)
        self._model.more_wanted.connect(self.more_wanted)
        self.rows.selectionModel().currentChanged.connect(self._moved)
        self.rows.doubleClicked.connect(lambda index: self.opened.emit(self.key_at(index.row())))
        self.rows.seen.connect(self.seen)
        self.rows.keyed.connect(self.take_key)
        self.dress_now()

    def dress(self) -> None:
        self.rows.verticalHeader().setDefaultSectionSize(theme.px(ROW))

    def set_texts(self, heads: Heads, name: str, say: Callable[[Any], MemberRow]) -> None:
        """Speak a language: the columns' names, and how a record is put into words from now on."""
        self._header.heads = heads
        self._pictures.tiers = bool(heads.tier)
        self._header.setAccessibleName(bidi.strip(f"{heads.member}, {heads.points}, {heads.credit}"))
        self.rows.setAccessibleName(bidi.strip(name))
        self._pictures.cut = {}
        self._model.speak(say)
        self._header.update()

    def fill(
        self, records: Sequence[Any], *, more: bool = False, anew: bool = False, count: int | None = None
    ) -> None:
        """Show these; who was current stays so, telling nobody, else the first is; `anew`: the first.

        Somebody to `keep` comes before both, and leaves no row current when not among them. Of `count` rows
        these are the first; what was in sight stays so then, unless `anew`.
        """
        kept, bar = self._kept, self.rows.verticalScrollBar()
        key = kept or ("" if anew else self.current_key())
        stays = count is not None and not anew and not kept
        row, place = (self.rows.currentIndex().row(), bar.value()) if stays else (0, 0)
        self._kept, self._pictures.cut = "", {}
        self._model.fill(records, more=more, count=len(records) if count is None else count)
        if records and not self._go_quietly(key) and not kept:
            if len(records) <= row < self._model.count:
                self._quietly(row)
            else:
                self.go_to(0)
        if place:
            bar.setValue(place)
        self.seen.emit()

    def put(self, first: int, records: Sequence[Any]) -> None:
        """Bring rows that were missing."""
        if records:
            self._model.put(first, records)
            key = self.current_key()
            if key and key != self._told:
                self._told = key
                self.current_changed.emit(key)

    def missing(self, around: int = 0) -> int | None:
        """Return the first row in sight, or so many around it, that is missing."""
        first, last = self.rows.in_sight()
        sight = range(first, min(last + 1, self._model.count))
        near = range(max(0, first - around), min(last + 1 + around, self._model.count))
        return next((number for each in (sight, near) for number in each if number not in self.records), None)

    @property
    def records(self) -> Mapping[int, Any]:
        """Return the records that are there, by the numbers of their rows."""
        return self._model.records

    def keep(self, key: str) -> None:
        """Let this row be current once the next list comes."""
        self._kept = key

    def append(self, records: Sequence[Any], *, more: bool) -> None:
        """Add the next page."""
        self._model.append(records, more=more)

    def move_by(self, rows: int) -> None:
        """Move the current row, for keys pressed in the search field."""
        self.go_to(self.rows.currentIndex().row() + rows)

    def take_key(self, event: QKeyEvent) -> None:
        """Go a screenful up or down, or to the last row."""
        first, last = self.rows.in_sight()
        by = {Qt.Key.Key_PageUp: first - last + 1, Qt.Key.Key_PageDown: last - first - 1}
        by[Qt.Key.Key_End] = self._model.count
        if rows := by.get(Qt.Key(event.key())):
            event.accept()
            self.move_by(rows)

    def go_to(self, row: int) -> None:
        """Make a row current and see to it that it shows."""
        if self._model.count:
            index = self._model.index(max(0, min(self._model.count - 1, row)))
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.rows.selectionModel().setCurrentIndex(index, flag)
            self.rows.scrollTo(index)

    def current_key(self) -> str:
        """Return the current row's key, or "" while it is missing."""
        return self.key_at(self.rows.currentIndex().row())

    def key_at(self, number: int) -> str:
        """Return a row's key, or "" while it is missing."""
        row = self._model.row(number)
        return row.key if row else ""

    def shown(self) -> tuple[MemberRow, ...]:
        """Return every row that is there, in words."""
        return tuple(row for number in sorted(self.records) if (row := self._model.row(number)))

    def cut(self) -> list[str]:
        """Return the texts of painted rows and columns that had no room."""
        return [*self._header.cut(), *sorted(set().union(*self._pictures.cut.values()))]

    def _go_quietly(self, key: str) -> bool:
        """Make the row of a key current again, telling nobody: it is the same person."""
        for number in self.records if key else ():
            if self.key_at(number) == key:
                self._quietly(number)
                self._told = key
                return True
        return False

    def _quietly(self, number: int) -> None:
        blocked = self.blockSignals(True)
        self.go_to(number)
        self.blockSignals(blocked)

    def _moved(self, index: QModelIndex) -> None:
        if key := self.key_at(index.row()):
            self._told = key
            self.current_changed.emit(key)
