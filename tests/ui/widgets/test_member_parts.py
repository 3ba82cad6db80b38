"""Tiles, rings, stamps: what a member has."""

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from loyalty_pos.ui import theme
from loyalty_pos.ui.widgets import BalanceTile, ScanTarget, Skeleton, Stamps, TierRing
from tests.ui.conftest import Stage
from tests.ui.hands import image_of, ink, middle_x, name_of


def test_a_tile_says_all_its_figures(stage: Stage) -> None:
    tile = stage.put(BalanceTile("star", "Points", "1,240", "pts", "= 62,000 T"), 120)
    assert name_of(tile) == "Points: 1,240 pts, = 62,000 T"


def test_a_tile_asks_for_the_room_its_texts_need(stage: Stage) -> None:
    tile = BalanceTile("wallet", "Credit", "86,000", "Toman", "20k expires in 5 days")
    stage.put(tile, tile.minimumSizeHint().width())
    assert tile.cut_texts() == ()
    tile.resize(80, 90)
    assert "20k expires in 5 days" in tile.cut_texts()


def test_a_changed_figure_flashes_once_and_calms_down(english: Stage, qtbot: QtBot) -> None:
    tile = english.put(BalanceTile("star", "Points", "1"), 120)
    tile.set_content("Points", "2", flash=True)
    assert image_of(tile).pixelColor(60, 84) == theme.color("gain_soft")
    qtbot.waitUntil(lambda: image_of(tile).pixelColor(60, 84) == theme.color("inset"))


def test_reduced_motion_flashes_never(english: Stage) -> None:
    english.look(rtl=False, motion=False)
    tile = english.put(BalanceTile("star", "Points", "1"), 120)
    tile.set_content("Points", "2", flash=True)
    assert image_of(tile).pixelColor(60, 84) == theme.color("inset")


def test_the_ring_fills_along_the_reading(stage: Stage) -> None:
    ring = stage.put(TierRing("S", 0.25, tier="gold", name="Sara, gold"), 64)
    drawn = middle_x(ink(image_of(ring), theme.color("ring_gold")))
    assert (drawn < 32) == stage.language.rtl
    assert name_of(ring) == "Sara, gold"


def test_without_a_tier_there_is_a_calm_line_and_no_ring(stage: Stage) -> None:
    ring = stage.put(TierRing("S"), 64)
    assert ink(image_of(ring), theme.color("line"), near=6)
    calm = len(ink(image_of(ring), theme.color("sunken"), near=2))
    ring.set_content("S", 0)
    assert len(ink(image_of(ring), theme.color("sunken"), near=2)) > calm + 300
    ring.set_content("R", 1.7, tier="vip")
    assert len(ink(image_of(ring), theme.color("ring_vip"))) > 300
    assert name_of(ring) == "R"


def _card(stage: Stage, have: int, pending: int, needed: int, note: str = "") -> Stamps:
    return stage.put(Stamps(stage.language, "Drinks", have, pending, needed, "cup", note), 356)


def test_a_reader_hears_what_this_sale_adds(stage: Stage) -> None:
    said = name_of(_card(stage, 2, 2, 8, "4 more"))
    wanted = (
        "Drinks: ۲ از ۸ مهر، با این خرید ۲ مهر دیگر. 4 more",
        "Drinks: 2 of 8 stamps, 2 more with this sale. 4 more",
    )
    assert said == stage.sample.say(*wanted)


def _place(stage: Stage, card: Stamps, number: int) -> QRectF:
    """The square around the n-th stamp, counted along the reading."""
    x = 14 + 16 + number * 44
    middle = card.width() - x if stage.language.rtl else x
    return QRectF(middle - 17, 36, 34, 34)


def test_had_coming_and_missing_differ_in_more_than_colour(stage: Stage) -> None:
    card = _card(stage, 1, 1, 4)
    image = image_of(card)
    areas = [len(ink(image, theme.color("primary"), _place(stage, card, n))) for n in range(4)]
    assert areas[0] > 300  # filled
    assert max(areas[1:]) < 40
    assert len(ink(image, theme.color("gain"), _place(stage, card, 1))) > 60  # outlined
    assert ink(image, theme.color("line_strong"), _place(stage, card, 2))  # dashed
    assert ink(image, theme.color("reward_text"), _place(stage, card, 3))  # the gift is last


@pytest.mark.parametrize(
    ("have", "pending", "needed", "full"),
    [(4, 1, 5, True), (4, 3, 5, True), (9, 0, 5, True), (-1, 1, 5, False)],
)
def test_a_card_holds_no_more_than_it_needs(
    english: Stage, have: int, pending: int, needed: int, full: bool
) -> None:
    card = _card(english, have, pending, needed)
    assert card.full() is full
    assert f"of {needed}" in name_of(card)


def test_long_cards_break_into_rows(english: Stage) -> None:
    assert _card(english, 0, 0, 10).height() == _card(english, 0, 0, 5).height()
    assert _card(english, 0, 0, 12).height() == _card(english, 0, 0, 5).height() + 40


def test_a_skeleton_comes_only_when_reading_takes_long(english: Stage, qtbot: QtBot) -> None:
    skeleton = english.put(Skeleton("Reading"))
    skeleton.hide()
    skeleton.show_later(1)
    skeleton.cancel()
    assert not skeleton.isVisible()
    skeleton.show_later(1)
    qtbot.waitUntil(skeleton.isVisible)
    assert ink(image_of(skeleton), theme.color("sunken"), near=1)
    skeleton.set_name("Still reading")
    assert name_of(skeleton) == "Still reading"


def test_the_scan_target_says_what_it_is_for(stage: Stage) -> None:
    target = stage.put(ScanTarget(name="Scan the card"))
    assert name_of(target) == "Scan the card"
    assert len(ink(image_of(target), theme.color("primary"))) > 2000
