"""A disk that writes down all it is told: what SQLite wrote, cut, synced, made and removed, in order."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import pytest

from loyalty_pos.store import opening

BASE = "win32" if os.name == "nt" else "unix"
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_SUPER_JOURNAL


@dataclass(frozen=True, slots=True)
class Op:
    """One thing the disk was told; `what` is made, removed, write, cut, sync, folder or done."""

    what: str
    name: str = ""
    at: int = 0
    data: bytes = b""
    folder: bool = False
    """Whether the names of the folder are on the disk afterwards."""


class _File(apsw.VFSFile):
    def __init__(self, recorder: "Recorder", name: Any, flags: list[int]) -> None:
        self._recorder = recorder
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "").name
        # SQLite brings the folder to the disk with the first sync of a journal it may have made.
        self._new_name = bool(flags[0] & _JOURNALS and flags[0] & apsw.SQLITE_OPEN_CREATE)
        super().__init__(BASE, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._recorder.note(Op("write", self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self._recorder.note(Op("cut", self._name, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._recorder.note(Op("sync", self._name, folder=self._new_name))
        self._new_name = False


class Recorder(apsw.VFS):
    """The system's own file system, with everything that reaches the disk in `ops`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ops: list[Op] = []
        super().__init__("recorder", BASE, makedefault=True)

    def note(self, op: Op) -> None:
        self.ops.append(op)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None or Path(path).parent != self._folder:
            return apsw.VFSFile(BASE, name, flags)
        there = Path(path).exists()
        file = _File(self, name, flags)
        if not there and flags[0] & apsw.SQLITE_OPEN_CREATE:
            self.note(Op("made", Path(path).name))
        return file

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802
        super().xDelete(name, sync_folder)
        self.note(Op("removed", Path(name).name, folder=bool(sync_folder)))


@contextmanager
def recording(folder: Path, pragmas: dict[str, object]) -> Iterator[Recorder]:
    """Record what happens to the databases in a folder; `pragmas` replace the program's own."""
    recorder = Recorder(folder.resolve())
    real = opening.fsync_folder

    def fsync_folder(which: Path) -> None:
        real(which)
        recorder.note(Op("folder", folder=True))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "fsync_folder", fsync_folder)
        others = [(name, pragmas.get(name, value)) for name, value in opening.PRAGMAS]
        patch.setattr(opening, "PRAGMAS", others)
        if pragmas:
            patch.setattr(opening, "PROVED_PRAGMAS", {})
        try:
            yield recorder
        finally:
            recorder.unregister()
