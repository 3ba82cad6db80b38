"""What the reports page is made of: figures in a row, and a column of tables."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.report_papers import ReportFigure, ReportTable
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.widgets import Card, Elide, Tx
from loyalty_pos.ui.widgets.report_table import ReportBars, ReportTableView


class FigureCard(Card):
    """One figure, and what stood there before."""

    def __init__(self) -> None:
        super().__init__(padding=12)
        self.label, self.note = Elide("", "secondary", "text2"), Elide("", "caption", "text2")
        self.value = Elide("", "section", weight=700)
        for each in (self.label, self.value, self.note):
            self.body.addWidget(each)

    def show_figure(self, figure: ReportFigure) -> None:
        """Show a figure."""
        for part, said in zip((self.label, self.value, self.note), figure_texts(figure), strict=True):
            part.setText(said)


def figure_texts(figure: ReportFigure) -> tuple[str, str, str]:
    return figure.label, figure.value, figure.note


class TableCard(Card):
    """A table under its title, with what there is to say about it."""

    def __init__(self, view: ReportTableView | ReportBars) -> None:
        super().__init__(padding=14)
        self.title, self.note = Tx("", "body", weight=600), Tx("", "caption", "text2", wrap=True)
        self.view = view
        for each in (self.title, view, self.note):
            self.body.addWidget(each)

    def say(self, title: str, note: str) -> None:
        """Say what stands around the table."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class ReportBody(QWidget):
    """Four figures over tables that scroll; bars stand among them where there are some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole: QVBoxLayout = column(self, 12)
        across: QHBoxLayout = row(12)
        self.figures = [FigureCard() for _ in range(4)]
        for each in self.figures:
            across.addWidget(each, 1)
        whole.addLayout(across)
        inside = QWidget()
        self._rows = column(inside, 12)
        self.area = scroller(inside)
        whole.addWidget(self.area, 1)
        self.tables: list[ReportTableView] = []
        self._cards: list[TableCard] = []
        self.bars = ReportBars()
        self._bar_card = TableCard(self.bars)
        self._bar_card.hide()
        self._rows.addWidget(self._bar_card)
        self._rows.addStretch(1)

    def show_figures(self, figures: Sequence[ReportFigure]) -> None:
        """Show the four figures."""
        for card, figure in zip(self.figures, figures, strict=True):
            card.show_figure(figure)

    def show_tables(self, tables: Sequence[ReportTable]) -> None:
        """Show tables one under the other, the bars after the first one."""
        while len(self._cards) < len(tables):
            view = ReportTableView()
            card = TableCard(view)
            self.tables.append(view)
            self._cards.append(card)
            place = len(self._cards) - 1
            self._rows.insertWidget(place if place == 0 else place + 1, card)
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(tables))
            if number < len(tables):
                card.say(tables[number].title, tables[number].note)
                self.tables[number].show_table(tables[number])

    def show_bars(self, title: str) -> None:
        """Put a title over the bars; without one they are not there."""
        self._bar_card.say(title, "")
        self._bar_card.setVisible(bool(title))
