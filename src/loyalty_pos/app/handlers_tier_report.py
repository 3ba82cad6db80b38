"""The month's report by levels: read from what is kept of every month (rules 23, 24)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from loyalty_pos.app.brought import brought
from loyalty_pos.app.desk import Desk
from loyalty_pos.app.month_port import Risk
from loyalty_pos.app.months import risks_at
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
from loyalty_pos.app.sale_figures import point_value
from loyalty_pos.app.standing_views import LackView
from loyalty_pos.app.wording import text_field
from loyalty_pos.domain.dates import Month, add_days, month_key, read_month
from loyalty_pos.domain.errors import InvalidRequest
from loyalty_pos.domain.families import TierRule
from loyalty_pos.domain.lazy import dataclass

TOP_MEMBERS, AT_RISK_SHOWN = 5, 50
BP = 10_000


@dataclass(frozen=True, slots=True)
class _Sums:
    """What some sales come to, and whose they are."""

    members: int = 0
    purchases: int = 0
    sales_minor: int = 0
    discount_minor: int = 0
    cost_minor: int = 0

    def join(self, other: "_Sums") -> "_Sums":
        return _Sums(
            self.members + other.members,
            self.purchases + other.purchases,
            self.sales_minor + other.sales_minor,
            self.discount_minor + other.discount_minor,
            self.cost_minor + other.cost_minor,
        )


@dataclass(frozen=True, slots=True)
class _Figures:
    """A month as it is kept: members by their level, everybody else, and by programme what it gave."""

    levels: Mapping[str | None, _Sums]
    others: _Sums
    programmes: Mapping[str, _Sums]
    at_risk: int | None


@dataclass(frozen=True, slots=True)
class _Club:
    """The shop's levels, the lowest first; below the first one is None."""

    names: Mapping[str, str]
    rule: TierRule | None = None

    def rank(self, key: str | None) -> int:
        return list(self.names).index(key) if key is not None and key in self.names else -1

    def name(self, key: str | None) -> str:
        return "" if key is None else self.names.get(key, key)

    def key(self, kept: str) -> str | None:
        """Return the level a month is kept under; without levels everybody stands below the first."""
        return kept or None if self.names else None


def tier_report(desk: Desk, query: TierReport) -> TierReportView:
    month = read_month(text_field("month", query.month, 20))
    if month is None:
        raise InvalidRequest("month", "not_a_month")
    point_minor = point_value(desk)
    club = _club(desk)
    figures = _figures(desk, club, month.last_day, point_minor)
    earlier = _figures(desk, club, add_days(month.first_day, -1), point_minor)
    movements = _movements(desk, month, club)
    at_risk, at_risk_members = _at_risk(desk, club, month.last_day, figures.at_risk)
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
        before=_totals(earlier),
        at_risk=at_risk,
        at_risk_members=at_risk_members,
        top=_top(desk, month.last_day, club),
        programmes=_returns(desk, figures, month if query.measured else None),
        point_value_minor=point_minor,
        revision=anchor.revision,
        posting=anchor.posting,
        seal=anchor.seal[:12],
    )


def _figures(desk: Desk, club: _Club, ends_on: str, point_minor: int) -> _Figures:
    """Read what a month comes to, points at what they pay now."""
    levels: dict[str | None, _Sums] = {}
    kinds: dict[str, dict[str, _Sums]] = {"others": {}, "gave": {}, "gave_points": {}, "risk": {}}
    for cell in desk.store.months.cells(ends_on):
        cost = cell.cost_minor + cell.points * point_minor
        sums = _Sums(cell.members, cell.purchases, cell.sales_minor, cell.discount_minor, cost)
        if cell.kind == "level":
            level = club.key(cell.name)
            levels[level] = levels.get(level, _Sums()).join(sums)
        else:
            kinds[cell.kind][cell.name] = sums
    programmes = kinds["gave"]
    if not point_minor:  # points that pay nothing were nothing given
        for key, only in kinds["gave_points"].items():
            gave = programmes[key]
            programmes[key] = replace(
                gave,
                members=gave.members - only.members,
                purchases=gave.purchases - only.purchases,
                sales_minor=gave.sales_minor - only.sales_minor,
            )
    risk = kinds["risk"].get("")
    return _Figures(
        {level: sums for level, sums in levels.items() if sums.purchases},
        kinds["others"].get("", _Sums()),
        {key: sums for key, sums in programmes.items() if sums.purchases},
        None if risk is None else risk.members,
    )


def _totals(figures: _Figures) -> MonthTotalsView:
    whole = _Sums()
    for one in figures.levels.values():
        whole = whole.join(one)
    all_sales = whole.sales_minor + figures.others.sales_minor
    return MonthTotalsView(
        members=whole.members,
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


def _tiers(figures: _Figures, club: _Club, totals: MonthTotalsView) -> tuple[TierRowView, ...]:
    """Make a row for every level, highest first, and one for buyers without a level if there are any."""
    keys: list[str | None] = list(reversed(list(club.names)))
    if None in figures.levels:
        keys.append(None)
    rows = [(key, figures.levels.get(key, _Sums())) for key in keys]
    return tuple(
        TierRowView(
            key=key,
            name=club.name(key),
            members=one.members,
            purchases=one.purchases,
            sales_minor=one.sales_minor,
            discount_minor=one.discount_minor,
            cost_minor=one.cost_minor,
            share_bp=part(one.sales_minor * BP, totals.sales_minor),
            basket_minor=part(one.sales_minor, one.purchases),
            cost_bp=part(one.cost_minor * BP, one.sales_minor),
        )
        for key, one in rows
    )


def _club(desk: Desk) -> _Club:
    known = desk.book.club
    if known is None:
        return _Club({})
    rule = known.revision.rule
    assert isinstance(rule, TierRule)
    return _Club({level.key: level.name for level in rule.levels}, rule)


def _movements(desk: Desk, month: Month, club: _Club) -> tuple[MovementView, ...]:
    known = desk.book.club
    if known is None:
        return ()
    moves = desk.store.reports.moves(known.revision.programme, month.first_day, month.last_day)
    found = [
        MovementView(
            from_=before,
            from_name=club.name(before),
            to=after,
            to_name=club.name(after),
            direction="up" if club.rank(after) > club.rank(before) else "down",
            members=members,
        )
        for before, after, members in moves
    ]
    return tuple(sorted(found, key=lambda one: (one.direction == "down", club.rank(one.from_))))


def _counted(movements: Sequence[MovementView]) -> dict[str, int]:
    counts = {"up": 0, "down": 0, "new": 0}
    for one in movements:
        new = one.direction == "up" and one.from_ is None
        counts["new" if new else one.direction] += one.members
    return counts


def _at_risk(desk: Desk, club: _Club, ends_on: str, kept: int | None) -> tuple[tuple[AtRiskView, ...], int]:
    """Tell who comes first of those at risk, and how many there are; a month not kept is counted now."""
    if not club.names:
        return (), 0
    if kept is None:
        found = risks_at(desk, ends_on)
        kept, first = len(found), found[:AT_RISK_SHOWN]
    else:
        first = [(row.member, row.risk) for row in desk.store.months.risks(ends_on, AT_RISK_SHOWN)]
    return tuple([_risk_view(desk, club, member, risk) for member, risk in first]), kept


def _risk_view(desk: Desk, club: _Club, member: int, risk: Risk) -> AtRiskView:
    row, rule = desk.store.members.get(member), club.rule
    counting = () if rule is None else rule.counting.metrics
    return AtRiskView(
        member=row.ref,
        name=named(desk, row),
        tier=risk.level,
        tier_name=club.name(risk.level),
        spend_minor=risk.spend_minor,
        missing_minor=risk.missing_minor,
        counts=tuple(LackView(metric=one, amount=risk.counts.of(one)) for one in counting),
        lacks=tuple(
            LackView(metric=one, amount=risk.missing.of(one)) for one in counting if risk.missing.of(one)
        ),
        either=rule is not None and rule.joined == "any",
    )


def _top(desk: Desk, ends_on: str, club: _Club) -> tuple[TopMemberView, ...]:
    found = []
    for one in desk.store.months.top(ends_on, TOP_MEMBERS):
        row, level = desk.store.members.get(one.member), club.key(one.level)
        found.append(
            TopMemberView(
                member=row.ref,
                name=named(desk, row),
                tier=level,
                tier_name=club.name(level),
                purchases=one.purchases,
                sales_minor=one.sales_minor,
            )
        )
    return tuple(found)


def named(desk: Desk, row: MemberRow) -> str:
    """Name a member on a report: by name, or else by the last digits of their phone or card."""
    return row.name or f"…{(row.phone or next(iter(desk.store.members.cards(row.id)), row.ref))[-4:]}"


def _returns(desk: Desk, figures: _Figures, month: Month | None) -> tuple[ProgrammeReturnView, ...]:
    names = {row.key: row.name for row in desk.newest()}
    best = sorted(figures.programmes.items(), key=lambda one: (-one[1].cost_minor, one[0]))
    return tuple(
        ProgrammeReturnView(
            key=key,
            name=names[key],
            members=given.members,
            purchases=given.purchases,
            sales_minor=given.sales_minor,
            cost_minor=given.cost_minor,
            return_milli=part(given.sales_minor * 1_000, given.cost_minor) or None,
            measured=() if month is None else brought(desk, key, month, given.members, given.cost_minor),
        )
        for key, given in best
    )
