"""What the list of members is narrowed by: chips in a row, and all there are in a panel below it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from loyalty_pos.app.floor_views import MemberFiltersView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import MembersList
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets import Btn, Card, Tx
from loyalty_pos.ui.widgets.filter_chip import FilterChip
from loyalty_pos.ui.widgets.flow import FlowRow
from loyalty_pos.ui.widgets.low_area import LowArea
from loyalty_pos.ui.widgets.text_line import TextLine

Key = tuple[str, str]
ROW_AT_MOST, PANEL_AT_MOST = 124, 270
"""Above that the chips scroll: three lines of what is on and six of all there is leave the list its room."""
SEEN_DAYS, AWAY_DAYS, ENDING_DAYS = 30, 60, 14
FIXED: Mapping[Key, str] = {
    ("visits", "new"): N_("New this month"),
    ("visits", "seen"): N_("Seen in 30 days"),
    ("visits", "away"): N_("Away 60 days"),
    ("visits", "birthday"): N_("Birthday"),
    ("holds", "reward"): N_("Reward ready"),
    ("holds", "points"): N_("Points"),
    ("holds", "credit"): N_("Credit"),
    ("holds", "ending"): N_("Ends within 14 days"),
}
QUICK: tuple[Key, ...] = (
    ("visits", "new"), ("visits", "away"), ("visits", "birthday"), ("holds", "reward")
)  # fmt: skip
GROUPS: Mapping[str, str] = {
    "level": N_("Level"),
    "segment": N_("Segment"),
    "visits": N_("Visits"),
    "holds": N_("Has"),
    "tag": N_("Tags"),
}
SHOWN_WHOLE = 8
"""With more chips than that in the row the way to all stands before them, where no scrolling hides it."""
_APART = ({("visits", "seen"), ("visits", "away")},)
"""Nobody is both: choosing one lets the other go."""


class FilterBar(QWidget):
    """Chips that are on, the common ones, and the way to all; every change asks the list anew."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "clear")
        self._on: dict[Key, None] = {}
        self._offered: dict[Key, str] = {}
        self._language: Language | None = None
        self._chips: dict[tuple[str, Key], FilterChip] = {}
        self._row = FlowRow()
        self._above = LowArea(self._row, ROW_AT_MOST)
        self.all = Btn("", "outline", icon="sliders", keycap="Ctrl F", size="small")
        self.panel = Card("inset", padding=10)
        self.tag = TextLine()
        self.tag.setMaxLength(80)
        theme.hold(self.tag, width=190, height=36)
        self._rows = {group: FlowRow() for group in GROUPS}
        self._heads = {group: Tx("", "secondary", "text2") for group in GROUPS}
        self._lay()
        self.all.clicked.connect(lambda: self.open_panel(on=not self.panel_open))
        self.open_panel(on=False)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What narrows the list now, in the order it was chosen."""
        return tuple(self._on)

    @property
    def panel_open(self) -> bool:
        """Whether all filters are shown."""
        return not self.panel.isHidden()

    def open_panel(self, *, on: bool) -> None:
        """Show all filters in the panel, or the common ones and those that are on in the row."""
        self.panel.setVisible(on)
        self._show()

    def query(self, text: str = "", after: str | None = None, limit: int = 50) -> MembersList:
        """Ask for whom a text means among those the chips keep."""
        visits, holds = self._of("visits"), self._of("holds")
        return MembersList(
            text=text,
            after=after,
            limit=limit,
            only="new" if "new" in visits else "all",
            birthday="birthday" in visits,
            levels=self._of("level"),
            segments=self._of("segment"),
            tags=self._of("tag"),
            seen_days=SEEN_DAYS if "seen" in visits else None,
            away_days=AWAY_DAYS if "away" in visits else None,
            holds=tuple(one for one in ("points", "credit", "reward") if one in holds),
            ending_days=ENDING_DAYS if "ending" in holds else None,
        )

    def offer(self, view: MemberFiltersView) -> None:
        """Learn the shop's levels, segments and tags; a chip of one that is gone goes, too."""
        known: dict[Key, str] = {("level", one.key): one.name for one in view.levels}
        known |= {("segment", one.key): one.name for one in view.segments}
        typed = {key: key[1] for key in self._on if key[0] == "tag"}
        self._offered = {**known, **typed, **{("tag", tag): tag for tag in view.tags}}
        gone = [key for key in self._on if key not in FIXED and key not in self._offered]
        for key in gone:
            del self._on[key]
        self._show()
        if gone:
            self.changed.emit()

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t, self._language = language.t, language
        self.all.set_content(t("Filters"))
        self.all.setAccessibleName(bidi.strip(t("All filters")))
        for group, head in self._heads.items():
            head.setText(t(GROUPS[group]))
        self.tag.setPlaceholderText(t("Another tag, then Enter"))
        self.tag.setAccessibleName(bidi.strip(t("Another tag, then Enter")))
        self._show()

    def switch(self, key: Key) -> None:
        """Let something narrow the list, or no more."""
        if key in self._on:
            del self._on[key]
        else:
            for apart in _APART:
                if key in apart:
                    for other in apart:
                        self._on.pop(other, None)
            self._on[key] = None
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Keep nobody out any more, without a signal."""
        self._on = {}
        self._show()

    def drop_last(self) -> None:
        """Take away what was chosen last."""
        if self._on:
            self.switch(self.keys[-1])

    def add_typed(self) -> bool:
        """Narrow by the tag that was typed; False when the keyboard is elsewhere."""
        if not self.tag.hasFocus():
            return False
        typed = self.tag.text().strip()
        self.tag.clear()
        if typed and ("tag", typed) not in self._on:
            self._offered[("tag", typed)] = typed
            self.switch(("tag", typed))
        return True

    def chip(self, key: Key) -> FilterChip:
        """Return the chip of a filter: in the row, or in the panel while that is open."""
        inside = self._chips.get(("panel", key))
        return inside if inside is not None and self.panel_open else self._chips[("row", key)]

    def _of(self, group: str) -> tuple[str, ...]:
        return tuple(name for kind, name in self._on if kind == group)

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        theme.space(column, 8)
        column.addWidget(self._above)
        column.addWidget(self.panel)
        inside = QWidget()
        grid = QGridLayout(inside)
        theme.space(grid, 8)
        grid.setColumnStretch(1, 1)
        for number, group in enumerate(GROUPS):
            theme.hold(self._heads[group], height=36)
            grid.addWidget(self._heads[group], number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._rows[group], number, 1)
        self.panel.body.addWidget(LowArea(inside, PANEL_AT_MOST))

    def _show(self) -> None:
        """Bring the chips in line with what is on and what there is."""
        shown = [*QUICK, *(key for key in self._on if key not in QUICK)]
        chips: list[QWidget] = [self._chip("row", key) for key in shown]
        row = [*chips, self.all] if len(chips) <= SHOWN_WHOLE else [self.all, *chips]
        self._row.show_all([self.all] if self.panel_open else row)
        everything = [*FIXED, *self._offered]
        for group, line in self._rows.items():
            keys = [key for key in everything if key[0] == group]
            inside: list[QWidget] = [self._chip("panel", key) for key in keys]
            line.show_all([*inside, self.tag] if group == "tag" else inside)
            for part in (line, self._heads[group]):
                part.setVisible(bool(keys) or group == "tag")
        wanted = {*(("row", key) for key in shown), *(("panel", key) for key in everything)}
        for place in [place for place in self._chips if place not in wanted]:
            self._chips.pop(place).deleteLater()

    def _chip(self, place: str, key: Key) -> FilterChip:
        chip = self._chips.get((place, key))
        if chip is None:
            chip = self._chips[(place, key)] = FilterChip(self)
            chip.clicked.connect(lambda: self.switch(key))
        chip.setChecked(key in self._on)
        language = self._language
        if language is not None:
            said = language.t(FIXED[key]) if key in FIXED else language.name(self._offered[key])
            chip.set_texts(said, f"{language.t(GROUPS[key[0]])}: {said}")
        return chip
