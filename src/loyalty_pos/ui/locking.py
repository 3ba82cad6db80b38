"""The lock: a cover over the whole window, under which the sale waits as it was (Ctrl L)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Btn, ScanTarget, Tx

MINUTE_MS = 60_000


class LockPanel(QWidget):
    """Say that the till is locked, and how it opens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        theme.space(column, 12, 24)
        self.sign = ScanTarget("lock")
        self.title, self.text = Tx("", "name", align="center"), Tx("", "body", "text2", align="center")
        self.open = Btn("", "primary", icon="lock", keycap="Enter", size="confirm")
        theme.hold(self.open, width=320)
        column.addStretch(1)
        for part in (self.sign, self.title, self.text, self.open):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        self.sign.setAccessibleName(t("The till is locked"))
        self.title.setText(t("The till is locked"))
        self.text.setText(t("The sale waits as it was."))
        self.open.set_content(t("Unlock"))


class Lock(QObject):
    """Cover a window and uncover it; covered, no key and no scan reaches anything under it.

    `opens` decides whether what was typed unlocks; until staff have PINs, nothing typed does.
    """

    changed = Signal(bool)

    def __init__(self, whole: QWidget, now_ms: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._whole, self._now_ms = whole, now_ms
        self._stood: QWidget | None = None
        self._used_ms = now_ms()
        self.idle_minutes = 0
        self.opens: Callable[[str], bool] = lambda typed: not typed
        self.panel = LockPanel()
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.panel)
        self.panel.open.clicked.connect(self._pressed)

    @property
    def on(self) -> bool:
        """Whether the window is covered."""
        return self.stack.currentWidget() is self.panel

    def lock(self) -> None:
        """Cover the window."""
        if self.on:
            return
        self._stood = QApplication.focusWidget()
        self.stack.setCurrentWidget(self.panel)
        self.panel.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(True)

    def ask_open(self, typed: str = "") -> None:
        """Uncover the window, if what was typed opens it, and give the keyboard back."""
        if not self.on or not self.opens(typed):
            return
        self._used_ms = self._now_ms()
        self.stack.setCurrentWidget(self._whole)
        if self._stood is not None and self._stood.isVisible():
            self._stood.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stood = None
        self.changed.emit(False)

    def _pressed(self) -> None:
        self.ask_open()

    def touched(self) -> None:
        """Learn that somebody is here."""
        self._used_ms = self._now_ms()

    @property
    def idle_ms(self) -> int:
        """How long nobody has been here."""
        return self._now_ms() - self._used_ms

    def look(self) -> None:
        """Lock when nobody has been here for as long as was chosen."""
        if self.idle_minutes and self.idle_ms >= self.idle_minutes * MINUTE_MS:
            self.lock()

    def take(self, event: QKeyEvent) -> bool:
        """Take a key while the window is covered: Enter and Space unlock, all others do nothing."""
        if not self.on:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.ask_open()
        return True
