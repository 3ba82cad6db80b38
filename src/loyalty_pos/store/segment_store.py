"""The lists of segments made by hand."""

from collections.abc import Sequence

from peewee import SQL, fn

from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot

_OF_MEMBER = compiled(
    lambda: m.SegmentMember.select(m.SegmentMember.programme).where(m.SegmentMember.member == slot())
)
_PAGE = compiled(
    lambda: (
        m.SegmentMember.select(m.SegmentMember.member)
        .where(m.SegmentMember.programme == slot(), m.SegmentMember.member > slot())
        .order_by(m.SegmentMember.member)
        .limit(slot())
    )
)
_COUNT = compiled(
    lambda: m.SegmentMember.select(fn.COUNT(SQL("*"))).where(m.SegmentMember.programme == slot())
)
_ADD = inserting(m.SegmentMember)
_REMOVE = compiled(
    lambda: m.SegmentMember.delete().where(
        m.SegmentMember.programme == slot(), m.SegmentMember.member == slot()
    )
)


class SegmentStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def of_member(self, member: int) -> frozenset[int]:
        """Return the programme numbers of the segments on whose list a member is."""
        return frozenset(row[0] for row in self._execute(_OF_MEMBER, (member,)))

    def page(self, programme: int, after: int, limit: int) -> Sequence[int]:
        """Return who is on a list after the member `after`, first enrolled first."""
        return [row[0] for row in self._execute(_PAGE, (programme, after, limit))]

    def count(self, programme: int) -> int:
        return int(self._execute(_COUNT, (programme,)).fetchone()[0])

    def add(self, programme: int, member: int, posting: int) -> None:
        self._execute(_ADD, (programme, member, posting))

    def remove(self, programme: int, member: int) -> None:
        self._execute(_REMOVE, (programme, member))
