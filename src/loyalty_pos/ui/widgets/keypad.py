"""Keys for fingers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from loyalty_pos.ui import theme
from loyalty_pos.ui.speech import Speech
from loyalty_pos.ui.widgets.buttons import Btn, BtnKind

_ROWS = ("789", "456", "123")


class _Key(Btn):
    def __init__(self, typed: str, kind: BtnKind, parent: QWidget, icon: str = "") -> None:
        super().__init__(kind=kind, icon=icon, parent=parent)
        self.typed = typed

    def _icon_side(self) -> int:
        return theme.px(28)

    def dress(self) -> None:
        self.setFont(theme.font("tile"))
        self.setMinimumSize(theme.px(58), theme.px(58))
        self.setMaximumHeight(theme.px(96))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)


class Keypad(theme.Dressed, QFrame):
    """Offer 7 8 9 on top, as a till does, left to right in every language."""

    typed = Signal(
        str
    )  # "0".."9", "." (an amount field makes 000 or the decimal mark of it), or a backspace letter

    def __init__(self, speech: Speech, *, decimals: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decimals = decimals
        self._grid = QGridLayout(self)
        self._keys = [
            self._add(letter, r, c) for r, line in enumerate(_ROWS) for c, letter in enumerate(line)
        ]
        self._keys += [self._add("0", 3, 0), self._add(".", 3, 1, "key2")]
        self._back = self._add("\b", 3, 2, "key2", "backspace")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.set_texts(speech)
        self.dress_now()

    def _add(self, typed: str, row: int, column: int, kind: BtnKind = "key", icon: str = "") -> _Key:
        key = _Key(typed, kind, self, icon)
        key.clicked.connect(lambda: self.typed.emit(typed))
        self._grid.addWidget(key, row, column)
        return key

    def dress(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))

    def set_texts(self, speech: Speech, decimals: int | None = None) -> None:
        """Speak another language, or another unit."""
        self._decimals = self._decimals if decimals is None else decimals
        point = "." if self._decimals else "000"
        if self._decimals and speech.rtl:
            point = "\u066b"
        for key in self._keys:
            key.set_content(speech.digits(point if key.typed == "." else key.typed))
        self._back.setAccessibleName(speech.t("Delete the last digit"))

    def key(self, typed: str) -> Btn:
        """Return the key that types this."""
        return next(key for key in (*self._keys, self._back) if key.typed == typed)
