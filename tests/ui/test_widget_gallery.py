"""On the page of all widgets nothing is cut: both languages, every scale, both lights."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from loyalty_pos.app.language import LanguageCode
from loyalty_pos.ui import bidi, theme
from loyalty_pos.ui.widgets import Btn, Chip, Elide, Tx
from tests.ui import widget_gallery
from tests.ui.conftest import Stage
from tests.ui.hands import name_of


@runtime_checkable
class _Measured(Protocol):
    def cut_texts(self) -> tuple[str, ...]: ...


def _cut(page: QWidget) -> Iterator[str]:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, _Measured):
            yield from widget.cut_texts()
        elif isinstance(widget, Elide):
            if widget.is_cut():
                yield widget.said()
        elif isinstance(widget, Tx | Btn | Chip):
            need = widget.minimumSizeHint()
            wraps = isinstance(widget, Tx) and widget.wordWrap()
            tall = widget.heightForWidth(widget.width()) if wraps else need.height()
            if widget.isVisible() and (need.width() > widget.width() or tall > widget.height()):
                yield widget.text()


def _shown(stage: Stage, code: LanguageCode) -> QWidget:
    """Show the page inside the stage; a window of its own would have the platform complain."""
    page = widget_gallery.page(code)
    return stage.put(page, page.minimumSizeHint().width(), page.minimumSizeHint().height())


@pytest.mark.parametrize("scale", theme.SCALES)
def test_nothing_is_cut_at_any_scale(stage: Stage, scale: int) -> None:
    stage.look(rtl=stage.language.rtl, scale=scale)
    assert list(_cut(_shown(stage, stage.language.code))) == []


def test_nothing_is_cut_when_english_reads_from_the_right(english: Stage) -> None:
    english.look(rtl=True)
    assert list(_cut(_shown(english, "en"))) == []


def test_nothing_is_cut_when_the_look_changes_under_it(stage: Stage) -> None:
    page = _shown(stage, stage.language.code)
    stage.look(rtl=stage.language.rtl, dark=True, scale=125)
    QApplication.processEvents()
    page.resize(page.minimumSizeHint().expandedTo(QSize(theme.px(1486), theme.px(1500))))
    QApplication.processEvents()
    assert list(_cut(page)) == []


def test_everything_that_takes_the_focus_has_a_name_and_a_finger_finds_it(stage: Stage) -> None:
    page = _shown(stage, stage.language.code)
    stops = [
        w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
    ]
    assert len(stops) > 30
    nameless = [w for w in stops if isinstance(w, QAbstractButton | QLineEdit) and not name_of(w)]
    assert nameless == []
    assert [w for w in stops if min(w.width(), w.height()) < 24] == []


def test_names_hold_no_direction_marks(stage: Stage) -> None:
    page = _shown(stage, stage.language.code)
    names = [widget.accessibleName() for widget in page.findChildren(QWidget)]
    assert [name for name in names if name != bidi.strip(name)] == []


def test_a_picture_has_the_size_asked_for(stage: Stage, tmp_path: Path) -> None:
    image = widget_gallery.picture(stage.put(Tx("hello")), QSize(200, 40))
    assert (image.width(), image.height()) == (200, 40)
    assert image.save(str(tmp_path / "hello.png"))
