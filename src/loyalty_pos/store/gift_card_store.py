"""Gift cards: issued, spent from and given back to by appending entries."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, SQL, fn

from loyalty_pos.app.gift_card_ports import GiftCardMove, GiftCardRow, GivenSums, NewGiftCard
from loyalty_pos.store import models as m
from loyalty_pos.store.compiled import Execute, ExecuteMany, compiled, inserting, slot
from loyalty_pos.store.families import survivor_of


def _cards() -> Any:
    return m.GiftCard.select(
        m.GiftCard.id,
        m.GiftCard.face_minor,
        m.GiftCard.left_minor,
        m.GiftCard.sale,
        survivor_of(m.GiftCard.member),
        m.GiftCard.expires_on,
        m.GiftCardVoid.posting.is_null(False),
    ).join(m.GiftCardVoid, JOIN.LEFT_OUTER, on=(m.GiftCardVoid.card == m.GiftCard.id))


_FIND = compiled(
    lambda: (
        _cards()
        .switch(m.GiftCard)
        .join(m.GiftCardCode, on=(m.GiftCardCode.card == m.GiftCard.id))
        .where(m.GiftCardCode.code_hash == slot())
    )
)
_GET = compiled(lambda: _cards().where(m.GiftCard.id == slot()))
_HASH = compiled(lambda: m.GiftCardCode.select(m.GiftCardCode.code_hash).where(m.GiftCardCode.card == slot()))
_SOLD_AT = compiled(
    lambda: (
        _cards()
        .switch(m.GiftCard)
        .join(m.Posting, on=(m.Posting.seq == m.GiftCard.posting))
        .where(m.GiftCard.sale == slot(), m.Posting.kind == SQL("'gift_cards'"))
        .order_by(m.GiftCard.id)
    )
)
_GIVEN = compiled(
    lambda: (
        _cards()
        .where(m.GiftCard.sale.is_null(), m.GiftCard.id < slot())
        .order_by(m.GiftCard.id.desc())
        .limit(slot())
    )
)


def _sums() -> Any:
    open_now = (
        m.GiftCardVoid.posting.is_null()
        & (m.GiftCard.left_minor > SQL("0"))
        & (m.GiftCard.expires_on.is_null() | (m.GiftCard.expires_on >= slot()))
    )
    return (
        m.GiftCard.select(
            fn.COUNT(m.GiftCard.id),
            fn.IFNULL(fn.SUM(open_now), SQL("0")),
            fn.IFNULL(fn.SUM(fn.IIF(open_now, m.GiftCard.left_minor, SQL("0"))), SQL("0")),
        )
        .join(m.GiftCardVoid, JOIN.LEFT_OUTER, on=(m.GiftCardVoid.card == m.GiftCard.id))
        .where(m.GiftCard.sale.is_null())
    )


_GIVEN_SUMS = compiled(_sums)
_LAST = compiled(lambda: m.GiftCard.select(fn.MAX(m.GiftCard.id)))
_LAST_ENTRY = compiled(lambda: m.GiftCardEntry.select(fn.IFNULL(fn.MAX(m.GiftCardEntry.id), SQL("0"))))
_MOVES = compiled(
    lambda: (
        m.GiftCardEntry.select(
            m.GiftCardEntry.kind,
            m.GiftCardEntry.amount_minor,
            m.Posting.at_ms,
            m.Posting.business_day,
            fn.IFNULL(m.Sale.number, SQL("0")),
        )
        .join(m.Posting, on=(m.Posting.seq == m.GiftCardEntry.posting))
        .switch(m.GiftCardEntry)
        .join(m.Voided, JOIN.LEFT_OUTER, on=(m.Voided.posting == m.GiftCardEntry.posting))
        .switch(m.GiftCardEntry)
        .join(m.Refund, JOIN.LEFT_OUTER, on=(m.Refund.posting == m.GiftCardEntry.posting))
        .switch(m.GiftCardEntry)
        .join(m.GiftCard, on=(m.GiftCard.id == m.GiftCardEntry.card))
        .join(
            m.Sale,
            JOIN.LEFT_OUTER,
            on=(
                m.Sale.posting
                == fn.COALESCE(
                    m.Voided.sale,
                    m.Refund.sale,
                    fn.IIF(
                        m.GiftCardEntry.kind == SQL("'accrual'"), m.GiftCard.sale, m.GiftCardEntry.posting
                    ),
                )
            ),
        )
        .where(m.GiftCardEntry.card == slot())
        .order_by(m.GiftCardEntry.id)
    )
)
_TAKEN = compiled(
    lambda: m.GiftCardEntry.select(m.GiftCardEntry.id).where(
        m.GiftCardEntry.posting == slot(),
        m.GiftCardEntry.card == slot(),
        m.GiftCardEntry.kind == SQL("'redemption'"),
    )
)
_ISSUED = compiled(
    lambda: m.GiftCardEntry.select(m.GiftCardEntry.id, m.GiftCardEntry.amount_minor).where(
        m.GiftCardEntry.card == slot(), m.GiftCardEntry.kind == SQL("'accrual'")
    )
)
_INSERT = inserting(m.GiftCard)
_INSERT_CODE = inserting(m.GiftCardCode)
_INSERT_ENTRY = inserting(m.GiftCardEntry)
_INSERT_VOID = inserting(m.GiftCardVoid)


class GiftCardStore:
    def __init__(self, execute: Execute, execute_many: ExecuteMany) -> None:
        self._execute, self._execute_many = execute, execute_many

    def next_id(self) -> int:
        return int(self._execute(_LAST, ()).fetchone()[0] or 0) + 1

    def add(self, cards: Sequence[NewGiftCard], posting: int) -> None:
        rows = [(one.id, one.face_minor, 0, one.sale, one.member, one.expires_on, posting) for one in cards]
        self._execute_many(_INSERT, rows)
        self._execute_many(_INSERT_CODE, [(one.code_hash, one.id, posting) for one in cards])
        first = self._next_entry()
        entries = [
            (first + place, posting, one.id, one.face_minor, "accrual", None)
            for place, one in enumerate(cards)
        ]
        self._execute_many(_INSERT_ENTRY, entries)

    def find(self, code_hash: bytes) -> GiftCardRow | None:
        row = self._execute(_FIND, (code_hash,)).fetchone()
        return None if row is None else _row(row)

    def get(self, card: int) -> GiftCardRow:
        return _row(self._execute(_GET, (card,)).fetchone())

    def hash_of(self, card: int) -> bytes:
        return bytes(self._execute(_HASH, (card,)).fetchone()[0])

    def moves(self, card: int) -> Sequence[GiftCardMove]:
        return [GiftCardMove._make(row) for row in self._execute(_MOVES, (card,))]

    def given(self, before: int, limit: int) -> Sequence[GiftCardRow]:
        return [_row(row) for row in self._execute(_GIVEN, (before, limit))]

    def given_sums(self, day: str) -> GivenSums:
        return GivenSums._make(self._execute(_GIVEN_SUMS, (day, day)).fetchone())

    def spend(self, card: int, amount_minor: int, posting: int) -> None:
        self._enter(posting, card, -amount_minor, "redemption", None)

    def give_back(self, sale: int, card: int, amount_minor: int, posting: int) -> None:
        entry = self._execute(_TAKEN, (sale, card)).fetchone()[0]
        self._enter(posting, card, amount_minor, "reversal", entry)

    def sold_at(self, sale: int) -> Sequence[GiftCardRow]:
        return [_row(row) for row in self._execute(_SOLD_AT, (sale,))]

    def take_back(self, card: int, posting: int) -> None:
        entry, face = self._execute(_ISSUED, (card,)).fetchone()
        self._enter(posting, card, -face, "reversal", entry)
        self.void(card, posting)

    def void(self, card: int, posting: int) -> None:
        self._execute(_INSERT_VOID, (card, posting))

    def _enter(self, posting: int, card: int, amount: int, kind: str, reverses: int | None) -> None:
        self._execute(_INSERT_ENTRY, (self._next_entry(), posting, card, amount, kind, reverses))

    def _next_entry(self) -> int:
        return int(self._execute(_LAST_ENTRY, ()).fetchone()[0]) + 1


def _row(row: Any) -> GiftCardRow:
    return GiftCardRow._make((*row[:6], bool(row[6])))
