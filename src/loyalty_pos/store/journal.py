"""The sales journal on a second medium: everything that changes the shop, line by line (reliability 1, 3).

What a transaction changed is kept as one line in the shop's own file, in that transaction, and written to
the medium when the answer is out. So no line can be missing: what a medium that is away or a crash left
behind waits in the file. A backup knows the number of the next line; both together bring back the
identical shop, see `roll_forward`. See docs/adr/0016-the-sales-journal.md.
"""

import json
import os
import zlib
from base64 import b85encode
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos.app.journal_views import JournalView
from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.store import places
from loyalty_pos.store.chain import KeyRing, key_path
from loyalty_pos.store.compiled import Execute
from loyalty_pos.store.opening import fsync_folder, head_version

LINES_AT_ONCE = 500
_TAIL_BYTES = 1 << 20
_APART = ("journal", "person_words", "person_parts", "sqlite_")
"""Tables the journal does not tell about: its own, and the search, which is built anew."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the journal is kept; `mark` names the file, which goes on after line `after_n` of another."""

    folder: Path
    mark: str
    after_mark: str | None
    after_n: int


def journal_path(folder: Path, shop: str, mark: str) -> Path:
    return folder / f"{shop[:8]}-{mark}.journal"


def as_line(n: int, version: int, changes: bytes) -> bytes:
    """Write a line: its number, the form of the file, a sum, and what changed."""
    body = f"{n} {version} {b85encode(zlib.compress(changes)).decode('ascii')}"
    return f"{blake2b(body.encode('ascii'), digest_size=8).hexdigest()} {body}\n".encode("ascii")


class Journal:
    """The journal of one open shop. Call it from the thread that has the connection."""

    def __init__(self, path: Path, connection: Any, execute: Execute, keys: KeyRing) -> None:
        self._path, self._connection, self._execute, self._keys = path, connection, execute, keys
        self._written = 0
        self._mark = ""
        self._epochs: object = None
        self._trouble = ""
        self._gap = False

    def place(self) -> Place | None:
        row = self._execute("SELECT folder, mark, after_mark, after_n FROM journal", ()).fetchone()
        if row is None:
            return None
        folder, mark, after_mark, after_n = row
        texts = all(type(text) is str for text in (folder, mark)) and type(after_mark) in (str, type(None))
        if not texts or type(after_n) is not int:  # what a damaged page holds instead
            raise Fault("damaged_file", path=str(self._path))
        return Place(Path(folder), mark, after_mark, after_n)

    def watch(self) -> Any:
        """Begin to note what changes, inside a transaction; None while no journal is kept."""
        if self.place() is None:
            return None
        session = apsw.Session(self._connection, "main")
        session.table_filter(lambda table: not table.startswith(_APART))
        session.attach()
        return session

    def note(self, session: Any) -> None:
        """Put what changed into the transaction itself; lines that are on the medium go by the way."""
        changes = b"" if session.is_empty else session.changeset()
        if changes:
            if self._written:
                self._execute("DELETE FROM journal_line WHERE n <= ?", (self._written,))
            self._execute("INSERT INTO journal_line (changes) VALUES (?)", (changes,))

    def write(self) -> None:
        """Bring waiting lines to the medium; trouble with it is kept for `view` and tried again."""
        # The shop's own trouble, or that it is closed already, is told by who asks the shop.
        with suppress(Fault, apsw.Error):
            place = None if self._connection.in_transaction else self.place()
            if place is not None:
                self._write_all(place)

    def _write_all(self, place: Place) -> None:
        try:
            while self._write_some(place):
                pass
            self._trouble = "journal_gap" if self._gap else ""
        except OSError as error:
            self._mark = ""  # what is plugged in next may be another medium
            self._trouble = "journal_full" if error.errno in _FULL else "journal_away"

    def _write_some(self, place: Place) -> bool:
        shop = self._shop()
        path = journal_path(place.folder, shop, place.mark)
        if self._mark != place.mark:
            self._begin(path, shop, place)
        rows = self._execute(
            "SELECT n, changes FROM journal_line WHERE n > ? ORDER BY n LIMIT ?",
            (self._written, LINES_AT_ONCE),
        ).fetchall()
        if rows:
            if rows[0][0] > max(self._written, place.after_n) + 1:
                self._gap = True
            if self._keys.epochs() != self._epochs:  # before the first line that needs it
                self._save_keys(path)
            version = head_version()
            _append(path, b"".join(as_line(n, version, changes) for n, changes in rows))
            self._written = rows[-1][0]
        return len(rows) == LINES_AT_ONCE

    def _begin(self, path: Path, shop: str, place: Place) -> None:
        """Find the end of the file, or make it with what it goes on after."""
        if not place.folder.is_dir():
            raise FileNotFoundError(place.folder)
        if not path.exists():
            head = {
                "journal": 1,
                "shop": shop,
                "mark": place.mark,
                "after": [place.after_mark, place.after_n],
            }
            _append(path, json.dumps(head).encode("ascii") + b"\n", new=True)
            fsync_folder(place.folder)
        self._save_keys(path)
        self._gap = False
        self._written = last_number(path)
        self._mark = place.mark

    def _save_keys(self, path: Path) -> None:
        self._keys.save_as(key_path(path))
        self._epochs = self._keys.epochs()

    def keep(self, folder: str | None) -> None:
        """Begin the journal anew in a folder, or keep none any more; inside a transaction."""
        if folder is None:
            self._stop()
        else:
            self._begin_in(str(Path(folder).absolute()))

    def _begin_in(self, folder: str, after_mark: str | None = None) -> None:
        """Keep the journal in a folder from here on, in a file of its own."""
        self._stop()
        values = (1, folder, os.urandom(8).hex(), after_mark, self.last_line())
        self._execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?)", values)

    def go_on(self) -> None:
        """Begin a new file after a restore: what follows is another story than the old file may tell."""
        place = self.place()
        if place is not None:
            self._begin_in(str(place.folder), place.mark)

    def _stop(self) -> None:
        """Keep no journal any more; lines that wait for a medium go too."""
        self._execute("DELETE FROM journal", ())
        self._execute("DELETE FROM journal_line", ())

    def last_line(self) -> int:
        """Return the number of the last line there ever was."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = 'journal_line'"
        row = self._execute(sql, ()).fetchone()
        return 0 if row is None else int(row[0])

    def view(self) -> JournalView | None:
        """Say how the journal stands."""
        place = self.place()
        if place is None:
            return None
        self.write()
        sql = "SELECT count(*) FROM journal_line WHERE n > ?"
        ((waiting,),) = self._execute(sql, (self._written,)).fetchall()
        warnings = [self._trouble] if self._trouble else []
        if not self._trouble and places.same_disk(self._path.parent, place.folder):
            warnings.append("journal_same_disk")
        return JournalView(
            folder=str(place.folder), lines=self.last_line(), waiting=waiting, warnings=tuple(warnings)
        )

    def _shop(self) -> str:
        ((shop,),) = self._execute("SELECT ref FROM shop", ()).fetchall()
        return str(shop)


_FULL = (28, 122, 27)
"""ENOSPC, EDQUOT and EFBIG: there is no room on the medium."""


def _append(path: Path, data: bytes, *, new: bool = False) -> None:
    """Append and bring to the disk; after a torn line a new one begins."""
    making = os.O_CREAT | os.O_EXCL if new else 0
    handle = os.open(path, os.O_RDWR | os.O_APPEND | making | getattr(os, "O_BINARY", 0), 0o600)
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        if end:
            os.lseek(handle, end - 1, os.SEEK_SET)
            if os.read(handle, 1) != b"\n":
                data = b"\n" + data
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def last_number(path: Path) -> int:
    """Return the number of the last whole line; one too small costs a line written twice, nothing else."""
    from loyalty_pos.store.roll_forward import read_line

    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        found = [read_line(line) for line in file.read().splitlines()]
    return max((line.n for line in found if line is not None), default=0)
