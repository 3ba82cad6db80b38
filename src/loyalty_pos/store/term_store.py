"""Memberships and contracts, and what purchases brought in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SQL, fn

from loyalty_pos.app.term_port import TermMove, TermRow
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, Sql, compiled, inserting, slot
from loyalty_pos.store.families import of_family, survivor_of


def _terms(member: Any = m.Term.member) -> Any:
    return m.Term.select(
        m.Term.posting,
        m.Posting.key,
        member,
        m.Term.programme,
        m.Term.revision,
        m.Term.fee_minor,
        m.Term.from_day,
        m.Term.until_day,
        m.Term.good_until,
        m.Term.ended,
        m.Term.visits,
        m.Term.spend_minor,
        m.Term.given_minor,
        m.Term.extra_minor,
    ).join(m.Posting, on=(m.Posting.seq == m.Term.posting))


_OF_MEMBER = compiled(lambda: _terms().where(of_family(m.Term.member)).order_by(m.Term.posting))
_GET = compiled(lambda: _terms().where(m.Term.posting == slot()))
_RUNNING = compiled(
    lambda: (
        _terms()
        .where(
            of_family(m.Term.member),
            m.Term.ended.is_null(),
            m.Term.from_day <= slot(),
            m.Term.good_until >= slot(),
        )
        .order_by(m.Term.posting)
    )
)
_Later = m.Term.alias()
_LAPSED = compiled(
    lambda: (
        _terms(survivor_of(m.Term.member))
        .where(
            m.Term.programme == slot(),
            m.Term.good_until < slot(),
            m.Term.ended.is_null(),
            ~fn.EXISTS(
                _Later.select(SQL("1")).where(
                    _Later.member.in_(
                        m.Family.select(m.Family.member).where(
                            m.Family.survivor == survivor_of(m.Term.member)
                        )
                    ),
                    _Later.programme == m.Term.programme,
                    _Later.ended.is_null(),
                    (_Later.good_until > m.Term.good_until)
                    | ((_Later.good_until == m.Term.good_until) & (_Later.posting > m.Term.posting)),
                )
            ),
        )
        .order_by(m.Term.good_until.desc(), m.Term.posting.desc())
        .limit(slot())
    )
)
_ADD = inserting(m.Term)
_MOVE = inserting(m.TermEntry)
_END = compiled(lambda: m.Term.update({m.Term.ended: slot()}).where(m.Term.posting == slot()))


class TermStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def of_member(self, member: int) -> Sequence[TermRow]:
        """Return every term a member ever had, oldest first."""
        return self._rows(_OF_MEMBER, member)

    def running(self, member: int, day: str) -> Sequence[TermRow]:
        """Return the terms of a member that hold on a day and were not ended."""
        return self._rows(_RUNNING, member, day, day)

    def get(self, term: int) -> TermRow:
        return self._rows(_GET, term)[0]

    def begin(self, term: TermRow) -> None:
        days = (term.from_day, term.until_day, term.good_until)
        what = (term.posting, term.member, term.programme, term.revision, term.fee_minor)
        self._execute(_ADD, (*what, *days, None, 0, 0, 0, 0))

    def end(self, term: int, posting: int) -> None:
        self._execute(_END, (posting, term))

    def move(self, posting: int, moves: Iterable[TermMove]) -> None:
        for move in moves:
            self._execute(_MOVE, (posting, *move))

    def lapsed(self, programme: int, day: str, limit: int) -> Sequence[TermRow]:
        """Return the last term of every member of a programme whose last one held until before a day."""
        return self._rows(_LAPSED, programme, day, limit)

    def _rows(self, sql: Sql, *values: object) -> list[TermRow]:
        return [TermRow(*row) for row in self._execute(sql, values).fetchall()]
