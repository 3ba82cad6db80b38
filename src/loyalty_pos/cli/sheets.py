"""Write a table for a spreadsheet, as CSV that Excel recognises or as XLSX: the whole file, or none."""

import csv
import errno
import os
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from loyalty_pos.cli.safe_cells import guarded
from loyalty_pos.domain.errors import Fault
from loyalty_pos.domain.lazy import dataclass

MOST_SHEET_ROWS = 1_048_576
_TEXT_FORMAT = "@"
_NOT_XML = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = (10, 28)


class Plain(str):
    """A text of our own making, such as an ISO day: a spreadsheet may read it as it likes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone in digits, and in groups: those a spreadsheet leaves alone even in a CSV file."""

    digits: str
    grouped: str


Cell = str | Plain | Phone | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written; `rows` is asked once, row after row."""

    title: str
    right_to_left: bool
    heading: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_sheet(path: Path, sheet: Sheet) -> int:
    """Write a sheet in the form the file's ending names, and return the number of rows under the heading.

    Raises Fault `unknown_ending`, `not_written`, `disk_full` or `too_many_for_a_sheet`; then the file is
    as it was.
    """
    write = _WRITERS.get(path.suffix.casefold())
    if write is None:
        raise Fault("unknown_ending", path=str(path))
    return write_whole(path, lambda part: write(part, sheet))


def write_whole(path: Path, write: Callable[[Path], int]) -> int:
    """Write a file beside its place and put it there when it is whole; raises Fault as `write_sheet` does."""
    part = path.with_name(f"{path.name}.part")
    try:
        count = write(part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as broken:
        if broken.errno == errno.ENOSPC:
            raise Fault("disk_full") from broken
        raise Fault("not_written", path=str(path)) from broken
    finally:
        part.unlink(missing_ok=True)
    return count


def _write_csv(path: Path, sheet: Sheet) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(title) for title in sheet.heading])
        for row in sheet.rows:
            writer.writerow([_csv_cell(cell) for cell in row])
            count += 1
    return count


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Phone):
        return guarded(cell.grouped)
    if isinstance(cell, Plain):
        return str(cell)
    return guarded(cell) if isinstance(cell, str) else str(cell)


def _write_xlsx(path: Path, sheet: Sheet) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title)
    page.sheet_view.rightToLeft = sheet.right_to_left
    page.freeze_panes = "A2"
    for at, title in enumerate(sheet.heading, 1):
        page.column_dimensions[get_column_letter(at)].width = min(max(len(title) + 2, _WIDTHS[0]), _WIDTHS[1])
    heading = [_text_cell(WriteOnlyCell(page), title) for title in sheet.heading]
    for cell in heading:
        cell.font = Font(bold=True)
    page.append(heading)
    count = 0
    try:
        for row in sheet.rows:
            count += 1
            if count >= MOST_SHEET_ROWS:
                raise Fault("too_many_for_a_sheet", limit=MOST_SHEET_ROWS)
            page.append([_xlsx_cell(WriteOnlyCell(page), cell) for cell in row])
    finally:
        page.close()
    book.save(path)
    return count


def _xlsx_cell(cell: Any, value: Cell) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, int | Decimal):
        cell.value = value
        places = len(f"{value:f}".partition(".")[2])
        cell.number_format = "#,##0" + ("." + "0" * places if places else "")
        return cell
    return _text_cell(cell, value.digits if isinstance(value, Phone) else value)


def _text_cell(cell: Any, text: str) -> Any:
    """Make a cell that is text and stays so when somebody edits it."""
    cell.value = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    cell.quotePrefix = True
    return cell


_WRITERS: dict[str, Callable[[Path, Sheet], int]] = {".csv": _write_csv, ".xlsx": _write_xlsx}
