"""What programmes with limits gave so far: one counter in all, and one per member and day (rules 31)."""

from collections.abc import Sequence
from json import dumps

from peewee import SQL, fn

from loyalty_pos.domain.limits import Usage
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot

_ALL = compiled(
    lambda: m.ProgrammeUse.select(m.ProgrammeUse.times, m.ProgrammeUse.spent_minor).where(
        m.ProgrammeUse.programme == slot()
    )
)
_OF_MEMBER = compiled(
    lambda: m.MemberUse.select(
        fn.IFNULL(fn.SUM(m.MemberUse.times), SQL("0")),
        fn.IFNULL(fn.SUM(m.MemberUse.times).filter(m.MemberUse.day == slot()), SQL("0")),
    ).where(m.MemberUse.programme == slot(), m.MemberUse.member == slot())
)
_MOVE = (
    compiled(
        lambda: m.ProgrammeUse.update(
            {
                m.ProgrammeUse.times: m.ProgrammeUse.times + slot(),
                m.ProgrammeUse.spent_minor: m.ProgrammeUse.spent_minor + slot(),
            }
        ).where(m.ProgrammeUse.programme == slot())
    )
    + " RETURNING programme"
)
_ADD = inserting(m.MemberUse) + (
    " ON CONFLICT (programme, member, day) DO UPDATE SET times = times + excluded.times"
)
_TAKE = compiled(
    lambda: m.MemberUse.update({m.MemberUse.times: m.MemberUse.times + slot()}).where(
        m.MemberUse.programme == slot(), m.MemberUse.member == slot(), m.MemberUse.day == slot()
    )
)
_FORGET = (
    compiled(lambda: m.MemberUse.delete().where(m.MemberUse.programme == slot())),
    compiled(lambda: m.ProgrammeUse.delete().where(m.ProgrammeUse.programme == slot())),
)
_COUNT = (
    "INSERT INTO programme_use SELECT ?1, ifnull(sum(times), 0), ifnull(sum(spent_minor), 0)"
    " FROM told_use WHERE programme = ?1",
    "INSERT INTO member_use SELECT ?1, ifnull((SELECT a.survivor FROM alias a WHERE a.member = t.member),"
    " t.member), day, sum(times) FROM told_use t WHERE programme = ?1 AND member IS NOT NULL GROUP BY 2, 3",
)
_COUNT_MEMBERS = (
    "DELETE FROM member_use WHERE member IN (SELECT value FROM json_each(?))",
    "INSERT INTO member_use SELECT programme, ifnull((SELECT a.survivor FROM alias a WHERE a.member ="
    " t.member), t.member), day, sum(times) FROM told_use t WHERE member IN (SELECT value FROM json_each(?1)"
    " UNION SELECT member FROM alias WHERE survivor IN (SELECT value FROM json_each(?1)))"
    " AND programme IN (SELECT programme FROM programme_use) GROUP BY 1, 2, 3",
)


class UseStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def of(self, programme: int, member: int | None, day: str) -> Usage:
        """Return what a programme gave: in all, and to a member ever and on one day."""
        row = self._execute(_ALL, (programme,)).fetchone()
        times, spent = row or (0, 0)
        ever, today = (
            (0, 0) if member is None else self._execute(_OF_MEMBER, (day, programme, member)).fetchone()
        )
        return Usage(times, ever, today, spent)

    def move(self, programme: int, member: int | None, day: str, times: int, spent_minor: int) -> None:
        """Count a use, or with negative numbers give it back; a programme without limits is not counted."""
        counted = self._execute(_MOVE, (times, spent_minor, programme)).fetchall()
        if not counted or member is None or not times:
            return
        if times < 0:  # an insert would be refused before it could turn into an update
            self._execute(_TAKE, (times, programme, member, day))
        else:
            self._execute(_ADD, (programme, member, day, times))

    def count_anew(self, programme: int) -> None:
        """Begin to count a programme, from everything its kept sales say they used of it."""
        self.stop(programme)
        for statement in _COUNT:
            self._execute(statement, (programme,))

    def count_members_anew(self, members: Sequence[int]) -> None:
        """Count anew what members had, each with everybody merged into them."""
        for statement in _COUNT_MEMBERS:
            self._execute(statement, (dumps(list(members)),))

    def stop(self, programme: int) -> None:
        for statement in _FORGET:
            self._execute(statement, (programme,))
