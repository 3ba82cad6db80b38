"""The map of keys (F1), made of the same table the window obeys."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractSlider, QApplication, QGridLayout, QScrollBar, QWidget

from loyalty_pos.app.guide import guide_page
from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.keymap import BINDINGS, Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.guide_text import GuideText
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.widgets import Btn, Card, Keycap, Tx

_ROW = 34
_LEAPS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
_MOVES = {Action.UP: -1, Action.DOWN: 1, Action.FIRST: -1000}


class KeyMapPanel(Card):
    """List every key in two columns over whatever page is shown; F1, Esc or the button closes it.

    Over a page that the guide has a page about, that one stands first and F1 goes on to the keys.

    While it is open keys reach nothing under it. The keyboard goes back to where it stood.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(padding=24, parent=parent)
        self._texts: list[Tx] = []
        self._page = ""
        self._stood: QWidget | None = None
        self._said: tuple[Language, str] | None = None
        self.hide()
        parent.installEventFilter(self)

    def _build(self) -> None:
        """Make the map when it is first opened: on most days nobody asks for it."""
        head = row()
        self._title = Tx("", "name")
        self.close_button = Btn("", "outline", keycap="F1")
        self.close_button.clicked.connect(self.close_map)
        self.keys_button = Btn("", "ghost", keycap="F1")
        self.keys_button.clicked.connect(self._to_keys)
        head.addWidget(self._title, 1)
        head.addWidget(self.keys_button)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        self._support = Tx("", "secondary", "text2")
        inside = QWidget()
        grid_box = column(inside)
        grid = QGridLayout()
        theme.space(grid, 12, (10, 0, 10, 0))  # the scroll bar stands beside the words
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        half = (len(BINDINGS) + 1) // 2
        for number, binding in enumerate(BINDINGS):
            text = Tx("", "body", wrap=True)
            line, side = number % half, number // half * 2
            grid.addWidget(Keycap(binding.cap), line, side, Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(text, line, side + 1)
            self._texts.append(text)
        grid_box.addLayout(grid)
        grid_box.addStretch(1)
        self._area = scroller(inside)
        self.guide = GuideText()
        self.body.addWidget(self.guide, 1)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._support)

    def show_keys(self, language: Language, support: str) -> None:
        """Say the map in a language; `support` is the mark of the last mishap, if there was one."""
        self._said = language, support
        if not self._texts:
            return
        said = guide_page(self._page, language.code) if self._page else ""
        title = language.t("Guide") if said else language.t("Keys")
        self._title.setText(title)
        self.setAccessibleName(title)
        self.guide.show_page(said, rtl=language.rtl)
        for part in (self.guide, self.keys_button):
            part.setVisible(bool(said))
        self._area.setHidden(bool(said))
        self.keys_button.set_content(language.t("Keys"))
        self.close_button.set_content(language.t("Close"), keycap="Esc" if said else "F1")
        for text, binding in zip(self._texts, BINDINGS, strict=True):
            text.setText(language.t(binding.help))
        self._support.setVisible(bool(support) and not said)
        self._support.setText(language.t("Mark for support: {mark}", mark=language.isolate(support)))

    def open_map(self, page: str = "") -> None:
        """Stand over everything and take the keyboard; a page of the guide comes before the keys."""
        self._page = page
        if not self._texts:
            self._build()
        if self._said:
            self.show_keys(*self._said)
        self._stood = QApplication.focusWidget()
        self._fill()
        self.show()
        self.raise_()
        self._measure()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self) -> None:
        """Give every line the height its words need: a grid laid out while hidden keeps one line each."""
        inside = self._area.widget()
        layout = inside.layout() if inside is not None else None
        if inside is not None and layout is not None:
            layout.activate()
            layout.invalidate()
            inside.updateGeometry()

    def close_map(self) -> None:
        """Go, and give the keyboard back."""
        if self.isHidden():
            return
        self.hide()
        if self._stood is not None and self._stood.isVisible():
            self._stood.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def obey(self, pressed: Pressed | None, key: int) -> bool:
        """Use a key while open; False lets it go on: a page's key leads there."""
        if pressed is None:
            self._leaf(key)
            return True
        action = pressed.action
        if action is Action.HELP and self._page:
            self._to_keys()
        elif action in (Action.HELP, Action.ESCAPE, Action.ENTER):
            self.close_map()
        elif action in _MOVES:
            self._bar.setValue(self._bar.value() + _MOVES[action] * px(_ROW))
        elif action in (Action.PAGE, Action.FULL_SCREEN):
            self.close_map()
            return False
        return True

    @property
    def _bar(self) -> QScrollBar:
        return (self.guide if self._page else self._area).verticalScrollBar()

    def _leaf(self, key: int) -> None:
        """Move by a page, or to the end."""
        leap = _LEAPS.get(key)
        if leap is not None:
            self._bar.triggerAction(leap)

    def _to_keys(self) -> None:
        self._page = ""
        if self._said:
            self.show_keys(*self._said)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the whole of what it covers."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fill()
        return False

    def _fill(self) -> None:
        under = self.parentWidget()
        if under is not None:
            edge = px(24)
            self.setGeometry(under.rect().adjusted(edge, edge, -edge, -edge))
