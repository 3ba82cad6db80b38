"""Which months' reports are due: each month that ended, once, also after the shop was closed for long."""

import pytest

from loyalty_pos.app.report_schedule import AT_ONCE, months_due


@pytest.mark.parametrize(
    ("done", "today", "due"),
    [
        ("", "2026-11-21", ["1405-07"]),
        ("1405-07", "2026-11-21", []),
        ("1405-07", "2026-11-22", ["1405-08"]),
        ("1405-08", "2026-11-22", []),
        ("1405-05", "2026-11-21", ["1405-06", "1405-07"]),
        ("1404-12", "2026-04-21", ["1405-01"]),
        ("1405-09", "2026-11-21", []),
        ("nonsense", "2026-11-21", ["1405-07"]),
        ("2026-09", "2026-11-22", ["1405-07", "1405-08"]),
    ],
)
def test_every_month_that_ended_since_the_last_report_is_due_once(
    done: str, today: str, due: list[str]
) -> None:
    assert months_due(done, today, "jalali") == due


def test_gregorian_shops_go_by_their_own_months() -> None:
    assert months_due("2025-12", "2026-03-01", "gregorian") == ["2026-01", "2026-02"]


def test_a_shop_closed_for_years_catches_up_two_years_at_most() -> None:
    due = months_due("1395-01", "2026-11-21", "jalali")
    assert (len(due), due[-1]) == (AT_ONCE, "1405-07")
