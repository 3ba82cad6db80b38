"""Discount codes: issued, used and given back by appending."""

from collections.abc import Sequence

from peewee import JOIN, fn

from loyalty_pos.app.ports import CodeRow, NewCode
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, ExecuteMany, compiled, inserting, slot

_FIND = compiled(
    m.Code.select(
        m.Code.id,
        m.Code.programme,
        m.Code.word,
        m.Code.member,
        m.Code.per_member,
        m.Code.expires_on,
        m.CodeVoid.posting.is_null(False),
    )
    .join(m.CodeVoid, JOIN.LEFT_OUTER, on=(m.CodeVoid.code == m.Code.id))
    .where(m.Code.code_hash == slot())
)
_LAST = compiled(m.Code.select(fn.MAX(m.Code.id)))
_DAYS = (
    m.CodeUse.select(m.Sale.business_day)
    .join(m.Sale, on=(m.Sale.posting == m.CodeUse.sale))
    .order_by(m.CodeUse.sale.desc())
)
_USED = compiled(_DAYS.where(m.CodeUse.code == slot(), m.CodeUse.given_back.is_null()))
_USED_BY = compiled(
    _DAYS.where(m.CodeUse.code == slot(), m.CodeUse.member == slot(), m.CodeUse.given_back.is_null())
)
_GIVE_BACK = compiled(
    m.CodeUse.update({m.CodeUse.given_back: slot()}).where(
        m.CodeUse.sale == slot(), m.CodeUse.code == slot(), m.CodeUse.given_back.is_null()
    )
)
_INSERT = inserting(m.Code)
_USE = inserting(m.CodeUse)
_VOID = inserting(m.CodeVoid)


class CodeStore:
    def __init__(self, execute: Execute, execute_many: ExecuteMany) -> None:
        self._execute, self._execute_many = execute, execute_many

    def next_id(self) -> int:
        return int(self._execute(_LAST, ()).fetchone()[0] or 0) + 1

    def add(self, codes: Sequence[NewCode], posting: int) -> None:
        self._execute_many(_INSERT, [(*code, posting) for code in codes])

    def find(self, code_hash: bytes) -> CodeRow | None:
        row = self._execute(_FIND, (code_hash,)).fetchone()
        return None if row is None else CodeRow._make((*row[:6], bool(row[6])))

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
