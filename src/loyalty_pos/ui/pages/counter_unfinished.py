"""The question about a sale that was left unfinished; besides it nothing on the counter works."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import paint, theme
from loyalty_pos.ui.counter.state import Unfinished
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.draft_words import unfinished_words
from loyalty_pos.ui.widgets import Banner, Btn, Card, Tx

_WIDTH = 520


class UnfinishedPanel(QWidget):
    """Stand over the whole counter until Enter or Esc, or a finger, answers; made when it asks."""

    continued = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made = False

    def _make(self) -> None:
        self._made = True
        card = Card(padding=24)
        theme.hold(card, width=_WIDTH)
        self._title = Tx("", "name", wrap=True)
        self._what = Banner("reward", icon="note")
        self._hint = Tx("", "secondary", "text2", wrap=True)
        self.go_on = Btn("", "primary", icon="check", keycap="Enter", size="confirm")
        self.leave = Btn("", "outline", keycap="Esc", size="confirm")
        self.go_on.clicked.connect(self.continued)
        self.leave.clicked.connect(self.left)
        buttons = row()
        buttons.addWidget(self.go_on, 3)
        buttons.addWidget(self.leave, 2)
        for widget in (self._title, self._what, self._hint):
            card.body.addWidget(widget)
        card.body.addLayout(buttons)
        down, across = QVBoxLayout(self), QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)

    def show_state(self, unfinished: Unfinished | None, today: str, language: Language) -> None:
        """Ask about this sale, or go away; the keyboard stands on the answer that loses nothing."""
        if unfinished is not None:
            if not self._made:
                self._make()
            title, what, detail = unfinished_words(unfinished, today, language)
            self._title.setText(title)
            self._what.set_content("reward", what, detail, icon="note")
            self._hint.setText(language.t("It is not recorded yet."))
            self.go_on.set_content(language.t("Continue"))
            self.leave.set_content(language.t("Leave the sale"))
        if self.isHidden() == (unfinished is not None):
            self.setVisible(unfinished is not None)
            self.raise_()
        focused = QApplication.focusWidget()
        if unfinished is not None and (focused is None or not self.isAncestorOf(focused)):
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what stands behind."""
        paint.box(paint.begin(self), QRectF(self.rect()), 0, "bg")
