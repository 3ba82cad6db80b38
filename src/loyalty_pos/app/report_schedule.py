"""Which months' reports are due. Plain functions that know no timer and no folder."""

from loyalty_pos.domain.dates import Calendar, add_days, month_key, read_month

AT_ONCE = 24
"""So many months at most are caught up; whoever was away longer asks for the older ones by hand."""


def months_due(done: str, today: str, calendar: Calendar) -> list[str]:
    """Name the months that have ended and have no report yet, oldest first.

    `done` is the last month reported; without one only the month that ended last is due. A month of
    another calendar, after which the shop changed to this one, is followed by the month that goes on from it.
    """
    current = read_month(month_key(today, calendar))
    known = read_month(done) if done else None
    assert current is not None, "the month of a day is a month"
    last = month_key(add_days(current.first_day, -1), calendar)
    if known is None:
        return [last]
    found: list[str] = []
    day = add_days(known.last_day, 1)
    while day < current.first_day:
        month = read_month(month_key(day, calendar))
        assert month is not None
        found.append(month_key(day, calendar))
        day = add_days(month.last_day, 1)
    return found[-AT_ONCE:]
