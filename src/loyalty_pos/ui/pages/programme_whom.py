"""Whom a draft is tried on: the made-up sample, or a member found by name, phone or card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.views import MemberLineView
from loyalty_pos.ui import bidi
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.counter_words import called
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.widgets import Btn
from loyalty_pos.ui.widgets.filter_chip import FilterChip


class Whom(QWidget):
    """A way to a real member; once there is one, a chip with the name that leads back to the sample."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self.picker: MemberPicker | None = None
        self._member: MemberLineView | None = None
        self._language: Language | None = None
        self.ask = Btn("", "outline", icon="person", keycap="F2", size="small")
        self.chip = FilterChip()
        across = row(8)
        for part in (self.ask, self.chip):
            across.addWidget(part)
        across.addStretch(1)
        self._column = column(self, 8)
        self._column.addLayout(across)
        self.ask.clicked.connect(self.open)
        self.chip.clicked.connect(self.drop)

    @property
    def member(self) -> str | None:
        """The id of the real member, None for the sample."""
        return self._member.member if self._member is not None else None

    @property
    def looking(self) -> bool:
        """Whether somebody is being looked for."""
        return self.picker is not None and not self.picker.isHidden()

    def equip(self, dispatcher: Dispatcher, language: Language) -> None:
        """Learn whom to ask, and speak a language."""
        self._language = language
        if self.picker is None:
            self.picker = MemberPicker(dispatcher, language, "trial.member")
            self.picker.hide()
            self._column.addWidget(self.picker)
            self.picker.picked.connect(self._take)
        self.picker.show_texts(language)
        self.ask.set_content(language.t("Try it on a member"))
        self._show()

    def open(self) -> None:
        """Look for somebody."""
        if self.picker is not None:
            self.picker.clear()
            self.picker.show()
            self.picker.setFocus()

    def close_search(self) -> None:
        """Look for nobody any more."""
        if self.picker is not None:
            self.picker.hide()
            self.ask.setFocus()

    def drop(self) -> None:
        """Go back to the sample."""
        if self._member is not None:
            self._member = None
            self._show()
            self.ask.setFocus()
            self.changed.emit()

    def forget(self) -> None:
        """Go back to the sample without a signal."""
        self._member = None
        if self.picker is not None:
            self.picker.hide()
        self._show()

    def _take(self, member: MemberLineView) -> None:
        self._member = member
        if self.picker is not None:
            self.picker.hide()
        self._show()
        self.chip.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        there, language = self._member, self._language
        self.ask.setVisible(there is None)
        self.chip.setVisible(there is not None)
        self.chip.setChecked(there is not None)
        if there is not None and language is not None:
            name = called(there.name, there.phone, language)
            self.chip.set_texts(
                name, bidi.strip(language.t("Tried on {name}; back to the sample", name=name))
            )
