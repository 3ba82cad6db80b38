"""Bringing a backup to the present with the sales journal: line after line, to the identical shop.

Only what was so before a line changes by it; anything else means that backup and journal do not belong
together, and nothing is put in place.
"""

import json
import zlib
from base64 import b85decode
from collections.abc import Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

import apsw

from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a journal: what a transaction changed."""

    n: int
    version: int
    body: str

    @property
    def changes(self) -> bytes:
        return zlib.decompress(b85decode(self.body))


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a journal. It goes on after line `after_n` of the file `after_mark`, if of any."""

    path: Path
    mark: str
    after_mark: str | None
    after_n: int

    def lines(self) -> dict[int, Line]:
        """Read every whole line; torn ones are as if they were not there."""
        with self.path.open("rb") as file:
            found = (read_line(line) for line in file)
            return {line.n: line for line in found if line is not None}


def read_line(line: bytes) -> Line | None:
    """Read a line; None for what is none or not whole."""
    mark, _, body = line.strip().partition(b" ")
    if blake2b(body, digest_size=8).hexdigest().encode("ascii") != mark:
        return None
    n, version, changes = body.decode("ascii").split(" ")
    return Line(int(n), int(version), changes)


def segments_in(folder: Path, shop: str) -> list[Segment]:
    """Find the journal files of a shop, newest last."""
    found = []
    for path in folder.glob(f"{shop[:8]}-*.journal"):
        with path.open("rb") as file:
            try:
                head = json.loads(file.readline())
                segment = Segment(path, head["mark"], *head["after"])
            except (ValueError, LookupError, TypeError):
                continue
        if head.get("shop") == shop:
            found.append(segment)
    return sorted(found, key=lambda segment: segment.path.stat().st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Rolled:
    """How many lines were brought back, and the files they came from."""

    lines: int
    segments: tuple[Path, ...] = ()

    def then(self, more: "Rolled") -> "Rolled":
        return Rolled(self.lines + more.lines, (*self.segments, *more.segments))


NOTHING_ROLLED = Rolled(0)


def journal_of(copy: Path) -> Path | None:
    """Return the folder of the journal that a shop's file says it keeps."""
    with closing(apsw.Connection(str(copy))) as connection:
        if not _has_journal(connection):
            return None
        row = connection.execute("SELECT folder FROM journal").fetchone()
    return None if row is None else Path(row[0])


def roll_forward(copy: Path, folder: Path) -> Rolled:
    """Apply to a shop's file, which nobody has open, all that the journal tells since it was copied.

    Stops before a line of another form of the file. Raises Fault `journal_broken` when a line does not fit.
    """
    with closing(apsw.Connection(str(copy))) as connection:
        if not _has_journal(connection):
            return NOTHING_ROLLED
        row = connection.execute("SELECT mark FROM journal").fetchone()
        shop = connection.execute("SELECT ref FROM shop").fetchone()
        if row is None or shop is None:
            return NOTHING_ROLLED
        # Balances move by what the line says, not once more by the triggers that moved them then.
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        version = connection.pragma("user_version")
        found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_line'").fetchone()
        first = last = 0 if found is None else found[0]
        mark, used = row[0], []
        with connection:
            for segment, line in _story(segments_in(folder, shop[0]), mark, last):
                if line.version != version:
                    break
                _apply(connection, line, segment.path)
                mark, last = segment.mark, line.n
                if segment.path not in used:
                    used.append(segment.path)
            _settle(connection, folder, mark, last)
        return Rolled(last - first, tuple(used))


def _has_journal(connection: Any) -> bool:
    sql = "SELECT 1 FROM sqlite_schema WHERE name = 'journal_line'"
    return connection.execute(sql).fetchone() is not None


def _story(segments: list[Segment], mark: str, last: int) -> Iterator[tuple[Segment, Line]]:
    """Tell the lines after `last` in their order, going over to the file that goes on after them."""
    by_mark = {segment.mark: segment for segment in segments}
    while mark in by_mark:
        lines = by_mark[mark].lines()
        newer = [one for one in segments if one.after_mark == mark and one.after_n >= last]
        following = newer[-1] if newer else None
        while last + 1 in lines and (following is None or last != following.after_n):
            last += 1
            yield by_mark[mark], lines[last]
        if following is None or last != following.after_n:
            return
        mark = following.mark


def _apply(connection: Any, line: Line, path: Path) -> None:
    try:
        changes = line.changes
        apsw.Changeset.apply(changes, connection, conflict=lambda *_: apsw.SQLITE_CHANGESET_ABORT)
    except (apsw.Error, ValueError, zlib.error) as error:
        raise Fault("journal_broken", path=str(path), number=line.n) from error


def _settle(connection: Any, folder: Path, mark: str, last: int) -> None:
    """Make the file know which line it is at, and build the search anew."""
    connection.execute("DELETE FROM journal_line")
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'journal_line'")
    connection.execute("INSERT INTO sqlite_sequence VALUES ('journal_line', ?)", (last,))
    connection.execute("UPDATE journal SET mark = ?, folder = ?", (mark, str(folder)))
    connection.execute("INSERT INTO person_words (person_words) VALUES ('rebuild')")
    connection.execute("INSERT INTO person_parts (person_parts) VALUES ('rebuild')")
