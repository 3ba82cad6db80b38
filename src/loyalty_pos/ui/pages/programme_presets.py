"""Ready-made programmes beside an empty form: one touch writes one into it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.form_views import PresetView
from loyalty_pos.app.language import Language
from loyalty_pos.ui import bidi
from loyalty_pos.ui.keymap import numbered
from loyalty_pos.ui.widgets import Btn, Card, Tx


class PresetCard(Card):
    """Name the ready-made programmes; `chosen` carries the one that was touched."""

    chosen = Signal(object)  # PresetView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("inset", padding=14, parent=parent)
        self._title = Tx("", "secondary", "text2", weight=600)
        self.body.addWidget(self._title)
        self.buttons: list[Btn] = []
        self._presets: tuple[PresetView, ...] = ()
        self.hide()

    def put(self, presets: tuple[PresetView, ...]) -> None:
        """Learn what there is to choose from."""
        self._presets = presets
        while len(self.buttons) < len(presets):
            place = len(self.buttons)
            button = Btn("", "soft", keycap=numbered(place + 1), size="small")
            button.clicked.connect(lambda checked=False, n=place: self.chosen.emit(self._presets[n]))
            self.buttons.append(button)
            self.body.addWidget(button)

    def show_for(self, language: Language, *, offered: bool) -> None:
        """Speak a language, and be there while something is offered."""
        if not offered:
            self.hide()
            return
        self._title.setText(language.t("Start from a ready-made one"))
        for button, preset in zip(self.buttons, self._presets, strict=False):
            button.set_content(preset.name.said(language.code))
            button.setToolTip(preset.sentence.said(language.code))
            button.setAccessibleDescription(bidi.strip(preset.sentence.said(language.code)))
        self.setVisible(bool(self._presets))
