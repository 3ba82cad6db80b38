"""Read the first visible sheet of an .xlsx workbook row by row, within bounds.

It never holds the sheet: a stray cell in the last column of the last row, which libraries that build a
whole rectangle die of, is here one short row like any other.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from loyalty_pos.cli.sniffing import LARGEST_FILE, LONGEST_FIELD, Row
from loyalty_pos.domain.errors import Fault

LARGEST_PART = 256 * 1024 * 1024
MOST_COLUMNS = 256
_MOST_SHARED = 24_000_000
"""Characters of shared texts that are kept, each text counted as at least sixteen."""

_CHUNK = 1 << 16
_LONGEST_TAG = 1 << 20
_BROKEN = (
    BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError,
    KeyError, IndexError, ValueError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_NOT_A_PLACE = re.compile(r'"[^"]*"?|\[[^\]]*\]|[\\_*].')
_DAY_SECONDS = 86_400

Attributes = Mapping[str, str]


@contextmanager
def _well_formed() -> Iterator[None]:
    try:
        yield
    except _BROKEN:
        raise Fault("broken_workbook") from None


class Workbook:
    """An open workbook; `rows` may be asked for again and again."""

    def __init__(self, path: Path) -> None:
        with _well_formed():
            self._zip = ZipFile(path)
        try:
            with _well_formed():
                self._sheet, self._since_1904 = self._first_sheet()
                self._date_styles, self._text_styles = self._find_styles()
                self._texts = self._shared_texts()
        except Fault:
            self._zip.close()
            raise

    def close(self) -> None:
        self._zip.close()

    def rows(self) -> Iterator[Row]:
        """Give the rows that are not blank, by their numbers on the sheet; raises Fault `broken_workbook`."""
        reader = _SheetReader(self._text_of, self._text_styles)
        with _well_formed(), self._part(self._sheet) as part:
            for _ in _feed(part, reader.parser):
                yield from reader.take()

    @contextmanager
    def _part(self, name: str) -> Iterator[IO[bytes]]:
        info = self._zip.getinfo(name)
        if info.file_size > LARGEST_PART:
            raise Fault("file_too_large", limit=LARGEST_FILE // 1024 // 1024)
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ValueError(info.compress_type)
        with self._zip.open(info) as part:
            yield part

    def _walk(self, name: str, start: Callable[[str, Attributes], object]) -> None:
        with self._part(name) as part:
            for _ in _feed(part, _parser(start)):
                pass

    def _first_sheet(self) -> tuple[str, bool]:
        sheets: list[str] = []
        targets: dict[str, str] = {}
        since_1904 = False

        def book(name: str, attributes: Attributes) -> None:
            nonlocal since_1904
            if name == "workbookPr":
                since_1904 = attributes.get("date1904") in ("1", "true")
            if name == "sheet" and attributes.get("state", "visible") == "visible":
                sheets.extend(value for key, value in attributes.items() if _local(key) == "id")

        def relation(name: str, attributes: Attributes) -> None:
            if name == "Relationship":
                targets[attributes["Id"]] = attributes["Target"]

        self._walk("xl/workbook.xml", book)
        self._walk("xl/_rels/workbook.xml.rels", relation)
        return normpath(join("/xl", targets[sheets[0]])).lstrip("/"), since_1904

    def _find_styles(self) -> tuple[frozenset[str], frozenset[str]]:
        """Find the styles that show a day, and those of texts behind an apostrophe."""
        if "xl/styles.xml" not in self._zip.namelist():
            return frozenset(), frozenset()
        dates = set(_DATE_FORMATS)
        styles: list[int] = []
        texts: set[str] = set()
        inside = False

        def style(name: str, attributes: Attributes) -> None:
            nonlocal inside
            if name == "numFmt" and _shows_a_date(attributes.get("formatCode", "")):
                dates.add(int(attributes["numFmtId"]))
            inside = name == "cellXfs" or (inside and name not in ("cellStyles", "dxfs", "cellStyleXfs"))
            if inside and name == "xf":
                if attributes.get("quotePrefix") in ("1", "true"):
                    texts.add(str(len(styles)))
                styles.append(int(attributes.get("numFmtId", "0")))

        self._walk("xl/styles.xml", style)
        return frozenset(str(at) for at, number in enumerate(styles) if number in dates), frozenset(texts)

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._zip.namelist():
            return []
        reader = _TextReader()
        with self._part("xl/sharedStrings.xml") as part:
            for _ in _feed(part, reader.parser):
                pass
        return reader.texts

    def _text_of(self, kind: str, style: str, value: str) -> str:
        """Write a cell's value as somebody would type it."""
        if kind == "s":
            if not value.isdecimal():  # "-1" would be another cell's text
                raise ValueError(value)
            return self._texts[int(value)]
        if kind not in ("", "n"):
            return _unescaped(value)
        try:
            number = float(value)
        except ValueError:
            return value
        if style in self._date_styles:
            return _moment(number, self._since_1904) or value
        if number == number // 1 and abs(number) < 10**15:
            return str(int(number))
        return format(number, ".15g")


class _TextReader:
    """Collects the shared texts, without the reading aids that stand beside them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._held = 0
        self._aside = self._in_text = False
        self.parser = _parser(self._start, self._end, self._data)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._parts = []
        self._aside = self._aside or name == "rPh"
        self._in_text = name == "t" and not self._aside

    def _end(self, name: str) -> None:
        self._in_text = False
        if name == "rPh":
            self._aside = False
        if name == "si":
            self.texts.append(_unescaped("".join(self._parts)))
            self._held += max(len(self.texts[-1]), 16)
            if self._held > _MOST_SHARED:
                raise Fault("file_too_large", limit=LARGEST_FILE // 1024 // 1024)

    def _data(self, data: str) -> None:
        if self._in_text and sum(map(len, self._parts)) <= LONGEST_FIELD:
            self._parts.append(data[: LONGEST_FIELD + 1])


class _SheetReader:
    """Makes rows of what the parser meets; `take` hands over those that are whole."""

    def __init__(self, text_of: Callable[[str, str, str], str], text_styles: frozenset[str]) -> None:
        self._text_of = text_of
        self._text_styles = text_styles
        self._done: list[Row] = []
        self._cells: dict[int, str] = {}
        self._as_text: set[int] = set()
        self._line = self._column = self._length = self._width = 0
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._aside = self._in_value = self._has_value = False
        self.parser = _parser(self._start, self._end, self._data)

    def take(self) -> list[Row]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._line = int(attributes.get("r", self._line + 1))
            self._column, self._cells, self._as_text = -1, {}, set()
        elif name == "c":
            place = attributes.get("r")
            self._column = _column(place) if place else self._column + 1
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "0")
            self._parts, self._length, self._has_value = [], 0, False
        self._aside = self._aside or name == "rPh"
        self._in_value = name in ("v", "t") and not self._aside
        self._has_value = self._has_value or self._in_value

    def _data(self, data: str) -> None:
        if self._in_value and self._length <= LONGEST_FIELD:
            self._parts.append(data[: LONGEST_FIELD + 1])
            self._length += len(data)

    def _end(self, name: str) -> None:
        self._in_value = False
        if name == "rPh":
            self._aside = False
        elif name == "c" and self._has_value:
            text = self._text_of(self._kind, self._style, "".join(self._parts))
            if text.strip():
                # Whatever lies further out only has to be noticed, not kept.
                self._cells[min(self._column, MOST_COLUMNS)] = text
                if self._kind not in ("", "n") and self._style in self._text_styles:
                    self._as_text.add(self._column)
        elif name == "row" and self._cells:
            self._done.append(self._row())

    def _row(self) -> Row:
        if MOST_COLUMNS in self._cells:
            return Row(self._line, (), "too_wide")
        if any(len(text) > LONGEST_FIELD for text in self._cells.values()):
            return Row(self._line, (), "too_long")
        # Only the heading says how wide the table is; blank cells at a row's end are not in the file.
        self._width = self._width or max(self._cells) + 1
        width = max(self._width, max(self._cells) + 1)
        fields = tuple(self._cells.get(at, "") for at in range(width))
        return Row(self._line, fields, as_text=frozenset(self._as_text))


def _parser(
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object] | None = None,
    data: Callable[[str], object] | None = None,
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if data is not None:
        parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _feed(part: IO[bytes], parser: expat.XMLParserType) -> Iterator[None]:
    """Let the parser have a part piece by piece, but no single tag that would not fit in memory."""
    fed = 0
    while chunk := part.read(_CHUNK):
        fed += len(chunk)
        parser.Parse(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise ValueError("a tag without end")
        yield
    parser.Parse(b"", True)
    yield


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a workbook declares no document type")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column(place: str) -> int:
    """Tell the column of a place such as "AB12", from 0."""
    letters = place.rstrip("0123456789").upper()
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha():
        raise ValueError(place)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _shows_a_date(code: str) -> bool:
    return bool(set("dmyhs") & set(_NOT_A_PLACE.sub("", code).casefold()))


def _moment(number: float, since_1904: bool) -> str | None:
    """Write a spreadsheet's count of days as a day, a time, or both; None when it is none."""
    # The first sheets took 1900 for a leap year: before 1 March the count is one day off.
    begin = "1904-01-01" if since_1904 else "1899-12-31" if number < 60 else "1899-12-30"
    try:
        at = datetime.fromisoformat(begin) + timedelta(seconds=round(number * _DAY_SECONDS))
    except (OverflowError, ValueError):
        return None
    if 0 <= number < 1:
        return f"{at:%H:%M:%S}"
    return at.strftime("%Y-%m-%d" if number == number // 1 else "%Y-%m-%d %H:%M:%S")
