"""The band over every page while somebody practises: nothing of this is real."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import Btn, Tx


class TrainingBand(QFrame):
    """Say that this is training, and lead back to the real shop."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "training")
        across = QHBoxLayout(self)
        theme.space(across, 10, (14, 2, 14, 2))
        self.said = Tx("", "body", "reward_text", weight=700)
        self.back = Btn("", "outline", icon="undo", keycap="Ctrl T", size="small")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        across.addWidget(self.said, 1)
        across.addWidget(self.back)
        self.back.clicked.connect(self.left)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        self.setAccessibleName(t("Training: nothing here is real"))
        self.said.setText(t("Training: nothing here is real"))
        self.back.set_content(t("Back to the shop"))
