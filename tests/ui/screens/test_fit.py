"""No label or button is narrower than its text, in every language, look and size of window.

`make gallery` looks at every state; here stands one of each page.
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from loyalty_pos.ui.tokens import scale_for
from loyalty_pos.ui.widgets.rows_editor import RowsEditor
from tests.gallery import tour
from tests.ui.counter.rig import MakeRig
from tests.ui.eyes import cut_texts, look_at
from tests.ui.screens.conftest import OpenStop
from tests.ui.screens.stops import programmes_page

pytestmark = pytest.mark.screens


def cut(window: QWidget) -> list[str]:
    return list(cut_texts(window, look_at(window)))


@pytest.mark.parametrize(
    "name",
    [
        "amount",
        "members",
        "programme_edit",
        "codes_shown",
        "segment_list",
        "partners",
        "news",
        "settings",
        "sales_void",
        "day_closed",
    ],
)  # fmt: skip
def test_a_page_fits_in_both_languages_both_lights_and_three_sizes(open_stop: OpenStop, name: str) -> None:
    rig = open_stop(name)
    found = []
    for stop in tour(rig):
        rig.settle()
        found += [f"{stop}: {each}" for each in cut(rig.window)]
    assert found == []


def test_every_page_fits_under_the_band_of_training(open_stop: OpenStop) -> None:
    rig = open_stop("credit", training=True)
    found = []
    for number in range(1, len(rig.window.others) + 2):
        rig.keys(f"Ctrl+{number}")
        rig.settle()
        found += [f"{number}: {each}" for each in cut(rig.window)]
    assert found == []


def test_the_first_start_fits_in_both_languages_both_lights_and_three_sizes(make_rig: MakeRig) -> None:
    rig = make_rig(first=True)
    first = rig.program.first
    assert first is not None
    found = []
    for stop in tour(rig, lambda: first):
        first.set_language(rig.program.language)
        for ask in (first.ask_language, first.ask_shop, first.ask_name):
            ask()
            found += [f"{stop}, {ask.__name__}: {each}" for each in cut(first)]
    assert found == []


def test_the_map_of_keys_is_whole_when_it_is_opened_first(open_stop: OpenStop) -> None:
    window = open_stop("keys", code="en").window
    assert list(cut_texts(window, look_at(window))) == []


@pytest.mark.parametrize("code", ["fa", "en"])
def test_the_form_of_every_kind_fits_beside_its_sentence_in_the_smallest_window(
    open_stop: OpenStop, code: str
) -> None:
    rig = open_stop("programme_new", code=code)
    editor = programmes_page(rig).editor
    room = editor.params.parentWidget()
    assert room is not None and editor.kinds is not None
    viewport = room.parentWidget()
    assert viewport is not None
    found = {}
    for kind in [choice.value for choice in editor.kinds.field.choices]:
        editor._use_kind(kind)
        for row in editor.params.rows.values():
            row.show()  # also what another choice brings
            if isinstance(row.editor, RowsEditor):
                row.editor.add.click()
        look_at(rig.window)
        found[kind] = max(0, room.width() - viewport.width())
    assert {kind: over for kind, over in found.items() if over} == {}


@pytest.mark.parametrize("name", ["amount", "members_new", "programme_edit", "programme_codes", "settings"])
def test_a_scale_changed_live_leaves_no_length_behind(open_stop: OpenStop, name: str) -> None:
    """Every widget stands where it would, had the window been made at that scale; rounding may differ."""
    places: list[list[tuple[str, QRect]]] = []
    for first in (125, 100):
        rig = open_stop(name, size=(1600, 1000), scale_percent=first, folder=f"{name}{first}")
        rig.program.decide(replace(rig.program.settings, scale_percent=125))
        look_at(rig.window)
        shown = [each for each in rig.window.findChildren(QWidget) if each.isVisible()]
        places.append([(type(each).__name__, each.geometry()) for each in shown])
        rig.close()
    made, changed = places
    assert [name for name, _ in made] == [name for name, _ in changed]
    moved = [
        (name, one, other)
        for (name, one), (_, other) in zip(made, changed, strict=True)
        if (one.topLeft() - other.topLeft()).manhattanLength() > 3
        or max(abs(one.width() - other.width()), abs(one.height() - other.height())) > 2
    ]
    assert moved == []


def test_a_screen_of_1080_lines_starts_at_125_percent_until_somebody_chooses() -> None:
    assert [scale_for(*size) for size in ((1024, 768), (1366, 768), (1600, 900))] == [100] * 3
    assert [scale_for(*size) for size in ((1920, 1080), (2560, 1440))] == [125] * 2


def test_a_cut_text_is_seen(open_stop: OpenStop) -> None:
    rig = open_stop("amount")
    page = rig.page
    page.sale.hold.setFixedWidth(40)  # a button
    page.who.member.name.setFixedWidth(30)  # a label that shortens itself
    page.sale.total.setFixedWidth(90)  # a painted text
    stray = QLabel("stray", page.sale)
    stray.move(page.sale.width() - 10, 0)
    stray.show()
    QApplication.processEvents()
    said = "\n".join(cut(rig.window))
    assert "Btn: نگه‌دار" in said
    assert "Elide: سارا احمدی" in said or "painted: سارا احمدی" in said
    assert "قابل پرداخت" in said
    assert "stray (sticks out)" in said
