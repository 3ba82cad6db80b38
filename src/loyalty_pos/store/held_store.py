"""Sales on hold, kept and released by appending."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, fn

from loyalty_pos.app.hold_ports import Hold
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot
from loyalty_pos.store.families import of_family

_FIELDS = (
    m.Held.key,
    m.Held.request_hash,
    m.Held.member,
    m.Held.request,
    m.Held.reserved,
    m.Held.due_minor,
    m.Held.till,
    m.Held.actor,
    m.Held.at_ms,
    m.Held.until_ms,
    m.Released.key,
)


def _held(*fields: Any) -> Any:
    return m.Held.select(*fields).join(m.Released, JOIN.LEFT_OUTER, on=(m.Released.hold == m.Held.id))


_BY_KEY = compiled(lambda: _held(*_FIELDS).where(m.Held.key == slot()))
_OPEN = compiled(
    lambda: _held(*_FIELDS).where(m.Released.hold.is_null()).order_by(m.Held.id.desc()).limit(slot())
)
_RESERVED = compiled(
    lambda: _held(m.Held.reserved).where(
        of_family(m.Held.member), m.Held.until_ms > slot(), m.Released.hold.is_null()
    )
)
_RESERVING = compiled(
    lambda: _held(m.Held.reserved).where(m.Held.until_ms > slot(), m.Released.hold.is_null())
)
_ANY = "SELECT 1 FROM held WHERE until_ms > ? LIMIT 1"
_ID = compiled(lambda: m.Held.select(m.Held.id).where(m.Held.key == slot()))
_LAST = compiled(lambda: m.Held.select(fn.MAX(m.Held.id)))
_INSERT = inserting(m.Held)
_RELEASE = inserting(m.Released)


class HeldStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add(self, hold: Hold) -> None:
        number = int(self._execute(_LAST, ()).fetchone()[0] or 0) + 1
        values = (
            number,
            hold.key,
            hold.request_hash,
            hold.member,
            hold.request,
            hold.reserved,
            hold.due_minor,
            hold.till,
            hold.actor,
            hold.at_ms,
            hold.until_ms,
        )
        self._execute(_INSERT, values)

    def by_key(self, key: str) -> Hold | None:
        row = self._execute(_BY_KEY, (key,)).fetchone()
        return None if row is None else _hold(row)

    def open(self, limit: int) -> Sequence[Hold]:
        """Return what is on hold, newest first, whether it still reserves anything or not."""
        return [_hold(row) for row in self._execute(_OPEN, (limit,))]

    def reserved(self, member: int, now_ms: int) -> Sequence[str]:
        """Return what a member's sales on hold reserve now, one JSON text each."""
        if self._execute(_ANY, (now_ms,)).fetchone() is None:
            return ()  # as nearly always: it takes a third of asking for one member's
        return [row[0] for row in self._execute(_RESERVED, (member, now_ms))]

    def reserving(self, now_ms: int) -> Sequence[str]:
        """Return what all sales on hold reserve now, one JSON text each."""
        return [row[0] for row in self._execute(_RESERVING, (now_ms,))]

    def release(self, key: str, by: str, at_ms: int) -> None:
        hold = self._execute(_ID, (key,)).fetchone()[0]
        self._execute(_RELEASE, (hold, by, at_ms))


def _hold(row: Any) -> Hold:
    return Hold(row[0], bytes(row[1]), *row[2:])
