"""Who this is: ring, name, level, phone, and the way to the next level."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.views import MemberView
from loyalty_pos.ui import theme
from loyalty_pos.ui.pages import standing_words
from loyalty_pos.ui.pages.hint_words import hint_of
from loyalty_pos.ui.widgets import Chip, Elide, TierRing, Tx


class PersonHead(QWidget):
    """The head of a member's card, on the counter and on the members' page alike."""

    def __init__(self, *, ring: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        theme.space(line, 12, 0)
        self.hint = Tx("", "secondary", "reward_text", wrap=True)
        self._ring = TierRing(size=ring)
        self.name, self.line, self.way = (
            Elide("", "name"), Elide("", "secondary", "text2"), Elide("", "secondary", "reward_text"),
        )  # fmt: skip
        self.tier = Chip("", icon="crown")
        first = QHBoxLayout()
        theme.space(first, 8)
        first.addWidget(self.name)
        first.addWidget(self.tier)
        first.addStretch(1)
        who = QVBoxLayout()
        theme.space(who, 2)
        who.addStretch(1)
        who.addLayout(first)
        who.addWidget(self.line)
        who.addWidget(self.way)
        who.addWidget(self.hint)
        self.hint.hide()
        who.addStretch(1)
        line.addWidget(self._ring)
        line.addLayout(who, 1)

    def show_person(self, member: MemberView, initial: str, name: str, line: str, language: Language) -> None:
        """Show a member; what stands in `line` depends on the page."""
        standing = member.standing
        tone = standing_words.tone(standing)
        level = standing_words.level(standing, language)
        share = standing.share_milli / 1_000 if standing is not None else None
        said = ", ".join(part for part in (name, level) if part)
        self._ring.set_content(initial, share, tier=tone or "", name=said)
        self.name.setText(name)
        self.tier.setVisible(bool(level))
        self.tier.set_content(level, tone or "plain")
        self.line.setText(line)
        way = standing_words.way(standing, language)
        self.way.setVisible(bool(way))
        self.way.setText(way)
        hint = hint_of(member, language)
        self.hint.setVisible(bool(hint))
        self.hint.setText(hint)
