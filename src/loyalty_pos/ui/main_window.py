"""The window: rail, top bar, the page, the bar of keys."""

from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import Language
from loyalty_pos.ui import keymap, tab_order, theme
from loyalty_pos.ui.endonyms import ENGLISH, PERSIAN
from loyalty_pos.ui.keymap import Action, Pressed
from loyalty_pos.ui.locking import Lock
from loyalty_pos.ui.pages import counter_words as words
from loyalty_pos.ui.pages import key_words
from loyalty_pos.ui.pages.counter import CounterPage
from loyalty_pos.ui.pages.key_map import KeyMapPanel
from loyalty_pos.ui.pages.page import Page, Place, steady_ms, wall_clock_ms
from loyalty_pos.ui.scanner import Scanner
from loyalty_pos.ui.theme import px
from loyalty_pos.ui.training_band import TrainingBand
from loyalty_pos.ui.widgets import KeyBar, NavItem, NavRail, SearchField, TopBar
from loyalty_pos.ui.widgets.sight import bring_into_sight
from loyalty_pos.ui.written_keys import press_bearer

CLOCK_MS = 15_000


class MainWindow(QMainWindow):
    """Hold the counter and what stands around it; `wall_ms` is the clock people read."""

    tool_chosen = Signal(str)  # "theme" or "language"
    closed = Signal()

    def __init__(
        self,
        page: CounterPage,
        language: Language,
        places: Sequence[Place] = (),
        *,
        dark: bool,
        training: bool = False,
        now_ms: Callable[[], int] = steady_ms,
        wall_ms: Callable[[], int] = wall_clock_ms,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = page
        self._places_beside = tuple(places)
        self._made: dict[str, Page] = {}
        self._language = language
        self._wall_ms = wall_ms
        self.rail = NavRail(*self._places(dark=dark))
        self.bar = TopBar(page.search)
        self.keys = KeyBar()
        self.stack = QStackedWidget()
        self.stack.addWidget(page)
        self.band = TrainingBand() if training else None
        whole = _laid_out(self)
        if self.band is not None:
            self.band.left.connect(lambda: self.tool_chosen.emit("training"))
        self.lock = Lock(whole, now_ms, self)
        self.setCentralWidget(self.lock.stack)
        self.help = KeyMapPanel(whole)
        self.rail.tool_chosen.connect(
            lambda tool: self.lock.lock() if tool == "lock" else self.tool_chosen.emit(tool)
        )
        self.scanner = Scanner(self)
        self.scanner.code_scanned.connect(self._scanned)
        self.scanner.seen.connect(self._scan_seen)
        self.scanner.held.connect(_expect)
        self.rail.page_chosen.connect(self.go_to)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self._tell_time)
        self._clock.timeout.connect(self.lock.look)
        self._clock.start()
        page.changed.connect(self._show_devices)
        page.changed.connect(self._show_keys)
        self.keys.pressed.connect(self._tapped)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self.scanner.listen)
        self.set_language(language, dark=dark)

    def set_language(self, language: Language, *, dark: bool) -> None:
        """Speak another language or wear the other look, at once and everywhere."""
        self._language = language
        t = language.t
        _keep_room(self)
        self.setWindowTitle(language.shop.name if language.shop else t("Loyalty POS"))
        self.rail.set_texts(*self._places(dark=dark), t("Pages"))
        self.rail.set_current(_key_of(self._shown()))
        self.page.set_language(language)
        for each in self.made:
            each.set_language(language)
        self.help.show_keys(language, self.page.support)
        self.lock.panel.show_texts(language)
        if self.band is not None:
            self.band.show_texts(language)
        self._show_keys()
        self._tell_time()
        self._show_devices()

    @property
    def made(self) -> Sequence[Page]:
        """Return the pages beside the counter that were gone to already."""
        return tuple(self._made.values())

    @property
    def others(self) -> Sequence[Page]:
        """Return every page beside the counter, in the order of the rail; those missing are made."""
        return tuple(page for key in self.page_keys if (page := self.page_of(key)) is not None)

    @property
    def page_keys(self) -> Sequence[str]:
        """Return the keys of all pages, in the order of Ctrl and a digit."""
        return ("counter", *(place.key for place in self._places_beside if place.on_rail))

    def load(self, key: str) -> None:
        """Load what a page beside the counter is made with."""
        modules = {place.key: place.module for place in self._places_beside if place.module}
        if key in modules:
            import_module(modules[key])

    def page_of(self, key: str) -> Page | None:
        """Return a page beside the counter by its key, made if need be; None for any other key."""
        place = next((place for place in self._places_beside if place.key == key), None)
        page = self._made.get(key)
        if page is None and place is not None:
            page = self._made[key] = place.make()
            self.stack.addWidget(page)
            page.sell.connect(self._sell)
            page.left.connect(lambda: self.go_to("counter"))
            page.went.connect(self.go_to)
        return page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Obey the key table before any widget sees a key."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self.lock.touched()
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QWindow):
            return False
        if watched is not self.windowHandle() or not isinstance(event, QKeyEvent):
            return False
        self.lock.touched()
        if self.lock.take(event):
            return True
        pressed = keymap.read(event)
        if self.help.isVisible() and self.help.obey(pressed, event.key()):
            return event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if pressed is None:
            if self._shown() is None and self.page.state.unfinished:
                return event.text().isalnum()
            if event.text().isalnum():
                (self._shown() or self.page).typed_elsewhere()
            return False
        if pressed.action is Action.UNDO and event.isAutoRepeat():
            return True  # a key held down walks back one step, not to the last sale and beyond
        return self._obey(pressed)

    def go_to(self, key: str) -> None:
        """Bring a page to the front; the counter keeps its sale meanwhile."""
        shown = self.page_of(key)
        focused = QApplication.focusWidget()
        if focused is not None and self.stack.currentWidget() is not (shown or self.page):
            focused.clearFocus()  # or Qt would look through the whole window for another place for it
        self.stack.setCurrentWidget(shown or self.page)
        self.bar.set_slot(shown.head if shown and shown.head else self.page.search)
        self.keys.setVisible(shown is None)
        self.rail.set_current(_key_of(self._shown()))
        if shown is not None:
            shown.entered()
        else:
            self.page.typed_elsewhere()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab go as the page is read; over the map of keys it stays there."""
        page = self.page
        root = self.help if self.help.isVisible() else page.unfinished if page.state.unfinished else self
        wanted = tab_order.beside(root, QApplication.focusWidget(), forward=next)
        if wanted is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        wanted.setFocus(reason)
        bring_into_sight(wanted, 0)
        return True

    def something_changed(self, changes: Changes) -> None:
        """Tell every page what a command changed."""
        for each in self.made:
            each.something_changed(changes)

    def _obey(self, pressed: Pressed) -> bool:
        if pressed.action is Action.HELP:
            self.help.show_keys(self._language, self.page.support)
            shown = self._shown()
            self.help.open_map(shown.guide if shown is not None else "")
            return True
        if pressed.action is Action.LOCK:
            self.lock.lock()
            return True
        if pressed.action is Action.FULL_SCREEN:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            return True
        if pressed.action is Action.PAGE:
            if pressed.number <= len(self.page_keys):
                self.go_to(self.page_keys[pressed.number - 1])
            return True
        shown = self._shown()
        page = shown or self.page
        if page.act(pressed) or press_bearer((page, self.bar, self.band), pressed):
            return True
        if shown is not None and pressed.action is Action.SEARCH:
            self.go_to("counter")
            return self.page.act(pressed)
        return pressed.action is Action.BENEFIT  # nobody types with Alt held, though X says a digit then

    def _scan_seen(self, burst: object) -> None:
        shown = self._shown()
        if shown is not None and not self.lock.on:
            shown.scan_seen(burst)

    def _scanned(self, code: str) -> None:
        """A scan means the counter, unless the page in front asked for one."""
        if self.lock.on:
            return
        self.help.close_map()
        shown = self._shown()
        if shown is not None and shown.takes_scan(code):
            return
        self.go_to("counter")
        self.page.scanned(code)

    def _sell(self, member: str) -> None:
        """Take somebody to the counter."""
        self.go_to("counter")
        self.page.scanned(member)

    def _shown(self) -> Page | None:
        current = self.stack.currentWidget()
        return current if isinstance(current, Page) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Hear the keys of the system's own window, and nothing else: every event heard takes its time."""
        super().showEvent(event)
        if handle := self.windowHandle():
            # The filter installed last is asked first: a scan is taken out before keys get a meaning.
            handle.installEventFilter(self)
            self.scanner.listen(handle)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening and finish what is being printed."""
        self._clock.stop()
        self.scanner.stop()
        if handle := self.windowHandle():
            handle.removeEventFilter(self)
        self.page.close_paper()
        self.closed.emit()
        super().closeEvent(event)

    def _places(self, *, dark: bool) -> tuple[list[NavItem], list[NavItem]]:
        """The rail's pages and tools in the language of now."""
        t = self._language.t
        other = NavItem("language", "globe", ENGLISH if self._language.code == "fa" else PERSIAN)
        look = NavItem("theme", "sun" if dark else "moon", t("Light") if dark else t("Dark"))
        railed = [each for each in self._places_beside if each.on_rail]
        places = [NavItem(each.key, each.icon, t(each.title)) for each in railed]
        lock = NavItem("lock", "lock", t("Lock"))
        return [NavItem("counter", "scan", t("Counter")), *places], [lock, other, look]

    def _tell_time(self) -> None:
        shop = self._language.shop
        name = shop.name if shop else ""
        till = self._language.t("till {till}", till=self._language.digits(shop.till)) if shop else ""
        who = f"{self._language.name(name)} · {till}" if shop else ""
        detail = words.day_and_time(self._wall_ms(), self._language)
        self.bar.set_who(who, detail, words.initial(name))

    def _show_keys(self) -> None:
        self.keys.set_hints(key_words.hints(self.page.state, self._language, touch=theme.look().touch))

    def _tapped(self, cap: str) -> None:
        action = key_words.action_of(cap)
        if action is not None:
            self._obey(Pressed(action))

    def _show_devices(self) -> None:
        t = self._language.t
        if not self.page.paper.ready:
            self.bar.set_device("printer", "off", t("No printer is set"))
        elif self.page.state.print_trouble or self.page.paper.last == "failed" or self.page.paper.kept:
            self.bar.set_device("printer", "warn", t("The printer needs a look"))
        else:
            self.bar.set_device("printer", "ok", t("The printer is ready"))


def _laid_out(window: MainWindow) -> QWidget:
    """Lay out the band, the rail, the bar over the page, and the bar of keys."""
    whole, side, across = QWidget(), QVBoxLayout(), QHBoxLayout()
    under = QVBoxLayout(whole)
    for layout in (side, across, under):
        theme.space(layout)
    for widget, share in ((window.bar, 0), (window.stack, 1), (window.keys, 0)):
        side.addWidget(widget, share)
    across.addWidget(window.rail)
    across.addLayout(side, 1)
    if window.band is not None:
        under.addWidget(window.band)
    under.addLayout(across, 1)
    return whole


def _expect(typed: str) -> None:
    """Let the field with the keyboard know what a key is about to type there."""
    focused = QApplication.focusWidget()
    field = focused.parentWidget() if focused else None
    if isinstance(field, SearchField):
        field.expect(typed)


def _keep_room(window: QWidget) -> None:
    """Let nobody make the window smaller than its texts, as far as the screen goes."""
    screen = window.screen().availableSize()
    window.setMinimumSize(min(px(1024), screen.width()), min(px(720), screen.height()))


def _key_of(shown: Page | None) -> str:
    return shown.key if shown else "counter"
