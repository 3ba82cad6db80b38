"""A file of rows under a heading, CSV or XLSX: what it is is told by its content, never by its name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from loyalty_pos.cli import sniffing
from loyalty_pos.cli.safe_cells import bare
from loyalty_pos.cli.sniffing import Row, delimiter_of, lines_of, read_text, rows_of
from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Table:
    """The heading of a file, and its rows as often as they are asked for; `at_most` bounds their number."""

    heading: tuple[str, ...]
    at_most: int
    all_rows: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """Give every row below the heading that is not blank."""
        return islice(self.all_rows(), 1, None)


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a file of rows.

    Raises Fault when it is none: unreadable, too large, damaged.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(4)
    except OSError as missing:
        raise Fault("no_file", path=str(path)) from missing
    if begin == _OLE:
        raise Fault("old_workbook")
    if begin == _ZIP:
        with _workbook(path) as table:
            yield table
    else:
        yield _text_table(path)


def _text_table(path: Path) -> Table:
    lines = lines_of(read_text(path))
    if len(lines) > sniffing.MOST_ROWS + 1:
        raise Fault("too_many_rows", limit=sniffing.MOST_ROWS)
    delimiter = delimiter_of(lines)

    def rows() -> Iterator[Row]:
        for row in rows_of(lines, delimiter):
            fields = tuple(map(bare, row.fields))
            marked = (at for at, field in enumerate(row.fields) if field[:1] == "'" and field != fields[at])
            yield replace(row, fields=fields, as_text=frozenset(marked))

    return Table(_heading(rows()), len(lines), rows)


@contextmanager
def _workbook(path: Path) -> Iterator[Table]:
    from loyalty_pos.cli.workbook import Workbook  # loaded for workbooks only

    if path.stat().st_size > sniffing.LARGEST_FILE:
        raise Fault("file_too_large", limit=sniffing.LARGEST_FILE // 1024 // 1024)
    book = Workbook(path)
    try:
        count = 0  # counting also proves the sheet readable to its end, before anything is posted
        for count, _ in enumerate(book.rows(), 1):
            if count > sniffing.MOST_ROWS + 1:
                raise Fault("too_many_rows", limit=sniffing.MOST_ROWS)
        yield Table(_heading(book.rows()), count, book.rows)
    finally:
        book.close()


def _heading(rows: Iterator[Row]) -> tuple[str, ...]:
    first = next(rows, None)
    if first is None:
        raise Fault("empty_file")
    return first.fields
