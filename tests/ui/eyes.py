"""What a person sees of a window: every text with its place, what is cut of it, how well it can be read."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from loyalty_pos.ui import bidi, paint
from loyalty_pos.ui.widgets import Elide, member_table
from loyalty_pos.ui.widgets.amount_field import _Edit as PaintedByItsField

READABLE = 4.5


@dataclass(frozen=True)
class Text:
    """One text on screen; `place`: where its letters stand in the picture; `cut`: some are missing."""

    said: str
    place: QRect
    cut: bool = False
    disabled: bool = False
    scrolled: bool = False
    """Partly beyond the edge of what shows it, as the last row of a list is."""


@dataclass
class Sight:
    """A picture of a window and the texts in it."""

    image: QImage
    texts: list[Text] = field(default_factory=list)


def look_at(window: QWidget) -> Sight:
    """Take a window's picture and note every text that was painted or stands in a label or a field."""
    for _ in range(3):  # a length that grew inside is felt outside one turn later
        QApplication.processEvents()
    with _painted() as texts:
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    sight = Sight(image, texts)
    for widget in _shown(window):
        if isinstance(widget, QLabel) and widget.text() and type(widget).paintEvent is QLabel.paintEvent:
            sight.texts.append(_in_label(window, widget))
        elif isinstance(widget, QLineEdit) and not isinstance(widget, PaintedByItsField):
            sight.texts += _in_field(window, widget)
    return sight


def cut_texts(window: QWidget, sight: Sight) -> Iterator[str]:
    """Name every text that has less room than it needs, and everything that its surroundings cut off."""
    yield from (f"painted: {bidi.strip(text.said)}" for text in sight.texts if text.cut)
    for widget in _shown(window):
        if not isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit):
            continue
        what = f"{type(widget).__name__}: {bidi.strip(_said(widget))}"
        if isinstance(widget, QAbstractButton) and _narrow(widget):
            yield what
        if _sticks_out(widget):
            yield f"{what} (sticks out)"
    for area in window.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None and inside.width() > area.viewport().width():
            yield f"{type(inside).__name__} is wider than what shows it"


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG 2 counts it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def legibility(image: QImage, text: Text) -> float:
    """Return the contrast that at least as many pixels of a text reach as it has letters."""
    area = text.place.intersected(image.rect())
    colours = Counter(
        image.pixel(x, y)
        for y in range(area.top(), area.bottom() + 1)
        for x in range(area.left(), area.right() + 1)
    )
    if not colours:
        return 0.0
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    seen = sorted(((contrast(QColor.fromRgb(c), ground), n) for c, n in colours.items()), reverse=True)
    letters = sum(1 for letter in bidi.strip(text.said) if letter.isalnum())
    for ratio, count in seen:
        letters -= count
        if letters <= 0:
            return ratio
    return 1.0


def illegible(sight: Sight) -> list[str]:
    """Name the texts that cannot be read well; what is switched off need not be (WCAG 1.4.3)."""
    found = []
    for text in sight.texts:
        if text.disabled or text.scrolled or not any(letter.isalnum() for letter in text.said):
            continue
        if not sight.image.rect().contains(text.place) or text.place.isEmpty():
            continue  # scrolled away
        ratio = legibility(sight.image, text)
        if ratio < READABLE:
            found.append(f"{bidi.strip(text.said)}: {ratio:.2f}")
    return found


@contextmanager
def _painted() -> Iterator[list[Text]]:
    """Note what goes through the one function that paints text."""
    texts: list[Text] = []
    real = paint.text

    def noted(
        painter: QPainter, rect: QRectF, said: str, font: QFont, token: str, align: str = "start"
    ) -> bool:
        cut = real(painter, rect, said, font, token, align)
        device = painter.device()
        off = isinstance(device, QWidget) and not device.isEnabled()
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = _letters(rect, said, font, bidi.alignment(align, rtl) | Qt.AlignmentFlag.AlignVCenter)
        if said:
            seen = painter.transform().mapRect(place)
            shown = QRectF(device.visibleRegion().boundingRect()) if isinstance(device, QWidget) else seen
            beyond = not shown.contains(seen)
            there = painter.deviceTransform().mapRect(place).toAlignedRect()
            texts.append(Text(said, there, cut, off, beyond))
        return cut

    # Rows paint themselves anew for the eye: of a picture of a row no text would be seen.
    anew = mock.patch.object(member_table, "_points_are_whole", lambda painter: False)
    with mock.patch.object(paint, "text", noted), anew:
        yield texts


def _letters(rect: QRectF, said: str, font: QFont, align: Qt.AlignmentFlag) -> QRectF:
    """Return where the letters of one line stand in the room given to them."""
    metrics = QFontMetricsF(font)
    width, height = min(metrics.horizontalAdvance(said), rect.width()), metrics.height()
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.center().x() - width / 2
    return QRectF(left, rect.center().y() - height / 2, width, height)


def _in_label(window: QWidget, label: QLabel) -> Text:
    room, said = label.contentsRect(), label.text()
    if label.wordWrap():
        place = room
        cut = label.heightForWidth(label.width()) > label.height() + 1
        longest = max(
            (label.fontMetrics().horizontalAdvance(word) for word in said.replace("\u200b", " ").split()),
            default=0,
        )
        cut = cut or longest > room.width() + 1
    else:
        place = _letters(QRectF(room), said, label.font(), label.alignment()).toAlignedRect()
        cut = label.sizeHint().width() > label.width() + 1
        cut = cut or label.fontMetrics().height() > room.height() + 2
    if isinstance(label, Elide):
        cut, said = label.is_cut(), label.said()
    scrolled = not label.visibleRegion().boundingRect().contains(place)
    return Text(said, _on(window, label, place), cut, not label.isEnabled(), scrolled)


def _in_field(window: QWidget, line: QLineEdit) -> Iterator[Text]:
    """A field's text may be longer than the field; its placeholder may not."""
    said = line.text() or line.placeholderText()
    if not said:
        return
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = (
        line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).adjusted(2, 0, -2, 0)
    )
    cut = not line.text() and QFontMetrics(line.font()).horizontalAdvance(said) > room.width() + 1
    scrolled = not line.visibleRegion().boundingRect().contains(room)
    yield Text(said, _on(window, line, room), cut, not line.isEnabled(), scrolled)


def _on(window: QWidget, widget: QWidget, place: QRect) -> QRect:
    """Map to the window, without what a scrolled surrounding hides."""
    return QRect(widget.mapTo(window, place.topLeft()), place.size())


def _shown(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def _said(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return said or widget.accessibleName()


def _narrow(button: QAbstractButton) -> bool:
    need = button.minimumSizeHint() if not isinstance(button, QPushButton) else button.sizeHint()
    return need.width() > button.width() + 1 or button.minimumSizeHint().height() > button.height() + 1


def _sticks_out(widget: QWidget) -> bool:
    """Whether a part of it lies beyond the widget it stands in."""
    parent = widget.parentWidget()
    if parent is None or widget.size().isEmpty():
        return False
    return not parent.rect().adjusted(-1, -1, 1, 1).contains(QRect(widget.pos(), widget.size()))


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
