"""The settings page: this window, its paper, the shop, and where the shop lies."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.exchange import Exchange
from loyalty_pos.app.language import N_, Language
from loyalty_pos.app.queries import Identify, Shop
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.app.views import ShopView
from loyalty_pos.ui import theme
from loyalty_pos.ui.backup_timer import BackupTimer
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.pages.counter_parts import column, scroller
from loyalty_pos.ui.pages.page import Page
from loyalty_pos.ui.pages.settings_backup import BackupCard, Copying
from loyalty_pos.ui.pages.settings_cards import FileCard, PaperCard, ShopCard, TrainingCard, WindowCard
from loyalty_pos.ui.pages.settings_lists import Exchanging, ListsCard
from loyalty_pos.ui.pages.settings_reports import MonthlyCard
from loyalty_pos.ui.pages.settings_scanner import ScannerCard
from loyalty_pos.ui.pages.unread import Unread
from loyalty_pos.ui.paper import Paper
from loyalty_pos.ui.problem_words import say_problem
from loyalty_pos.ui.scanner import Burst
from loyalty_pos.ui.worker import Problem


class SettingsPage(Page):
    """Choices of this window take effect at once; the shop's own are saved together."""

    key = "settings"
    icon = "sliders"
    title = N_("Settings")
    concerns = Changes.SHOP
    guide = "settings"

    decided = Signal(object)  # UiSettings
    swapped = Signal()  # into training, or back

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(dispatcher, language, parent)
        self._choices = UiSettings(language=language.code)
        self._paper: Paper | None = None
        self._spoken = ""
        self.look, self.paper, self.shop, self.file = WindowCard(), PaperCard(), ShopCard(), FileCard()
        self.copies, self.scanner, self.lists = BackupCard(), ScannerCard(), ListsCard()
        self.training, self.monthly = TrainingCard(), MonthlyCard()
        self._cards = (
            self.shop, self.copies, self.file, self.lists, self.training, self.look, self.paper, self.monthly,
            self.scanner,
        )  # fmt: skip
        self.unread = Unread()
        self.unread.again.connect(self.refresh)
        inside, across = QWidget(), QHBoxLayout()
        whole = QVBoxLayout(inside)
        theme.space(whole, 14, 14)
        theme.space(across, 14)
        whole.addWidget(self.unread)
        whole.addLayout(across)
        for cards in (self._cards[:5], self._cards[5:]):
            side = QVBoxLayout()
            theme.space(side, 14)
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
            across.addLayout(side, 1)
        column(self).addWidget(scroller(inside))
        self.look.edited.connect(lambda: self.decided.emit(self.look.chosen(self._choices)))
        self.paper.edited.connect(lambda: self.decided.emit(self.paper.chosen(self._choices)))
        self.monthly.edited.connect(lambda: self.decided.emit(self.monthly.chosen(self._choices)))
        self.paper.test.clicked.connect(self._print_test)
        self.shop.save.clicked.connect(self._save)
        self.file.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.file.path))
        self.copying = Copying(self.copies, dispatcher)
        self.copying.moved.connect(
            lambda folder: self.decided.emit(replace(self._choices, backup_folder=folder))
        )
        self.copying.unread.connect(self._unread)
        self.exchanging = Exchanging(self.lists, dispatcher)
        self.training.go.clicked.connect(self.swapped)
        self.scanner.tested.connect(self._look_up)
        self.show_texts()

    def equip(
        self,
        paper: Paper,
        shop_file: Path | None,
        backups: BackupTimer | None = None,
        exchange: Callable[[], Exchange] | None = None,
    ) -> None:
        """Learn where paper goes, where the shop lies, who makes its copies and who reads lists."""
        self.copying.use(backups)
        self.exchanging.use(exchange)
        self._paper = paper
        self.paper.test.setEnabled(paper.ready)
        self.file.path = str(shop_file or "")
        self.file.setVisible(shop_file is not None)
        self.show_texts()

    def show_choices(self, choices: UiSettings) -> None:
        """Show the choices of the window."""
        self._choices = choices
        self.copying.folder = choices.backup_folder
        self.look.show_choices(choices)
        self.paper.show_choices(choices, self.language)
        self.monthly.show_choices(choices)

    def show_texts(self) -> None:
        for card in self._cards:
            card.set_language(self.language)
            if self._spoken != self.language.code:
                card.say("info", "")
        self._spoken = self.language.code
        self.unread.show_texts(self.language)

    def refresh(self) -> None:
        self.unread.clear()
        self.dispatcher.ask(Shop(), self._shop_read, self._unread, self)
        self.copying.read()
        if self._paper is not None:
            self._paper.list_printers(self._queues_read, self._test_failed, self)

    def put_focus(self) -> None:
        self.shop.editor("name").setFocus()

    def act(self, pressed: Pressed) -> bool:
        if pressed.action is Action.PUBLISH:
            self._save()
            return True
        for progress in (self.copies.progress, self.lists.progress):
            if pressed.action is Action.ESCAPE and progress.running:
                progress.call_off()
                return True
        return False

    def entered(self) -> None:
        """Copies are made while nobody looks."""
        if not self._stale:
            self.copying.read()
        super().entered()

    def scan_seen(self, burst: object) -> None:
        if isinstance(burst, Burst):
            self.scanner.seen(burst)

    def takes_scan(self, code: str) -> bool:
        return self.scanner.running

    def _look_up(self, code: str) -> None:
        def failed(problem: Problem) -> None:
            self.scanner.say("danger", say_problem(problem, self.language))

        self.dispatcher.ask_latest("tested", Identify(text=code), self.scanner.show_meaning, failed, self)

    def _unread(self, problem: Problem) -> None:
        self.unread.show_problem(problem, self.language)

    def _shop_read(self, shop: ShopView) -> None:
        if not self.shop.dirty:
            self.shop.show_shop(shop)

    def _queues_read(self, queues: Sequence[str]) -> None:
        self.paper.show_queues(queues, self.language)

    def _save(self) -> None:
        problems = self.shop.problems(self.language)
        self.shop.show_problems(problems)
        if self.shop.dirty and not problems:
            self.dispatcher.do(self.shop.request(), self._saved, self._failed, self)

    def _saved(self, shop: ShopView) -> None:
        self.shop.show_shop(shop)
        self.shop.say("gain", self.language.t("Saved"))

    def _failed(self, problem: Problem) -> None:
        self.shop.say("danger", say_problem(problem, self.language))

    def _print_test(self) -> None:
        if self._paper is not None:
            self.paper.say("info", self.language.t("The test page is on its way"))
            self._paper.test(self._test_done, self._test_failed, self)

    def _test_done(self, where: object) -> None:
        place = self.language.isolate(str(where).replace("/", "/\u200b"))
        self.paper.say("gain", self.language.t("The test page went to {place}", place=place))

    def _test_failed(self, problem: Problem) -> None:
        self.paper.say("danger", say_problem(problem, self.language))
