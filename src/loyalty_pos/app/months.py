"""What months come to, moved by whatever moves it: a sale, what changes one, a level, a merge.

Everything is the difference between what a member's months were and what they are now, so there is one
place that knows what a month is made of. A month goes by its last day; both calendars are kept.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from json import loads
from typing import Literal

from loyalty_pos.app.desk import Desk, OpenShop
from loyalty_pos.app.month_port import AtEnd, Bought, MemberMonth, Risk, Window
from loyalty_pos.app.ports import MemberRow, SaleRow
from loyalty_pos.app.records import Record, compact
from loyalty_pos.app.sale_figures import SaleFigures, figures_of, recorded_figures
from loyalty_pos.domain.counting import Counted, counts_of, staying
from loyalty_pos.domain.dates import Calendar, add_days, month_end
from loyalty_pos.domain.families import Level, Rule, TierRule
from loyalty_pos.domain.tiers import reached_by
from loyalty_pos.domain.windows import Way, review_span, span_of

CALENDARS: tuple[Literal["jalali", "gregorian"], ...] = ("jalali", "gregorian")
ANY_DAY = ("0001-01-01", "9999-12-31")
_NO_CLUB = TierRule((), 0)
_NOTHING = Bought(0, 0, 0, 0, 0, "", "{}")

Moved = Sequence[tuple[int, SaleFigures]]
"""Sales that are counted, +1, or no more, -1."""
Givers = dict[str, list[int]]
"""How many sales each programme gave something with, and how many of those more than points."""


class _Cells:
    """What is to be added to what months come to."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str, str], Sequence[int]] = {}

    def add(self, ends_on: str, kind: str, name: str, sums: Sequence[int]) -> None:
        """Add six sums under a name."""
        key = (ends_on, kind, name)
        before = self._sums.get(key)
        self._sums[key] = sums if before is None else tuple(map(int.__add__, before, sums))

    def add_members(self, ends_on: str, kind: str, name: str, members: int) -> None:
        self.add(ends_on, kind, name, (members, 0, 0, 0, 0, 0))

    def write(self, desk: Desk) -> None:
        desk.store.months.add(self._sums)


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


def note_sale_paid(desk: Desk, sale: SaleRow, before: SaleFigures) -> None:
    """Count what a payment of a sale on account earned, in the sale's own month."""
    _move(desk, sale.member, sale.business_day, [(-1, before), (1, figures_of(desk, sale))])


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


@lru_cache(maxsize=16)  # the same two months all day long
def _windows(calendar: Calendar, way: Way, first: str, last: str) -> tuple[Window, ...]:
    """List every month of both calendars that has a day between two days."""

    found = []
    for one in CALENDARS:
        ends_on = month_end(first, one, 0)
        while True:
            found.append(_window(calendar, way, ends_on))
            if ends_on >= last:
                break
            ends_on = month_end(ends_on, one, 1)
    return tuple(found)


@lru_cache(maxsize=256)
def _window(calendar: Calendar, way: Way, ends_on: str) -> Window:
    following = review_span(add_days(ends_on, 1), calendar, way)
    return Window(ends_on, *span_of(ends_on, calendar, way), *following)


def window_of(shop: OpenShop, rule: TierRule, ends_on: str) -> Window:
    """Return the windows of levels at the end of any month."""
    return _window(shop.view.calendar, rule.way, ends_on)


def _move(desk: Desk, member: int | None, day: str, moved: Moved) -> None:
    _, rule = _club(desk)
    calendar, cells = desk.shop.view.calendar, _Cells()
    own = [month_end(day, one, 0) for one in CALENDARS]
    _count_sales(cells, own, member, moved)
    if member is not None:
        windows = _windows(calendar, rule.way, day, day)
        found = _found(desk, member, windows)
        if found[0].newest > max(own):  # a day gone by: later months may rest on it
            windows = _windows(calendar, rule.way, day, found[0].newest)
            found = _found(desk, member, windows)
        _move_months(desk, member, cells, found, dict.fromkeys(own, moved))
    cells.write(desk)


def _found(desk: Desk, member: int, windows: Sequence[Window]) -> Sequence[MemberMonth]:
    """Look up a member's months; what decides levels only where there are some."""
    programme, rule = _club(desk)
    if rule.levels:
        return desk.store.months.of_member(member, programme, rule.counting, windows)
    return desk.store.months.without_levels(member, [one.ends_on for one in windows])


def _count_sales(cells: _Cells, own: Sequence[str], member: int | None, moved: Moved) -> None:
    """Count what belongs to no member: sales without one, and what programmes gave."""
    for sign, one in moved:
        sales = sign * one.sales_minor
        counted: list[tuple[str, str, Sequence[int]]] = []
        if member is None:
            cost, points = sign * one.cost_minor, sign * one.points
            counted.append(("others", "", (0, sign, sales, sign * one.discount_minor, cost, points)))
        for key, (minor, points) in one.gave.items():
            counted.append(("gave", key, (0, sign, sales, 0, sign * minor, sign * points)))
            if not minor:
                counted.append(("gave_points", key, (0, sign, sales, 0, 0, 0)))
        for ends_on in own:
            for kind, key, sums in counted:
                cells.add(ends_on, kind, key, sums)


def _move_months(
    desk: Desk,
    member: int,
    cells: _Cells,
    found: Sequence[MemberMonth],
    moved: Mapping[str, Moved],
) -> None:
    """Bring a member's months, and whether they are at risk in them, to what they are now."""
    _, rule = _club(desk)
    written, dropped = [], []
    for one in found:
        before = one.bought or _NOTHING
        level = _level(rule, one.counted, one.held)
        after = _bought(cells, one.ends_on, before, moved.get(one.ends_on, ()), level.key if level else "")
        if one.risks_kept:
            _move_risk(desk, member, cells, one, _risk(desk, one, level))
        if after.purchases:
            if after != one.bought:
                written.append((member, one.ends_on, after))
        elif one.bought is not None:
            dropped.append((member, one.ends_on))
    if written:
        desk.store.months.write(written)
    if dropped:
        desk.store.months.drop(dropped)


def _bought(cells: _Cells, ends_on: str, before: Bought, moved: Moved, level: str) -> Bought:
    """Return a member's month as it is now; it counts where it stands, and no more where it stood."""
    purchases, sales, discount, cost, points, _, text = before
    for sign, one in moved:
        purchases += sign
        sales += sign * one.sales_minor
        discount += sign * one.discount_minor
        cost += sign * one.cost_minor
        points += sign * one.points
    gave = _gave(cells, ends_on, text, moved) if moved else text
    after = Bought(purchases, sales, discount, cost, points, level, gave)
    _count_level(cells, ends_on, before, after)
    return after


def _gave(cells: _Cells, ends_on: str, text: str, moved: Moved) -> str:
    """Count which programmes give a member something now, and which did before."""
    given = tuple([(sign, key, minor != 0) for sign, one in moved for key, (minor, _) in one.gave.items()])
    has, counted = _given(text, given)
    for kind, key, members in counted:
        cells.add_members(ends_on, kind, key, members)
    return has


Under = tuple[tuple[str, str, int], ...]


@lru_cache(maxsize=4096)  # a few programmes gave a few times: many members' months say the same
def _given(text: str, moved: tuple[tuple[int, str, bool], ...]) -> tuple[str, Under]:
    """Return what a month says after sales gave something, and under what its member counts since."""
    had: Givers = loads(text)
    has = {key: [*count] for key, count in had.items()}
    for sign, key, more in moved:
        count = has.setdefault(key, [0, 0])
        count[0] += sign
        count[1] += sign * more
        if not count[0]:
            del has[key]
    return compact(has), _counted(had, has)


def _counted(had: Givers, has: Givers) -> Under:
    """Say under which programmes a member counts no more or anew, apart where one gives points alone."""
    found = []
    for sign, these, others in ((-1, had, has), (1, has, had)):
        for key, (_, more) in these.items():
            other = others.get(key)
            if other is None:
                found.append(("gave", key, sign))
            if not more and (other is None or other[1]):
                found.append(("gave_points", key, sign))
    return tuple(found)


def _level(rule: TierRule, counted: Counted, held: str | None) -> Level | None:
    """Return the level in force: the one held or the one reached, whichever is higher."""
    place = max(reached_by(rule, *counted), rule.rank(held))
    return rule.levels[place] if place >= 0 else None


def _count_level(cells: _Cells, ends_on: str, before: Bought, after: Bought) -> None:
    """Count a member's month under its level."""
    if before[:6] == after[:6]:
        return
    if before.purchases and after.purchases and before.level == after.level:
        more = (0, *map(int.__sub__, after[:5], before[:5]))
        cells.add(ends_on, "level", after.level, more)
        return
    if before.purchases:
        cells.add(ends_on, "level", before.level, (-1, *[-each for each in before[:5]]))
    if after.purchases:
        cells.add(ends_on, "level", after.level, (1, *after[:5]))


def _risk(desk: Desk, month: MemberMonth | AtEnd, level: Level | None) -> Risk | None:
    """Say what is missing to a level after a month, if it will not be held."""
    if level is None:
        return None
    _, rule = _club(desk)
    place = rule.rank(level.key)
    if reached_by(rule, *month.after) >= place:
        return None
    ends_on = month.ends_on
    counts = staying(window_of(desk.shop, rule, ends_on).next_first, ends_on, month.after)
    missing = counts_of(dict(rule.lacks(level, counts)))
    told = counts_of({metric: counts.of(metric) for metric in rule.counting.metrics})
    both = [amount for pair in zip(told, missing, strict=True) for amount in pair]
    return Risk(place, level.key, *both)


def _move_risk(desk: Desk, member: int, cells: _Cells, month: MemberMonth, risk: Risk | None) -> None:
    if risk == month.risk:
        return
    if risk is not None:
        desk.store.months.write_risks([(month.ends_on, member, risk)])
    else:
        desk.store.months.drop_risks([(month.ends_on, member)])
    if (risk is None) != (month.risk is None):
        cells.add_members(month.ends_on, "risk", "", 1 if risk else -1)


def recount_members(desk: Desk, keep: int, dropped: int) -> None:
    """Count the months of two members anew from their sales, after one came to stand for the other or not."""
    _, rule = _club(desk)
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
            windows = _windows(desk.shop.view.calendar, rule.way, ends[0], ends[-1])
            found = _found(desk, member, windows)
            _move_months(desk, member, cells, found, moved)
    cells.write(desk)


def _forget(desk: Desk, member: int, cells: _Cells) -> None:
    """Take a member out of every month."""
    months = desk.store.months
    kept = months.kept(member)
    for ends_on, before in kept:
        _count_level(cells, ends_on, before, _NOTHING)
        for kind, key, members in _counted(loads(before.gave), {}):
            cells.add_members(ends_on, kind, key, members)
    risks = months.risk_months(member)
    for ends_on in risks:
        cells.add_members(ends_on, "risk", "", -1)
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
        level = _level(rule, one.counted, one.held)
        key = level.key if level else ""
        if key != one.level:
            changed.append((key, one.member, one.ends_on))
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
    cells.add_members(ends_on, "risk", "", len(found))
    cells.write(desk)


def risks_at(desk: Desk, ends_on: str) -> list[tuple[int, Risk]]:
    """Count who will not hold their level after a month, who comes first first."""
    programme, rule = _club(desk)
    found = []
    for one in desk.store.months.at_end(programme, rule.counting, window_of(desk.shop, rule, ends_on)):
        risk = _risk(desk, one, _level(rule, one.counted, one.held))
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
            rows.append((member, ends_on, _bought(cells, ends_on, _NOTHING, all_of_it, "")))
        desk.store.months.write(rows)
        cells.write(desk)
        if desk.book.club is not None:
            rate_anew(desk)
        desk.store.months.note_done()
