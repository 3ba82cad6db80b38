"""A picture of the real counter, taken without a display: the window, a member, an amount, the answer."""

import gc
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.settings import SettingsStore
from loyalty_pos.ui.application import Program
from loyalty_pos.ui.dispatcher import ServiceLike

SECONDS_AT_MOST = 20


def take_picture(
    service_factory: Callable[[], ServiceLike],
    languages: Mapping[LanguageCode, Language],
    settings: SettingsStore,
    card: str,
    amount: str,
    to: Path,
) -> bool:
    """Scan a card, type an amount, wait for the quote and save the window; False when it took too long."""
    qInstallMessageHandler(_without_size_hints)
    gc.disable()  # as ui/collector.py says
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    program = Program(app, service_factory, languages, settings)
    try:
        program.start()
        if not _until(app, lambda: program.window is not None):
            return False
        assert program.window is not None
        page = program.window.page
        page.scanned(card)
        if not _until(app, lambda: page.state.member is not None):
            return False
        page.take_amount(amount)
        if not _until(app, lambda: page.state.fresh):
            return False
        app.processEvents()
        return program.window.grab().save(str(to))
    finally:
        program.close()


def _until(app: QApplication, done: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS_AT_MOST
    while not done():
        if time.monotonic() > end:
            return False
        app.processEvents()
    return True


def _without_size_hints(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but for the screenless platform's word about a window's smallest size."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)
