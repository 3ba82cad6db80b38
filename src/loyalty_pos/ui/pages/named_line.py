"""A line to type into, its name above it and what is wrong with it below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.widgets import Tx
from loyalty_pos.ui.widgets.text_line import TextLine


class NamedLine(QWidget):
    """One text; `told` when somebody typed."""

    told = Signal()

    def __init__(self, most: int = 200) -> None:
        super().__init__()
        self.name = Tx("", "secondary", "text2", weight=600)
        self.line = TextLine()
        self.line.setMaxLength(most)
        theme.hold(self.line, height=42)
        self.name.setBuddy(self.line)
        self.wrong = Tx("", "secondary", "danger", weight=600, wrap=True)
        self.wrong.hide()
        layout = column(self, 4)
        for part in (self.name, self.line, self.wrong):
            layout.addWidget(part)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda text: self.told.emit())

    def set_texts(self, name: str, language: Language) -> None:
        """Call the line something; in a right-to-left window it begins at the right."""
        self.name.setText(name)
        self.line.setAccessibleName(bidi.strip(name))

    def mark(self, problem: str) -> None:
        """Say what is wrong under the line; empty when nothing is."""
        self.wrong.setText(problem)
        self.wrong.setVisible(bool(problem))
        theme.set_prop(self.line, "k", "wrong" if problem else "")
        self.line.setAccessibleDescription(bidi.strip(problem))
