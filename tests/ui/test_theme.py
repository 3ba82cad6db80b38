from collections.abc import Mapping

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from loyalty_pos.ui import fonts, theme
from loyalty_pos.ui.tokens import DARK, LIGHT, SHAPE_PAIRS, TEXT_PAIRS
from loyalty_pos.ui.widgets import Btn, SearchField, Tx
from tests.ui.conftest import Stage
from tests.ui.eyes import contrast
from tests.ui.hands import image_of


def _ratio(tokens: Mapping[str, str], pair: tuple[str, str]) -> float:
    return contrast(QColor(tokens[pair[0]]), QColor(tokens[pair[1]]))


def test_contrast_is_counted_as_the_standard_does() -> None:
    assert contrast(QColor("#000"), QColor("#fff")) == pytest.approx(21)
    assert contrast(QColor("#777"), QColor("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_can_be_read_on_its_ground(tokens: Mapping[str, str], pair: tuple[str, str]) -> None:
    assert _ratio(tokens, pair) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", SHAPE_PAIRS, ids="-on-".join)
def test_every_shape_stands_out_from_its_ground(tokens: Mapping[str, str], pair: tuple[str, str]) -> None:
    assert _ratio(tokens, pair) >= 3


def test_every_ink_of_a_token_is_in_some_pair() -> None:
    grounds = {"bg", "surface", "inset", "sunken", "line", "reward_line", "chart2", "chart5"}
    paired = {token for pair in (*TEXT_PAIRS, *SHAPE_PAIRS) for token in pair}
    assert set(LIGHT) - paired - grounds == set()


def test_nothing_is_left_to_the_systems_palette(english: Stage, qapp: QApplication) -> None:
    unset = [
        role
        for role in QPalette.ColorRole
        if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles)
        and not qapp.palette().isBrushSet(QPalette.ColorGroup.Active, role)
    ]
    assert unset == []
    assert qapp.style().objectName() in ("fusion", "")  # a sheet's own style stands in front of Fusion


def test_a_placeholder_is_painted_in_a_colour_that_can_be_read(stage: Stage) -> None:
    field = stage.put(SearchField("WWWWWWWW", icon="scan", keycap=""), 300)
    image = image_of(field)
    seen = [image.pixelColor(x, y) for x in range(60, 240) for y in range(12, 36)]
    ground = theme.color("surface")
    assert max(contrast(color, ground) for color in seen) >= 4.5


def test_the_light_goes_over_to_living_widgets(english: Stage) -> None:
    label = english.put(Tx("hello", color="text2"))
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT["text2"])
    english.look(rtl=False, dark=True)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK["text2"])


def test_the_scale_goes_over_to_living_widgets(english: Stage) -> None:
    button, label = english.put(Btn("Save")), english.put(Tx("hello", "section"))
    english.look(rtl=False, scale=150)
    assert label.font().pixelSize() == 26
    assert button.height() == 69
    english.look(rtl=False, scale=90)
    assert label.font().pixelSize() == 15


def test_the_direction_goes_over_to_living_widgets(english: Stage) -> None:
    label = english.put(Tx("1,200"))
    english.look(rtl=True)
    assert label.text().startswith("\u200f")
    english.look(rtl=False)
    assert label.text().startswith("\u200e")


def test_touch_lifts_small_targets_only(english: Stage) -> None:
    english.look(rtl=False, touch=True)
    assert [theme.target(height) for height in (24, 36, 40, 46, 60)] == [24, 48, 48, 48, 60]


def test_an_unknown_scale_is_refused(english: Stage, qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="110"):
        theme.apply(qapp, theme.Look(scale_percent=110))


def test_fonts_come_with_the_program(english: Stage) -> None:
    for role in theme.TYPE:
        assert QLabel().fontInfo().family() == fonts.FAMILY
        assert theme.font(role).pixelSize() == theme.TYPE[role][0]
    edit = english.put(QLineEdit())
    assert edit.fontInfo().family() == fonts.FAMILY
