"""What a member holds: cards, rewards, lots by their last day, and the value statement."""

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.eligible_views import EligibleForView
from loyalty_pos.app.floor_views import MemberValueView
from loyalty_pos.app.language import Language
from loyalty_pos.app.views import MemberView, ShopView
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.pages import counter_words
from loyalty_pos.ui.pages import holdings_words as words
from loyalty_pos.ui.pages.counter_parts import RewardRow, column, scroller
from loyalty_pos.ui.pages.figure_rows import FigureRows
from loyalty_pos.ui.widgets import Stamps, Tx


class HoldingsPart(QWidget):
    """Stamp cards and waiting rewards, what ends when, what was given in all, what is open to them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        self._lines = column(inside)
        self._none = Tx("", "body", "text2", wrap=True)
        self._lines.addWidget(self._none)
        self._titles = [Tx("", "secondary", "text2", weight=600) for _ in range(3)]
        self.lots, self.value = FigureRows(), FigureRows()
        self.open = Tx("", "body", wrap=True)
        for title, rows in zip(self._titles, (self.lots, self.value, self.open), strict=True):
            self._lines.addWidget(title)
            self._lines.addWidget(rows)
        self._lines.addStretch(1)
        column(self).addWidget(scroller(inside))
        self._shown: list[QWidget] = []

    def show_all(
        self, member: MemberView, shop: ShopView | None, value: MemberValueView | None,
        open_to: EligibleForView | None, today: str, language: Language,
    ) -> None:  # fmt: skip
        """Show all of it."""
        self.show_member(member, shop, today, language)
        if value is not None:
            self.show_value(value, language)
        if open_to is not None:
            self.show_open(open_to, language)

    def show_member(self, member: MemberView, shop: ShopView | None, today: str, language: Language) -> None:
        """Show what a member collects and may claim, and which part of it ends when."""
        for widget in self._shown:
            self._lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        for card in counter_words.stamp_cards(CounterState(member=member, shop=shop), language):
            self._add(
                Stamps(language, card.title, card.have, card.pending, card.needed, card.symbol, card.note)
            )
        for reward in member.rewards:
            line = RewardRow()
            line.show_reward(reward, language, printing=False)
            self._add(line)
        self._none.setText(language.t("No stamp cards and no rewards yet"))
        self._none.setVisible(not self._shown)
        lots = words.lots(member, today, language)
        self._titles[0].setText(language.t("Lots, those that end first on top"))
        self._titles[0].setVisible(bool(lots))
        self.lots.show_figures(lots)

    def show_value(self, view: MemberValueView, language: Language) -> None:
        """Show what became of everything the member was given."""
        figures = words.value(view, language)
        self._titles[1].setText(language.t("In all"))
        self._titles[1].setVisible(bool(figures))
        self.value.show_figures(figures)

    def show_open(self, view: EligibleForView, language: Language) -> None:
        """Show which programmes are open to the member, and what is missing to the others."""
        said = words.open_to(view, language)
        self._titles[2].setText(language.t("Not for everybody"))
        self._titles[2].setVisible(bool(said))
        self.open.setText("\n".join(said))
        self.open.setVisible(bool(said))

    def _add(self, widget: QWidget) -> None:
        self._lines.insertWidget(len(self._shown), widget)
        self._shown.append(widget)
        widget.show()
