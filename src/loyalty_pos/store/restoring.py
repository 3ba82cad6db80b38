"""Putting a backup in a shop's place: written beside, proved there, swapped in, the old file kept."""

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from loyalty_pos.app.pacing import Pace
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.store import copies
from loyalty_pos.store.chain import KeyRing, key_path
from loyalty_pos.store.opening import fsync_folder, open_database
from loyalty_pos.store.places import free_bytes
from loyalty_pos.store.roll_forward import NOTHING_ROLLED, Rolled, journal_of, roll_forward


@dataclass(frozen=True, slots=True)
class Fresh:
    """A proved copy beside the shop's file, with its keys, ready to be swapped in."""

    path: Path
    proved: copies.Proved
    rolled: Rolled


@contextmanager
def beside(
    shop_file: Path,
    backup: Path,
    *,
    without_key: bool,
    journal: Path | None = None,
    without_journal: bool = False,
    pace: Pace | None = None,
) -> Iterator[Fresh]:
    """Copy a backup beside the shop's file, bring it to the present and prove it there.

    What is not swapped in is removed.

    Raises Fault for a missing, damaged, foreign or newer one, Rejection `backup_without_key` when a
    part of its history cannot be checked for want of its key file.
    """
    fresh = shop_file.with_name(shop_file.name + ".restoring")
    _discard(fresh)
    try:
        pace = pace or Pace()
        pace.stage(0, 20)
        _copy(backup, fresh, shop_file)
        pace.stage(20, 100)
        proved, rolled = _prepare(
            fresh, backup, shop_file, journal, without_journal=without_journal, pace=pace
        )
        if proved.lost_epochs and not without_key:
            raise Rejection("backup_without_key", path=str(key_path(backup)))
        copies.flush(fresh)
        yield Fresh(fresh, proved, rolled)
    except OSError as error:
        raise Fault("restore_failed", path=str(shop_file)) from error
    finally:
        _discard(fresh)


def swap(fresh: Fresh, shop_file: Path, at_ms: int, *, keep_old: bool) -> Path | None:
    """Put the copy in the place of a file nobody has open; answer where the old file went.

    The keys go first: they hold the old file's too, so that a power cut leaves either file provable.
    """
    old = _old_name(shop_file, at_ms) if keep_old else None
    if old is not None and key_path(shop_file).exists():
        shutil.copy2(key_path(shop_file), key_path(old))
        copies.flush(key_path(old))
    key_path(fresh.path).replace(key_path(shop_file))
    for end in ("-wal", "-shm"):  # there only when the old file could not be closed properly
        log = shop_file.with_name(shop_file.name + end)
        if old is not None and end == "-wal" and log.exists():
            log.replace(old.with_name(old.name + end))
        log.unlink(missing_ok=True)
    if old is not None and shop_file.exists():
        _exchange(fresh.path, shop_file, old)
    else:
        fresh.path.replace(shop_file)
    fsync_folder(shop_file.parent)
    return old


def _prepare(
    fresh: Path, backup: Path, shop_file: Path, journal: Path | None, *, without_journal: bool, pace: Pace
) -> tuple[copies.Proved, Rolled]:
    """Bring the copy to the present and this program's form, give it its keys and a new epoch, audit it."""
    try:
        copies.refuse_unknown(fresh)
        folder = None if without_journal else journal or journal_of(fresh)
        if folder is not None and not folder.is_dir():
            raise Rejection("journal_missing", path=str(folder))
        rolled = NOTHING_ROLLED
        if folder is not None:  # lines of an older program come before the upgrade
            rolled = roll_forward(fresh, folder)
        open_database(fresh, create=False).close()
        if folder is not None:
            rolled = rolled.then(roll_forward(fresh, folder))
        keys = KeyRing(fresh)
        told = [KeyRing(segment) for segment in rolled.segments]
        keys.adopt(KeyRing(shop_file), KeyRing(backup), *told)
        proved = copies.prove(fresh, keys, pace)
        keys.begin_epoch(proved.last_epoch)
        keys.save_as(key_path(fresh))
        return proved, rolled
    except apsw.Error as error:
        raise Fault("damaged_file", path=str(backup)) from error
    except Fault as error:  # said about the file that somebody chose, not about our copy of it
        about = error.facts if error.code == "journal_broken" else {**error.facts, "path": str(backup)}
        raise Fault(error.code, **about) from error


def _discard(fresh: Path) -> None:
    copies.discard(fresh)
    for left in fresh.parent.glob(f"{glob.escape(fresh.name)}.before-*"):  # of an older form
        left.unlink(missing_ok=True)


def _exchange(fresh: Path, shop_file: Path, old: Path) -> None:
    """Keep the old file under its new name while the copy takes the place, so that it is never empty."""
    try:
        os.link(shop_file, old)
    except OSError:  # a file system without links
        shop_file.replace(old)
        try:
            fresh.replace(shop_file)
        except OSError:
            old.replace(shop_file)
            raise
    else:
        fresh.replace(shop_file)


def _copy(backup: Path, fresh: Path, shop_file: Path) -> None:
    if not backup.is_file():
        raise Fault("no_backup_file", path=str(backup))
    if shop_file.exists() and backup.samefile(shop_file):
        raise Rejection("not_a_backup", path=str(backup))
    copies.refuse_live(backup)
    if free_bytes(fresh.parent) < backup.stat().st_size + copies.SPARE_BYTES:
        raise Fault("disk_full", path=str(fresh.parent))
    copies.new_file(fresh)
    shutil.copyfile(backup, fresh)
    copies.flush(fresh)
    told = copies.told_sum(backup)
    if told is not None and told != copies.digest_of(fresh):
        raise Fault("backup_not_sound", path=str(backup), finding="sum")


def _old_name(shop_file: Path, at_ms: int) -> Path:
    stem = f"{shop_file.name}.before-restore-{copies.time_text(at_ms)}"
    number, path = 1, shop_file.with_name(stem)
    while path.exists():
        number += 1
        path = shop_file.with_name(f"{stem}-{number}")
    return path
