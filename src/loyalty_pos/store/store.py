"""One shop's file as the handlers see it: repositories over one connection, and the only transactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import peewee

from loyalty_pos.app.ports import Ledger, Members, Programmes, Sales, Shops
from loyalty_pos.app.views import AuditView
from loyalty_pos.domain.errors import Fault
from loyalty_pos.store.audit import audit
from loyalty_pos.store.chain import KeyRing
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
        self._connection = self._db.connection()
        self._connection.set_wal_hook(_fold_when_long)
        self.shops: Shops = ShopStore(self._execute)
        self.programmes: Programmes = ProgrammeStore(self._execute)
        self.members: Members = PeopleStore(self._execute)
        self.ledger: Ledger = LedgerStore(self._execute, self._execute_many, self._keys)
        self.sales: Sales = SaleStore(self._execute)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write at once or not at all; inside another transaction it is a savepoint of it."""
        try:
            with self._db.atomic("IMMEDIATE") if not self._db.in_transaction() else self._db.savepoint():
                yield
        except (peewee.PeeweeException, apsw.Error) as error:
            raise fault_of(_first(error), self._path) from error

    def audit(self) -> AuditView:
        return audit(self._execute, self._keys)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; called when the till is idle."""
        self._execute("PRAGMA wal_checkpoint(PASSIVE)", ()).fetchall()

    def close(self) -> None:
        self._db.close()

    # Statements run on the connection itself: peewee's wrapping costs as much again as most of them.
    def _execute(self, sql: str, values: Sequence[Any]) -> Any:
        try:
            return self._connection.execute(sql, values)
        except apsw.Error as error:
            raise self._refused(error) from error

    def _execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except apsw.Error as error:
            raise self._refused(error) from error

    def _refused(self, error: apsw.Error) -> Exception:
        if isinstance(error, apsw.ConstraintError):
            return peewee.IntegrityError(str(error))
        return fault_of(error, self._path)


def _first(error: BaseException) -> BaseException:
    """Return what went wrong first: after a full disk even the rollback fails, but that is not the news."""
    while isinstance(error.__context__, Fault | peewee.PeeweeException | apsw.Error):
        error = error.__context__
    return error


def _fold_when_long(connection: apsw.Connection, database: str, pages: int) -> int:
    if pages > WAL_PAGES_AT_MOST:
        connection.wal_checkpoint(database, apsw.SQLITE_CHECKPOINT_PASSIVE)
    return apsw.SQLITE_OK
