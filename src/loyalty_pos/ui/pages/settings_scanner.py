"""The scanner card: what one scan sends, how fast, how it was read, and what it means here."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.views import IdentifyView
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.scanner import FEWEST_KEYS, Burst
from loyalty_pos.ui.widgets import Banner, Btn, Tx

_LOOKS = {
    "card": N_("A card that is not linked to anyone yet."),
    "voucher": N_("A voucher, but none of this shop's."),
    "receipt": N_("A receipt, but none of this shop's."),
    "phone": N_("A phone number nobody here has."),
    "digits": N_("Digits that belong to nothing here."),
    "name": N_("Letters that belong to nothing here."),
    "product": N_("A product this shop does not know."),
}


class ScannerCard(FormCard):
    """While a test runs, scans come here and not to the counter; leaving the page ends it."""

    tested = Signal(str)  # a code whose meaning is wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.running = False
        self._language: Language | None = None
        self._burst: Burst | None = None
        self._meaning: IdentifyView | None = None
        self.hint = Tx("", "secondary", "text2", wrap=True)
        self.code = Tx("", "name", wrap=True)
        self.facts = Tx("", "secondary", "text2", wrap=True)
        self.meaning = Tx("", "body", weight=600, wrap=True)
        self.advice = Banner("reward")
        self.test = Btn("", "outline", icon="scan", keycap="Ctrl K")
        for widget in (self.hint, self.code, self.facts, self.meaning, self.advice, self.test, self.answer):
            self.body.addWidget(widget)
        self.test.clicked.connect(lambda: self.run(not self.running))

    def set_language(self, language: Language) -> None:
        """Speak another language."""
        self._language = language
        self._show()

    def run(self, on: bool) -> None:
        """Begin to wait for scans, or stop; what was seen stays until the next test."""
        self.running = on
        if on:
            self._burst = self._meaning = None
        self._show()

    def seen(self, burst: Burst) -> None:
        """Show what came from the scanner, when a test runs."""
        if not self.running:
            return
        self._burst, self._meaning = burst, None
        self._show()
        if burst.end:
            self.tested.emit(burst.code)

    def show_meaning(self, view: IdentifyView) -> None:
        """Say what the shop takes the code for."""
        self._meaning = view
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """End the test when the page is left: the next scan is a customer's."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.run(False)

    def _show(self) -> None:
        language, burst = self._language, self._burst
        if language is None:
            return
        t = language.t
        self.title.setText(t("Scanner"))
        self.test.set_content(t("End the test") if self.running else t("Test the scanner"))
        waiting = t("Scan any code now: a card, a receipt, a product. It is only looked at.")
        idle = t("A test shows what the scanner sends; no customer is touched.")
        self.hint.setText(waiting if self.running else idle)
        for widget in (self.code, self.facts):
            widget.setVisible(burst is not None)
        self.meaning.setVisible(self._meaning is not None)
        advice = ""
        if burst is not None:
            self.code.setText(language.isolate(burst.code))
            self.facts.setText(burst_words(burst, language))
            if not burst.end:
                advice = t(
                    "The scanner sends no Enter after the code; switch that on in the scanner, "
                    "or its scans are taken for typing."
                )
        if self._meaning is not None:
            self.meaning.setText(_meaning(self._meaning, language))
        self.advice.set_content("reward", advice)
        self.advice.setVisible(bool(advice))


def burst_words(burst: Burst, language: Language) -> str:
    """Say what a scanner sent: how many keys, how fast, and what ended them."""
    t, number = language.t, language.number
    speed = t("{count} characters, one every {gap} ms", count=number(burst.keys), gap=number(burst.gap_ms))
    ends = {"enter": t("Enter at the end"), "tab": t("Tab at the end"), "": t("nothing at the end")}
    said = [speed, ends[burst.end]]
    if burst.repaired:
        said.append(t("read past the Persian keyboard"))
    if burst.keys < FEWEST_KEYS + 2:
        said.append(t("short: below {count} characters it counts as typing", count=number(FEWEST_KEYS)))
    return " · ".join(said)


def _meaning(view: IdentifyView, language: Language) -> str:
    t = language.t
    if view.kind == "member" and view.member is not None:
        return t("The card of {name}.", name=language.name(view.member.name))
    if view.kind == "receipt" and view.sale is not None:
        return t("The receipt of sale {number}.", number=language.number(view.sale.number))
    if view.kind == "product" and view.product is not None:
        return t("The product {name}.", name=language.name(view.product.name))
    if view.kind == "voucher":
        return t("A voucher of this shop.")
    if view.kind == "code" and view.code is not None:
        return t("A discount code of {programme}.", programme=language.name(view.code.programme_name))
    if view.kind == "gift_card" and view.gift_card is not None:
        return t("Gift card {number}.", number=language.number(view.gift_card.card))
    if view.kind == "candidates":
        return t("Digits several members have.")
    return t(_LOOKS.get(view.looks_like, _LOOKS["digits"]))
