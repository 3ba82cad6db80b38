"""Which members a list shows besides all of them: a stretch of names at a time, never by a full scan."""

from collections.abc import Sequence

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberFilter, MemberRow
from loyalty_pos.app.queries import MemberChoice
from loyalty_pos.domain import dates
from loyalty_pos.domain.conditions import Moment

AWAY_DAYS = 60
LOOKED_AT = 1_000
"""So many names one question goes through; whoever wants more asks again from where it ended."""


def chosen(
    desk: Desk, only: MemberChoice, after: int | None, limit: int, moment: Moment
) -> tuple[Sequence[MemberRow], int | None]:
    """Return members of a choice in the order of their names, and after whom to go on; None at the end."""
    wanted = _filter(desk, only, moment)
    rows, looked = desk.store.members.among(after, LOOKED_AT, wanted)
    if len(rows) > limit:
        return rows[:limit], rows[limit - 1].id
    return rows, looked


def _filter(desk: Desk, only: MemberChoice, moment: Moment) -> MemberFilter:
    day = moment.business_day
    if only == "new":
        return MemberFilter(enrolled_from=desk.shop.month_start(day))
    if only == "away":
        return MemberFilter(last_until=dates.add_days(day, -AWAY_DAYS))
    if only == "reward":
        return MemberFilter(rewards=True)
    jalali = desk.shop.view.calendar == "jalali"
    return MemberFilter(born=lambda birthday: _month(birthday, jalali=jalali) == _month(day, jalali=jalali))


def _month(iso_day: str, *, jalali: bool) -> int:
    return dates.to_jalali(iso_day)[1] if jalali else int(iso_day[5:7])
