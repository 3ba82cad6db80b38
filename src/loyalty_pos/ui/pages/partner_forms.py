"""The forms of partners: the firm itself, vouchers issued for several of them, and tokens that come in."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from loyalty_pos.app.commands_games import PartnerVoucher, PutPartner
from loyalty_pos.app.language import Language
from loyalty_pos.app.partner_views import PartnersView, PartnerView, PartnerVouchersView
from loyalty_pos.app.views import MemberLineView
from loyalty_pos.domain.text import latin_digits
from loyalty_pos.domain.tokens import token_text
from loyalty_pos.ui import bidi
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.member_picker import MemberPicker
from loyalty_pos.ui.pages.settings_cards import FormCard
from loyalty_pos.ui.widgets import Btn, Tx
from loyalty_pos.ui.widgets.field_editors import LineEditor
from loyalty_pos.ui.widgets.text_line import TextLine

_SHOP, _KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])"), re.compile(r"(?<![0-9a-f])[0-9a-f]{64}")


class _Form(FormCard):
    """Fields without a frame of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._padding = 0
        self.setProperty("k", "clear")
        self.dress_now()


class FirmForm(_Form):
    """A partner: its name, its card as it gave it to us, how much of a voucher is honoured at most."""

    make_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.partner: PartnerView | None = None
        self._own = ""
        self.add("name", "text")
        self.add("card", "text")
        self.add("cap", "money")
        self.add("live", "yes_no")
        self.put = Btn("", "primary", icon="check", keycap="Ctrl S")
        self.new = Btn("", "soft", icon="plus", keycap="F3", size="small")
        self._own_title = Tx("", "secondary", weight=600)
        self._own_card = Tx("", "secondary", "text2", wrap=True)
        self.own = Btn("", "outline", icon="copy", keycap="Alt 1", size="small")
        buttons = row(8)
        buttons.addWidget(self.put, 1)
        buttons.addWidget(self.new)
        self.body.addWidget(self.answer)
        self.body.addLayout(buttons)
        for part in (self._own_title, self._own_card, self.own):
            self.body.addWidget(part)
        self.own.clicked.connect(self._take_own)
        self.open_for(None)

    def show_texts(self, language: Language) -> None:
        """Speak a language; what is written stays."""
        t = language.t
        self.title.setText(t("New partner") if self.partner is None else t("Partner"))
        self.word(language, "name", t("Name"))
        self.word(language, "card", t("Their card"), help=t("As they gave it: shop and key."))
        self.word(language, "cap", t("Honour at most"), help=t("Empty: vouchers of any value."))
        self.word(language, "live", t("Vouchers are honoured"))
        self.put.set_content(t("Save"))
        self.new.set_content(t("New"))
        self._own_title.setText(t("Our own card, for partners to enter"))
        self._own_card.setText(language.isolate(_broken(self._own)) if self._own else t("not made yet"))
        self.own.set_content(t("Copy our card") if self._own else t("Make our card"))
        self._show_beginning()

    def show_own(self, view: PartnersView, language: Language) -> None:
        """Show the shop's own card."""
        self._own = f"{view.shop} {view.public_key}" if view.public_key else ""
        self.show_texts(language)

    def open_for(self, partner: PartnerView | None) -> None:
        """Begin with a partner, or with a new one."""
        self.partner = partner
        self.editor("name").put(partner.name if partner else None)
        self.editor("card").put(f"{partner.shop} {partner.public_key}" if partner else None)
        self._show_beginning()
        self.editor("cap").put(partner.cap_minor if partner else None)
        self.editor("live").put(partner.live if partner else True)
        self.say("danger", "")

    def _show_beginning(self) -> None:
        """Show what a card begins with, the shop: it is longer than its field."""
        card = self.editor("card")
        if isinstance(card, LineEditor) and not card.line.hasFocus():
            card.line.setCursorPosition(0)

    def request(self) -> PutPartner | None:
        """Return what is written, or None when the card is no card."""
        card = latin_digits(str(self.editor("card").value() or "")).lower()
        shop, key = _SHOP.search(card), _KEY.search(card)
        if shop is None or key is None:
            return None
        cap = self.editor("cap").value()
        return PutPartner(
            key=self.partner.key if self.partner else f"partner-{shop.group()[:8]}",
            name=str(self.editor("name").value() or ""),
            shop=shop.group(),
            public_key=key.group(),
            cap_minor=cap if cap is None or isinstance(cap, int) else 0,
            live=bool(self.editor("live").value()),
        )

    def focus_first(self) -> None:
        """Put the keyboard where the first answer goes."""
        self.editor("name").focus_first()

    def _take_own(self) -> None:
        if self._own:
            QApplication.clipboard().setText(self._own)
        else:
            self.make_asked.emit()


class BundleForm(_Form):
    """One voucher or a bundle of several partners, for a member or for whoever brings them."""

    def __init__(self, dispatcher: Dispatcher, language: Language) -> None:
        super().__init__()
        self.wanted: list[tuple[str, PartnerVoucher]] = []  # the partner's name beside it
        self.member: MemberLineView | None = None
        self.made: PartnerVouchersView | None = None
        self.picker = MemberPicker(dispatcher, language, "partner.member")
        self.body.addWidget(self.picker)
        self.add("value", "money")
        self.add("expires", "day")
        self.bundle = Tx("", "body", wrap=True)
        self.drop = Btn("", "ghost", icon="undo", keycap="Alt 1", size="small")
        self.issue = Btn("", "primary", icon="ticket", keycap="Ctrl S")
        self.print = Btn("", "outline", icon="printer", keycap="Ctrl P")
        for part in (self.bundle, self.drop, self.answer):
            self.body.addWidget(part)
        buttons = row(8)
        buttons.addWidget(self.issue, 1)
        buttons.addWidget(self.print)
        self.body.addLayout(buttons)
        self.picker.picked.connect(self._pick)
        self.picker.emptied.connect(lambda: self._pick(None))
        self.drop.clicked.connect(self.clear)
        self._language = language

    def show_texts(self, language: Language) -> None:
        """Speak a language; what is written stays."""
        t = self._language = language
        self.title.setText(t.t("Issue vouchers"))
        self.picker.show_texts(language)
        self.word(language, "value", t.t("Worth"))
        self.word(language, "expires", t.t("Last day"))
        self.drop.set_content(t.t("Begin anew"))
        self.issue.set_content(t.t("Issue"))
        self.print.set_content(t.t("Print"))
        self._show()

    def add_for(self, partner: PartnerView) -> bool:
        """Put a voucher of what is written into the bundle; False when value or day are missing."""
        value, day = self.editor("value").value(), self.editor("expires").value()
        if not isinstance(value, int) or not day:
            return False
        voucher = PartnerVoucher(partner=partner.key, value_minor=value, expires=str(day))
        self.wanted.append((partner.name, voucher))
        self.made = None
        self._show()
        return True

    def clear(self) -> None:
        """Empty the bundle."""
        self.wanted, self.made = [], None
        self._show()

    def show_made(self, view: PartnerVouchersView) -> None:
        """Show what was issued."""
        self.wanted, self.made = [], view
        self._show()

    def focus_first(self) -> None:
        """Put the keyboard where the first answer goes."""
        self.editor("value").focus_first()

    def _pick(self, member: MemberLineView | None) -> None:
        self.member = member

    def _show(self) -> None:
        language = self._language
        made = (
            [(one.partner_name, one.value_minor, one.expires_on) for one in self.made.vouchers]
            if self.made
            else []
        )
        wanted = [(name, one.value_minor, one.expires) for name, one in self.wanted]
        lines = [
            f"{language.name(name)} · {language.money(value)} · "
            + language.t("until {day}", day=language.day_short(day))
            for name, value, day in (wanted or made)
        ]
        empty = language.t("Write worth and last day, then add partners from the list")
        self.bundle.setText("\n".join(lines) or empty)
        self.drop.setVisible(bool(wanted))
        self.issue.setEnabled(bool(wanted))
        self.print.setVisible(bool(made))


class TokensForm(QWidget):
    """Take tokens in, scanned or pasted: one to honour, or several that a partner presents."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "clear")
        self.title, self.help = Tx("", "section", wrap=True), Tx("", "secondary", "text2", wrap=True)
        self.line = TextLine(latin=True)
        self.line.setMaxLength(400)
        self.go = Btn("", "primary", icon="check", keycap="Enter")
        layout = column(self, 10)
        for part in (self.title, self.help, self.line, self.go):
            layout.addWidget(part)
        self.line.returnPressed.connect(self.enter)
        self.go.clicked.connect(self.enter)

    def show_words(self, title: str, help: str, button: str, language: Language) -> None:
        """Say what tokens are taken for."""
        self.title.setText(title)
        self.help.setText(help)
        self.line.setPlaceholderText(language.t("Scan the voucher"))
        self.line.setAccessibleName(language.t("Scan the voucher"))
        self.go.set_content(button)

    def take(self, text: str) -> None:
        """Take a scanned token."""
        self.line.setText(text)
        self.enter()

    def enter(self) -> None:
        """Hand on what is written."""
        text = bidi.strip(self.line.text()).strip()
        if text:
            self.line.clear()
            self.entered.emit(token_text(text) or text)


def bundle_said(tokens: Sequence[str], language: Language) -> str:
    """Say how many tokens are ready to be presented."""
    return language.n("{count} voucher taken in", "{count} vouchers taken in", len(tokens))


def _broken(mark: str) -> str:
    """Let a long mark be broken into lines."""
    return " ".join("\u200b".join(re.findall(".{1,8}", part)) for part in mark.split())
