"""On which lists made by hand somebody is: a tick for every segment of the shop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import AddToSegment, RemoveFromSegment
from loyalty_pos.app.language import Language
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.views import ShopView
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.widgets import Check, Tx
from loyalty_pos.ui.widgets.sight import bring_into_sight


class ListsPart(QWidget):
    """Tick and untick; `wanted` carries the command, `again` shows what holds when it was refused."""

    wanted = Signal(object)  # AddToSegment | RemoveFromSegment

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self.checks: dict[str, Check] = {}
        self._record: MemberRecordView | None = None
        self._title = Tx("", "caption", "text2")
        self._lines = column(self, 2)
        self._lines.addWidget(self._title)
        self.hide()

    def show_record(self, record: MemberRecordView, shop: ShopView | None, language: Language) -> None:
        """Show the lists there are, ticked where a member is on them."""
        self._record = record
        segments = {each.key: each.name for each in shop.programmes if each.kind == "segment"} if shop else {}
        for key in [key for key in self.checks if key not in segments]:
            gone = self.checks.pop(key)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, name in segments.items():
            if key not in self.checks:
                self._add(key)
            self.checks[key].set_text(language.name(name))
            self.checks[key].setAccessibleDescription(language.t("Lists made by hand"))
        self._title.setText(language.t("Lists made by hand"))
        self.again()
        self.setVisible(bool(segments))

    def again(self) -> None:
        """Tick what the shop says."""
        for key, check in self.checks.items():
            check.setChecked(self._record is not None and key in self._record.lists)

    def focus_first(self) -> None:
        """Put the keyboard on the first list."""
        for check in self.checks.values():
            check.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(check)
            return

    def _add(self, key: str) -> None:
        check = self.checks[key] = Check()
        self._lines.addWidget(check)
        check.clicked.connect(lambda on: self._ask(key, on=on))

    def _ask(self, segment: str, *, on: bool) -> None:
        if self._record is not None:
            command = AddToSegment if on else RemoveFromSegment
            self.wanted.emit(command(segment=segment, members=(self._record.member,)))
