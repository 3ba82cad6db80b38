"""Run the window program: first start, the counter, language and look switched live, a clean end."""

import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.commands import CreateShop
from loyalty_pos.app.drafts import DraftStore
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.queries import Shop
from loyalty_pos.app.settings import SettingsStore, UiSettings
from loyalty_pos.app.sounds import Speaker
from loyalty_pos.app.unpublished import ShelfStore
from loyalty_pos.app.views import ShopView
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.ui import theme
from loyalty_pos.ui.ahead import Ahead
from loyalty_pos.ui.backup_timer import BackupPlan, BackupTimer
from loyalty_pos.ui.collector import Collector
from loyalty_pos.ui.counter.state import Place
from loyalty_pos.ui.dispatcher import Dispatcher, ServiceLike
from loyalty_pos.ui.keeping_up import KeepingUp
from loyalty_pos.ui.main_window import MainWindow
from loyalty_pos.ui.pages.beside import PagesBeside
from loyalty_pos.ui.pages.counter import CounterPage
from loyalty_pos.ui.pages.first_start import FirstStart
from loyalty_pos.ui.pages.page import new_id, shop_day, steady_ms, wall_clock_ms
from loyalty_pos.ui.paper import Printing
from loyalty_pos.ui.shell import Shell, show_whole
from loyalty_pos.ui.tokens import scale_for
from loyalty_pos.ui.worker import Problem

if TYPE_CHECKING:
    from loyalty_pos.app.exchange import Exchange
    from loyalty_pos.app.office_port import Office
    from loyalty_pos.ui.customer.display import CustomerDisplay

log = logging.getLogger(__name__)

SETTLED_MS = 5_000
RESTED_MS = 3_000
SWAP = 64
"""The exit status that asks for the other shop: into training, or back."""


def qt_translations_dir() -> str:
    """Find the folder of Qt's own texts: buttons and dialogs that we do not word."""
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


class Program(QObject):
    """What runs between the first window and the last: one dispatcher, one window, the look."""

    def __init__(
        self,
        app: QApplication,
        service_factory: Callable[[], ServiceLike],
        languages: Mapping[LanguageCode, Language],
        settings: SettingsStore,
        *,
        printing: Printing | None = None,
        demo: Callable[[ServiceLike], object] | None = None,
        backups: BackupPlan | None = None,
        shelf: ShelfStore | None = None,
        exchange: "Callable[[], Exchange] | None" = None,
        office: "Callable[[], Office] | None" = None,
        make_id: Callable[[], str] = new_id,
        now_ms: Callable[[], int] = steady_ms,
        wall_ms: Callable[[], int] = wall_clock_ms,
        shop_file: Path | None = None,
        drafts: DraftStore | None = None,
        speaker: Speaker | None = None,
        shell: Shell | None = None,
        training: bool = False,
    ) -> None:
        super().__init__()
        self.training = training
        self._shop_file, self._drafts, self._speaker = shop_file, drafts, speaker
        self._shell = shell
        self._app = app
        self._languages = languages
        self._store = settings
        self.settings = settings.load()
        self._write_digits()
        self._printing, self._demo = printing, demo
        self._make_id, self._now_ms, self.wall_ms = make_id, now_ms, wall_ms
        self.dispatcher = Dispatcher(service_factory)
        self.backups = BackupTimer(backups, self) if backups else None
        self.beside = PagesBeside(self.dispatcher, shelf, self)
        self.beside.exchange, self.beside.office = exchange, office
        self.shop: ShopView | None = None
        self.window: MainWindow | None = None
        self.first: FirstStart | None = None
        self.customer: CustomerDisplay | None = None
        self._translator = QTranslator(self)

    @property
    def language(self) -> Language:
        """The language of now, about the shop that is open."""
        return self._languages[self.settings.language or "fa"].with_shop(self.shop)

    def start(self) -> None:
        """Dress, then open the shop or ask which."""
        self._dress()
        if self.settings.language is None:
            self._ask_first().ask_language()
        else:
            if self.training:  # made ready when it is opened for the first time, which takes a while
                self._ask_first().wait()
            self._open_shop()

    def choose(self, tool: str) -> None:
        """Switch the look or the language, at once."""
        if tool == "theme":
            self.decide(replace(self.settings, dark=not self.settings.dark))
        elif tool == "training":
            self._app.exit(SWAP)
        elif tool == "language":
            self.decide(replace(self.settings, language="en" if self.language.code == "fa" else "fa"))

    def decide(self, settings: UiSettings) -> None:
        """Wear other choices at once, and keep them."""
        digits = settings.latin_digits != self.settings.latin_digits
        self._keep(settings)
        self._write_digits()
        self._dress()
        if self.window:
            if digits:  # sentences came from the shop with the other ones
                self.window.something_changed(~Changes.NOTHING)
            self.window.page.paper.set_receipts(wanted=settings.print_receipts)
            self.window.page.sounds.choose(settings.sound)
            self.window.lock.idle_minutes = settings.lock_minutes
            self.beside.show_choices(settings)
            self.window.set_language(self.language, dark=self.settings.dark)
        _show_customer(self)

    def close(self) -> None:
        """End every thread; the shop is closed on its own, and then backed up."""
        self.beside.close()
        if self.customer:
            self.customer.close()
            self.customer = None
        for each in (self.window, self.first):
            if each is not None:
                each.close()
                each.deleteLater()
        self.window = self.first = None
        self.dispatcher.close()
        if self.backups:
            self.backups.close()

    def _dress(self) -> None:
        language = self.language
        screen = self._app.primaryScreen().size()
        scale = self.settings.scale_percent or scale_for(screen.width(), screen.height())
        theme.apply(
            self._app,
            theme.Look(
                dark=self.settings.dark,
                rtl=language.rtl,
                scale_percent=scale,
                touch=self.settings.touch,
                motion=not self.settings.reduced_motion,
            ),
        )
        QLocale.setDefault(QLocale("fa_IR" if language.rtl else "en_GB"))
        self._app.removeTranslator(self._translator)
        if language.rtl and (
            not self._translator.isEmpty() or self._translator.load("qtbase_fa", qt_translations_dir())
        ):
            self._app.installTranslator(self._translator)

    def _write_digits(self) -> None:
        for each in self._languages.values():
            each.numerals.latin = self.settings.latin_digits

    def _keep(self, settings: UiSettings) -> None:
        self.settings = settings
        try:
            self._store.save(self.settings)
        except Fault as trouble:
            log.warning("choices not kept: %s", trouble.code)

    def _ask_first(self) -> FirstStart:
        self._drop_shell()
        if self.first is None:
            first = self.first = FirstStart(self.language)
            first.setWindowTitle(self.language.t("Loyalty POS"))
            first.resize(theme.px(1024), theme.px(720))
            first.language_chosen.connect(self._language_chosen)
            first.demo_chosen.connect(self._make_demo)
            first.shop_named.connect(self._make_shop)
            first.again_asked.connect(self._open_shop)
        self.first.set_language(self.language)
        self.first.show()
        return self.first

    def _language_chosen(self, code: str) -> None:
        self._keep(replace(self.settings, language="fa" if code == "fa" else "en"))
        self._dress()
        self._open_shop()

    def _open_shop(self, page: str = "counter") -> None:
        self.dispatcher.ask(Shop(), lambda shop: self._opened(shop, page), self._not_opened, self)

    def _not_opened(self, problem: Problem) -> None:
        first = self._ask_first()
        if isinstance(problem, Rejection):
            first.ask_shop()
        else:
            first.show_unopened(problem)

    def _make_demo(self) -> None:
        demo, first = self._demo, self._ask_first()
        if demo is None:
            return
        first.wait()
        self.dispatcher.run(demo, lambda answer: self._open_shop(), first.show_problem, self)

    def _make_shop(self, command: CreateShop) -> None:
        first = self._ask_first()
        first.wait()
        self.dispatcher.do(command, lambda shop: self._open_shop("club"), first.show_problem, self)

    def _opened(self, shop: ShopView, front: str) -> None:
        """Show the window on a shop, with a page in front."""
        self.shop = shop
        page = CounterPage(
            self.dispatcher, self.language, self._printing, new_id=self._make_id, now_ms=self._now_ms,
            wall_ms=self.wall_ms, receipts=self.settings.print_receipts, drafts=self._drafts,
            speaker=self._speaker, loudness=self.settings.sound,
        )  # fmt: skip
        beside = self.beside
        beside.make_id, beside.wall_ms, beside.paper = self._make_id, self.wall_ms, page.paper
        beside.shop_file, beside.backups = self._shop_file, self.backups
        beside.language, beside.choices = lambda: self.language, lambda: self.settings
        beside.decided, beside.training = self.decide, self.training
        beside.swap = lambda: self.choose("training")
        window = self.window = MainWindow(
            page, self.language, beside.places(), dark=self.settings.dark, wall_ms=self.wall_ms,
            training=self.training, now_ms=self._now_ms,
        )  # fmt: skip
        window.lock.idle_minutes = self.settings.lock_minutes
        self.dispatcher.changed.connect(window.something_changed)
        self.dispatcher.changed.connect(self._shop_changed)
        window.tool_chosen.connect(self.choose)
        window.resize(theme.px(1024), theme.px(768))
        if self._shell:
            window.setGeometry(self._shell.normalGeometry())
            window.setWindowState(self._shell.windowState())
        show_whole(window, theme.look().scale_percent)
        page.start()
        _show_customer(self)
        self._take_over(page)
        KeepingUp(self.dispatcher, partial(page.flow.desk.say, Place.SEARCH), window).start()
        if self.backups:
            self.backups.start()
        if front != "counter":
            window.go_to(front)
        _remind(self, window)
        QTimer.singleShot(SETTLED_MS, window, self._report_months)
        if self.first:
            self.first.close()
            self.first.deleteLater()
            self.first = None

    def _report_months(self) -> None:
        """See to the months that ended, once the window has settled."""
        if self.window:
            desk = self.window.page.flow.desk
            self.beside.report_months(
                lambda problem, count: desk.say(Place.SEARCH, problem, code="reports_made", number=count),
                lambda: shop_day(self.wall_ms(), self.language),
            )

    def _take_over(self, page: CounterPage) -> None:
        """Go on with what was typed before the window was there."""
        typed, entered = self._shell.typed() if self._shell else ("", False)
        self._drop_shell()
        if entered:
            page.scanned(typed)
        elif typed:
            page.flow.finding.edited(typed)

    def _drop_shell(self) -> None:
        if self._shell is not None:
            self._shell.close()
            self._shell.deleteLater()
            self._shell = None

    def _shop_changed(self, changes: Changes) -> None:
        """Say the shop's new name, speak in its calendar, and sell by its new programmes."""
        if changes == ~Changes.NOTHING and self.window:
            self.window.page.begin_anew()
        elif changes & Changes.PROGRAMMES and self.window:
            self.window.page.flow.start()
        if changes & Changes.SHOP and self.window:
            self.dispatcher.ask(Shop(), self._shop_read, None, self)

    def _shop_read(self, shop: ShopView) -> None:
        self.shop = shop
        if self.window:
            self.window.set_language(self.language, dark=self.settings.dark)


def _remind(program: Program, window: MainWindow) -> None:
    """Say once that last month's report can be read; a new shop has none to read."""
    from loyalty_pos.ui.month_reminder import month_due, remind  # on one day of a month

    choices, language = program.settings, program.language
    month = month_due(choices, shop_day(program.wall_ms(), language), language)
    if month and choices.month_seen:
        remind(month, language, window)
    if month:
        program._keep(replace(choices, month_seen=month))


def _show_customer(program: Program) -> None:
    """Open or close the customer's screen, as was chosen."""
    wanted, window = program.settings.customer_screen, program.window
    if wanted and program.customer is None and window:
        from loyalty_pos.ui.customer.display import CustomerDisplay  # most shops have no second monitor

        program.customer = CustomerDisplay(
            window.page, window, program.dispatcher, lambda: program.language, program.wall_ms
        )
        window.lock.changed.connect(program.customer.cover)
    if program.customer is not None:
        program.customer.want(wanted=wanted, public=program.settings.public_causes)


def run(
    service_factory: Callable[[], ServiceLike],
    languages: Mapping[LanguageCode, Language],
    settings: SettingsStore,
    *,
    printing: Printing | None = None,
    demo: Callable[[ServiceLike], object] | None = None,
    shop_file: Path | None = None,
    backups: BackupPlan | None = None,
    drafts: DraftStore | None = None,
    speaker: Speaker | None = None,
    shelf: ShelfStore | None = None,
    exchange: "Callable[[], Exchange] | None" = None,
    office: "Callable[[], Office] | None" = None,
    shell: Shell | None = None,
    training: bool = False,
) -> int:
    """Show the window until it is closed; return the exit status, SWAP to go into training or back.

    `demo` fills an empty shop with the demo café; it runs on the ledger thread. `backups` says when and
    how an open shop is backed up, `drafts` where the sale on the counter is kept,
    `speaker` what is heard of it; `exchange` brings lists in and out, `office` makes reports, each on a
    thread of its own. A `shell` on the screen gives way to the window.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    program = Program(
        app,
        service_factory,
        languages,
        settings,
        printing=printing,
        demo=demo,
        backups=backups,
        shelf=shelf,
        exchange=exchange,
        office=office,
        shop_file=shop_file,
        drafts=drafts,
        speaker=speaker,
        shell=shell,
        training=training,
    )
    collector = Collector(partial(rests, program))
    program.start()
    QTimer.singleShot(SETTLED_MS, collector, collector.settle)
    QTimer.singleShot(SETTLED_MS, program, lambda: program.dispatcher.run(_load_writer))
    ahead = Ahead(lambda: program.window, partial(untouched, program), program)
    ahead.done.connect(collector.settle)
    QTimer.singleShot(2 * SETTLED_MS, ahead, ahead.start)
    try:
        return app.exec()
    finally:
        ahead.stop()
        program.close()
        collector.stop()


def rests(program: Program) -> bool:
    """Say whether nobody has touched the window for a while, or there is none."""
    return program.window is None or program.window.lock.idle_ms >= RESTED_MS


def untouched(program: Program) -> bool:
    """Say whether nobody is at the till, and nothing is under way."""
    window = program.window
    return window is not None and not window.page.state.selling and rests(program) and program.dispatcher.idle


def _load_writer(service: object) -> None:
    """Load what answers and writes the first sale, on the ledger thread and while nobody waits."""
    for name in ("loyalty_pos.app.service", "pydantic_core"):
        import_module(name)
