"""A page beside the counter: it asks the shop when it is seen, and again when something changed."""

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import Language
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Pressed


class Page(QWidget):
    """Hold widgets and the last view; compute nothing about money.

    Subclasses name their place on the rail (`key`, `icon`, `title`, a marked message id) and what
    they show (`concerns`). No page calls another page.
    """

    key = ""
    icon = ""
    title = ""
    concerns = Changes.NOTHING

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dispatcher = dispatcher
        self.language = language
        self._stale = True

    def set_language(self, language: Language) -> None:
        """Speak another language at once, in whatever state the page is."""
        self.language = language
        self.show_texts()

    def something_changed(self, changes: Changes) -> None:
        """Ask again now when the page is seen, else when it is seen next."""
        if changes & self.concerns:
            self._stale = True
            if self.isVisible():
                self.entered()

    def entered(self) -> None:
        """Come to the front: ask again if what is shown may be old."""
        if self._stale:
            self._stale = False
            self.refresh()
        self.put_focus()

    def show_texts(self) -> None:
        """Set every text in the language of now."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the shop for what the page shows."""
        raise NotImplementedError

    def put_focus(self) -> None:
        """Put the keyboard where work on this page begins."""

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        return False
