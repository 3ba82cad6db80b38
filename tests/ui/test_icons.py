import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from loyalty_pos.ui import icons, theme
from tests.ui.conftest import Stage
from tests.ui.hands import ink

# fmt: off
WANTED = {
    "scan", "people", "gift", "chart", "sliders", "moon", "sun", "lock", "printer", "heart", "cup",
    "croissant", "bread", "star", "wallet", "clock", "note", "tag", "check", "cross", "undo", "plus",
    "minus", "pause", "info", "warning", "chevron-next", "chevron-back", "chevron-up", "chevron-down",
    "backspace", "search", "user-plus", "link", "copy", "question", "globe",
}
# fmt: on


def _drawn(name: str, *, rtl: bool = False, mirror: bool | None = None, margin: int = 0) -> QImage:
    image = QImage(48 + 2 * margin, 48 + 2 * margin, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    side = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    painter.setLayoutDirection(side)
    icons.paint(painter, name, QRectF(margin, margin, 48, 48), QColor("black"), mirror=mirror)
    painter.end()
    return image


def _dark(image: QImage) -> set[tuple[int, int]]:
    return {(point.x(), point.y()) for point in ink(image, QColor("black"), near=127)}


def test_every_icon_a_counter_needs_is_there() -> None:
    assert icons.names() >= WANTED


@pytest.mark.parametrize("name", sorted(icons.names()))
def test_an_icon_fills_its_grid_and_stays_inside(name: str) -> None:
    dark = _dark(_drawn(name, margin=6))
    assert len(dark) > 40
    assert all(6 <= x < 54 and 6 <= y < 54 for x, y in dark)
    assert max(x for x, _ in dark) - min(x for x, _ in dark) >= 12 or name in ("pause",)


def test_no_two_icons_look_the_same() -> None:
    drawn = {name: frozenset(_dark(_drawn(name))) for name in icons.names()}
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("name", ["chevron-next", "undo"])
def test_what_points_along_the_reading_turns_with_it(name: str) -> None:
    plain = _dark(_drawn(name))
    turned = _dark(_drawn(name, rtl=True))
    assert len(turned ^ {(47 - x, y) for x, y in plain}) < len(plain) * 0.15
    assert turned != plain


@pytest.mark.parametrize("name", ["check", "clock", "cup", "gift", "search"])
def test_things_and_ticks_never_turn(name: str) -> None:
    assert _dark(_drawn(name, rtl=True)) == _dark(_drawn(name))


def test_an_icon_for_stock_widgets_has_its_tokens_colour(english: Stage) -> None:
    image = icons.icon("star", "primary", 24).pixmap(24, 24).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(24) for y in range(24)}
    assert theme.color("primary").name() in seen
