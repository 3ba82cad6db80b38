"""Sales on account on disk: what is still to be paid, and every payment (rules 20)."""

from collections.abc import Sequence

from peewee import SQL, fn

from loyalty_pos.app.account_port import Payment
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, compiled, inserting, slot
from loyalty_pos.store.families import of_family

_OPEN = inserting(m.OnAccount)
_PAY = inserting(m.Settlement)
_LEAVE = compiled(
    lambda: m.OnAccount.update({m.OnAccount.left_minor: slot()}).where(m.OnAccount.sale == slot())
)
_PAYMENTS = compiled(
    lambda: (
        m.Settlement.select(m.Settlement.posting, m.Settlement.amount_minor, m.Posting.record)
        .join(m.Posting, on=(m.Posting.seq == m.Settlement.posting))
        .where(m.Settlement.sale == slot())
        .order_by(m.Settlement.posting)
    )
)
_LEFT = compiled(lambda: m.OnAccount.select(m.OnAccount.left_minor).where(m.OnAccount.sale == slot()))
_LEFT_OF_MEMBER = compiled(
    lambda: m.OnAccount.select(fn.IFNULL(fn.SUM(m.OnAccount.left_minor), SQL("0"))).where(
        of_family(m.OnAccount.member), m.OnAccount.left_minor > SQL("0")
    )
)


class AccountStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def open(self, sale: int, member: int, due_minor: int) -> None:
        """Note that what is due of a sale is paid later."""
        self._execute(_OPEN, (sale, member, due_minor, due_minor))

    def pay(self, sale: int, posting: int, amount_minor: int) -> None:
        self._execute(_PAY, (posting, sale, amount_minor))

    def leave(self, sale: int, left_minor: int) -> None:
        """Note what is still to be paid of a sale."""
        self._execute(_LEAVE, (left_minor, sale))

    def payments(self, sale: int) -> Sequence[Payment]:
        """Return the payments of a sale, first ones first."""
        return [Payment._make(row) for row in self._execute(_PAYMENTS, (sale,))]

    def left(self, sale: int) -> int:
        """Return what is still to be paid of a sale."""
        return int(self._execute(_LEFT, (sale,)).fetchone()[0])

    def left_of_member(self, member: int) -> int:
        """Sum what a member still has to pay."""
        return int(self._execute(_LEFT_OF_MEMBER, (member,)).fetchone()[0])
