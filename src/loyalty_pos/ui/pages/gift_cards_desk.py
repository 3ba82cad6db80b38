"""Gift cards that were given away: give one, see what is left on each, print anew, take out of use."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands import IssueGiftCard
from loyalty_pos.app.commands_cards import ReplaceGiftCard, VoidGiftCard
from loyalty_pos.app.form_views import FieldView
from loyalty_pos.app.gift_card_views import CardState, GiftCardsView, GiftCardView, GivenCardsView
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import GiftCard
from loyalty_pos.app.queries_floor import GivenGiftCards
from loyalty_pos.app.saying import Sentence
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.named_line import NamedLine
from loyalty_pos.ui.pages.side_desk import SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.widgets import Btn, Tx
from loyalty_pos.ui.widgets.field_editors import NumberEditor
from loyalty_pos.ui.widgets.surfaces import ChipKind
from loyalty_pos.ui.widgets.text_line import TextLine

PAGE, MOST = 50, 200
_STATES: dict[CardState, tuple[str, ChipKind]] = {
    "issued": (N_("Good"), "gain"),
    "reserved": (N_("On a held sale"), "info"),
    "empty": (N_("Used up"), "plain"),
    "expired": (N_("Ended"), "plain"),
    "void": (N_("Out of use"), "danger"),
}
_ANY = Sentence(fa="", en="")


class GiftCardsDesk(SideDesk):
    """Giving, finding and one card's ways at the start side, all cards at the end side."""

    tiles = ("gift", "wallet", "clock")

    _view: GivenCardsView | None = None
    _shown: tuple[GiftCardView, ...] = ()
    _open: GiftCardView | None = None

    def parts(self) -> Sequence[QWidget]:
        """Make the field that finds, the card that was chosen, and the field that gives."""
        self.look_up = TextLine()
        theme.hold(self.look_up, height=42)
        self.look_up.returnPressed.connect(self.look_now)
        field = FieldView(path="amount", type="money", label=_ANY, help=_ANY, unit=_ANY)
        self.amount, self.named = NumberEditor(field), Tx("", "secondary", "text2", weight=600)
        self.give = Btn("", "primary", icon="gift", keycap="Ctrl S")
        self.give.clicked.connect(self.give_one)
        self.chosen, self.line = Tx("", "section", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.reason = NamedLine()
        self.again = Btn("", "soft", icon="printer", keycap="Ctrl P", size="small")
        self.void = Btn("", "danger", icon="cross", keycap="Alt 1", size="small")
        self.again.clicked.connect(self.print_anew)
        self.void.clicked.connect(self.take_out)
        self.one, self.giving = QWidget(), QWidget()
        ways = row(8)
        ways.addWidget(self.again)
        ways.addWidget(self.void)
        ways.addStretch(1)
        inside = column(self.one, 8)
        for part in (self.chosen, self.line, self.reason):
            inside.addWidget(part)
        inside.addLayout(ways)
        gives = column(self.giving, 8)
        for widget in (self.named, self.amount, self.give):
            gives.addWidget(widget)
        self.one.hide()
        return (self.look_up, self.one, self.giving)

    def ask(self) -> None:
        query = GivenGiftCards(limit=min(MOST, max(PAGE, len(self._shown))))
        self.courier.ask_latest("gift_cards", query, self._came, self.unread)

    def ask_more(self) -> None:
        if self._view is not None and self._view.next is not None:
            query = GivenGiftCards(before=self._view.next, limit=PAGE)
            self.courier.ask_latest("gift_cards", query, self._more_came, self.unread)

    def put_focus(self) -> None:
        self.look_up.setFocus()

    def act(self, pressed: Pressed) -> bool:
        if pressed.action is Action.ESCAPE and self._open is not None:
            self._choose(None)
        elif pressed.action is Action.PUBLISH and not self.giving.isHidden():
            self.give.click()
        elif pressed.action is Action.PRINT and self._open is not None:
            self.again.click()
        elif pressed.action is Action.SEARCH:
            self.put_focus()
        else:
            return super().act(pressed)
        return True

    def takes_scan(self, code: str) -> bool:
        """Show the card whose code was scanned."""
        self.look_up.setText(code)
        self.look_now()
        return True

    def look_now(self) -> None:
        """Show the card whose code is in the field."""
        text = self.look_up.text().strip()
        if text:
            self.say("gain", "")
            self.courier.ask_latest("gift_cards.look", GiftCard(code=text), self._choose, self.failed)

    def row_acted(self, key: str) -> None:
        self.say("gain", "")
        self._choose(next(one for one in self._shown if str(one.card) == key))

    def give_one(self) -> None:
        """Give a card of the amount away and print it."""
        amount, t = self.amount.value(), self.language.t
        if not isinstance(amount, int) or amount < 1:
            self.say("danger", t("Write the amount first"))
            self.amount.focus_first()
        elif self._ready:
            self.courier.do(
                IssueGiftCard(posting_id=self.new_key(), face_minor=amount), self._given, self.failed
            )

    def print_anew(self) -> None:
        """Move what is left to a new code and print it; the old one is out of use."""
        card, reason = self._open, self._said_reason()
        if card is not None and reason and self._ready:
            command = ReplaceGiftCard(posting_id=self.new_key(), card=card.card, reason=reason)
            self.courier.do(command, self._given, self.failed)

    def take_out(self) -> None:
        """Take the chosen card out of use for good."""
        card, reason = self._open, self._said_reason()
        if card is not None and reason:
            command = VoidGiftCard(posting_id=self.new_key(), card=card.card, reason=reason)
            self.courier.do(command, self._voided, self.failed)

    def show_texts(self, language: Language) -> None:
        t = language.t
        self.look_up.setPlaceholderText(t("Scan or type a code"))
        self.look_up.setAccessibleName(t("Scan or type a code"))
        self.named.setText(t("Give a card of"))
        self.amount.set_language(language)
        self.amount.line.setAccessibleName(bidi.strip(t("Give a card of")))
        self.give.set_content(t("Give and print"))
        self.reason.set_texts(t("Reason"), language)
        self.again.set_content(t("Print a new slip"))
        self.void.set_content(t("Take out of use"))
        super().show_texts(language)

    def show_view(self) -> None:
        t, language, view = self.language.t, self.language, self._view
        self.heading.setText(t("Gift cards given away"))
        self.help.setText(t("A code stands on its slip alone. A lost slip is printed with a new code."))
        figures = (view.issued, view.left_minor, view.issued - view.open) if view else (0, 0, 0)
        names = (t("Given"), t("Left"), t("Spent or void"))
        said = (
            language.number(figures[0]),
            language.money(figures[1], unit=False),
            language.number(figures[2]),
        )
        units = ("", language.money_unit(), "")
        for tile, name, figure, unit in zip(self.figures, names, said, units, strict=True):
            tile.set_content(name, figure, unit)
        rows = [_row(one, language) for one in self._shown]
        more, title = bool(view and view.next), t("Newest first") if rows else ""
        hint = t("Cards given to customers are listed here. Write an amount, then Ctrl S.")
        self.listed.show_rows(title, rows, t("No gift card was given yet"), hint=hint, icon="gift", more=more)
        self._show_one()

    @property
    def _ready(self) -> bool:
        """A card nobody can print would be lost: its code is shown nowhere else."""
        ready = self.paper is not None and self.paper.ready
        if not ready:
            self.say("danger", self.language.t("There is no printer to put the code on paper"))
        return ready

    def _said_reason(self) -> str:
        reason = self.reason.line.text().strip()
        self.reason.mark("" if reason else self.language.t("Fill this in."))
        if not reason:
            self.reason.line.setFocus()
        return reason

    def _choose(self, card: GiftCardView | None) -> None:
        self._open = card
        self.reason.line.clear()
        self.reason.mark("")
        self._show_one()
        (self.reason.line if self.reason.isVisible() else self.look_up).setFocus()

    def _show_one(self) -> None:
        card, t = self._open, self.language.t
        self.one.setVisible(card is not None)
        self.giving.setVisible(card is None)
        if card is None:
            return
        words = _row(card, self.language)
        self.chosen.setText(words.title)
        used = [move for move in card.moves if move.number]
        sales = self.language.n("{count} sale", "{count} sales", len(used)) if used else t("Not used yet")
        bought = t("It was sold; take its sale back instead") if card.bought else ""
        self.line.setText("\n".join(part for part in (words.chip, words.line, sales, bought) if part))
        usable = card.state in ("issued", "reserved") and not card.bought
        self.reason.setVisible(usable)
        self.again.setVisible(usable and card.state == "issued")
        self.void.setVisible(usable)

    def _came(self, view: GivenCardsView) -> None:
        self._view, self._shown = view, view.cards
        self.show_view()

    def _more_came(self, view: GivenCardsView) -> None:
        self._view, self._shown = view, (*self._shown, *view.cards)
        self.show_view()

    def _given(self, cards: GiftCardsView) -> None:
        assert self.paper is not None
        self.paper.voucher(cards)
        self.amount.put(None)
        self.look_up.clear()
        self._choose(None)
        number = self.language.number(cards.codes[0].card)
        self.say("gain", self.language.t("Gift card {number} is being printed", number=number))
        self.ask()

    def _voided(self, card: GiftCardView) -> None:
        self._choose(None)
        self.look_up.clear()
        self.say("gain", self.language.t("It is out of use"))
        self.ask()


def _row(one: GiftCardView, language: Language) -> RowWords:
    t, (word, kind) = language.t, _STATES[one.state]
    title = t("Gift card {number}", number=language.number(one.card))
    return RowWords(
        key=str(one.card),
        title=f"{title} · {language.money(one.left_minor)}",
        line=_facts(one, language),
        chip=t(word),
        chip_kind=kind,
        button=t("Open"),
        hears=t("Open {what}", what=title),
    )


def _facts(one: GiftCardView, language: Language) -> str:
    t = language.t
    facts = [t("{money} at first", money=language.money(one.face_minor))]
    if one.moves:
        facts.insert(0, language.day(one.moves[0].business_day))
    if one.expires_on is not None:
        facts.append(t("until {day}", day=language.day(one.expires_on)))
    if one.member_name:
        facts.append(t("for {name}", name=language.name(one.member_name)))
    return " · ".join(facts)
