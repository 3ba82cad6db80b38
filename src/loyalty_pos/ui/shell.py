"""What stands on the screen first: the window's outline with the member box, before the rest is loaded.

It needs Qt and the colours alone, and of Qt only what draws: the hundred enumerations in `Qt` take Python a
fifth of an empty window's start, so they come with the line, after the paint. Whatever takes a colour or a
style, such as `setBrush` or `fillRect`, loads them too; a path filled with a picture does not. What is typed
or scanned into it meanwhile is handed to the window.
"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.ui.tokens import DARK, LIGHT, scale_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

SIZE = (1024, 768)
RAIL, BAR, BOX, EDGE = 88, 64, 48, 16


class Shell(QWidget):
    """Draw rail, bar and member box; then take keys."""

    line: "QLineEdit"

    def __init__(self, *, rtl: bool, dark: bool, scale_percent: int) -> None:
        super().__init__()
        self._tokens = DARK if dark else LIGHT
        self._scale = scale_percent / 100
        self._rtl = rtl
        self._entered = self._takes_keys = False
        self.resize(*SIZE)

    def take_keys(self) -> None:
        """Put the line into the box: after the first paint, for with it come the fonts."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPalette
        from PySide6.QtWidgets import QLineEdit

        rtl = Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(rtl if self._rtl else Qt.LayoutDirection.LeftToRight)
        self.line = QLineEdit(self)
        self.line.setFrame(False)
        palette = self.line.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(self._tokens["surface"]))
        palette.setColor(QPalette.ColorRole.Text, QColor(self._tokens["text"]))
        self.line.setPalette(palette)
        self.line.returnPressed.connect(self._enter)
        self._takes_keys = True
        self._place_line()
        self.line.show()
        self.line.setFocus()

    def typed(self) -> tuple[str, bool]:
        """Return what was typed and whether Enter ended it, as a scanner does."""
        QCoreApplication.processEvents()  # keys that came while the rest was being loaded
        return self.line.text(), self._entered

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line inside its box."""
        if self._takes_keys:
            self._place_line()

    def _place_line(self) -> None:
        inner = self._box().adjusted(self._px(EDGE), 2, -self._px(EDGE), -2)
        self.line.setGeometry(inner.toRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline."""
        painter, whole = QPainter(self), QRectF(self.rect())
        for area, color in ((whole, "bg"), (self._rail(), "rail"), (self._bar(), "surface")):
            path = QPainterPath()
            path.addRect(area)
            painter.fillPath(path, self._ground(color))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, edge = QPainterPath(), QPen()
        box.addRoundedRect(self._box(), self._px(12), self._px(12))
        edge.setColor(QColor(self._tokens["primary"]))
        edge.setWidthF(2)
        painter.fillPath(box, self._ground("surface"))
        painter.strokePath(box, edge)

    def _ground(self, name: str) -> QBrush:
        picture = QPixmap(64, 64)
        picture.fill(QColor(self._tokens[name]))
        return QBrush(picture)

    def _enter(self) -> None:
        self._entered = True
        self.line.setReadOnly(True)  # what comes after belongs to the amount, which is not there yet

    def _px(self, length: int) -> float:
        return length * self._scale

    def _rail(self) -> QRectF:
        left = self.width() - self._px(RAIL) if self._rtl else 0.0
        return QRectF(left, 0, self._px(RAIL), self.height())

    def _bar(self) -> QRectF:
        left = 0.0 if self._rtl else self._px(RAIL)
        return QRectF(left, 0, self.width() - self._px(RAIL), self._px(BAR))

    def _box(self) -> QRectF:
        bar, height, edge = self._bar(), self._px(BOX), self._px(EDGE)
        wide = min(self._px(420), bar.width() - 2 * edge)
        left = bar.right() - edge - wide if self._rtl else bar.left() + edge
        return QRectF(left, (bar.height() - height) / 2, wide, height)


def show_shell(*, rtl: bool, dark: bool, scale_percent: int | None) -> Shell:
    """Begin Qt, put the outline on the screen and wait until it is painted; no scale: as suits the screen."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    screen = QGuiApplication.primaryScreen()
    scale = scale_percent or scale_for(screen.size().width(), screen.size().height())
    shell = Shell(rtl=rtl, dark=dark, scale_percent=scale)
    shell.show()
    app.processEvents()
    shell.take_keys()
    return shell
