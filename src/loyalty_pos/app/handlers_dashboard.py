"""The owner's first side: the month's report at a glance, and what wants doing today (rules 23, 24)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from loyalty_pos.app.dashboard_port import QUARTER_MS, SoldThen
from loyalty_pos.app.dashboard_views import (
    CohortView,
    DashboardView,
    DaySalesView,
    HourSalesView,
    RedeemedView,
    SatisfactionView,
    TaskView,
)
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_promises import promises
from loyalty_pos.app.handlers_rfm import rfm
from loyalty_pos.app.handlers_tier_report import BP, part, tier_report
from loyalty_pos.app.queries_reports import Dashboard, Promises, Rfm, TierReport
from loyalty_pos.app.report_views import BudgetView
from loyalty_pos.domain.dates import Calendar, add_days, birthday_on, days_between, month_end, month_key
from loyalty_pos.domain.errors import Fault

COHORT_MONTHS = 6
PRIZES_COUNTED = 1_000
NEARLY = 10
"""A budget of which less than a tenth is left is nearly used."""
DAY_MS = 86_400_000
_UNITS: tuple[Literal["reward", "credit", "points"], ...] = ("reward", "credit", "points")


def dashboard(desk: Desk, query: Dashboard) -> DashboardView:
    report = tier_report(desk, TierReport(month=query.month, measured=True))
    first, last = report.first_day, report.last_day
    today = desk.now().business_day
    sold = desk.store.reports.sold(first, last)
    return DashboardView(
        report=report,
        today=today,
        days=_days(sold, first, last),
        hours=_hours(desk, sold),
        redeemed=_redeemed(desk, first, last),
        satisfaction=_satisfaction(desk, first, last),
        cohorts=_cohorts(desk, first, report.calendar),
        segments=rfm(desk, Rfm()).segments,
        tasks=tuple(_tasks(desk, query, today, report.at_risk_members if first <= today <= last else 0)),
    )


def _days(sold: Sequence[SoldThen], first: str, last: str) -> tuple[DaySalesView, ...]:
    """Give every day of the month, also those without a sale."""
    sums: dict[str, list[int]] = {}
    for one in sold:
        of_day = sums.setdefault(one.day, [0, 0, 0])
        of_day[0 if one.member else 1] += one.net_minor
        of_day[2] += one.purchases
    days = [add_days(first, number) for number in range(days_between(first, last) + 1)]
    found = []
    for day in days:
        member, other, purchases = sums.get(day, (0, 0, 0))
        found.append(DaySalesView(day=day, member_minor=member, other_minor=other, purchases=purchases))
    return tuple(found)


def _hours(desk: Desk, sold: Sequence[SoldThen]) -> tuple[HourSalesView, ...]:
    """Give the hours of the day between the first and the last one in which anything was sold."""
    counts: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for one in sold:
        hour = datetime.fromtimestamp(one.quarter * QUARTER_MS // 1000, desk.shop.zone).hour
        counts[hour] += one.purchases
        sums[hour] += one.net_minor
    if not counts:
        return ()
    hours = range(min(counts), max(counts) + 1)
    return tuple(HourSalesView(hour=hour, purchases=counts[hour], sales_minor=sums[hour]) for hour in hours)


def _redeemed(desk: Desk, first: str, last: str) -> tuple[RedeemedView, ...]:
    moved = {one.unit: one for one in desk.store.reports.moved(first, last)}
    found = []
    for unit in _UNITS:
        one = moved.get(unit)
        if one is not None and (one.given > 0 or one.used > 0):
            rate = one.used * BP // one.given if one.given > 0 else None
            found.append(RedeemedView(unit=unit, given=one.given, used=one.used, used_bp=rate))
    return tuple(found)


def _satisfaction(desk: Desk, first: str, last: str) -> SatisfactionView:
    """Count the month's answers to every question that asks for a number, live or retired."""
    asking = {row.programme for row in desk.newest() if row.params.get("what") == "feedback"}
    counts = [0] * 5
    for one in desk.store.reports.rated(first, last):
        if one.programme in asking:
            counts[int(one.answer) - 1] += one.times
    answers = sum(counts)
    whole = sum([rating * count for rating, count in enumerate(counts, 1)])
    average = whole * 1000 // answers if answers else None
    return SatisfactionView(answers=answers, average_milli=average, by_answer=tuple(counts))


def _cohorts(desk: Desk, first: str, calendar: Calendar) -> tuple[CohortView, ...]:
    """Follow those who joined in each of the last months up to the month shown; oldest first."""
    months = [
        (add_days(month_end(first, calendar, back - 1), 1), month_end(first, calendar, back))
        for back in range(1 - COHORT_MONTHS, 1)
    ]
    found = desk.store.reports.returned(months)
    joined = {one.joined: one.members for one in found if one.bought is None}
    bought = {(one.joined, one.bought): one.members for one in found}
    return tuple(
        CohortView(
            month=month_key(start, calendar),
            members=joined[number],
            bought_bp=tuple(
                part(bought.get((number, later), 0) * BP, joined[number])
                for later in range(number, COHORT_MONTHS)
            ),
        )
        for number, (start, _) in enumerate(months)
        if joined.get(number)
    )


def _tasks(desk: Desk, query: Dashboard, today: str, at_risk: int) -> Iterator[TaskView]:
    """List what wants doing today, what cannot wait first."""
    days = _days_without_backup(desk, query.backup_folder)
    if days is not None:
        yield TaskView(kind="no_backup", count=days)
    prizes = len(desk.store.guests.waiting(PRIZES_COUNTED))
    if prizes:
        yield TaskView(kind="prizes", count=prizes)
    promised = promises(desk, Promises())
    for budget in promised.budgets:
        if _nearly_used(budget):
            yield TaskView(kind="budget", count=1, minor=budget.left_minor, name=budget.name, key=budget.key)
    soon = promised.expiring_soon
    minor = soon.credit_minor + soon.points_minor
    if minor or soon.points or soon.free_items:
        yield TaskView(kind="expiring", count=soon.days, minor=minor)
    if at_risk:
        yield TaskView(kind="at_risk", count=at_risk)
    birthdays = _birthdays(desk, today)
    if birthdays:
        yield TaskView(kind="birthdays", count=birthdays)


def _nearly_used(budget: BudgetView) -> bool:
    return budget.left_minor * NEARLY < budget.budget_minor


def _days_without_backup(desk: Desk, folder: str | None) -> int | None:
    """Count the days since the last copy, 0 when there is none; None when one was made within a day."""
    try:
        held = desk.store.backups(folder, desk.shop.view.shop)
    except Fault:  # a disk that is not plugged in now holds no copy that could be used
        held = ()
    if not held:
        return 0
    days = (desk.clock.now_ms() - held[0].at_ms) // DAY_MS
    return days if days >= 1 else None


def _birthdays(desk: Desk, today: str) -> int:
    """Count whose birthday is today; a Jalali one moves by a few days among Gregorian years."""
    near = [add_days(today, away)[5:] for away in range(-3, 4)]
    calendar = desk.shop.view.calendar
    born = desk.store.reports.born(near)
    return sum([one.people for one in born if birthday_on(one.birthday, today, calendar) == "day"])
