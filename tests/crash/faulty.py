"""A disk that refuses: the n-th call, or every call from the n-th on, for an I/O error or for want of room.

It can also have just so much room, and say no to a file that wants to grow beyond.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import apsw

BASE = "win32" if os.name == "nt" else "unix"
T = TypeVar("T")


class FaultyDisk(apsw.VFS):
    """The system's own file system for one folder, with a counter of calls and a plan of what fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.calls = 0
        self.refused = 0
        self._from = 0
        self._kind = ""
        self._sticky = False
        self.room_bytes: int | None = None
        super().__init__("faulty", BASE, makedefault=True)

    def plan(self, call: int, kind: str, *, sticky: bool) -> None:
        """Refuse the call of this number, counted from now, and when it is sticky every later one."""
        self.calls = self.refused = 0
        self._from, self._kind, self._sticky = call, kind, sticky

    def heal(self) -> None:
        self._from = 0

    def pass_on(self, call: Callable[[], T]) -> T:
        self.calls += 1
        if self._from and (self.calls == self._from or (self._sticky and self.calls > self._from)):
            self.refused += 1
            if self._kind == "full":
                raise apsw.FullError("database or disk is full")
            raise apsw.IOError("disk I/O error")
        return call()

    def want(self, more_bytes: int) -> None:
        """Give a file room to grow, while there is any."""
        if self.room_bytes is not None and more_bytes > 0:
            if more_bytes > self.room_bytes:
                raise apsw.FullError("database or disk is full")
            self.room_bytes -= more_bytes

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None or Path(path).parent != self._folder:
            return apsw.VFSFile(BASE, name, flags)
        return self.pass_on(lambda: _File(self, name, flags))

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802
        self.pass_on(lambda: super(FaultyDisk, self).xDelete(name, sync_folder))

    def xAccess(self, name: str, flags: int) -> bool:  # noqa: N802
        return bool(self.pass_on(lambda: super(FaultyDisk, self).xAccess(name, flags)))


class _File(apsw.VFSFile):
    def __init__(self, disk: FaultyDisk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(BASE, name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        read = super().xRead
        return bytes(self._disk.pass_on(lambda: read(amount, offset)))

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        write = super().xWrite
        self._disk.want(offset + len(data) - super().xFileSize())
        self._disk.pass_on(lambda: write(data, offset))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        truncate = super().xTruncate
        self._disk.pass_on(lambda: truncate(size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        sync = super().xSync
        self._disk.pass_on(lambda: sync(flags))

    def xFileSize(self) -> int:  # noqa: N802
        size = super().xFileSize
        return int(self._disk.pass_on(size))

    def xLock(self, level: int) -> None:  # noqa: N802
        lock = super().xLock
        self._disk.pass_on(lambda: lock(level))


@contextmanager
def faulty_disk(folder: Path) -> Iterator[FaultyDisk]:
    disk = FaultyDisk(folder)
    try:
        yield disk
    finally:
        disk.unregister()
