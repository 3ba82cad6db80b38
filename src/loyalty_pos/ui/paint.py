"""What every painted widget draws with: boxes, focus rings, text in reading order, keycaps."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QStaticText, QTextOption, QTransform
from PySide6.QtWidgets import QWidget

from loyalty_pos.ui import icons, theme

ELLIPSIS = Qt.TextElideMode.ElideRight


def is_rtl(widget: QWidget) -> bool:
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft


def begin(widget: QWidget) -> QPainter:
    """Return a painter on the widget, smooth and in its direction."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(widget.layoutDirection())
    return painter


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: str | None,
    line: str | None = None,
    *,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """Draw a rounded box in tokens, its line inside the rectangle."""
    pen = QPen(Qt.PenStyle.NoPen)
    if line is not None:
        pen = QPen(theme.color(line), width)
        if dashed:
            pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(theme.color(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    inset = width / 2 if line is not None else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def disc(
    painter: QPainter,
    middle: QPointF,
    radius: float,
    fill: str | None,
    line: str | None = None,
    *,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """Draw a disc in tokens, its line inside the radius."""
    square = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    box(painter, square, radius, fill, line, width=width, dashed=dashed)


_TOP, _FULL = 90 * 16, 360 * 16


def ring(
    painter: QPainter, middle: QPointF, radius: float, width: float, share: float, token: str, *, rtl: bool
) -> None:
    """Draw a ring filled by `share` (0..1) from the top, the way the language reads; `radius` to mid-line."""
    square = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("sunken"), width))
    painter.drawEllipse(square)
    painter.setPen(QPen(theme.color(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    turn = round(share * _FULL)
    painter.drawArc(square, _TOP, turn if rtl else -turn)  # Qt turns against the clock


def focus(painter: QPainter, rect: QRectF, radius: float, ring: str = "primary", inset: float = 0) -> None:
    """Draw the 2 px focus ring."""
    room = rect.adjusted(inset, inset, -inset, -inset)
    box(painter, room, max(2, radius - inset), None, ring, width=2)


@lru_cache(maxsize=4096)
def width_of(said: str, font: QFont) -> int:
    """Return the whole pixels a text needs."""
    return int(QFontMetricsF(font).horizontalAdvance(said)) + 2


def height_of(font: QFont) -> int:
    return int(QFontMetricsF(font).height() + 0.99)


def text(
    painter: QPainter,
    rect: QRectF,
    said: str,
    font: QFont,
    token: str,
    align: str = "start",
) -> bool:
    """Draw one line in the painter's direction; return whether it had to be cut."""
    if not said:
        return False
    rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    line = _shaped(said, font, rtl)
    room, wide = rect.width(), line.size().width()
    cut = wide > room + 1
    if cut:
        line = _shaped(QFontMetricsF(font).elidedText(said, ELLIPSIS, room), font, rtl)
        wide = line.size().width()
    if align == "center":
        left = rect.left() + (room - wide) / 2
    elif align == "number" or (align == "start") == rtl:
        left = rect.left() + room - wide
    else:
        left = rect.left()
    painter.setFont(font)
    painter.setPen(theme.color(token))
    painter.drawStaticText(QPointF(left, rect.center().y() - line.size().height() / 2), line)
    return cut


@lru_cache(maxsize=2048)
def _shaped(said: str, font: QFont, rtl: bool) -> QStaticText:
    """Lay one line out, once for every text: shaping Persian costs four times drawing it."""
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    line = QStaticText(said.replace("\n", " "))
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setTextOption(option)
    line.prepare(QTransform(), font)
    return line


def icon(painter: QPainter, name: str, x: float, middle_y: float, size: float, token: str) -> None:
    """Draw an icon whose left edge and vertical middle are given."""
    icons.paint(painter, name, QRectF(x, middle_y - size / 2, size, size), theme.color(token))


def key_font() -> QFont:
    return _sized(theme.font("caption", 600), theme.px(11))


@lru_cache(maxsize=16)
def _sized(font: QFont, pixels: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    return made


def keycap_size(key: str) -> tuple[int, int]:
    """Return the width and height a keycap needs."""
    height = theme.px(20)
    return max(width_of(key, key_font()) + theme.px(10), theme.px(22)), height


def keycap(
    painter: QPainter,
    rect: QRectF,
    key: str,
    ink: str = "text2",
    fill: str | None = "surface",
    line: str | None = "line_strong",
) -> None:
    """Draw a key, always left to right."""
    box(painter, rect, theme.px(5), fill, line)
    painter.save()
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    text(painter, rect, key, key_font(), ink, "center")
    painter.restore()


class Row:
    """Hand out places from both ends of a rectangle, in reading order."""

    def __init__(self, rect: QRectF, rtl: bool) -> None:
        self.left, self.right = rect.left(), rect.right()
        self._top, self._height, self._rtl = rect.top(), rect.height(), rtl

    def _from(self, at_left: bool, width: float, gap: float) -> QRectF:
        if at_left:
            place = QRectF(self.left, self._top, width, self._height)
            self.left += width + gap
        else:
            place = QRectF(self.right - width, self._top, width, self._height)
            self.right -= width + gap
        return place

    def start(self, width: float, gap: float = 0) -> QRectF:
        """Take from where reading starts."""
        return self._from(not self._rtl, width, gap)

    def end(self, width: float, gap: float = 0) -> QRectF:
        """Take from where reading ends."""
        return self._from(self._rtl, width, gap)

    def rest(self) -> QRectF:
        """Take all that is left."""
        return QRectF(self.left, self._top, max(0.0, self.right - self.left), self._height)
