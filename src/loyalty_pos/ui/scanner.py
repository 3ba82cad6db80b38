"""Tell a barcode scanner's burst of keys from a human typing, before any widget sees it."""

from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from shiboken6 import isValid

from loyalty_pos.domain.keyboards import repair_layout
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.keycodes import physical

HOLD_MS = 35
MEAN_GAP_MS = 25
FEWEST_KEYS = 6
SAME_CODE_MS = 2000

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SILENT = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    }
)
_WITH = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class Burst:
    """Keys that came as fast as only a scanner sends them; without an `end` they were typed on."""

    code: str
    keys: int
    gap_ms: int
    repaired: bool  # the keyboard's layout had turned it into other letters
    end: Literal["enter", "tab", ""]


class Scanner(QObject):
    """Hold printable keys for at most 35 ms and see whether they grow into a scan.

    Six keys or more, on average at most 25 ms apart and ended by Enter or Tab, are a scan: the keys and
    their Enter vanish and `code_scanned` tells the text. Anything else is replayed to the window it was
    typed in, in order. Times are the system's own (`timestamp`), so a busy program does not blur them.
    """

    code_scanned = Signal(str)
    held = Signal(str)  # what the first key held would type
    seen = Signal(object)  # Burst, before anything is done with it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        self._window: QWindow | None = None
        self._replaying = False
        self._heard: list[QWindow] = []
        self._swallow_release: int = 0
        self._last: tuple[str, int] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setTimerType(Qt.TimerType.PreciseTimer)
        self._patience.setInterval(HOLD_MS)
        self._patience.timeout.connect(self._look_once_more)

    def listen(self, window: QWindow | None) -> None:
        """Hear the keys of a window of the system: before everybody who listens already."""
        if window is not None:
            window.installEventFilter(self)
            self._heard = [each for each in self._heard if isValid(each) and each is not window] + [window]

    def stop(self) -> None:
        """Hear nothing any more."""
        for window in self._heard:
            if isValid(window):
                window.removeEventFilter(self)
        self._heard = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold, swallow or pass one key event on its way to a window."""
        kind = event.type()
        if kind != QEvent.Type.KeyPress and kind != QEvent.Type.KeyRelease:
            return False
        if self._replaying or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._released(event)
        return self._pressed(watched, event)

    def _look_once_more(self) -> None:
        """Give up only after what already waits in the system's queue: a busy program is no slow scanner."""
        count = len(self._held)
        QTimer.singleShot(0, self, lambda: self.release() if len(self._held) == count else None)

    def release(self) -> None:
        """Replay what is held: it was no scan."""
        self._patience.stop()
        held, self._held = self._held, []
        window, self._window = self._window, None
        if window is None or not isValid(window):
            return
        presses = [event for event in held if event.type() == QEvent.Type.KeyPress]
        if _is_scan(presses):
            self.seen.emit(_burst(presses, ""))
        self._replaying = True
        try:
            for event in held:
                QCoreApplication.sendEvent(window, event)
        finally:
            self._replaying = False

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _SILENT:
            return False
        presses = self._presses()
        if presses and (window is not self._window or event.timestamp() - presses[-1].timestamp() > HOLD_MS):
            self.release()
            presses = []
        if event.key() in _ENDS:
            if _is_scan(presses):
                self._finish(presses, event)
                return True
            self.release()
            return False
        if event.isAutoRepeat() or not _printable(event):
            self.release()
            return False
        self._window = window
        self._held.append(event.clone())
        self._patience.start()
        if not presses:
            self.held.emit(event.text())
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() == self._swallow_release:
            self._swallow_release = 0
            return True
        if not self._held or event.key() in _SILENT:
            return False
        self._held.append(event.clone())
        return True

    def _presses(self) -> list[QKeyEvent]:
        return [event for event in self._held if event.type() == QEvent.Type.KeyPress]

    def _finish(self, presses: list[QKeyEvent], end: QKeyEvent) -> None:
        self._patience.stop()
        self._held, self._window = [], None
        self._swallow_release = end.key()
        code, at = _decode(presses), end.timestamp()
        self.seen.emit(_burst(presses, "tab" if end.key() == Qt.Key.Key_Tab else "enter"))
        again = self._last is not None and self._last[0] == code and at - self._last[1] < SAME_CODE_MS
        self._last = (code, at)
        if code and not again:
            self.code_scanned.emit(code)


def _printable(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _WITH


def _is_scan(presses: list[QKeyEvent]) -> bool:
    if len(presses) < FEWEST_KEYS:
        return False
    spread = presses[-1].timestamp() - presses[0].timestamp()
    return spread <= MEAN_GAP_MS * (len(presses) - 1)


def _burst(presses: list[QKeyEvent], end: Literal["enter", "tab", ""]) -> Burst:
    spread = presses[-1].timestamp() - presses[0].timestamp()
    code = _decode(presses)
    typed = "".join(event.text() for event in presses).strip()
    return Burst(code, len(presses), round(spread / max(1, len(presses) - 1)), code != typed, end)


def _decode(presses: list[QKeyEvent]) -> str:
    """Read the keys themselves; without scan codes read the text and undo the Persian layout."""
    keys = [
        physical(event, shifted=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        for event in presses
    ]
    if all(keys):
        return "".join(key for key in keys if key).strip()
    return repair_layout("".join(event.text() for event in presses)).strip()
