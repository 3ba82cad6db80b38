"""The map of keys (F1), made of the same table the counter obeys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.keymap import BINDINGS
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.widgets import Btn, Card, Keycap, Tx


class KeyMapPanel(Card):
    """List every key that works here, in two columns; any of F1, Esc or the button closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=24, parent=parent)
        head = row()
        self._title = Tx("", "name")
        self.close_button = Btn("", "outline", keycap="F1")
        self.close_button.clicked.connect(self.closed)
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        self._support = Tx("", "secondary", "text2")
        inside = QWidget()
        grid_box = column(inside)
        grid = QGridLayout()
        theme.space(grid, 12)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._texts: list[Tx] = []
        half = (len(BINDINGS) + 1) // 2
        for number, binding in enumerate(BINDINGS):
            text = Tx("", "body", wrap=True)
            line, side = number % half, number // half * 2
            grid.addWidget(Keycap(binding.cap), line, side, Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(text, line, side + 1)
            self._texts.append(text)
        grid_box.addLayout(grid)
        grid_box.addStretch(1)
        self.body.addWidget(scroller(inside), 1)
        self.body.addWidget(self._support)

    def show_keys(self, language: Language, support: str) -> None:
        """Say the map in a language; `support` is the mark of the last mishap, if there was one."""
        self._title.setText(language.t("Keys"))
        self.close_button.set_content(language.t("Close"))
        for text, binding in zip(self._texts, BINDINGS, strict=True):
            text.setText(language.t(binding.help))
        self._support.setVisible(bool(support))
        self._support.setText(language.t("Mark for support: {mark}", mark=language.isolate(support)))
