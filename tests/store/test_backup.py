"""A backup is a copy that was opened and audited; a bad one never takes the place of a good one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest

from loyalty_pos.app import commands as c
from loyalty_pos.app import queries as q
from loyalty_pos.app.backup_views import BackupsView
from loyalty_pos.domain.errors import Fault, Rejection
from loyalty_pos.store import copies, places
from loyalty_pos.store.chain import KeyRing, key_path
from tests.store.till import HOUR_MS, Till, audited

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def listed(till: Till, path: Path | None = None) -> BackupsView:
    view: BackupsView = till.service.ask(q.Backups(path=None if path is None else str(path)))
    return view


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_backup_opens_as_a_shop_and_audits_clean(till: Till, tmp_path: Path) -> None:
    made = till.backup()
    assert made.made
    assert Path(made.path).parent == copies.backup_folder(till.path)
    assert made.size_bytes == Path(made.path).stat().st_size
    assert leftovers(Path(made.path).parent) == []
    assert audited(made.path) == till.proof


def test_keys_and_sum_travel_with_a_copy_that_only_its_owner_reads(till: Till) -> None:
    copy = Path(till.backup().path)
    files = [copy, key_path(copy), copies.sum_path(copy)]
    assert [file.stat().st_mode & 0o777 for file in files[:2]] == [0o600, 0o600]
    assert key_path(copy).read_text() == key_path(till.path).read_text()
    assert copies.told_sum(copy) == copies.digest_of(copy)
    assert copies.sum_path(copy).read_text().split()[1] == copy.name


def test_nothing_new_makes_no_new_copy(till: Till) -> None:
    first = till.backup()
    till.time_ms += HOUR_MS
    till.service.idle()
    again = till.backup()
    assert (again.path, again.made) == (first.path, False)
    till.sell("s2")
    assert till.backup().made
    assert len(listed(till).backups) == 2


def test_a_newest_copy_that_rotted_is_not_taken_for_good(till: Till) -> None:
    first = Path(till.backup().path)
    spoil(first, 5)
    till.time_ms += HOUR_MS
    again = till.backup()
    assert again.made
    assert audited(again.path).ok


def test_a_copy_made_twice_within_a_second_gets_a_name_of_its_own(till: Till) -> None:
    first = till.backup()
    till.sell("s2")
    second = till.backup()
    assert first.path != second.path
    assert {copy.path for copy in listed(till).backups} == {first.path, second.path}


def test_a_named_file_is_replaced_by_a_better_copy_of_the_same_shop(till: Till, tmp_path: Path) -> None:
    target = tmp_path / "stick.db"
    till.backup(target)
    till.sell("s2")
    assert till.backup(target).path == str(target)
    assert audited(target).figures["sales"] == 2


def test_a_file_that_is_no_backup_of_this_shop_is_never_overwritten(till: Till, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Roya")
    other = Till(tmp_path / "other.db")
    other.furnish("Other")
    other.close()
    in_use = tmp_path / "in_use.db"
    till.backup(in_use)
    in_use.with_name("in_use.db-wal").write_text("more")
    before = {path: path.read_bytes() for path in (letter, tmp_path / "other.db", in_use)}
    for target in (letter, tmp_path / "other.db", till.path, in_use):
        with pytest.raises(Rejection, match="backup_in_the_way"):
            till.backup(target)
    assert {path: path.read_bytes() for path in before} == before
    assert till.proof.ok


def test_a_missing_folder_is_said_and_nothing_is_made(till: Till, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no_folder"):
        till.backup(tmp_path / "unplugged" / "copy.db")


def test_a_folder_that_cannot_be_made_is_said(till: Till) -> None:
    copies.backup_folder(till.path).write_text("in the way")
    with pytest.raises(Fault, match="backup_failed"):
        till.backup()
    assert till.proof.ok


def test_an_empty_file_has_nothing_to_back_up(tmp_path: Path) -> None:
    empty = Till(tmp_path / "empty.db")
    with pytest.raises(Rejection, match="no_shop"):
        empty.backup()
    assert listed(empty).backups == ()
    empty.close()


def test_a_backup_is_no_part_of_a_batch(till: Till) -> None:
    with till.service.batch():
        till.sell("s2")
        for command in (c.Backup(), c.Restore(path="x.db")):
            with pytest.raises(Rejection, match="not_in_a_batch"):
                till.service.do(command)
    assert till.proof.figures["sales"] == 2


@pytest.mark.slow
def test_every_copy_made_while_another_program_sells_is_sound(till: Till) -> None:
    command = [sys.executable, "-m", "tests.store.till", str(till.path), "w"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT) as seller:
        assert seller.stdout is not None
        seen = []
        for _ in range(8):
            seller.stdout.readline()
            till.time_ms += HOUR_MS
            copy = till.backup()
            seen.append(audited(copy.path))
        seller.send_signal(signal.SIGKILL)
    assert all(proof.ok for proof in seen), seen
    sales = [proof.figures["sales"] for proof in seen]
    assert sales == sorted(sales)
    assert sales[-1] > sales[0]


@pytest.mark.slow
@pytest.mark.parametrize("lives", [4])
def test_a_killed_backup_leaves_only_sound_copies(till: Till, lives: int) -> None:
    till.close()
    dice = random.Random(1404)
    for life in range(lives):
        killed_after(till.path, f"k{life}", "backup", dice.uniform(0, 0.05))
    folder = copies.backup_folder(till.path)
    found = copies.held_in(folder, None)
    assert len(found) >= lives
    for copy in found:
        assert key_path(Path(copy.path)).exists()
        assert copies.told_sum(Path(copy.path)) in (None, copies.digest_of(Path(copy.path)))
        assert audited(copy.path).ok


def killed_after(path: Path, key: str, what: str, seconds: float) -> None:
    """Let a program work on the file and kill it at some moment after it has done something."""
    command = [sys.executable, "-m", "tests.store.till", str(path), key, what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT) as busy:
        assert busy.stdout is not None
        assert busy.stdout.readline(), "it never worked"
        with suppress(subprocess.TimeoutExpired):
            busy.wait(seconds)
        busy.send_signal(signal.SIGKILL)


def test_a_copy_that_fails_the_audit_is_no_backup_and_the_good_one_stays(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = till.backup()
    till.sell("s2")
    wrote = copies._write

    def disturbed(vacuum: object, part: Path) -> str:
        digest = wrote(vacuum, part)  # type: ignore[arg-type]
        spoil(part, 7, flips=200)
        return digest

    with monkeypatch.context() as patch:
        patch.setattr(copies, "_write", disturbed)
        with pytest.raises(Fault) as fault:
            till.backup()
    assert fault.value.code in ("damaged_file", "backup_not_sound", "not_a_shop_file")
    assert [copy.path for copy in listed(till).backups] == [good.path]
    assert leftovers(copies.backup_folder(till.path)) == []
    assert audited(good.path).ok


def test_books_that_were_meddled_with_are_not_backed_up_over_good_copies(till: Till) -> None:
    good = till.backup()
    till.sell("s2")
    till.store._execute("UPDATE account SET balance = balance + 1 WHERE unit = 'points'", ())
    with pytest.raises(Fault, match="backup_not_sound") as fault:
        till.backup()
    assert fault.value.facts["finding"] == "balance_is_not_its_entries"
    assert [copy.path for copy in listed(till).backups] == [good.path]


def test_a_shop_that_lost_an_old_key_is_still_backed_up(till: Till) -> None:
    till.close()
    key_path(till.path).unlink()
    later = Till(till.path)
    later.sell("s2")
    made = later.backup()
    assert KeyRing(Path(made.path)).key(2) is not None
    assert [finding.code for finding in audited(made.path).findings] == ["chain_key_missing"]
    later.close()


FULL = """
import resource, sys
from pathlib import Path
from tests.store.till import Till
from loyalty_pos.domain.errors import Fault
till = Till(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    till.backup()
except Fault as fault:
    print(fault.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(till.backup().made)
till.close()
"""


@pytest.mark.parametrize("bytes_left", [0, 5_000, 70_000])
def test_a_full_disk_keeps_the_last_good_copy_and_the_next_one_works(till: Till, bytes_left: int) -> None:
    good = till.backup()
    till.sell("s2")
    till.close()
    command = [sys.executable, "-c", textwrap.dedent(FULL), str(till.path), str(bytes_left)]
    told = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=True)
    code, made = told.stdout.split()
    assert code in ("no_room_for_backup", "backup_failed")
    assert made == "True"
    assert audited(good.path).ok
    assert leftovers(Path(good.path).parent) == []


def test_too_little_room_is_noticed_before_anything_is_written(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "free_bytes", lambda folder: copies.SPARE_BYTES)
    with pytest.raises(Fault, match="no_room_for_backup"):
        till.backup()
    assert listed(till).backups == ()


def test_what_a_killed_backup_left_is_swept_away_but_not_what_another_is_writing(till: Till) -> None:
    folder = Path(till.backup().path).parent
    dead, alive = folder / ".aa.part", folder / ".bb.part"
    dead.write_text("x")
    alive.write_text("x")
    os.utime(dead, (1, 1))
    till.sell("s2")
    till.backup()
    assert leftovers(folder) == [".bb.part"]


def test_half_a_year_of_backups_leaves_the_newest_of_hours_days_and_weeks(till: Till) -> None:
    folder = copies.backup_folder(till.path)
    first = Path(till.backup().path)
    ref = first.name[:8]
    stranger = folder / f"ffffffff-{copies.time_text(0)}.db"
    shutil.copy(first, stranger)
    for half_hours in range(1, 60 * 48, 7):  # one in three and a half hours, two months long
        at_ms = till.time_ms - half_hours * HOUR_MS // 2
        for end in ("", ".key", ".sum"):
            (folder / f"{ref}-{copies.time_text(at_ms)}.db{end}").write_text("x")
    till.sell("s2")
    newest = till.backup()
    left = [copy.at_ms for copy in listed(till).backups]
    assert left[0] == newest.at_ms
    assert min(left) >= till.time_ms - 35 * 24 * HOUR_MS
    assert 48 + 4 <= len(left) <= 48 + 14 + 5
    assert stranger.exists()
    assert len(list(folder.glob(f"{ref}*.key"))) == len(left)


def test_the_owner_is_told_what_is_wrong_with_the_backups(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = listed(till)
    assert view.folder == str(copies.backup_folder(till.path))
    assert view.warnings[:2] == ("no_backup", "same_disk")
    till.backup()
    monkeypatch.setattr(places, "free_bytes", lambda folder: places.LOW_SPACE_BYTES - 1)
    monkeypatch.setattr(places, "same_disk", lambda one, other: False)
    assert listed(till).warnings == ("low_space",)
    assert listed(till, tmp_path).warnings == ("no_backup", "low_space")


def spoil(path: Path, seed: int, flips: int = 1) -> None:
    """Flip bits somewhere in a file."""
    dice = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(flips):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
