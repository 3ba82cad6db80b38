"""What stands on the screen first: the window's outline with the member box, before the rest is loaded.

It needs Qt and the colours alone, and of Qt only what draws: the hundred enumerations in `Qt` take Python a
fifth of an empty window's start, so they come with the line, after the paint. Whatever takes a colour or a
style, such as `setBrush` or `fillRect`, loads them too; a path filled with a picture does not. What is typed
or scanned into it meanwhile is handed to the window; whose card it is stands there before, where the window
will say it again.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QLabel, QLineEdit

SIZE = (1024, 768)
RAIL, BAR, BOX, EDGE, KEYS = 88, 64, 48, 16, 32
PANE, GAP, FACE = 388, 12, 92
"""How wide the pane of a member is, how far from everything, and where in it the name begins."""
LOOK_EVERY_S = 0.016
_TITLES = ("Loyalty POS", "\u0628\u0627\u0634\u06af\u0627\u0647 \u0645\u0634\u062a\u0631\u06cc\u0627\u0646")
"""As the catalogue has them, which is not read yet."""


class Shell(QWidget):
    """Draw rail, bar and member box; then take keys."""

    line: "QLineEdit"
    met: "QLabel | None" = None

    def __init__(self, *, rtl: bool, dark: bool, scale_percent: int) -> None:
        super().__init__()
        self._tokens = DARK if dark else LIGHT
        self._scale = scale_percent / 100
        self._rtl = rtl
        self._entered = self._takes_keys = False
        self._name_of: Callable[[str], str | None] | None = None
        self.setWindowTitle(_TITLES[rtl])
        self.resize(*(round(self._px(length)) for length in SIZE))

    def take_keys(self) -> None:
        """Put the line into the box: after the first paint, for with it come the fonts."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPalette
        from PySide6.QtWidgets import QLineEdit

        from loyalty_pos.ui import bidi

        rtl = Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(rtl if self._rtl else Qt.LayoutDirection.LeftToRight)
        self.line = QLineEdit(self)
        self.line.setFrame(False)
        self.line.setProperty("k", "bare")  # the window's sheet is put on while this still stands
        self.line.setFont(self._letters("Medium", 15))
        self.line.setAlignment(bidi.alignment("start", self._rtl) | Qt.AlignmentFlag.AlignVCenter)
        palette = self.line.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(self._tokens["surface"]))
        palette.setColor(QPalette.ColorRole.Text, QColor(self._tokens["text"]))
        self.line.setPalette(palette)
        self.line.returnPressed.connect(self._enter)
        self._takes_keys = True
        self._place_line()
        self.line.show()
        self.line.setFocus()

    def greet(self, name_of: Callable[[str], str | None]) -> None:
        """From now on show the name of whoever is scanned; of one who has been scanned already at once."""
        self._name_of = name_of
        self._show_name()

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Draw the keys that come, and greet, between any two modules that are loaded in the block."""
        between = _Between()
        sys.meta_path.insert(0, between)
        try:
            yield
        finally:
            sys.meta_path.remove(between)

    def typed(self) -> tuple[str, bool]:
        """Return what was typed and whether Enter ended it, as a scanner does."""
        QCoreApplication.processEvents()  # keys that came while the rest was being loaded
        return self.line.text(), self._entered

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line inside its box."""
        if self._takes_keys:
            self._place_line()
        if self.met:
            self._place_name()

    def _place_line(self) -> None:
        inner = self._box().adjusted(self._px(EDGE), 2, -self._px(EDGE), -2)
        self.line.setGeometry(inner.toRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the outline."""
        painter, whole = QPainter(self), QRectF(self.rect())
        bar, high = self._bar(), self._px(KEYS)
        keys = QRectF(bar.left(), whole.bottom() - high, bar.width(), high)
        grounds = ((whole, "bg"), (self._rail(), "rail"), (bar, "surface"), (keys, "surface"))
        for area, color in grounds:
            path = QPainterPath()
            path.addRect(area)
            painter.fillPath(path, self._ground(color))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        panes = (
            (self._who(), 16, "line", 1.0),
            (self._sale(), 16, "line", 1.0),
            (self._box(), 12, "primary", 2.0),
        )
        for area, round_px, ink, wide in panes:
            path, edge = QPainterPath(), QPen()
            path.addRoundedRect(area, self._px(round_px), self._px(round_px))
            edge.setColor(QColor(self._tokens[ink]))
            edge.setWidthF(wide)
            painter.fillPath(path, self._ground("surface"))
            painter.strokePath(path, edge)

    def _ground(self, name: str) -> QBrush:
        picture = QPixmap(64, 64)
        picture.fill(QColor(self._tokens[name]))
        return QBrush(picture)

    def _enter(self) -> None:
        self._entered = True
        self.line.setReadOnly(True)  # what comes after belongs to the amount, which is not there yet
        self._show_name()

    def _show_name(self) -> None:
        name = self._name_of(self.line.text()) if self._entered and self._name_of else None
        if name is None:
            return  # a voucher, a receipt or nobody: the window says which
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPalette
        from PySide6.QtWidgets import QLabel

        from loyalty_pos.ui import bidi

        label = self.met = QLabel(self)
        label.setFont(self._letters("Bold", 20))
        label.setTextFormat(Qt.TextFormat.PlainText)
        # A name of the other script begins at the same edge.
        label.setAlignment(bidi.alignment("start", self._rtl) | Qt.AlignmentFlag.AlignVCenter)
        label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self._wide()))
        palette = label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._tokens["text"]))
        label.setPalette(palette)
        self._place_name()
        label.show()

    def _letters(self, weight: str, size_px: int) -> "QFont":
        from PySide6.QtGui import QFont

        from loyalty_pos.ui import fonts

        fonts.load()
        letters = QFont(fonts.FAMILY)
        letters.setWeight(QFont.Weight[weight])
        letters.setPixelSize(round(self._px(size_px)))
        return letters

    def _wide(self) -> int:
        return round(self._who().width() - self._px(FACE + EDGE))

    def _place_name(self) -> None:
        assert self.met is not None
        pane = self._who()
        left = pane.left() + self._px(EDGE if self._rtl else FACE)
        self.met.setGeometry(QRectF(left, pane.top() + self._px(EDGE), self._wide(), self._px(40)).toRect())

    def _px(self, length: int) -> float:
        return length * self._scale

    def _rail(self) -> QRectF:
        left = self.width() - self._px(RAIL) if self._rtl else 0.0
        return QRectF(left, 0, self._px(RAIL), self.height())

    def _bar(self) -> QRectF:
        left = 0.0 if self._rtl else self._px(RAIL)
        return QRectF(left, 0, self.width() - self._px(RAIL), self._px(BAR))

    def _who(self) -> QRectF:
        """Return the pane of the member, beside the rail."""
        bar, gap = self._bar(), self._px(GAP)
        wide, high = self._px(PANE), self.height() - bar.bottom() - self._px(KEYS) - 2 * gap
        left = bar.right() - gap - wide if self._rtl else bar.left() + gap
        return QRectF(left, bar.bottom() + gap, wide, high)

    def _sale(self) -> QRectF:
        """Return the pane of the sale: all that is left."""
        bar, gap, who = self._bar(), self._px(GAP), self._who()
        left = bar.left() + gap if self._rtl else who.right() + gap
        return QRectF(left, who.top(), bar.width() - who.width() - 3 * gap, who.height())

    def _box(self) -> QRectF:
        bar, height, edge = self._bar(), self._px(BOX), self._px(EDGE)
        wide = min(self._px(640), bar.width() - 2 * edge)
        left = bar.right() - edge - wide if self._rtl else bar.left() + edge
        return QRectF(left, (bar.height() - height) / 2, wide, height)


class _Between:
    """Stand where modules are looked for, find none, and let Qt see to what has come meanwhile."""

    def __init__(self) -> None:
        self._again_s = 0.0

    def find_spec(self, *_: object) -> None:
        now_s = time.monotonic()
        if now_s >= self._again_s:
            QCoreApplication.processEvents()
            self._again_s = time.monotonic() + LOOK_EVERY_S


def show_whole(window: QWidget, scale_percent: int) -> None:
    """Show a window; where its frame would push it off a small monitor, without the frame."""
    screen = window.screen().availableGeometry()
    small = screen.width() * 100 < 1040 * scale_percent or screen.height() * 100 < 820 * scale_percent
    if small and QGuiApplication.platformName() != "offscreen":
        window.showFullScreen()
    else:
        window.show()


def show_shell(*, rtl: bool, dark: bool, scale_percent: int | None) -> Shell:
    """Begin Qt, put the outline on the screen and wait until it is painted; no scale: as suits the screen."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    screen = QGuiApplication.primaryScreen()
    scale = scale_percent or scale_for(screen.size().width(), screen.size().height())
    shell = Shell(rtl=rtl, dark=dark, scale_percent=scale)
    show_whole(shell, scale)
    app.processEvents()
    shell.take_keys()
    return shell
