"""What is really painted can be read: every text on screen at least 4.5 to 1, measured in the picture.

What is switched off is left out, as WCAG 1.4.3 does.
"""

import pytest
from PySide6.QtGui import QColor

from tests.ui.eyes import Sight, illegible, look_at
from tests.ui.screens.conftest import OpenStop

pytestmark = pytest.mark.screens

# Placeholder, switch rows, toast, banners of every kind, chips, a selected row, tiles, a form with errors.
KINDS = (
    "idle", "amount", "items", "unknown_card", "recorded", "why", "members", "members_new",
    "programme_edit", "programme_new", "settings", "settings_low", "reports", "reports_promises",
    "members_rewards", "members_refund", "sales", "sales_void", "sales_nothing", "day", "day_closed",
)  # fmt: skip


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_every_painted_text_can_be_read(open_stop: OpenStop, name: str, dark: bool) -> None:
    rig = open_stop(name, dark=dark)
    sight = look_at(rig.window)
    assert len(sight.texts) > 20
    assert illegible(sight) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_lock_and_the_band_over_training_can_be_read(open_stop: OpenStop, dark: bool) -> None:
    rig = open_stop("locked", dark=dark, training=True)
    assert illegible(look_at(rig.window)) == []
    rig.keys("Enter")
    assert illegible(look_at(rig.window)) == []


def test_a_pale_text_is_seen(open_stop: OpenStop) -> None:
    rig = open_stop("amount")
    # Half transparent letters, as a careless sheet makes placeholders.
    rig.page.search.line.setStyleSheet("placeholder-text-color: rgba(90, 106, 102, 0.5)")
    rig.page.who.member.line.setStyleSheet("color: #8b9994")
    found = illegible(look_at(rig.window))
    assert len(found) == 2
    assert any(rig.page.search.line.placeholderText() in each for each in found)


def test_an_empty_picture_is_unreadable(open_stop: OpenStop) -> None:
    sight = look_at(open_stop("idle").window)
    sight.image.fill(QColor("white"))
    assert len(illegible(Sight(sight.image, sight.texts))) > 10
