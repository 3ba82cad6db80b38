"""A page beside the counter: it asks the shop when it is seen, and again when something changed."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loyalty_pos.app.changes import Changes
from loyalty_pos.app.language import Language
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.ui.dispatcher import Dispatcher
from loyalty_pos.ui.keymap import Pressed


def wall_clock_ms() -> int:
    """UTC milliseconds now."""
    return int(datetime.now(UTC).timestamp() * 1000)


def steady_ms() -> int:
    """Milliseconds of a clock that only runs forward."""
    return time.monotonic_ns() // 1_000_000


def shop_day(wall_ms: int, language: Language) -> str:
    """Tell the business day of an instant at the shop that is spoken about."""
    from zoneinfo import ZoneInfo

    from loyalty_pos.domain.dates import business_day

    shop = language.shop
    zone, hour = (shop.time_zone, shop.day_ends_hour) if shop else ("Asia/Tehran", 0)
    return business_day(wall_ms, ZoneInfo(zone), hour)


def new_id() -> str:
    """Make a key for a posting."""
    from uuid import uuid4  # dear to load, and a start makes no posting

    return str(uuid4())


class Page(QWidget):
    """Hold widgets and the last view; compute nothing about money.

    Subclasses name their place on the rail (`key`, `icon`, `title`, a marked message id) and what
    they show (`concerns`). No page calls another page: one that has somebody to sell to emits `sell`,
    one that knows where work goes on emits `went`, one that is done emits `left`. `head` stands in
    the window's top bar while the page is in front.
    """

    sell = Signal(str)  # a member, for the counter
    left = Signal()
    went = Signal(str)  # the key of another page, where what was chosen here is done

    key = ""
    icon = ""
    title = ""
    concerns = Changes.NOTHING
    guide = ""  # the page of the guide that F1 opens

    def __init__(self, dispatcher: Dispatcher, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dispatcher = dispatcher
        self.language = language
        self.head: QWidget | None = None
        self.wall_ms: Callable[[], int] = wall_clock_ms
        self.make_id: Callable[[], str] = new_id
        self._stale = True

    def set_language(self, language: Language) -> None:
        """Speak another language at once, in whatever state the page is."""
        self.language = language
        self.show_texts()

    def something_changed(self, changes: Changes) -> None:
        """Ask again now when the page is seen, else when it is seen next."""
        if changes & self.concerns:
            self._stale = True
            if self.isVisible():
                self.entered()

    def entered(self) -> None:
        """Come to the front: ask again if what is shown may be old."""
        if self._stale:
            self._stale = False
            self.refresh()
        self.put_focus()

    def show_texts(self) -> None:
        """Set every text in the language of now."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the shop for what the page shows."""
        raise NotImplementedError

    def put_focus(self) -> None:
        """Put the keyboard where work on this page begins."""

    def typed_elsewhere(self) -> None:
        """Put the keyboard where a letter makes sense, when it stands on something that takes none."""

    def scan_seen(self, burst: object) -> None:
        """Learn what a scanner sent (ui.scanner.Burst), before anything is done with it."""

    def takes_scan(self, code: str) -> bool:
        """Take a scan that was asked for; False lets it go to the counter."""
        return False

    def act(self, pressed: Pressed) -> bool:
        """Do what a key asks for; False lets the key reach the focused widget."""
        return False


@dataclass(frozen=True, slots=True)
class Place:
    """A page's place on the rail; `make` makes the page, `module` is what has to be loaded for it."""

    key: str
    icon: str
    title: str
    make: Callable[[], Page]
    on_rail: bool = True
    module: str = ""
