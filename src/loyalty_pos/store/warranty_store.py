"""The sales that gave a warranty, by whoever may ask for it again."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, SQL

from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, Sql, compiled, inserting, slot
from loyalty_pos.store.families import of_family


def _kept() -> Any:
    return (
        m.Warranty.select(m.Sale.sale_id)
        .join(m.Sale, on=(m.Sale.posting == m.Warranty.sale))
        .join(m.Voided, JOIN.LEFT_OUTER, on=(m.Voided.sale == m.Sale.posting))
        .switch(m.Sale)
        .join(m.Attached, JOIN.LEFT_OUTER, on=(m.Attached.sale == m.Sale.posting))
        .where(m.Voided.posting.is_null())
    )


_OF_BUYER = compiled(lambda: _kept().where(of_family(m.Sale.member)))
_OF_NAMED_LATER = compiled(lambda: _kept().where(of_family(m.Attached.member)))
# The index of contacts knows only those that were given, so the condition is repeated.
_UNDER = compiled(
    lambda: _kept().where(m.Warranty.contact_key == slot(), m.Warranty.contact_key != SQL("''"))
)
_CONTACT = compiled(lambda: m.Warranty.select(m.Warranty.contact).where(m.Warranty.sale == slot()))
_ADD = inserting(m.Warranty)
_FORGET = compiled(
    lambda: m.Warranty.update({m.Warranty.contact: slot(), m.Warranty.contact_key: slot()}).where(
        m.Warranty.sale == slot()
    )
)


class WarrantyStore:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def add(self, sale: int, contact: str, contact_key: str) -> None:
        self._execute(_ADD, (sale, contact, contact_key))

    def forget(self, sale: int) -> None:
        """Forget whom a sale's warranty was found under."""
        self._execute(_FORGET, ("", "", sale))

    def contact(self, sale: int) -> str:
        """Return whom a sale's warranty is found under; empty when nobody was named."""
        return str(self._execute(_CONTACT, (sale,)).fetchone()[0])

    def of_member(self, member: int) -> Sequence[str]:
        """Return the kept sales of a member that gave a warranty, by their keys."""
        return [*self._keys(_OF_BUYER, member), *self._keys(_OF_NAMED_LATER, member)]

    def under(self, contact_key: str) -> Sequence[str]:
        """Return the kept sales whose warranty is found under a contact, by their keys."""
        return self._keys(_UNDER, contact_key)

    def _keys(self, sql: Sql, value: object) -> list[str]:
        return [row[0] for row in self._execute(sql, (value,))]
