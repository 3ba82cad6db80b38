"""What a programme brought in a month: members beside their own past, and beside those left out by lot."""

from collections.abc import Iterator, Sequence
from math import isqrt

from loyalty_pos.app.brought_port import Group
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.report_port import Published
from loyalty_pos.app.report_views import MeasuredView
from loyalty_pos.domain.dates import Month, days_between, month_end

MONTHS_BEFORE = 3
LONG_AGO_DAYS = 366
"""After a year the past says little: prices, and who still comes, are others."""
FEW = 2
"""A group of one has no spread, and chance explains whatever it did."""


def brought(desk: Desk, key: str, month: Month, reached: int, cost_minor: int) -> tuple[MeasuredView, ...]:
    """Measure a programme that gave something to `reached` members; nothing where nothing can be measured."""
    published = desk.store.reports.revisions(key)
    found = (
        _beside_past(desk, key, month, published, reached, cost_minor),
        _beside_lot(desk, month, published, cost_minor),
    )
    return tuple([one for one in found if one is not None])


def _beside_past(
    desk: Desk, key: str, month: Month, published: Sequence[Published], reached: int, cost_minor: int
) -> MeasuredView | None:
    """Compare a whole month with the programme to whole months before it began."""
    began = _day(desk, published[0])
    over = month.last_day < desk.now().business_day
    if not over or month.first_day < began or days_between(began, month.first_day) > LONG_AGO_DAYS:
        return None
    before = list(_months_before(desk, month, began))
    if not before:
        return None
    then = desk.store.brought.beside_past(key, month.last_day, before)
    if not then.members:
        return None
    with_minor = then.sales_minor // then.members
    without_minor = then.before_minor // (then.members * len(before))
    more = with_minor - without_minor
    return MeasuredView(
        against="past",
        members=then.members,
        months=len(before),
        with_minor=with_minor,
        without_minor=without_minor,
        more_minor=more * then.members,
        return_milli=_return(more * reached, cost_minor),
    )


def _months_before(desk: Desk, month: Month, began: str) -> Iterator[str]:
    """Name the months before the programme began; the shop's first one may be no whole one."""
    first = desk.store.brought.first_month_ends()
    for back in range(1, MONTHS_BEFORE + 1):
        ends_on = month_end(began, month.calendar, -back)
        if first is not None and month_end(first, month.calendar, 0) < ends_on:
            yield ends_on


def _beside_lot(
    desk: Desk, month: Month, published: Sequence[Published], cost_minor: int
) -> MeasuredView | None:
    """Compare all who may have it to all whom the lot left out, by the revision at the month's end."""
    in_force = [one for one in published if _day(desk, one) <= month.last_day]
    condition = desk.book.revision(in_force[-1].revision).revision.condition if in_force else None
    if condition is None or condition.trial is None:
        return None
    kinds = sorted(condition.member_kinds)
    groups = desk.store.brought.beside_lot(condition.trial, kinds, month.last_day)
    given, drawn = groups.given, groups.drawn
    if not given.members or not drawn.members:
        return None
    with_minor, without_minor = given.mean_minor, drawn.mean_minor
    more = with_minor - without_minor
    more_minor = more * given.members
    enough = given.members >= FEW and drawn.members >= FEW
    return MeasuredView(
        against="lot",
        members=given.members,
        others=drawn.members,
        share_bp=condition.trial.share_bp,
        with_minor=with_minor,
        without_minor=without_minor,
        more_minor=more_minor,
        chance_minor=_by_chance(given, drawn) if enough else None,
        return_milli=_return(more_minor, cost_minor),
    )


def _return(more_minor: int, cost_minor: int) -> int | None:
    return more_minor * 1_000 // cost_minor if cost_minor else None


def _by_chance(given: Group, drawn: Group) -> int:
    """Return twice the spread of a difference of means."""
    return 2 * isqrt(given.variance // given.members + drawn.variance // drawn.members)


def _day(desk: Desk, one: Published) -> str:
    return desk.shop.moment(one.at_ms).business_day
