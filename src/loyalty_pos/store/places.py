"""Where a shop's file may lie, and how much room there is: what voids SQLite's warranty is refused."""

import os
import re
import shutil
import sys
from pathlib import Path

from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.store.locking import FileLock, window_lock

LOW_SPACE_BYTES = 200_000_000

# A sync client copies the file and its log at different moments; most such copies cannot be read.
_SYNCED_NAME = re.compile(
    r"onedrive( - .+)?|dropbox( \(.+\))?|google ?drive.*|my drive|icloud ?drive|mobile documents|cloudstorage"
    r"|nextcloud|owncloud|pcloud ?drive|mega(sync)?|yandex\.disk|box sync",
    re.IGNORECASE,
)
_SYNCED_MARK = (".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log")
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afpfs|afs|ceph|glusterfs|lustre|davfs"
    r"|fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse|glusterfs|smbnetfs|google-drive-ocamlfuse|onedriver|s3fs|curlftpfs)"
)
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4


@dataclass(frozen=True, slots=True)
class System:
    """Where the system tells about its disks."""

    mounts: Path = Path("/proc/mounts")
    blocks: Path = Path("/sys/class/block")


def file_at(path: Path) -> tuple[int, int] | None:
    """Tell which file lies at a path, None when there is none to be seen."""
    try:
        found = path.stat()
    except OSError:  # a folder that cannot be looked into hides its file as well as one that is gone
        return None
    return found.st_dev, found.st_ino


def claim_window(shop_file: Path, system: System | None = None) -> FileLock:
    """Let a window have this file; free the lock it gets when the window has closed.

    Raises Fault: a wrong, synced, network or removable folder, one that takes no file, or
    `second_window` when another window has the file already.
    """
    refuse_place(shop_file, system or System())
    lock = window_lock(shop_file)
    try:
        taken = lock.take()
    except OSError as error:
        raise Fault("folder_not_writable", path=str(shop_file.parent)) from error
    if not taken:
        lock.free()
        raise Fault("second_window", path=str(shop_file))
    return lock


def refuse_place(shop_file: Path, system: System) -> None:
    """Refuse a place where a shop's file comes to harm; raises Fault."""
    if shop_file.is_dir():
        raise Fault("is_a_folder", path=str(shop_file))
    folder = shop_file.absolute().parent
    if not folder.is_dir():
        raise Fault("no_folder", path=str(folder))
    real = folder.resolve()
    if any(_is_synced(each) for place in (folder, real) for each in (place, *place.parents)):
        raise Fault("synced_folder", path=str(folder))
    kind = _drive_of(real, system)
    if kind == "network":
        raise Fault("network_drive", path=str(folder))
    if kind == "removable":
        raise Fault("removable_drive", path=str(folder))


def free_bytes(folder: Path) -> int:
    """Say how much room there is; a folder that is still to come has its parent's."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def same_disk(one: Path, other: Path) -> bool:
    """Say whether two folders are lost together."""
    while not other.exists() and other != other.parent:
        other = other.parent
    return one.stat().st_dev == other.stat().st_dev


def _is_synced(folder: Path) -> bool:
    return _SYNCED_NAME.fullmatch(folder.name) is not None or any(
        (folder / mark).exists() for mark in _SYNCED_MARK
    )


if sys.platform == "win32":

    def _drive_of(folder: Path, system: System) -> str:
        import ctypes

        if str(folder).startswith("\\\\"):
            return "network"
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return {_WINDOWS_REMOVABLE: "removable", _WINDOWS_REMOTE: "network"}.get(kind, "")

else:

    def _drive_of(folder: Path, system: System) -> str:
        """Tell by the mount the folder lies on; where the system keeps no such table, tell nothing."""
        try:
            lines = system.mounts.read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        best, found = "", ("", "")
        for line in lines:
            device, _, rest = line.partition(" ")
            point, _, rest = rest.partition(" ")
            place = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), point)
            if len(place) >= len(best) and folder.is_relative_to(place):
                best, found = place, (device, rest.partition(" ")[0])
        if _NETWORK.fullmatch(found[1]):
            return "network"
        return "removable" if _is_removable(found[0], system.blocks) else ""


def _is_removable(device: str, blocks: Path) -> bool:
    """Ask the disk, or for a partition the disk it is on."""
    if not device.startswith("/dev/"):
        return False
    block = Path(os.path.realpath(blocks / Path(device).name))
    for place in (block, block.parent):
        try:
            return (place / "removable").read_text("ascii").strip() == "1"
        except OSError:
            continue
    return False
