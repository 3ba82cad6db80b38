"""The ledger on disk: postings sealed in a chain, lots, and signed entries over them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from peewee import SQL, fn

from loyalty_pos.app.ports import HistoryRow, LotEnd, LotOrigin, Posting, StoredPosting
from loyalty_pos.domain.ledger import Account, Holdings, Lot, Movement, Pile
from loyalty_pos.domain.take_back import Entry
from loyalty_pos.domain.tuples import made
from loyalty_pos.store import models as m
from loyalty_pos.store.chain import START, KeyRing, Seal
from loyalty_pos.store.compiled import Execute, Sql, compiled, insert_rows, inserting, slot
from loyalty_pos.store.families import of_family

LOT_UNITS = ("points", "credit", "reward")

_LOT_FIELDS = (
    m.Lot.id,
    m.Account.unit,
    m.Account.programme,
    m.Lot.left,
    m.Lot.available_from_ms,
    m.Lot.expires_on,
    m.Lot.revision,
    m.Lot.posting,
)
_NOTHING = SQL("0")
"""Written out: with a value that comes at run time SQLite may not use the index of open lots."""
_OPEN = m.Lot.left > _NOTHING
_OPEN_LOTS = compiled(
    lambda: (
        m.Lot.select(*_LOT_FIELDS)
        .join(m.Account, on=(m.Account.id == m.Lot.account))
        .where(m.Account.holder == slot(), _OPEN)
    )
)
_OPEN_LOTS_OF_UNIT = compiled(
    lambda: (
        m.Lot.select(*_LOT_FIELDS)
        .join(m.Account, on=(m.Account.id == m.Lot.account))
        .where(m.Account.holder == slot(), m.Account.unit == slot(), _OPEN)
    )
)


def _lots_left(*conditions: Any) -> Any:
    return m.Lot.select(fn.IFNULL(fn.SUM(m.Lot.left), _NOTHING)).where(
        m.Lot.account == m.Account.id, _OPEN, *conditions
    )


def _sums(held: Any, *also: Any) -> Any:
    # Few lots are ever pending or expired, so the rest of a balance needs no look at any lot.
    return m.Account.select(
        m.Account.unit,
        m.Account.programme,
        m.Account.balance,
        _lots_left(
            m.Lot.available_from_ms > slot(), m.Lot.expires_on.is_null() | (m.Lot.expires_on >= slot())
        ),
        _lots_left(m.Lot.expires_on < slot()),
        *also,
    ).where(held, m.Account.balance > _NOTHING)


_SUMS = compiled(lambda: _sums(m.Account.holder == slot()))


@cache
def _sums_of(members: int) -> Sql:
    return compiled(lambda: _sums(m.Account.holder.in_([slot()] * members), m.Account.holder))


_TOUCHED_LOTS = compiled(
    lambda: (
        m.Lot.select(*_LOT_FIELDS)
        .join(m.Account, on=(m.Account.id == m.Lot.account))
        .where(m.Lot.id.in_(m.Entry.select(m.Entry.lot).where(m.Entry.posting == slot())))
    )
)
_Back, _Own = m.Entry.alias(), m.Entry.alias()
_EXPIRED = compiled(
    lambda: (
        m.Entry.select(
            m.Entry.lot,
            m.Entry.id,
            _NOTHING
            - m.Entry.amount
            - _Back.select(fn.IFNULL(fn.SUM(_Back.amount), _NOTHING)).where(_Back.reverses == m.Entry.id),
        )
        .where(
            m.Entry.kind == SQL("'expiry'"),
            m.Entry.lot.in_(
                _Own.select(_Own.lot)
                .join(m.Lot, on=((m.Lot.id == _Own.lot) & (m.Lot.posting == _Own.posting)))
                .where(_Own.posting == slot())
            ),
        )
        .order_by(m.Entry.id)
    )
)
"""What was written off the lots a posting opened, and not taken back since."""
_ACCOUNTS = compiled(
    lambda: m.Account.select(
        m.Account.id, m.Account.unit, m.Account.programme, m.Account.balance, m.Account.member
    ).where(m.Account.holder == slot())
)
_ENTRIES = compiled(
    lambda: (
        m.Entry.select(
            m.Entry.id, m.Account.unit, m.Account.programme, m.Entry.amount, m.Entry.kind, m.Entry.lot
        )
        .join(m.Account, on=(m.Account.id == m.Entry.account))
        .where(m.Entry.posting == slot())
        .order_by(m.Entry.id)
    )
)
_POSTING = compiled(
    lambda: m.Posting.select(
        m.Posting.seq,
        m.Posting.key,
        m.Posting.request_hash,
        m.Posting.kind,
        m.Posting.record,
        m.Posting.member,
        m.Posting.at_ms,
        m.Posting.business_day,
        m.Posting.till,
        m.Posting.actor,
    ).where(m.Posting.key == slot())
)
_ENDS = compiled(
    lambda: (
        m.Posting.select(
            m.Posting.seq,
            m.Posting.epoch,
            m.Posting.hash,
            m.Account.select(fn.IFNULL(fn.MAX(m.Account.id), _NOTHING)),
            m.Lot.select(fn.IFNULL(fn.MAX(m.Lot.id), _NOTHING)),
            m.Entry.select(fn.IFNULL(fn.MAX(m.Entry.id), _NOTHING)),
        )
        .order_by(m.Posting.seq.desc())
        .limit(slot())
    )
)
"""The last posting, and the last number of each table a posting adds to."""
_LAST_OF_MEMBER = compiled(
    lambda: (
        m.Posting.select(m.Posting.seq)
        .where(m.Posting.member == slot())
        .order_by(m.Posting.seq.desc())
        .limit(slot())
    )
)
_HISTORY = compiled(
    lambda: (
        m.Posting.select(
            m.Posting.seq,
            m.Posting.key,
            m.Posting.kind,
            m.Posting.at_ms,
            m.Posting.business_day,
            m.Posting.till,
            m.Posting.actor,
            m.Posting.record,
            m.Voided.posting,
        )
        .left_outer_join(m.Voided, on=(m.Voided.sale == m.Posting.seq))
        .where(m.Posting.member == slot(), m.Posting.seq < slot())
        .order_by(m.Posting.seq.desc())
        .limit(slot())
    )
)
_FAMILY = compiled(lambda: m.Family.select(m.Family.member).where(m.Family.survivor == slot()))
_LOT_ACCOUNT = compiled(lambda: m.Lot.select(m.Lot.account).where(m.Lot.id == slot()))
_ALL_OF_IT = 2**63 - 1
_ORIGINS = compiled(
    lambda: (
        m.Lot.select(m.Lot.id, m.Sale.sale_id, m.Voucher.lot)
        .join(m.Account, on=(m.Account.id == m.Lot.account))
        .switch(m.Lot)
        .left_outer_join(m.Attached, on=(m.Attached.posting == m.Lot.posting))
        .switch(m.Lot)
        .left_outer_join(m.Sale, on=(m.Sale.posting == fn.IFNULL(m.Attached.sale, m.Lot.posting)))
        .switch(m.Lot)
        .left_outer_join(m.Voucher, on=(m.Voucher.lot == m.Lot.id))
        .where(m.Account.holder == slot(), _OPEN)
    )
)
_VOUCHER = compiled(
    lambda: (
        m.Voucher.select(m.Account.holder, m.Lot.id, m.Lot.left, m.Voucher.posting)
        .join(m.Lot, on=(m.Lot.id == m.Voucher.lot))
        .join(m.Account, on=(m.Account.id == m.Lot.account))
        .where(m.Voucher.code_hash == slot())
    )
)
_NEWEST_VOUCHER = compiled(
    lambda: (
        m.Voucher.select(m.Voucher.posting)
        .where(m.Voucher.lot == slot())
        .order_by(m.Voucher.posting.desc())
        .limit(slot())
    )
)
_LOT_END = compiled(
    lambda: (
        m.Lot.select(m.Lot.left, m.Lot.expires_on, m.Account.holder)
        .join(m.Account, on=(m.Account.id == m.Lot.account))
        .where(m.Lot.id == slot())
    )
)
_LOT_USED = compiled(
    lambda: (
        m.Posting.select(m.Posting.business_day, m.Entry.kind)
        .join(m.Entry, on=(m.Entry.posting == m.Posting.seq))
        .where(
            of_family(m.Posting.member),
            m.Entry.lot == slot(),
            m.Entry.kind.in_([SQL("'redemption'"), SQL("'expiry'")]),
        )
        .order_by(m.Posting.seq.desc())
        .limit(slot())
    )
)
"""The last time a lot was used; an expiry after that means that something of it never was."""
_ACCOUNT = compiled(
    lambda: m.Account.select(m.Account.id).where(
        m.Account.holder == slot(), m.Account.unit == slot(), m.Account.programme == slot()
    )
)
_Undoing = m.Posting.alias()
_GAVE = compiled(
    lambda: (
        m.Posting.select(
            m.Posting.business_day,
            m.Posting.record,
            m.Refund.select(fn.MIN(m.Refund.sale)).where(
                m.Refund.sale == fn.IFNULL(m.Attached.sale, m.Posting.seq)
            ),
        )
        .join(m.Entry, on=(m.Entry.posting == m.Posting.seq))
        .switch(m.Posting)
        .left_outer_join(m.Attached, on=(m.Attached.posting == m.Posting.seq))
        .switch(m.Posting)
        .left_outer_join(m.Voided, on=(m.Voided.sale == fn.IFNULL(m.Attached.sale, m.Posting.seq)))
        .switch(m.Posting)
        .left_outer_join(_Undoing, on=(_Undoing.key == SQL("'undo:'").concat(m.Posting.key)))
        .where(
            of_family(m.Posting.member),
            m.Entry.account == slot(),
            m.Entry.kind == SQL("'accrual'"),
            m.Voided.posting.is_null(),
            _Undoing.seq.is_null(),
        )
    )
)
_INSERT_POSTING = inserting(m.Posting)
_INSERT_ACCOUNT = "INSERT INTO account (id, member, unit, programme, balance, holder)"
_INSERT_LOT = "INSERT INTO lot (id, account, posting, amount, left, available_from_ms, expires_on, revision)"
_INSERT_ENTRY = "INSERT INTO entry (id, posting, account, lot, amount, kind, reverses)"
_INSERT_VOUCHER = inserting(m.Voucher)


class LedgerStore:
    """Appends postings and reads holdings. Call it inside a transaction when you mean to append."""

    def __init__(self, execute: Execute, keys: KeyRing) -> None:
        self._execute = execute
        self._keys = keys

    def posting(self, key: str) -> StoredPosting | None:
        row = self._execute(_POSTING, (key,)).fetchone()
        return None if row is None else StoredPosting(row[0], row[1], bytes(row[2]), *row[3:])

    def holdings(self, member: int, *also: int) -> Holdings:
        """Return every open lot and plain balance; of the postings `also` every lot they touched too."""
        rows = list(self._execute(_OPEN_LOTS, (member,)))
        expired: dict[int, list[tuple[int, int]]] = {}
        for posting in also:
            rows += self._execute(_TOUCHED_LOTS, (posting,))
            for lot, entry, amount in self._execute(_EXPIRED, (posting,)):
                found = expired.setdefault(lot, [])
                if (entry, amount) not in found:
                    found.append((entry, amount))
        lots = {row[0]: _lot(row) for row in rows}
        plain = {
            (unit, programme): balance
            for _, unit, programme, balance, _ in self._execute(_ACCOUNTS, (member,))
            if balance and unit not in LOT_UNITS
        }
        return Holdings(tuple(lots.values()), plain, expired=expired)

    def balances(self, member: int, at_ms: int, day: str) -> Holdings:
        """Return holdings whose points and credit are piles; rewards are lots, for each may be used."""
        return self._balances(member, self._execute(_SUMS, (at_ms, day, day, member)))

    def balances_of(self, members: Sequence[int], at_ms: int, day: str) -> Mapping[int, Holdings]:
        found: dict[int, list[Any]] = {member: [] for member in members}
        for *row, holder in self._execute(_sums_of(len(members)), (at_ms, day, day, *members)):
            found[holder].append(row)
        return {member: self._balances(member, rows) for member, rows in found.items()}

    def _balances(self, member: int, rows: Iterable[Any]) -> Holdings:
        plain: dict[Account, int] = {}
        piles: dict[Account, Pile] = {}
        lots: list[Lot] = []
        for unit, programme, balance, pending, gone in rows:
            if unit not in LOT_UNITS:
                plain[unit, programme] = balance
            elif unit != "reward":
                read = partial(self._open_lots, member, unit)
                pile = Pile(balance - pending - gone, pending, read)
                if (other := piles.get((unit, programme))) is not None:  # of a member merged into this one
                    pile = Pile(pile.usable + other.usable, pending + other.pending, read)
                piles[unit, programme] = pile
            elif not lots:
                lots = self._open_lots(member, unit)
        return Holdings(tuple(lots), plain, piles)

    def _open_lots(self, member: int, unit: str) -> list[Lot]:
        return [_lot(row) for row in self._execute(_OPEN_LOTS_OF_UNIT, (member, unit))]

    def entries(self, posting: int) -> Sequence[Entry]:
        return [
            Entry(number, (unit, programme), amount, kind, lot)
            for number, unit, programme, amount, kind, lot in self._execute(_ENTRIES, (posting,))
        ]

    def last_posting(self, member: int) -> int:
        return self._first(_LAST_OF_MEMBER, member, 1)

    def gave(self, member: int, programme: str) -> Sequence[tuple[str, str, int | None]]:
        accounts = [row[0] for row in self._execute(_ACCOUNT, (member, "progress", programme))]
        return [
            (day, text, sale)
            for account in accounts
            for day, text, sale in self._execute(_GAVE, (member, account))
        ]

    def history(self, member: int, before: int | None, limit: int) -> Sequence[HistoryRow]:
        """Return a member's postings older than the posting `before`, newest first."""
        last = _ALL_OF_IT if before is None else before
        family = [row[0] for row in self._execute(_FAMILY, (member,))]
        rows = [row for one in family for row in self._execute(_HISTORY, (one, last, limit))]
        if len(family) > 1:
            rows.sort(key=lambda row: -int(row[0]))
        return [_history(row) for row in rows[:limit]]

    def append(self, posting: Posting) -> int:
        """Append one posting with its movements, sealed; accounts and lots open as they are needed."""
        ends = self._execute(_ENDS, (1,)).fetchone() or (0, 0, START, 0, 0, 0)
        last, last_epoch, prev, last_account, last_lot, last_entry = ends
        seq, epoch = last + 1, self._keys.current(last_epoch)
        key = self._keys.key(epoch)
        assert key is not None
        accounts, fresh, merged = self._accounts(posting, last_account)
        lots, numbers = _new_lots(posting.movements, accounts, last_lot)
        # A lot of a member merged into another stays in the account where it was.
        entries = tuple(
            (
                self._first(_LOT_ACCOUNT, move.lot) if merged and _stands(move) else accounts[move.account],
                None if move.lot is None else numbers.get(move.lot, move.lot),
                move.amount,
                move.kind,
                move.reverses,
            )
            for move in posting.movements
        )
        sealed_lots = tuple((lot[0], lot[1], lot[5], lot[6], lot[7]) for lot in lots)
        seal = Seal(
            seq, posting.key, posting.request_hash, posting.kind, posting.member, posting.actor, posting.till,
            epoch, posting.at_ms, posting.business_day, posting.record, entries, sealed_lots,
        )  # fmt: skip
        self._write(seal, prev, seal.hashed(key, prev), fresh, lots, last_entry)
        return seq

    def _write(
        self,
        seal: Seal,
        prev: bytes,
        sealed: bytes,
        fresh: list[tuple[Any, ...]],
        lots: list[list[Any]],
        last_entry: int,
    ) -> None:
        self._execute(
            _INSERT_POSTING,
            (
                seal.seq,
                seal.key,
                seal.request_hash,
                seal.kind,
                seal.member,
                seal.actor,
                seal.till,
                seal.epoch,
                seal.at_ms,
                seal.business_day,
                seal.record,
                prev,
                sealed,
            ),
        )
        if fresh:
            insert_rows(self._execute, _INSERT_ACCOUNT, fresh)
        if lots:
            insert_rows(self._execute, _INSERT_LOT, [(*lot[:2], seal.seq, *lot[3:]) for lot in lots])
        if seal.entries:
            rows = [(number, seal.seq, *entry) for number, entry in enumerate(seal.entries, last_entry + 1)]
            insert_rows(self._execute, _INSERT_ENTRY, rows)

    def _accounts(
        self, posting: Posting, last: int
    ) -> tuple[dict[Account, int], list[tuple[Any, ...]], bool]:
        """Return the member's own accounts, those to open, and whether they also hold somebody else's."""
        if not posting.movements:
            return {}, [], False
        assert posting.member is not None, "value always belongs to somebody"
        known: dict[Account, int] = {}
        merged = False
        for number, unit, programme, _, owner in self._execute(_ACCOUNTS, (posting.member,)):
            if owner == posting.member:
                known[unit, programme] = number
            else:
                merged = True
        fresh: list[tuple[Any, ...]] = []
        for move in posting.movements:
            if move.account not in known:
                last += 1
                known[move.account] = last
                fresh.append((last, posting.member, *move.account, 0, posting.member))
        return known, fresh, merged

    def origins(self, member: int) -> Mapping[int, LotOrigin]:
        return {
            lot: LotOrigin(lot, sale_id, printed is not None)
            for lot, sale_id, printed in self._execute(_ORIGINS, (member,))
        }

    def add_voucher(self, code_hash: bytes, lot: int, posting: int) -> None:
        self._execute(_INSERT_VOUCHER, (code_hash, lot, posting))

    def voucher(self, code_hash: bytes) -> tuple[int, int, bool] | None:
        """Return (member, lot, live) of a paper code; live when it is the newest and the right is unused."""
        row = self._execute(_VOUCHER, (code_hash,)).fetchone()
        if row is None:
            return None
        member, lot, left, posting = row
        return member, lot, bool(left) and posting == self._first(_NEWEST_VOUCHER, lot, 1)

    def was_printed(self, lot: int) -> bool:
        return self._first(_NEWEST_VOUCHER, lot, 1) > 0

    def lot_end(self, lot: int) -> LotEnd:
        """Return what became of a lot; `used_on` only when nothing is left and a sale took the last of it."""
        left, expires_on, member = self._execute(_LOT_END, (lot,)).fetchone()
        used = None if left else self._execute(_LOT_USED, (member, lot, 1)).fetchone()
        return LotEnd(left, used[0] if used and used[1] == "redemption" else None, expires_on)

    def _first(self, sql: Sql, *values: object) -> int:
        row = self._execute(sql, values).fetchone()
        return 0 if row is None else int(row[0])


def _stands(move: Movement) -> bool:
    """Say whether a movement is of a lot that is there already."""
    return move.lot is not None and move.lot > 0


def _new_lots(
    movements: Sequence[Movement], accounts: Mapping[Account, int], last: int
) -> tuple[list[list[Any]], dict[int, int]]:
    opening = [move for move in movements if move.opens is not None]
    numbers: dict[int, int] = {}
    lots: list[list[Any]] = []
    for number, move in enumerate(opening, last + 1):
        new = move.opens
        assert new is not None and move.lot is not None
        numbers[move.lot] = number
        account = accounts[move.account]
        lots.append([number, account, 0, move.amount, 0, new.available_from_ms, new.expires_on, new.revision])
    return lots, numbers


def _history(row: Any) -> HistoryRow:
    values: list[Any] = [*row[:8], row[8] is not None]
    return HistoryRow(*values)


def _lot(row: Any) -> Lot:
    return made(Lot, (row[0], row[1:3], *row[3:]))
