"""The customer's screen, painted in one piece: large, calm, and the same in either look."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.customer.face import Face, Given, Tile
from loyalty_pos.ui.theme import px

SMALLEST = QSize(1024, 600)
CAUSES_ABREAST, CAUSE_HIGH, CAUSE_LOW = 3, 112, 88


class CustomerScreen(QWidget):
    """Show a face; it never takes the keyboard from the till."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face: Face | None = None
        self.cut: list[str] = []
        """What did not fit when it was painted last."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def face(self) -> Face | None:
        return self._face

    def show_face(self, face: Face) -> None:
        """Show this; nothing is painted when it is shown already."""
        if face == self._face:
            return
        self._face = face
        said = [face.title, face.line, *(part for part in (face.pay or ()) if part)]
        said += [f"{one.cause}: {one.amount} {one.unit}" for one in face.given]
        self.setAccessibleName(bidi.strip(" · ".join(each for each in said if each)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(1280), px(800))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(SMALLEST.width()), px(SMALLEST.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        area = QRectF(self.rect())
        ground = QLinearGradient(area.topLeft(), area.bottomRight())
        ground.setColorAt(0, theme.color("customer"))
        ground.setColorAt(1, theme.color("customer_deep"))
        painter.fillRect(area, ground)
        face, self.cut = self._face, []
        if face is None:
            return
        room = area.adjusted(px(36), px(28), -px(36), -px(20))
        foot = QRectF(room.left(), room.bottom() - px(28), room.width(), px(28))
        self._text(painter, foot, face.shop, theme.font("input", 600), "on_customer")
        self._text(painter, foot, face.now, theme.font("input"), "customer_text2", "end")
        room.setBottom(foot.top() - px(14))
        if not face.rows and face.pay is None:
            self._alone(painter, room, face)
            return
        columns = paint.Row(room, paint.is_rtl(self))
        main = columns.start(room.width() * (0.57 if face.tiles else 1), px(24))
        self._bill(painter, main, face)
        if face.tiles:
            self._member(painter, columns.rest(), face)

    def _alone(self, painter: QPainter, room: QRectF, face: Face) -> None:
        """Nothing is being sold: a greeting in the middle, and under it what causes were given."""
        lines = -(-len(face.given) // CAUSES_ABREAST)
        high = px(CAUSE_HIGH if any(one.handed for one in face.given) else CAUSE_LOW)
        gap = px(40 if lines == 1 else 22)
        under = gap + px(42) + lines * (high + px(12)) + (px(28) if face.given_more else 0) if lines else 0
        top = room.top() + (room.height() - under - px(124 if lines else 140)) / 2
        middle = QRectF(room.left(), top, room.width(), px(80))
        self._text(painter, middle, face.title, theme.font("customer", 700), "on_customer", "center")
        self._text(
            painter, middle.translated(0, px(84)), face.line, theme.font("tile"), "customer_gold", "center"
        )
        if lines:
            top = middle.bottom() + px(44) + gap
            self._given(painter, QRectF(room.left(), top, room.width(), room.bottom() - top), face, high)

    def _given(self, painter: QPainter, room: QRectF, face: Face, high: int) -> None:
        """Every cause in a panel of its own, in the middle, three abreast."""
        font = theme.font("name", 600)
        head = QRectF(room.left(), room.top(), room.width(), px(30))
        wide, side = paint.width_of(face.given_title, font), px(26)
        both = paint.Row(
            QRectF(head.center().x() - (wide + side + px(10)) / 2, head.top(), wide + side + px(10), px(30)),
            paint.is_rtl(self),
        )
        heart = both.start(side, px(10))
        paint.icon(painter, "heart", heart.left(), head.center().y(), side, "customer_gold")
        self._text(painter, both.rest(), face.given_title, font, "on_customer")
        top, gap = head.bottom() + px(12), px(12)
        for first in range(0, len(face.given), CAUSES_ABREAST):
            line = face.given[first : first + CAUSES_ABREAST]
            wide = min(px(420), int((room.width() - 2 * gap) / CAUSES_ABREAST))
            whole = len(line) * wide + (len(line) - 1) * gap
            abreast = paint.Row(QRectF(room.center().x() - whole / 2, top, whole, high), paint.is_rtl(self))
            for one in line:
                self._cause(painter, abreast.start(wide, gap), one)
            top += high + px(12)
        more = QRectF(room.left(), top, room.width(), px(28))
        self._text(painter, more, face.given_more, theme.font("input"), "customer_text2", "center")

    def _cause(self, painter: QPainter, panel: QRectF, one: Given) -> None:
        paint.box(painter, panel, px(18), "customer_panel")
        above = (panel.height() - px(26 + 42 + (24 if one.handed else 0))) / 2
        inside = panel.adjusted(px(18), above, -px(18), 0)
        name = QRectF(inside.left(), inside.top(), inside.width(), px(26))
        self._text(painter, name, one.cause, theme.font("section", 600), "on_customer")
        small = theme.font("input")
        rest = inside.width() - px(8) - paint.width_of(one.unit, small)
        fonts = [theme.font(role, 700) for role in ("kpi", "tile", "name")]
        sum_font = next((font for font in fonts if paint.width_of(one.amount, font) <= rest), fonts[-1])
        line = paint.Row(QRectF(inside.left(), name.bottom(), inside.width(), px(42)), paint.is_rtl(self))
        amount = line.start(paint.width_of(one.amount, sum_font), px(8))
        self._text(painter, amount, one.amount, sum_font, "customer_gold")
        self._text(painter, line.rest(), one.unit, small, "customer_text2")
        handed = QRectF(inside.left(), name.bottom() + px(42), inside.width(), px(24))
        self._text(painter, handed, one.handed, small, "customer_text2")

    def _bill(self, painter: QPainter, room: QRectF, face: Face) -> None:
        top = room.top()
        title = QRectF(room.left(), top, room.width(), px(56))
        self._text(painter, title, face.title, theme.font("amount", 700), "on_customer")
        line = QRectF(room.left(), title.bottom() + px(2), room.width(), px(30))
        self._text(painter, line, face.line, theme.font("name"), "customer_gold")
        pay_height = px(112) if face.pay else 0
        lines = QRectF(
            room.left(),
            line.bottom() + px(14),
            room.width(),
            room.bottom() - pay_height - px(14) - line.bottom() - px(14),
        )
        self._lines(painter, lines, face)
        if face.pay:
            self._pay(
                painter, QRectF(room.left(), room.bottom() - pay_height, room.width(), pay_height), face.pay
            )

    def _lines(self, painter: QPainter, room: QRectF, face: Face) -> None:
        if not face.rows:
            return
        height = min(px(44), (room.height() - px(20)) / len(face.rows))
        panel = QRectF(room.left(), room.top(), room.width(), height * len(face.rows) + px(20))
        paint.box(painter, panel, px(18), "customer_panel")
        font = theme.font("name", 500) if height >= px(32) else theme.font("input", 500)
        for place, row in enumerate(face.rows):
            line = QRectF(
                panel.left() + px(22), panel.top() + px(10) + place * height, panel.width() - px(44), height
            )
            ink = "customer_gold" if row.gift else "on_customer"
            split = paint.Row(line, paint.is_rtl(self))
            self._text(
                painter, split.end(paint.width_of(row.amount, font), px(16)), row.amount, font, ink, "end"
            )
            self._text(painter, split.rest(), row.text, font, ink)

    def _pay(self, painter: QPainter, room: QRectF, pay: tuple[str, str, str, str]) -> None:
        said, amount, unit, saved = pay
        paint.box(painter, room, px(18), "customer_deep")
        inside = room.adjusted(px(24), px(8), -px(24), -px(8))
        split = paint.Row(inside, paint.is_rtl(self))
        small, large = theme.font("name"), theme.font("customer", 700)
        self._text(
            painter, split.end(paint.width_of(unit, small), px(14)), unit, small, "customer_text2", "end"
        )
        self._text(
            painter, split.end(paint.width_of(amount, large), px(24)), amount, large, "on_customer", "end"
        )
        left = split.rest()
        half = left.height() / 2 if saved else left.height()
        self._text(
            painter, QRectF(left.left(), left.top(), left.width(), half), said, small, "customer_text2"
        )
        if saved:
            under = QRectF(left.left(), left.top() + half, left.width(), half)
            self._text(painter, under, saved, theme.font("section", 600), "customer_gold")

    def _member(self, painter: QPainter, room: QRectF, face: Face) -> None:
        top = room.top()
        if face.card is not None:
            panel = QRectF(room.left(), top, room.width(), px(168))
            paint.box(painter, panel, px(18), "customer_panel")
            self._stamps(painter, panel.adjusted(px(20), px(14), -px(20), -px(12)), face)
            top = panel.bottom() + px(12)
        wide = (room.width() - px(12)) / 2
        split = paint.Row(QRectF(room.left(), top, room.width(), px(118)), paint.is_rtl(self))
        for tile in face.tiles:
            self._tile(painter, split.start(wide, px(12)), tile)
        top += px(130)
        if face.level is not None:
            self._level(painter, QRectF(room.left(), top, room.width(), px(110)), face.level)

    def _tile(self, painter: QPainter, panel: QRectF, tile: Tile) -> None:
        paint.box(painter, panel, px(18), "customer_panel")
        inside = panel.adjusted(px(18), px(12), -px(18), -px(10))
        parts = (
            (tile.title, theme.font("input"), "customer_text2", px(26)),
            (tile.number, theme.font("kpi", 700), "on_customer", px(42)),
            (tile.change, theme.font("input", 600), "customer_gold", px(26)),
        )
        top = inside.top()
        for said, font, ink, height in parts:
            self._text(painter, QRectF(inside.left(), top, inside.width(), height), said, font, ink)
            top += height

    def _stamps(self, painter: QPainter, inside: QRectF, face: Face) -> None:
        card = face.card
        assert card is not None
        head = paint.Row(QRectF(inside.left(), inside.top(), inside.width(), px(30)), paint.is_rtl(self))
        font = theme.font("section", 600)
        self._text(painter, head.rest(), card.title, font, "on_customer")
        shown = min(card.needed, 10)
        pitch = min(px(92), inside.width() / shown)
        radius = min(px(28), pitch / 2 - px(4))
        filled = min(card.have + card.pending, card.needed)
        middle = inside.top() + px(30) + px(6) + px(30)
        for place in range(shown):
            along = radius + place * pitch
            x = inside.right() - along if paint.is_rtl(self) else inside.left() + along
            gift = place == card.needed - 1
            ground = "reward" if gift and place < filled else "on_customer" if place < filled else None
            ink = (
                "on_reward" if gift and place < filled else "customer" if place < filled else "customer_text2"
            )
            paint.disc(
                painter, QPointF(x, middle), radius, ground, None if ground else "customer_text2", width=2
            )
            side = radius * 1.05
            paint.icon(painter, "gift" if gift else card.symbol, x - side / 2, middle, side, ink)
        under = QRectF(inside.left(), inside.bottom() - px(28), inside.width(), px(28))
        self._text(painter, under, card.note, theme.font("input", 500), "customer_gold")

    def _level(self, painter: QPainter, panel: QRectF, level: tuple[str, str, int]) -> None:
        title, missing, share_milli = level
        paint.box(painter, panel, px(18), "customer_panel")
        inside = panel.adjusted(px(20), px(12), -px(20), -px(16))
        self._text(
            painter, QRectF(inside.left(), inside.top(), inside.width(), px(26)), title, theme.font("input"),
            "customer_text2",
        )  # fmt: skip
        self._text(
            painter, QRectF(inside.left(), inside.top() + px(26), inside.width(), px(32)), missing,
            theme.font("name", 600), "on_customer",
        )  # fmt: skip
        track = QRectF(inside.left(), inside.bottom() - px(10), inside.width(), px(10))
        paint.box(painter, track, px(5), "customer")
        done = paint.Row(track, paint.is_rtl(self)).start(max(px(10), track.width() * share_milli / 1_000))
        paint.box(painter, done, px(5), "reward")

    def _text(
        self, painter: QPainter, rect: QRectF, said: str, font: QFont, ink: str, align: str = "start"
    ) -> None:
        if paint.text(painter, rect, said, font, ink, align):
            self.cut.append(bidi.strip(said))
