"""Settling with one partner: vouchers of ours they present, what stands between the shops, the sheet."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.commands_games import SettlePartner
from loyalty_pos.app.language import Language
from loyalty_pos.app.partner_papers import state_words, voucher_number
from loyalty_pos.app.partner_views import SettledView, SettlementLineView, SettlementView
from loyalty_pos.app.queries_games import Settlement
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.ui.dispatcher import Courier, Dispatcher
from loyalty_pos.ui.pages.counter_parts import column, row
from loyalty_pos.ui.pages.partner_forms import TokensForm, bundle_said
from loyalty_pos.ui.pages.side_rows import RowWords
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.widgets import Btn, Tx
from loyalty_pos.ui.worker import Problem


class SettleForm(QWidget):
    """Take tokens in, put them on record, show the sums; `moved` tells that there is more to show."""

    moved = Signal()
    said = Signal(str, str)  # a banner's kind, and the words
    unread = Signal(object)  # Problem

    def __init__(self, dispatcher: Dispatcher, language: Language, new_key: Callable[[], str]) -> None:
        super().__init__()
        self.setProperty("k", "clear")
        self._courier, self._language, self._new_key = Courier(dispatcher, self), language, new_key
        self.partner = ""
        self.sheet: SettlementView | None = None
        self.tokens: list[str] = []
        self.presenting = TokensForm()
        self.put, self.sums = Btn("", "primary", icon="check", keycap="Ctrl S"), Tx("", "body", wrap=True)
        self.print = Btn("", "outline", icon="printer", keycap="Ctrl P", size="small")
        self.pdf = Btn("", "outline", icon="copy", keycap="Alt 1", size="small")
        layout = column(self, 10)
        for part in (self.presenting, self.put, self.sums):
            layout.addWidget(part)
        papers = row(8)
        papers.addWidget(self.print, 1)
        papers.addWidget(self.pdf, 1)
        layout.addLayout(papers)
        self.presenting.entered.connect(self._take_in)
        self.put.clicked.connect(self.submit)

    def open_for(self, partner: str) -> None:
        """Begin with a partner's key; empty for none."""
        self.partner, self.sheet, self.tokens = partner, None, []
        self.ask()

    def ask(self) -> None:
        """Ask how the two shops stand."""
        if self.partner:
            query = Settlement(partner=self.partner)
            self._courier.ask_latest("settlement", query, self._told, self.unread.emit)

    def show_texts(self, language: Language) -> None:
        """Speak a language."""
        t = language.t
        self._language = language
        self.put.set_content(t("Put on record"))
        self.print.set_content(t("Print"))
        self.pdf.set_content(t("Save as PDF"))
        name = language.name(self.sheet.partner_name) if self.sheet else ""
        self.presenting.show_words(
            t("Settle with {partner}", partner=name),
            t("Scan the vouchers of ours they took; each is paid once."),
            t("Take in"),
            language,
        )
        self.put.setEnabled(bool(self.tokens))
        self.sums.setText("\n".join(self._sums()))

    def rows(self) -> list[RowWords]:
        """Say every voucher between the shops, the last one first."""
        return [_voucher(one, self._language) for one in reversed(self.sheet.lines)] if self.sheet else []

    def submit(self) -> None:
        """Put on record what was taken in."""
        if self.partner and self.tokens:
            command = SettlePartner(
                posting_id=self._new_key(), partner=self.partner, tokens=tuple(self.tokens)
            )
            self._courier.do(command, self._settled, self._failed)

    def _sums(self) -> list[str]:
        t, money, sheet = self._language.t, self._language.money, self.sheet
        if sheet is None:
            return []
        taken = [bundle_said(self.tokens, self._language)] if self.tokens else []
        return [
            *taken,
            f"{t('Theirs, honoured here')}: {money(sheet.they_owe_minor)}",
            f"{t('Ours, presented')}: {money(sheet.we_owe_minor)}",
            f"{t('Ours, not presented yet')}: {money(sheet.open_minor)}",
        ]

    def _told(self, sheet: SettlementView) -> None:
        if sheet.partner == self.partner:
            self.sheet = sheet
            self.show_texts(self._language)
            self.moved.emit()

    def _take_in(self, token: str) -> None:
        if token not in self.tokens:
            self.tokens.append(token)
        self.show_texts(self._language)

    def _settled(self, view: SettledView) -> None:
        self.tokens = []
        t, language = self._language.t, self._language
        accepted = language.n("{count} voucher accepted", "{count} vouchers accepted", view.accepted)
        said = [f"{accepted}: {language.money(view.value_minor)}"]
        for one in view.refused:
            why = say_problem(Rejection(one.code), language)
            said.append(t("not number {place}: {why}", place=language.number(one.place), why=why))
        self.said.emit("danger" if view.refused else "gain", " · ".join(said))
        self.ask()

    def _failed(self, problem: Problem) -> None:
        self.said.emit("danger", say_problem(problem, self._language))


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
