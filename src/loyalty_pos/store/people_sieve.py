"""Whom a filter keeps of some members: one statement for each set of things asked."""

from collections.abc import Callable, Sequence
from functools import cache
from json import dumps, loads
from typing import Any

from peewee import SQL, fn

from loyalty_pos.app.filter_port import LevelFilter, MemberFilter
from loyalty_pos.app.ports import MemberRow
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, Sql, compiled, slot

FIELDS = (
    m.Member.id,
    m.Member.ref,
    m.Member.kind,
    m.Member.enrolled_day,
    m.Person.name,
    m.Person.phone,
    m.Person.note,
    m.MemberState.visits,
    m.MemberState.spend_minor,
    m.MemberState.last_visit_day,
)
_LIST = "IN (SELECT value FROM json_each(?))"
_SOME = SQL("0")
_COUNTED: dict[str, Any] = {
    "level_spend": m.MemberDay.spend_minor,
    "level_visit_days": m.MemberDay.sales > _SOME,
    "level_points": m.MemberDay.points,
}


_NAME_KEY = compiled(lambda: m.Person.select(m.Person.name_key).where(m.Person.member == slot()))
_IDS_ALIKE = compiled(
    lambda: (
        m.Person.select(m.Person.member)
        .where(m.Person.name_key == slot(), m.Person.member > slot())
        .order_by(m.Person.member)
        .limit(slot())
    )
)
_IDS_BEYOND = compiled(
    lambda: (
        m.Person.select(m.Person.member)
        .where(m.Person.name_key > slot())
        .order_by(m.Person.name_key, m.Person.member)
        .limit(slot())
    )
)
_STOP = """
    SELECT member FROM person WHERE (name_key, member) > (?, ?) AND name_key > ''
    ORDER BY name_key, member LIMIT 1 OFFSET ?"""
_STOP_NAMELESS = (
    "SELECT member FROM person WHERE name_key = ? AND member > ? ORDER BY member LIMIT 1 OFFSET ?"
)
_NEWEST_TAGS = """
    SELECT DISTINCT value FROM (SELECT tags FROM person ORDER BY member DESC LIMIT ?), json_each(tags)
    ORDER BY value"""


class PeopleSieve:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def among(
        self, after: int | None, looked_at: int, only: MemberFilter
    ) -> tuple[Sequence[MemberRow], int | None]:
        """Return whom a filter keeps of the next members by name, and the last looked at; None at the end."""
        rows = by_name_order(self._execute, _IDS_ALIKE, _IDS_BEYOND, after, looked_at)
        numbers = [row[0] for row in rows]
        return self.kept(numbers, only), None if len(numbers) < looked_at else numbers[-1]

    def stops(self, after: int | None, every: int, limit: int) -> Sequence[int]:
        """Return every so many-th of the members that follow by name; the end of them has no stop."""
        found: list[int] = []
        while len(found) < limit and (stop := self._stop(after, every)) is not None:
            found.append(stop)
            after = stop
        return found

    def _stop(self, after: int | None, every: int) -> int | None:
        key = "" if after is None else self._execute(_NAME_KEY, (after,)).fetchone()[0]
        sql = _STOP if key or after is None else _STOP_NAMELESS
        row = self._execute(sql, (key, after or 0, every - 1)).fetchone()
        if row is not None:
            return int(row[0])
        rows = by_name_order(self._execute, _IDS_ALIKE, _IDS_BEYOND, after, every)  # where the nameless begin
        return int(rows[-1][0]) if len(rows) == every else None

    def kept(self, members: Sequence[int], only: MemberFilter) -> Sequence[MemberRow]:
        """Return whom a filter keeps of some members, in their order."""
        place = {number: at for at, number in enumerate(members)}
        rows = sorted(_sieved(self._execute, members, only), key=lambda row: place[row[0]])
        return [MemberRow._make(row[:10]) for row in rows]

    def newest_tags(self, looked_at: int) -> Sequence[str]:
        """Return the tags in use among the newest members, each once."""
        return [row[0] for row in self._execute(_NEWEST_TAGS, (looked_at,))]


def joined(query: Any) -> Any:
    """Join what a row of a member is made of."""
    return query.join(m.Person, on=(m.Person.member == m.Member.id)).join(
        m.MemberState, on=(m.MemberState.member == m.Member.id)
    )


def by_name_order(execute: Execute, alike: Sql, beyond: Sql, after: int | None, limit: int) -> list[Any]:
    """Run two statements: those named as the member `after` is, then those beyond; the nameless come last."""
    key = "" if after is None else execute(_NAME_KEY, (after,)).fetchone()[0]
    last = after or 0
    rows: list[Any] = []
    if key or after is None:
        rows += execute(alike, (key, last, limit)) if key else ()
        rows += execute(beyond, (key, limit - len(rows)))
        last = 0
    rows += execute(alike, ("", last, limit - len(rows)))
    return rows


def _sieved(execute: Execute, members: Sequence[int], only: MemberFilter) -> list[Any]:
    """Return the rows of those a filter keeps, with birthday and tags at their end, in no order."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    for name in ("enrolled_from", "last_from", "last_until"):
        if (day := getattr(only, name)) is not None:
            asked.append((name, (day,)))
    asked += [("born", ())] if only.born else []
    asked += [("tagged", ())] if only.tagged else []
    asked += [("unit", (unit,)) for unit in only.units]
    if only.ending is not None:
        asked.append(("ending", only.ending))
    if only.level is not None:
        asked.append((f"level_{only.level.metric}", _level_values(only.level)))
    values = (dumps(list(members)), *(value for _, each in asked for value in each))
    rows = list(execute(_statement(tuple(name for name, _ in asked)), values))
    if only.born is not None:
        rows = [row for row in rows if only.born(row[10])]
    if only.tagged is not None:
        rows = [row for row in rows if only.tagged(loads(row[11]))]
    return rows


@cache
def _statement(asked: tuple[str, ...]) -> Sql:
    def query() -> Any:
        every = joined(m.Member.select(*FIELDS, m.Person.birthday, m.Person.tags))
        return every.where(m.Member.id.in_(slot()), *(_condition(name) for name in asked))

    return compiled(query).replace("IN ?", _LIST)


def _condition(name: str) -> Any:
    if name in _COUNTED:
        return _level(_COUNTED[name])
    conditions: dict[str, Callable[[], Any]] = {
        "enrolled_from": lambda: m.Member.enrolled_day >= slot(),
        "last_from": lambda: m.MemberState.last_visit_day >= slot(),
        "last_until": lambda: m.MemberState.last_visit_day <= slot(),
        "born": lambda: m.Person.birthday.is_null(False),
        "tagged": lambda: m.Person.tags != SQL("'[]'"),
        "unit": lambda: fn.EXISTS(_accounts().where(m.Account.unit == slot(), m.Account.balance > _SOME)),
        "ending": lambda: fn.EXISTS(
            _accounts()
            .join(m.Lot, on=(m.Lot.account == m.Account.id))
            .where(m.Lot.left > _SOME, m.Lot.expires_on.between(slot(), slot()))
        ),
    }
    return conditions[name]()


def _accounts() -> Any:
    return m.Account.select(SQL("1")).where(m.Account.holder == m.Member.id)


def _level(counts: Any) -> Any:
    stood = m.Standing.select(SQL("1")).where(
        m.Standing.member == m.Member.id, m.Standing.programme == slot(), m.Standing.level.in_(slot())
    )
    given = m.TierShield.select(SQL("1")).where(
        m.TierShield.member == m.Member.id,
        m.TierShield.programme == slot(),
        m.TierShield.level.in_(slot()),
        m.TierShield.until_day >= slot(),
    )
    counted = m.MemberDay.select(fn.IFNULL(fn.SUM(counts), _SOME)).where(
        m.MemberDay.member == m.Member.id, m.MemberDay.day.between(slot(), slot())
    )
    return fn.EXISTS(stood) | fn.EXISTS(given) | (counted >= slot())


def _level_values(level: LevelFilter) -> tuple[object, ...]:
    keys = dumps(list(level.keys), ensure_ascii=False)
    stood, given = (level.programme, keys), (level.programme, keys, level.day)
    return (*stood, *given, level.from_day, level.day, level.least)
