"""What the member side of the counter can show: one small widget for each state."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyalty_pos.app.language import Language
from loyalty_pos.app.views import MemberView, RewardView, SaleView
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.counter.state import Candidates, CounterState, JoinForm, Nobody, Place, Said
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages import term_words
from loyalty_pos.ui.pages.person_head import PersonHead
from loyalty_pos.ui.pages.said_words import said_words
from loyalty_pos.ui.widgets import (
    Action,
    BalanceTile,
    Banner,
    Btn,
    Candidate,
    CandidateList,
    KeyBar,
    ScanTarget,
    Skeleton,
    Stamps,
    Tx,
)
from loyalty_pos.ui.widgets.text_line import TextLine


def column(widget: QWidget, spacing: int = 10) -> QVBoxLayout:
    """Give a widget a column without margins."""
    layout = QVBoxLayout(widget)
    theme.space(layout, spacing)
    return layout


def row(spacing: int = 10) -> QHBoxLayout:
    """Make a row without margins."""
    layout = QHBoxLayout()
    theme.space(layout, spacing)
    return layout


def desk_of(owner: QWidget, start: QWidget, listed: QWidget) -> None:
    """Lay out a desk: the work at the start side, what it has led to beside it, in a width that holds."""
    across = row(14)
    owner.setLayout(across)
    across.addWidget(start, 1)
    across.addWidget(listed, 1)
    theme.hold(listed, width=440)


def scroller(inside: QWidget) -> QScrollArea:
    """Let something scroll up and down when there is more than fits; the frame is not seen."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setProperty("k", "clear")
    inside.setProperty("k", "clear")
    return area


class IdlePart(QWidget):
    """Nobody yet: the scan target, the two ways without a card, the last customers."""

    join_asked = Signal()
    nobody_asked = Signal()
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 12)
        layout.addStretch(1)
        self._target = ScanTarget("scan")
        layout.addWidget(self._target, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = Tx("", "name", align="center")
        self._text = Tx("", "body", "text2", align="center", wrap=True)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        buttons = row()
        self.join = Btn("", "soft", icon="plus", keycap="F3")
        self.without = Btn("", "outline", keycap="F9")
        for button in (self.join, self.without):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button, 1)
        self.join.clicked.connect(self.join_asked)
        self.without.clicked.connect(self.nobody_asked)
        layout.addLayout(buttons)
        self._recent_title = Tx("", "secondary", "text2", weight=600)
        self.recent = CandidateList()
        self.recent.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.recent.picked.connect(self.picked)
        self._shown: tuple[Candidate, ...] = ()
        layout.addWidget(self._recent_title)
        layout.addWidget(self.recent)
        layout.addStretch(2)

    def show_state(self, recent: tuple[SaleView, ...], language: Language, *, crowded: bool) -> None:
        """Show the last customers; `crowded` leaves their room to something more urgent."""
        t = language.t
        self._target.setAccessibleName(t("Scan the member's card"))
        self._title.setText(t("Scan the member's card"))
        self._text.setText(t("or type the last four digits of their phone. An amount may also come first."))
        self.join.set_content(t("New member"))
        self.without.set_content(t("No member"))
        self._recent_title.setText(t("Last customers"))
        people = tuple(words.recent_customer(sale, language) for sale in recent)
        if people != self._shown:
            self._shown = people
            self.recent.set_candidates(people, t("Last customers"))
            self.recent.selectionModel().clear()  # nobody is chosen before somebody chooses
        for widget in (self._recent_title, self.recent):
            widget.setVisible(bool(people) and not crowded)


class SeveralPart(QWidget):
    """Several people one text may mean."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self)
        self._title = Tx("", "section", wrap=True)
        self.people = CandidateList()
        self.people.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.people.picked.connect(self.picked)
        self._keys = KeyBar()
        layout.addWidget(self._title)
        layout.addWidget(self.people, 1)
        layout.addWidget(self._keys)
        self._shown: tuple[Candidate, ...] = ()
        self._last: tuple[Candidates, str, Language] | None = None

    def show_state(self, candidates: Candidates, today: str, language: Language) -> None:
        """Show the people, with the highlighted one current; at no cost when they are shown already."""
        if self._last is not None and self._last[0] is candidates and self._last[1:] == (today, language):
            return
        self._last = (candidates, today, language)
        t = language.t
        digits = not any(character.isalpha() for character in candidates.text)
        several = len(candidates.people) > 1
        if not several:
            title = t("Is this the right person?")
        elif digits:
            title = t("Several people; type one more digit")
        else:
            title = t("Several people; type more of the name")
        self._title.setText(title)
        people = tuple(words.candidate(person, today, language) for person in candidates.people)
        if people != self._shown:
            self._shown = people
            self.people.set_candidates(people, title)
        ahead = candidates.chosen - next(
            (i for i, p in enumerate(people) if p.key == self.people.current_key()), 0
        )
        if ahead:
            self.people.move_by(ahead)
        hints = [("↑ ↓", t("choose")), ("Enter", t("open")), ("Esc", t("close"))]
        self._keys.set_hints(hints)


class ReadingPart(QWidget):
    """Somebody is being read, and it takes longer than people notice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 16)
        self._skeleton = Skeleton()
        self._text = Tx("", "body", "text2", align="center", wrap=True)
        layout.addWidget(self._skeleton)
        layout.addWidget(self._text)
        layout.addStretch(1)

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._skeleton.set_name(language.t("Reading…"))
        self._text.setText(language.t("The amount can be typed meanwhile"))


class NobodyPart(QWidget):
    """A text that is nobody: link the card, join, or sell without a member."""

    link_asked = Signal()
    join_asked = Signal()
    nobody_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 12)
        self._banner = Banner("reward", icon="scan")
        self.join = Btn("", "primary", icon="plus", keycap="F3")
        self.without = Btn("", "outline", keycap="F9")
        self.link = Btn("", "primary", icon="person", keycap="Enter")
        self.link.clicked.connect(self.link_asked)
        layout.addWidget(self._banner)
        layout.addWidget(self.link)
        buttons = row()
        for button in (self.join, self.without):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button, 1)
        self.join.clicked.connect(self.join_asked)
        self.without.clicked.connect(self.nobody_asked)
        layout.addLayout(buttons)
        self._hint = Tx("", "secondary", "text2", wrap=True)
        layout.addWidget(self._hint)
        layout.addStretch(1)

    def show_state(self, nobody: Nobody, member: MemberView | None, language: Language) -> None:
        """Say what was not found; a card can be linked, to the `member` on the counter at once."""
        t, said = language.t, nobody.text
        card = nobody.looks_like == "card"
        if card:
            title = t("This card isn't linked to anyone yet")
        elif nobody.looks_like == "name":
            title = t("Nobody with this name. Join?")
        elif nobody.looks_like == "voucher":
            title = words.spent_voucher(nobody.spent, nobody.spent_on, language)
        else:
            title = t("Nobody with this number. Join?")
            said = language.digits(said)
        icons = {"card": "scan", "voucher": "tag"}
        icon = icons.get(nobody.looks_like, "person")
        self._banner.set_content("reward", title, language.isolate(said), icon=icon)
        self.link.setVisible(card)
        for button in (self.join, self.without):  # a voucher is nobody's way to become a member
            button.setVisible(nobody.looks_like != "voucher")
        if member is not None:
            self.link.set_content(t("Link to {name}", name=words.called(member.name, member.phone, language)))
        else:
            self.link.set_content(t("Link to a member"))
        self.join.set_kind("outline" if card else "primary")
        self.join.set_content(t("New member"))
        self.without.set_content(t("No member"))
        hint = t("A new member gets this card.") + " " if card else ""
        self._hint.setText(hint + t("Esc closes this; what was typed for the sale stays."))


class ReceiptPart(QWidget):
    """A scanned receipt: the sale it belongs to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 12)
        self._banner = Banner("info", icon="note")
        layout.addWidget(self._banner)
        layout.addStretch(1)

    def show_state(self, sale: SaleView, language: Language) -> None:
        """Say which sale this is."""
        t = language.t
        title = t(
            "Sale {number}: {money}",
            number=language.digits(str(sale.number)),
            money=language.money(sale.due_minor),
        )
        parts = [language.name(sale.member_name)] if sale.member_name else []
        if sale.business_day:
            parts.append(f"{language.day_short(sale.business_day)} · {language.clock(sale.at_ms)}")
        if sale.voided:
            parts.append(t("taken back"))
        self._banner.set_content("info", title, " · ".join(parts), icon="note")


class JoinPart(QWidget):
    """A new member: the phone is enough, the name can wait."""

    edited = Signal(str, str, str)
    submitted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = layout = column(self, 10)
        self._title = Tx("", "section")
        self._phone_label = Tx("", "secondary", "text2", weight=600)
        self.phone = TextLine(latin=True)
        self.phone.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self._name_label = Tx("", "secondary", "text2", weight=600)
        self.name = TextLine()
        self._brought_label = Tx("", "secondary", "text2", weight=600)
        self.brought_by = TextLine(latin=True)
        self._card = Tx("", "secondary", "text2")
        self._trouble = Banner("danger")
        self.refused = self.phone
        """Where the keyboard belongs: the field refused last."""
        self.save = Btn("", "primary", icon="check", keycap="Enter")
        self.cancel = Btn("", "outline", keycap="Esc")
        for field, label in (
            (self.phone, self._phone_label),
            (self.name, self._name_label),
            (self.brought_by, self._brought_label),
        ):
            theme.hold(field, height=46)
            label.setBuddy(field)
        buttons = row()
        buttons.addWidget(self.save, 2)
        buttons.addWidget(self.cancel, 1)
        for widget in (self._title, self._phone_label, self.phone, self._trouble):
            layout.addWidget(widget)
        for widget in (self._name_label, self.name, self._brought_label, self.brought_by, self._card):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addStretch(1)
        self.phone.textEdited.connect(self._tell)
        self.name.textEdited.connect(self._tell)
        self.brought_by.textEdited.connect(self._tell)
        self.save.clicked.connect(self.submitted)
        self.cancel.clicked.connect(self.cancelled)

    def show_state(self, form: JoinForm, said: Said | None, language: Language) -> None:
        """Show the form; a refusal stands under the field it is about."""
        t = language.t
        self._title.setText(t("New member"))
        self._phone_label.setText(t("Mobile phone"))
        self._name_label.setText(t("Name (can wait)"))
        self._brought_label.setText(t("Brought by (card or phone)"))
        for widget in (self._brought_label, self.brought_by):
            widget.setVisible(form.brought_by is not None)
        for field, text, label in (
            (self.phone, form.phone, self._phone_label),
            (self.name, form.name, self._name_label),
            (self.brought_by, form.brought_by or "", self._brought_label),
        ):
            field.setAccessibleName(bidi.strip(label.text()))
            if field.text() != text:
                field.setText(text)
        self._card.setVisible(bool(form.card))
        self._card.setText(t("Card {card}", card=language.isolate(form.card)))
        self.save.set_content(t("Saving…") if form.saving else t("Make member"))
        self.cancel.set_content(t("Close"))
        about_this = said is not None and said.place is Place.JOIN
        self._trouble.setVisible(about_this)
        self.refused = self.phone
        if said is not None and about_this:
            self.refused = self._field_of(said)
            self._fields.removeWidget(self._trouble)
            self._fields.insertWidget(self._fields.indexOf(self.refused) + 1, self._trouble)
            title, text = said_words(said, language)
            self._trouble.set_content("danger" if said.problem else "info", title, text)

    def _field_of(self, said: Said) -> TextLine:
        """Return the field a refusal is about; the phone, when it is about none."""
        about = said.problem.facts.get("field") if isinstance(said.problem, InvalidRequest) else ""
        return {"name": self.name, "referred_by": self.brought_by}.get(str(about), self.phone)

    def _tell(self) -> None:
        self.edited.emit(self.phone.text(), self.name.text(), self.brought_by.text())


class RewardRow(QFrame):
    """One waiting right of the member, and its way onto paper."""

    print_asked = Signal(str)  # the programme

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._programme = ""
        self._banner = Banner("gain", icon="gift")
        column(self).addWidget(self._banner)
        self._banner.acted.connect(lambda key: self.print_asked.emit(self._programme))

    def show_reward(self, reward: RewardView, language: Language, *, printing: bool, key: str = "") -> None:
        """Say the right and how often it is there; `key` prints it."""
        self._programme = reward.programme
        title = reward.sentence.said(language.code)
        if reward.count > 1:
            title = language.t("{count} times: {what}", count=language.number(reward.count), what=title)
        parts = []
        if reward.expires_on:
            parts.append(language.t("until {day}", day=language.day_short(reward.expires_on)))
        if reward.voucher_printed:
            parts.append(language.t("a voucher is out on paper"))
        text = language.t("Print anew") if reward.voucher_printed else language.t("Print voucher")
        actions = (Action("print", text, "soft", icon="printer", keycap=key),) if printing else ()
        self._banner.set_content("gain", title, " · ".join(parts), actions, icon="gift")


class MemberPart(QWidget):
    """The member: who, note, three balances, stamp cards, rewards. The order never changes."""

    voucher_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 10)
        self.head = PersonHead(ring=64)
        self.name, self.line = self.head.name, self.head.line
        layout.addWidget(self.head)
        self._note = Banner("reward", icon="note")
        layout.addWidget(self._note)
        tiles = row(8)
        self._points, self._credit, self._visits = (
            BalanceTile("star"), BalanceTile("wallet", icon_color="reward_text"), BalanceTile("clock"),
        )  # fmt: skip
        for tile, share in ((self._points, 10), (self._credit, 12), (self._visits, 10)):
            tiles.addWidget(tile, share)
        layout.addLayout(tiles)
        self._terms = Tx("", "secondary", "reward_text", wrap=True)
        layout.addWidget(self._terms)
        inside = QWidget()
        self._more = column(inside)
        self._more.addStretch(1)
        layout.addWidget(scroller(inside), 1)
        self._none = Tx("", "secondary", "text2", wrap=True)
        self._more.insertWidget(0, self._none)
        self._whose = ""
        self._stamps: list[Stamps] = []
        self._rewards: list[RewardRow] = []

    def show_state(
        self, state: CounterState, today: str, language: Language, *, printing: bool, key: str
    ) -> None:
        """Show the member on the counter; `key` prints the first reward that is not on paper yet."""
        member = state.member
        if member is None:
            return
        self._show_head(member, language)
        same = member.member == self._whose
        self._whose = member.member
        self._show_tiles(member, today, language, same=same)
        self._show_stamps(words.stamp_cards(state, language), language)
        for card in self._stamps if not same else ():
            card.calm()
        self._show_rewards(member, language, printing=printing, key=key)
        self._terms.setText(term_words.held(member, language))
        self._terms.setVisible(bool(member.terms))
        none = words.no_rewards(state, language)
        self._none.setText(none)
        self._none.setVisible(bool(none))

    def _show_head(self, member: MemberView, language: Language) -> None:
        name = words.called(member.name, member.phone, language)
        initial, line = words.initial(member.name) or "+", words.member_line(member, language)
        self.head.show_person(member, initial, name, line, language)
        self._note.setVisible(bool(member.note))
        self._note.set_content("reward", "", member.note, icon="note")

    def _show_tiles(self, member: MemberView, today: str, language: Language, *, same: bool) -> None:
        t = language.t
        owed = "danger" if member.owed.points else "text2"
        self._points.set_content(
            t("Points"),
            language.number(member.points),
            "",
            words.points_line(member, today, language),
            sub_color=owed,
            flash=same,
        )
        owed = "danger" if member.owed.credit_minor else "reward_text"
        credit = words.credit_line(member, today, language)
        self._credit.set_content(
            t("Credit"),
            language.money(member.credit_minor, unit=False),
            "",
            credit or language.money_unit(),
            sub_color=owed if credit else "text2",
            keycap="F6" if words.ending_credit(member, today) else "",
            flash=same,
        )
        self._visits.set_content(
            t("This month"),
            language.number(member.visits_this_month),
            language.n("visit", "visits", member.visits_this_month),
            words.visit_line(member, today, language),
            flash=same,
        )

    def _show_stamps(self, cards: tuple[words.StampWords, ...], language: Language) -> None:
        while len(self._stamps) < len(cards):
            self._stamps.append(Stamps(language))
            self._more.insertWidget(len(self._stamps) - 1, self._stamps[-1])
        for widget, card in zip(self._stamps, cards, strict=False):
            widget.set_content(
                language, card.title, card.have, card.pending, card.needed, card.symbol, card.note
            )
        for number, widget in enumerate(self._stamps):
            widget.setVisible(number < len(cards))

    def _show_rewards(self, member: MemberView, language: Language, *, printing: bool, key: str) -> None:
        while len(self._rewards) < len(member.rewards):
            fresh = RewardRow()
            fresh.print_asked.connect(self.voucher_asked)
            self._rewards.append(fresh)
            self._more.insertWidget(self._more.count() - 1, fresh)
        unprinted = (at for at, reward in enumerate(member.rewards) if not reward.voucher_printed)
        keyed = next(unprinted, 0)
        for at, (widget, reward) in enumerate(zip(self._rewards, member.rewards, strict=False)):
            widget.show_reward(reward, language, printing=printing, key=key if at == keyed else "")
        for number, widget in enumerate(self._rewards):
            widget.setVisible(number < len(member.rewards))
