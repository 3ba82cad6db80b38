"""The real window over the shop in memory, driven by key events as a keyboard sends them."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.drafts import DraftStore
from loyalty_pos.app.exchange import Exchange
from loyalty_pos.app.gift_card_views import GiftCardsView
from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.lifetime_views import DayView
from loyalty_pos.app.office_port import Office
from loyalty_pos.app.pacing import Tell
from loyalty_pos.app.papers import CardSheetKind
from loyalty_pos.app.papersink import PaperQueue
from loyalty_pos.app.queries import MembersList
from loyalty_pos.app.queries_sheets import SheetQuery
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.app.sounds import Loudness, SoundName
from loyalty_pos.app.views import TakenBackView, VoucherView
from loyalty_pos.domain.errors import Fault
from loyalty_pos.ui.application import Program
from loyalty_pos.ui.counter.state import CounterState
from loyalty_pos.ui.dispatcher import ServiceLike
from loyalty_pos.ui.keycodes import scan_code
from loyalty_pos.ui.main_window import MainWindow
from loyalty_pos.ui.pages.counter import CounterPage
from loyalty_pos.ui.paper import Printing
from tests.languages import language
from tests.ui.fake_service import SHOP, FakeService

NAMED = {
    "Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Esc": Qt.Key.Key_Escape, "Back": Qt.Key.Key_Backspace,
    "Left": Qt.Key.Key_Left, "Right": Qt.Key.Key_Right,
    "Up": Qt.Key.Key_Up, "Down": Qt.Key.Key_Down, "Home": Qt.Key.Key_Home, "End": Qt.Key.Key_End,
    "PageUp": Qt.Key.Key_PageUp, "PageDown": Qt.Key.Key_PageDown,
    **{f"F{n}": Qt.Key(Qt.Key.Key_F1 + n - 1) for n in range(1, 13)},
}  # fmt: skip
HUMAN_MS, SCANNER_MS = 120, 10
NOW_MS = 1_795_280_000_000

_LETTERS = "qwertyuiopasdfghjklzxcvbn"
_PERSIAN = dict(zip(_LETTERS, "ضصثقفغعهخحشسیبلاتنمظطزرذد", strict=True))
_PERSIAN |= {str(n): chr(0x6F0 + n) for n in range(10)}


class MemorySettings:
    """Choices kept in memory."""

    def __init__(self, settings: UiSettings) -> None:
        self.kept = settings

    def load(self) -> UiSettings:
        return self.kept

    def save(self, settings: UiSettings) -> None:
        self.kept = settings


class PaperTray:
    """A printer that remembers, or is out of paper."""

    def __init__(self) -> None:
        self.sales: list[str] = []
        self.vouchers: list[VoucherView] = []
        self.cards: list[str] = []
        self.refunds: list[TakenBackView] = []
        self.codes: list[CodesView] = []
        self.gift_cards: list[GiftCardsView] = []
        self.days: list[DayView] = []
        self.tables: list[tuple[CodesView, Path]] = []
        self.terms: list[str] = []
        self.card_sheets: list[tuple[MembersList, Path, CardSheetKind]] = []
        self.sheets: list[tuple[SheetQuery, Path | None]] = []
        self.empty = False

    def print_sale(self, sale_id: str) -> None:
        if self.empty:
            raise Fault("printer_failed")
        self.sales.append(sale_id)

    def print_voucher(self, voucher: VoucherView) -> None:
        if self.empty:
            raise Fault("printer_failed")
        self.vouchers.append(voucher)

    def print_refund(self, view: TakenBackView) -> None:
        self.refunds.append(view)

    def printing(self, queue: PaperQueue | None) -> Printing:
        return Printing(
            self.print_sale,
            self.print_voucher,
            queue=queue,
            print_card=self.print_card,
            print_refund=self.print_refund,
            print_codes=self.print_codes,
            print_day=self.days.append,
            print_gift_cards=self.gift_cards.append,
            save_codes=self.save_codes,
            print_test=self.print_test,
            print_terms=self.print_terms,
            make_sheet=self.make_sheet,
            save_cards=self.save_cards,
        )

    def print_card(self, member: str) -> str:
        if self.empty:
            raise Fault("printer_failed")
        self.cards.append(member)
        return "Tray"

    def save_cards(self, whom: MembersList, path: Path, kind: CardSheetKind) -> int:
        if self.empty:
            raise Fault("not_written", path=str(path))
        self.card_sheets.append((whom, path, kind))
        return 3

    def make_sheet(self, query: SheetQuery, path: Path | None) -> str:
        if self.empty:
            raise Fault("printer_failed")
        self.sheets.append((query, path))
        return str(path or "Tray/statement.pdf")

    def print_codes(self, codes: CodesView, tell: Tell) -> None:
        if self.empty:
            raise Fault("printer_failed")
        self.codes.append(codes)

    def save_codes(self, codes: CodesView, path: Path, tell: Tell) -> None:
        if not path.parent.is_dir():
            raise Fault("not_written", path=str(path))
        self.tables.append((codes, path))

    def print_terms(self, day: str) -> str:
        self.terms.append(day)
        return "Tray"

    def print_test(self) -> str:
        if self.empty:
            raise Fault("printer_failed")
        return "Tray"


class Heard:
    """A loudspeaker that remembers."""

    def __init__(self) -> None:
        self.sounds: list[tuple[str, str]] = []

    def play(self, name: SoundName, loudness: Loudness) -> None:
        self.sounds.append((name, loudness))


def _let_a_moment_pass() -> None:
    """Wait for a millisecond as the window does; the ten of pytest-qt's bot add up over thousands of keys."""
    loop = QEventLoop()
    QTimer.singleShot(1, loop.quit)
    loop.exec()


class Rig:
    """One program with its window open; `keys` and `scan` press real keys, `settle` lets answers come."""

    def __init__(
        self,
        qtbot: QtBot,
        code: str = "fa",
        *,
        dark: bool = False,
        persian_layout: bool = False,
        service: FakeService | None = None,
        printing: bool = True,
        scan_codes: bool = True,
        first: bool = False,
        factory: Callable[[], ServiceLike] | None = None,
        queue: PaperQueue | None = None,
        languages: Mapping[LanguageCode, Language] | None = None,
        drafts: DraftStore | None = None,
        exchange: Callable[[], Exchange] | None = None,
        office: Callable[[], Office] | None = None,
        training: bool = False,
        **choices: Any,
    ) -> None:
        self.qtbot = qtbot
        self.service = service or FakeService()
        self.tray = PaperTray()
        self.heard = Heard()
        self.persian_layout = persian_layout
        self.scan_codes = scan_codes
        self.at_ms, self.steady = 1_000_000, 5_000_000
        self.ids = self.keys_pressed = 0
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.settings = MemorySettings(
            UiSettings(language=None if first else "fa" if code == "fa" else "en", dark=dark, **choices)
        )
        self.program = Program(
            app, factory or (lambda: self.service),
            {"fa": language("fa"), "en": language("en"), **(languages or {})}, self.settings,
            printing=self.tray.printing(queue) if printing else None,
            make_id=self._next_id, now_ms=lambda: self.steady, wall_ms=lambda: NOW_MS,
            drafts=drafts, speaker=self.heard, exchange=exchange, office=office, training=training,
        )  # fmt: skip
        self.program.start()
        self.settle()

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    @property
    def page(self) -> CounterPage:
        return self.window.page

    @property
    def state(self) -> CounterState:
        return self.page.state

    def settle(self) -> None:
        """Let keys, answers and paper come to rest."""
        if self.program.window is not None:
            self.window.scanner.release()

        def rests() -> bool:
            paper = self.program.window.page.paper if self.program.window else None
            drafts = self.program.window.page.drafts if self.program.window else None
            sounds = self.program.window.page.sounds if self.program.window else None
            still = all(each is None or each.idle for each in (paper, drafts, sounds))
            return self.program.dispatcher.idle and self.program.beside.idle and still

        end = time.monotonic() + 20  # a busy machine is slow, not wrong
        while not rests():
            assert time.monotonic() < end, "the window never came to rest"
            _let_a_moment_pass()
        QCoreApplication.processEvents()
        if not rests():
            self.settle()

    def keys(self, typed: str, *, gap_ms: int = HUMAN_MS) -> None:
        """Press keys: single characters, or names between spaces such as `469. Enter` or `Ctrl+z`."""
        for word in typed.split(" "):
            for one in [word] if word in NAMED or "+" in word[1:] else list(word):
                self.press(one, gap_ms)
                if gap_ms > 35:
                    self.window.scanner.release()

    def scan(self, code: str, *, end: str = "Enter", gap_ms: int = SCANNER_MS) -> None:
        """Send a code as a scanner does: a burst of keys and Enter."""
        self.at_ms += 2500
        for character in code:
            self.press(character, gap_ms)
        self.press(end, gap_ms)

    def press(self, key: str, gap_ms: int = HUMAN_MS, *, held: bool = False) -> None:
        """Press and release one key at its time; `held`: the keyboard says it again by itself."""
        self.keys_pressed += 1 + key.count("+", 1)
        self.at_ms += gap_ms
        modifiers, name = Qt.KeyboardModifier.NoModifier, key
        for prefix, modifier in (
            ("Ctrl+", Qt.KeyboardModifier.ControlModifier),
            ("Alt+", Qt.KeyboardModifier.AltModifier),
            ("Shift+", Qt.KeyboardModifier.ShiftModifier),
        ):
            if key.startswith(prefix):
                modifiers, name = modifiers | modifier, key.removeprefix(prefix)
        if name in NAMED:
            code, text, native = int(NAMED[name]), "\r" if name == "Enter" else "", 36
        else:
            text = _PERSIAN.get(name.lower(), name) if self.persian_layout else name
            code, native = ord(text.upper()), scan_code(name)[0]
            text = "" if modifiers & Qt.KeyboardModifier.ControlModifier else text  # with Alt X says it too
        handle = self.window.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, modifiers, native if self.scan_codes else 0, 0, 0, text, held)
            event.setTimestamp(self.at_ms)
            QCoreApplication.sendEvent(handle, event)

    def sent(self, kind: type) -> list[Any]:
        """The requests of one type that reached the shop."""
        return [request for request in self.service.log if type(request) is kind]

    def change_member(self, key: str, **fields: Any) -> None:
        """Let something else move a member meanwhile."""
        self.service.members[key] = replace(self.service.members[key], **fields)

    def close(self) -> None:
        self.service.gate.set()
        self.program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _next_id(self) -> str:
        self.ids += 1
        return f"id-{self.ids}"


MakeRig = Callable[..., Rig]
__all__ = ["SHOP", "MakeRig", "Rig"]
