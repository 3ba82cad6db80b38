"""The window of a day: what moves along, a calendar year, terms from a day on (rules 23)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.counting import NO_COUNTS, Counted, Counts, counted_in
from loyalty_pos.domain.dates import Calendar, add_days, months_on
from loyalty_pos.domain.windows import Over, Span, span_of


@pytest.mark.parametrize(
    ("day", "calendar", "over", "months", "span"),
    [
        ("2026-11-22", "gregorian", "rolling", 12, ("2025-11-01", "2025-11-01")),
        ("2026-11-22", "gregorian", "year", 12, ("2025-01-01", "2026-01-01")),
        ("2026-01-01", "gregorian", "year", 12, ("2025-01-01", "2026-01-01")),
        ("2026-11-22", "jalali", "year", 12, ("2025-03-21", "2026-03-21")),
        ("2026-03-20", "jalali", "year", 12, ("2024-03-20", "2025-03-21")),
        ("2026-08-14", "gregorian", "term", 6, ("2026-02-15", "2026-02-15")),
        ("2026-08-15", "gregorian", "term", 6, ("2026-02-15", "2026-08-15")),
        ("2027-03-01", "gregorian", "term", 6, ("2026-08-15", "2027-02-15")),
        ("2026-02-14", "gregorian", "term", 6, ("2026-02-15", "2026-02-15")),
    ],
)
def test_a_window_begins_on_its_day_and_the_one_before_it_too(
    day: str, calendar: Calendar, over: Over, months: int, span: tuple[str, str]
) -> None:
    assert span_of(day, calendar, (over, months, "2026-02-15")) == span


@given(
    from_day=st.sampled_from(["2026-01-01", "2026-01-31", "2024-02-29"]),
    days=st.integers(0, 1_500),
    months=st.integers(1, 14),
    calendar=st.sampled_from(["gregorian", "jalali"]),
)
def test_terms_follow_one_another_without_a_gap(
    from_day: str, days: int, months: int, calendar: Calendar
) -> None:
    day = add_days(from_day, days)
    span = span_of(day, calendar, ("term", months, from_day))
    assert span.first <= day
    before = span_of(add_days(span.first, -1), calendar, ("term", months, from_day))
    assert before.first == span.earlier or span.first == from_day
    later = [months_on(from_day, calendar, number * months) for number in range(1_600 // (28 * months) + 2)]
    assert span.first == max(start for start in later if start <= day)


def test_the_days_of_a_window_and_of_the_one_before_are_summed_apart() -> None:
    days = {"2025-12-31": Counts(1, 1), "2026-01-01": Counts(2, 1, 5), "2026-01-02": Counts(4)}
    year = Span("2025-01-01", "2026-01-01")
    assert counted_in(year, days, "2026-01-01") == Counted(Counts(2, 1, 5), Counts(1, 1))
    moving = Span("2025-12-31", "2025-12-31")
    assert counted_in(moving, days, "2026-01-01") == Counted(Counts(3, 2, 5), NO_COUNTS)
