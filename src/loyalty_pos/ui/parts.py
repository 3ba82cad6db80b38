"""Which of Qt's parts came along: a build can lose them without a word."""

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from loyalty_pos.ui import fonts
from loyalty_pos.ui.application import qt_translations_dir


def platform() -> str:
    """Name the platform the window is on: xcb, wayland, offscreen, windows, cocoa."""
    return QApplication.platformName()


def missing_parts() -> list[str]:
    """Name what the window would have to do without. Needs a dressed application (`theme.apply`)."""
    missing = []
    if fonts.FAMILY not in QFontDatabase.families():
        missing.append(f"the typeface {fonts.FAMILY}")
    if not QTranslator().load("qtbase_fa", qt_translations_dir()):
        missing.append("Qt's own texts in Persian")
    return missing
