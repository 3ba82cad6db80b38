"""What has just happened, and the way back."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from loyalty_pos.ui import bidi, paint, theme
from loyalty_pos.ui.speech import Speech
from loyalty_pos.ui.widgets.buttons import Btn
from loyalty_pos.ui.widgets.text import Tx

TICK_MS = 200


class _Mark(theme.Dressed, QLabel):
    """The icon that says how it went."""

    icon = "check"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dress_now()

    def dress(self) -> None:
        self.setFixedSize(theme.px(26), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = "toast_gain" if self.icon in ("check", "undo") else "reward"
        paint.icon(paint.begin(self), self.icon, 0, self.height() / 2, self.width(), ink)


class _Ring(theme.Dressed, QLabel):
    """The time that is left, as a ring and as a number."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.share, self.said = 1.0, ""
        self.dress_now()

    def dress(self) -> None:
        self.setFixedSize(theme.px(36), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        ring = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(theme.color("toast_button"), theme.px(3)))
        painter.drawEllipse(ring)
        pen = QPen(theme.color("reward"), theme.px(3))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        turn = round(self.share * 360 * 16)
        painter.drawArc(ring, 90 * 16, turn if paint.is_rtl(self) else -turn)
        paint.text(painter, ring, self.said, theme.font("secondary", 700), "on_toast", "center")


class Toast(theme.Dressed, QFrame):
    """Say what happened, offer undo while a ring runs out; never takes the focus, hides itself.

    `floating` keeps it over the lower edge of its parent; otherwise a layout places it.
    """

    undone = Signal()
    expired = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None, *, floating: bool = False) -> None:
        super().__init__(parent)
        self._speech = speech
        self._left_ms = self._whole_ms = 0
        self._mark, self._ring = _Mark(self), _Ring(self)
        self._message = Tx("", "input", "on_toast", weight=600, wrap=True, parent=self)
        self._sub = Tx("", "secondary", "toast_text2", wrap=True, parent=self)
        self.undo = Btn("", "toast", keycap="Ctrl Z", parent=self)
        self.undo.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # Ctrl Z is its key; focus stays with the next customer
        self.undo.clicked.connect(self._undo)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: self.pass_time(TICK_MS))
        self._floating = floating
        self.setProperty("k", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay()
        self.dress_now()
        self.hide()
        if floating and parent is not None:
            parent.installEventFilter(self)

    def _lay(self) -> None:
        self._row, texts = QHBoxLayout(self), QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._message)
        texts.addWidget(self._sub)
        texts.addStretch(1)
        self._row.addWidget(self._mark)
        self._row.addLayout(texts, 1)
        self._row.addWidget(self.undo)
        self._row.addWidget(self._ring)

    def dress(self) -> None:
        self._row.setContentsMargins(theme.px(16), 0, theme.px(14), 0)
        self._row.setSpacing(theme.px(12))
        self._make_room()
        self._place()
        self._fit()

    def _make_room(self) -> None:
        """Let nothing else take the message's room, up to a usual message's length."""
        need = paint.width_of(self._message.said(), theme.font("input", 600))
        self._message.setMinimumWidth(min(need, theme.px(240)))

    def _fit(self) -> None:
        """Be as high as the words need at this width, and never lower than one line's toast."""
        taken = self._mark.width() + self._ring.width() + theme.px(16 + 14 + 2 * 12)
        if not self.undo.isHidden():
            taken += self.undo.sizeHint().width() + theme.px(12)
        wide = max(self._message.minimumWidth(), self.width() - taken)
        texts = [self._message, *([self._sub] if self._sub.said() else [])]
        need = sum(each.heightForWidth(wide) for each in texts)
        high = max(theme.px(64), need + theme.px(16))
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_speech(self, speech: Speech) -> None:
        """Count down in another language's digits."""
        self._speech = speech
        self._count()

    def show_message(
        self,
        message: str,
        sub: str = "",
        *,
        undo: str = "",
        keycap: str = "Ctrl Z",
        icon: str = "check",
        seconds: int = 10,
    ) -> None:
        """Show, anew if one was showing; `undo` empty leaves the button out."""
        self._message.setText(message)
        self._sub.setText(sub)
        self._sub.setVisible(bool(sub))
        self._make_room()
        self.undo.set_content(undo, keycap=keycap)
        self.undo.setVisible(bool(undo))
        self._mark.icon = icon
        self._left_ms = self._whole_ms = seconds * 1000
        self.setAccessibleName(bidi.strip(f"{message}. {sub}" if sub else message))
        self._count()
        self._timer.start()
        self._place()
        self._fit()
        self.show()
        if self._floating:
            self.raise_()

    def pass_time(self, ms: int) -> None:
        """Let time pass; the toast's own timer does."""
        self._left_ms = max(0, self._left_ms - ms)
        self._count()
        if self._left_ms == 0 and self._timer.isActive():
            self._end()
            self.expired.emit()

    def seconds_said(self) -> str:
        """Return the seconds left as they stand in the ring."""
        return self._ring.said

    def dismiss(self) -> None:
        """Hide without a signal."""
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.hide()

    def _undo(self) -> None:
        self._end()
        self.undone.emit()

    def _count(self) -> None:
        self._ring.share = self._left_ms / self._whole_ms if self._whole_ms else 0
        seconds = -(-self._left_ms // 1000)
        self._ring.said = self._speech.digits(str(seconds))
        self._ring.update()

    def _place(self) -> None:
        parent = self.parentWidget()
        if self._floating and parent is not None:
            width = min(parent.width() - 2 * theme.px(16), theme.px(620))
            x = (parent.width() - width) // 2
            self.setGeometry(x, parent.height() - self.height() - theme.px(16), width, self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
