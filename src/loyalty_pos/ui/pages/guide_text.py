"""A page of the guide, to be read and scrolled."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from loyalty_pos.ui import bidi, theme

_NO_BREAK = "\u00a0"
_KEY = re.compile("<kbd>[^<]*</kbd>")


class GuideText(theme.Dressed, QTextBrowser):
    """Show Markdown in the look of now; links lead nowhere, the pages are all on the rail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._rtl = "", False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setProperty("k", "clear")
        self.dress_now()

    def show_page(self, text: str, *, rtl: bool) -> None:
        """Show a page from its beginning."""
        if (text, rtl) == (self._text, self._rtl):
            return
        self._text, self._rtl = text, rtl
        self.setAccessibleName(bidi.strip(text.partition("\n")[0].lstrip("# ")))
        self._write()

    def dress(self) -> None:
        self.setFont(theme.font("body"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("surface"))
        palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        self.setPalette(palette)
        self._write()

    def _write(self) -> None:
        document = self.document()
        option = document.defaultTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        )
        document.setDefaultTextOption(option)
        document.setDefaultFont(theme.font("body"))
        self.setMarkdown(_KEY.sub(lambda key: key[0].replace(" ", _NO_BREAK), self._text))
        self.moveCursor(QTextCursor.MoveOperation.Start)
