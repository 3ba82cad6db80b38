"""Months on disk: a row per member who bought in one, a few cells for what they come to, who is at risk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps
from typing import Any

from loyalty_pos.app.month_port import AtEnd, Bought, Cell, MemberMonth, Rated, Risk, RiskRow, Top, Window
from loyalty_pos.domain.families import Metric
from loyalty_pos.domain.tuples import made
from loyalty_pos.store.compiled import Execute, ExecuteMany, insert_rows, with_slots

_WHAT: Mapping[Metric, str] = {"spend": "spend_minor", "visit_days": "sales > 0", "points": "points"}
_BOUGHT = "purchases, sales_minor, discount_minor, cost_minor, points, level, gave"
_HELD = """
    (SELECT e.after FROM tier_event e JOIN posting p ON p.seq = e.posting
    WHERE e.member = {member} AND e.programme = {programme} AND p.business_day <= {ends}
    ORDER BY e.posting DESC LIMIT 1)"""
_COUNTED = """
    ifnull((SELECT sum({what}) FROM member_day d
    WHERE d.member = {member} AND d.day BETWEEN {start} AND {ends}), 0)"""


def _of_member(what: str) -> str:
    counted = _COUNTED.format(what=what, member="?1", start="w.start", ends="w.ends")
    after = _COUNTED.format(what=what, member="?1", start="w.next", ends="w.ends")
    held = _HELD.format(member="?1", programme="?2", ends="w.ends")
    return f"""
        SELECT w.ends, r.purchases, r.sales_minor, r.discount_minor, r.cost_minor, r.points, r.level, r.gave,
        {counted}, {after}, {held},
        EXISTS (SELECT 1 FROM month_cell c
            WHERE c.ends_on = w.ends AND c.kind = 'risk' AND c.name = ''),
        k.place, k.level, k.spend_minor, k.missing_minor, (SELECT ifnull(max(ends_on), '') FROM month_cell)
        FROM (SELECT value ->> 0 AS ends, value ->> 1 AS start, value ->> 2 AS next FROM json_each(?3)) w
        LEFT JOIN member_month r ON r.member = ?1 AND r.ends_on = w.ends
        LEFT JOIN month_risk k ON k.ends_on = w.ends AND k.member = ?1"""  # noqa: S608 - our own text


def _rated(what: str) -> str:
    counted = _COUNTED.format(what=what, member="r.member", start="w.start", ends="w.ends")
    held = _HELD.format(member="r.member", programme="?1", ends="w.ends")
    return f"""
        SELECT r.member, r.ends_on, r.level, {counted}, {held}
        FROM (SELECT value ->> 0 AS ends, value ->> 1 AS start FROM json_each(?2)) w
        JOIN member_month r ON r.ends_on = w.ends"""  # noqa: S608 - our own text


def _at_end(what: str) -> str:
    held = _HELD.format(member="m.id", programme="?1", ends="?4")
    return f"""
        SELECT m.id, ifnull(d.counted, 0), ifnull(d.after, 0), {held}
        FROM member m LEFT JOIN (
            SELECT member, sum(iif(day >= ?2, {what}, 0)) AS counted, sum(iif(day >= ?3, {what}, 0)) AS after
            FROM member_day WHERE day BETWEEN ?2 AND ?4 GROUP BY member
        ) d ON d.member = m.id
        WHERE m.id NOT IN (SELECT member FROM alias)"""  # noqa: S608 - our own text


_OF_MEMBER = {metric: _of_member(what) for metric, what in _WHAT.items()}
_RATED = {metric: _rated(what) for metric, what in _WHAT.items()}
_AT_END = {metric: _at_end(what) for metric, what in _WHAT.items()}
_KEPT = f"SELECT ends_on, {_BOUGHT} FROM member_month WHERE member = ?"  # noqa: S608 - our own columns
_WRITE = "INSERT OR REPLACE INTO member_month"
_DROP = "DELETE FROM member_month WHERE member = ? AND ends_on = ?"
_ADD = """
    ON CONFLICT (ends_on, kind, name) DO UPDATE SET members = members + excluded.members,
    purchases = purchases + excluded.purchases, sales_minor = sales_minor + excluded.sales_minor,
    discount_minor = discount_minor + excluded.discount_minor, cost_minor = cost_minor + excluded.cost_minor,
    points = points + excluded.points"""
_WRITE_RISK = "INSERT OR REPLACE INTO month_risk VALUES (?, ?, ?, ?, ?, ?)"
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
_RISKS = """
    SELECT member, place, level, spend_minor, missing_minor FROM month_risk
    WHERE ends_on = ? ORDER BY place DESC, missing_minor, member LIMIT ?"""
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


class MonthStore:
    def __init__(self, execute: Execute, execute_many: ExecuteMany) -> None:
        self._execute = execute
        self._execute_many = execute_many

    def of_member(
        self, member: int, programme: int, metric: Metric, windows: Sequence[Window]
    ) -> Sequence[MemberMonth]:
        rows = self._execute(_OF_MEMBER[metric], (member, programme, dumps(windows)))
        return [_month(row) for row in rows]

    def without_levels(self, member: int, ends: Sequence[str]) -> Sequence[MemberMonth]:
        rows = self._execute(_WITHOUT_LEVELS.format(ends=with_slots(1, len(ends))), (*ends, member))
        return [MemberMonth(row[0], _kept(row), 0, 0, None, False, None, row[8]) for row in rows]

    def kept(self, member: int) -> Sequence[tuple[str, Bought]]:
        """Return all months of a member."""
        return [(row[0], Bought(*row[1:])) for row in self._execute(_KEPT, (member,))]

    def write(self, rows: Iterable[tuple[int, str, Bought]]) -> None:
        insert_rows(self._execute, _WRITE, [(member, ends_on, *bought) for member, ends_on, bought in rows])

    def drop(self, rows: Iterable[tuple[int, str]]) -> None:
        self._execute_many(_DROP, list(rows))

    def add(self, cells: Mapping[tuple[str, str, str], Sequence[int]]) -> None:
        """Move what months come to: by month, kind and name the six sums of a `Cell`."""
        rows = [(*key, *sums) for key, sums in cells.items()]
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

    def at_end(self, programme: int, metric: Metric, window: Window) -> Iterator[AtEnd]:
        """Give everybody who stands for themselves, as they stood at the end of a month."""
        values = (programme, window.start, window.next, window.ends_on)
        for row in self._execute(_AT_END[metric], values):
            yield made(AtEnd, row)

    def rated(self, programme: int, metric: Metric, windows: Sequence[Window]) -> Iterator[Rated]:
        for row in self._execute(_RATED[metric], (programme, dumps(windows))):
            yield made(Rated, row)

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


def _month(row: Any) -> MemberMonth:
    return MemberMonth(
        row[0],
        _kept(row),
        row[8],
        row[9],
        row[10],
        bool(row[11]),
        None if row[12] is None else made(Risk, row[12:16]),
        row[16],
    )


def _kept(row: Any) -> Bought | None:
    return None if row[1] is None else made(Bought, row[1:8])
