"""Which backups stay as time goes by."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from loyalty_pos.domain.retention import DAY_MS, HALF_HOUR_MS, OLDEST_MS, spared

NOW_MS = 1_790_000_000_000 // DAY_MS * DAY_MS + 20 * HALF_HOUR_MS + 600_000


def day(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, UTC).date().isoformat()


def kept(times_ms: set[int], now_ms: int = NOW_MS) -> set[int]:
    return spared(times_ms, now_ms, day)


def test_the_last_48_half_hours_stay_one_copy_each() -> None:
    half_hours = {NOW_MS - number * HALF_HOUR_MS for number in range(48)}
    earlier_in_each = {at_ms - 60_000 for at_ms in half_hours}
    assert kept(half_hours | earlier_in_each) & half_hours == half_hours
    assert len(kept(half_hours | earlier_in_each)) <= 48 + 2


def test_14_days_and_5_weeks_stay_by_their_newest_copy() -> None:
    crowd = {NOW_MS - number * HALF_HOUR_MS for number in range(34 * 48)}
    keep = kept(crowd)
    last_of_day = set({day(at_ms): at_ms for at_ms in sorted(crowd)}.values())
    old = sorted(keep - {at_ms for at_ms in keep if NOW_MS - at_ms < 48 * HALF_HOUR_MS})
    assert set(old) <= last_of_day
    assert 12 <= len([at_ms for at_ms in old if NOW_MS - at_ms < 14 * DAY_MS]) <= 14
    assert len({date.fromisoformat(day(at_ms)).isocalendar()[:2] for at_ms in keep}) == 5


def test_days_without_a_backup_do_not_use_up_the_count() -> None:
    every_other_day = {NOW_MS - number * 2 * DAY_MS for number in range(14)}
    assert kept(every_other_day) == every_other_day


def test_nothing_older_than_35_days_stays_but_the_two_newest() -> None:
    last_summer = {NOW_MS - 90 * DAY_MS - number * DAY_MS for number in range(10)}
    assert kept(last_summer) == set(sorted(last_summer)[-2:])
    assert kept(last_summer | {NOW_MS, NOW_MS - DAY_MS}) == {NOW_MS, NOW_MS - DAY_MS}
    edge = {NOW_MS, NOW_MS - 1, NOW_MS - OLDEST_MS, NOW_MS - OLDEST_MS - 1}
    assert kept(edge) == edge - {NOW_MS - OLDEST_MS - 1}


def test_a_clock_that_was_ahead_costs_no_copy() -> None:
    ahead = {NOW_MS + number * DAY_MS for number in range(1, 100)}
    assert kept(ahead | {NOW_MS}) == ahead | {NOW_MS}


@given(st.sets(st.integers(NOW_MS - 60 * DAY_MS, NOW_MS), max_size=200))
def test_thinning_twice_is_thinning_once_and_the_newest_always_stays(times_ms: set[int]) -> None:
    keep = kept(times_ms)
    assert keep <= times_ms
    assert len(keep) <= 48 + 14 + 5 + 2
    assert not times_ms or max(times_ms) in keep
    assert kept(keep) == keep
