"""Restoring: only a proved copy of the same shop takes the file's place, and the old file stays."""

import os
import random
import shutil
from pathlib import Path

import apsw
import pytest

from loyalty_pos.app import queries as q
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.store import copies, opening, restoring
from loyalty_pos.store.chain import KeyRing, key_path
from tests.examples import ALL, examples
from tests.store.test_backup import killed_after, spoil
from tests.store.till import Till, audited


def untouched(till: Till, sales: int) -> None:
    """The shop goes on as if nobody had tried."""
    assert till.proof.ok
    assert till.proof.figures["sales"] == sales
    till.sell("after")
    assert till.proof.figures["sales"] == sales + 1
    assert not [path for path in till.path.parent.iterdir() if ".restoring" in path.name]
    assert not list(till.path.parent.glob("*.before-restore-*"))


def test_after_a_restore_the_books_are_right_and_the_next_sale_works(till: Till) -> None:
    copy = till.backup()
    till.sell("s2")
    assert till.points == 50
    done = till.restore(copy.path)
    assert (done.postings_lost, done.sealed, done.shop.name) == (1, True, "Firuze")
    assert till.points == 25
    till.sell("s2")
    assert till.points == 50
    assert till.proof.ok
    till.close()
    assert audited(till.path).ok


def test_the_old_file_stays_whole_under_a_dated_name(till: Till) -> None:
    copy = till.backup()
    till.sell("s2")
    done = till.restore(copy.path)
    assert done.old_file is not None
    assert Path(done.old_file).name == "shop.db.before-restore-2026-09-21T14-13-20Z"
    old = audited(done.old_file)
    assert old.ok
    assert old.figures["sales"] == 2
    again = till.restore(copy.path)
    assert again.old_file == f"{done.old_file}-2"


def test_a_restore_is_itself_in_the_books_under_an_epoch_of_its_own(till: Till) -> None:
    copy = till.backup()
    till.sell("s2")
    till.restore(copy.path)
    till.restore(copy.path)
    till.sell("s3")
    rows = till.store._execute("SELECT kind, epoch FROM posting ORDER BY seq DESC LIMIT 2", ()).fetchall()
    assert rows == [("sale", 3), ("restore", 3)]
    assert till.proof.ok


def test_what_was_restored_can_go_back_to_what_was_there_before(till: Till) -> None:
    copy = till.backup()
    till.sell("s2")
    done = till.restore(copy.path)
    assert done.old_file is not None
    back = till.restore(done.old_file)
    assert till.points == 50
    assert back.sealed
    assert till.proof.ok


def test_a_new_computer_takes_the_shop_from_a_folder_of_backups(till: Till, tmp_path: Path) -> None:
    till.backup(tmp_path)
    fresh_folder = tmp_path / "new"
    fresh_folder.mkdir()
    fresh = Till(fresh_folder / "shop.db")
    (copy,) = fresh.service.ask(q.Backups(path=str(tmp_path))).backups
    done = fresh.restore(copy.path)
    assert (done.old_file, done.postings_lost) == (None, 0)
    assert fresh.points == 25
    fresh.sell("s2")
    assert fresh.proof.ok
    fresh.close()


@pytest.mark.parametrize("seed", range(examples(40)))
def test_one_flipped_bit_anywhere_is_refused(till: Till, seed: int) -> None:
    copy = Path(till.backup().path)
    till.sell("s2")
    spoil(copy, seed)
    with pytest.raises(Fault, match="backup_not_sound"):
        till.restore(copy)
    untouched(till, 2)


@pytest.mark.parametrize("seed", range(examples(20)))
def test_without_its_sum_a_badly_damaged_copy_is_still_refused(till: Till, seed: int) -> None:
    copy = Path(till.backup().path)
    copies.sum_path(copy).unlink()
    spoil(copy, seed, flips=2_000)
    with pytest.raises(Fault) as fault:
        till.restore(copy)
    assert fault.value.facts["path"] == str(copy)
    untouched(till, 1)


def test_a_cut_copy_is_refused(till: Till) -> None:
    copy = Path(till.backup().path)
    copies.sum_path(copy).unlink()
    os.truncate(copy, copy.stat().st_size - 4096)
    with pytest.raises(Fault, match="damaged_file"):
        till.restore(copy)
    untouched(till, 1)


def test_a_meddled_copy_is_refused_though_its_sum_was_made_to_fit(till: Till) -> None:
    copy = Path(till.backup().path)
    meddler = apsw.Connection(str(copy))
    meddler.execute("UPDATE account SET balance = balance + 100 WHERE unit = 'points'").fetchall()
    meddler.close()
    copies.sum_path(copy).write_text(f"{copies.digest_of(copy)}  {copy.name}\n")
    with pytest.raises(Fault, match="backup_not_sound") as fault:
        till.restore(copy)
    assert fault.value.facts["finding"] == "balance_is_not_its_entries"
    untouched(till, 1)


def test_a_newer_programs_copy_is_refused(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(till.backup().path)
    copies.sum_path(copy).unlink()
    newer = apsw.Connection(str(copy))
    newer.execute(f"PRAGMA user_version = {opening.head_version() + 1}").fetchall()
    newer.close()
    with pytest.raises(Fault, match="newer_file"):
        till.restore(copy)
    untouched(till, 1)


def test_what_is_no_backup_is_refused(till: Till, tmp_path: Path) -> None:
    text, foreign, empty = tmp_path / "a.txt", tmp_path / "b.db", tmp_path / "c.db"
    text.write_text("not a shop " * 1000)
    other = apsw.Connection(str(foreign))
    other.execute("CREATE TABLE posting (seq INTEGER)").fetchall()
    other.close()
    Till(empty).close()
    for path, code in ((text, "not_a_shop_file"), (foreign, "not_a_shop_file"), (tmp_path, "no_backup_file")):
        with pytest.raises(Fault, match=code) as fault:
            till.restore(path)
        assert fault.value.facts["path"] == str(path)
    for path in (till.path, empty):
        with pytest.raises(Rejection, match="not_a_backup"):
            till.restore(path)
    untouched(till, 1)


def test_a_shop_in_use_is_not_taken_for_a_backup(till: Till, tmp_path: Path) -> None:
    other = Till(tmp_path / "other.db")
    other.furnish()
    with pytest.raises(Rejection, match="not_a_backup"):
        till.restore(other.path)
    other.close()
    untouched(till, 1)


def test_another_shops_backup_is_refused(till: Till, tmp_path: Path) -> None:
    other = Till(tmp_path / "other.db")
    other.furnish("Other")
    copy = other.backup()
    other.close()
    with pytest.raises(Rejection, match="backup_of_another_shop"):
        till.restore(copy.path)
    untouched(till, 1)


def test_a_lost_key_file_needs_a_word(till: Till, tmp_path: Path) -> None:
    copy = Path(till.backup().path)
    key_path(copy).unlink()
    assert till.restore(copy).sealed, "this computer still has the key"
    fresh_folder = tmp_path / "new"
    fresh_folder.mkdir()
    fresh = Till(fresh_folder / "shop.db")
    with pytest.raises(Rejection, match="backup_without_key"):
        fresh.restore(copy)
    done = fresh.restore(copy, without_key=True)
    assert not done.sealed
    assert fresh.points == 25
    fresh.sell("s2")
    assert [finding.code for finding in fresh.proof.findings] == ["chain_key_missing"]
    assert KeyRing(fresh.path).key(1) is None
    fresh.close()


def test_nobodys_open_file_is_swapped_away(till: Till) -> None:
    copy = till.backup()
    printing = Till(till.path)
    with pytest.raises(Fault, match="busy_file"):
        till.restore(copy.path)
    printing.sell("s2")
    printing.close()
    untouched(till, 2)


def test_a_swap_that_fails_leaves_the_shop_open(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = till.backup()

    def broken(fresh: Path, shop_file: Path, old: Path) -> None:
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_exchange", broken)
        with pytest.raises(Fault, match="restore_failed"):
            till.restore(copy.path)
    untouched_but_for_the_key(till)


def untouched_but_for_the_key(till: Till) -> None:
    till.sell("s2")
    assert till.proof.ok
    assert till.points == 50


@pytest.mark.slow
def test_a_killed_restore_leaves_the_old_shop_or_the_restored_one(till: Till) -> None:
    till.backup()
    till.close()
    dice = random.Random(1404)
    for life in range(examples(9)):
        killed_after(till.path, f"k{life}", "restore", dice.uniform(0, 0.08))
        proof = audited(till.path)
        assert proof.ok
        assert proof.figures["sales"] in (1, 2)
    kept = [path for path in till.path.parent.glob("*.before-restore-*") if path.suffix != ".key"]
    assert kept or not ALL
    assert all(audited(path).ok for path in kept if not path.name.endswith(("-wal", ".lock")))


def test_a_file_system_without_links_restores_all_the_same(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = till.backup()
    till.sell("s2")

    def no_links(*_: object) -> None:
        raise OSError(95, "operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    done = till.restore(copy.path)
    assert done.old_file is not None
    assert audited(done.old_file).figures["sales"] == 2
    assert till.points == 25


def test_an_unreadable_log_of_the_old_file_goes_with_it_and_never_meets_the_new_one(till: Till) -> None:
    copy = till.backup()
    till.sell("s2")
    till.close()
    log = till.path.with_name("shop.db-wal")
    log.write_bytes(b"what is left of a log")
    with restoring.beside(till.path, Path(copy.path), without_key=False) as fresh:
        old = restoring.swap(fresh, till.path, till.time_ms, keep_old=True)
    assert old is not None
    assert old.with_name(old.name + "-wal").read_bytes() == b"what is left of a log"
    assert not log.exists()
    assert audited(till.path).ok


def test_an_older_form_is_brought_up_to_date_on_the_way(
    till: Till, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = till.backup()
    migrations = tmp_path / "migrations"
    shutil.copytree(opening.MIGRATIONS, migrations)
    (migrations / "0099_later.py").write_text("def up(migrator, db):\n    pass\n", "utf-8")
    till.close()
    monkeypatch.setattr(opening, "MIGRATIONS", migrations)
    later = Till(till.path)
    later.restore(copy.path)
    later.sell("s2")
    assert later.proof.ok
    assert not list(till.path.parent.glob("*.restoring*"))
    later.close()


def test_a_backup_at_a_path_with_odd_letters_is_found_and_restored(till: Till, tmp_path: Path) -> None:
    folder = tmp_path / "پشتیبان 100% ?#&x=1"
    folder.mkdir()
    copy = till.backup(folder)
    till.sell("s2")
    till.restore(copy.path)
    assert till.points == 25
