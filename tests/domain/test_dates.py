from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain import dates

_TEHRAN, _KYIV = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Kyiv")


def _ms(text: str) -> int:
    return dates.parse_instant(text)


def _all_days() -> Iterator[str]:
    """Every day of the Jalali years 1300 to 1500."""
    day, last = date(1921, 3, 21), date(2122, 3, 20)
    while day <= last:
        yield day.isoformat()
        day += timedelta(days=1)


@pytest.mark.slow
def test_every_day_of_two_centuries_has_the_month_end_its_own_month_shows() -> None:
    days = list(_all_days())
    month_of = {day: dates.month_key(day, "jalali") for day in days}
    last_of: dict[str, str] = {}
    for day in days:
        last_of[month_of[day]] = day
    months = list(last_of)
    assert months[0] == "1300-01" and months[-1] == "1500-12" and len(months) == 201 * 12
    assert all(dates.month_end(day, "jalali", 0) == last_of[month_of[day]] for day in days)
    place = {month: at for at, month in enumerate(months)}
    for on in (1, 6, 12):
        for day in days[::13]:
            at = place[month_of[day]] + on
            if at < len(months):
                assert dates.month_end(day, "jalali", on) == last_of[months[at]]


def test_gregorian_month_ends_are_those_of_the_calendar() -> None:
    for day in _all_days():
        end = dates.month_end(day, "gregorian", 0)
        assert end[:7] == day[:7] and dates.add_days(end, 1)[8:] == "01"
    assert dates.month_end("2024-01-31", "gregorian", 1) == "2024-02-29"
    assert dates.month_end("2025-11-15", "gregorian", 13) == "2026-12-31"


@pytest.mark.parametrize(
    ("iso", "jalali"),
    [
        ("2026-03-20", (1404, 12, 29)),
        ("2026-03-21", (1405, 1, 1)),
        ("2025-03-20", (1403, 12, 30)),
        ("2025-03-21", (1404, 1, 1)),
        ("2026-04-16", (1405, 1, 27)),
    ],
)
def test_known_days_of_the_jalali_calendar(iso: str, jalali: tuple[int, int, int]) -> None:
    assert dates.to_jalali(iso) == jalali


def test_a_leap_year_ends_a_day_later() -> None:
    assert dates.month_end("2025-03-01", "jalali", 0) == "2025-03-20"
    assert dates.month_end("2026-03-01", "jalali", 0) == "2026-03-20"
    assert dates.to_jalali(dates.month_end("2026-03-01", "jalali", 0))[2] == 29


@pytest.mark.parametrize(
    ("local", "ends", "day"),
    [
        ("2026-04-16T00:00:00+03:30", 0, "2026-04-16"),
        ("2026-04-15T23:59:59.999+03:30", 0, "2026-04-15"),
        ("2026-04-16T03:59:59.999+03:30", 4, "2026-04-15"),
        ("2026-04-16T04:00:00+03:30", 4, "2026-04-16"),
        ("2022-09-21T23:30:00+04:30", 0, "2022-09-21"),
    ],
)
def test_a_sale_before_the_day_ends_belongs_to_the_day_before(local: str, ends: int, day: str) -> None:
    assert dates.business_day(_ms(local), _TEHRAN, ends) == day


@pytest.mark.parametrize("night", ["2024-03-31", "2024-10-27"])
def test_the_hour_the_day_ends_is_the_wall_clocks_also_when_summer_time_turns(night: str) -> None:
    before = datetime.fromisoformat(f"{night}T04:59:59").replace(tzinfo=_KYIV)
    at = int(before.timestamp() * 1000)
    assert dates.business_day(at, _KYIV, 5) == dates.add_days(night, -1)
    assert dates.business_day(at + 1000, _KYIV, 5) == night


@given(st.integers(-(10**12), 4 * 10**12), st.integers(0, 23))
def test_business_days_never_go_back(at_ms: int, ends: int) -> None:
    assert dates.business_day(at_ms, _TEHRAN, ends) <= dates.business_day(at_ms + 86_400_000, _TEHRAN, ends)


def test_months_are_named_in_the_shops_calendar() -> None:
    assert dates.month_key("2025-11-15", "jalali") == "1404-08"
    assert dates.month_key("2025-03-01", "gregorian") == "2025-03"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1370/01/02", "1991-03-22"),
        ("\u06f1\u06f3\u06f7\u06f0-\u06f1-\u06f2", "1991-03-22"),
        ("1991-3-22", "1991-03-22"),
        ("1403.12.30", "2025-03-20"),
        ("1404.12.30", None),
        ("1991-13-01", None),
        ("22/3", None),
        ("22/3/", None),
        ("1991/March/22", None),
        ("19911/3/22", None),
        ("9999-12-31", None),
        ("1/1/1", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_the_calendar_its_year_belongs_to(typed: str, day: str | None) -> None:
    assert dates.read_day(typed) == day


@pytest.mark.parametrize("calendar", ["jalali", "gregorian"])
@pytest.mark.parametrize("day", [dates.FIRST_DAY, dates.LAST_DAY, "2026-11-22"])
def test_a_day_that_may_be_asked_about_is_told_with_whatever_time_a_rule_adds(
    day: str, calendar: dates.Calendar
) -> None:
    assert dates.told_day(day) == day
    assert dates.months_on(day, calendar, 240) > day
    assert dates.month_key(dates.add_days(day, 7_300), calendar)


@pytest.mark.parametrize("text", ["0001-01-01", "0999-12-31", "9000-01-01", "9999-12-31", "2026-02-30", "x"])
def test_a_day_out_of_all_reach_is_none(text: str) -> None:
    assert dates.told_day(text) is None


@pytest.mark.parametrize("calendar", ["jalali", "gregorian"])
def test_a_day_that_no_calendar_has_is_refused(calendar: dates.Calendar) -> None:
    with pytest.raises(ValueError):
        dates.from_parts(1400, 13, 1, calendar)


def test_weekdays_have_keys() -> None:
    week = [dates.weekday(dates.add_days("2026-11-21", day)) for day in range(7)]
    assert week == ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]
    assert set(week) == set(dates.WEEKDAYS)


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001
def test_an_instant_reads_back_to_the_millisecond(at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=UTC)
    ms = dates.parse_instant(at.isoformat())
    assert datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000) == at


@pytest.mark.parametrize("text", ["2026-04-16T10:00:00", "2026-04-16", "yesterday", ""])
def test_an_instant_without_offset_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        dates.parse_instant(text)


def test_offsets_are_counted() -> None:
    assert _ms("1970-01-01T03:30:00.250+03:30") == 250 == _ms("1970-01-01T00:00:00.250Z")


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-03-20", set()),
        ("2026-03-21", {"nowruz"}),
        ("2026-04-01", {"nowruz"}),
        ("2026-04-02", {"nowruz", "sizdah_bedar"}),
        ("2026-04-03", set()),
        ("2026-05-02", {"teachers_day"}),
        ("2026-12-21", {"yalda"}),
        ("2026-12-22", set()),
        ("2027-01-30", {"sadeh"}),
    ],
)
def test_an_occasion_has_its_days_in_the_jalali_year(day: str, names: set[str]) -> None:
    assert dates.occasions_of(day) == names


@given(year=st.integers(1390, 1450))
def test_nowruz_is_thirteen_days_every_year(year: int) -> None:
    first = dates.from_parts(year, 1, 1, "jalali")
    days = [dates.add_days(first, number) for number in range(-1, 14)]
    assert ["nowruz" in dates.occasions_of(day) for day in days] == [False, *[True] * 13, False]


@pytest.mark.parametrize(
    ("born", "day", "calendar", "near"),
    [
        ("1990-05-20", "2026-05-20", "gregorian", "day"),
        ("1990-05-20", "2026-05-19", "gregorian", "month"),
        ("1990-05-20", "2026-06-20", "gregorian", ""),
        ("1988-02-29", "2026-02-28", "gregorian", "day"),
        ("1988-02-29", "2028-02-28", "gregorian", "month"),
        ("1988-02-29", "2028-02-29", "gregorian", "day"),
        ("1990-02-28", "2028-02-29", "gregorian", "month"),
        ("1990-05-20", "2026-05-20", "jalali", "day"),  # 30 Ordibehesht
        ("1990-05-20", "2026-04-21", "jalali", "month"),  # 1 Ordibehesht
        ("1990-05-20", "2026-05-22", "jalali", ""),  # 1 Khordad
        ("2021-03-20", "2026-03-20", "jalali", "day"),  # 30 Esfand of a leap year, 29 Esfand
    ],
)
def test_a_birthday_is_on_its_day_or_in_its_month(
    born: str, day: str, calendar: dates.Calendar, near: str
) -> None:
    assert dates.birthday_on(born, day, calendar) == near


@pytest.mark.parametrize(
    ("born", "day", "calendar", "years"),
    [
        ("2000-05-20", "2026-05-19", "gregorian", 25),
        ("2000-05-20", "2026-05-20", "gregorian", 26),
        ("2000-03-20", "2026-03-20", "jalali", 25),  # born on 1 Farvardin 1379, on 29 Esfand 1404
        ("2000-03-20", "2026-03-21", "jalali", 26),
        ("2026-05-20", "2026-05-19", "gregorian", -1),
    ],
)
def test_a_year_of_age_begins_on_the_birthday(
    born: str, day: str, calendar: dates.Calendar, years: int
) -> None:
    assert dates.age_on(born, day, calendar) == years


def test_days_between_two_days_pass_months() -> None:
    assert dates.days_between("2026-02-27", "2026-03-02") == 3
    assert dates.days_between("2026-03-02", "2026-03-02") == 0


@pytest.mark.parametrize(
    ("day", "calendar", "months", "until"),
    [
        ("2026-11-21", "gregorian", 24, "2028-11-21"),
        ("2026-01-31", "gregorian", 1, "2026-02-28"),
        ("2026-11-21", "jalali", 24, "2028-11-20"),  # 30 Aban 1405 to 30 Aban 1407
        ("2026-03-20", "jalali", 12, "2027-03-20"),  # 29 Esfand to 29 Esfand
        ("2026-04-20", "jalali", 6, "2026-10-22"),  # 31 Farvardin; Mehr has 30 days
    ],
)
def test_so_many_months_on_is_the_same_day_or_the_last_one_of_a_shorter_month(
    day: str, calendar: dates.Calendar, months: int, until: str
) -> None:
    assert dates.months_on(day, calendar, months) == until


@pytest.mark.parametrize(
    ("text", "calendar", "first", "last"),
    [
        ("1404-08", "jalali", "2025-10-23", "2025-11-21"),
        ("1403-12", "jalali", "2025-02-19", "2025-03-20"),
        ("2025-03", "gregorian", "2025-03-01", "2025-03-31"),
        ("۲۰۲۴/۲", "gregorian", "2024-02-01", "2024-02-29"),
    ],
)
def test_a_month_is_jalali_or_gregorian_by_its_year(text: str, calendar: str, first: str, last: str) -> None:
    assert dates.read_month(text) == (calendar, first, last)


@pytest.mark.parametrize(
    "text", ["", "1404", "1404-13", "1404-0", "x-1", "1404-8-1", "14040-1", "1404-", "1-1", "9999-12"]
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert dates.read_month(text) is None
