"""Partners: who they are, vouchers issued for them, theirs honoured, and the settlement (product P8)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedLayout, QWidget

from loyalty_pos.app.commands_games import HonourVoucher, IssuePartnerVouchers, MakePartnerCard, SettlePartner
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.partner_papers import state_words, voucher_number
from loyalty_pos.app.partner_views import (
    PartnersView,
    PartnerView,
    PartnerVouchersView,
    SettledView,
    SettlementLineView,
    SettlementView,
    TokenView,
)
from loyalty_pos.app.queries_games import Partners, Settlement
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import row
from loyalty_pos.ui.pages.partner_forms import BundleForm, FirmForm, TokensForm, bundle_said
from loyalty_pos.ui.pages.side_desk import PDF, SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Segmented, Tx

MODES = {
    "firm": N_("Partner"),
    "issue": N_("Issue"),
    "honour": N_("Honour"),
    "settle": N_("Settle"),
}


class PartnersDesk(SideDesk):
    """Four things to do at the start side; the partners, or a settlement's vouchers, at the end side."""

    stem = "settlement"
    save_key = ""

    def __init__(self, dispatcher: Dispatcher, language: Language, new_key: Callable[[], str]) -> None:
        self.partners: PartnersView | None = None
        self.sheet: SettlementView | None = None
        self.tokens: list[str] = []
        self._settling = ""  # the key of the partner whose sheet is open
        super().__init__(dispatcher, language, new_key)
        self.mode.chosen.connect(lambda mode: self._turn())
        self.firm.put.clicked.connect(self._put)
        self.firm.new.clicked.connect(lambda: self._edit(None))
        self.firm.make_asked.connect(self._make_card)
        self.bundle.issue.clicked.connect(self._issue)
        self.bundle.print.clicked.connect(self._print)
        self.honouring.entered.connect(self._honour)
        self.presenting.entered.connect(self._take_in)
        self.settle.clicked.connect(self._settle)
        self.print.clicked.connect(self._print)
        self.pdf.clicked.connect(lambda: self.save_as(self.sheet, PDF))
        self._turn()

    def parts(self) -> Sequence[QWidget]:
        self.mode = Segmented([(mode, "") for mode in MODES])
        self.firm, self.bundle = FirmForm(), BundleForm(self.dispatcher, self.language)
        self.honouring, self.presenting = TokensForm(), TokensForm()
        self.sums, self.settle = Tx("", "body", wrap=True), Btn("", "primary", icon="check", keycap="Ctrl S")
        self.print = Btn("", "outline", icon="printer", keycap="Ctrl P", size="small")
        self.pdf = Btn("", "outline", icon="copy", size="small")
        stacked = QWidget()
        self._stack = QStackedLayout(stacked)
        for part in (self.firm, self.bundle, self.honouring, self.presenting):
            self._stack.addWidget(part)
        papers = QWidget()
        across = row(8)
        papers.setLayout(across)
        across.addWidget(self.print, 1)
        across.addWidget(self.pdf, 1)
        self._papers = papers
        return self.mode, stacked, self.settle, self.sums, papers

    def ask(self) -> None:
        self.courier.ask_latest("partners", Partners(), self._came, self.unread)
        if self._settling:
            self.courier.ask_latest("settlement", Settlement(partner=self._settling), self._told, self.unread)

    def to_save(self) -> Settlement | None:
        return Settlement(partner=self._settling) if self._settling else None

    def put_focus(self) -> None:
        mode = self.mode.current()
        if mode == "firm":
            self.firm.focus_first()
        elif mode == "issue":
            self.bundle.focus_first()
        elif mode == "honour":
            self.honouring.line.setFocus()
        elif self._settling:
            self.presenting.line.setFocus()
        else:
            self.mode.segments()[3].setFocus()

    def act(self, pressed: Pressed) -> bool:
        mode, action = self.mode.current(), pressed.action
        if action is Action.ESCAPE and self._settling:
            self._open_sheet("")
        elif action is Action.ESCAPE:
            self.closed.emit()
        elif action is Action.NEW and mode == "firm":
            self._edit(None)
        elif action is Action.SEARCH and mode == "issue":
            self.bundle.picker.setFocus()
        elif action is Action.PUBLISH:
            {"firm": self._put, "issue": self._issue, "settle": self._settle}.get(
                mode, self.honouring.enter
            )()
        elif action is Action.PRINT:
            self._print()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        mode = self.mode.current()
        if mode == "honour":
            self.honouring.take(code)
        elif mode == "settle" and self._settling:
            self.presenting.take(code)
        elif mode == "issue":
            self.bundle.picker.take(code)
        else:
            return False
        return True

    def show_texts(self, language: Language) -> None:
        t = language.t
        self.mode.set_texts([(mode, t(said)) for mode, said in MODES.items()])
        self.mode.set_name(t("What to do"))
        self.firm.show_texts(language)
        self.bundle.show_texts(language)
        self.honouring.show_words(
            t("Take a voucher of theirs"),
            t("It becomes a gift card of the same value, to pay with. A scan on the counter does the same."),
            t("Honour"),
            language,
        )
        self.settle.set_content(t("Put on record"))
        self.print.set_content(t("Print"))
        self.pdf.set_content(t("Save as PDF"))
        super().show_texts(language)

    def show_view(self) -> None:
        t = self.language.t
        mode, settling = self.mode.current(), bool(self._settling)
        self.heading.setVisible(False)
        self.help.setVisible(mode == "settle" and not settling)
        self.help.setText(t("Choose the partner to settle with from the list."))
        self.presenting.setVisible(mode == "settle" and settling)
        for part in (self.settle, self.sums, self._papers, self.save):
            part.setVisible(mode == "settle" and settling)
        self.settle.setEnabled(bool(self.tokens))
        if settling and self.sheet is not None:
            self._show_sheet(self.sheet)
        elif self.partners is not None:
            rows = [self._row(one, mode) for one in self.partners.partners]
            self.listed.show_rows(t("Partners"), rows, t("No partner yet"))

    def row_acted(self, key: str) -> None:
        partner = (
            next((one for one in self.partners.partners if one.key == key), None) if self.partners else None
        )
        mode = self.mode.current()
        if partner is None:
            return
        if mode == "settle":
            self._open_sheet(key)
        elif mode == "firm":
            self._edit(partner)
        elif not self.bundle.add_for(partner):
            self.say("danger", self.language.t("Write worth and last day first"))
            self.bundle.focus_first()
        else:
            self.say("gain", "")

    def _row(self, one: PartnerView, mode: str) -> RowWords:
        t, number = self.language.t, self.language.number
        name = self.language.name(one.name)
        said = [
            t("{count} issued", count=number(one.issued)),
            t("{count} honoured", count=number(one.honoured)),
        ]
        if one.cap_minor is not None:
            said.append(t("at most {what}", what=self.language.money(one.cap_minor)))
        button = {"firm": t("Edit"), "issue": t("Add"), "settle": t("Settle")}.get(mode, "")
        return RowWords(
            key=one.key,
            title=name,
            line=" · ".join(said),
            chip="" if one.live else t("Paused"),
            button=button,
            hears=f"{button}: {name}",
        )

    def _show_sheet(self, sheet: SettlementView) -> None:
        t, language = self.language.t, self.language
        name = language.name(sheet.partner_name)
        self.presenting.show_words(
            t("Settle with {partner}", partner=name),
            t("Scan the vouchers of ours they took; each is paid once."),
            t("Take in"),
            language,
        )
        taken = [bundle_said(self.tokens, language)] if self.tokens else []
        self.sums.setText(
            "\n".join(
                [
                    *taken,
                    f"{t('Theirs, honoured here')}: {language.money(sheet.they_owe_minor)}",
                    f"{t('Ours, presented')}: {language.money(sheet.we_owe_minor)}",
                    f"{t('Ours, not presented yet')}: {language.money(sheet.open_minor)}",
                ]
            )
        )
        rows = [_voucher(one, language) for one in reversed(sheet.lines)]
        self.listed.show_rows(t("Settlement with {partner}", partner=name), rows, t("No vouchers yet"))

    def _came(self, view: PartnersView) -> None:
        self.partners = view
        self.firm.show_own(view, self.language)
        self.show_view()

    def _told(self, sheet: SettlementView) -> None:
        if sheet.partner == self._settling:
            self.sheet = sheet
            self.show_view()

    def _turn(self) -> None:
        places = {mode: place for place, mode in enumerate(MODES)}
        self._stack.setCurrentIndex(places[self.mode.current()])
        self._open_sheet("")

    def _open_sheet(self, key: str) -> None:
        """Open a partner's settlement, or go back to the partners."""
        self._settling, self.sheet, self.tokens = key, None, []
        self.say("gain", "")
        if key:
            self.listed.wait()
            self.ask()
        self.show_view()
        if self.isVisible():
            self.put_focus()

    def _edit(self, partner: PartnerView | None) -> None:
        self.firm.open_for(partner)
        self.firm.show_texts(self.language)
        self.say("gain", "")
        self.firm.focus_first()

    def _put(self) -> None:
        command = self.firm.request()
        if command is None:
            self.say("danger", self.language.t("This is no whole card: it has a shop and a key"))
            self.firm.editor("card").focus_first()
            return

        def done(view: PartnersView) -> None:
            self._edit(None)
            self.say("gain", self.language.t("Saved: {name}", name=self.language.name(command.name)))

        self.courier.do(command, done, self.failed)

    def _make_card(self) -> None:
        self.courier.do(MakePartnerCard(posting_id=self.new_key()), self._came, self.failed)

    def _issue(self) -> None:
        wanted = tuple(voucher for _, voucher in self.bundle.wanted)
        if not wanted:
            return
        member = self.bundle.member.member if self.bundle.member else None
        command = IssuePartnerVouchers(posting_id=self.new_key(), vouchers=wanted, member=member)

        def done(view: PartnerVouchersView) -> None:
            self.bundle.show_made(view)
            n = self.language.n
            self.say("gain", n("{count} voucher issued", "{count} vouchers issued", len(view.vouchers)))

        self.courier.do(command, done, self.failed)

    def _honour(self, token: str) -> None:
        def done(view: TokenView) -> None:
            t, language = self.language.t, self.language
            money, name = language.money(view.value_minor), language.name(view.partner_name)
            self.say(
                "gain",
                t("Honoured: {money} from {partner}; it pays as a gift card", money=money, partner=name),
            )

        self.courier.do(HonourVoucher(posting_id=self.new_key(), token=token), done, self.failed)

    def _take_in(self, token: str) -> None:
        if token not in self.tokens:
            self.tokens.append(token)
        self.show_view()

    def _settle(self) -> None:
        if not self._settling or not self.tokens:
            return
        command = SettlePartner(posting_id=self.new_key(), partner=self._settling, tokens=tuple(self.tokens))
        self.courier.do(command, self._settled, self.failed)

    def _settled(self, view: SettledView) -> None:
        self.tokens = []
        t, language = self.language.t, self.language
        accepted = language.n("{count} voucher accepted", "{count} vouchers accepted", view.accepted)
        said = [f"{accepted}: {language.money(view.value_minor)}"]
        for one in view.refused:
            why = say_problem(Rejection(one.code), language)
            said.append(t("not number {place}: {why}", place=language.number(one.place), why=why))
        self.say("danger" if view.refused else "gain", " · ".join(said))
        self.ask()

    def _print(self) -> None:
        if self.paper is None:
            return
        if self.mode.current() == "issue" and self.bundle.made is not None:
            self.paper.voucher(self.bundle.made)
        elif self.sheet is not None:
            self.paper.voucher(self.sheet)


def _voucher(one: SettlementLineView, language: Language) -> RowWords:
    t = language.t
    whose = t("Ours") if one.side == "ours" else t("Theirs")
    number = t("voucher {number}", number=voucher_number(one, language))
    return RowWords(
        key=one.voucher,
        title=f"{language.money(one.value_minor)} · {whose}",
        line=f"{language.day_short(one.day)} · {number}",
        chip=state_words(one, language),
        chip_kind="gain" if one.state in ("settled", "honoured") else "plain",
    )
