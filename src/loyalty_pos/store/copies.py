"""Backup files: a copy, the keys that prove it, and the sum that shows a flipped bit.

`NAME.db` is the shop, `NAME.db.key` its chain keys, `NAME.db.sum` a line that `b2sum -c` reads. A copy gets
its name last, when everything about it is proved: what has the name is a backup.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos.app.backup_views import BackupView
from loyalty_pos.app.pacing import Pace
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.store.audit import audit
from loyalty_pos.store.beating import beaten
from loyalty_pos.store.chain import KeyRing, key_path
from loyalty_pos.store.opening import APPLICATION_ID, fault_of, fsync_folder, head_version
from loyalty_pos.store.places import free_bytes

SPARE_BYTES = 16 * 1024 * 1024
STALE_PART_SECONDS = 24 * 60 * 60
_NAME = re.compile(r"(?P<shop>[0-9A-Za-z]{8})-(?P<at>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)(-\d+)?\.db")
_TIME = "%Y-%m-%dT%H-%M-%SZ"
NOT_SEALED = "chain_key_missing"


@dataclass(frozen=True, slots=True)
class Proved:
    """What a copy turned out to hold."""

    shop: str | None
    postings: int
    figures: Mapping[str, int]
    lost_epochs: bool
    """Whether a key is missing, so that a part of the history cannot be checked."""
    last_epoch: int


def time_text(at_ms: int) -> str:
    """Write a time so that names sort by it and every file system takes it."""
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime(_TIME)


def backup_folder(shop_file: Path) -> Path:
    """Name the folder that takes backups when nobody chose one."""
    return shop_file.with_name(shop_file.name + ".backups")


def sum_path(copy: Path) -> Path:
    return copy.with_name(copy.name + ".sum")


def mark_of(shop_file: Path) -> tuple[tuple[int, int], ...]:
    """Say how a shop's file looks from outside; while this stays the same, nothing was written."""
    found = []
    for path in (shop_file, shop_file.with_name(shop_file.name + "-wal")):
        try:
            seen = path.stat()
        except FileNotFoundError:
            continue
        found.append((seen.st_size, seen.st_mtime_ns))
    return tuple(found)


def held_in(folder: Path, shop: str | None) -> list[BackupView]:
    """List the backups of a shop in a folder, or of every shop, newest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if name and (shop is None or name["shop"] == shop[:8]):
            at = datetime.strptime(name["at"], _TIME).replace(tzinfo=UTC)
            with suppress(FileNotFoundError):  # another program thins out the same folder
                size = path.stat().st_size
                found.append(BackupView(path=str(path), at_ms=int(at.timestamp()) * 1000, size_bytes=size))
    return sorted(found, key=lambda copy: (copy.at_ms, copy.path), reverse=True)


def drop(copies: Sequence[BackupView]) -> None:
    """Remove backups; one that cannot be removed now is tried again after the next backup."""
    for copy in copies:
        path = Path(copy.path)
        for file in (path, key_path(path), sum_path(path)):
            try:
                file.unlink(missing_ok=True)
            except OSError:
                break


def make(
    vacuum: Callable[[str], None],
    size: int,
    shop_file: Path,
    where: Path,
    shop: str,
    at_ms: int,
    pace: Pace | None = None,
) -> BackupView:
    """Copy the shop into a folder, or to the file named, and call it a backup once it is proved.

    When nothing changed since the newest copy in the folder, that one is answered. Raises Fault and
    leaves every older copy as it was; what the system refuses is an OSError.
    """
    into_folder = where.is_dir()
    folder = where if into_folder else where.parent
    if not into_folder:
        _refuse_other_files(where, shop_file, shop)
    if free_bytes(folder) < size + SPARE_BYTES:
        raise Fault("no_room_for_backup", path=str(folder))
    _sweep(folder)
    part = folder / f".{os.urandom(6).hex()}.part"
    try:
        pace = pace or Pace()
        pace.stage(0, 40)
        with pace.measured(lambda: part.stat().st_size if part.exists() else 0, size):
            digest = _write(vacuum, part)
        newest = next(iter(held_in(folder, shop)), None) if into_folder else None
        if newest is not None and _is_same(Path(newest.path), digest):
            return newest
        keys = KeyRing(shop_file)  # read after the copy: every epoch in the copy is in here
        keys.save_as(key_path(part))
        pace.stage(40, 100)
        proved = prove(part, keys, pace)
        if proved.shop != shop:
            raise Fault("backup_not_sound", path=str(where), finding="another_shop")
        final = _free_name(folder, shop, at_ms) if into_folder else where
        pace.beat()
        _place(part, final, digest)
    finally:
        discard(part)
    return BackupView(path=str(final), at_ms=at_ms, size_bytes=final.stat().st_size, made=True)


def prove(copy: Path, keys: KeyRing, pace: Pace | None = None) -> Proved:
    """Open a copy that nobody writes and audit all of it; raises Fault."""
    try:
        with _reading(copy, pace) as execute:
            _refuse_unknown(copy, execute)
            found = audit(execute, keys, pace)
            shop = execute("SELECT ref FROM shop", ()).fetchone()
            (epoch,) = execute("SELECT ifnull(max(epoch), 0) FROM posting", ()).fetchone()
    except (apsw.Error, LookupError, TypeError, ValueError) as error:
        raise _unreadable(error, copy) from error
    worst = next((finding for finding in found.findings if finding.code != NOT_SEALED), None)
    if worst is not None:
        raise Fault("backup_not_sound", path=str(copy), finding=worst.code)
    return Proved(shop and shop[0], found.figures["postings"], found.figures, not found.ok, epoch)


def refuse_unknown(copy: Path) -> None:
    """Refuse what is no shop's file, or a newer program's; raises Fault."""
    try:
        with _reading(copy) as execute:
            _refuse_unknown(copy, execute)
    except apsw.Error as error:
        raise _unreadable(error, copy) from error


def _refuse_unknown(copy: Path, execute: Any) -> None:
    (application,) = execute("PRAGMA application_id", ()).fetchone()
    (version,) = execute("PRAGMA user_version", ()).fetchone()
    if application != APPLICATION_ID:
        raise Fault("not_a_shop_file", path=str(copy))
    if version > head_version():
        raise Fault("newer_file", path=str(copy), version=version, program=head_version())


@contextmanager
def _reading(copy: Path, pace: Pace | None = None) -> Iterator[Any]:
    """Read a file as it lies there: no lock, no log, nothing written beside it."""
    place = copy.absolute().as_uri() + "?immutable=1"
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    with closing(apsw.Connection(place, flags=flags)) as connection:
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.execute("PRAGMA trusted_schema = 0").fetchall()
        connection.execute("PRAGMA cell_size_check = 1").fetchall()
        with beaten(connection, pace):
            yield connection.execute


def _unreadable(error: Exception, copy: Path) -> Fault:
    fault = fault_of(error, copy)
    return fault if fault.code == "not_a_shop_file" else Fault("damaged_file", path=str(copy))


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "blake2b").hexdigest()


def told_sum(copy: Path) -> str | None:
    """Read the sum written beside a copy; None where there is none."""
    try:
        return sum_path(copy).read_text("utf-8").partition(" ")[0]
    except (OSError, ValueError):
        return None


def flush(path: Path) -> None:
    """Bring a file to the disk, and make the next reader read it from there where the system allows."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def discard(part: Path) -> None:
    """Remove what a copy that did not succeed left behind."""
    for end in ("", ".key", ".sum", "-wal", "-shm", "-journal"):
        part.with_name(part.name + end).unlink(missing_ok=True)


def new_file(path: Path) -> None:
    """Make an empty file only its owner may read; raises OSError when the name is taken."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _write(vacuum: Callable[[str], None], part: Path) -> str:
    new_file(part)  # empty files may be vacuumed into, and this one is nobody else's to read
    try:
        vacuum(str(part))
    except Fault as error:
        code = "no_room_for_backup" if error.code == "disk_full" else "backup_failed"
        raise Fault(code, path=str(part.parent)) from error
    flush(part)
    return digest_of(part)


def _is_same(newest: Path, digest: str) -> bool:
    return told_sum(newest) == digest and key_path(newest).exists() and digest_of(newest) == digest


def _place(part: Path, final: Path, digest: str) -> None:
    """Give the copy its name. An older sum goes first and the new one comes last, so that a power cut
    between leaves a copy without a sum, never one with the sum of another."""
    written = sum_path(part)
    written.write_text(f"{digest}  {final.name}\n", "utf-8")
    flush(written)
    key_path(part).replace(key_path(final))
    sum_path(final).unlink(missing_ok=True)
    part.replace(final)
    written.replace(sum_path(final))
    fsync_folder(final.parent)


def _refuse_other_files(target: Path, shop_file: Path, shop: str) -> None:
    if not target.parent.is_dir():
        raise Fault("no_folder", path=str(target.parent))
    if not target.exists():
        return
    if target.samefile(shop_file):
        raise Rejection("backup_in_the_way", path=str(target))
    try:
        with _reading(target) as execute:
            _refuse_unknown(target, execute)
            same = execute("SELECT ref FROM shop", ()).fetchone() == (shop,)
    except (Fault, apsw.Error):
        same = False
    if not same or _wal_of(target):
        raise Rejection("backup_in_the_way", path=str(target))


def _wal_of(path: Path) -> bool:
    """Tell whether a file has a log beside it that holds more than the file: it is in use, no backup."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def refuse_live(path: Path) -> None:
    """Refuse to take a shop in use for a backup; raises Rejection."""
    if _wal_of(path):
        raise Rejection("not_a_backup", path=str(path))


def _free_name(folder: Path, shop: str, at_ms: int) -> Path:
    stem = f"{shop[:8]}-{time_text(at_ms)}"
    number, path = 1, folder / f"{stem}.db"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path


def _sweep(folder: Path) -> None:
    """Remove what a killed backup left; a part that is younger may still be somebody's work."""
    for part in folder.glob(".*.part*"):
        try:
            if time.time() - part.stat().st_mtime > STALE_PART_SECONDS:
                part.unlink()
        except OSError:
            continue
