"""Where a shop's file may lie, and that one window at most has it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from loyalty_pos.domain.errors import Fault
from loyalty_pos.store.locking import open_lock, window_lock
from loyalty_pos.store.places import System, claim_window, free_bytes, refuse_place, same_disk
from tests.store.test_backup import ENVIRONMENT, ROOT
from tests.store.till import Till

HOLD = """
import sys
from pathlib import Path
from loyalty_pos.store.places import claim_window
lock = claim_window(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def code_of(path: Path, system: System | None = None) -> str:
    try:
        refuse_place(path, system or System())
    except Fault as fault:
        assert fault.facts["path"]
        return fault.code
    return ""


@pytest.mark.parametrize(
    "name",
    [
        *(
            "OneDrive",
            "OneDrive - Firuze",
            "Dropbox",
            "Dropbox (Personal)",
            "Google Drive",
            "GoogleDrive-a@b.c",
        ),
        *("My Drive", "iCloudDrive", "iCloud Drive", "Mobile Documents", "CloudStorage", "Nextcloud", "MEGA"),
        *("onedrive", "Yandex.Disk", "pCloud Drive", "Box Sync"),
    ],
)
def test_a_synced_folder_is_refused_however_deep(tmp_path: Path, name: str) -> None:
    deep = tmp_path / name / "shop" / "2026"
    deep.mkdir(parents=True)
    assert code_of(deep / "shop.db") == "synced_folder"


@pytest.mark.parametrize("name", ["shop", "my dropbox export", "Megan", "boxes", "drive", "icloudy"])
def test_a_folder_that_only_sounds_alike_is_not(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert code_of(tmp_path / name / "shop.db") == ""


@pytest.mark.parametrize("mark", [".dropbox", ".dropbox.cache", ".stfolder"])
def test_a_sync_clients_mark_gives_it_away(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).mkdir()
    (tmp_path / "shop").mkdir()
    assert code_of(tmp_path / "shop" / "shop.db") == "synced_folder"


def test_a_link_into_a_synced_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    assert code_of(tmp_path / "plain" / "shop.db") == "synced_folder"


def test_a_wrong_path_is_named(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "is_a_folder"
    assert code_of(tmp_path / "none" / "shop.db") == "no_folder"


@pytest.fixture
def system(tmp_path: Path) -> System:
    """Two disks: one that stays, one that can be pulled out; a partition on each."""
    devices, blocks = tmp_path / "devices", tmp_path / "block"
    blocks.mkdir()
    for disk, removable in (("sda", "0"), ("sdb", "1")):
        partition = devices / disk / f"{disk}1"
        partition.mkdir(parents=True)
        (devices / disk / "removable").write_text(removable + "\n")
        for name, place in ((disk, devices / disk), (f"{disk}1", partition)):
            (blocks / name).symlink_to(place)
    return System(mounts=tmp_path / "mounts", blocks=blocks)


@pytest.mark.parametrize(
    ("device", "kind", "code"),
    [
        ("/dev/sda1", "ext4", ""),
        ("/dev/sdb1", "vfat", "removable_drive"),
        ("/dev/sdb", "exfat", "removable_drive"),
        ("/dev/gone1", "ext4", ""),
        ("server:/shop", "nfs4", "network_drive"),
        ("//server/shop", "cifs", "network_drive"),
        ("me@server:", "fuse.sshfs", "network_drive"),
        ("share", "virtiofs", ""),
        ("tmpfs", "tmpfs", ""),
    ],
)
def test_the_mount_a_folder_lies_on_decides(
    tmp_path: Path, system: System, device: str, kind: str, code: str
) -> None:
    place = tmp_path / "the shop" / "inside"
    place.mkdir(parents=True)
    point = str(tmp_path.resolve() / "the shop").replace(" ", "\\040")
    system.mounts.write_text(
        f"server:/ / nfs rw 0 0\n{device} {point} {kind} rw 0 0\nproc /proc proc rw 0 0\n"
    )
    assert code_of(place / "shop.db", system) == code
    assert code_of(tmp_path / "shop.db", system) == "network_drive"


def test_a_system_that_keeps_no_table_of_mounts_refuses_nothing(tmp_path: Path) -> None:
    assert code_of(tmp_path / "shop.db", System(mounts=tmp_path / "none")) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that takes no file, even from root")
def test_a_folder_that_takes_no_file_is_said() -> None:
    with pytest.raises(Fault, match="folder_not_writable"):
        claim_window(Path("/proc/self/shop.db"))


def test_a_second_window_is_refused_until_the_first_closes(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    first = claim_window(path)
    with pytest.raises(Fault, match="second_window"):
        claim_window(path)
    other = claim_window(tmp_path / "other.db")
    other.free()
    first.free()
    claim_window(path).free()


def test_a_killed_window_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT
    ) as window:
        assert window.stdout is not None
        window.stdout.readline()
        with pytest.raises(Fault, match="second_window"):
            claim_window(path)
        window.send_signal(signal.SIGKILL)
        window.wait()
        claim_window(path).free()


def test_scripts_and_paper_open_the_file_beside_a_window(till: Till) -> None:
    claim = claim_window(till.path)
    beside = Till(till.path)
    beside.sell("s2")
    beside.close()
    assert till.points == 50
    claim.free()


def test_locks_are_shared_or_alone(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    one, two = open_lock(path), open_lock(path)
    assert one.take(shared=True)
    assert two.take(shared=True)
    assert not one.take()
    two.free()
    assert one.take()
    assert not two.take(shared=True)
    one.free()
    assert two.take(shared=True)
    two.free()
    two.free()
    assert window_lock(path).take()


def test_a_file_being_restored_is_busy_for_others(till: Till) -> None:
    till.close()
    restoring = open_lock(till.path)
    assert restoring.take()
    with pytest.raises(Fault, match="busy_file"):
        Till(till.path)
    restoring.free()
    Till(till.path).close()


def test_room_is_that_of_the_nearest_folder_there_is(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "to" / "come") > 0
    assert same_disk(tmp_path, tmp_path / "to" / "come")
