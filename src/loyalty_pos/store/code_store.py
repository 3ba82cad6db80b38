"""Discount codes: issued, used and given back by appending."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, SQL, Select, fn

from loyalty_pos.app.code_ports import CodeCounts, CodeIssue, CodeRow, CodeWorth, NewCode
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, ExecuteMany, compiled, inserting, slot
from loyalty_pos.store.families import of_family, survivor_of

_CODES = (
    m.Code.select(
        m.Code.id,
        m.Code.programme,
        m.Code.word,
        survivor_of(m.Code.member),
        m.Code.per_member,
        m.Code.expires_on,
        m.CodeVoid.posting.is_null(False),
        m.CodeWorth.worth_minor,
        m.CodeWorth.from_day,
        m.CodeWorth.sale,
        m.CodeWorth.revision,
    )
    .join(m.CodeVoid, JOIN.LEFT_OUTER, on=(m.CodeVoid.code == m.Code.id))
    .switch(m.Code)
    .join(m.CodeWorth, JOIN.LEFT_OUTER, on=(m.CodeWorth.code == m.Code.id))
)
_FIND = compiled(lambda: _CODES.where(m.Code.code_hash == slot()))
_GET = compiled(lambda: _CODES.where(m.Code.id == slot()))
_HASH = compiled(lambda: m.Code.select(m.Code.code_hash).where(m.Code.id == slot()))
_MADE_BY = compiled(lambda: _CODES.where(m.CodeWorth.sale == slot()).order_by(m.Code.id))
_OF_MEMBER = compiled(
    lambda: _CODES.where(
        of_family(m.Code.member), m.CodeWorth.code.is_null(False), m.CodeVoid.code.is_null()
    ).order_by(m.Code.id)
)
_SPENT_AT = compiled(
    lambda: (
        m.CodeUse.select(m.Sale.number)
        .join(m.Sale, on=(m.Sale.posting == m.CodeUse.sale))
        .where(m.CodeUse.code == slot(), m.CodeUse.given_back.is_null())
    )
)
_LAST = compiled(lambda: m.Code.select(fn.MAX(m.Code.id)))
_DAYS = (
    m.CodeUse.select(m.Sale.business_day)
    .join(m.Sale, on=(m.Sale.posting == m.CodeUse.sale))
    .order_by(m.CodeUse.sale.desc())
)
_USED = compiled(lambda: _DAYS.where(m.CodeUse.code == slot(), m.CodeUse.given_back.is_null()))
_USED_BY = compiled(
    lambda: _DAYS.where(m.CodeUse.code == slot(), of_family(m.CodeUse.member), m.CodeUse.given_back.is_null())
)
_GIVE_BACK = compiled(
    lambda: m.CodeUse.update({m.CodeUse.given_back: slot()}).where(
        m.CodeUse.sale == slot(), m.CodeUse.code == slot(), m.CodeUse.given_back.is_null()
    )
)
_STANDING = m.CodeUse.select(fn.COUNT(SQL("*"))).where(
    m.CodeUse.code == m.Code.id, m.CodeUse.given_back.is_null()
)
_EACH = m.Code.select(
    m.Code.posting,
    m.Code.programme,
    m.Code.word,
    m.Code.member,
    m.Code.per_member,
    m.Code.expires_on,
    m.CodeVoid.posting.is_null(False).alias("is_void"),
    _STANDING.alias("uses"),
).join(m.CodeVoid, JOIN.LEFT_OUTER, on=(m.CodeVoid.code == m.Code.id))
_SUMS = (
    fn.SUM(SQL("word IS NULL")),
    fn.SUM(SQL("word IS NULL AND uses > 0")),
    fn.SUM(SQL("word IS NULL AND uses = 0 AND is_void")),
    fn.SUM(SQL("word IS NULL AND uses = 0 AND NOT is_void AND expires_on IS NOT NULL AND expires_on < ?")),
    fn.SUM(SQL("CASE WHEN word IS NULL THEN 0 ELSE uses END")),
)


def _issues(each: Any) -> Any:
    """Gather codes by the posting that issued them, newest first; a day is asked for before `each`."""
    issued = each.alias("issued")
    terms = ("word", "member", "per_member", "expires_on", "is_void")
    return (
        Select(
            (issued,),
            (
                issued.c.posting,
                m.Posting.key,
                m.Posting.business_day,
                *(fn.MAX(getattr(issued.c, term)) for term in terms),
                *_SUMS,
            ),
        )
        .join(m.Posting, on=(m.Posting.seq == issued.c.posting))
        .group_by(issued.c.posting)
        .order_by(issued.c.posting.desc())
    )


_COUNTS = compiled(lambda: Select((_EACH.where(m.Code.programme == slot()).alias("issued"),), _SUMS))
_ISSUES = compiled(
    lambda: _issues(_EACH.where(m.Code.programme == slot(), m.Code.posting < slot())).limit(slot())
)
_ISSUE = compiled(lambda: _issues(_EACH.where(m.Code.posting == slot())))
_OPEN = compiled(
    lambda: (
        m.Code.select(m.Code.id)
        .join(m.CodeVoid, JOIN.LEFT_OUTER, on=(m.CodeVoid.code == m.Code.id))
        .where(
            m.Code.posting == slot(),
            m.CodeVoid.posting.is_null(),
            m.Code.word.is_null(False) | (SQL("0") == _STANDING),
        )
        .order_by(m.Code.id)
    )
)
_INSERT = inserting(m.Code)
_USE = inserting(m.CodeUse)
_VOID = inserting(m.CodeVoid)
_WORTH = inserting(m.CodeWorth)


class CodeStore:
    def __init__(self, execute: Execute, execute_many: ExecuteMany) -> None:
        self._execute, self._execute_many = execute, execute_many

    def next_id(self) -> int:
        return int(self._execute(_LAST, ()).fetchone()[0] or 0) + 1

    def add(self, codes: Sequence[NewCode], posting: int) -> None:
        self._execute_many(_INSERT, [(*code[:7], posting) for code in codes])
        if worth := [(code.id, *code.worth) for code in codes if code.worth is not None]:
            self._execute_many(_WORTH, worth)

    def find(self, code_hash: bytes) -> CodeRow | None:
        row = self._execute(_FIND, (code_hash,)).fetchone()
        return None if row is None else _row(row)

    def get(self, code: int) -> CodeRow:
        return _row(self._execute(_GET, (code,)).fetchone())

    def hash_of(self, code: int) -> bytes:
        return bytes(self._execute(_HASH, (code,)).fetchone()[0])

    def made_by(self, sale: int) -> Sequence[CodeRow]:
        return [_row(row) for row in self._execute(_MADE_BY, (sale,))]

    def of_member(self, member: int) -> Sequence[CodeRow]:
        return [_row(row) for row in self._execute(_OF_MEMBER, (member,))]

    def spent_at(self, code: int) -> int | None:
        row = self._execute(_SPENT_AT, (code,)).fetchone()
        return None if row is None else int(row[0])

    def used(self, code: int, member: int | None) -> Sequence[str]:
        """Return the business days of a code's uses that stand, newest first; of one member's, or of all."""
        if member is None:
            return [row[0] for row in self._execute(_USED, (code,))]
        return [row[0] for row in self._execute(_USED_BY, (code, member))]

    def use(self, code: int, sale: int, member: int | None, *, once: bool) -> None:
        self._execute(_USE, (sale, code, member, int(once), None))

    def give_back(self, sale: int, code: int, posting: int) -> None:
        """Note that a code came back with what it was used on (rules 31)."""
        self._execute(_GIVE_BACK, (posting, sale, code))

    def void(self, code: int, posting: int) -> None:
        """Take a code out of use for good."""
        self._execute(_VOID, (code, posting))

    def counts(self, programme: int, today: str) -> CodeCounts:
        """Count a programme's codes as of a business day."""
        return _counts(self._execute(_COUNTS, (today, programme)).fetchone())

    def issues(self, programme: int, today: str, before: int, limit: int) -> Sequence[CodeIssue]:
        """Return what was issued before the posting `before`, newest first."""
        return [_issue(row) for row in self._execute(_ISSUES, (today, programme, before, limit))]

    def issue(self, posting: int, today: str) -> CodeIssue:
        """Return what a posting issued."""
        return _issue(self._execute(_ISSUE, (today, posting)).fetchone())

    def open_of(self, posting: int) -> Sequence[int]:
        """Return those of the codes a posting issued that are neither void nor used up."""
        return [row[0] for row in self._execute(_OPEN, (posting,))]


def _counts(row: Sequence[Any]) -> CodeCounts:
    return CodeCounts._make(int(each or 0) for each in row)


def _issue(row: Sequence[Any]) -> CodeIssue:
    return CodeIssue._make((*row[:7], bool(row[7]), _counts(row[8:])))


def _row(row: Any) -> CodeRow:
    worth = None if row[7] is None else CodeWorth._make(row[7:])
    return CodeRow._make((*row[:6], bool(row[6]), worth))
