"""What hands do to widgets.

QTest aborts on letters beyond ASCII, so keys are sent as events made here.
"""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE) -> bool:
    """Press and release a key; return whether the widget used it."""
    down = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)
    QApplication.sendEvent(widget, down)
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, modifiers, text))
    return down.isAccepted()


def write(widget: QWidget, text: str) -> None:
    """Type letters of any script, one key each."""
    for letter in text:
        press(widget, Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown, letter)


def commit(widget: QWidget, text: str) -> None:
    """Let an input method hand over a text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def tap(widget: QWidget, at: QPoint | None = None) -> None:
    place = widget.rect().center() if at is None else at
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, place)


def heard(widget: QWidget) -> QAccessibleInterface:
    """Return what a screen reader sees of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(widget: QWidget) -> str:
    return heard(widget).text(QAccessible.Text.Name)


def image_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def ink(image: QImage, color: QColor, area: QRectF | None = None, near: int = 24) -> list[QPoint]:
    """Return the pixels of about a colour."""
    rect = (QRectF(image.rect()) if area is None else area).toRect().intersected(image.rect())
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows, stride = bytes(plain.constBits()), plain.bytesPerLine()
    blue, green, red = color.blue(), color.green(), color.red()
    found = []
    for y in range(rect.top(), rect.bottom() + 1):
        for x in range(rect.left(), rect.right() + 1):
            at = y * stride + 4 * x
            off = abs(rows[at] - blue), abs(rows[at + 1] - green), abs(rows[at + 2] - red)
            if max(off) <= near:
                found.append(QPoint(x, y))
    return found


def middle_x(points: list[QPoint]) -> float:
    assert points
    return sum(point.x() for point in points) / len(points)
