"""Business days and calendar months. A day is an ISO Gregorian text; only months know the calendar."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple

from persiantools.jdatetime import JalaliDate

from loyalty_pos.domain.text import latin_digits

Calendar = Literal["jalali", "gregorian"]
Occasion = Literal["nowruz", "sizdah_bedar", "teachers_day", "yalda", "sadeh"]
_OCCASIONS: dict[Occasion, tuple[int, int, int]] = {
    "nowruz": (1, 1, 13),
    "sizdah_bedar": (1, 13, 13),
    "teachers_day": (2, 12, 12),
    "yalda": (9, 30, 30),
    "sadeh": (11, 10, 10),
}
"""Month, first and last day of what stands still in the Jalali year; the lunar feasts do not."""

FIRST_GREGORIAN_YEAR = 1700  # no shop writes a Jalali year as late or a Gregorian one as early
FIRST_DAY, LAST_DAY = "1000-01-01", "8999-12-31"
"""What people may ask about: with every length of time a rule may name both calendars still tell the days."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def business_day(at_ms: int, zone: tzinfo, day_ends_hour: int) -> str:
    """Tell the shop's accounting day of an instant; before `day_ends_hour` it is still the day before.

    The hour is the clock's on the wall, also on a day that summer time makes longer or shorter (rules 4).
    """
    return _accounting_day(datetime.fromtimestamp(at_ms // 1000, zone), day_ends_hour).isoformat()


def local_time(at_ms: int, zone: tzinfo, day_ends_hour: int) -> tuple[str, str, int]:
    """Tell an instant as a shop does: accounting day, the weekday key of that day, minutes since midnight."""
    return _told(at_ms // 30_000, zone, day_ends_hour)


@lru_cache(maxsize=64)  # a sale is quoted at every key; no offset since 1970 is finer than half a minute
def _told(half_minutes: int, zone: tzinfo, day_ends_hour: int) -> tuple[str, str, int]:
    local = datetime.fromtimestamp(half_minutes * 30, zone)
    day = _accounting_day(local, day_ends_hour)
    return day.isoformat(), WEEKDAYS[day.weekday()], local.hour * 60 + local.minute


def _accounting_day(local: datetime, day_ends_hour: int) -> date:
    day = local.date()
    return day - timedelta(days=1) if local.hour < day_ends_hour else day


def add_days(iso_day: str, days: int) -> str:
    """Count days on (or back) from a day."""
    return (date.fromisoformat(iso_day) + timedelta(days=days)).isoformat()


def to_jalali(iso_day: str) -> tuple[int, int, int]:
    """Give year, month and day in the Jalali calendar."""
    day = JalaliDate(date.fromisoformat(iso_day))  # type: ignore[no-untyped-call]
    return day.year, day.month, day.day


@lru_cache(maxsize=64)
def occasions_of(iso_day: str) -> frozenset[str]:
    """Name the occasions a day belongs to, whatever calendar the shop writes its days in."""
    _, month, day = to_jalali(iso_day)
    return frozenset(
        name for name, (on, first, last) in _OCCASIONS.items() if month == on and first <= day <= last
    )


def birthday_on(born: str, iso_day: str, calendar: Calendar) -> Literal["", "month", "day"]:
    """Say whether a birthday is on a day, or only in its month.

    Whoever was born on a leap day has the last day of that month in the other years.
    """
    (_, month, day), (_, now, today) = (_parts(text, calendar) for text in (born, iso_day))
    if month != now:
        return ""
    last_day = _parts(add_days(iso_day, 1), calendar)[1] != now
    return "day" if day == today or (last_day and day > today) else "month"


def age_on(born: str, iso_day: str, calendar: Calendar) -> int:
    """Count the whole years from a birthday to a day; below zero for a day before it."""
    birth, now = _parts(born, calendar), _parts(iso_day, calendar)
    return now[0] - birth[0] - (now[1:] < birth[1:])


def yearly_near(of: str, iso_day: str, calendar: Calendar, before: int, after: int) -> int | None:
    """Name the calendar year whose return of a day is near: from `before` days before it to `after` after.

    Both ends are included; the day itself, in its own year, is no return. None: it is not near.
    """
    first, month, day = _parts(of, calendar)
    this = _parts(iso_day, calendar)[0]
    for year in (this - 1, this, this + 1):
        away = days_between(_return_in(year, month, day, calendar), iso_day)
        if year > first and -before <= away <= after:
            return year
    return None


def _return_in(year: int, month: int, day: int, calendar: Calendar) -> str:
    """Give the return of a day in a year; of a leap day the last day of that month."""
    try:
        return from_parts(year, month, day, calendar)
    except ValueError:
        return from_parts(year, month, day - 1, calendar)


def days_between(earlier: str, later: str) -> int:
    """Count the days from one day to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _parts(iso_day: str, calendar: Calendar) -> tuple[int, int, int]:
    if calendar == "jalali":
        return to_jalali(iso_day)
    year, month, day = (int(part) for part in iso_day.split("-"))
    return year, month, day


def from_parts(year: int, month: int, day: int, calendar: Calendar) -> str:
    """Give the ISO day of a day named in a calendar; raises ValueError when there is no such day."""
    if calendar == "gregorian":
        return date(year, month, day).isoformat()
    return from_jalali(year, month, day).isoformat()


def from_jalali(year: int, month: int, day: int) -> date:
    """Give the day a Jalali date names; raises ValueError when there is no such day."""
    made: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return made


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


def months_on(iso_day: str, calendar: Calendar, months: int) -> str:
    """Give the same day so many months on, or the last day of that month where it is shorter."""
    last, day = month_end(iso_day, calendar, months), _parts(iso_day, calendar)[2]
    return add_days(last, min(0, day - _parts(last, calendar)[2]))


def _month_start(year: int, month: int, calendar: Calendar) -> date:
    if calendar == "gregorian":
        return date(year, month, 1)
    return from_jalali(year, month, 1)


def told_day(text: str) -> str | None:
    """Read an ISO day in any digits; None when it is none, or further off than both calendars can tell."""
    try:
        day = date.fromisoformat(latin_digits(text)).isoformat()
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def read_day(text: str) -> str | None:
    """Read a day as people write it, year first, Jalali or Gregorian by its year; None when it is none."""
    parts = latin_digits(text).replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.strip().isdecimal() and len(part.strip()) <= 4 for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    try:
        return told_day(
            from_parts(year, month, day, "jalali" if year < FIRST_GREGORIAN_YEAR else "gregorian")
        )
    except ValueError:
        return None


class Month(NamedTuple):
    """A calendar month with its first and last day."""

    calendar: Calendar
    first_day: str
    last_day: str


def read_month(text: str) -> Month | None:
    """Read "1404-08" or "2025-03", Jalali or Gregorian by its year; None when it is no month."""
    year, dash, month = latin_digits(text.strip()).replace("/", "-").partition("-")
    numbers = (year, month)
    if not dash or not all(part.isdecimal() and len(part) <= 4 for part in numbers):
        return None
    calendar: Calendar = "jalali" if int(year) < FIRST_GREGORIAN_YEAR else "gregorian"
    try:
        first = from_parts(int(year), int(month), 1, calendar)
    except ValueError:
        return None
    if told_day(first) is None:
        return None
    return Month(calendar, first, month_end(first, calendar, 0))


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
