"""Files to import as nobody should write them: tables with wrong cells, then damage to their bytes.

Everything follows from the chance that is handed in, so that a file is made again from its number.
"""

import io
import re
from collections.abc import Callable
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import Workbook

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")

Grid = list[list[str]]
Cells = Callable[[Random, str], str]

HEADINGS = {
    "members": (
        ["phone", "name", "birthday", "points", "credit", "stamps"],
        ["card", "name", "family", "city", "tags", "points", "credit (toman)", "stamps (card)"],
        ["موبایل", "نام", "امتیاز", "اعتبار"],
        ["phone", "points"],
    ),
    "products": (
        ["sku", "name", "price", "group", "barcode"],
        ["barcode", "product", "price (rial)", "cost", "tax", "earns"],
    ),
    "sales": (
        ["date", "amount", "card", "item", "quantity"],
        ["datetime", "amount", "phone", "receipt"],
        ["date", "time", "total", "member", "sale id", "taken back"],
    ),
}
DIGITS = (
    "۰۱۲۳۴۵۶۷۸۹",
    "٠١٢٣٤٥٦٧٨٩",
    "０１２３４５６７８９",
    "०१२३४५६७८९",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "⓪①②③④⑤⑥⑦⑧⑨",
)
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+1+cmd",
    "-2+3",
    "＝1+1",
    "\t=1",
    "'=1",
    '=HYPERLINK("x")',
)
MARKS = ("\u202e", "\u202b", "\u2067", "\u2069", "\u200f", "\u200e", "\u061c", "\u200c", "\ufeff", "\u00ad")
ODD = (
    "", " ", "\0", "\x1b[31m", "\ufffe", "\U0010ffff", "NaN", "inf", "-inf", "1e400", "1e5", "true", "NULL",
    "#REF!", "00", "-0", "−5", "(5)", "5-", "1,2,3", "1.234", "1'000", "٫", "۱٬۲۳۴", "0x10", "1_000", "½",
    "²", "999999999999", "1000000000001", "9" * 18, "9" * 30, "9" * 5_000, "0.1", ",5", "5,", "1/2", "yes",
    "خیر", "0000-00-00", "2025-02-30", "1404-12-30", "31/12/1403",
    "1/2/2025", "2025-01-01T25:00", "9999-12-31",
    "0001-01-01", "2025-01-01 10:00 +99:99", "12:00", "09123456789", "+98 912 345 6789", "۰۹۱۲۳۴۵۶۷۸۹",
    "0912", "%", "%s", "{0}", "{value}", "{", "}", "_x0000_", "_xD800_", "_xFFFF_", "_x0041_", "<b>",
    "&amp;", "\\N",
)  # fmt: skip


def sound_table(chance: Random, what: str) -> Grid:
    """Make a table that could be imported: some rows under one of the usual headings."""
    heading = list(chance.choice(HEADINGS[what]))
    rows = [[_sound(chance, name) for name in heading] for _ in range(chance.choice((0, 1, 3, 12, 40)))]
    return [heading, *rows]


def _sound(chance: Random, name: str) -> str:
    known = name.split(" (")[0]
    number = chance.randrange(60)
    if known in ("phone", "موبایل"):
        return f"0912345{number:04}"
    if known in ("card", "member", "barcode", "sku", "receipt"):
        return f"C{number:03}"
    if known in ("points", "امتیاز", "stamps", "quantity"):
        return str(chance.randrange(1, 90))
    if known in ("credit", "اعتبار", "price", "cost", "amount", "total"):
        return chance.choice((f"{chance.randrange(1, 90)}000", f"{chance.randrange(1, 90)},500 toman"))
    if known in ("date", "datetime", "birthday"):
        return f"{chance.choice((2024, 1403))}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    if known == "time":
        return f"{chance.randrange(24):02}:{chance.randrange(60):02}"
    return {"tax": "9%", "earns": "yes", "sale id": f"old-sale-{number:08}", "taken back": "no"}.get(
        known, chance.choice(("Sara", "لیلا کاظمی", "Tea", "چای", "a b"))
    )


def _odd(chance: Random, text: str) -> str:
    return chance.choice(ODD)


def _formula(chance: Random, text: str) -> str:
    return chance.choice((chance.choice(FORMULAS), chance.choice("=+-@") + text))


def _marked(chance: Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(MARKS) * chance.choice((1, 1, 50)) + text[at:]


def _with_null(chance: Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(("\0", "\x01", "\x85", "\u2028", "\x7f")) + text[at:]


def _huge(chance: Random, text: str) -> str:
    return (text or "x") * chance.choice((50, 2_001, 40_000)) if len(text) < 100 else text


def _other_digits(chance: Random, text: str) -> str:
    digits = chance.choice(DIGITS)
    return text.translate({ord("0") + at: digit for at, digit in enumerate(digits)})


def _broken_inside(chance: Random, text: str) -> str:
    return chance.choice(
        (text + '"', f'"{text}', text + "\n" + text, text + "\r", text + ";,\t|", "\ud800" + text)
    )


def _signed(chance: Random, text: str) -> str:
    return chance.choice(("-", "−", "+", "(", "~", "1.", "1e")) + text


CELLS: tuple[Cells, ...] = (
    _odd, _formula, _marked, _with_null, _huge, _other_digits, _broken_inside, _signed,
)  # fmt: skip


def _spoil_cells(chance: Random, grid: Grid) -> None:
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        row = chance.choice(grid)
        if row:
            at = chance.randrange(len(row))
            row[at] = chance.choice(CELLS)(chance, row[at])


def _double_a_heading(chance: Random, grid: Grid) -> None:
    one, other = chance.randrange(len(grid[0])), chance.randrange(len(grid[0]))
    grid[0][one] = grid[0][other]


def _another_heading(chance: Random, grid: Grid) -> None:
    every = [name for headings in HEADINGS.values() for heading in headings for name in heading]
    grid[0][chance.randrange(len(grid[0]))] = chance.choice(
        (*every, "", "stamps ()", "points (x", "stamps (none)")
    )


def _drop_a_column(chance: Random, grid: Grid) -> None:
    at = chance.randrange(len(grid[0]))
    for row in grid:
        del row[at : at + 1]


def _more_columns(chance: Random, grid: Grid) -> None:
    more = chance.choice((1, 3, 300))
    for row in grid if chance.random() < 0.5 else grid[1:]:
        row.extend([chance.choice(("", "x"))] * more)


def _ragged(chance: Random, grid: Grid) -> None:
    row = chance.choice(grid)
    chance.choice((lambda: row.extend(["9"] * 3), lambda: row.__delitem__(slice(1)), row.clear))()


def _no_heading(chance: Random, grid: Grid) -> None:
    del grid[0]
    if not grid:
        grid.append([])


def _shuffled(chance: Random, grid: Grid) -> None:
    chance.shuffle(grid if chance.random() < 0.5 else grid[0])


def _again(chance: Random, grid: Grid) -> None:
    row = list(chance.choice(grid))
    grid.append(row)
    if row and chance.random() < 0.7:
        row[-1] = chance.choice(("1", "7", "77000"))


GRIDS: tuple[Callable[[Random, Grid], None], ...] = (
    _spoil_cells, _spoil_cells, _spoil_cells, _double_a_heading, _another_heading, _drop_a_column,
    _more_columns, _ragged, _no_heading, _shuffled, _again, _again,
)  # fmt: skip

ENCODINGS = (
    "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "cp1252",
    "cp1251", "latin-1", "koi8-r", "gb18030", "shift_jis", "utf-7",
)  # fmt: skip


def _csv(chance: Random, grid: Grid) -> bytes:
    comma = chance.choice(",,,;\t|")
    end = chance.choice(("\n", "\r\n", "\r", "\n\r", "\n\n"))
    quoting = chance.random() < 0.8

    def written(cell: str) -> str:
        special = any(char in cell for char in f'{comma}"\r\n')
        return '"' + cell.replace('"', '""') + '"' if quoting and special else cell

    text = end.join(comma.join(map(written, row)) for row in grid)
    if chance.random() < 0.05:
        text = f"sep={comma}{end}{text}"
    encoding = chance.choice(ENCODINGS)
    errors = "surrogatepass" if encoding.startswith("utf") and encoding != "utf-7" else "replace"
    return text.encode(encoding, errors)


def _xlsx(chance: Random, grid: Grid) -> bytes:
    """Write a workbook whose cells keep what XML can hold, some as numbers and formulas."""
    book = Workbook()
    for row in grid:
        book.active.append([_cell(chance, text) for text in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _cell(chance: Random, text: str) -> Any:
    text = "".join(
        char for char in text if char in "\t\n" or (char >= " " and not "\ud800" <= char <= "\udfff")
    )
    text = text.replace("\ufffe", "").replace("\uffff", "")[:32_000]
    if text.isascii() and text.isdigit() and len(text) < 15 and chance.random() < 0.5:
        return int(text)
    return text


def _spoil_bytes(chance: Random, content: bytes, most: int = 8) -> bytes:
    """Flip, cut, double and insert."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, most)):
        at = chance.randint(0, len(damaged))
        to = min(len(damaged), at + chance.choice((1, 1, 4, 64, 2_000)))
        way = chance.randrange(6)
        if way == 0 and at < len(damaged):
            damaged[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            del damaged[at:to]
        elif way == 2:
            damaged[at:at] = damaged[at:to]
        elif way == 3:
            damaged[at:at] = chance.randbytes(chance.choice((1, 2, 30)))
        elif way == 4:
            damaged[at:to] = bytes(to - at)
        elif chance.random() < 0.2:
            del damaged[at:]
    return bytes(damaged)


XML_SWAPS = (
    (b't="n"', b't="s"'),
    (b't="s"', b't="n"'),
    (b't="inlineStr"', b't="s"'),
    (b"<v>", b"<v>-"),
    (b"<v>", b"<v>9e99"),
    (b"<v>", b"<v>nan"),
    (b'r="A', b'r="XFD'),
    (b'r="A', b'r="ZZZZ'),
    (b'<row r="', b'<row r="-'),
    (b'<row r="', b'<row r="99999999999'),
    (b"<v>", b"<f>1+1</f><v>"),
    (b"</sheetData>", b""),
    (b"<c ", b"<c s='9999' "),
    (b"<?xml", b"<!DOCTYPE x [<!ENTITY e 'ee'>]><?xml"),
    (b"worksheet", b"worksheeet"),
    (b"sheet1", b"sheet2"),
    (b"rId1", b"rId77"),
    (b"<t>", b"<t>&#0;"),
    (b"<t>", b"<t>&#55296;"),
    (b"<row ", b"<row spans='x' "),
    (b"UTF-8", b"UTF-16"),
    (b"numFmtId=", b"numFmtId='x' y="),
    (b"<si>", b"<si><rPh>"),
    (b"<t>", b"<t>_xD83D_"),
    (b't="n"', b't="e"'),
    (b't="n"', b't="b"'),
)


def _spoil_parts(chance: Random, content: bytes) -> bytes:
    """Write the workbook anew with damaged, lost, doubled or oddly packed parts."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        unlucky = chance.choice(old.namelist() + ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"] * 4)
        for name in old.namelist():
            part = old.read(name)
            if name == unlucky:
                part = _spoil_part(chance, part)
                if part == b"lost":
                    continue
            new.writestr(name, part, chance.choice((ZIP_DEFLATED, ZIP_DEFLATED, ZIP_STORED)))
        if chance.random() < 0.01:
            new.writestr("xl/sharedStrings.xml", b"<sst>" + b"<si><t>x</t></si>" * 40_000)
    return made.getvalue()


def _spoil_part(chance: Random, part: bytes) -> bytes:
    way = chance.random()
    if way < 0.1:
        return b"lost"
    if way < 0.2:
        return _spoil_bytes(chance, part)
    for _ in range(chance.randint(1, 3)):
        old, new = chance.choice(XML_SWAPS)
        part = part.replace(old, new, chance.choice((1, 1, -1)))
    return part


def bad_file(chance: Random, what: str) -> bytes:
    """Make a file to import that is wrong in one way or in several."""
    if chance.random() < 0.02:
        return chance.randbytes(chance.choice((0, 1, 3, 100, 5_000)))
    grid = sound_table(chance, what)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        if grid[0]:
            chance.choice(GRIDS)(chance, grid)
        grid = [row for row in grid if row] or [[""]]
    if chance.random() < 0.7:
        content = _csv(chance, grid)
        return _spoil_bytes(chance, content) if chance.random() < 0.4 else content
    content = _xlsx(chance, grid)
    way = chance.random()
    if way < 0.5:
        content = _spoil_parts(chance, content)
    return _spoil_bytes(chance, content, 3) if way > 0.7 else content
