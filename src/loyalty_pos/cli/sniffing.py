"""Find out how a file of rows is written: its encoding, its delimiter, its rows by line number."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass

LARGEST_FILE = 32 * 1024 * 1024
MOST_ROWS = 200_000
LONGEST_FIELD = 2_000
LONGEST_LINE = 500_000
if TYPE_CHECKING:
    import _csv

_DELIMITERS = (",", ";", "\t", "|")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SAMPLE_ROWS = 50
_BEGINNING = 16
_BINARY = re.compile(r"[\x00\x1a]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ["cp1256", "cp1251", "cp1252"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the number of the line it begins on; `problem` instead of fields when it has none.

    `as_text` are the places of fields whose writer said that they are text, as our own exports do.
    """

    line: int
    fields: tuple[str, ...]
    problem: str | None = None
    as_text: frozenset[int] = frozenset()


def read_text(path: Path) -> str:
    """Read a text file in whatever encoding it is, within what a shop's export may weigh.

    Raises Fault `no_file`, `file_too_large` or `not_text`.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as missing:
        raise Fault("no_file", path=str(path)) from missing
    if len(raw) > LARGEST_FILE:
        raise Fault("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
    return decode(raw)


def decode(raw: bytes) -> str:
    """Decode by byte order mark, else UTF-8, else UTF-16 by its zero bytes, else a one-byte code page."""
    try:
        text = raw.decode(encoding_of(raw)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Fault("not_text") from None
    if _BINARY.search(text[:_BEGINNING]):  # a picture, whatever its name ends in
        raise Fault("not_text")
    return text


def encoding_of(raw: bytes) -> str:
    """Name the encoding of a text; of one-byte code pages those that a shop here is likely to meet."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return encoding
    if wide := _wide(raw[:4096]):
        return wide
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _code_page(raw)


def _wide(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark by the ASCII in it: delimiters and digits have a zero byte on one side."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) * 5 > pairs and sample[0::2].count(0) * 20 < pairs:
        return "utf-16-le"
    if pairs and sample[0::2].count(0) * 5 > pairs and sample[1::2].count(0) * 20 < pairs:
        return "utf-16-be"
    return None


def _code_page(raw: bytes) -> str:
    from charset_normalizer import from_bytes  # loaded for old files only

    found = from_bytes(raw[:100_000], cp_isolation=_ONE_BYTE, preemptive_behaviour=False).best()
    return found.encoding if found else _ONE_BYTE[0]


def delimiter_of(lines: Sequence[str]) -> str:
    """Choose the delimiter that cuts most of the first rows into as many fields as the heading has."""
    if lines and (said := re.fullmatch(r"sep=(.)\s*", lines[0])):
        return said[1]
    scores = {delimiter: _score(lines[: _SAMPLE_ROWS + 1], delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    widths = [len(row.fields) for row in rows_of(lines, delimiter) if row.problem is None]
    if not widths or widths[0] < 2:
        return 0, 0
    return sum(width == widths[0] for width in widths), widths[0]


def lines_of(text: str) -> list[str]:
    """Cut a text at its line ends (LF, CR LF or CR) and nowhere else."""
    lines: list[str] = []
    start = 0
    for end in _LINE_END.finditer(text):
        lines.append(_line(text, start, end.start()) + "\n")
        start = end.end()
        if len(lines) > MOST_ROWS + 1:
            return lines  # one too many is enough to know
    if start < len(text):
        lines.append(_line(text, start, len(text)))
    return lines


def _line(text: str, start: int, end: int) -> str:
    """Cut a line out; of an endless one only so much that its row is refused as too long."""
    if end - start <= LONGEST_LINE:
        return text[start:end]
    return text[start : start + LONGEST_LINE] + "x" * (LONGEST_FIELD + 1)


def rows_of(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    """Give the rows that are not blank; a row that cannot be read costs itself and no other.

    A quotation mark that is never closed would swallow the rest of the file: such a row is given up
    and reading goes on at the next line.
    """
    start = 1 if lines and re.fullmatch(r"sep=.\s*", lines[0]) else 0
    reader = _reader(lines, start, delimiter)
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        base = start
        while True:
            line = base + reader.line_num + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as broken:
                yield Row(line, (), "too_long" if "limit" in str(broken) else "broken_quotes")
                base, reader = line, _reader(lines, line, delimiter)
                continue
            if any(field.strip() for field in fields):
                yield Row(line, tuple(fields), _problem(fields))
    finally:
        csv.field_size_limit(before)


def _reader(lines: Sequence[str], start: int, delimiter: str) -> "_csv.Reader":
    rest = (lines[at] for at in range(start, len(lines)))
    return csv.reader(rest, delimiter=delimiter, strict=True)


def _problem(fields: Sequence[str]) -> str | None:
    if any(char == "\0" or 0xD800 <= ord(char) <= 0xDFFF for field in fields for char in field):
        return "broken_text"
    return None
