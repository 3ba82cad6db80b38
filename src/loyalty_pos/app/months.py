"""What months come to, moved by whatever moves it: a sale, what changes one, a level, a merge.

Everything is the difference between what a member's months were and what they are now, so there is one
place that knows what a month is made of. A month goes by its last day; both calendars are kept.
"""

from collections.abc import Mapping, Sequence
from json import loads
from typing import Literal

from loyalty_pos.app.desk import Desk, OpenShop
from loyalty_pos.app.month_port import Bought, Cell, MemberMonth, Risk, Window
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.records import Record, compact
from loyalty_pos.app.sale_figures import SaleFigures, figures_of, recorded_figures
from loyalty_pos.domain.counting import Counted, counts_of, staying
from loyalty_pos.domain.dates import add_days, month_end
from loyalty_pos.domain.families import Rule, TierRule
from loyalty_pos.domain.tiers import Standing

CALENDARS: tuple[Literal["jalali", "gregorian"], ...] = ("jalali", "gregorian")
ANY_DAY = ("0001-01-01", "9999-12-31")
_NO_CLUB = TierRule((), 0)
_NOTHING = Bought(0, 0, 0, 0, 0, "", "{}")

Moved = Sequence[tuple[int, SaleFigures]]
"""Sales that are counted, +1, or no more, -1."""


class _Cells:
    """What is to be added to what months come to."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str, str], tuple[int, ...]] = {}

    def add(self, ends_on: str, kind: str, name: str, *sums: int) -> None:
        key = (ends_on, kind, name)
        before = self._sums.get(key)
        more = (*sums, *[0] * (6 - len(sums)))
        self._sums[key] = more if before is None else tuple(map(int.__add__, before, more))

    def write(self, desk: Desk) -> None:
        rows = [(ends_on, Cell(kind, name, *sums)) for (ends_on, kind, name), sums in self._sums.items()]
        desk.store.months.add(rows)


def note_sale(desk: Desk, member: MemberRow | None, day: str, record: Record) -> None:
    """Count a sale that was just recorded, or moved to its member, when its level is on record."""
    _move(desk, member.id if member else None, day, [(1, recorded_figures(desk, record))])


def note_sale_changed(desk: Desk, before: SaleRow) -> None:
    """Count what is kept of a sale now instead of what was."""
    after = desk.store.sales.by_posting(before.posting)
    moved: dict[int | None, list[tuple[int, SaleFigures]]] = {before.member: [(-1, figures_of(desk, before))]}
    if not after.voided:
        moved.setdefault(after.member, []).append((1, figures_of(desk, after)))
    for member, figures in moved.items():
        _move(desk, member, before.business_day, figures)


def note_level(desk: Desk, member: int, day: str) -> None:
    """Let a member's months from a day on follow the level the member was put on."""
    _move(desk, member, day, [])


def _club(desk: Desk) -> tuple[int, TierRule]:
    known = desk.book.club
    if known is None:
        return -1, _NO_CLUB
    rule = known.revision.rule
    assert isinstance(rule, TierRule)
    return known.revision.programme, rule


def _windows(shop: OpenShop, rule: TierRule, first: str, last: str) -> tuple[Window, ...]:
    """List every month of both calendars that has a day between two days."""

    found = []
    for one in CALENDARS:
        ends_on = month_end(first, one, 0)
        while True:
            found.append(window_of(shop, rule, ends_on))
            if ends_on >= last:
                break
            ends_on = month_end(ends_on, one, 1)
    return tuple(found)


def window_of(shop: OpenShop, rule: TierRule, ends_on: str) -> Window:
    """Return the windows of levels at the end of any month."""
    following = shop.review_span(rule, add_days(ends_on, 1))
    return Window(ends_on, *shop.level_span(rule, ends_on), *following)


def _move(desk: Desk, member: int | None, day: str, moved: Moved) -> None:
    programme, rule = _club(desk)
    cells = _Cells()
    own = [month_end(day, one, 0) for one in CALENDARS]
    _count_sales(cells, own, member, moved)
    if member is not None:
        months = desk.store.months
        windows = _windows(desk.shop, rule, day, day)
        found = months.of_member(member, programme, rule.counting, windows)
        if found[0].newest > max(own):  # a day gone by: later months may rest on it
            windows = _windows(desk.shop, rule, day, found[0].newest)
            found = months.of_member(member, programme, rule.counting, windows)
        _move_months(desk, member, cells, found, dict.fromkeys(own, moved))
        if rule.levels:
            _move_risks(desk, member, cells, found)
    cells.write(desk)


def _count_sales(cells: _Cells, own: Sequence[str], member: int | None, moved: Moved) -> None:
    """Count what belongs to no member: sales without one, and what programmes gave."""
    for sign, one in moved:
        for ends_on in own:
            if member is None:
                sums = (0, 1, one.sales_minor, one.discount_minor, one.cost_minor, one.points)
                cells.add(ends_on, "others", "", *[sign * each for each in sums])
            for key, (minor, points) in one.gave.items():
                gave = (0, 1, one.sales_minor, 0, minor, points)
                cells.add(ends_on, "gave", key, *[sign * each for each in gave])
                if not minor:
                    cells.add(ends_on, "gave_points", key, 0, sign, sign * one.sales_minor)


def _move_months(
    desk: Desk,
    member: int,
    cells: _Cells,
    found: Sequence[MemberMonth],
    moved: Mapping[str, Moved],
) -> None:
    """Bring a member's months to what they are now."""
    programme, rule = _club(desk)
    written, dropped = [], []
    for one in found:
        before = one.bought
        after = _bought(before or _NOTHING, moved.get(one.ends_on, ()))
        after = after._replace(level=_level(rule, programme, one.counted, one.held))
        if after.purchases:
            if after != before:
                written.append((member, one.ends_on, after))
        elif before is not None:
            dropped.append((member, one.ends_on))
        _difference(cells, one.ends_on, before or _NOTHING, after)
    if written:
        desk.store.months.write(written)
    if dropped:
        desk.store.months.drop(dropped)


def _bought(before: Bought, moved: Moved) -> Bought:
    if not moved:
        return before
    purchases, sales, discount, cost, points, level, text = before
    counts: dict[str, list[int]] = loads(text)
    for sign, one in moved:
        purchases += sign
        sales += sign * one.sales_minor
        discount += sign * one.discount_minor
        cost += sign * one.cost_minor
        points += sign * one.points
        for key, (minor, _) in one.gave.items():
            count = counts.setdefault(key, [0, 0])
            count[0] += sign
            count[1] += sign * bool(minor)
            if not count[0]:
                del counts[key]
    return Bought(purchases, sales, discount, cost, points, level, compact(counts))


def _stood(rule: TierRule, programme: int, counted: Counted, held: str | None) -> Standing:
    return Standing(rule, programme, counted.now, held, earlier=counted.earlier)


def _level(rule: TierRule, programme: int, counted: Counted, held: str | None) -> str:
    level = _stood(rule, programme, counted, held).level
    return level.key if level else ""


def _difference(cells: _Cells, ends_on: str, before: Bought, after: Bought) -> None:
    """Count a member's month where it stands now, and no more where it stood."""
    if before[:6] != after[:6]:
        for sign, one in ((-1, before), (1, after)):
            if one.purchases:
                sums = (1, one.purchases, one.sales_minor, one.discount_minor, one.cost_minor, one.points)
                cells.add(ends_on, "level", one.level, *[sign * each for each in sums])
    if before.gave != after.gave:
        for sign, text in ((-1, before.gave), (1, after.gave)):
            for key, (_, more) in loads(text).items():
                cells.add(ends_on, "gave", key, sign)
                if not more:
                    cells.add(ends_on, "gave_points", key, sign)


def _risk(desk: Desk, ends_on: str, counted: Counted, held: str | None, after: Counted) -> Risk | None:
    programme, rule = _club(desk)
    standing = _stood(rule, programme, counted, held)
    level, place = standing.level, standing.rank
    if level is None or _stood(rule, programme, after, None).reached >= place:
        return None
    counts = staying(window_of(desk.shop, rule, ends_on).next_first, ends_on, after)
    missing = counts_of(dict(rule.lacks(level, counts)))
    told = counts_of({metric: counts.of(metric) for metric in rule.counting.metrics})
    both = [amount for pair in zip(told, missing, strict=True) for amount in pair]
    return Risk(place, level.key, *both)


def _move_risks(desk: Desk, member: int, cells: _Cells, found: Sequence[MemberMonth]) -> None:
    for one in found:
        if not one.risks_kept:
            continue
        risk = _risk(desk, one.ends_on, one.counted, one.held, one.after)
        if risk is not None and risk != one.risk:
            desk.store.months.write_risks([(one.ends_on, member, risk)])
        elif risk is None and one.risk is not None:
            desk.store.months.drop_risks([(one.ends_on, member)])
        if (risk is None) != (one.risk is None):
            cells.add(one.ends_on, "risk", "", 1 if risk else -1)


def recount_members(desk: Desk, keep: int, dropped: int) -> None:
    """Count the months of two members anew from their sales, after one came to stand for the other or not."""
    programme, rule = _club(desk)
    months, cells = desk.store.months, _Cells()
    for member in (keep, dropped):
        _forget(desk, member, cells)
    for member in (keep, dropped):
        moved: dict[str, list[tuple[int, SaleFigures]]] = {}
        for row in desk.store.sales.of_member(member, *ANY_DAY):
            figures = figures_of(desk, row)
            for one in CALENDARS:
                moved.setdefault(month_end(row.business_day, one, 0), []).append((1, figures))
        ends = sorted({*moved, *months.ends()})
        if ends and not desk.store.merges.standing(member):
            windows = _windows(desk.shop, rule, ends[0], ends[-1])
            found = months.of_member(member, programme, rule.counting, windows)
            _move_months(desk, member, cells, found, moved)
            if rule.levels:
                _move_risks(desk, member, cells, found)
    cells.write(desk)


def _forget(desk: Desk, member: int, cells: _Cells) -> None:
    """Take a member out of every month."""
    months = desk.store.months
    kept = months.kept(member)
    for ends_on, before in kept:
        _difference(cells, ends_on, before, _NOTHING)
    risks = months.risk_months(member)
    for ends_on in risks:
        cells.add(ends_on, "risk", "", -1)
    months.drop([(member, ends_on) for ends_on, _ in kept])
    months.drop_risks([(ends_on, member) for ends_on in risks])


def follow_club(desk: Desk, rule: Rule) -> None:
    """Let the months follow a club that was just published or goes on."""
    if isinstance(rule, TierRule):
        desk.forget()
        rate_anew(desk)


def follow_calendar(desk: Desk) -> None:
    """Let the months follow a shop whose own months begin on other days from now on."""
    desk.forget()
    if desk.book.club is not None:
        rate_anew(desk)


def rate_anew(desk: Desk) -> None:
    """Let all months follow a club that begins or changes, or months that begin on other days."""
    programme, rule = _club(desk)
    months, day = desk.store.months, desk.now().business_day
    windows = [window_of(desk.shop, rule, ends_on) for ends_on in months.ends()]
    changed = []
    for one in months.rated(programme, rule.counting, windows):
        level = _level(rule, programme, one.counted, one.held)
        if level != one.level:
            changed.append((level, one.member, one.ends_on))
    months.rate(changed)
    keep_risks(desk, day, -1)
    keep_risks(desk, day)


def keep_risks(desk: Desk, day: str, months_on: int = 0) -> None:
    """Keep from now on who is at risk at the end of the months of a day."""
    if desk.book.club is not None:
        for calendar in CALENDARS:
            _keep_risks(desk, month_end(day, calendar, months_on))


def _keep_risks(desk: Desk, ends_on: str) -> None:
    if any(cell.kind == "risk" for cell in desk.store.months.cells(ends_on)):
        return
    found = risks_at(desk, ends_on)
    desk.store.months.write_risks([(ends_on, member, risk) for member, risk in found])
    cells = _Cells()
    cells.add(ends_on, "risk", "", len(found))
    cells.write(desk)


def risks_at(desk: Desk, ends_on: str) -> list[tuple[int, Risk]]:
    """Count who will not hold their level after a month, who comes first first."""
    programme, rule = _club(desk)
    found = []
    for one in desk.store.months.at_end(programme, rule.counting, window_of(desk.shop, rule, ends_on)):
        risk = _risk(desk, ends_on, one.counted, one.held, one.after)
        if risk is not None:
            found.append((one.member, risk))
    found.sort(key=lambda one: (-one[1].place, one[1].missing, one[0]))
    return found


def count_what_was(desk: Desk) -> None:
    """Count the sales of before there were months, once."""
    if desk.store.months.is_done():
        return
    with desk.store.transaction():
        desk.store.months.clear()
        cells = _Cells()
        members: dict[tuple[int, str], list[tuple[int, SaleFigures]]] = {}
        for row in desk.store.reports.sales(*ANY_DAY):
            own = [month_end(row.business_day, one, 0) for one in CALENDARS]
            moved = [(1, figures_of(desk, row))]
            _count_sales(cells, own, row.member, moved)
            if row.member is not None:
                for ends_on in own:
                    members.setdefault((row.member, ends_on), []).extend(moved)
        rows = []
        for (member, ends_on), all_of_it in members.items():
            bought = _bought(_NOTHING, all_of_it)
            _difference(cells, ends_on, _NOTHING, bought)
            rows.append((member, ends_on, bought))
        desk.store.months.write(rows)
        cells.write(desk)
        if desk.book.club is not None:
            rate_anew(desk)
        desk.store.months.note_done()
