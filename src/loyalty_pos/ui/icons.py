"""Icons: strokes on a 24-grid, painted in token colours, sharp at any scale.

A shape is a line of words: M L C Q Z as in any path language, O circle (x y r), D dot (x y r, filled),
R rounded box (x y w h r). All absolute.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from loyalty_pos.ui import theme

GRID = 24
_SHAPES = {
    "scan": "M 3.5 8 L 3.5 6 Q 3.5 4 5.5 4 L 8 4 M 16 4 L 18.5 4 Q 20.5 4 20.5 6 L 20.5 8 M 20.5 16 L 20.5 18"
    " Q 20.5 20 18.5 20 L 16 20 M 8 20 L 5.5 20 Q 3.5 20 3.5 18 L 3.5 16 M 7.5 9 L 7.5 15 M 10.5 9 L 10.5 15"
    " M 13.5 9 L 13.5 15 M 16.5 9 L 16.5 15",
    "people": "O 9 8 3.5 M 2.5 20 C 2.5 16 5.5 14.2 9 14.2 C 12.5 14.2 15.5 16 15.5 20 M 16 4.8"
    " C 17.7 5.2 18.9 6.5 18.9 8.2 C 18.9 9.9 17.7 11.2 16 11.6 M 18 14.6 C 20.2 15.3 21.5 17.2 21.5 20",
    "person": "O 12 8 4 M 4.5 20.5 C 4.5 16.5 8 14.8 12 14.8 C 16 14.8 19.5 16.5 19.5 20.5",
    "user-plus": "O 9.5 8 3.5 M 3 20 C 3 16 6 14.2 9.5 14.2 C 13 14.2 16 16 16 20 M 19 7.5 L 19 13.5"
    " M 16 10.5 L 22 10.5",
    "gift": "R 3.5 8 17 4 1 M 5 12 L 5 19 Q 5 20.5 6.5 20.5 L 17.5 20.5 Q 19 20.5 19 19 L 19 12 M 12 8"
    " L 12 20.5 M 12 8 C 10.5 4 6.5 2.8 6 5.4 C 5.6 7.6 9 8 12 8 M 12 8 C 13.5 4 17.5 2.8 18 5.4"
    " C 18.4 7.6 15 8 12 8",
    "chart": "M 4 20.5 L 20 20.5 M 6 16.5 L 6 12 M 10 16.5 L 10 7 M 14 16.5 L 14 10 M 18 16.5 L 18 4",
    "sliders": "M 3.5 6.5 L 13 6.5 M 17 6.5 L 20.5 6.5 O 15 6.5 2 M 3.5 12 L 6 12 M 10 12 L 20.5 12 O 8 12 2"
    " M 3.5 17.5 L 13 17.5 M 17 17.5 L 20.5 17.5 O 15 17.5 2",
    "moon": "M 20.2 14.2 C 19 14.8 17.8 15 16.5 15 C 12.3 15 9 11.7 9 7.5 C 9 6.2 9.3 4.9 9.8 3.8"
    " C 6.2 4.9 3.8 8.1 3.8 11.8 C 3.8 16.5 7.5 20.2 12.2 20.2 C 15.9 20.2 19.1 17.8 20.2 14.2 Z",
    "sun": "O 12 12 4 M 12 2.5 L 12 4.7 M 12 19.3 L 12 21.5 M 2.5 12 L 4.7 12 M 19.3 12 L 21.5 12"
    " M 5.3 5.3 L 6.8 6.8 M 17.2 17.2 L 18.7 18.7 M 5.3 18.7 L 6.8 17.2 M 17.2 6.8 L 18.7 5.3",
    "lock": "R 5 10.5 14 10 2 M 8 10.5 L 8 7.5 C 8 5 9.7 3.5 12 3.5 C 14.3 3.5 16 5 16 7.5 L 16 10.5"
    " D 12 15.5 1.2",
    "globe": "O 12 12 8.5 M 3.5 12 L 20.5 12 M 12 3.5 C 6.8 8 6.8 16 12 20.5 M 12 3.5"
    " C 17.2 8 17.2 16 12 20.5",
    "printer": "M 7 8 L 7 3.5 L 17 3.5 L 17 8 M 7 17 L 5 17 Q 3.5 17 3.5 15.5 L 3.5 10 Q 3.5 8 5.5 8 L 18.5 8"
    " Q 20.5 8 20.5 10 L 20.5 15.5 Q 20.5 17 19 17 L 17 17 R 7 14 10 6.5 0.5 D 17 11.2 0.9",
    "heart": "M 12 20 C 12 20 3.5 15 3.5 9.3 C 3.5 6.4 5.6 4.5 8 4.5 C 9.8 4.5 11.2 5.4 12 7"
    " C 12.8 5.4 14.2 4.5 16 4.5 C 18.4 4.5 20.5 6.4 20.5 9.3 C 20.5 15 12 20 12 20 Z",
    "receipt": "M 5.5 3.5 L 5.5 20.5 L 8 18.8 L 10 20.5 L 12 18.8 L 14 20.5 L 16 18.8 L 18.5 20.5 L 18.5 3.5"
    " L 16 5.2 L 14 3.5 L 12 5.2 L 10 3.5 L 8 5.2 Z M 9 9.5 L 15 9.5 M 9 13.5 L 15 13.5",
    "cup": "M 4.5 9.5 L 16.5 9.5 L 16.5 14.5 C 16.5 17.5 14.5 19 12.5 19 L 8.5 19 C 6.5 19 4.5 17.5 4.5 14.5"
    " Z M 16.5 11 L 18 11 C 21.5 11 21.5 15.8 18 15.8 L 16.3 15.8 M 8.2 3.5 C 7 5 9.4 5.4 8.2 7"
    " M 12.6 3.5 C 11.4 5 13.8 5.4 12.6 7 M 4.5 21.5 L 16.5 21.5",
    "croissant": "M 3 17 C 2.5 10 6.5 5.5 12 5.5 C 17.5 5.5 21.5 10 21 17 C 20.9 18.6 19.4 18.7 18.6 17.6"
    " C 17 15 15 13.8 12 13.8 C 9 13.8 7 15 5.4 17.6 C 4.6 18.7 3.1 18.6 3 17 Z M 9 6 L 10 13.9"
    " M 15 6 L 14 13.9 M 4.9 9.8 L 7.3 15.2 M 19.1 9.8 L 16.7 15.2",
    "bread": "M 6 10.8 C 2.5 10.5 2.5 5 7 5 L 17 5 C 21.5 5 21.5 10.5 18 10.8 L 18 18 Q 18 19.5 16.5 19.5"
    " L 7.5 19.5 Q 6 19.5 6 18 Z M 10 9 L 10 12 M 14 9 L 14 12",
    "star": "M 12 3.2 L 14.7 8.9 L 20.9 9.7 L 16.4 14 L 17.5 20.2 L 12 17.2 L 6.5 20.2 L 7.6 14 L 3.1 9.7"
    " L 9.3 8.9 Z",
    "wallet": "M 18 7.5 L 18 5.4 Q 18 3.7 16.3 4 L 5 5.6 Q 3 6 3 8 M 3 8 Q 3 7.5 4 7.5 L 19 7.5"
    " Q 21 7.5 21 9.5 L 21 18.5 Q 21 20.5 19 20.5 L 5 20.5 Q 3 20.5 3 18.5 Z M 21 11.7 L 16.6 11.7"
    " Q 14.4 11.7 14.4 14 Q 14.4 16.3 16.6 16.3 L 21 16.3 D 17 14 0.9",
    "clock": "O 12 12 8.5 M 12 7 L 12 12 L 15.5 14",
    "note": "M 5 4 L 19 4 Q 20.5 4 20.5 5.5 L 20.5 15 Q 20.5 16.5 19 16.5 L 12 16.5 L 8 20.5 L 8 16.5"
    " L 5 16.5 Q 3.5 16.5 3.5 15 L 3.5 5.5 Q 3.5 4 5 4 Z M 7.5 8.5 L 16.5 8.5 M 7.5 12 L 13 12",
    "tag": "M 12 3.5 L 19 3.5 Q 20.5 3.5 20.5 5 L 20.5 12 L 12.4 20.1 Q 11.4 21 10.4 20.1 L 3.9 13.6"
    " Q 3 12.6 3.9 11.6 Z O 16.2 7.8 1.3",
    "check": "M 4.5 12.5 L 9.5 17.5 L 19.5 6.5",
    "cross": "M 6 6 L 18 18 M 18 6 L 6 18",
    "undo": "M 8.5 4.5 L 4 9 L 8.5 13.5 M 4 9 L 14 9 C 17.6 9 20 11.3 20 14.5 C 20 17.7 17.6 20 14 20 L 9 20",
    "plus": "M 12 5 L 12 19 M 5 12 L 19 12",
    "minus": "M 5 12 L 19 12",
    "pause": "M 9 5 L 9 19 M 15 5 L 15 19",
    "info": "O 12 12 8.5 M 12 11.2 L 12 16 D 12 8 1.1",
    "question": "O 12 12 8.5 M 9.3 9.6 C 9.3 8 10.5 7 12 7 C 13.6 7 14.7 8 14.7 9.5 C 14.7 11.4 12 11.6"
    " 12 13.7 D 12 16.7 1.1",
    "warning": "M 12 4 L 21 19.5 L 3 19.5 Z M 12 10 L 12 14 D 12 16.8 1",
    "chevron-next": "M 9.5 5.5 L 16 12 L 9.5 18.5",
    "chevron-back": "M 14.5 5.5 L 8 12 L 14.5 18.5",
    "chevron-up": "M 5.5 14.5 L 12 8 L 18.5 14.5",
    "chevron-down": "M 5.5 9.5 L 12 16 L 18.5 9.5",
    "backspace": "M 8.5 5.5 L 19 5.5 Q 20.5 5.5 20.5 7 L 20.5 17 Q 20.5 18.5 19 18.5 L 8.5 18.5 L 3 12 Z"
    " M 11 9.5 L 16 14.5 M 16 9.5 L 11 14.5",
    "pencil": "M 4 20 L 5 15.5 L 15.8 4.7 L 19.3 8.2 L 8.5 19 Z M 13.3 7.2 L 16.8 10.7",
    "search": "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5",
    "link": "M 10 14 C 11.5 15.5 13.8 15.5 15.3 14 L 18.8 10.5 C 20.4 8.9 20.4 6.5 18.9 5.1"
    " C 17.4 3.6 15.1 3.6 13.5 5.2 L 11.8 6.9 M 14 10 C 12.5 8.5 10.2 8.5 8.7 10 L 5.2 13.5"
    " C 3.6 15.1 3.6 17.5 5.1 18.9 C 6.6 20.4 8.9 20.4 10.5 18.8 L 12.2 17.1",
    "copy": "R 8.5 8.5 12 12 2 M 15.5 5.5 L 15.5 5 Q 15.5 3.5 14 3.5 L 5 3.5 Q 3.5 3.5 3.5 5 L 3.5 14"
    " Q 3.5 15.5 5 15.5 L 5.5 15.5",
    "crown": "M 4.5 18.5 L 3 8 L 8.2 11.5 L 12 5 L 15.8 11.5 L 21 8 L 19.5 18.5 Z",
    "cake": "M 4 20.5 L 4 13 Q 4 11.5 5.5 11.5 L 18.5 11.5 Q 20 11.5 20 13 L 20 20.5 M 2.5 20.5 L 21.5 20.5"
    " M 4 15.5 C 6.5 18 9 15.5 12 15.5 C 15 15.5 17.5 18 20 15.5 M 12 11.5 L 12 7.5 D 12 4.6 1.2",
    "bolt": "M 13.5 3 L 5 13.5 L 11.5 13.5 L 10.5 21 L 19 10.5 L 12.5 10.5 Z",
    "calendar": "R 4 5.5 16 15 2 M 4 10 L 20 10 M 8.5 3.5 L 8.5 7 M 15.5 3.5 L 15.5 7",
    "ticket": "M 3 7 Q 3 6 4 6 L 20 6 Q 21 6 21 7 L 21 10 C 18.6 10.3 18.6 13.7 21 14 L 21 17 Q 21 18 20 18"
    " L 4 18 Q 3 18 3 17 L 3 14 C 5.4 13.7 5.4 10.3 3 10 Z M 14 9 L 14 10 M 14 12 L 14 12.2 M 14 14 L 14 15",
    "more": "D 5.5 12 1.5 D 12 12 1.5 D 18.5 12 1.5",
}
MIRRORED = frozenset({"undo", "chevron-next", "chevron-back", "backspace"})
"""Icons that point along the reading direction."""


@lru_cache(maxsize=128)
def _paths(name: str) -> tuple[QPainterPath, QPainterPath]:
    """Return the stroked and the filled part."""
    stroked, filled = QPainterPath(), QPainterPath()
    words = iter(_SHAPES[name].split())

    def number() -> float:
        return float(next(words))

    def point() -> QPointF:
        return QPointF(number(), number())

    for word in words:
        match word:
            case "M":
                stroked.moveTo(point())
            case "L":
                stroked.lineTo(point())
            case "C":
                stroked.cubicTo(point(), point(), point())
            case "Q":
                stroked.quadTo(point(), point())
            case "Z":
                stroked.closeSubpath()
            case "O" | "D":
                middle, radius = point(), number()
                (stroked if word == "O" else filled).addEllipse(middle, radius, radius)
            case "R":
                corner, width, height, radius = point(), number(), number(), number()
                stroked.addRoundedRect(QRectF(corner.x(), corner.y(), width, height), radius, radius)
            case _:
                raise ValueError(f"{name}: {word}")
    return stroked, filled


def names() -> frozenset[str]:
    """Return every icon's name."""
    return frozenset(_SHAPES)


def paint(
    painter: QPainter,
    name: str,
    rect: QRectF,
    color: QColor,
    *,
    mirror: bool | None = None,
    stroke: float = 1.8,
) -> None:
    """Paint an icon into a square; `mirror` None turns only those that point, in a right-to-left painter."""
    if mirror is None:
        mirror = name in MIRRORED and painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    stroked, filled = _paths(name)
    side = min(rect.width(), rect.height()) / GRID
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x(), rect.center().y())
    painter.scale(-side if mirror else side, side)
    painter.translate(-GRID / 2, -GRID / 2)
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, stroke, Qt.PenStyle.SolidLine, round_cap, round_join))
    painter.drawPath(stroked)
    painter.fillPath(filled, color)
    painter.restore()


def icon(name: str, token: str, size: int = 20, *, mirror: bool = False) -> QIcon:
    """Return an icon in a token's colour of now, for what takes only a QIcon.

    It keeps its colour: make it anew after a change of look.
    """
    made = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(QSize(size * ratio, size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, name, QRectF(0, 0, size * ratio, size * ratio), theme.color(token), mirror=mirror)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        made.addPixmap(pixmap)
    return made
