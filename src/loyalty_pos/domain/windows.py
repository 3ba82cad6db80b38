"""The window in which what counts towards a level counts: moving along, a calendar year, or fixed terms."""

from functools import lru_cache
from typing import Literal, NamedTuple

from loyalty_pos.domain.dates import Calendar, add_days, from_parts, month_end, month_key, months_on

Over = Literal["rolling", "year", "term"]

Way = tuple[Over, int, str]
"""How a club counts: in which windows, of how many months, and the first day of the first term."""


class Span(NamedTuple):
    """The window of a day: `first` is its first day.

    A level reached in a fixed window holds through the one that follows; `earlier` is the first day of the
    one before. A window that moves along has none before it: both days are the same.
    """

    earlier: str
    first: str


@lru_cache(maxsize=4_096)  # the same few days all day long, every day of a replay
def span_of(day: str, calendar: Calendar, way: Way) -> Span:
    """Return the window a day lies in; before the first term nothing counts."""
    over, months, from_day = way
    if over == "rolling":
        first = add_days(month_end(day, calendar, -1 - months), 1)
        return Span(first, first)
    if over == "year":
        year = int(month_key(day, calendar).split("-")[0])
        return Span(from_parts(year - 1, 1, 1, calendar), from_parts(year, 1, 1, calendar))
    if day < from_day:
        return Span(from_day, from_day)
    (year, month), (first_year, first_month) = (
        [int(part) for part in month_key(one, calendar).split("-")] for one in (day, from_day)
    )
    number = ((year - first_year) * 12 + month - first_month) // months
    if months_on(from_day, calendar, number * months) > day:
        number -= 1
    starts = [months_on(from_day, calendar, max(0, one) * months) for one in (number - 1, number)]
    return Span(*starts)


def review_span(day: str, calendar: Calendar, way: Way) -> Span:
    """Return the window that the review of a day goes by.

    A fixed one that ends before the next review is looked at as ended: whoever did not reach their level in
    it is warned while there is time.
    """
    looked = day if way[0] == "rolling" else add_days(month_end(day, calendar, 0), 1)
    return span_of(looked, calendar, way)
