"""One shop's file as the handlers see it: repositories over one connection, and the only transactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import peewee

from loyalty_pos.app.ports import HeldSales, Ledger, Members, Programmes, Sales, Shops
from loyalty_pos.app.views import AuditView
from loyalty_pos.store.audit import audit
from loyalty_pos.store.chain import KeyRing
from loyalty_pos.store.held_store import HeldStore
from loyalty_pos.store.ledger_store import LedgerStore
from loyalty_pos.store.opening import fault_of, open_database
from loyalty_pos.store.people_store import PeopleStore
from loyalty_pos.store.shop_store import ProgrammeStore, SaleStore, ShopStore

WAL_PAGES_AT_MOST = 8_192
"""Past this many pages (32 MiB) the log is folded in even when the till never rests."""


class SqliteStore:
    """One writer's connection to a shop's file. Use it from the thread that opened it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._path = path
        self._db = open_database(path, create=create)
        self._keys = KeyRing(path)
        self._db.connection().set_wal_hook(_fold_when_long)
        self.shops: Shops = ShopStore(self._execute)
        self.programmes: Programmes = ProgrammeStore(self._execute)
        self.members: Members = PeopleStore(self._execute)
        self.ledger: Ledger = LedgerStore(self._execute, self._keys)
        self.sales: Sales = SaleStore(self._execute)
        self.held: HeldSales = HeldStore(self._execute)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write at once or not at all; inside another transaction it is a savepoint of it."""
        try:
            with self._db.atomic("IMMEDIATE") if not self._db.in_transaction() else self._db.savepoint():
                yield
        except (peewee.PeeweeException, apsw.Error) as error:
            raise fault_of(error, self._path) from error

    def audit(self) -> AuditView:
        return audit(self._execute, self._keys)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; called when the till is idle."""
        self._execute("PRAGMA wal_checkpoint(PASSIVE)", ()).fetchall()

    def close(self) -> None:
        self._db.close()

    def _execute(self, sql: str, values: Sequence[Any]) -> Any:
        try:
            return self._db.execute_sql(sql, values)
        except peewee.PeeweeException as error:
            if isinstance(error, peewee.IntegrityError):
                raise
            raise fault_of(error, self._path) from error


def _fold_when_long(connection: apsw.Connection, database: str, pages: int) -> int:
    if pages > WAL_PAGES_AT_MOST:
        connection.wal_checkpoint(database, apsw.SQLITE_CHECKPOINT_PASSIVE)
    return apsw.SQLITE_OK
