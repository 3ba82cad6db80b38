"""Partners: who they are, vouchers issued for them, theirs honoured, and the settlement (product P8)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_games import HonourVoucher, IssuePartnerVouchers, MakePartnerCard
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.partner_views import PartnersView, PartnerView, PartnerVouchersView, TokenView
from loyalty_pos.app.queries_games import Partners, Settlement
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.partner_forms import BundleForm, FirmForm, TokensForm
from loyalty_pos.ui.pages.partner_settle import SettleForm
from loyalty_pos.ui.pages.side_desk import PDF, SideDesk
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.widgets import Segmented

MODES = {
    "firm": N_("Partner"),
    "issue": N_("Issue"),
    "honour": N_("Honour"),
    "settle": N_("Settle"),
}


class PartnersDesk(SideDesk):
    """Four things to do at the start side; the partners, or a settlement's vouchers, at the end side."""

    stem = "settlement"
    save_key = "Alt 2"

    def __init__(self, dispatcher: Dispatcher, language: Language, new_key: Callable[[], str]) -> None:
        self.partners: PartnersView | None = None
        super().__init__(dispatcher, language, new_key)
        self.mode.chosen.connect(lambda mode: self._open_sheet(""))
        self.firm.put.clicked.connect(self._put)
        self.firm.new.clicked.connect(lambda: self._edit(None))
        self.firm.make_asked.connect(self._make_card)
        self.bundle.issue.clicked.connect(self._issue)
        self.bundle.print.clicked.connect(self._print)
        self.honouring.entered.connect(self._honour)
        self.settling.moved.connect(self.show_view)
        self.settling.said.connect(self.say)
        self.settling.unread.connect(self.unread)
        self.settling.print.clicked.connect(self._print)
        self.settling.pdf.clicked.connect(lambda: self.save_as(self.settling.sheet, PDF))
        self.show_view()

    def parts(self) -> Sequence[QWidget]:
        self.mode = Segmented([(mode, "") for mode in MODES])
        self.firm, self.bundle = FirmForm(), BundleForm(self.dispatcher, self.language)
        self.honouring = TokensForm()
        self.settling = SettleForm(self.dispatcher, self.language, self.new_key)
        self._forms = dict(zip(MODES, (self.firm, self.bundle, self.honouring, self.settling), strict=True))
        return self.mode, *self._forms.values()

    def ask(self) -> None:
        self.courier.ask_latest("partners", Partners(), self._came, self.unread)
        self.settling.ask()

    def to_save(self) -> Settlement | None:
        return Settlement(partner=self.settling.partner) if self.settling.partner else None

    def put_focus(self) -> None:
        mode = self.mode.current()
        if mode == "firm":
            self.firm.focus_first()
        elif mode == "issue":
            self.bundle.focus_first()
        elif mode == "honour":
            self.honouring.line.setFocus()
        elif self.settling.partner:
            self.settling.presenting.line.setFocus()
        else:
            self.mode.segments()[-1].setFocus()

    def act(self, pressed: Pressed) -> bool:
        mode, action = self.mode.current(), pressed.action
        if action is Action.ESCAPE and self.settling.partner:
            self._open_sheet("")
        elif action is Action.ESCAPE:
            self.closed.emit()
        elif action is Action.NEW_MEMBER and mode == "firm":
            self._edit(None)
        elif action is Action.SEARCH and mode == "issue":
            self.bundle.picker.setFocus()
        elif action is Action.PUBLISH:
            does = {"firm": self._put, "issue": self._issue, "honour": self.honouring.enter}
            does.get(mode, self.settling.submit)()
        elif action is Action.PRINT:
            self._print()
        else:
            return False
        return True

    def takes_scan(self, code: str) -> bool:
        mode = self.mode.current()
        if mode == "honour":
            self.honouring.take(code)
        elif mode == "settle" and self.settling.partner:
            self.settling.presenting.take(code)
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
        self.settling.show_texts(language)
        super().show_texts(language)

    def show_view(self) -> None:
        t, mode, sheet = self.language.t, self.mode.current(), self.settling.sheet
        settling = mode == "settle" and bool(self.settling.partner)
        self.heading.setVisible(False)
        self.help.setVisible(mode == "settle" and not settling)
        self.help.setText(t("Choose the partner to settle with from the list."))
        for name, form in self._forms.items():
            form.setVisible(name == mode and (settling or mode != "settle"))
        self.save.setVisible(settling)
        if settling and sheet is not None:
            title = t("Settlement with {partner}", partner=self.language.name(sheet.partner_name))
            self.listed.show_rows(title, self.settling.rows(), t("No vouchers yet"))
        elif self.partners is not None and not settling:
            rows = [self._row(one, mode) for one in self.partners.partners]
            hint = t("Shops that honour each other's vouchers are listed here. Write the first one beside.")
            self.listed.show_rows(t("Partners"), rows, t("No partner yet"), hint=hint, icon="link")

    def row_acted(self, key: str) -> None:
        known = self.partners.partners if self.partners else ()
        partner, mode = next(one for one in known if one.key == key), self.mode.current()
        if mode == "settle":
            self._open_sheet(key)
        elif mode == "firm":
            self._edit(partner)
        elif self.bundle.add_for(partner):
            self.say("gain", "")
        else:
            self.say("danger", self.language.t("Write worth and last day first"))
            self.bundle.focus_first()

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

    def _came(self, view: PartnersView) -> None:
        self.partners = view
        self.firm.show_own(view, self.language)
        self.show_view()

    def _open_sheet(self, key: str) -> None:
        """Open a partner's settlement, or go back to the partners."""
        self.say("gain", "")
        self.settling.open_for(key)
        if key:
            self.listed.wait()
        self.show_view()
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
            said = t("Honoured: {money} from {partner}; it pays as a gift card", money=money, partner=name)
            self.say("gain", said)

        self.courier.do(HonourVoucher(posting_id=self.new_key(), token=token), done, self.failed)

    def _print(self) -> None:
        made, sheet = self.bundle.made, self.settling.sheet
        slip = made if self.mode.current() == "issue" else sheet
        if self.paper is not None and slip is not None:
            self.paper.voucher(slip)
