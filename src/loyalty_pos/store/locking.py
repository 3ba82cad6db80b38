"""Locks of the operating system beside a shop's file. They end with the process, however it ends."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """One lock on a small file of its own, which stays lying there: removing it would open a race."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock or change how it is held; False when somebody else stands in the way.

        Raises OSError where the folder takes no file. A disk that knows no locks refuses nobody.
        """
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle, shared=shared)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True
        return True

    def free(self) -> None:
        """Let go; harmless when nothing is held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":

    def _lock(handle: int, *, shared: bool) -> None:
        if not shared:  # who merely has the file open needs none: Windows refuses to move such a file
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _lock(handle: int, *, shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def open_lock(shop_file: Path) -> FileLock:
    """Make the lock that everybody who has the file open shares, and a restore needs for itself."""
    return FileLock(shop_file.with_name(shop_file.name + ".lock"))


def window_lock(shop_file: Path) -> FileLock:
    """Make the lock that one window holds: a second window is refused, scripts and paper are not."""
    return FileLock(shop_file.with_name(shop_file.name + ".window"))
