"""PySide6 6.12 on Python < 3.12 loses a reference to None with every void call, and aborts."""

import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_qt_calls_that_return_nothing_keep_none_alive(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for turn in range(500):
        label.setText(str(turn % 2))
    assert sys.getrefcount(None) - before > -250
