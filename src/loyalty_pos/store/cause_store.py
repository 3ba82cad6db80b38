"""The causes the shop gives to: pledged by sales, taken back with them, settled."""

from collections.abc import Iterable, Sequence

from peewee import SQL, fn

from loyalty_pos.app.cause_port import CauseRow
from loyalty_pos.domain.money import MICRO
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot

_GET = compiled(
    lambda: m.Cause.select(m.Cause.id, m.Cause.name, m.Cause.pledged_micro, m.Cause.settled_minor).where(
        m.Cause.name == slot()
    )
)
_ALL = compiled(
    lambda: m.Cause.select(m.Cause.id, m.Cause.name, m.Cause.pledged_micro, m.Cause.settled_minor).order_by(
        m.Cause.name
    )
)
_Back = m.CauseEntry.alias()
_BACK = (
    _Back.select(fn.IFNULL(fn.SUM(_Back.amount_micro), SQL("0")))
    .where(_Back.reverses == m.CauseEntry.id)
)  # fmt: skip
_PURCHASES = compiled(
    lambda: m.CauseEntry.select(fn.COUNT(m.CauseEntry.posting.distinct())).where(
        m.CauseEntry.cause == slot(),
        m.CauseEntry.kind == SQL("'accrual'"),
        m.CauseEntry.amount_micro + _BACK > SQL("0"),
    )
)
_LAST = compiled(lambda: m.Cause.select(fn.IFNULL(fn.MAX(m.Cause.id), SQL("0"))))
_LAST_ENTRY = compiled(lambda: m.CauseEntry.select(fn.IFNULL(fn.MAX(m.CauseEntry.id), SQL("0"))))
_ACCRUAL = compiled(
    lambda: m.CauseEntry.select(m.CauseEntry.id).where(
        m.CauseEntry.posting == slot(), m.CauseEntry.cause == slot(), m.CauseEntry.kind == SQL("'accrual'")
    )
)
_SETTLEMENTS = compiled(
    lambda: (
        m.Posting.select(m.Posting.key)
        .join(m.CauseEntry, on=(m.CauseEntry.posting == m.Posting.seq))
        .where(m.CauseEntry.cause == slot(), m.CauseEntry.kind == SQL("'settlement'"))
        .order_by(m.Posting.seq.desc())
        .limit(slot())
    )
)
_ADD = inserting(m.Cause)
_ENTER = inserting(m.CauseEntry)


class CauseStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def all(self) -> Sequence[CauseRow]:
        """Return every cause that was ever pledged to, by name."""
        return [self._row(row) for row in self._execute(_ALL, ()).fetchall()]

    def sums(self) -> Sequence[CauseRow]:
        return [CauseRow(*row[1:]) for row in self._execute(_ALL, ()).fetchall()]

    def get(self, name: str) -> CauseRow | None:
        row = self._execute(_GET, (name,)).fetchone()
        return None if row is None else self._row(row)

    def pledge(self, posting: int, pledges: Iterable[tuple[str, int]]) -> None:
        """Add what a posting pledged, in millionths, by cause."""
        for name, micros in pledges:
            self._enter(posting, self._number(name), micros, "accrual", None)

    def take_back(self, posting: int, sale: int, pledges: Iterable[tuple[str, int]]) -> None:
        """Take back, in millionths, what of a sale's pledges another posting reverses."""
        for name, micros in pledges:
            cause = self._number(name)
            (target,) = self._execute(_ACCRUAL, (sale, cause)).fetchone()
            self._enter(posting, cause, -micros, "reversal", target)

    def settle(self, posting: int, name: str, amount_minor: int) -> None:
        self._enter(posting, self._number(name), amount_minor * MICRO, "settlement", None)

    def settlements(self, name: str, limit: int) -> Sequence[str]:
        """Return the keys of a cause's settlements, newest first."""
        return [key for (key,) in self._execute(_SETTLEMENTS, (self._number(name), limit)).fetchall()]

    def _row(self, row: tuple[int, str, int, int]) -> CauseRow:
        (purchases,) = self._execute(_PURCHASES, (row[0],)).fetchone()
        return CauseRow(*row[1:], purchases)

    def _number(self, name: str) -> int:
        """Return the number of a cause, a new one when nothing was pledged to it before."""
        row = self._execute(_GET, (name,)).fetchone()
        if row is not None:
            return int(row[0])
        number = int(self._execute(_LAST, ()).fetchone()[0]) + 1
        self._execute(_ADD, (number, name, 0, 0))
        return number

    def _enter(self, posting: int, cause: int, micros: int, kind: str, reverses: int | None) -> None:
        (last,) = self._execute(_LAST_ENTRY, ()).fetchone()
        self._execute(_ENTER, (last + 1, posting, cause, micros, kind, reverses))
