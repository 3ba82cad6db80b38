"""The month's report by levels: counted from the kept sales of its days, whoever asks (rules 23, 24)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.app.queries_reports import TierReport
from loyalty_pos.app.report_views import (
    AtRiskView,
    MonthTotalsView,
    MovementView,
    ProgrammeReturnView,
    TierReportView,
    TierRowView,
    TopMemberView,
)
from loyalty_pos.app.sale_figures import SaleFigures, figures_of, point_value
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.dates import Month, add_days, month_end, month_key, read_month
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.tiers import Standing

TOP_MEMBERS, AT_RISK_SHOWN = 5, 50
BP = 10_000


@dataclass(slots=True)
class Sums:
    """What some sales come to."""

    purchases: int = 0
    sales_minor: int = 0
    discount_minor: int = 0
    cost_minor: int = 0

    def add(self, one: SaleFigures) -> None:
        self.purchases += 1
        self.sales_minor += one.sales_minor
        self.discount_minor += one.discount_minor
        self.cost_minor += one.cost_minor

    def join(self, other: "Sums") -> None:
        self.purchases += other.purchases
        self.sales_minor += other.sales_minor
        self.discount_minor += other.discount_minor
        self.cost_minor += other.cost_minor


@dataclass(slots=True)
class Given:
    """What a programme gave in a month."""

    members: set[int] = field(default_factory=set)
    purchases: int = 0
    sales_minor: int = 0
    cost_minor: int = 0


@dataclass(slots=True)
class Figures:
    """The sales of some days, by member and by programme; `others` are sales without a member."""

    members: dict[int, Sums] = field(default_factory=dict)
    others: Sums = field(default_factory=Sums)
    programmes: dict[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Club:
    """The shop's levels and where each member stood at the end of a month; below the first one is None."""

    names: Mapping[str, str]
    at_end: Mapping[int, str | None]

    def rank(self, key: str | None) -> int:
        return list(self.names).index(key) if key is not None and key in self.names else -1

    def name(self, key: str | None) -> str:
        return "" if key is None else self.names.get(key, key)


def tier_report(desk: Desk, query: TierReport) -> TierReportView:
    month = read_month(text_field("month", query.month, 20))
    if month is None:
        raise InvalidRequest("month", "not_a_month")
    point_minor = point_value(desk)
    figures = figures_between(desk, month.first_day, month.last_day, point_minor)
    earlier_end = add_days(month.first_day, -1)
    earlier_first = add_days(month_end(month.first_day, month.calendar, -2), 1)
    club, risks = _club(desk, month)
    movements = _movements(desk, month, club)
    totals = replace(_totals(figures), **_counted(movements))
    anchor = desk.store.reports.anchor()
    return TierReportView(
        month=month_key(month.first_day, month.calendar),
        calendar=month.calendar,
        first_day=month.first_day,
        last_day=month.last_day,
        made_at_ms=desk.now().at_ms,
        tiers=_tiers(figures, club, totals),
        movements=movements,
        totals=totals,
        before=_totals(figures_between(desk, earlier_first, earlier_end, point_minor)),
        at_risk=tuple(_at_risk(desk, club, one) for one in risks[:AT_RISK_SHOWN]),
        at_risk_members=len(risks),
        top=_top(desk, figures, club),
        programmes=_returns(desk, figures),
        point_value_minor=point_minor,
        revision=anchor.revision,
        posting=anchor.posting,
        seal=anchor.seal[:12],
    )


def figures_between(desk: Desk, first: str, last: str, point_minor: int) -> Figures:
    """Add up the kept sales of some days, both included."""
    found = Figures()
    for row in desk.store.reports.sales(first, last):
        one = figures_of(desk, row, point_minor)
        if row.member is None:
            found.others.add(one)
        else:
            found.members.setdefault(row.member, Sums()).add(one)
        for key, minor in one.costs_minor.items():
            if minor:
                given = found.programmes.setdefault(key, Given())
                given.purchases += 1
                given.sales_minor += one.sales_minor
                given.cost_minor += minor
                if row.member is not None:
                    given.members.add(row.member)
    return found


def _totals(figures: Figures) -> MonthTotalsView:
    whole = Sums()
    for one in figures.members.values():
        whole.join(one)
    all_sales = whole.sales_minor + figures.others.sales_minor
    return MonthTotalsView(
        members=len(figures.members),
        purchases=whole.purchases,
        sales_minor=whole.sales_minor,
        discount_minor=whole.discount_minor,
        cost_minor=whole.cost_minor,
        basket_minor=part(whole.sales_minor, whole.purchases),
        cost_bp=part(whole.cost_minor * BP, whole.sales_minor),
        all_purchases=whole.purchases + figures.others.purchases,
        all_sales_minor=all_sales,
        share_bp=part(whole.sales_minor * BP, all_sales),
    )


def part(whole: int, by: int) -> int:
    """Divide, rounding down; nothing by nothing is nothing."""
    return whole // by if by else 0


def _tiers(figures: Figures, club: _Club, totals: MonthTotalsView) -> tuple[TierRowView, ...]:
    """Make a row for every level, highest first, and one for buyers without a level if there are any."""
    sums: dict[str | None, Sums] = {key: Sums() for key in reversed(list(club.names))}
    counts: Counter[str | None] = Counter()
    for member, one in figures.members.items():
        level = club.at_end.get(member)
        sums.setdefault(level, Sums()).join(one)
        counts[level] += 1
    return tuple(
        TierRowView(
            key=key,
            name=club.name(key),
            members=counts[key],
            purchases=one.purchases,
            sales_minor=one.sales_minor,
            discount_minor=one.discount_minor,
            cost_minor=one.cost_minor,
            share_bp=part(one.sales_minor * BP, totals.sales_minor),
            basket_minor=part(one.sales_minor, one.purchases),
            cost_bp=part(one.cost_minor * BP, one.sales_minor),
        )
        for key, one in sums.items()
    )


@dataclass(frozen=True, slots=True)
class _Risk:
    member: int
    level: str
    spend_minor: int
    missing_minor: int


def _club(desk: Desk, month: Month) -> tuple[_Club, list[_Risk]]:
    """Find every member's level at the end of the month, and who will not hold theirs in the next one."""
    known = desk.book.club
    if known is None:
        return _Club({}, {}), []
    rule, programme = known.revision.rule, known.revision.programme
    assert isinstance(rule, TierRule)
    reports, shop, end = desk.store.reports, desk.shop, month.last_day
    held = reports.levels_at(programme, end)
    now = reports.counted(rule.metric, shop.month_start(end, rule.window_months), end)
    after = reports.counted(rule.metric, shop.month_start(add_days(end, 1), rule.window_months), end)
    levels: dict[int, str | None] = {}
    risks = []
    for member in {*held, *now}:
        level = Standing(rule, programme, now.get(member, 0), held.get(member)).level
        levels[member] = level.key if level else None
        spend = after.get(member, 0)
        if level is not None and level.threshold > spend:
            risks.append(_Risk(member, level.key, spend, level.threshold - spend))
    club = _Club({level.key: level.name for level in rule.levels}, levels)
    risks.sort(key=lambda one: (-club.rank(one.level), one.missing_minor, one.member))
    return club, risks


def _movements(desk: Desk, month: Month, club: _Club) -> tuple[MovementView, ...]:
    known = desk.book.club
    if known is None:
        return ()
    changes = desk.store.reports.changes(known.revision.programme, month.first_day, month.last_day)
    counts = Counter((one.before, one.after) for one in changes)
    found = [
        MovementView(
            from_=before,
            from_name=club.name(before),
            to=after,
            to_name=club.name(after),
            direction="up" if club.rank(after) > club.rank(before) else "down",
            members=members,
        )
        for (before, after), members in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.direction == "down", club.rank(one.from_))))


def _counted(movements: Sequence[MovementView]) -> dict[str, int]:
    counts = {"up": 0, "down": 0, "new": 0}
    for one in movements:
        new = one.direction == "up" and one.from_ is None
        counts["new" if new else one.direction] += one.members
    return counts


def _at_risk(desk: Desk, club: _Club, risk: _Risk) -> AtRiskView:
    row = desk.store.members.get(risk.member)
    return AtRiskView(
        member=row.ref,
        name=named(desk, row),
        tier=risk.level,
        tier_name=club.name(risk.level),
        spend_minor=risk.spend_minor,
        missing_minor=risk.missing_minor,
    )


def _top(desk: Desk, figures: Figures, club: _Club) -> tuple[TopMemberView, ...]:
    best = sorted(figures.members.items(), key=lambda one: (-one[1].sales_minor, one[0]))
    found = []
    for member, sums in best[:TOP_MEMBERS]:
        row, level = desk.store.members.get(member), club.at_end.get(member)
        found.append(
            TopMemberView(
                member=row.ref,
                name=named(desk, row),
                tier=level,
                tier_name=club.name(level),
                purchases=sums.purchases,
                sales_minor=sums.sales_minor,
            )
        )
    return tuple(found)


def named(desk: Desk, row: MemberRow) -> str:
    """Name a member on a report: by name, or else by the last digits of their phone or card."""
    return row.name or f"…{(row.phone or next(iter(desk.store.members.cards(row.id)), row.ref))[-4:]}"


def _returns(desk: Desk, figures: Figures) -> tuple[ProgrammeReturnView, ...]:
    names = {row.key: row.name for row in desk.newest()}
    best = sorted(figures.programmes.items(), key=lambda one: (-one[1].cost_minor, one[0]))
    return tuple(
        ProgrammeReturnView(
            key=key,
            name=names[key],
            members=len(given.members),
            purchases=given.purchases,
            sales_minor=given.sales_minor,
            cost_minor=given.cost_minor,
            return_milli=part(given.sales_minor * 1_000, given.cost_minor) or None,
        )
        for key, given in best
    )
