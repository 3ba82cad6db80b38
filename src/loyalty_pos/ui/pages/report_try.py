"""On the reports: pick a programme, and see what it would have cost on past sales."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.form_views import ProgrammeDetailView
from loyalty_pos.app.language import Language
from loyalty_pos.app.office_port import Office
from loyalty_pos.app.queries import DraftProgramme
from loyalty_pos.ui.pages.programme_cost import CostCard, Costing
from loyalty_pos.ui.widgets.pick_list import PickList


class TryCard(CostCard):
    """A choice of the shop's programmes over the card that tries one."""

    key = "Ctrl R"

    def __init__(self, today: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = PickList()
        self.try_it.setEnabled(False)  # until there is a programme to try
        self.body.insertWidget(1, self.choice)
        self.costing = Costing(self, self._chosen, today)
        self.choice.currentIndexChanged.connect(lambda place: self.costing.forget())
        self._programmes: Sequence[ProgrammeDetailView] = ()

    def equip(self, office: Callable[[], Office] | None) -> None:
        """Learn who replays sales."""
        self.costing.equip(office)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        self.choice.setAccessibleName(language.t("Try a programme"))
        self.costing.show_texts(language)

    def show_programmes(self, programmes: Sequence[ProgrammeDetailView]) -> None:
        """Offer other programmes; the choice stays when its programme does."""
        if list(programmes) == list(self._programmes):
            return
        chosen = self._key()
        self._programmes = programmes
        self.choice.clear()
        for number, one in enumerate(programmes):
            self.choice.addItem(one.name)
            if one.key == chosen:
                self.choice.setCurrentIndex(number)
        self.try_it.setEnabled(bool(programmes))

    def _key(self) -> str:
        place = self.choice.currentIndex()
        return self._programmes[place].key if 0 <= place < len(self._programmes) else ""

    def _chosen(self) -> DraftProgramme | None:
        for one in self._programmes:
            if one.key == self._key():
                params, when = dict(one.params), dict(one.when)
                return DraftProgramme(key=one.key, kind=one.kind, name=one.name, params=params, when=when)
        return None
