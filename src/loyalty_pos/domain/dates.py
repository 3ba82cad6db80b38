"""Business days and calendar months. A day is an ISO Gregorian text; only months know the calendar."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from persiantools.jdatetime import JalaliDate

Calendar = Literal["jalali", "gregorian"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def business_day(at_ms: int, zone: tzinfo, day_ends_hour: int) -> str:
    """Tell the shop's accounting day of an instant; before `day_ends_hour` it is still the day before.

    The hour is the clock's on the wall, also on a day that summer time makes longer or shorter (rules 4).
    """
    local = datetime.fromtimestamp(at_ms // 1000, UTC).astimezone(zone).replace(tzinfo=None)
    return (local - timedelta(hours=day_ends_hour)).date().isoformat()


def add_days(iso_day: str, days: int) -> str:
    """Count days on (or back) from a day."""
    return (date.fromisoformat(iso_day) + timedelta(days=days)).isoformat()


def to_jalali(iso_day: str) -> tuple[int, int, int]:
    """Give year, month and day in the Jalali calendar."""
    day = JalaliDate(date.fromisoformat(iso_day))  # type: ignore[no-untyped-call]
    return day.year, day.month, day.day


def month_key(iso_day: str, calendar: Calendar) -> str:
    """Name the calendar month a day lies in: "1404-08", "2025-03"."""
    if calendar == "gregorian":
        return iso_day[:7]
    year, month, _ = to_jalali(iso_day)
    return f"{year}-{month:02d}"


@lru_cache(maxsize=64)  # the same few months all day long
def month_end(iso_day: str, calendar: Calendar, months_on: int) -> str:
    """Give the last day, included, of the calendar month `months_on` after that of `iso_day` (rules 22)."""
    year, month = (int(part) for part in month_key(iso_day, calendar).split("-"))
    years, month_index = divmod(month + months_on, 12)  # the month after the wanted one
    return (_month_start(year + years, month_index + 1, calendar) - timedelta(days=1)).isoformat()


def _month_start(year: int, month: int, calendar: Calendar) -> date:
    if calendar == "gregorian":
        return date(year, month, 1)
    start: date = JalaliDate(year, month, 1).to_gregorian()  # type: ignore[no-untyped-call]
    return start


def weekday(iso_day: str) -> str:
    """Give a day's weekday key, "sat" to "fri"."""
    return WEEKDAYS[date.fromisoformat(iso_day).weekday()]


def parse_instant(text: str) -> int:
    """Read an ISO 8601 date and time with its offset into UTC milliseconds.

    Raises ValueError when the text is none or lacks the offset.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
