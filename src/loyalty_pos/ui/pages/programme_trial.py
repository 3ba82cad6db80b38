"""Beside a programme's form: what the draft would do on a sale, tried with every key, and whom it meets."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from loyalty_pos.app.commands import SaleLine
from loyalty_pos.app.form_views import DraftView, FieldView
from loyalty_pos.app.language import Language
from loyalty_pos.app.presets import coin_minor
from loyalty_pos.app.product_views import ProductsView, ProductView
from loyalty_pos.app.queries import DraftProgramme, Products
from loyalty_pos.app.queries_studio import Overlaps, TryProgramme
from loyalty_pos.app.saying import Sentence
from loyalty_pos.app.studio_views import OverlapsView, TrialView
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.counter_parts import column
from loyalty_pos.ui.pages.programme_whom import Whom
from loyalty_pos.ui.pages.trial_words import trial_rows
from loyalty_pos.ui.widgets import Banner, Card, Stamps, Stepper, Tx
from loyalty_pos.ui.widgets.field_editors import NumberEditor
from loyalty_pos.ui.widgets.pick_list import PickList
from loyalty_pos.ui.worker import Problem

STAMPS_DRAWN = 12
HAVE_AT_MOST = 999
SAMPLE_COINS = 100
GOODS_OFFERED = 30
OVERLAPS_SHOWN = 4
_ANY = Sentence(fa="", en="")


class TrialCard(Card):
    """A sample that can be changed, and what comes of it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self.own_have = self.own_goods = False
        self._language: Language | None = None
        self._products: tuple[ProductView, ...] = ()
        self._rows: list[tuple[Tx, Tx]] = []
        self.title = Tx("", "secondary", weight=600)
        self.whom = Whom()
        self.goods = PickList()
        field = FieldView(path="amount", type="money", label=_ANY, help=_ANY, unit=_ANY)
        self.amount = NumberEditor(field)
        self.count: Stepper | None = None
        self.have: Stepper | None = None
        self._stamps: Stamps | None = None
        steppers = QWidget()
        self._places = column(steppers, 8)
        self._grid = QGridLayout()
        theme.space(self._grid, 4)
        self._grid.setColumnStretch(0, 1)
        self.why, self.not_now = (
            Tx("", "caption", "text2", wrap=True),
            Tx("", "caption", "reward_text", wrap=True),
        )
        for part in (self.title, self.whom, self.goods, self.amount):
            self.body.addWidget(part)
        self.body.addWidget(steppers)
        self.body.addLayout(self._grid)
        for text in (self.why, self.not_now):
            self.body.addWidget(text)
        self.whom.changed.connect(self.changed)
        self.goods.activated.connect(self._goods_chosen)
        self.amount.edited.connect(self.changed)

    def sample(self, asked: DraftProgramme) -> TryProgramme:
        """Return the draft as it is tried on the sample."""
        product = self._product
        amount = self.amount.value()
        count = self.count.value() if self.count is not None else 1
        lines = (SaleLine(sku=product.sku, quantity=max(1, count)),) if product else ()
        return TryProgramme(
            key=asked.key,
            kind=asked.kind,
            params=asked.params,
            when=asked.when,
            amount_minor=None if product else amount if isinstance(amount, int) else 0,
            lines=lines,
            count=None if product else count,
            have=self.have.value() if self.have is not None else 0,
            member=self.whom.member,
        )

    def set_language(self, language: Language) -> None:
        """Speak a language; the sample stays."""
        t, first = language.t, self._language is None
        self._language = language
        self.title.setText(t("Live test"))
        self.amount.set_language(language)
        self.amount.line.setAccessibleName(t("Amount of the sample purchase"))
        if first and language.shop is not None:
            self.amount.put(SAMPLE_COINS * coin_minor(language.shop.currency))
        if self.count is None or self.have is None:
            self.count = Stepper(language, "", "", maximum=99)
            self.have = Stepper(language, "", "", maximum=HAVE_AT_MOST)
            self._stamps = Stamps(language)
            for part in (self.count, self.have, self._stamps):
                self._places.addWidget(part)
            self.count.set_value(1)
            self.count.stepped.connect(lambda value: self.changed.emit())
            self.have.stepped.connect(self._have_stepped)
            self._stamps.hide()
        self.count.set_texts(language, t("How many"))
        self.have.set_texts(language, t("Counted so far"))
        self._list_goods()

    def offer(self, products: Sequence[ProductView]) -> None:
        """Learn what the shop sells: one of every group comes first, for a draft may name it."""
        firsts = {one.group: one for one in reversed(products) if one.group}
        rest = [one for one in products if firsts.get(one.group or "") is not one]
        self._products = (*firsts.values(), *rest)[:GOODS_OFFERED]
        self._list_goods()

    def prefer(self, named: Sequence[str]) -> None:
        """Take one of the goods a draft names, as long as nobody chose another."""
        if self.own_goods:
            return
        places = [n for n, one in enumerate(self._products, 1) if {one.sku, one.group or ""} & set(named)]
        self.goods.setCurrentIndex(places[0] if places else 0)
        self.amount.setVisible(self._product is None)

    def start(self) -> None:
        """Begin with another programme: the sample follows the draft again."""
        self.own_have = self.own_goods = False
        self.whom.forget()

    def show_trial(self, view: TrialView | None) -> None:
        """Show what the draft did; None: there is nothing that could be tried yet."""
        language = self._language
        if language is None or self.have is None or self._stamps is None:
            return
        t = language.t
        self.have.setVisible(view is not None and view.had is not None and view.member is None)
        card = view.stamps if view is not None else None
        drawn = view is not None and card is not None and view.had is not None and card.step <= STAMPS_DRAWN
        self._stamps.setVisible(drawn)
        if drawn and view is not None and view.had is not None and card is not None:
            full = card.have < view.had.have or view.off_minor > 0 or view.rewards > 0
            pending = card.step - view.had.have if full else card.have - view.had.have
            self._stamps.set_content(language, t("Card"), view.had.have, pending, card.step, "cup")
        rows = trial_rows(view, language) if view is not None else []
        self._put_rows(rows)
        told = view.trace[0] if view and view.trace else None
        self.why.setText(told.sentence.said(language.code) if told else "")
        if view is not None and not view.trace:
            self.why.setText(t("It does nothing on a purchase by itself."))
        elif view is None:
            self.why.setText(t("The test comes with the numbers."))
        said = view.not_now.said(language.code) if view and view.not_now else ""
        self.not_now.setText(t("Not at this moment: {why}", why=said) if said else "")
        self.not_now.setVisible(bool(said))

    def _put_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        while len(self._rows) < len(rows):
            name, value = Tx("", "secondary", wrap=True), Tx("", "secondary", weight=600, align="end")
            place = len(self._rows)
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)
            self._rows.append((name, value))
        for place, (name, value) in enumerate(self._rows):
            shown = place < len(rows)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                said, number, ink = rows[place]
                name.setText(said)
                value.setText(number)
                for part in (name, value):
                    part.set_color(ink)

    @property
    def _product(self) -> ProductView | None:
        place = self.goods.currentIndex()
        return self._products[place - 1] if 0 < place <= len(self._products) else None

    def _have_stepped(self, value: int) -> None:
        self.own_have = True
        self.changed.emit()

    def _goods_chosen(self, place: int) -> None:
        self.own_goods = True
        self.amount.setVisible(self._product is None)
        self.changed.emit()

    def _list_goods(self) -> None:
        language = self._language
        if language is None:
            return
        place = max(0, self.goods.currentIndex())
        self.goods.clear()
        self.goods.addItem(language.t("An amount"))
        for one in self._products:
            self.goods.addItem(bidi.strip(one.name))
        self.goods.setCurrentIndex(min(place, len(self._products)))
        self.goods.setAccessibleName(language.t("What the sample buys"))
        self.goods.setVisible(bool(self._products))


class OverlapCard(QWidget):
    """Name the live programmes a draft meets, the first few in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 8)
        self.banners = [Banner("reward") for _ in range(OVERLAPS_SHOWN)]
        self.more = Tx("", "caption", "text2", wrap=True)
        for part in (*self.banners, self.more):
            layout.addWidget(part)
        self._view: OverlapsView | None = None
        self.hide()

    def show_overlaps(self, view: OverlapsView | None, language: Language) -> None:
        """Say whom the draft meets; None takes it away."""
        self._view = view
        found = view.overlaps if view is not None else ()
        for place, banner in enumerate(self.banners):
            banner.setVisible(place < len(found))
            if place < len(found):
                banner.set_content("reward", "", found[place].sentence.said(language.code))
        rest = len(found) - len(self.banners)
        self.more.setText(
            language.n("and {count} programme more", "and {count} programmes more", max(0, rest))
        )
        self.more.setVisible(rest > 0)
        self.setVisible(bool(found))

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self.show_overlaps(self._view, language)


class Trying(QObject):
    """Ask the shop about a draft that could be published; only the newest question is answered."""

    def __init__(
        self,
        card: TrialCard,
        overlaps: OverlapCard,
        dispatcher: Dispatcher,
        asked: Callable[[], DraftProgramme | None],
    ) -> None:
        super().__init__(card)
        self._card, self._overlaps = card, overlaps
        self._dispatcher, self._asked = dispatcher, asked
        self._language: Language | None = None
        self._view: TrialView | None = None
        self._kind = ""
        card.changed.connect(self._try)

    def set_language(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        self._card.whom.equip(self._dispatcher, language)
        self._card.set_language(language)
        self._overlaps.set_language(language)
        self._card.show_trial(self._view)

    def learn_goods(self) -> None:
        """Ask what the shop sells, for samples."""
        self._dispatcher.ask(Products(), self._offer, None, self)

    def start(self) -> None:
        """Begin with another programme."""
        self._card.start()
        self._clear()

    def look(self, draft: DraftView) -> None:
        """Try a draft that has no problems."""
        asked = self._asked()
        if draft.problems or asked is None:
            self._clear()
            return
        if asked.kind != self._kind:
            self._kind = asked.kind
            self._card.own_have = False
        self._card.prefer(_named(asked))
        self._try()
        query = Overlaps(key=asked.key, kind=asked.kind, params=asked.params, when=asked.when)
        self._dispatcher.ask_latest("overlaps", query, self._meet, self._nothing, self)

    def _clear(self) -> None:
        self._show(None)
        if self._language is not None:
            self._overlaps.show_overlaps(None, self._language)

    def _try(self) -> None:
        asked = self._asked()
        if asked is not None:
            query = self._card.sample(asked)
            self._dispatcher.ask_latest("trial", query, self._show, self._nothing, self)

    def _offer(self, view: ProductsView) -> None:
        self._card.offer(view.products)

    def _show(self, view: TrialView | None) -> None:
        self._view = view
        sampled = view is not None and view.member is None
        had, have = (view.had if view is not None and sampled else None), self._card.have
        if sampled and have is not None and not self._card.own_have:
            wanted = min(HAVE_AT_MOST, had.step - 1) if had is not None else 0
            if have.value() != wanted:  # the sample stands before the step that matters
                have.set_value(wanted)
                self._try()
                return
        self._card.show_trial(view)

    def _meet(self, view: OverlapsView) -> None:
        if self._language is not None:
            self._overlaps.show_overlaps(view, self._language)

    def _nothing(self, problem: Problem) -> None:
        """Show nothing: what is wrong with a draft stands under its fields."""
        self._show(None)


def _named(asked: DraftProgramme) -> list[str]:
    """List the groups and goods a draft names."""
    found: list[str] = []
    basket = asked.when.get("basket")
    for source in (asked.params, basket if isinstance(basket, dict) else {}):
        for name in ("groups", "skus", "groups_in", "skus_in", "group", "sku"):
            value = source.get(name)
            found += [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return found
