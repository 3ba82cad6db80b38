"""The shop's own time of many past instants: what a time zone is asked once a day instead of once a sale."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty_pos.domain.conditions import Moment
from loyalty_pos.domain.dates import WEEKDAYS, local_time

DAY_MS = 86_400_000
MINUTE_MS = 60_000
_EPOCH = date(1970, 1, 1)


class Moments:
    """Tell the same moments as the shop does; on a day its clocks are changed, by asking for each one."""

    def __init__(self, zone: ZoneInfo, day_ends_hour: int) -> None:
        self._zone, self._ends = zone, day_ends_hour
        self._offsets: dict[int, int | None] = {}
        self._days: dict[int, tuple[str, str]] = {}
        self._last = self._told(0)

    def of(self, at_ms: int) -> Moment:
        """Tell an instant as the shop does; a replay in three histories asks for each one three times."""
        if at_ms != self._last.at_ms:
            self._last = self._told(at_ms)
        return self._last

    def _told(self, at_ms: int) -> Moment:
        number = at_ms // DAY_MS
        offset = self._offsets[number] if number in self._offsets else self._look(number)
        if offset is None:
            return Moment(at_ms, *local_time(at_ms, self._zone, self._ends))
        local, minute = divmod((at_ms + offset) // MINUTE_MS, 1440)
        if minute < self._ends * 60:
            local -= 1
        named = self._days.get(local)
        if named is None:
            day = _EPOCH + timedelta(days=local)
            named = self._days[local] = (day.isoformat(), WEEKDAYS[day.weekday()])
        return Moment(at_ms, named[0], named[1], minute)

    def _look(self, number: int) -> int | None:
        """Find the offset from UTC on a whole UTC day; None when it changes on it."""
        ends = [datetime.fromtimestamp(number * DAY_MS // 1000, UTC)]
        ends.append(ends[0] + timedelta(days=1))
        first, last = (end.astimezone(self._zone).utcoffset() for end in ends)
        found = first // timedelta(milliseconds=1) if first is not None and first == last else None
        self._offsets[number] = found
        return found
