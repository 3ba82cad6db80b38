"""One shop's file as the handlers see it: repositories over one connection, and the only transactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
import peewee

from loyalty_pos.app.account_port import Accounts
from loyalty_pos.app.backup_views import BackupView
from loyalty_pos.app.brought_port import Brought
from loyalty_pos.app.cause_port import Causes
from loyalty_pos.app.code_ports import Codes
from loyalty_pos.app.commands import Restore
from loyalty_pos.app.filter_port import Sieve
from loyalty_pos.app.game_port import Games
from loyalty_pos.app.gift_card_ports import GiftCards
from loyalty_pos.app.guest_port import Guests
from loyalty_pos.app.hold_ports import HeldSales
from loyalty_pos.app.journal_port import Journals
from loyalty_pos.app.lifetime_ports import Days, Lots, Reviews
from loyalty_pos.app.merge_port import Merges
from loyalty_pos.app.month_port import Months
from loyalty_pos.app.pacing import Pace
from loyalty_pos.app.partner_port import Partners
from loyalty_pos.app.ports import (
    Ledger,
    Members,
    Programmes,
    Restored,
    Room,
    Sales,
    Segments,
    Shops,
    Standings,
    Uses,
)
from loyalty_pos.app.report_port import Reports
from loyalty_pos.app.sheet_port import Sheets
from loyalty_pos.app.term_port import Terms
from loyalty_pos.app.views import AuditView
from loyalty_pos.app.warranty_port import Warranties
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.store import places
from loyalty_pos.store.account_store import AccountStore
from loyalty_pos.store.beating import beaten
from loyalty_pos.store.brought_store import BroughtStore
from loyalty_pos.store.cause_store import CauseStore
from loyalty_pos.store.chain import KeyRing
from loyalty_pos.store.code_store import CodeStore
from loyalty_pos.store.compiled import Sql
from loyalty_pos.store.day_store import DayStore
from loyalty_pos.store.game_store import GameStore
from loyalty_pos.store.gift_card_store import GiftCardStore
from loyalty_pos.store.guest_store import GuestStore
from loyalty_pos.store.held_store import HeldStore
from loyalty_pos.store.journal import Journal
from loyalty_pos.store.ledger_store import LedgerStore
from loyalty_pos.store.locking import open_lock
from loyalty_pos.store.lot_store import LotStore
from loyalty_pos.store.merge_store import MergeStore
from loyalty_pos.store.month_store import MonthStore
from loyalty_pos.store.opening import close_quietly, fault_of, open_database
from loyalty_pos.store.partner_store import PartnerStore
from loyalty_pos.store.people_sieve import PeopleSieve
from loyalty_pos.store.people_store import PeopleStore
from loyalty_pos.store.report_store import ReportStore
from loyalty_pos.store.review_store import ReviewStore
from loyalty_pos.store.segment_store import SegmentStore
from loyalty_pos.store.sheet_store import SheetStore
from loyalty_pos.store.shop_store import ProgrammeStore, SaleStore, ShopStore
from loyalty_pos.store.standing_store import StandingStore
from loyalty_pos.store.term_store import TermStore
from loyalty_pos.store.use_store import UseStore
from loyalty_pos.store.warranty_store import WarrantyStore

_MISTAKES = (LookupError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError)
"""What reading a record that somebody or something changed may end in."""

WAL_PAGES_AT_MOST = 8_192
"""Past this many pages (32 MiB) the log is folded in even when the till never rests."""

# Said here rather than through peewee's or APSW's own blocks: those cost more, or wait for the disk
# without letting the window's thread go on.
_TRANSACTION = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
_SAVEPOINT = ("SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner; RELEASE inner")


class SqliteStore:
    """One writer's connection to a shop's file. Use it from the thread that opened it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._path = path
        self._lock = open_lock(path)
        # A folder that takes no lock file takes no database either; that fault is said below.
        with suppress(OSError):
            if not self._lock.take(shared=True):
                raise Fault("busy_file", path=str(path))
        try:
            self._open(create=create)
        except Fault:
            self._lock.free()
            raise

    def _open(self, *, create: bool) -> None:
        self._db = open_database(self._path, create=create)
        self._stands_in = places.file_at(self._path)
        self._keys = KeyRing(self._path)
        self._connection = self._db.connection()
        self._connection.set_wal_hook(_fold_when_long)
        self._journal = Journal(self._path, self._connection, self._execute, self._keys)
        self.journal: Journals = self._journal
        self.shops: Shops = ShopStore(self._execute)
        self.programmes: Programmes = ProgrammeStore(self._execute)
        self.members: Members = PeopleStore(self._execute)
        self.sieve: Sieve = PeopleSieve(self._execute)
        self.ledger: Ledger = LedgerStore(self._execute, self._keys)
        self.sales: Sales = SaleStore(self._execute)
        self.standings: Standings = StandingStore(self._execute)
        self.uses: Uses = UseStore(self._execute)
        self.segments: Segments = SegmentStore(self._execute)
        self.warranties: Warranties = WarrantyStore(self._execute)
        self.held: HeldSales = HeldStore(self._execute)
        self.codes: Codes = CodeStore(self._execute, self._execute_many)
        self.gift_cards: GiftCards = GiftCardStore(self._execute, self._execute_many)
        self.lots: Lots = LotStore(self._execute)
        self.reviews: Reviews = ReviewStore(self._execute)
        self.days: Days = DayStore(self._execute)
        self.merges: Merges = MergeStore(self._execute)
        self.accounts: Accounts = AccountStore(self._execute)
        self.causes: Causes = CauseStore(self._execute)
        self.terms: Terms = TermStore(self._execute)
        self.games: Games = GameStore(self._execute)
        self.guests: Guests = GuestStore(self._execute)
        self.partners: Partners = PartnerStore(self._execute)
        self.reports: Reports = ReportStore(self._execute)
        self.months: Months = MonthStore(self._execute, self._execute_many)
        self.brought: Brought = BroughtStore(self._execute)
        self.sheets: Sheets = SheetStore(self._execute)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write at once or not at all; inside another transaction it is a savepoint of it."""
        inner = self._connection.in_transaction
        if not inner and places.file_at(self._path) != self._stands_in:
            raise Fault("file_taken_away", path=str(self._path))
        begin, keep, drop = _SAVEPOINT if inner else _TRANSACTION
        try:
            self._connection.execute(begin)
            whole = False
            try:
                watch = None if inner else self._journal.watch()
                yield
                if watch is not None:
                    self._journal.note(watch)
                self._connection.execute(keep)
                whole = True
            finally:
                if not whole and self._connection.in_transaction:  # a full disk took it back already
                    self._connection.execute(drop)
        except (peewee.PeeweeException, apsw.Error) as error:
            raise fault_of(_first(error), self._path) from error

    @contextmanager
    def spoken(self) -> Iterator[None]:
        """Say what the machine refuses in here as a fault; rows are still read after a query began.

        A mistake over what was read is the file's when its books do not prove, and else our own.
        """
        try:
            yield
        except (peewee.DatabaseError, apsw.Error) as error:
            raise fault_of(error, self._path) from error
        except _MISTAKES as error:
            if self._connection.in_transaction or self.audit().ok:
                raise
            raise Fault("damaged_file", path=str(self._path)) from error

    @contextmanager
    def watched(self, pace: Pace) -> Iterator[None]:
        """Let even one long statement be called off in here; raises Rejection `stopped`."""
        with beaten(self._connection, pace):
            yield

    def audit(self, pace: Pace | None = None) -> AuditView:
        from loyalty_pos.store.audit import audit

        if pace is not None:
            pace.stage(0, 100)
        try:
            return audit(self._execute, self._keys, pace)
        except (peewee.DatabaseError, apsw.Error) as error:
            raise fault_of(error, self._path) from error
        except _MISTAKES as error:  # what was once a record and is none now
            raise Fault("damaged_file", path=str(self._path)) from error

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; called when the till is idle."""
        self._execute("PRAGMA wal_checkpoint(PASSIVE)", ()).fetchall()

    def backup(self, where: str | None, shop: str, at_ms: int, pace: Pace | None = None) -> BackupView:
        """Copy the shop to a folder or file, by default the folder beside it; see `copies.make`."""
        from loyalty_pos.store import copies

        self._refuse_batch()
        target = self._backup_place(where)
        size = self._execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", ())
        # A cursor not read to its end counts as work under way, and beside that nothing can be vacuumed.
        ((size_bytes,),) = size.fetchall()
        with _said_as("backup_failed", target):
            if where is None:
                target.mkdir(mode=0o700, exist_ok=True)
            return copies.make(self._vacuum_into, size_bytes, self._path, target, shop, at_ms, pace)

    def backups(self, where: str | None, shop: str | None) -> Sequence[BackupView]:
        """List the backups of a shop in a folder, or of every shop, newest first."""
        from loyalty_pos.store import copies

        folder = self._backup_place(where)
        with _said_as("cannot_open", folder):
            return copies.held_in(folder, shop)

    def drop_backups(self, backups: Sequence[BackupView]) -> None:
        from loyalty_pos.store import copies

        copies.drop(backups)

    def room(self, where: str | None) -> Room:
        """Say where backups go and how much room there is for them and for the shop."""
        folder, home = self._backup_place(where), self._path.parent
        with _said_as("cannot_open", folder):
            free = min(places.free_bytes(folder), places.free_bytes(home))
            return Room(str(folder), free, free < places.LOW_SPACE_BYTES, places.same_disk(home, folder))

    def restore(self, command: Restore, at_ms: int, pace: Pace | None = None) -> Restored:
        """Put a proved backup in this file's place and open it; the old file is kept beside.

        Raises `busy_file` while any other connection has the file open.
        """
        from loyalty_pos.store.restoring import beside, swap

        self._refuse_batch()
        mine = self.shops.shop()
        self.journal.write()
        with beside(
            self._path,
            Path(command.path).absolute(),
            without_key=command.without_key,
            journal=None if command.journal is None else Path(command.journal).absolute(),
            without_journal=command.without_journal,
            pace=pace,
        ) as fresh:
            if fresh.proved.shop is None:
                raise Rejection("not_a_backup", path=command.path)
            if mine is not None and fresh.proved.shop != mine.shop:
                raise Rejection("backup_of_another_shop", path=command.path)
            ((before,),) = self._execute("SELECT ifnull(max(seq), 0) FROM posting", ()).fetchall()
            if pace is not None:
                pace.past_return()
            with self._alone():
                old = swap(fresh, self._path, at_ms, keep_old=mine is not None)
        rows = self._execute("SELECT hex(hash) FROM posting ORDER BY seq DESC LIMIT 1", ()).fetchall()
        with self.transaction():
            self._journal.go_on()
        return Restored(
            old_file=None if old is None else str(old),
            figures=fresh.proved.figures,
            postings_before=before,
            sealed=not fresh.proved.lost_epochs,
            head=rows[0][0].lower() if rows else "",
            journal_lines=fresh.rolled.lines,
        )

    def close(self) -> None:
        self.journal.write()
        close_quietly(self._db)
        self._lock.free()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Close the file while nobody else has it open; whatever stands in its place then is opened."""
        if not self._lock.take():
            self._lock.take(shared=True)
            raise Fault("busy_file", path=str(self._path))
        self._db.close()
        try:
            yield
        finally:
            self._lock.take(shared=True)
            self._open(create=False)

    def _backup_place(self, where: str | None) -> Path:
        from loyalty_pos.store import copies

        return copies.backup_folder(self._path) if where is None else Path(where).absolute()

    def _vacuum_into(self, path: str) -> None:
        self._execute("VACUUM INTO ?", (path,)).fetchall()

    def _refuse_batch(self) -> None:
        if self._connection.in_transaction:
            raise Rejection("not_in_a_batch")

    # Statements run on the connection itself: peewee's wrapping costs as much again as most of them.
    def _execute(self, sql: Sql, values: Sequence[Any]) -> Any:
        try:
            return self._connection.execute(sql if isinstance(sql, str) else sql.text, values)
        except apsw.Error as error:
            raise self._refused(error) from error

    def _execute_many(self, sql: Sql, rows: Sequence[Sequence[Any]]) -> None:
        try:
            self._connection.executemany(sql if isinstance(sql, str) else sql.text, rows)
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


@contextmanager
def _said_as(code: str, path: Path) -> Iterator[None]:
    """Say what the system refused as a fault about a path."""
    try:
        yield
    except OSError as error:
        raise Fault(code, path=str(path)) from error


def _fold_when_long(connection: apsw.Connection, database: str, pages: int) -> int:
    if pages > WAL_PAGES_AT_MOST:
        # Another program that folds the log right now does this one's work; what was written stands.
        with suppress(apsw.BusyError):
            connection.wal_checkpoint(database, apsw.SQLITE_CHECKPOINT_PASSIVE)
    return apsw.SQLITE_OK
