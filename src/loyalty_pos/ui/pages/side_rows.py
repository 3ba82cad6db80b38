"""The end side of a desk: a row for each, with a word and a button, or why there is none."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui import bidi
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.widgets import Action, Banner, Btn, Card, Chip, Elide, Skeleton, Tx
from loyalty_pos.ui.widgets.empty import Empty
from loyalty_pos.ui.widgets.surfaces import ChipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """What a row says; `button` is empty where nothing can be done, `hears` is what it does, said whole.

    `undoes` is what a second, small button takes back, said whole; empty where there is none.
    """

    key: str
    title: str
    line: str = ""
    chip: str = ""
    chip_kind: ChipKind = "plain"
    button: str = ""
    hears: str = ""
    undoes: str = ""


def lay_row(holder: QWidget, title: QWidget, line: QWidget, *ends: QWidget) -> None:
    """Lay two lines of text at the start and what belongs to them at the end."""
    holder.setProperty("k", "clear")
    texts = QWidget()
    texts.setProperty("k", "clear")
    lines = column(texts, 1)
    lines.addWidget(title)
    lines.addWidget(line)
    across = row(8)
    across.addWidget(texts, 1)
    for end in ends:
        across.addWidget(end)
    column(holder).addLayout(across)


class SideRow(QWidget):
    """One of them, on two lines."""

    acted = Signal(str)  # the row's key
    undone = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self.title = Elide("", "input", weight=600)
        self.line = Tx("", "secondary", "text2", wrap=True)
        self.chip = Chip()
        self.button = Btn("", "soft", size="small")
        self.undo = Btn("", "outline", icon="undo", size="small")
        lay_row(self, self.title, self.line, self.chip, self.button, self.undo)
        self.button.clicked.connect(lambda: self.acted.emit(self.key))
        self.undo.clicked.connect(lambda: self.undone.emit(self.key))

    def show_words(self, words: RowWords) -> None:
        """Say something else."""
        self.key = words.key
        self.title.setText(words.title)
        self.line.setText(words.line)
        self.line.setVisible(bool(words.line))
        self.chip.set_content(words.chip, words.chip_kind)
        self.chip.setVisible(bool(words.chip))
        self.button.set_content(words.button)
        self.button.setAccessibleName(bidi.strip(words.hears or words.button))
        self.button.setVisible(bool(words.button))
        self.undo.setAccessibleName(bidi.strip(words.undoes))
        self.undo.setToolTip(words.undoes)
        self.undo.setVisible(bool(words.undoes))


class RowsCard(Card):
    """Rows under a title; says so while they are read, when there are none and when they cannot be read."""

    acted = Signal(str)
    undone = Signal(str)
    more_asked = Signal()
    again_asked = Signal()
    offered = Signal(str)  # what an empty list offers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self._language: Language | None = None
        self.title = Tx("", "section", wrap=True)
        self.empty = Empty()
        self.none = self.empty.title
        self.trouble, self.skeleton = Banner("danger"), Skeleton()
        self.more = Btn("", "outline", keycap="Ctrl PgDn", size="small")
        self.rows: list[SideRow] = []
        self.body.addWidget(self.title)
        inside = QWidget()
        self._lines = column(inside, 8)
        for part in (self.empty, self.trouble, self.skeleton, self.more):
            part.hide()
            self._lines.addWidget(part)
        self._lines.addStretch(1)
        self.body.addWidget(scroller(inside), 1)
        self.more.clicked.connect(self.more_asked)
        self.empty.acted.connect(self.offered)
        self.trouble.acted.connect(lambda key: self.again_asked.emit())

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        self.more.set_content(language.t("Show more"))
        self.skeleton.set_name(language.t("Being read"))

    def wait(self) -> None:
        """Say that it is being read, when that takes long enough to notice."""
        self.show_rows("", (), "")
        self.skeleton.show_later()

    def show_trouble(self, said: str) -> None:
        """Say why there is nothing to show, and offer to ask again."""
        assert self._language is not None
        self.skeleton.cancel()
        self.empty.hide()
        again = Action("again", self._language.t("Try again"), "outline", keycap="F5")
        self.trouble.set_content("danger", said, "", (again,))
        self.trouble.show()

    def show_rows(
        self,
        title: str,
        rows: Sequence[RowWords],
        none: str,
        *,
        hint: str = "",
        offer: Action | None = None,
        icon: str = "",
        more: bool = False,
    ) -> None:
        """Show rows, or say `none`, what will be here and the next step; `more` offers to read on."""
        self.skeleton.cancel()
        self.trouble.hide()
        self.title.setText(title)
        while len(self.rows) > len(rows):
            gone = self.rows.pop()
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(rows):
            made = SideRow()
            made.acted.connect(self.acted)
            made.undone.connect(self.undone)
            self._lines.insertWidget(len(self.rows), made)
            made.show()  # a layout does it later, and the keyboard may be put here at once
            self.rows.append(made)
        for widget, words in zip(self.rows, rows, strict=True):
            widget.show_words(words)
        self.empty.set_content(none, hint, offer, icon=icon)
        self.empty.setVisible(not rows and bool(none))
        self.more.setVisible(more)
