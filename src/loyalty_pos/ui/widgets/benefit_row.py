"""One programme's part in this sale."""

from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.widgets.flash import Flash

BenefitState = Literal["on", "available", "not_used"]
_GROUND: dict[str, tuple[str | None, str]] = {
    "on": ("primary_soft", "primary_soft"),
    "available": ("inset", "line"),
    "not_used": (None, "line_strong"),
}


class BenefitRow(theme.Dressed, QCheckBox):
    """Switch a benefit on or off, with its reason and its money; `clicked(bool)` says the wish.

    A row that is on and not declinable has a tick for a switch; one not used has an information mark and a
    dashed border, and its click is a question (why?), not a wish.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._reason = self._amount = self._keycap = ""
        self._state: BenefitState = "available"
        self._declinable = True
        self._flash = Flash(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress_now()

    def set_content(
        self,
        title: str,
        reason: str = "",
        amount: str = "",
        *,
        state: BenefitState = "on",
        declinable: bool = True,
        keycap: str = "",
    ) -> None:
        """Show this benefit. `amount` comes formatted, sign included."""
        if title == self._title and amount != self._amount:
            self._flash.light()
        self._title, self._reason, self._amount = title, reason, amount
        self._state, self._declinable, self._keycap = state, declinable, keycap
        self.setCheckable(self.has_switch())
        self.setChecked(state == "on" and self.has_switch())
        self.setAccessibleName(bidi.strip(", ".join(part for part in (title, amount, reason) if part)))
        self.setAccessibleDescription(keycap)
        self.setToolTip(bidi.strip(reason) if self.cut_texts() else "")
        self.dress_now()
        self.update()

    def has_switch(self) -> bool:
        """Return whether a person may turn it on and off."""
        return self._state != "not_used" and self._declinable

    def state(self) -> BenefitState:
        return self._state

    def dress(self) -> None:
        self.setFixedHeight(theme.px(26 if self._state == "not_used" and not theme.look().touch else 48))
        self.updateGeometry()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), self.height())

    def cut_texts(self) -> tuple[str, ...]:
        """Return the texts that have no room."""
        return tuple(
            said for said, role, weight, place in self._texts() if self._too_wide(said, role, weight, place)
        )

    @staticmethod
    def _too_wide(said: str, role: str, weight: int, place: QRectF) -> bool:
        return bool(said) and paint.width_of(said, theme.font(role, weight)) > place.width() + 3

    def _row(self) -> paint.Row:
        area = QRectF(self.rect()).adjusted(theme.px(12), 0, -theme.px(12), 0)
        return paint.Row(area, paint.is_rtl(self))

    def _texts(self) -> list[tuple[str, str, int, QRectF]]:
        """Return text, role, weight and place of title, reason and amount."""
        row = self._row()
        row.start(theme.px(20 if self._state == "not_used" else 44), theme.px(12))
        if self._state == "not_used":
            said = f"{self._title}: {self._reason}" if self._reason else self._title
            return [(said, "secondary", 500, row.rest())]
        row.end(max(theme.px(40), paint.keycap_size(self._keycap)[0]), theme.px(8))
        column = theme.px(76 if self._amount else 0)  # units of all rows stand under each other
        amount = row.end(max(column, paint.width_of(self._amount, theme.font("input", 700))), theme.px(8))
        rest, half = row.rest(), theme.px(24)
        middle = rest.center().y()
        title = QRectF(rest.left(), middle - half + 1, rest.width(), half)
        reason = QRectF(rest.left(), middle, rest.width(), half - theme.px(4))
        if not self._reason:
            title = rest
        return [
            (self._title, "body", 600, title),
            (self._reason, self._reason_role(reason.width()), 500, reason),
            (self._amount, "input", 700, amount),
        ]

    def _reason_role(self, room: float) -> str:
        """Return a smaller role for the longest reasons, so that 45 letters fit the narrowest counter."""
        wide = paint.width_of(self._reason, theme.font("secondary")) > room
        return "caption" if wide else "secondary"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        fill, line = _GROUND[self._state]
        paint.box(painter, area, theme.px(10), fill, line, dashed=self._state == "not_used")
        self._draw_mark(painter)
        if self._state == "not_used":
            inks = ["text2"]
        else:
            inks = ["text", "text2", "on_primary_soft" if self._state == "on" else "text2"]
        for (said, role, weight, place), ink, align in zip(
            self._texts(), inks, ("start", "start", "number"), strict=False
        ):
            if align == "number" and said and self._flash.isActive():
                light = place.adjusted(-theme.px(4), theme.px(11), theme.px(4), -theme.px(11))
                paint.box(painter, light, theme.px(6), "gain_soft")
            paint.text(painter, place, said, theme.font(role, weight), ink, align)
        if self._keycap and self._state != "not_used":
            width, height = paint.keycap_size(self._keycap)
            place = self._row().end(width)
            paint.keycap(
                painter, QRectF(place.left(), (area.height() - height) / 2, width, height), self._keycap
            )
        if self.hasFocus():
            paint.focus(painter, area, theme.px(10))

    def _draw_mark(self, painter: QPainter) -> None:
        row, middle = self._row(), self.height() / 2
        if self._state == "not_used":
            side = theme.px(18)
            paint.icon(painter, "info", row.start(side).left(), middle, side, "text2")
        elif not self._declinable:
            place, side = row.start(theme.px(44)), theme.px(16)
            paint.disc(painter, QPointF(place.center().x(), middle), theme.px(13), "primary")
            paint.icon(painter, "check", place.center().x() - side / 2, middle, side, "on_primary")
        else:
            place = row.start(theme.px(44))
            track = QRectF(place.left(), middle - theme.px(12), place.width(), theme.px(24))
            self._draw_switch(painter, track)

    def _draw_switch(self, painter: QPainter, track: QRectF) -> None:
        """Draw the switch; its knob travels to where reading ends when on."""
        on, radius = self.isChecked(), track.height() / 2
        to_right = on != paint.is_rtl(self)
        x = track.right() - radius if to_right else track.left() + radius
        knob = QPointF(x, track.center().y())
        if on:
            paint.box(painter, track, radius, "primary")
            paint.disc(painter, knob, radius - theme.px(3), "on_primary")
            side = theme.px(13)
            paint.icon(painter, "check", knob.x() - side / 2, knob.y(), side, "primary")
        else:
            paint.box(painter, track, radius, "sunken", "line_strong", width=1.5)
            paint.disc(painter, knob, radius - theme.px(4), "line_strong")
