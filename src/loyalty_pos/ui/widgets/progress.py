"""Work that takes longer than a second: what is being done, how far it is, and the way to call it off."""

import threading

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.pacing import Tell
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets.buttons import Btn
from loyalty_pos.ui.widgets.share_bar import ShareBar
from loyalty_pos.ui.widgets.text import Tx

LATER_MS = 400
"""What is done sooner was never in sight."""


class Progress(QWidget):
    """Show one piece of work at a time; `begin` returns what the work is to tell, from any thread.

    What is being done is given as a text to be translated, so that it can be said in another language.

    Whoever stops it hears `stopped` at once; the work itself ends with Rejection `stopped`, or with its
    answer when it was too late. Nothing shows while nothing is under way.
    """

    stopped = Signal()
    _went_on = Signal(int, int, int)  # which work, how many of how many

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self._language: Language | None = None
        self._serial, self._told = 0, (-1, -1)
        self._off = threading.Event()
        self._running = False
        self._what, self._share = "", (0, 0)
        self.said, self.share = Tx("", "secondary", "text2", wrap=True), Tx("", "secondary", weight=600)
        self.bar = ShareBar()
        self.stop = Btn("", "outline", icon="cross", size="small")
        words, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        theme.space(words, 8)
        theme.space(below, 10)
        theme.space(column, 6)
        words.addWidget(self.said, 1)
        words.addWidget(self.share)
        below.addWidget(self.bar, 1)
        below.addWidget(self.stop)
        column.addLayout(words)
        column.addLayout(below)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.show)
        self._went_on.connect(self._show)
        self.stop.clicked.connect(self.call_off)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether something is under way that can be called off."""
        return self._running

    def show_texts(self, language: Language, *, keycap: str = "") -> None:
        """Speak a language; `keycap` is the key that stops, where there is one."""
        self._language = language
        self.stop.set_content(language.t("Stop"), keycap=keycap)
        self._say()
        self._show(self._serial, *self._share)

    def begin(self, what: str, *, after_ms: int = LATER_MS, can_stop: bool = True) -> Tell:
        """Say what is being done; what was under way before is called off."""
        self.end()
        self._off, self._told, self._running = threading.Event(), (-1, -1), can_stop
        self.stop.setVisible(can_stop)
        self._what = what
        self._say()
        self._show(self._serial, 0, 0)
        if after_ms:
            self._later.start(after_ms)
        else:
            self.show()
        serial, off = self._serial, self._off

        def tell(done: int, whole: int) -> bool:
            if off.is_set():
                return False
            if (serial, self._told) == (self._serial, (done, whole)):
                return True
            self._told = (done, whole)
            self._went_on.emit(serial, done, whole)
            return True

        return tell

    def end(self) -> None:
        """Show nothing; what is still under way is called off, and what it tells is heard no more."""
        self._later.stop()
        self.abandon()
        self.hide()

    def abandon(self) -> None:
        """Call off what is under way as the program ends; the window may be gone by now."""
        self._off.set()
        self._serial += 1
        self._running = False

    def call_off(self) -> None:
        """Stop what is under way."""
        if self._running:
            self.end()
            self.stopped.emit()

    def _say(self) -> None:
        said = self._language.t(self._what) if self._language is not None and self._what else ""
        self.said.setText(said)
        self.said.setAccessibleName(bidi.strip(said))

    def _show(self, serial: int, done: int, whole: int) -> None:
        language = self._language
        if serial != self._serial or language is None:
            return
        self._share = (done, whole)
        said = language.number(done) if done else ""
        if whole:
            said = language.percent(done * 100 // whole * 100)
        self.share.setText(said)
        self.bar.set_share(done * 1_000 // whole if whole else 0, said)
