"""Figures line by line, each under its name."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets import Tx


class FigureRows(QWidget):
    """Figures line by line, each under its name; names of one language line up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        theme.space(self._grid, 8)
        self._grid.setColumnStretch(0, 1)
        self._shown: list[tuple[Tx, Tx]] = []
        self._figures: list[tuple[str, str]] = []

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        self._figures = list(figures)
        self.setAccessibleName(self.said())
        while len(self._shown) < len(figures):
            line = len(self._shown)
            pair = Tx("", "body", "text2", wrap=True), Tx("", "body", weight=600, align="number")
            for place, part in enumerate(pair):
                self._grid.addWidget(part, line, place)
            self._shown.append(pair)
        for number, pair in enumerate(self._shown):
            for part, text in zip(pair, figures[number] if number < len(figures) else ("", ""), strict=True):
                part.setText(text)
                part.setVisible(number < len(figures))

    def said(self) -> str:
        """Return what is shown, a line for every figure."""
        return "\n".join(f"{name}: {bidi.strip(amount)}" for name, amount in self._figures)
