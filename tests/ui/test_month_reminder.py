"""Which month's report is offered, and when none is."""

from dataclasses import replace

from loyalty_pos.app.settings import UiSettings
from loyalty_pos.ui.month_reminder import month_due
from tests.languages import language, shop_view

JALALI = language("en", shop_view(calendar="jalali"))


def test_the_month_that_ended_last_is_offered_until_it_was() -> None:
    choices = UiSettings(language="en")
    assert month_due(choices, "2026-11-22", JALALI) == "1405-08"
    assert month_due(choices, "2026-11-21", JALALI) == "1405-07"
    assert month_due(choices, "2026-03-21", language("en", shop_view())) == "2026-02"
    assert month_due(replace(choices, month_seen="1405-08"), "2026-11-22", JALALI) == ""


def test_nothing_is_offered_to_who_wants_nothing_or_has_no_shop() -> None:
    assert month_due(UiSettings(month_reminder=False), "2026-11-22", JALALI) == ""
    assert month_due(UiSettings(), "2026-11-22", language("en")) == ""
