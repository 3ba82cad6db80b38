"""The same work without the program: plain APSW on the same schema with the same settings."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos.domain.ledger import Account
from loyalty_pos.store.compiled import with_slots
from loyalty_pos.store.opening import PRAGMAS

MEMBER = """SELECT m.id, m.ref, m.kind, m.enrolled_day, p.name, p.phone, p.note, s.visits, s.spend_minor,
    s.last_visit_day FROM member m JOIN person p ON p.member = m.id JOIN member_state s ON s.member = m.id """
BY_PHONE = MEMBER + "WHERE p.phone = ?"
BY_CARD = MEMBER + "JOIN card c ON c.member = m.id WHERE c.number = ?"


@dataclass(slots=True)
class Person:
    id: int
    ref: str
    kind: str
    enrolled_day: str
    name: str
    phone: str
    note: str
    visits: int
    spend_minor: int
    last_visit_day: str | None


class Hand:
    """One plain connection, set up as the program sets up its own, query plans kept included."""

    def __init__(self, path: Path) -> None:
        self._connection = apsw.Connection(str(path))
        self._connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        self.execute = self._connection.execute
        for name, value in PRAGMAS:
            self.execute(f"PRAGMA {name} = {value}")

    def person(self, sql: str, text: str) -> Person:
        row: Any = self.execute(sql, (text,)).fetchone()
        return Person(*row)

    def people(self, sql: str, *texts: str) -> list[Person]:
        return [Person(*row) for row in self.execute(sql, texts)]

    def commit_like(self, rows: "SaleRows") -> None:
        """Commit what one sale writes: every row again under fresh numbers, nothing worked out."""
        execute = self.execute
        execute("BEGIN IMMEDIATE")
        seq = self._number("SELECT max(seq) FROM posting") + 1
        lot = self._number("SELECT max(id) FROM lot")
        entry = self._number("SELECT max(id) FROM entry")
        number = self._number("SELECT max(number) FROM sale") + 1
        key = f"hand-{seq}"
        sealed = blake2b(key.encode(), digest_size=32).digest()
        execute(_INSERT[0], (seq, key, *rows.posting[2:11], sealed, sealed))
        fresh = {}
        for row in rows.lots:
            lot += 1
            fresh[row[0]] = lot
            execute(_INSERT[1], (lot, row[1], seq, row[3], 0, *row[5:]))
        for row in rows.entries:
            entry += 1
            execute(_INSERT[2], (entry, seq, row[2], fresh.get(row[3]), *row[4:]))
        execute(_INSERT[3], (seq, key, number, *rows.sale[3:]))
        member = rows.sale[3]
        execute("UPDATE member_state SET visits = visits + 1 WHERE member = ?", (member,))
        execute(_DAY, (member, *rows.day[1:]))
        execute("UPDATE person SET last_seen_ms = last_seen_ms + 1 WHERE member = ?", (member,))
        execute(_MONTHS + with_slots(9, len(rows.months)), rows.months_flat)
        execute(_CELLS + with_slots(9, len(rows.cells)) + _ADDED, rows.cells_flat)
        execute("COMMIT")

    def _number(self, sql: str) -> int:
        row = self.execute(sql).fetchone()
        return int(row[0]) if row else 0

    def rows_of(self, sale_id: str) -> "SaleRows":
        """Read back every row one recorded sale wrote."""
        one = self.execute("SELECT * FROM posting WHERE key = ?", (sale_id,)).fetchone()
        assert one is not None
        seq = (one[0],)
        return SaleRows(
            one,
            self.execute("SELECT * FROM lot WHERE posting = ?", seq).fetchall(),
            self.execute("SELECT * FROM entry WHERE posting = ? ORDER BY id", seq).fetchall(),
            self.execute("SELECT * FROM sale WHERE posting = ?", seq).fetchone(),
            {row[0]: (row[1], row[2]) for row in self.execute(_ACCOUNTS, (one[4],))},
            self.execute(
                "SELECT * FROM member_day WHERE member = ? AND day = ?", (one[4], one[9])
            ).fetchone(),
            self.execute("SELECT * FROM member_month WHERE member = ?", (one[4],)).fetchall(),
            self.execute(_TOUCHED, (one[4],)).fetchall(),
        )

    def checkpoint(self) -> None:
        self.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class SaleRows:
    """The rows of one sale as they lie in the file."""

    posting: Any
    lots: list[Any]
    entries: list[Any]
    sale: Any
    accounts: dict[int, Account]
    day: Any
    months: list[Any]
    """What the member bought in the months of the sale, by either calendar."""
    cells: list[Any]
    """What those months come to."""

    @cached_property
    def months_flat(self) -> tuple[Any, ...]:
        return tuple(chain(*self.months))

    @cached_property
    def cells_flat(self) -> tuple[Any, ...]:
        return tuple(chain(*self.cells))

    @property
    def count(self) -> int:
        return 2 + len(self.lots) + len(self.entries) + 3 + len(self.months) + len(self.cells)


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


_INSERT = (_insert("posting", 13), _insert("lot", 8), _insert("entry", 7), _insert("sale", 8))
_ACCOUNTS = "SELECT id, unit, programme FROM account WHERE member = ?"
_DAY = (
    _insert("member_day", 5) + " ON CONFLICT (member, day) DO UPDATE SET"
    " sales = sales + excluded.sales, spend_minor = spend_minor + excluded.spend_minor,"
    " points = points + excluded.points"
)
_MONTHS = "INSERT OR REPLACE INTO member_month"
_TOUCHED = "SELECT c.* FROM month_cell c JOIN member_month m USING (ends_on) WHERE m.member = ?"
_CELLS = "INSERT INTO month_cell"
_ADDED = (
    " ON CONFLICT (ends_on, kind, name) DO UPDATE SET members = members + excluded.members,"
    " purchases = purchases + excluded.purchases, sales_minor = sales_minor + excluded.sales_minor,"
    " discount_minor = discount_minor + excluded.discount_minor,"
    " cost_minor = cost_minor + excluded.cost_minor, points = points + excluded.points"
)
