"""The outline that stands before the window: light to load, and nothing typed into it is lost."""

import os
import subprocess
import sys
from importlib import import_module

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from loyalty_pos.app.language import Language, LanguageCode
from loyalty_pos.app.settings import UiSettings
from loyalty_pos.ui import fonts
from loyalty_pos.ui.application import Program
from loyalty_pos.ui.shell import Shell, show_shell
from loyalty_pos.ui.tokens import DARK, LIGHT
from tests.languages import language
from tests.ui.counter.rig import MemorySettings
from tests.ui.fake_service import FakeService
from tests.ui.hands import image_of, press, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def shell(qapp: QApplication) -> Shell:
    return show_shell(rtl=True, dark=False, scale_percent=100)


def opened(qapp: QApplication, qtbot: QtBot, shell: Shell) -> Program:
    languages: dict[LanguageCode, Language] = {"fa": language("fa"), "en": language("en")}
    program = Program(qapp, FakeService, languages, MemorySettings(UiSettings(language="fa")), shell=shell)
    program.start()
    qtbot.waitUntil(lambda: program.window is not None and bool(program.window.others))
    qtbot.waitUntil(lambda: program.dispatcher.idle)
    return program


def closed(program: Program) -> None:
    program.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_it_needs_qt_and_the_colours_alone() -> None:
    probe = (
        "import sys, loyalty_pos.ui.shell;"
        "ours = {name for name in sys.modules if name.startswith('loyalty_pos.')};"
        "sys.exit(len(ours - {'loyalty_pos.ui', 'loyalty_pos.ui.shell', 'loyalty_pos.ui.tokens'}))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_it_is_painted_before_the_names_in_qt_are_loaded() -> None:
    probe = (
        "import gc, sys; from PySide6.QtWidgets import QApplication; from loyalty_pos.ui.shell import Shell;"
        "app = QApplication([]); painted = []; paint = Shell.paintEvent;"
        "Shell.paintEvent = lambda shell, event: (paint(shell, event), painted.append(shell))[0];"
        "shell = Shell(rtl=True, dark=True, scale_percent=100); shell.show(); app.processEvents();"
        "names = {each.__name__ for each in gc.get_objects() if isinstance(each, type)};"
        "sys.exit(not painted or 'WidgetAttribute' in names)"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run([sys.executable, "-c", probe], check=False, env=environment).returncode == 0


@pytest.mark.parametrize(("dark", "tokens"), [(False, LIGHT), (True, DARK)])
@pytest.mark.parametrize("rtl", [True, False])
def test_it_has_the_colours_of_the_window(qapp: QApplication, dark: bool, tokens: object, rtl: bool) -> None:
    shown = show_shell(rtl=rtl, dark=dark, scale_percent=100)
    image = image_of(shown)
    rail, page = (shown.width() - 10, 10) if rtl else (10, shown.width() - 10)
    assert isinstance(tokens, type(LIGHT))
    assert image.pixelColor(rail, 700).name().upper() == tokens["rail"]
    assert image.pixelColor(page, 700).name().upper() == tokens["bg"]
    assert shown.line.hasFocus() or not shown.isActiveWindow()
    shown.close()


@pytest.mark.parametrize(("rtl", "code"), [(True, "fa"), (False, "en")])
def test_it_is_titled_in_the_language_of_the_window(
    qapp: QApplication, rtl: bool, code: LanguageCode
) -> None:
    shown = Shell(rtl=rtl, dark=False, scale_percent=100)
    assert shown.windowTitle() == language(code).t("Loyalty POS")


def test_what_was_typed_goes_on_in_the_member_box(qapp: QApplication, qtbot: QtBot, shell: Shell) -> None:
    write(shell.line, "0912")
    program = opened(qapp, qtbot, shell)
    assert program.window is not None
    assert program.window.page.search.text() == "0912"
    closed(program)
    assert not isValid(shell)


def test_a_card_scanned_meanwhile_is_looked_up(qapp: QApplication, qtbot: QtBot, shell: Shell) -> None:
    write(shell.line, "4410339108")
    press(shell.line, Qt.Key.Key_Return)
    write(shell.line, "77")  # what comes after the card is not part of it
    program = opened(qapp, qtbot, shell)
    assert program.window is not None
    member = program.window.page.state.member
    assert member is not None
    assert "4410339108" in member.cards
    closed(program)


def scan(shell: Shell, code: str) -> None:
    write(shell.line, code)
    press(shell.line, Qt.Key.Key_Return)


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("rtl", [True, False])
def test_whoever_is_scanned_is_named_where_the_window_says_it_again(
    qapp: QApplication, early: bool, rtl: bool
) -> None:
    shell = show_shell(rtl=rtl, dark=False, scale_percent=100)
    if early:  # before the file can be read
        scan(shell, "4410339108")
        assert shell.met is None
    shell.greet({"4410339108": "سارا <b>احمدی</b>"}.get)
    if not early:
        scan(shell, "4410339108")
    assert shell.met is not None
    assert shell.met.isVisible()
    assert shell.met.text() == "سارا <b>احمدی</b>"
    assert shell.met.textFormat() == Qt.TextFormat.PlainText
    assert (shell.met.geometry().center().x() > 512) is rtl
    assert shell.met.fontInfo().family() == fonts.FAMILY
    shell.close()


@pytest.mark.parametrize("name", ["سارا", "Sara"])
@pytest.mark.parametrize("rtl", [True, False])
def test_a_name_of_either_script_begins_where_reading_begins(
    qapp: QApplication, rtl: bool, name: str
) -> None:
    shell = show_shell(rtl=rtl, dark=False, scale_percent=100)
    shell.greet(lambda text: name)
    scan(shell, "4410339108")
    assert shell.met is not None
    assert _gap_at_start(shell, shell.met, rtl=rtl) < 8
    shell.close()


@pytest.mark.parametrize("rtl", [True, False])
def test_what_is_typed_begins_where_reading_begins(qapp: QApplication, rtl: bool) -> None:
    shell = show_shell(rtl=rtl, dark=False, scale_percent=100)
    write(shell.line, "4410339108")
    shell.line.setReadOnly(True)  # so that no caret is taken for a letter
    assert _gap_at_start(shell, shell.line, rtl=rtl) < 8
    shell.close()


def _gap_at_start(shell: Shell, widget: QWidget, *, rtl: bool) -> int:
    """Return how far from the edge where reading begins the first ink stands."""
    image, place = image_of(shell), widget.geometry()
    ink = [
        x
        for x in range(place.left(), place.right() + 1)
        if any(image.pixelColor(x, y).lightness() < 100 for y in range(place.top(), place.bottom()))
    ]
    return place.right() - ink[-1] if rtl else ink[0] - place.left()


def test_a_name_stays_in_its_pane(qapp: QApplication, shell: Shell) -> None:
    shell.greet(lambda text: "A name that is far too long for any pane of this or another window")
    scan(shell, "4410339108")
    shell.resize(800, 600)
    assert shell.met is not None
    assert shell.met.text().endswith("…")
    assert shell.met.fontMetrics().horizontalAdvance(shell.met.text()) <= shell.met.width()
    assert shell.rect().contains(shell.met.geometry())
    shell.close()


def test_nobody_is_named_for_what_is_typed_but_not_ended(qapp: QApplication, shell: Shell) -> None:
    shell.greet(lambda text: "Sara")
    write(shell.line, "4410339108")
    assert shell.met is None
    shell.close()


def test_what_is_nobodys_is_left_to_the_window(qapp: QApplication, shell: Shell) -> None:
    shell.greet(lambda text: None)
    scan(shell, "98" * 14)
    assert shell.met is None
    assert shell.typed() == ("98" * 14, True)
    shell.close()


def test_a_key_is_taken_between_two_modules_that_are_loaded(qapp: QApplication, shell: Shell) -> None:
    shell.greet(lambda text: "Sara")
    paths = list(sys.meta_path)
    with shell.awake():
        QTimer.singleShot(0, lambda: scan(shell, "4410339108"))
        with pytest.raises(ModuleNotFoundError):
            import_module("loyalty_pos.no_such_module")
        assert shell.met is not None
    assert sys.meta_path == paths
    shell.close()


@pytest.mark.parametrize(("scale", "size"), [(100, (1024, 768)), (125, (1280, 960))])
def test_it_is_as_large_as_the_window_will_be(qapp: QApplication, scale: int, size: tuple[int, int]) -> None:
    shell = show_shell(rtl=True, dark=False, scale_percent=scale)
    assert shell.size().toTuple() == size
    shell.close()


def test_the_window_comes_where_the_outline_stands(qapp: QApplication, qtbot: QtBot, shell: Shell) -> None:
    shell.setGeometry(40, 30, 1100, 800)
    program = opened(qapp, qtbot, shell)
    assert program.window is not None
    assert program.window.geometry().getRect() == (40, 30, 1100, 800)
    closed(program)


def test_a_maximised_outline_becomes_a_maximised_window(
    qapp: QApplication, qtbot: QtBot, shell: Shell
) -> None:
    shell.showMaximized()
    program = opened(qapp, qtbot, shell)
    assert program.window is not None
    assert program.window.isMaximized()
    closed(program)


def test_the_outline_is_that_of_the_window(qapp: QApplication, qtbot: QtBot, shell: Shell) -> None:
    outline = image_of(shell)
    program = opened(qapp, qtbot, shell)
    assert program.window is not None
    window = image_of(program.window)
    assert window.size() == outline.size()
    rail_panes_and_keys = (980, 700), (900, 700), (600, 300), (530, 300), (500, 300), (6, 300), (400, 760)
    for x, y in rail_panes_and_keys:
        assert window.pixelColor(x, y) == outline.pixelColor(x, y), (x, y)
    closed(program)
