"""Lines of a sale, the bar of keys, and the light behind a changed number."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import BalanceTile, BenefitRow, EarnItem, EarnStrip, LineList, LineRow, Stamps
from loyalty_pos.ui.widgets.keycaps import KeyBar
from tests.ui.conftest import Stage
from tests.ui.hands import image_of, ink, middle_x, name_of, tap

LONG = "Double-shot caramel macchiato with oat milk and an extra sprinkle of cinnamon"


def _lines(stage: Stage, name: str) -> LineList:
    lines = LineList()
    row = LineRow("1", name, "Hot drinks", "× 2", "128,000", "−6,400", chip="free", stamps="2 stamps")
    lines.set_rows([row], 0, "Goods")
    return stage.put(lines, 440, 60)


@pytest.mark.parametrize("name", ["Latte", LONG])
def test_a_long_name_is_cut_and_its_chips_stay_whole(stage: Stage, name: str) -> None:
    lines = _lines(stage, name)
    lines.clearSelection()
    picture = image_of(lines)
    chip = ink(picture, theme.color("gain_soft"), near=1)
    assert max(p.x() for p in chip) - min(p.x() for p in chip) >= 30
    stamp = ink(picture, theme.color("primary_soft"), near=1)
    assert max(p.x() for p in stamp) - min(p.x() for p in stamp) >= 60
    # The amount, where reading ends, is not painted over by either.
    ends = middle_x(ink(picture, theme.color("gain"), near=8))
    assert (ends < min(p.x() for p in chip)) == stage.language.rtl


def test_a_cut_name_is_whole_in_the_tooltip_and_for_a_screen_reader(stage: Stage) -> None:
    lines = _lines(stage, LONG)
    index = lines.model().index(0, 0)
    assert lines.model().data(index, Qt.ItemDataRole.ToolTipRole) == LONG
    said = lines.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"1, {LONG}, × 2, 128,000, −6,400, free, 2 stamps"


def test_a_key_of_the_bar_can_be_tapped(stage: Stage, qtbot: QtBot) -> None:
    bar = KeyBar([("F1", "Help"), ("Ctrl Z", "Take back")])
    stage.put(bar, 400)
    with qtbot.waitSignal(bar.pressed) as told:
        tap(bar, bar.place_of("Ctrl Z").center().toPoint())
    assert told.args == ["Ctrl Z"]
    with qtbot.assertNotEmitted(bar.pressed):
        tap(bar, QPoint(6 if stage.language.rtl else 394, 16))


def test_a_key_without_room_cannot_be_tapped(stage: Stage) -> None:
    bar = stage.put(KeyBar([("F1", "Help"), ("Ctrl Z", "Take back the last sale")]), 120)
    assert bar.place_of("Ctrl Z").isNull() and not bar.place_of("F1").isNull()


def test_touch_makes_the_bar_as_high_as_a_finger(stage: Stage) -> None:
    bar = stage.put(KeyBar([("F1", "Help")]), 200)
    stage.look(rtl=stage.language.rtl, touch=True)
    assert bar.height() == 48


def test_under_fingers_the_whole_strip_asks_why(english: Stage, qtbot: QtBot) -> None:
    strip = EarnStrip("Earns", "Why?")
    strip.set_items([EarnItem("star", "+971 points")])
    english.put(strip, 400)
    with qtbot.assertNotEmitted(strip.why_asked):
        tap(strip, QPoint(40, 55))
    english.look(rtl=False, touch=True)
    with qtbot.waitSignal(strip.why_asked):
        tap(strip, QPoint(40, 55))


def test_a_benefit_whose_amount_changed_lights_up_once(english: Stage, qtbot: QtBot) -> None:
    row = english.put(BenefitRow(), 452)
    row.set_content("Members 5 %", "on the rest", "−1")
    calm = len(ink(image_of(row), theme.color("gain_soft"), near=1))
    row.set_content("Members 5 %", "on the rest", "−12")
    assert len(ink(image_of(row), theme.color("gain_soft"), near=1)) > calm
    qtbot.waitUntil(lambda: len(ink(image_of(row), theme.color("gain_soft"), near=1)) == calm)


def test_reduced_motion_lights_up_nothing(english: Stage) -> None:
    english.look(rtl=False, motion=False)
    row, card = english.put(BenefitRow(), 452), english.put(Stamps(english.language, "Drinks", 1), 300)
    row.set_content("Members 5 %", "on the rest", "−1")
    before = image_of(row)
    row.set_content("Members 5 %", "on the rest", "−2")
    row.set_content("Members 5 %", "on the rest", "−1")
    card.set_content(english.language, "Drinks", 2, 0, 5, "cup")
    assert image_of(row) == before and not card._flash.isActive()


def test_a_card_lights_up_when_its_own_count_changed_and_not_when_it_is_first_shown(english: Stage) -> None:
    card = english.put(Stamps(english.language), 300)
    card.set_content(english.language, "Drinks", 2, 0, 5, "cup")
    assert not card._flash.isActive()
    card.set_content(english.language, "Drinks", 2, 1, 5, "cup")
    assert card._flash.isActive()
    card.calm()
    assert not card._flash.isActive()


def test_another_member_lights_up_nothing(english: Stage) -> None:
    tile = english.put(BalanceTile("star", "Points", "1"), 120)
    tile.set_content("Points", "2")
    assert not tile._flash.isActive()


def test_a_tile_shows_the_key_that_uses_what_it_counts(stage: Stage) -> None:
    tile = BalanceTile("wallet")
    tile.set_content("Credit", "20,000", "", "20,000 for 5 days", keycap="F6")
    stage.put(tile, 130)
    assert tile.cut_texts() == () and "20,000" in name_of(tile)
    figure = ink(image_of(tile), theme.color("text"), near=40)
    assert max(p.x() for p in figure) - min(p.x() for p in figure) > 40
    assert QAccessible.queryAccessibleInterface(tile) is not None


def test_the_way_out_stays_when_the_bar_is_too_short_for_all(stage: Stage) -> None:
    hints = [("F1", "Help"), ("Ctrl Z", "Take back the last sale"), ("F8", "Hold"), ("Esc", "Back")]
    bar = stage.put(KeyBar(hints), 260)
    assert not bar.place_of("Esc").isNull() and not bar.place_of("F1").isNull()
    assert bar.place_of("F8").isNull()
