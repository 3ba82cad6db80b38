"""One member in full: balances, note, what happened, what is held, what is written down."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from loyalty_pos.app.eligible_views import EligibleForView
from loyalty_pos.app.floor_views import MemberValueView
from loyalty_pos.app.history_views import MemberHistoryView
from loyalty_pos.app.language import Language
from loyalty_pos.app.list_views import MemberRecordView
from loyalty_pos.app.queries_sheets import Statement
from loyalty_pos.app.views import MemberView, ShopView
from loyalty_pos.ui import bidi
from loyalty_pos.ui.keymap import numbered
from loyalty_pos.ui.pages import counter_words, members_words, term_words
from loyalty_pos.ui.pages.counter_parts import column, row, scroller
from loyalty_pos.ui.pages.members_holdings import HoldingsPart
from loyalty_pos.ui.pages.members_lists import ListsPart
from loyalty_pos.ui.pages.person_head import PersonHead
from loyalty_pos.ui.pages.report_saving import breakable
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import (
    BalanceTile,
    Banner,
    Btn,
    Elide,
    IconBtn,
    Segmented,
    Timeline,
    Tx,
)
from loyalty_pos.ui.widgets.text_line import TextLine

_CORRECTIONS = (
    ("adjust", "pencil"),
    ("paper", "cup"),
    ("merge", "people"),
    ("level", "crown"),
    ("ended", "undo"),
    ("debt", "wallet"),
    ("lost", "gift"),
)


class AboutPart(QWidget):
    """What is written down about a member, and the cards."""

    unlink_asked = Signal(str)
    link_asked = Signal(str)
    correction_asked = Signal(str)  # a key of `corrections`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        self._lines = column(inside, 8)
        self.card = TextLine()
        self.link = Btn("", "soft", icon="link", keycap="Alt 8", size="small")
        self._linking = QWidget()
        self._linking.setProperty("k", "clear")
        linking = row(8)
        linking.addWidget(self.card, 1)
        linking.addWidget(self.link)
        column(self._linking).addLayout(linking)
        self._lines.addWidget(self._linking)
        self.lists = ListsPart()
        self._lines.addWidget(self.lists)
        self.corrections = {
            key: Btn("", "soft", icon=icon, size="small", keycap=f"Alt {number}")
            for number, (key, icon) in enumerate(_CORRECTIONS, 1)
        }
        for key, button in self.corrections.items():
            button.clicked.connect(lambda _=False, key=key: self.correction_asked.emit(key))
            self._lines.addWidget(button)
        self._lines.addStretch(1)
        column(self).addWidget(scroller(inside))
        self._shown: list[QWidget] = []
        self.unlink: dict[str, Btn] = {}
        self.link.clicked.connect(self._ask_link)

    def show_record(self, record: MemberRecordView, shop: ShopView | None, language: Language) -> None:
        """Show what is written down, a row for every card, and on which lists somebody is."""
        self.lists.show_record(record, shop, language)
        for widget in self._shown:
            self._lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.unlink = [], {}
        for label, text in members_words.about(record, language):
            self._add(self._fact(label, text))
        for card in record.cards:
            self._add(self._card(card, language))
        self.card.setPlaceholderText(language.t("Card number"))
        self.card.setAccessibleName(language.t("Card number"))
        self.link.set_content(language.t("Link card"))
        said = {
            "adjust": language.t("Correct by hand…"),
            "paper": language.t("Paper card…"),
            "merge": language.t("Merge with…"),
            "level": language.t("A level by hand…"),
            "ended": language.t("Give back what ended…"),
            "debt": language.t("Let go of a debt…"),
            "lost": language.t("Grant what a refund lost…"),
        }
        for key, button in self.corrections.items():
            button.set_content(said[key])
        self.card.clear()

    def _fact(self, label: str, text: str) -> QWidget:
        fact = QWidget()
        fact.setProperty("k", "clear")
        lines = column(fact, 0)
        lines.addWidget(Tx(label, "caption", "text2"))
        lines.addWidget(Tx(text, "body", wrap=True))
        return fact

    def _card(self, card: str, language: Language) -> QWidget:
        line = QWidget()
        line.setProperty("k", "clear")
        said = language.t("Card {card}", card=language.isolate(card))
        key = numbered(9 + len(self.unlink))
        button = Btn(language.t("Take away"), "ghost", icon="cross", keycap=key, size="small")
        button.setAccessibleName(language.t("Take card {card} away", card=card))
        button.clicked.connect(lambda: self.unlink_asked.emit(card))
        self.unlink[card] = button
        across = row(8)
        across.addWidget(Elide(said, "body"), 1)
        across.addWidget(button)
        column(line).addLayout(across)
        return line

    def _add(self, widget: QWidget) -> None:
        self._lines.insertWidget(len(self._shown), widget)
        self._shown.append(widget)
        widget.show()

    def _ask_link(self) -> None:
        if card := self.card.text().strip():
            self.link_asked.emit(card)


class PersonPart(QWidget):
    """The member: who, three balances, note, what to do, then one of three lists."""

    sell_asked = Signal()
    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 10)
        self.head = PersonHead(ring=56)
        self.name = self.head.name
        layout.addWidget(self.head)
        self.segments = Tx("", "secondary", "text2", wrap=True)
        layout.addWidget(self.segments)
        tiles = row(8)
        self._points, self._credit = BalanceTile("star"), BalanceTile("wallet", icon_color="reward_text")
        self._visits = BalanceTile("clock")
        for tile, share in ((self._points, 10), (self._credit, 12), (self._visits, 10)):
            tiles.addWidget(tile, share)
        layout.addLayout(tiles)
        self._note = Banner("reward", icon="note")
        layout.addWidget(self._note)
        buttons = row(8)
        self.sell = Btn("", "soft", icon="scan", keycap="Enter")
        self.edit = IconBtn("pencil", "", keycap="Ctrl E", kind="outline", ink="text", size=46)
        buttons.addWidget(self.sell, 2)
        buttons.addWidget(self.edit)
        self.print_card = IconBtn("printer", "", keycap="F10", kind="outline", ink="text", size=46)
        self.statement = IconBtn("receipt", "", keycap="Ctrl P", kind="outline", ink="text", size=46)
        for each in (self.statement, self.print_card):
            each.hide()
            buttons.addWidget(each)
        layout.addLayout(buttons)
        self.said = Banner("danger")
        self.said.hide()
        layout.addWidget(self.said)
        self.tabs = Segmented([("history", ""), ("holdings", ""), ("about", "")])
        layout.addWidget(self.tabs)
        self.timeline, self.holdings = Timeline(), HoldingsPart()
        self.about = AboutPart()
        self._stack = QStackedWidget()
        for part in (self.timeline, self.holdings, self.about):
            self._stack.addWidget(part)
        layout.addWidget(self._stack, 1)
        self.sell.clicked.connect(self.sell_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.print_card.clicked.connect(self._print)
        self.statement.clicked.connect(self._print_statement)
        self._paper: Paper | None = None
        self._shown: tuple[MemberView, Language] | None = None
        self._unseen: dict[QWidget, Callable[[], None]] = {}
        self.tabs.chosen.connect(self._turn)

    def show_member(
        self,
        member: MemberView,
        record: MemberRecordView,
        shop: ShopView | None,
        today: str,
        language: Language,
        value: MemberValueView | None = None,
        open_to: EligibleForView | None = None,
    ) -> None:
        """Show everything but the timeline."""
        t = language.t
        self._shown = member, language
        name = counter_words.called(member.name, member.phone, language)
        parts = [language.phone(member.phone)] if member.phone and member.name else []
        parts += [t("card {card}", card=language.isolate(member.cards[0]))] if member.cards else []
        initial = counter_words.initial(member.name) or "+"
        self.head.show_person(member, initial, name, " · ".join(parts), language)
        lines = (term_words.held(member, language), members_words.segments(member, language))
        self.segments.setText("\n".join(line for line in lines if line))
        self.segments.setVisible(bool(member.segments or member.terms))
        self._note.setVisible(bool(member.note))
        self._note.set_content("reward", "", member.note, icon="note")
        self._show_tiles(member, today, language)
        self.sell.set_content(t("Sell"))
        self.sell.setAccessibleName(bidi.strip(t("Sell to {name}", name=name)))
        self.edit.set_content("pencil", t("Edit"))
        self.print_card.set_content("printer", t("Print the card of {name}", name=name))
        self.statement.set_content("receipt", t("Print the statement of {name}", name=name))
        self.print_card.setEnabled(any(card.isdecimal() for card in member.cards))
        self.tabs.set_texts([("history", t("Activity")), ("holdings", t("Rewards")), ("about", t("Details"))])
        holdings = self.holdings
        self._when_seen(holdings, lambda: holdings.show_all(member, shop, value, open_to, today, language))
        self._when_seen(self.about, lambda: self.about.show_record(record, shop, language))

    def equip(self, paper: Paper) -> None:
        """Learn where cards are printed."""
        self._paper = paper
        self.print_card.setVisible(paper.prints_cards)
        self.statement.setVisible(paper.saving.makes_sheets)

    def _print(self) -> None:
        if self._paper is None or self._shown is None:
            return
        member, language = self._shown
        self.say(language.t("The card is on its way"), "info")
        self._paper.card(
            member.member,
            lambda where: self.say(language.t("The card is printed"), "gain"),
            lambda problem: self.say(say_problem(problem, language)),
        )

    def _print_statement(self) -> None:
        if self._paper is None or self._shown is None:
            return
        member, language = self._shown
        self.say(language.t("The statement is on its way"), "info")
        self._paper.saving.sheet(
            Statement(member=member.member),
            None,
            lambda where: self.say(
                language.t("The statement went to {where}", where=breakable(where, language)), "gain"
            ),
            lambda problem: self.say(say_problem(problem, language)),
            self,
        )

    def show_history(self, history: MemberHistoryView, today: str, language: Language) -> None:
        """Show the timeline from its newest event on."""
        rows = [members_words.event(item, today, language) for item in history.items]
        name = language.t("What happened, newest first")
        self.timeline.set_rows(rows, more=history.next is not None, name=name)

    def append_history(self, history: MemberHistoryView, today: str, language: Language) -> None:
        """Add an older part to the timeline."""
        rows = [members_words.event(item, today, language) for item in history.items]
        self.timeline.append(rows, more=history.next is not None)

    def say(self, said: str, kind: Literal["danger", "info", "gain"] = "danger") -> None:
        """Say what went wrong or was done, under the buttons."""
        self.said.set_content(kind, said)
        self.said.show()

    def turn_to(self, key: str) -> None:
        """Show one of the three lists."""
        self.tabs.set_current(key)
        self._turn(key)

    def _turn(self, key: str) -> None:
        parts = {"history": self.timeline, "holdings": self.holdings, "about": self.about}
        part = parts[key]
        if show := self._unseen.pop(part, None):
            show()
        self._stack.setCurrentWidget(part)

    def _when_seen(self, part: QWidget, show: Callable[[], None]) -> None:
        """Fill a list in front now, one behind another when somebody turns to it."""
        self._unseen[part] = show
        if self._stack.currentWidget() is part:
            self._unseen.pop(part)()

    def _show_tiles(self, member: MemberView, today: str, language: Language) -> None:
        t = language.t
        points = counter_words.points_line(member, today, language)
        owed = "danger" if member.owed.points else "text2"
        self._points.set_content(t("Points"), language.number(member.points), "", points, sub_color=owed)
        credit = counter_words.credit_line(member, today, language)
        owed = "danger" if member.owed.credit_minor else "reward_text"
        self._credit.set_content(
            t("Credit"),
            language.money(member.credit_minor, unit=False),
            "",
            credit or language.money_unit(),
            sub_color=owed if credit else "text2",
        )
        visits = counter_words.visit_line(member, today, language)
        count = member.visits_this_month
        unit = language.n("visit", "visits", count)
        self._visits.set_content(t("This month"), language.number(count), unit, visits)
