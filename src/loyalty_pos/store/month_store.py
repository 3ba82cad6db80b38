"""Months on disk: a row per member who bought in one, a few cells for what they come to, who is at risk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from json import dumps
from typing import Any

from loyalty_pos.app.month_port import AtEnd, Bought, Cell, MemberMonth, Rated, Risk, RiskRow, Top, Window
from loyalty_pos.domain.counting import Counted, Counting
from loyalty_pos.domain.tuples import made
from loyalty_pos.store.compiled import Execute, ExecuteMany, insert_rows, with_slots
from loyalty_pos.store.counting import counted, sums, sums_apart, width

_BOUGHT = "r.purchases, r.sales_minor, r.discount_minor, r.cost_minor, r.points, r.level, r.gave"
_HELD = """
    (SELECT e.after FROM tier_event e JOIN posting p ON p.seq = e.posting
    WHERE e.member = {member} AND e.programme = {programme} AND p.business_day <= {ends}
    ORDER BY e.posting DESC LIMIT 1)"""
_WINDOWS = """
    (SELECT value ->> 0 AS ends, value ->> 1 AS earlier, value ->> 2 AS first, value ->> 3 AS next_earlier,
    value ->> 4 AS next_first FROM json_each({windows})) w"""
_RISK = "place, level, spend_minor, missing_minor, visit_days, missing_visits, points, missing_points"
_RISK_OF_MEMBER = ", ".join(f"k.{name}" for name in _RISK.split(", "))


@cache  # of the few ways to count that a shop ever has
def _of_member(counting: Counting, months: int) -> str:
    ends, earlier, first, next_earlier, next_first = (f"w.column{number}" for number in range(1, 6))
    now = sums_apart(counting, "?1", earlier, first, ends)
    after = sums_apart(counting, "?1", next_earlier, next_first, ends)
    held = _HELD.format(member="?1", programme="?2", ends=ends)
    return f"""
        SELECT {ends}, {_BOUGHT}, {held}, EXISTS (SELECT 1 FROM month_cell c
            WHERE c.ends_on = {ends} AND c.kind = 'risk' AND c.name = ''),
        (SELECT ifnull(max(ends_on), '') FROM month_cell), {_RISK_OF_MEMBER}, {now}, {after}
        FROM ({with_slots(5, months)}) w
        LEFT JOIN member_month r ON r.member = ?1 AND r.ends_on = {ends}
        LEFT JOIN month_risk k ON k.ends_on = {ends} AND k.member = ?1"""  # noqa: S608 - our own text


@cache
def _rated(counting: Counting) -> str:
    now = sums_apart(counting, "r.member", "w.earlier", "w.first", "w.ends")
    held = _HELD.format(member="r.member", programme="?1", ends="w.ends")
    return f"""
        SELECT r.member, r.ends_on, r.level, {held}, {now}
        FROM {_WINDOWS.format(windows="?2")}
        JOIN member_month r ON r.ends_on = w.ends"""  # noqa: S608 - our own text


@cache
def _at_end(counting: Counting) -> str:
    held = _HELD.format(member="m.id", programme="?1", ends="?2")
    return f"""
        SELECT m.id, {held}, d.*
        FROM member m LEFT JOIN (
            SELECT {sums(counting, "?3", "?4", "?2")}, {sums(counting, "?5", "?6", "?2")}, member
            FROM member_day WHERE day BETWEEN min(?3, ?5) AND ?2 GROUP BY member
        ) d ON d.member = m.id
        WHERE m.id NOT IN (SELECT member FROM alias)"""  # noqa: S608 - our own text


_KEPT = f"SELECT ends_on, {_BOUGHT} FROM member_month r WHERE member = ?"  # noqa: S608 - our own columns
_WRITE = "INSERT OR REPLACE INTO member_month"
_DROP = "DELETE FROM member_month WHERE member = ? AND ends_on = ?"
_ADD = """
    ON CONFLICT (ends_on, kind, name) DO UPDATE SET members = members + excluded.members,
    purchases = purchases + excluded.purchases, sales_minor = sales_minor + excluded.sales_minor,
    discount_minor = discount_minor + excluded.discount_minor, cost_minor = cost_minor + excluded.cost_minor,
    points = points + excluded.points"""
_WRITE_RISK = "INSERT OR REPLACE INTO month_risk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DROP_RISK = "DELETE FROM month_risk WHERE ends_on = ? AND member = ?"
_RISK_MONTHS = """
    SELECT c.ends_on FROM month_cell c JOIN month_risk k ON k.ends_on = c.ends_on AND k.member = ?
    WHERE c.kind = 'risk'"""
_CELLS = """
    SELECT kind, name, members, purchases, sales_minor, discount_minor, cost_minor, points
    FROM month_cell WHERE ends_on = ?"""
_TOP = """
    SELECT member, purchases, sales_minor, level FROM member_month
    WHERE ends_on = ? ORDER BY sales_minor DESC, member LIMIT ?"""
_RISKS = f"""
    SELECT member, {_RISK} FROM month_risk
    WHERE ends_on = ? ORDER BY place DESC, missing_minor, missing_visits, missing_points, member LIMIT ?"""  # noqa: S608 - our own columns
_RATE = "UPDATE member_month SET level = ? WHERE member = ? AND ends_on = ?"
_LEVELS_ANEW = (
    "DELETE FROM month_cell WHERE kind IN ('level', 'risk')",
    "DELETE FROM month_risk",
    "INSERT INTO month_cell SELECT ends_on, 'level', level, count(*), sum(purchases), sum(sales_minor),"
    " sum(discount_minor), sum(cost_minor), sum(points) FROM member_month GROUP BY ends_on, level",
)


_WITHOUT_LEVELS = f"""
    SELECT w.column1, {_BOUGHT}, (SELECT ifnull(max(ends_on), '') FROM month_cell) FROM ({{ends}}) w
    LEFT JOIN member_month r ON r.member = ? AND r.ends_on = w.column1"""  # noqa: S608 - our own columns


@cache
def _without_levels(months: int) -> str:
    return _WITHOUT_LEVELS.format(ends=with_slots(1, months))


class MonthStore:
    def __init__(self, execute: Execute, execute_many: ExecuteMany) -> None:
        self._execute = execute
        self._execute_many = execute_many

    def of_member(
        self, member: int, programme: int, counting: Counting, windows: Sequence[Window]
    ) -> Sequence[MemberMonth]:
        values = (member, programme, *chain(*windows))
        rows = self._execute(_of_member(counting, len(windows)), values)
        return [_month(counting, row) for row in rows]

    def without_levels(self, member: int, ends: Sequence[str]) -> Sequence[MemberMonth]:
        rows = self._execute(_without_levels(len(ends)), (*ends, member))
        return [
            MemberMonth(row[0], _kept(row), Counted(), Counted(), None, False, None, row[8]) for row in rows
        ]

    def kept(self, member: int) -> Sequence[tuple[str, Bought]]:
        """Return all months of a member."""
        return [(row[0], Bought(*row[1:])) for row in self._execute(_KEPT, (member,))]

    def write(self, rows: Iterable[tuple[int, str, Bought]]) -> None:
        insert_rows(self._execute, _WRITE, [(member, ends_on, *bought) for member, ends_on, bought in rows])

    def drop(self, rows: Iterable[tuple[int, str]]) -> None:
        self._execute_many(_DROP, list(rows))

    def add(self, cells: Mapping[tuple[str, str, str], Sequence[int]]) -> None:
        """Move what months come to: by month, kind and name the six sums of a `Cell`."""
        rows = [(*key, *six) for key, six in cells.items()]
        insert_rows(self._execute, "INSERT INTO month_cell", rows, _ADD)

    def write_risks(self, rows: Iterable[tuple[str, int, Risk]]) -> None:
        self._execute_many(_WRITE_RISK, [(ends_on, member, *risk) for ends_on, member, risk in rows])

    def drop_risks(self, rows: Iterable[tuple[str, int]]) -> None:
        self._execute_many(_DROP_RISK, list(rows))

    def risk_months(self, member: int) -> Sequence[str]:
        """Return the months in which a member is kept as being at risk."""
        return [row[0] for row in self._execute(_RISK_MONTHS, (member,))]

    def cells(self, ends_on: str) -> Sequence[Cell]:
        return [made(Cell, row) for row in self._execute(_CELLS, (ends_on,))]

    def top(self, ends_on: str, limit: int) -> Sequence[Top]:
        return [made(Top, row) for row in self._execute(_TOP, (ends_on, limit))]

    def risks(self, ends_on: str, limit: int) -> Sequence[RiskRow]:
        return [RiskRow(row[0], Risk(*row[1:])) for row in self._execute(_RISKS, (ends_on, limit))]

    def ends(self) -> Sequence[str]:
        """Return every month there is."""
        return [row[0] for row in self._execute("SELECT DISTINCT ends_on FROM month_cell", ())]

    def at_end(self, programme: int, counting: Counting, window: Window) -> Iterator[AtEnd]:
        """Give everybody who stands for themselves, as they stood at the end of a month."""
        for row in self._execute(_at_end(counting), (programme, *window)):
            now, after = counted(counting, row, 2), counted(counting, row, 2 + width(counting))
            yield AtEnd(row[0], window.ends_on, now, after, row[1])

    def rated(self, programme: int, counting: Counting, windows: Sequence[Window]) -> Iterator[Rated]:
        for row in self._execute(_rated(counting), (programme, dumps(windows))):
            member, ends_on, level, held = row[:4]
            yield Rated(member, ends_on, level, counted(counting, row, 4), held)

    def rate(self, rows: Iterable[tuple[str, int, str]]) -> None:
        """Put members' months on other levels, and count anew what levels and risks come to: none."""
        self._execute_many(_RATE, list(rows))
        for statement in _LEVELS_ANEW:
            self._execute(statement, ())

    def clear(self) -> None:
        for table in ("member_month", "month_cell", "month_risk"):
            self._execute(f"DELETE FROM {table}", ())  # noqa: S608 - our own tables

    def is_done(self) -> bool:
        """Say whether the sales of before there were months are counted."""
        return bool(self._execute("SELECT done FROM month_count", ()).fetchone()[0])

    def note_done(self) -> None:
        self._execute("UPDATE month_count SET done = 1", ())


def _month(counting: Counting, row: Any) -> MemberMonth:
    now, after = counted(counting, row, 19), counted(counting, row, 19 + width(counting))
    risk = None if row[11] is None else made(Risk, row[11:19])
    return made(MemberMonth, (row[0], _kept(row), now, after, row[8], bool(row[9]), risk, row[10]))


def _kept(row: Any) -> Bought | None:
    return None if row[1] is None else made(Bought, row[1:8])
