"""A line to type into that begins where reading does, whatever letters stand in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.ui import bidi, paint, theme


class TextLine(theme.Dressed, QLineEdit):
    """Begin at the start of the page; with `latin`, for what is read from left to right, always at the left.

    A plain line would jump from side to side with its first letter, and begin at the left while it is empty.
    """

    def __init__(self, *, latin: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zero = ""
        if latin:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.dress_now()

    def dress(self) -> None:
        self.setAlignment(bidi.alignment("start", paint.is_rtl(self)) | Qt.AlignmentFlag.AlignVCenter)

    def write_digits(self, language: Language) -> None:
        """Show other digits in what is written once they are others; caret and selection stay."""
        zero, self._zero = self._zero, language.digits("0")
        shown = language.digits(latin_digits(self.text()))
        if zero in ("", self._zero) or shown == self.text():
            return
        caret, start, length = self.cursorPosition(), self.selectionStart(), len(self.selectedText())
        self.setText(shown)
        self.setCursorPosition(caret)
        if start >= 0:
            self.setSelection(start, length)
