"""Opening a shop's file: settings in the one safe order, read back, and brought to this program's schema.

The order and the values are what crash tests proved; see docs/adr/0005-apsw.md.
"""

import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw

# peewee imports every PostgreSQL driver it can find, which costs more than all the rest of a start.
for _driver in ("psycopg", "psycopg2", "psycopg2cffi"):
    sys.modules.setdefault(_driver, None)  # type: ignore[arg-type]  # None is how Python hides a module

import peewee  # noqa: E402
from playhouse.apsw_ext import APSWDatabase  # noqa: E402

from loyalty_pos.domain.errors import Fault  # noqa: E402

APPLICATION_ID = 0x4C504F53
OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 5
MIGRATIONS = Path(__file__).with_name("migrations")

PRAGMAS: list[tuple[str, object]] = [
    ("synchronous", "extra"),  # before journal_mode: closes a hole in the switch to WAL
    ("journal_mode", "wal"),
    ("foreign_keys", 1),
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("secure_delete", 1),
    ("journal_size_limit", 64 * 1024 * 1024),
    ("wal_autocheckpoint", 0),
    ("mmap_size", 0),
    ("cache_size", -64 * 1024),  # the inner pages of every index of a million members
]
if sys.platform == "darwin":
    PRAGMAS += [("fullfsync", 1), ("checkpoint_fullfsync", 1)]

PROVED_PRAGMAS = {"journal_mode": "wal", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0}
"""What is read back after opening: a file that is not safe is not used."""


class Database(APSWDatabase):
    """A database whose connection is defensive and whose times are text or integers."""

    def _connect(self) -> Any:
        connection = super()._connect()
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
        connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
        # Else SQLite plans a query anew for every value it is run with, which costs five times running it.
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        connection.convert_binding = _as_text
        return connection


def open_database(path: Path, *, create: bool) -> Database:
    """Open a shop's file and prove its settings; raises Fault with a code the screen can explain.

    `create` also accepts a missing or empty file and builds the schema in it.
    """
    if _too_old():
        raise Fault("sqlite_too_old", version=apsw.sqlite_lib_version())
    size = path.stat().st_size if path.exists() else None
    fresh = not size
    if size in (0, 1) and path.with_name(path.name + ".key").exists():
        raise Fault("damaged_file", path=str(path))  # a shop was here, and nothing of it is left
    if size == 1:  # SQLite would take it for an empty file
        raise Fault("not_a_shop_file", path=str(path))
    if fresh and not create:
        raise Fault("no_shop_file", path=str(path))
    if not path.parent.is_dir():
        raise Fault("no_folder", path=str(path.parent))
    db = Database(str(path), pragmas=PRAGMAS, timeout=BUSY_SECONDS)
    try:
        db.connect()
        _prove(db, path, fresh)
        if fresh:
            fsync_folder(path.parent)
    except peewee.PeeweeException as error:
        close_quietly(db)
        raise fault_of(error, path) from error
    except apsw.Error as error:
        close_quietly(db)
        raise fault_of(error, path) from error
    except Fault:
        close_quietly(db)
        raise
    return db


def close_quietly(db: Database) -> None:
    """Close a database whose disk may refuse even that: what was committed is there all the same."""
    with suppress(peewee.PeeweeException, apsw.Error):
        db.close()


def _too_old() -> bool:
    return tuple(int(part) for part in apsw.sqlite_lib_version().split(".")) < OLDEST_SQLITE


def _prove(db: Database, path: Path, fresh: bool) -> None:
    for name, value in PROVED_PRAGMAS.items():
        if _pragma(db, name) != value:
            raise Fault("unsafe_settings", path=str(path), setting=name)
    found = _pragma(db, "application_id")
    if found != APPLICATION_ID and not (found == 0 and _is_empty(db)):
        raise Fault("not_a_shop_file", path=str(path))
    head = head_version()
    version = int(_pragma(db, "user_version"))
    if version > head:
        raise Fault("newer_file", path=str(path), version=version, program=head)
    if version < head:
        _migrate(db, head)
    names = {row[0] for row in db.execute_sql("SELECT name FROM schema_migration")}
    if names != set(_migrations()):
        raise Fault("wrong_schema", path=str(path))


def _migrate(db: Database, head: int) -> None:
    """Bring the schema to this program's, each step whole or not at all."""
    from playhouse.migrations import Runner  # it knows every database there is, and a start needs none

    before = int(_pragma(db, "user_version"))
    if before:
        _keep_older(db, Path(f"{db.database}.before-{head}"))
    db.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with db.atomic("IMMEDIATE"):
            Runner(db, str(MIGRATIONS)).up()
            if db.execute_sql("PRAGMA foreign_key_check").fetchone() is not None:
                raise Fault("wrong_schema", path=str(db.database))
            db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute_sql(f"PRAGMA user_version = {head}")
    finally:
        db.execute_sql("PRAGMA foreign_keys = 1")


def _keep_older(db: Database, copy: Path) -> None:
    """Copy the file as it is; what an upgrade that was cut off left in the way is replaced."""
    part = copy.with_name(copy.name + ".part")
    try:
        part.unlink(missing_ok=True)
        db.execute_sql("VACUUM INTO ?", (str(part),))
        handle = os.open(part, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        part.replace(copy)
        fsync_folder(copy.parent)
    except OSError as error:
        raise Fault("cannot_upgrade", path=str(db.database)) from error


def _migrations() -> list[str]:
    """Return the names of all migrations, in their order."""
    return sorted(
        file.stem for file in MIGRATIONS.iterdir() if file.suffix == ".py" and file.name[0].isdigit()
    )


def head_version() -> int:
    """Return the schema version this program knows: the number of its newest migration."""
    return int(_migrations()[-1].split("_")[0])


def _pragma(db: Database, name: str) -> Any:
    return db.execute_sql(f"PRAGMA {name}").fetchone()[0]


def _is_empty(db: Database) -> bool:
    return bool(db.execute_sql("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0)


def fsync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _as_text(cursor: Any, number: int, value: object) -> str:
    """Bind the one foreign type the migration history uses, a point in time."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"cannot store {type(value).__name__}")


def fault_of(error: BaseException, path: Path) -> Fault:
    """Say what the machine's refusal means, in a code the screen can explain."""
    text = str(error).lower()
    for needle, code in (
        ("not a database", "not_a_shop_file"),
        ("malformed", "damaged_file"),
        ("locked", "busy_file"),
        ("busy", "busy_file"),
        ("full", "disk_full"),
        ("readonly", "read_only"),
        ("read-only", "read_only"),
        ("disk i/o", "disk_error"),
        ("unable to open", "cannot_open"),
    ):
        if needle in text:
            return Fault(code, path=str(path))
    return Fault("cannot_open", path=str(path))
