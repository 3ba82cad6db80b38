"""Which backups to keep: many of the last hours, some of the last days, a few of the last weeks."""

from collections.abc import Callable, Collection
from datetime import date

HALF_HOUR_MS = 30 * 60_000
DAY_MS = 24 * 60 * 60_000
HALF_HOURS, DAYS, WEEKS = 48, 14, 5
OLDEST_MS = 35 * DAY_MS
ALWAYS = 2


def spared(times_ms: Collection[int], now_ms: int, day_of: Callable[[int], str]) -> set[int]:
    """Choose the copies to keep: the newest of each half hour, day and week that had one.

    None older than 35 days stays, so that a person who was erased is gone from every copy; but the
    two newest stay however old they are, for a shop that was closed all summer. A copy from the
    future was made under a wrong clock and is left alone until its time has come.
    """
    past = sorted((at for at in times_ms if at <= now_ms), reverse=True)
    keep = {at for at in times_ms if at > now_ms} | set(past[:ALWAYS])
    young = [at for at in past if now_ms - at <= OLDEST_MS]
    slots: tuple[tuple[Callable[[int], object], int], ...] = (
        (lambda at: at // HALF_HOUR_MS, HALF_HOURS),
        (day_of, DAYS),
        (lambda at: date.fromisoformat(day_of(at)).isocalendar()[:2], WEEKS),
    )
    for slot, count in slots:
        newest: dict[object, int] = {}
        for at in young:
            newest.setdefault(slot(at), at)
        keep.update(list(newest.values())[:count])
    return keep
