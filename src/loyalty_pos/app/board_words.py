"""The month at a glance in words: every figure written once, for screen, paper and screen readers."""

from collections.abc import Callable, Sequence

from loyalty_pos.app.board_texts import (
    BarChart,
    ChartBar,
    DonutText,
    GridText,
    Ranking,
    RankRow,
    TaskText,
)
from loyalty_pos.app.dashboard_views import DashboardView, HourSalesView, RedeemedView, TaskView
from loyalty_pos.app.language import Language
from loyalty_pos.app.report_papers import ReportFigure
from loyalty_pos.app.report_views import TierRowView
from loyalty_pos.app.tier_report_paper import month_before, month_name

MILLION = 1_000_000
PROGRAMMES_SHOWN = 6
DAYS_APART = 5
HOURS_APART = 3
TIER_TOKENS = ("ring_gold", "ring_silver", "ring_bronze", "ring_vip", "chart4", "chart1")
SEGMENT_TOKENS = {"not_to_lose": "chart4", "at_risk": "chart4", "attention": "reward", "asleep": "chart5"}
KNOWN_TIERS = {"bronze": "ring_bronze", "silver": "ring_silver", "gold": "ring_gold", "vip": "ring_vip"}


def board_figures(view: DashboardView, language: Language) -> tuple[ReportFigure, ...]:
    """Give the four figures an owner looks at first, each beside the month before."""
    t, now, before = language.t, view.report.totals, view.report.before
    return (
        ReportFigure(
            t("Sales to members"),
            short_money(now.sales_minor, language),
            month_before(short_money(before.sales_minor, language), language),
        ),
        ReportFigure(
            t("Part of all sales"),
            whole_percent(now.share_bp, language),
            month_before(whole_percent(before.share_bp, language), language),
        ),
        ReportFigure(
            t("Cost of rewards"),
            short_money(now.cost_minor, language),
            t("{percent} of their sales", percent=language.percent(now.cost_bp // 10 * 10)),
        ),
        ReportFigure(
            t("Active members"),
            language.number(now.members),
            language.n("{count} at risk", "{count} at risk", view.report.at_risk_members),
        ),
    )


def short_money(minor: int, language: Language) -> str:
    """Write money for a glance: from ten millions on in millions, then in billions, with one decimal."""
    t, unit = language.t, language.short_unit
    million = MILLION * language.minor_per_unit
    if minor < 10 * million:
        return language.money(minor)
    if minor < 10_000 * million:
        return t("{amount} million {unit}", amount=decimal(minor * 10 // million, language), unit=unit)
    return t("{amount} billion {unit}", amount=decimal(minor * 10 // (1_000 * million), language), unit=unit)


def decimal(tenths: int, language: Language) -> str:
    """Write tenths with one decimal, without a useless zero."""
    whole, rest = divmod(tenths, 10)
    if not rest:
        return language.number(whole)
    point = "." if language.digits("0") == "0" else "\u066b"
    return f"{language.number(whole)}{point}{language.digits(str(rest))}"


def whole_percent(bp: int, language: Language) -> str:
    """Write a rate without decimals."""
    return language.percent(bp // 100 * 100)


def days_chart(view: DashboardView, language: Language) -> BarChart:
    """Show every day's sales, those to members first."""
    t = language.t
    most = max([one.member_minor + one.other_minor for one in view.days], default=0)
    top, ticks, unit = scale(most, language)
    bars = []
    for number, one in enumerate(view.days, 1):
        said = t(
            "{day}: members {members}, others {others}",
            day=language.day(one.day),
            members=language.money(one.member_minor),
            others=language.money(one.other_minor),
        )
        label = language.digits(str(number)) if number == 1 or number % DAYS_APART == 0 else ""
        bars.append(ChartBar(label, one.member_minor * 1000 // top, one.other_minor * 1000 // top, said))
    return BarChart(
        title=t("Sales by day"),
        unit=unit,
        bars=bars,
        ticks=ticks,
        parts=(t("Members"), t("Others")),
        empty=t("Nothing was sold in this month."),
    )


def hours_chart(view: DashboardView, language: Language) -> BarChart:
    """Show the hours of the day, the best one filled."""
    t, hours = language.t, view.hours
    most = max([one.sales_minor for one in hours], default=0)
    top, ticks, unit = scale(most, language)
    best = _best(hours)
    bars = []
    for one in hours:
        part = one.sales_minor * 1000 // top
        said = language.n(
            "{hour}: {count} purchase, {amount}",
            "{hour}: {count} purchases, {amount}",
            one.purchases,
            hour=_hour(one.hour, language),
            amount=language.money(one.sales_minor),
        )
        label = _hour(one.hour, language) if one.hour % HOURS_APART == 0 else ""
        bars.append(ChartBar(label, *((part, 0) if one is best else (0, part)), said))
    quiet = _quiet(hours)
    note = ""
    if best is not None and quiet is not None:
        note = t(
            "Best at {best}, quietest at {quiet}",
            best=_hour(best.hour, language),
            quiet=_hour(quiet.hour, language),
        )
    return BarChart(
        title=t("Hours of the day"),
        unit=unit,
        bars=bars,
        ticks=ticks,
        note=note,
        empty=t("Nothing was sold in this month."),
    )


def _best(hours: Sequence[HourSalesView]) -> HourSalesView | None:
    return max(hours, key=lambda one: (one.sales_minor, -one.hour), default=None)


def _quiet(hours: Sequence[HourSalesView]) -> HourSalesView | None:
    """Find the quietest hour between the first and the last sale of the day."""
    return min(hours, key=lambda one: (one.sales_minor, one.hour), default=None)


def _hour(hour: int, language: Language) -> str:
    return language.digits(f"{hour}:00")


def scale(most_minor: int, language: Language) -> tuple[int, list[tuple[str, int]], str]:
    """Choose where an axis of money ends, its lines, and the unit the lines are written in."""
    unit_minor, unit = language.minor_per_unit, language.money_unit()
    t = language.t
    for size, said in ((1_000 * MILLION, t("billion")), (MILLION, t("million")), (1_000, t("thousand"))):
        if most_minor >= 2 * size * language.minor_per_unit:
            unit_minor, unit = size * language.minor_per_unit, f"{said} {unit}"
            break
    whole = max(1, -(-most_minor // unit_minor))
    step = 1
    while step * 4 < whole:
        step = _next_step(step)
    top = step * -(-whole // step)
    ticks = [(language.number(at), at * 1000 // top) for at in range(step, top + 1, step)]
    return top * unit_minor, ticks, unit


def _next_step(step: int) -> int:
    """Go from 1 to 2, 5, 10, 20 and so on."""
    first = int(str(step)[0])
    return step * 5 // 2 if first == 2 else step * 2


def tiers_ranking(view: DashboardView, language: Language) -> Ranking:
    """List the levels with their part of the members' sales."""
    t = language.t
    rows = [
        RankRow(
            language.name(one.name) if one.key is not None else t("Without a level"),
            whole_percent(one.share_bp, language),
            language.n(
                "{count} member, {amount}",
                "{count} members, {amount}",
                one.members,
                amount=short_money(one.sales_minor, language),
            ),
            one.share_bp // 10,
            token,
        )
        for one, token in _coloured(view.report.tiers)
    ]
    totals = view.report.totals
    return Ranking(
        title=t("Levels"),
        note=t("{up} up · {down} down", up=language.number(totals.up), down=language.number(totals.down)),
        rows=rows,
        empty=t("No member bought in this month."),
    )


def _coloured(tiers: Sequence[TierRowView]) -> list[tuple[TierRowView, str]]:
    found = []
    for number, one in enumerate(tiers):
        usual = TIER_TOKENS[number % len(TIER_TOKENS)]
        found.append((one, "chart5" if one.key is None else KNOWN_TIERS.get(one.key, usual)))
    return found


def tiers_donut(view: DashboardView, language: Language) -> DonutText:
    """Show how the month's buyers spread over the levels."""
    whole = view.report.totals.members
    parts = [(token, one.members * 1000 // whole) for one, token in _coloured(view.report.tiers) if whole]
    said = [f"{one.name}: {language.number(one.members)}" for one in view.report.tiers]
    number = language.number(whole)
    under = language.n("active member", "active members", whole)
    return DonutText(parts, number, under, ". ".join([f"{number} {under}", *said]))


def returns_ranking(view: DashboardView, language: Language) -> Ranking:
    """List the programmes by what they brought for what they gave."""
    t = language.t
    found = sorted(
        view.report.programmes, key=lambda one: (one.return_milli is None, -(one.return_milli or 0), one.key)
    )
    most = max([one.return_milli or 0 for one in found], default=0) or 1
    rows = [
        RankRow(
            language.name(one.name),
            "–" if one.return_milli is None else language.times(one.return_milli // 100 * 100),
            t(
                "Cost {cost}, sales {sales}",
                cost=short_money(one.cost_minor, language),
                sales=short_money(one.sales_minor, language),
            ),
            (one.return_milli or 0) * 1000 // most,
            "chart1",
            one.key,
        )
        for one in found[:PROGRAMMES_SHOWN]
    ]
    return Ranking(
        title=t("Return of programmes"),
        note=t("Sales by cost"),
        rows=rows,
        empty=t("No programme gave anything in this month."),
    )


def redeemed_ranking(view: DashboardView, language: Language) -> Ranking:
    """Say what part of what was given is used, and how content people are."""
    t = language.t
    rows = [_redeemed(one, language) for one in view.redeemed]
    satisfied = view.satisfaction
    if satisfied.average_milli is not None:
        out_of = t("{rating} of 5", rating=decimal(satisfied.average_milli // 100, language))
        answers = language.n("{count} answer", "{count} answers", satisfied.answers)
        rows.append(RankRow(t("Satisfaction"), out_of, answers, satisfied.average_milli // 5, "reward"))
    return Ranking(
        title=t("Used of what was given"),
        note="",
        rows=rows,
        empty=t("Nothing was given or used in this month."),
    )


def _redeemed(one: RedeemedView, language: Language) -> RankRow:
    t = language.t
    names = {"points": t("Points"), "credit": t("Credit"), "reward": t("Free items")}
    said: Callable[[int], str] = language.money if one.unit == "credit" else language.number
    note = t("{used} of {given}", used=said(one.used), given=said(one.given))
    rate = "–" if one.used_bp is None else whole_percent(one.used_bp, language)
    return RankRow(names[one.unit], rate, note, min(1000, (one.used_bp or 0) // 10))


def segments_ranking(view: DashboardView, language: Language) -> Ranking:
    """List members by how lately, how often and for how much they bought; segments without anybody too."""
    t = language.t
    whole = sum([one.members for one in view.segments])
    rows = [
        RankRow(
            one.name.said(language.code),
            language.number(one.members),
            t("bought {amount} ever", amount=short_money(one.spend_minor, language)),
            one.members * 1000 // whole,
            SEGMENT_TOKENS.get(one.key, "chart1"),
        )
        for one in view.segments
        if whole
    ]
    return Ranking(
        title=t("Members by their habits"),
        note=t("How lately, how often, how much"),
        rows=rows,
        empty=t("No member bought yet."),
    )


def cohorts_grid(view: DashboardView, language: Language) -> GridText:
    """Follow who joined month by month."""
    t = language.t
    longest = max([len(one.bought_bp) for one in view.cohorts], default=0)
    later = [language.n("{count} month on", "{count} months on", number) for number in range(1, longest)]
    return GridText(
        title=t("Who came back"),
        note=t("Of those who joined in a month, the part who bought in it and after it"),
        heads=[t("Joined"), t("Members"), *([t("The same month")] if longest else []), *later],
        rows=[
            (
                month_name(one.month, view.report.calendar, language),
                language.number(one.members),
                [(whole_percent(bp, language), bp // 10) for bp in one.bought_bp],
            )
            for one in view.cohorts
        ],
        empty=t("Nobody joined in these months."),
    )


def task_texts(view: DashboardView, language: Language) -> list[TaskText]:
    """Say what wants doing today, and on which page it is done."""
    return [_TASKS[one.kind](one, language) for one in view.tasks]


def _no_backup(one: TaskView, language: Language) -> TaskText:
    t = language.t
    said = (
        language.n("No copy of the shop for {count} day", "No copy of the shop for {count} days", one.count)
        if one.count
        else t("There is no copy of the shop")
    )
    return TaskText("warning", said, t("Make one now"), "settings", urgent=True)


def _prizes(one: TaskView, language: Language) -> TaskText:
    said = language.n("{count} prize to hand over", "{count} prizes to hand over", one.count)
    return TaskText("gift", said, language.t("At the counter, with {key}", key="F12"), "counter")


def _budget(one: TaskView, language: Language) -> TaskText:
    t = language.t
    left = t("{amount} left", amount=language.money(one.minor))
    said = t("The budget of {name} is nearly used", name=language.name(one.name))
    return TaskText("wallet", said, left, "programmes")


def _expiring(one: TaskView, language: Language) -> TaskText:
    said = language.n("Ends within {count} day", "Ends within {count} days", one.count)
    amount = language.money(one.minor) if one.minor else language.t("Free items and points")
    return TaskText("clock", f"{said}: {amount}", language.t("See what ends when"), "promises")


def _at_risk(one: TaskView, language: Language) -> TaskText:
    said = language.n(
        "{count} member will lose their level", "{count} members will lose their level", one.count
    )
    return TaskText("chevron-down", said, language.t("See who, and what is missing"), "tiers")


def _birthdays(one: TaskView, language: Language) -> TaskText:
    said = language.n("{count} birthday today", "{count} birthdays today", one.count)
    return TaskText("cake", said, language.t("See the members"), "members")


_TASKS: dict[str, Callable[[TaskView, Language], TaskText]] = {
    "no_backup": _no_backup,
    "prizes": _prizes,
    "budget": _budget,
    "expiring": _expiring,
    "at_risk": _at_risk,
    "birthdays": _birthdays,
}
